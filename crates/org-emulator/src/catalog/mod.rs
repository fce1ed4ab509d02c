//! The world as queries see it: records of every object, for one caller and one API.

mod apps;
mod dependencies;
mod objects;
mod packages;
mod people;
mod record_access;
mod row;
mod rows;

use std::sync::Arc;

use super::guesses::Guesses;
use super::ids::Id;
use super::schema::{self, Api};
use super::soql::catalog::{Catalog, ObjectSchema, Row};
use super::world::World;
use super::world::access::Act;

/// An org as one user's query sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OrgCatalog<'a> {
    pub(crate) world: &'a World,
    pub(crate) user: &'a Id,
    pub(crate) api: Api,
    pub(crate) guesses: Guesses,
    /// Whether archived and deleted records show, as they do to `queryAll`.
    pub(crate) everything: bool,
    /// The key that the query gives for a package.
    pub(crate) installation_key: Option<&'a str>,
}

impl OrgCatalog<'_> {
    /// Whether this user sees the object at all.
    fn is_shown(&self, name: &str) -> bool {
        if let Some(object) = objects::by_name(name) {
            return object.is_shown(self);
        }
        let is_metadata = name.len() > 5 && name[name.len() - 5..].eq_ignore_ascii_case("__mdt");
        !is_metadata || self.world.may(self.user, Act::ViewCustomMetadata)
    }
}

impl Catalog for OrgCatalog<'_> {
    fn object(&self, name: &str) -> Option<Arc<ObjectSchema>> {
        if !name.is_ascii() || !self.is_shown(name) {
            return None;
        }
        let mut schema = schema::query_schema(self.world, self.api, name)?;
        if let Some(object) = objects::by_name(name) {
            object.assume(Arc::make_mut(&mut schema), self.guesses);
        }
        Some(schema)
    }

    fn rows(&self, object: &str) -> Vec<Row> {
        let types = &self.world.custom_metadata_types;
        let mut rows = match objects::by_name(object) {
            Some(known) => (known.rows)(self),
            None => match types.iter().find(|kind| kind.api_name() == object) {
                Some(kind) => rows::custom_metadata(kind),
                None => rows::records(self, object),
            },
        };
        rows::stamp(self.world, &mut rows);
        rows
    }
}
