//! What is done with every kind of record.

use std::marker::PhantomData;

use serde_json::{Map, Value};
use wire::{Call, Class, Method, size};

use crate::encode::component;
use crate::stored::fields;
use crate::{
    Client, Creatable, Deletable, Error, Filter, Id, Listed, Query, Referable, Reference,
    Replaceable, Resource, Stored, decode,
};

/// The records of one kind. [`Client`] has a method for each.
#[derive(Debug)]
pub struct Area<'a, T> {
    pub(crate) client: &'a Client,
    /// What stands before the paths of the kind: another record, where these belong to it.
    parent: Parent,
    of: PhantomData<fn() -> T>,
}

/// The lists and items of records that belong to another one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parent {
    pub(crate) list: Option<String>,
    pub(crate) item: Option<String>,
}

/// What became of an update.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Updated<T> {
    /// The record as the service answered. That it was kept so is not sure: see
    /// [`Area::update_and_read`].
    pub record: Stored<T>,
    /// Fields that the service sends and refuses to get back, so that they were left out.
    pub left_out: Vec<String>,
}

/// What became of an update, looked at afterwards.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Verified<T> {
    /// The record as it was read after the update.
    pub record: Stored<T>,
    /// Fields that the service sends and refuses to get back, so that they were left out.
    pub left_out: Vec<String>,
    /// Changed fields that the record does not hold: the service answered 200 and kept what there was,
    /// or does not show it yet.
    pub unkept: Vec<String>,
}

/// What refers to a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct References {
    /// The kinds of records that refer to it, such as `user`.
    pub entities: Vec<String>,
    /// The records of the kind that was asked for, or of the first one.
    pub records: Vec<Reference>,
}

impl<'a, T: Resource> Area<'a, T> {
    pub(crate) fn new(client: &'a Client) -> Area<'a, T> {
        Area { client, parent: Parent::default(), of: PhantomData }
    }

    pub(crate) fn below(client: &'a Client, parent: Parent) -> Area<'a, T> {
        Area { client, parent, of: PhantomData }
    }

    /// All of them.
    pub async fn list(&self) -> Result<Vec<Listed<T>>, Error> {
        self.query(&Query::all()).await
    }

    /// Those that are asked for.
    pub async fn query(&self, query: &Query) -> Result<Vec<Listed<T>>, Error> {
        let operation = T::OPERATIONS.list;
        let list = self.client.list(operation, self.list_path(), query, &[]).await?;
        let records = list.records.iter().map(|record| Listed::read(operation, record));
        records.collect::<Result<_, _>>().map_err(|error| self.client.without_secrets(error))
    }

    /// The one of that name, spelled and cased the same.
    pub async fn named(&self, name: &str) -> Result<Option<Listed<T>>, Error> {
        let operation = T::OPERATIONS.list;
        let query = Query::matching(Filter::equals("name", name));
        let list = self.client.list(operation, self.list_path(), &query, &[]).await?;
        // Whether the service compares as strictly is not known.
        let found = list.records.iter().find(|record| record["name"] == name);
        let found = found.map(|record| Listed::read(operation, record)).transpose();
        found.map_err(|error| self.client.without_secrets(error))
    }

    /// One of them with all its fields.
    pub async fn get(&self, id: &Id<T>) -> Result<Stored<T>, Error> {
        let operation = T::OPERATIONS.read;
        self.client.record(read(self.item_path(operation, id)?, operation)).await
    }
}

impl<T: Referable> Area<'_, T> {
    /// What refers to it, and so keeps it from being deleted. `kind` is one of the
    /// [`entities`](References::entities); without one, the service takes the first.
    pub async fn references(&self, id: &Id<T>, kind: Option<&str>) -> Result<References, Error> {
        let operation = T::OPERATIONS.references;
        let path = format!("{}/{}/incoming-references", T::REFERENCES, component(id.as_str()));
        let more: Vec<(&str, &str)> = kind.map(|kind| ("type", kind)).into_iter().collect();
        let list = self.client.list(operation, &path, &Query::all(), &more).await?;
        let records = list.records.iter().map(|record| decode::value(operation, record));
        let records = records.collect::<Result<_, _>>();
        let records = records.map_err(|error| self.client.without_secrets(error))?;
        Ok(References { entities: list.referenced_entities, records })
    }
}

impl<T: Resource> Area<'_, T> {
    fn list_path(&self) -> &str {
        self.parent.list.as_deref().unwrap_or(T::LIST)
    }

    fn items_path(&self) -> &str {
        self.parent.item.as_deref().unwrap_or(T::ITEM)
    }

    /// Where a record is. An id like "" or "." would lead to all records of the kind.
    pub(crate) fn item_path(&self, operation: &'static str, id: &Id<T>) -> Result<String, Error> {
        if !id.as_str().contains(|c: char| c.is_ascii_alphanumeric()) {
            return Err(Error::protocol(operation, format!("\"{id}\" is no id")));
        }
        Ok(self.client.path(&format!("{}/{}", self.items_path(), component(id.as_str()))))
    }
}

