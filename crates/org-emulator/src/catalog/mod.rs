//! The world as queries see it: records of every object, for one caller and one API.

mod apps;
mod dependencies;
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
        const SETUP_ONLY: [&str; 12] = [
            "DeployRequest",
            "FieldPermissions",
            "FlexiPage",
            "InstalledSubscriberPackage",
            "Layout",
            "MetadataComponentDependency",
            "ObjectPermissions",
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

/// What is only assumed of how objects can be queried.
fn guessed(schema: &mut ObjectSchema, guesses: Guesses) {
    let fields = &mut schema.fields;
    match schema.name.as_str() {
        "PackageInstallRequest" => {
            for field in fields {
                match field.name.as_str() {
                    "Status" => field.filterable = !guesses.install_status_not_filterable,
                    "CreatedDate" => field.sortable = guesses.install_sortable,
                    _ => {}
                }
            }
        }
        "SubscriberPackageVersionUninstallRequest" => {
            for field in fields.iter_mut().filter(|field| field.name == "CreatedDate") {
                field.sortable = guesses.uninstall_sortable;
            }
        }
        "AppDefinition" if !guesses.app_definition_filters => {
            for field in fields.iter_mut() {
                field.filterable = false;
            }
        }
        "Report" => {
            for field in fields.iter_mut().filter(|field| field.name == "OwnerId") {
                field.filterable = guesses.report_filters_by_folder;
            }
        }
        "CallCenter" => schema.joinable = guesses.call_center_semi_join,
        "ServicePresenceStatus" => schema.joinable = guesses.presence_status_semi_join,
        "PermissionSetAssignment" => schema.joinable = guesses.assignment_semi_join,
        "PermissionSetGroupComponent" => schema.joinable = guesses.group_component_semi_join,
        "Folder" => schema.joinable = guesses.folder_semi_join,
        _ => {}
    }
}

impl Catalog for OrgCatalog<'_> {
    fn object(&self, name: &str) -> Option<Arc<ObjectSchema>> {
        if !name.is_ascii() || !self.is_shown(name) {
            return None;
        }
        let mut schema = schema::query_schema(self.world, self.api, name)?;
        guessed(Arc::make_mut(&mut schema), self.guesses);
        Some(schema)
    }

    fn rows(&self, object: &str) -> Vec<Row> {
        rows::of(self, object)
    }
}
