//! What the kinds of records have in common, and in which they differ.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// One kind of record. This crate has all of them: the trait is not for implementing elsewhere.
pub trait Resource: Clone + Serialize + DeserializeOwned + Send + Sync + Sealed {
    /// Where a list of them is, below the organization.
    const LIST: &'static str;
    /// Where they are created, and where one of them is, with its id behind.
    const ITEM: &'static str;
    /// Fields that nothing here may change in a record that is there, with the reason.
    const FIXED: &'static [(&'static str, &'static str)] = &[];
    /// What is done with them, for messages.
    const OPERATIONS: Operations;

    /// Whether two values of a field mean the same. Lists of ids come back in another order.
    fn means_the_same(_field: &str, one: &Value, other: &Value) -> bool {
        same_in_any_order(one, other)
    }
}

/// A kind of record that this crate creates.
pub trait Creatable: Resource {}

/// A kind of record that this crate changes, by replacing it as a whole with what it was and the change.
pub trait Replaceable: Resource {}

/// A kind of record that this crate deletes, one by one.
pub trait Deletable: Resource {}

/// What is done with records, for messages: "read a team".
#[derive(Debug, Clone, Copy)]
pub struct Operations {
    pub(crate) list: &'static str,
    pub(crate) read: &'static str,
    pub(crate) create: &'static str,
    pub(crate) update: &'static str,
    pub(crate) delete: &'static str,
    pub(crate) references: &'static str,
}

/// The operations of one kind of record, from its name and that of many.
macro_rules! operations {
    ($one:literal, $many:literal) => {
        crate::resource::Operations {
            list: concat!("list the ", $many),
            read: concat!("read ", $one),
            create: concat!("create ", $one),
            update: concat!("update ", $one),
            delete: concat!("delete ", $one),
            references: concat!("ask what refers to ", $one),
        }
    };
}
pub(crate) use operations;

/// A kind of record of which the service tells what refers to it.
pub trait Referable: Resource {
    /// Where it is told, with the record's id behind.
    const REFERENCES: &'static str;
}

/// Keeps [`Resource`] to this crate.
pub trait Sealed {}

pub(crate) fn same_in_any_order(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().all(|it| {
                    let count = |all: &[Value]| all.iter().filter(|other| *other == it).count();
                    count(one) == count(other)
                })
        }
        // What is absent and what is null say the same.
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::same_in_any_order;

    #[test]
    fn lists_are_compared_without_their_order() {
        assert!(same_in_any_order(&json!(["a", "b", "b"]), &json!(["b", "a", "b"])));
        for other in [json!(["a", "b"]), json!(["a", "a", "b"]), json!(["a", "b", "c"]), json!("a")]
        {
            assert!(!same_in_any_order(&json!(["a", "b", "b"]), &other), "{other}");
        }
        assert!(!same_in_any_order(&json!(1), &json!(null)));
    }
}
