//! Which fields of an object are exported: from the org's description to a table.

use salesforce_client::rest::{Describe, Field};

use crate::model::{DataTable, Extent, PackageField, Records};

/// Fields beside the package's own by which people recognise an activity, and a script finds the
/// record that a value belongs to. Those that an object lacks are left out.
const RECOGNISED_BY: [&str; 20] = [
    "Id",
    "Subject",
    "WhoId",
    "WhatId",
    "AccountId",
    "OwnerId",
    "RecordTypeId",
    "TaskSubtype",
    "Status",
    "IsClosed",
    "ActivityDate",
    "StartDateTime",
    "EndDateTime",
    "CallType",
    "CallDurationInSeconds",
    "CallDisposition",
    "CallObject",
    "IsArchived",
    "CreatedDate",
    "CreatedById",
];

/// Texts longer than this are long texts, which make pages large.
const LONG: u64 = 255;

/// The table of an object that stays; none where the package has no fields that hold data.
pub(super) fn with_fields_of(namespace: &str, described: &Describe) -> Option<DataTable> {
    let prefix = format!("{namespace}__");
    let own: Vec<&Field> =
        described.fields.iter().filter(|field| field.name.starts_with(&prefix)).collect();
    let readable = own.iter().copied().filter(|field| fits_a_cell(field));
    let valued: Vec<PackageField> =
        readable.clone().filter(|field| !field.calculated).map(package_field).collect();
    if valued.is_empty() {
        return None;
    }
    let recognised = RECOGNISED_BY.iter().filter_map(|name| field(described, name));
    let columns: Vec<&Field> = recognised.chain(readable).collect();
    Some(table(described, Extent::Fields(valued), &columns, &own))
}

/// The table of an object that is the package's own.
pub(super) fn of_object(described: &Describe) -> DataTable {
    if !described.queryable {
        let why = "the org does not let its records be read by queries";
        return unreadable(&described.name, &described.label, why);
    }
    let all: Vec<&Field> = described.fields.iter().collect();
    let mut columns: Vec<&Field> = field(described, "Id").into_iter().collect();
    columns.extend(all.iter().filter(|field| field.name != "Id" && fits_a_cell(field)));
    table(described, Extent::Object, &columns, &all)
}

/// The table of an object whose records cannot be read, and why.
pub(super) fn unreadable(object: &str, label: &str, why: impl Into<String>) -> DataTable {
    DataTable {
        object: object.to_owned(),
        label: label.to_owned(),
        extent: Extent::Object,
        columns: Vec::new(),
        archives: false,
        long_text: 0,
        records: Records::Unknown(why.into()),
        notes: Vec::new(),
    }
}

fn table(
    described: &Describe,
    extent: Extent,
    columns: &[&Field],
    concerned: &[&Field],
) -> DataTable {
    let long = columns.iter().filter_map(|field| field.length).filter(|length| *length > LONG);
    let mut table = DataTable {
        object: described.name.clone(),
        label: described.label.clone(),
        extent,
        archives: field(described, "IsArchived").is_some()
            && field(described, "IsDeleted").is_some(),
        long_text: long.sum(),
        columns: columns.iter().map(|field| field.name.clone()).collect(),
        records: Records::Unknown("nobody has counted them yet".to_owned()),
        notes: Vec::new(),
    };
    table.notes = notes(&table, concerned);
    table
}

fn notes(table: &DataTable, concerned: &[&Field]) -> Vec<String> {
    let of_kind = |kind: &str| {
        let names = concerned.iter().filter(|field| field.kind == kind).map(|field| &*field.name);
        let names: Vec<&str> = names.collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let mut notes = Vec::new();
    if let Some(names) = of_kind("base64") {
        notes.push(format!("{names}: files do not fit into a table, and are left out."));
    }
    if let Some(names) = of_kind("encryptedstring") {
        notes.push(format!("{names}: encrypted, exported as far as the calling user can see it."));
    }
    if let Extent::Fields(fields) = &table.extent {
        let names: Vec<&str> =
            fields.iter().filter(|field| !field.filterable).map(|field| &*field.name).collect();
        if !names.is_empty() {
            let names = names.join(", ");
            notes.push(format!(
                "{names}: the org cannot search by it, so every record of {} is looked at.",
                table.label
            ));
        }
    }
    notes
}

fn package_field(field: &Field) -> PackageField {
    PackageField {
        name: field.name.clone(),
        checkbox: field.kind == "boolean",
        filterable: field.filterable,
    }
}

/// Files do not fit, and compound values are told by their parts, which are fields too.
fn fits_a_cell(field: &Field) -> bool {
    !matches!(field.kind.as_str(), "base64" | "address" | "location" | "complexvalue")
}

fn field<'a>(described: &'a Describe, name: &str) -> Option<&'a Field> {
    described.fields.iter().find(|field| field.name == name)
}