impl<T: Creatable> Area<'_, T> {
    /// Creates a record; the result is what the service says it is now.
    pub async fn create(&self, record: &T) -> Result<Stored<T>, Error> {
        let operation = T::OPERATIONS.create;
        let mut body = fields(record)?;
        body.retain(|_, value| !value.is_null());
        let path = self.client.path(self.items_path());
        let call = write(Method::POST, path, operation, &Value::Object(body));
        self.client.record(call).await
    }
}

impl<T: Replaceable> Area<'_, T> {
    /// Writes a record back with its changes. Everything else is sent as it was read, its version too,
    /// for what is left out is deleted. Where nothing was changed, nothing is sent.
    ///
    /// A field that the service sends and then refuses by name is left out, and the rest sent once more.
    pub async fn update(&self, record: &Stored<T>) -> Result<Updated<T>, Error> {
        let operation = T::OPERATIONS.update;
        let changed = record.changed()?;
        if let Some((field, why)) =
            T::FIXED.iter().find(|(field, _)| changed.iter().any(|it| it == field))
        {
            return Err(Error::protocol(operation, format!("{field} cannot be changed: {why}")));
        }
        if changed.is_empty() {
            return Ok(Updated { record: record.clone(), left_out: Vec::new() });
        }
        let mut body = record.body()?;
        let first = self.put(record.id(), &body).await;
        let refused = first.as_ref().err().and_then(Error::api).and_then(|it| it.refused_field());
        // What somebody asked for is not silently dropped.
        let refused =
            refused.filter(|field| !changed.iter().any(|it| it == field)).map(str::to_owned);
        let (record, left_out) = match refused {
            Some(field) if body.remove(&field).is_some() => {
                (self.put(record.id(), &body).await?, vec![field])
            }
            _ => (first?, Vec::new()),
        };
        Ok(Updated { record, left_out })
    }

    /// The same, and reads the record again: an answer of 200 is no proof that anything was kept.
    pub async fn update_and_read(&self, record: &Stored<T>) -> Result<Verified<T>, Error> {
        let Updated { left_out, .. } = self.update(record).await?;
        let read = self.get(record.id()).await?;
        let unkept = record.unkept(&read)?;
        Ok(Verified { record: read, left_out, unkept })
    }

    /// Reads a record, has its fields changed, writes it back and reads it again.
    pub async fn change(
        &self,
        id: &Id<T>,
        change: impl FnOnce(&mut T),
    ) -> Result<Verified<T>, Error> {
        let mut record = self.get(id).await?;
        change(&mut record);
        self.update_and_read(&record).await
    }

    async fn put(&self, id: &Id<T>, body: &Map<String, Value>) -> Result<Stored<T>, Error> {
        let operation = T::OPERATIONS.update;
        let (path, body) = (self.item_path(operation, id)?, Value::Object(body.clone()));
        self.client.record(write(Method::PUT, path, operation, &body)).await
    }
}

impl<T: Deletable> Area<'_, T> {
    /// Deletes a record. What still refers to it is in the refusal
    /// ([`ApiError::references`](crate::ApiError::references)).
    pub async fn delete(&self, id: &Id<T>) -> Result<(), Error> {
        let operation = T::OPERATIONS.delete;
        let path = self.item_path(operation, id)?;
        let call = Call::new(Method::DELETE, path, operation, Class::Write);
        self.client.send(call).await.map(drop)
    }
}

impl<T: Deletable + Referable> Area<'_, T> {
    /// Deletes a record. Where the refusal only says of which kinds the records are that refer to it, these are
    /// asked for, and stand in the refusal by name; where they are not told, the refusal is as it came.
    pub async fn delete_or_tell_references(&self, id: &Id<T>) -> Result<(), Error> {
        let Err(mut error) = self.delete(id).await else { return Ok(()) };
        if let Error::Api { error: refused, .. } = &mut error
            && refused.is_in_use()
            && refused.references().next().is_none()
        {
            let kinds: Vec<Option<String>> = match refused.referenced_entities.as_slice() {
                [] => vec![None],
                kinds => kinds.iter().cloned().map(Some).collect(),
            };
            for kind in kinds {
                let Ok(found) = self.references(id, kind.as_deref()).await else { continue };
                if !found.records.is_empty() {
                    let entity = kind.or_else(|| found.entities.into_iter().next());
                    refused.name_references(entity, found.records);
                }
            }
        }
        Err(error)
    }
}

pub(crate) fn write(method: Method, path: String, operation: &'static str, body: &Value) -> Call {
    Call::new(method, path, operation, Class::Write).with_json(body).at_most(size::RECORD)
}

fn read(path: String, operation: &'static str) -> Call {
    Call::get(path, operation).at_most(size::RECORD)
}
