//! Every object that is no ordinary record, registered once: its records, who sees it, and what is only
//! assumed of its queries. Its fields are in `schema`.

use serde_json::Value;

use super::rows::{
    apex_classes, call_centers, deploy, each, entity_definitions, group_components, layouts,
    licenses, organization, permission_set, profiles, reports, translated, user, with,
};
use super::{OrgCatalog, apps, dependencies, packages, people, record_access};
use crate::guesses::Guesses;
use crate::soql::catalog::{ObjectSchema, Row};
use crate::world::access::Act;

/// An object that is no ordinary record.
#[derive(Debug, Clone, Copy)]
pub(super) struct QueriedObject {
    name: &'static str,
    /// Its records, as the caller sees them.
    pub(super) rows: fn(&OrgCatalog<'_>) -> Vec<Row>,
    shown: Shown,
    assume: Option<fn(&mut ObjectSchema, Guesses)>,
}

/// Who sees an object.
#[derive(Debug, Clone, Copy)]
enum Shown {
    ToAll,
    /// Whoever may view Setup, as far as that is so.
    InSetup,
    /// Whoever may do this.
    To(Act),
}

impl QueriedObject {
    const fn in_setup(self) -> Self {
        Self { shown: Shown::InSetup, ..self }
    }

    const fn shown_to(self, act: Act) -> Self {
        Self { shown: Shown::To(act), ..self }
    }

    const fn assuming(self, assume: fn(&mut ObjectSchema, Guesses)) -> Self {
        Self { assume: Some(assume), ..self }
    }

    /// Whether this user sees the object at all.
    pub(super) fn is_shown(&self, catalog: &OrgCatalog<'_>) -> bool {
        match self.shown {
            Shown::ToAll => true,
            Shown::InSetup => {
                !catalog.guesses.setup_objects_need_view_setup
                    || catalog.world.may(catalog.user, Act::ViewSetup)
            }
            Shown::To(act) => catalog.world.may(catalog.user, act),
        }
    }

    /// What is only assumed of how the object can be queried.
    pub(super) fn assume(&self, schema: &mut ObjectSchema, guesses: Guesses) {
        if let Some(assume) = self.assume {
            assume(schema, guesses);
        }
    }
}

/// The object of that name, whatever its letters' case; `None` where its records are ordinary ones.
pub(super) fn by_name(name: &str) -> Option<&'static QueriedObject> {
    OBJECTS.iter().find(|object| object.name.eq_ignore_ascii_case(name))
}

/// The object of that name, with these records.
const fn object(name: &'static str, rows: fn(&OrgCatalog<'_>) -> Vec<Row>) -> QueriedObject {
    QueriedObject { name, rows, shown: Shown::ToAll, assume: None }
}

