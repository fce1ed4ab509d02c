//! The records of each object.

use serde::Serialize;
use serde_json::{Value, json};

use super::row::row;
use super::{OrgCatalog, people};
use crate::clock::rest_time;
use crate::schema::{self, Api};
use crate::soql::catalog::Row;
use crate::world::World;
use crate::world::access::Act;
use crate::world::custom_metadata::CustomMetadataType;
use crate::world::jobs::DeployJob;
use crate::world::people::{PERMISSIONS, PermissionSet, User};

pub(super) fn each<T: Serialize>(records: &[T]) -> Vec<Row> {
    records.iter().map(row).collect()
}

pub(super) fn with(mut rows: Vec<Row>, change: impl Fn(&mut Row)) -> Vec<Row> {
    rows.iter_mut().for_each(change);
    rows
}

/// Gives every record the dates and authors that all records have.
pub(super) fn stamp(world: &World, rows: &mut [Row]) {
    let born: Value = rest_time(world.born).into();
    let author: Value = world.users.first().map_or(Value::Null, |user| user.id.as_str().into());
    for row in rows {
        for field in ["CreatedDate", "LastModifiedDate", "SystemModstamp"] {
            row.entry(field.to_owned()).or_insert_with(|| born.clone());
        }
        for field in ["CreatedById", "LastModifiedById"] {
            row.entry(field.to_owned()).or_insert_with(|| author.clone());
        }
    }
}

/// Ordinary records, with their formulas and checkboxes.
pub(super) fn records(catalog: &OrgCatalog<'_>, object: &str) -> Vec<Row> {
    let world = catalog.world;
    let is = |row: &Row, name: &str| row.get(name).and_then(Value::as_bool).unwrap_or_default();
    let own: Vec<_> = world.custom_fields.iter().filter(|it| it.object == object).collect();
    let all = world.records.get(object).into_iter().flatten();
    let shown = all
        .filter(|row| catalog.everything || !(is(row, "IsDeleted") || is(row, "IsArchived")))
        .cloned();
    with(shown.collect(), |row| {
        for name in ["IsDeleted", "IsArchived"] {
            row.entry(name.to_owned()).or_insert(false.into());
        }
        for field in own.iter().filter(|field| field.is_calculated()) {
            let value = field.calculated(row);
            row.insert(field.api_name(), value);
        }
        // A checkbox is never null.
        for field in own.iter().filter(|field| field.kind == "boolean") {
            row.entry(field.api_name()).or_insert(false.into());
        }
    })
}

pub(super) fn organization(world: &World) -> Row {
    let mut fields = row(&world.organization);
    fields.insert("IsReadOnly".to_owned(), false.into());
    fields
}

pub(super) fn user(user: &User) -> Row {
    let mut fields = row(user);
    fields.insert("Name".to_owned(), user.name().into());
    fields
}

/// Names as the org translated them for the caller.
pub(super) fn translated(catalog: &OrgCatalog<'_>, rows: Vec<Row>) -> Vec<Row> {
    let (world, language) = (catalog.world, catalog.world.language(catalog.user));
    with(rows, |row| {
        let name = row.get("Name").and_then(Value::as_str);
        if let Some(label) = name.and_then(|name| world.translated(language, name)) {
            let label = label.into();
            row.insert("Name".to_owned(), label);
        }
    })
}

pub(super) fn profiles(catalog: &OrgCatalog<'_>) -> Vec<Row> {
    let world = catalog.world;
    let language = world.language(catalog.user);
    let shown = world.profiles.iter().filter(|profile| !profile.hidden);
    shown
        .map(|profile| {
            let mut fields = row(profile);
            permissions(&mut fields, world.own_permission_set(&profile.id));
            if catalog.guesses.profile_names_translated {
                let label = world.profile_label(language, profile);
                fields.insert("Name".to_owned(), label.into());
            }
            let license = people::license_id(profile.license());
            fields.insert("UserLicenseId".to_owned(), license.map(|id| id.to_string()).into());
            fields
        })
        .collect()
}

pub(super) fn permission_set(set: &PermissionSet) -> Row {
    let mut fields = row(set);
    fields.remove("Fields");
    fields.remove("Objects");
    permissions(&mut fields, Some(set));
    let owned = set.profile_id.is_some();
    fields.insert("IsOwnedByProfile".to_owned(), owned.into());
    fields.insert("IsCustom".to_owned(), (!owned && set.namespace_prefix.is_none()).into());
    let kind = match &set.permission_set_group_id {
        Some(_) => "Group",
        None if owned => "Profile",
        None => "Regular",
    };
    fields.insert("Type".to_owned(), kind.into());
    fields
}

/// `PermissionSetGroupComponent`
pub(super) fn group_components(world: &World) -> Vec<Row> {
    let groups = world.permission_set_groups.iter();
    groups
        .flat_map(|group| {
            group.permission_set_ids.iter().enumerate().map(|(place, set)| {
                row(&json!({
                    "Id": group.component_id(place), "PermissionSetGroupId": group.id,
                    "PermissionSetId": set,
                }))
            })
        })
        .collect()
}

fn permissions(fields: &mut Row, set: Option<&PermissionSet>) {
    for permission in PERMISSIONS {
        let permitted = set.is_some_and(|set| set.permissions.contains(permission));
        fields.insert(format!("Permissions{permission}"), permitted.into());
    }
}

