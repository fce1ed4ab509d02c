//! Values of custom metadata in the one deploy, and what the package does not let anybody change.

use std::collections::BTreeMap;

use salesforce_client::metadata::{Component, CustomMetadataFile, CustomMetadataValue};

use crate::checklist::Change;
use crate::failure::{Failure, Kind};
use crate::model::{CustomMetadataPlace, OrgState, Target, Value};

/// One file a record, with the values that change and nothing else.
pub(super) fn files(
    state: &OrgState,
    changes: &[&Change],
) -> Result<Vec<CustomMetadataFile>, Failure> {
    let mut files: BTreeMap<String, CustomMetadataFile> = BTreeMap::new();
    for change in changes {
        let place = match change.target() {
            Target::CustomMetadata(place) => place,
            Target::RegionalValue(namespace, ..) => return Err(unresolved(namespace)),
            _ => continue,
        };
        let name = place.member();
        let record = state.custom_metadata.records.iter().find(|record| record.member() == name);
        let Some(record) = record else { return Err(unresolved(&name)) };
        let file = files.entry(name.clone()).or_insert_with(|| CustomMetadataFile {
            full_name: name,
            label: record.label.clone(),
            protected: record.protected,
            values: Vec::new(),
        });
        let value = match &change.operation.to {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        file.values.push(CustomMetadataValue { field: place.field.clone(), value });
    }
    Ok(files.into_values().collect())
}

fn unresolved(record: &str) -> Failure {
    Failure::new(
        Kind::Failed,
        format!(
            "The custom metadata record {record} cannot be deployed: it can no longer be found."
        ),
    )
    .hint("Run this again.")
}

/// The changes of custom metadata that a refusal is about.
///
/// In which words an org refuses what a package locks, nobody has seen for this package. So any
/// refusal of such a record leaves it out, and a person is told what the org says: the rest of the
/// deploy is not lost to a wrong guess.
pub(super) fn refused<'a>(failure: &Component, changes: &'a [Change]) -> Vec<&'a Change> {
    let words = failure.problem.as_deref().unwrap_or_default();
    let of_record = of_record(failure, changes);
    // The words may name the one field of several.
    let is_named = |(_, place): &&(&Change, &CustomMetadataPlace)| words.contains(&place.field);
    let named: Vec<_> = of_record.iter().filter(is_named).copied().collect();
    let refused = if named.is_empty() { of_record } else { named };
    refused.into_iter().map(|(change, _)| change).collect()
}

/// The changes of the record that a failure is about, with their places.
fn of_record<'a>(
    failure: &Component,
    changes: &'a [Change],
) -> Vec<(&'a Change, &'a CustomMetadataPlace)> {
    if failure.component_type != "CustomMetadata" {
        return Vec::new();
    }
    let of_record = |change: &'a Change| match change.target() {
        Target::CustomMetadata(place)
            if place.member().eq_ignore_ascii_case(&failure.full_name) =>
        {
            Some((change, place))
        }
        _ => None,
    };
    changes.iter().filter_map(of_record).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::checklist::ItemId;

    fn change(record: &str, field: &str) -> Change {
        let place = CustomMetadataPlace::in_member(record, field).unwrap();
        let to = crate::model::Value::Text("EU1".to_owned());
        Change::new(ItemId::DATA_CENTER, Target::CustomMetadata(place), None, Some(to))
    }

    fn left(failure: Value) -> Vec<String> {
        let changes = [change("n__A.n__1", "n__X__c"), change("n__A.n__1", "n__Y__c")];
        let failure: Component = serde_json::from_value(failure).unwrap();
        let left = refused(&failure, &changes).into_iter();
        left.map(|change| change.target().place().1).collect()
    }

    fn failure(kind: &str, problem: &str) -> Value {
        json!({ "componentType": kind, "fullName": "n__A.n__1", "problem": problem })
    }

    #[test]
    fn whatever_the_org_says_of_custom_metadata_leaves_out_that_alone() {
        let managed = "Cannot modify managed object: entity=CustomMetadata, field=n__Y__c";
        assert_eq!(left(failure("CustomMetadata", managed)), ["n__Y__c"]);
        let bare = failure("CustomMetadata", "FIELD_INTEGRITY_EXCEPTION");
        assert_eq!(left(bare), ["n__X__c", "n__Y__c"]);
        let other_words = failure("CustomMetadata", "You cannot edit this managed component");
        assert_eq!(left(other_words), ["n__X__c", "n__Y__c"]);
        assert!(left(failure("CallCenter", managed)).is_empty());
    }
}
