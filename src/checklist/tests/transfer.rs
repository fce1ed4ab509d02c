//! The baseline of an org in the names of its copy.

use std::collections::BTreeSet;

use crate::checklist::{LeftOut, Missing, Named, OrgNames, transfer};
use crate::model::{Baseline, BaselineEntry, BaselineRow, Before, Ids, Subject, SubjectKind};

fn row(kind: SubjectKind, name: &str, field: &str, before: Option<&str>) -> BaselineRow {
    BaselineRow {
        item: "any".to_owned(),
        subject: Subject::new(kind, name),
        field: field.to_owned(),
        before: Before::Known(before.map(str::to_owned)),
        ours: Some("ours".to_owned()),
        run: "01".to_owned(),
        recipe: None,
        ids: Ids::default(),
        giving_back: false,
    }
}

fn entry(kind: SubjectKind, name: &str, field: &str, before: Option<&str>) -> BaselineEntry {
    row(kind, name, field, before).into()
}

fn user(name: &str, before: Option<&str>) -> BaselineEntry {
    entry(SubjectKind::User, name, "CallCenterId", before)
}

fn layout(profile: &str, record_type: Option<&str>, before: &str) -> BaselineEntry {
    let mut row = row(SubjectKind::ProfileLayout, profile, "layout", Some(before));
    row.subject.record_type = record_type.map(str::to_owned);
    row.into()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn copy() -> OrgNames {
    OrgNames {
        users: set(&["ada@x.com.uat", "grace@x.com", "alan@x.com.dev", "alan@x.com.uat"]),
        profiles: set(&["Agents"]),
        record_types: set(&["Call"]),
        layouts: set(&["Task Layout"]),
        call_centers: set(&["BrightCTI", "V1"]),
        permission_sets: set(&["ns__Recording"]),
    }
}

#[test]
fn users_get_the_copys_names_and_the_rest_stays_as_it_is() {
    let entries = vec![
        user("ada@x.com", Some("BrightCTI")),
        user("grace@x.com", None),
        entry(SubjectKind::PermissionSetAssignment, "ada@x.com", "ns__Recording", None),
        layout("Agents", Some("Call"), "Task Layout"),
        entry(SubjectKind::CallCenter, "V1", "definition", None),
    ];
    let baseline = Baseline { entries: entries.into() };
    let result = transfer(&baseline, &copy());
    let mut expected = baseline.rows();
    "ada@x.com.uat".clone_into(&mut expected[0].subject.name);
    "ada@x.com.uat".clone_into(&mut expected[2].subject.name);
    assert_eq!(result.baseline.rows(), expected);
    assert_eq!(result.mapped.len(), 1);
    assert_eq!(result.mapped["ada@x.com"], "ada@x.com.uat");
    assert_eq!((result.left_out.len(), result.missing.len()), (0, 0));
}

#[test]
fn users_whom_nobody_can_tell_are_left_out_and_named() {
    let entries = vec![user("alan@x.com", None), user("tony@x.com", None)];
    let result = transfer(&Baseline { entries: entries.into() }, &copy());
    assert!(result.baseline.entries.is_empty());
    let left_out = |name: &str, candidates: &[&str]| LeftOut {
        subject: Subject::new(SubjectKind::User, name),
        field: "CallCenterId".to_owned(),
        candidates: candidates.iter().map(|name| (*name).to_owned()).collect(),
    };
    assert_eq!(
        result.left_out,
        [
            left_out("alan@x.com", &["alan@x.com.dev", "alan@x.com.uat"]),
            left_out("tony@x.com", &[])
        ]
    );
}

#[test]
fn what_else_the_copy_lacks_is_kept_and_told_once_a_name() {
    let entries = vec![
        layout("Agents", None, "Old Layout"),
        layout("Agents", Some("Gone"), "Old Layout"),
        layout("Sales", None, "Task Layout"),
        user("grace@x.com", Some("OtherCTI")),
        entry(SubjectKind::PermissionSetAssignment, "grace@x.com", "Lost", None),
        entry(SubjectKind::Profile, "Sales", "ApexClass", None),
        entry(SubjectKind::CustomMetadata, "ns__T.ns__R", "ns__F", Some("US1")),
    ];
    let result = transfer(&Baseline { entries: entries.into() }, &copy());
    assert_eq!(result.baseline.entries.len(), 7);
    let missing = |kind, name: &str, values| Missing { kind, name: name.to_owned(), values };
    assert_eq!(
        result.missing,
        [
            missing(Named::Profile, "Sales", 2),
            missing(Named::RecordType, "Gone", 1),
            missing(Named::Layout, "Old Layout", 2),
            missing(Named::CallCenter, "OtherCTI", 1),
            missing(Named::PermissionSet, "Lost", 1),
        ]
    );
}

#[test]
fn values_that_this_version_does_not_know_are_looked_after_all_the_same() {
    let entries = vec![
        entry(SubjectKind::User, "ada@x.com", "Queue", Some("Support")),
        entry(SubjectKind::User, "tony@x.com", "Queue", None),
        entry(SubjectKind::ProfileLayout, "Sales", "compact", None),
        entry(SubjectKind::PermissionSet, "Lost", "description", None),
        entry(SubjectKind::CallCenter, "V2", "colour", None),
    ];
    let result = transfer(&Baseline { entries: entries.into() }, &copy());
    assert_eq!(result.mapped["ada@x.com"], "ada@x.com.uat");
    assert_eq!(result.baseline.rows()[0].subject.name, "ada@x.com.uat");
    assert_eq!(result.left_out[0].subject.name, "tony@x.com");
    let missing: Vec<Named> = result.missing.iter().map(|missing| missing.kind).collect();
    assert_eq!(missing, [Named::Profile, Named::CallCenter, Named::PermissionSet]);
}