/// `CallCenter`
pub(super) fn call_centers(world: &World) -> Vec<Row> {
    with(each(&world.call_centers), |row| {
        let number = row.get("Version").and_then(Value::as_str).and_then(|v| v.parse().ok());
        row.insert("Version".to_owned(), number.map_or(Value::Null, |n: f64| n.into()));
    })
}

/// `Layout`
pub(super) fn layouts(catalog: &OrgCatalog<'_>) -> Vec<Row> {
    with(translated(catalog, each(&catalog.world.layouts)), |row| {
        let object = row.get("TableEnumOrId").cloned().unwrap_or_default();
        row.insert("EntityDefinitionId".to_owned(), object);
    })
}

pub(super) fn apex_classes(world: &World) -> Vec<Row> {
    with(each(&world.apex_classes), |row| {
        let length = row.get("Body").and_then(Value::as_str).map_or(0, str::len);
        row.insert("LengthWithoutComments".to_owned(), length.into());
        if row.get("NamespacePrefix").is_some_and(|namespace| !namespace.is_null()) {
            row.insert("Body".to_owned(), "(hidden)".into());
        }
    })
}

pub(super) fn entity_definitions(catalog: &OrgCatalog<'_>) -> Vec<Row> {
    let shown = catalog.world.may(catalog.user, Act::ViewCustomMetadata);
    let world = catalog.world;
    let mut rows = Vec::new();
    for object in schema::all(world, Api::Data) {
        let custom = world.custom_metadata_types.iter().find(|it| it.api_name() == object.name);
        if custom.is_some() && !shown {
            continue;
        }
        let own = world.custom_objects.iter().find(|it| it.api_name() == object.name);
        let (durable, developer, namespace) = custom.map_or_else(
            || {
                own.map_or_else(
                    || (object.name.clone(), object.name.clone(), None),
                    |own| {
                        let namespace = own.namespace_prefix.clone();
                        (own.id.short().to_owned(), own.developer_name.clone(), namespace)
                    },
                )
            },
            |kind| {
                let namespace = kind.namespace_prefix.clone();
                (kind.id.short().to_owned(), kind.developer_name.clone(), namespace)
            },
        );
        let fields = json!({
            "Id": durable, "DurableId": durable, "QualifiedApiName": object.name,
            "DeveloperName": developer, "NamespacePrefix": namespace, "Label": object.label,
            "PluralLabel": object.plural, "KeyPrefix": object.key_prefix,
            "IsCustomizable": object.layoutable || object.custom, "IsQueryable": true,
            "IsLayoutable": object.layoutable,
        });
        rows.push(row(&fields));
    }
    rows
}

pub(super) fn reports(world: &World) -> Vec<Row> {
    with(each(&world.reports), |row| {
        let name = row.get("Folder").and_then(Value::as_str).unwrap_or_default();
        let folder = world.report_folders.iter().find(|folder| folder.developer_name == name);
        let (label, owner) = folder.map_or((Value::Null, Value::Null), |folder| {
            (folder.name.clone().into(), folder.id.as_str().into())
        });
        row.insert("FolderName".to_owned(), label);
        row.insert("OwnerId".to_owned(), owner);
    })
}

pub(super) fn licenses(world: &World) -> Vec<Row> {
    let licenses = world.package_licenses.iter();
    licenses
        .map(|license| {
            let seats = world.user_package_licenses.iter();
            let used = seats.filter(|seat| seat.package_license_id == license.id).count();
            let mut fields = row(license);
            fields.insert("UsedLicenses".to_owned(), used.into());
            fields
        })
        .collect()
}

pub(super) fn custom_metadata(kind: &CustomMetadataType) -> Vec<Row> {
    kind.visible_records()
        .map(|record| {
            let mut fields = Row::new();
            fields.insert("Id".to_owned(), record.id.as_str().into());
            fields.insert("DeveloperName".to_owned(), record.developer_name.clone().into());
            fields.insert("MasterLabel".to_owned(), record.master_label.clone().into());
            fields.insert("Label".to_owned(), record.master_label.clone().into());
            fields.insert("Language".to_owned(), "en_US".into());
            fields.insert("NamespacePrefix".to_owned(), record.namespace_prefix.clone().into());
            fields.insert("QualifiedApiName".to_owned(), record.qualified_name().into());
            fields.extend(record.values.clone());
            fields
        })
        .collect()
}

pub(super) fn deploy(job: &DeployJob) -> Row {
    let outcome = job.outcome.as_ref();
    let count = |number: fn(&crate::world::jobs::DeployOutcome) -> u32| outcome.map_or(0, number);
    row(&json!({
        "Id": job.id, "Status": job.status.name(), "Type": "Api",
        "CheckOnly": job.option("checkOnly"), "RollbackOnError": job.option("rollbackOnError"),
        "IgnoreWarnings": job.option("ignoreWarnings"),
        "TestLevel": job.options.get("testLevel"),
        "NumberComponentsTotal": count(|it| it.components_total),
        "NumberComponentsDeployed": count(|it| it.components_deployed),
        "NumberComponentErrors": count(|it| it.component_errors),
        "NumberTestsTotal": count(|it| it.tests_total),
        "NumberTestsCompleted": count(|it| it.tests_completed),
        "NumberTestErrors": count(|it| it.test_errors),
        "CreatedDate": rest_time(job.created), "CreatedById": job.created_by,
        "StartDate": job.timer.started().map(rest_time),
        "CompletedDate": job.finished.map(rest_time),
    }))
}
