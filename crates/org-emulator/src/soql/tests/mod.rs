//! The whole engine over a small org.

mod any_text;
mod mistakes;

use std::sync::Arc;

use serde_json::{Value, json};

use super::catalog::{Catalog, FieldKind, FieldSchema, ObjectSchema, Restriction, Row};
use super::{SoqlError, run};

/// A handful of users, profiles and layouts.
struct Org;

/// A field; `reference` is `Relationship>Object`.
fn field(name: &str, kind: FieldKind, reference: &str) -> FieldSchema {
    let relationship =
        reference.split_once('>').map(|(name, object)| (name.to_owned(), object.to_owned()));
    let plain = name != "Status" && kind != FieldKind::Complex;
    FieldSchema { name: name.into(), kind, relationship, filterable: plain, sortable: plain }
}

impl Catalog for Org {
    fn object(&self, name: &str) -> Option<Arc<ObjectSchema>> {
        use FieldKind::{Boolean, Complex, DateTime, Id, Number, Text};
        let (name, fields, restriction) = match name.to_ascii_lowercase().as_str() {
            "user" => (
                "User",
                vec![
                    field("Id", Id, ""),
                    field("Name", Text, ""),
                    field("IsActive", Boolean, ""),
                    field("Age", Number, ""),
                    field("CreatedDate", DateTime, ""),
                    field("ProfileId", Id, "Profile>Profile"),
                    field("ManagerId", Id, "Manager>User"),
                    field("Status", Text, ""),
                ],
                None,
            ),
            "profile" => (
                "Profile",
                vec![field("Id", Id, ""), field("Name", Text, ""), field("Metadata", Complex, "")],
                None,
            ),
            "permissionsetassignment" => (
                "PermissionSetAssignment",
                vec![
                    field("Id", Id, ""),
                    field("AssigneeId", Id, "Assignee>User"),
                    field("PermissionSetId", Id, "PermissionSet>PermissionSet"),
                    field("Label", Text, ""),
                ],
                None,
            ),
            "entitydefinition" => (
                "EntityDefinition",
                vec![
                    field("DurableId", Text, ""),
                    field("QualifiedApiName", Text, ""),
                    field("NamespacePrefix", Text, ""),
                ],
                Some(Restriction::Virtual),
            ),
            "subscriberpackageversion" => (
                "SubscriberPackageVersion",
                vec![field("Id", Id, ""), field("InstallationKey", Text, "")],
                Some(Restriction::OneId),
            ),
            _ => return None,
        };
        Some(Arc::new(ObjectSchema { name: name.into(), fields, restriction, joinable: true }))
    }

    fn rows(&self, object: &str) -> Vec<Row> {
        let rows = match object {
            "User" => json!([
                {"Id": "005000000000001AAA", "Name": "Ada", "IsActive": true, "Age": 36,
                 "CreatedDate": "2020-01-01T00:00:00.000+0000", "ProfileId": "00e000000000001AAA"},
                {"Id": "005000000000002AAA", "Name": "bob_b", "IsActive": true, "Age": 4.5,
                 "CreatedDate": jiff::Timestamp::now().to_string(),
                 "ProfileId": "00e000000000002", "ManagerId": "005000000000001AAA"},
                {"Id": "005000000000003AAA", "Name": "Zoë \\ O'Hara 100%", "IsActive": false,
                 "ProfileId": "00e000000000001AAA", "ManagerId": "005000000000002AAA"},
            ]),
            "Profile" => json!([
                {"Id": "00e000000000001AAA", "Name": "System Administrator"},
                {"Id": "00e000000000002AAA", "Name": "Standard User"},
            ]),
            "PermissionSetAssignment" => json!([
                {"Id": "0Pa000000000001AAA", "AssigneeId": "005000000000003AAA", "Label": "Agent"},
            ]),
            "EntityDefinition" => json!([
                {"DurableId": "01I000000000001", "QualifiedApiName": "ns__Region__mdt",
                 "NamespacePrefix": "ns"},
                {"DurableId": "Task", "QualifiedApiName": "Task"},
            ]),
            _ => json!([{"Id": "04t000000000001AAA", "InstallationKey": "Secret"}]),
        };
        serde_json::from_value(rows).expect("the rows above are objects")
    }
}

/// The names that a query brings, or its error.
fn names(query: &str) -> Result<Vec<String>, SoqlError> {
    let answer = run(query, &Org, "/services/data/v66.0")?;
    Ok(answer.records.iter().map(|record| record["Name"].as_str().unwrap().to_owned()).collect())
}