/// All of them: an object is registered here, and nowhere else.
const OBJECTS: &[QueriedObject] = &[
    object("Organization", |it| vec![organization(it.world)]),
    object("SetupAuditTrail", |it| {
        it.world.records.get("SetupAuditTrail").cloned().unwrap_or_default()
    })
    .in_setup(),
    object("User", |it| it.world.users.iter().map(user).collect()),
    object("Profile", profiles),
    object("RecordType", |it| translated(it, each(&it.world.record_types))),
    object("PermissionSet", |it| it.world.permission_sets.iter().map(permission_set).collect()),
    object("PermissionSetAssignment", |it| {
        with(each(&it.world.permission_set_assignments), |row| {
            row.insert("IsActive".to_owned(), true.into());
        })
    })
    .assuming(|schema, guesses| schema.joinable = guesses.assignment_semi_join),
    object("PermissionSetGroup", |it| {
        with(each(&it.world.permission_set_groups), |row| {
            row.remove("PermissionSetIds");
            row.insert("Status".to_owned(), "Updated".into());
        })
    }),
    object("PermissionSetGroupComponent", |it| group_components(it.world))
        .assuming(|schema, guesses| schema.joinable = guesses.group_component_semi_join),
    object("SetupEntityAccess", |it| {
        let shown = it.guesses.presence_status_access_shown;
        let mut rows = each(&it.world.setup_entity_access);
        rows.retain(|row| {
            let kind = row.get("SetupEntityType").and_then(Value::as_str);
            shown || kind != Some("ServicePresenceStatus")
        });
        rows
    }),
    object("FieldPermissions", record_access::fields).in_setup(),
    object("ObjectPermissions", record_access::objects).in_setup(),
    object("AppMenuItem", |it| record_access::menu(it.world)),
    object("CallCenter", |it| call_centers(it.world))
        .assuming(|schema, guesses| schema.joinable = guesses.call_center_semi_join),
    object("ApexClass", |it| apex_classes(it.world)),
    object("ServicePresenceStatus", |it| each(&it.world.presence_statuses))
        .assuming(|schema, guesses| schema.joinable = guesses.presence_status_semi_join),
    object("EntityDefinition", entity_definitions),
    object("AppDefinition", |it| apps::apps(it.world)).assuming(|schema, guesses| {
        for field in &mut schema.fields {
            field.filterable &= guesses.app_definition_filters;
        }
    }),
    object("FlexiPage", |it| apps::flexi_pages(it.world)).in_setup(),
    object("UserPermissionAccess", |it| vec![people::permission_access(it)]),
    object("UserLogin", |it| people::logins(it.world)).shown_to(Act::ViewLogins),
    object("UserLicense", |it| people::licenses(it.world)),
    object("PermissionSetLicense", |it| people::permission_set_licenses(it.world)),
    object("Folder", |it| {
        with(each(&it.world.report_folders), |row| {
            row.insert("Type".to_owned(), "Report".into());
        })
    })
    .assuming(|schema, guesses| schema.joinable = guesses.folder_semi_join),
    object("Report", |it| reports(it.world)).assuming(|schema, guesses| {
        for field in schema.fields.iter_mut().filter(|field| field.name == "OwnerId") {
            field.filterable = guesses.report_filters_by_folder;
        }
    }),
    // Nobody makes dashboards here.
    object("Dashboard", |_| Vec::new()),
    object("PackageLicense", |it| licenses(it.world)),
    object("UserPackageLicense", |it| each(&it.world.user_package_licenses)),
    object("ProfileLayout", |it| each(&it.world.profile_layouts)).in_setup(),
    object("Layout", layouts).in_setup(),
    object("AsyncApexJob", |it| dependencies::apex_jobs(it.world)),
    object("CronTrigger", |it| dependencies::triggers(it.world)),
    object("CronJobDetail", |it| dependencies::trigger_details(it.world)),
    object("MetadataComponentDependency", |it| dependencies::dependencies(it.world)).in_setup(),
    object("DeployRequest", |it| it.world.jobs.deploys.iter().map(deploy).collect()).in_setup(),
    object("InstalledSubscriberPackage", |it| packages::installed(it.world)).in_setup(),
    object("SubscriberPackage", |it| packages::packages(it.world)),
    object("SubscriberPackageVersion", |it| {
        with(packages::versions(it.world, it.guesses), |row| {
            // The key is checked outside, with regard to case: to the query it always fits.
            row.insert("InstallationKey".to_owned(), it.installation_key.into());
        })
    })
    .in_setup(),
    object("PackageInstallRequest", |it| packages::installs(it.world)).in_setup().assuming(
        |schema, guesses| {
            for field in &mut schema.fields {
                match field.name.as_str() {
                    "Status" => field.filterable = !guesses.install_status_not_filterable,
                    "CreatedDate" => field.sortable = guesses.install_sortable,
                    _ => {}
                }
            }
        },
    ),
    object("SubscriberPackageVersionUninstallRequest", |it| packages::uninstalls(it.world))
        .in_setup()
        .assuming(|schema, guesses| {
            for field in schema.fields.iter_mut().filter(|field| field.name == "CreatedDate") {
                field.sortable = guesses.uninstall_sortable;
            }
        }),
    object("PackageVersionUninstallRequestError", |it| packages::uninstall_errors(it.world))
        .in_setup(),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::schema;

    #[test]
    fn each_is_registered_once_by_the_name_that_its_schema_has() {
        let known: BTreeSet<&str> = schema::fixed_names().collect();
        let mut names = BTreeSet::new();
        for object in OBJECTS {
            assert!(known.contains(object.name), "{} has no fields", object.name);
            assert!(names.insert(object.name), "{} is there twice", object.name);
            assert!(by_name(&object.name.to_lowercase()).is_some());
        }
    }
}
