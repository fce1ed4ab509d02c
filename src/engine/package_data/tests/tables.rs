//! Which fields are exported, and what is said about the others.

use serde_json::json;

use super::super::table::{of_object, with_fields_of};
use super::{described, field, tasks};
use crate::model::{Extent, PackageField, Records};

#[test]
fn a_task_shows_what_it_is_recognised_by_and_the_packages_fields() {
    let table = tasks(0);
    assert_eq!(table.columns, ["Id", "Subject", "IsArchived", "ns__ANI__c", "ns__Done__c"]);
    assert!(table.archives);
    assert!(table.notes.is_empty(), "{:?}", table.notes);
    let field =
        |name: &str, checkbox| PackageField { name: name.to_owned(), checkbox, filterable: true };
    let fields = [field("ns__ANI__c", false), field("ns__Done__c", true)];
    assert_eq!(table.extent, Extent::Fields(fields.to_vec()));
}

#[test]
fn formulas_are_shown_and_are_no_values() {
    let mut formula = field("ns__Shown__c", "string");
    formula["calculated"] = true.into();
    let only = described("Task", &[field("Id", "id"), formula.clone()]);
    assert_eq!(with_fields_of("ns", &only), None);
    let fields = [field("Id", "id"), field("ns__ANI__c", "phone"), formula];
    let table = with_fields_of("ns", &described("Task", &fields)).unwrap();
    assert_eq!(table.columns, ["Id", "ns__ANI__c", "ns__Shown__c"]);
    assert!(matches!(&table.extent, Extent::Fields(fields) if fields.len() == 1));
}

#[test]
fn an_object_without_fields_of_the_package_is_no_table() {
    for name in ["Name", "nsx__Field__c", "ns_Field__c", "NS2__ANI__c"] {
        assert_eq!(with_fields_of("ns", &described("Task", &[field(name, "string")])), None);
    }
}

#[test]
fn an_own_object_shows_every_field_that_fits_into_a_cell() {
    let mut long = field("ns__Transcript__c", "textarea");
    long["length"] = 131_072.into();
    let fields = [
        field("Name", "string"),
        field("Id", "id"),
        field("ns__Place__c", "location"),
        field("ns__Place__Latitude__s", "double"),
        field("ns__Home__c", "address"),
        field("ns__Audio__c", "base64"),
        field("ns__Secret__c", "encryptedstring"),
        field("Added_By_Us__c", "multipicklist"),
        long,
    ];
    let table = of_object(&described("ns__Call__c", &fields));
    let expected = [
        "Id",
        "Name",
        "ns__Place__Latitude__s",
        "ns__Secret__c",
        "Added_By_Us__c",
        "ns__Transcript__c",
    ];
    assert_eq!(table.columns, expected);
    assert_eq!((table.long_text, table.archives), (131_072, false));
    assert!(table.is_found_by_query(), "every record counts");
    insta::assert_debug_snapshot!(table.notes, @r#"
    [
        "ns__Audio__c: files do not fit into a table, and are left out.",
        "ns__Secret__c: encrypted, exported as far as the calling user can see it.",
    ]
    "#);
}

#[test]
fn an_object_that_takes_no_queries_is_told() {
    let mut object = described("ns__Big__c", &[field("Id", "id")]);
    object.queryable = false;
    let table = of_object(&object);
    assert!(!table.is_readable() && !table.is_empty());
    assert!(matches!(&table.records, Records::Unknown(why) if why.contains("queries")));
}

#[test]
fn what_the_org_cannot_search_is_told() {
    let fields = [field("Id", "id"), field("ns__Notes__c", "textarea")];
    let table = with_fields_of("ns", &described("Task", &fields)).unwrap();
    assert!(!table.is_found_by_query());
    insta::assert_snapshot!(table.notes.join("\n"), @"ns__Notes__c: the org cannot search by it, so every record of Task label is looked at.");
}

#[test]
fn a_table_is_kept_as_json() {
    let table = tasks(12);
    let text = serde_json::to_value(&table).unwrap();
    assert_eq!(text["records"], json!({"exactly": 12}));
    assert_eq!(serde_json::from_value::<crate::model::DataTable>(text).unwrap(), table);
}
