//! The world as queries see it: records of every object, for one caller and one API.

mod apps;
mod dependencies;
mod packages;
mod people;
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
        const SETUP_ONLY: [&str; 10] = [
            "DeployRequest",
            "FlexiPage",
            "InstalledSubscriberPackage",
            "Layout",
            "MetadataComponentDependency",
            "PackageInstallRequest",
            "PackageVersionUninstallRequestError",
            "ProfileLayout",
            "SubscriberPackageVersion",
            "SubscriberPackageVersionUninstallRequest",
        ];
        let needs_setup = SETUP_ONLY.iter().any(|object| object.eq_ignore_ascii_case(name));
        if needs_setup && self.guesses.setup_objects_need_view_setup {
            return self.world.may(self.user, Act::ViewSetup);
        }
        if name.eq_ignore_ascii_case("UserLogin") {
            return self.world.may(self.user, Act::ViewLogins);
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
        let schema = schema::query_schema(self.world, self.api, name)?;
        if schema.name == "PackageInstallRequest" {
            let mut own = ObjectSchema::clone(&schema);
            for field in &mut own.fields {
                match field.name.as_str() {
                    "Status" => field.filterable = !self.guesses.install_status_not_filterable,
                    "CreatedDate" => field.sortable = self.guesses.install_sortable,
                    _ => {}
                }
            }
            return Some(Arc::new(own));
        }
        Some(schema)
    }

    fn rows(&self, object: &str) -> Vec<Row> {
        rows::of(self, object)
    }
}