#[test]
fn conditions_select_records() {
    let ada = "Ada";
    let bob = "bob_b";
    let zoe = "Zoë \\ O'Hara 100%";
    for (condition, expected) in [
        ("Name = 'ADA'", vec![ada]),
        ("Name != 'ada'", vec![bob, zoe]),
        ("name <> 'ada' and isactive = TRUE", vec![bob]),
        ("Name = 'Ada' OR Name = 'Bob\\_b'", vec![ada, bob]),
        ("(Name = 'Ada' OR Name = 'bob_b') AND Age > 5", vec![ada]),
        ("(((Name = 'Ada')))", vec![ada]),
        ("NOT Name = 'Ada'", vec![bob, zoe]),
        ("IsActive = true AND (NOT Name LIKE 'a%')", vec![bob]),
        ("Name LIKE '%\\\\ O\\'HARA%\\%'", vec![zoe]),
        ("Name LIKE 'bob\\_b'", vec![bob]),
        ("Name LIKE '_d_'", vec![ada]),
        ("Name LIKE '%%a%%'", vec![ada, zoe]),
        ("Age = null", vec![zoe]),
        ("Age != null", vec![ada, bob]),
        ("Age <= 36", vec![ada, bob]),
        ("Age < 36.0", vec![bob]),
        ("Age >= -1", vec![ada, bob]),
        ("Id = '005000000000001'", vec![ada]),
        ("Id IN ('005000000000001AAA', '005000000000003')", vec![ada, zoe]),
        ("Id NOT IN ('005000000000001AAA')", vec![bob, zoe]),
        ("Id > '005000000000001AAA'", vec![bob, zoe]),
        ("Id >= '005000000000002' AND Id < '005000000000003'", vec![bob]),
        ("ManagerId = null", vec![ada]),
        ("Profile.Name = 'standard user'", vec![bob]),
        ("User.Profile.Name != 'standard user'", vec![ada, zoe]),
        ("Manager.Manager.Name = 'Ada'", vec![zoe]),
        ("Manager.Manager.Profile.Name LIKE 'system%'", vec![zoe]),
        ("Id IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE Label = 'agent')", vec![zoe]),
        ("Id NOT IN (SELECT AssigneeId FROM PermissionSetAssignment)", vec![ada, bob]),
        ("ProfileId IN (SELECT Id FROM Profile WHERE Name = 'Standard User')", vec![bob]),
        ("CreatedDate = TODAY", vec![bob]),
        ("CreatedDate >= LAST_N_DAYS:2", vec![bob]),
        ("CreatedDate < 2020-01-01T01:00:00+01:00", vec![]),
        ("CreatedDate <= 2020-01-01T00:00:00Z", vec![ada]),
        ("CreatedDate > 2019-12-31T23:59:59+0000", vec![ada, bob]),
        ("Name IN ('ada') ORDER BY Name", vec![ada]),
    ] {
        let found = names(&format!("SELECT Name FROM User WHERE {condition}"));
        assert_eq!(found, Ok(expected.into_iter().map(str::to_owned).collect()), "{condition}");
    }
}

#[test]
fn order_limit_and_offset() {
    for (clauses, expected) in [
        ("ORDER BY Age", ["Zoë \\ O'Hara 100%", "bob_b", "Ada"].as_slice()),
        ("ORDER BY Age DESC NULLS LAST", &["Ada", "bob_b", "Zoë \\ O'Hara 100%"]),
        ("ORDER BY IsActive, Name DESC", &["Zoë \\ O'Hara 100%", "bob_b", "Ada"]),
        ("ORDER BY Profile.Name ASC NULLS FIRST, Name LIMIT 1 OFFSET 1", &["Ada"]),
        ("LIMIT 0", &[]),
    ] {
        let found = names(&format!("select name from user {clauses}"));
        assert_eq!(found.unwrap(), expected, "{clauses}");
    }
}

#[test]
fn records_are_nested_in_select_order() {
    let query = "SELECT name, profile.name, Id, Manager.Profile.Id, Profile.Id, Manager.Name \
                 FROM User u WHERE u.Name = 'bob_b'";
    let answer = run(query, &Org, "/services/data/v66.0").unwrap();
    let expected = r#"{"attributes":{"type":"User","url":"/services/data/v66.0/sobjects/User/005000000000002AAA"},"Name":"bob_b","Profile":{"attributes":{"type":"Profile","url":"/services/data/v66.0/sobjects/Profile/00e000000000002AAA"},"Name":"Standard User","Id":"00e000000000002AAA"},"Id":"005000000000002AAA","Manager":{"attributes":{"type":"User","url":"/services/data/v66.0/sobjects/User/005000000000001AAA"},"Profile":{"attributes":{"type":"Profile","url":"/services/data/v66.0/sobjects/Profile/00e000000000001AAA"},"Id":"00e000000000001AAA"},"Name":"Ada"}}"#;
    assert_eq!(answer.records[0].to_string(), expected);
    assert_eq!(answer.columns[1].path, ["Profile", "Name"]);
    let answer = run("SELECT Manager.Name FROM User WHERE Name = 'Ada'", &Org, "").unwrap();
    assert_eq!(answer.records[0]["Manager"], Value::Null);
}

#[test]
fn count_has_no_records() {
    let answer = run("SELECT COUNT() FROM User WHERE IsActive = true", &Org, "").unwrap();
    assert_eq!((answer.total, answer.count_only, answer.records.len()), (2, true, 0));
}

#[test]
fn restricted_objects_answer_what_they_may() {
    let virtual_object = "SELECT QualifiedApiName FROM EntityDefinition WHERE \
                          NamespacePrefix = 'ns' AND QualifiedApiName LIKE '%__mdt' LIMIT 0";
    let answer = run(virtual_object, &Org, "/v").unwrap();
    assert_eq!(answer.total, 1, "LIMIT is ignored");
    assert_eq!(
        answer.records[0]["attributes"]["url"],
        "/v/sobjects/EntityDefinition/01I000000000001"
    );
    for (key, total) in [("Secret", 1), ("secret", 0)] {
        let query = format!(
            "SELECT Id FROM SubscriberPackageVersion WHERE Id ='04t000000000001AAA' \
             AND InstallationKey ='{key}'"
        );
        assert_eq!(run(&query, &Org, "").unwrap().total, total);
    }
}
