//! Records as the service has them.

use std::ops::{Deref, DerefMut};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{Error, Id, Resource, decode};

/// A record of a list: enough to look at, and not enough to write back, for lists leave fields out.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Listed<T> {
    /// Its id.
    pub id: Id<T>,
    /// Whether the service made it, so that nobody may change it.
    pub system_default: bool,
    value: T,
}

/// A record that was read by itself, with all its fields: what this crate has no name for is kept, and
/// sent back as it was.
///
/// Change the fields of what it derefs to, then hand it to [`Area::update`](crate::Area::update).
#[derive(Debug, Clone)]
pub struct Stored<T> {
    id: Id<T>,
    system_default: bool,
    value: T,
    raw: Map<String, Value>,
}

/// What identifies a record.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    id: String,
    #[serde(default)]
    system_default: Option<bool>,
}

impl<T: Resource> Listed<T> {
    pub(crate) fn read(operation: &'static str, value: &Value) -> Result<Listed<T>, Error> {
        let head: Head = decode::value(operation, value)?;
        let system_default = head.system_default.unwrap_or_default();
        let value = decode::value(operation, value)?;
        Ok(Listed { id: Id::new(head.id), system_default, value })
    }
}

impl<T: Resource> Stored<T> {
    pub(crate) fn read(operation: &'static str, value: Value) -> Result<Stored<T>, Error> {
        let Listed { id, system_default, value: read } = Listed::read(operation, &value)?;
        match value {
            Value::Object(raw) => Ok(Stored { id, system_default, value: read, raw }),
            _ => Err(Error::protocol(operation, "the service's answer is no record")),
        }
    }

    /// Its id.
    pub fn id(&self) -> &Id<T> {
        &self.id
    }

    /// Whether the service made it, so that nobody may change it.
    pub fn is_system_default(&self) -> bool {
        self.system_default
    }

    /// All its fields as they were read, those that this crate has no name for included.
    pub fn raw(&self) -> &Map<String, Value> {
        &self.raw
    }

    /// Which fields were changed since it was read.
    pub fn changed(&self) -> Result<Vec<String>, Error> {
        let now = fields(&self.value)?;
        let read: T = decode::value(T::OPERATIONS.update, &Value::Object(self.raw.clone()))?;
        let before = fields(&read)?;
        Ok(now
            .iter()
            .filter(|(name, value)| before.get(*name) != Some(value))
            .map(|(name, _)| name.clone())
            .collect())
    }

    /// The whole record with the changes: everything else as it was read.
    pub(crate) fn body(&self) -> Result<Map<String, Value>, Error> {
        let mut body = self.raw.clone();
        let now = fields(&self.value)?;
        for name in self.changed()? {
            match now.get(&name) {
                Some(value) if !value.is_null() => body.insert(name, value.clone()),
                _ => body.remove(&name),
            };
        }
        Ok(body)
    }

    /// Which of the changed fields the record does not hold as `read_back` shows it: the service may
    /// answer 200 and keep what there was. Lists count without their order.
    pub fn unkept(&self, read_back: &Stored<T>) -> Result<Vec<String>, Error> {
        let (wanted, kept) = (fields(&self.value)?, fields(&read_back.value)?);
        let null = Value::Null;
        let mut changed = self.changed()?;
        changed.retain(|name| {
            let [wanted, kept] = [&wanted, &kept].map(|all| all.get(name).unwrap_or(&null));
            !T::means_the_same(name, wanted, kept)
        });
        Ok(changed)
    }
}

/// A record's fields by the service's names; those that are not set are null.
pub(crate) fn fields<T: Resource>(value: &T) -> Result<Map<String, Value>, Error> {
    match serde_json::to_value(value) {
        Ok(Value::Object(fields)) => Ok(fields),
        _ => Err(Error::protocol(T::OPERATIONS.update, "the record cannot be written as JSON")),
    }
}

impl<T> Deref for Listed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Deref for Stored<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Stored<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}
