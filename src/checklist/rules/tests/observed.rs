//! What can be said once the org was observed.

use std::collections::BTreeMap;

use super::*;
use crate::model::org_fixture::OrgFixture;
use crate::model::{
    CallKind, CallTypeLayout, Described, FieldDescription, Generation, InstalledPackage, Observed,
    PresenceStatus, Refused, ScreenPop, SoftphoneLayout,
};

fn field(kind: &str, length: u32) -> FieldDescription {
    FieldDescription {
        label: String::new(),
        kind: kind.to_owned(),
        length,
        createable: true,
        updateable: true,
        required: false,
        permissionable: true,
    }
}

fn described(fields: &[(&str, FieldDescription)]) -> Described {
    Described {
        name: String::new(),
        createable: true,
        fields: fields.iter().map(|(name, field)| ((*name).to_owned(), field.clone())).collect(),
    }
}

fn status(label: &str) -> PresenceStatus {
    PresenceStatus { api_name: label.replace(' ', "_"), label: label.to_owned() }
}

fn org() -> OrgState {
    let read_only =
        FieldDescription { createable: false, updateable: false, ..field("datetime", 0) };
    let labelled = FieldDescription { label: "Queue Name".to_owned(), ..field("string", 10) };
    let task = [
        ("Description", field("textarea", 32_000)),
        ("Status", field("picklist", 255)),
        ("IsHighPriority", field("boolean", 0)),
        ("CreatedDate", read_only),
        ("Queue__c", labelled),
    ];
    let case = [("Description", field("textarea", 32_000)), ("ContactId", field("reference", 18))];
    OrgFixture::new()
        .with(|state| {
            state.objects = BTreeMap::from([
                ("Task".to_owned(), Observed::Seen(described(&task))),
                ("Case".to_owned(), Observed::Seen(described(&case))),
                ("Contact".to_owned(), Observed::Seen(described(&[("Phone", field("phone", 40))]))),
                ("Gone__c".to_owned(), missing()),
            ]);
            state.presence_statuses =
                Observed::Seen(["Available", "Not Ready"].map(status).to_vec());
        })
        .build()
}

/// What an org does not have.
fn missing<T>() -> Observed<T> {
    Observed::Refused(Refused { missing: true, ..Refused::new("no such object") })
}

fn in_org(values: &[(&str, &str)], change: impl FnOnce(&mut OrgState)) -> Vec<Diagnostic> {
    let mut org = org();
    change(&mut org);
    let wish = wish(values);
    with_org(&wish, &wish.effective(org.call_center.found()), &org)
}

fn told_in_org(values: &[(&str, &str)], change: impl FnOnce(&mut OrgState)) -> String {
    told(&in_org(values, change))
}

#[test]
fn an_org_is_no_mistake_by_itself() {
    assert_eq!(told_in_org(&[], |_| ()), "");
    assert_eq!(
        told_in_org(&[], |org| {
            org.presence_statuses = Observed::Unasked;
            org.objects.clear();
        }),
        ""
    );
}

#[test]
fn unknown_callers_in_the_org() {
    let on = ("no_match.enabled", "true");
    assert_eq!(told_in_org(&[on], |_| ()), "");
    insta::assert_snapshot!(told_in_org(&[on, ("no_match.object", "Gone__c")], |_| ()), @"CC020 error nameOfCrmRecordObject: `call_center.no_match.object` writes to the object `Gone__c`, which this org does not have or does not show. Check its API name (objects of your own end in __c) and your permissions.");
    insta::assert_snapshot!(told_in_org(&[on], |org| {
        org.objects.get_mut("Contact").unwrap().seen_mut().unwrap().createable = false;
        let pops = CallTypeLayout {
            objects: Vec::new(),
            opens_in: None,
            pops: [ScreenPop::New("Contact".to_owned()), ScreenPop::Nothing, ScreenPop::Nothing],
        };
        org.softphone = Observed::Seen(Some(SoftphoneLayout {
            name: "Standard".to_owned(),
            call_types: vec![(CallKind::Inbound, pops)],
        }));
    }), @r#"
CC020 error isNoRecordMatchScenarioEnabled: Records of `Contact` cannot be created, which unknown callers need. Choose another object, or give the agents the permission to create it.
CC020 warning isNoRecordMatchScenarioEnabled: Unknown callers are handled twice: by the call center, and by the softphone layout `Standard` with `Pop to new Contact`. Set the layout's inbound "No matching records" to "Don't pop any screen". Only your own layout was seen: other profiles may have others.
"#);
}

fn activity(field: &str, constant: Option<&str>) -> String {
    format!(
        r#"[{{"CadFieldName":"x","SalesforceFieldName":"{field}","isDefaultValueEnabled":{},"defaultFieldValue":"{}"}}]"#,
        constant.is_some(),
        constant.unwrap_or_default()
    )
}

#[test]
fn mapped_fields_in_the_org() {
    let on = ("activity.update_fields", "true");
    let with = |field: &str, constant: Option<&str>| {
        told_in_org(&[on, ("activity.mappings", &activity(field, constant))], |_| ())
    };
    for field in ["Description", "Status", "Queue__c", "ciscocjs__Later__c"] {
        assert_eq!(with(field, None), "", "{field}");
    }
    assert_eq!(with("Status", Some("Completed")), "");
    insta::assert_snapshot!(with("Nothing__c", None), @"CC022 error CadSalesforceFieldMapping1: `call_center.activity.mappings` writes to `Task.Nothing__c`, which does not exist or is hidden. Fields are named by their API names; yours end in __c.");
    insta::assert_snapshot!(with("Queue Name", None), @"CC022 error CadSalesforceFieldMapping1: `call_center.activity.mappings` writes to `Task.Queue Name`, which does not exist or is hidden. Did you mean `Queue__c`?");
    insta::assert_snapshot!(with("description", None), @"CC022 warning CadSalesforceFieldMapping1: `call_center.activity.mappings` writes to `Task.description`, whose name is spelt `Description`. Spell it the same: the connector may be case-sensitive.");
    insta::assert_snapshot!(with("CreatedDate", None), @"CC022 error CadSalesforceFieldMapping1: `call_center.activity.mappings` writes to `Task.CreatedDate`, which cannot be written. It is calculated, or field-level security keeps it from you.");
    insta::assert_snapshot!(with("IsHighPriority", None), @"CC022 warning CadSalesforceFieldMapping1: `call_center.activity.mappings` writes the text of `x` to `Task.IsHighPriority`, whose type is boolean. Calls whose variable does not fit that type leave the field as it was.");
    insta::assert_snapshot!(with("Queue__c", Some("far too long a text")), @"CC022 error CadSalesforceFieldMapping1: `call_center.activity.mappings` writes 19 characters to `Task.Queue__c`, which takes 10.");
    // Once the package is there, its fields must be there.
    let installed =
        told_in_org(&[on, ("activity.mappings", &activity("ciscocjs__Later__c", None))], |org| {
            org.packages.get_or_insert_default().push(package("Webex Contact Center", "ciscocjs"));
        });
    assert!(installed.starts_with("CC022 error"), "{installed}");
    let record = RECORD.replace("\"true\"", "\"false\"");
    let gone = [("no_match.object", "Gone__c"), ("no_match.mappings", record.as_str())];
    insta::assert_snapshot!(told_in_org(&gone, |_| ()), @"CC022 error sfdcObjetFieldCadVariableMappings1: `call_center.no_match.mappings` writes to the object `Gone__c`, which this org does not have or does not show. Check its API name (objects of your own end in __c) and your permissions.");
}

fn package(name: &str, namespace: &str) -> InstalledPackage {
    InstalledPackage {
        name: name.to_owned(),
        namespace: Some(namespace.to_owned()),
        package_id: None,
        version_id: None,
        version: None,
        generation: Generation::Unknown,
        managed: true,
    }
}

#[test]
fn notes_in_the_org() {
    let on = ("activity.live_notes", "true");
    assert_eq!(told_in_org(&[on], |_| ()), "");
    insta::assert_snapshot!(told_in_org(&[on, ("activity.notes_field", "Status")], |_| ()), @"CC033 error sfdcFieldForcallNotes: `Task.Status` takes no text: its type is picklist. Choose a text field or a text area of Task, such as `Description`.");
    insta::assert_snapshot!(told_in_org(&[on, ("activity.notes_field", "Notes__c")], |_| ()), @"CC033 error sfdcFieldForcallNotes: `call_center.activity.notes_field` writes to `Task.Notes__c`, which does not exist or is hidden. Fields are named by their API names; yours end in __c.");
}

#[test]
fn cases_in_the_org() {
    let on = ("case.create_inbound", "true");
    assert_eq!(told_in_org(&[on], |_| ()), "");
    insta::assert_snapshot!(told_in_org(&[on], |org| {
        org.objects.insert("Case".to_owned(), missing());
    }), @"CC041 error isCaseCreationEnabledForInboundCalls: `call_center.case.create_inbound` writes to the object `Case`, which this org does not have or does not show. Check its API name (objects of your own end in __c) and your permissions.");
    insta::assert_snapshot!(told_in_org(&[on], |org| {
        org.objects.get_mut("Case").unwrap().seen_mut().unwrap().createable = false;
    }), @"CC041 error isCaseCreationEnabledForInboundCalls: Cases cannot be created here, but the call center is to create one for each call. Switch it off, or give the agents the permission to create cases.");
    let require = |org: &mut OrgState| {
        let case = org.objects.get_mut("Case").unwrap().seen_mut().unwrap();
        for name in ["Description", "ContactId"] {
            case.fields.get_mut(name).unwrap().required = true;
        }
    };
    // The definition's own rows fill the contact.
    insta::assert_snapshot!(told_in_org(&[on], require), @"CC041 warning isCaseCreationEnabledForInboundCalls: A new case needs `Description`, which no mapping fills. Add rows to `call_center.case.mappings`, unless automation in the org fills them.");
}

#[test]
fn state_sync_in_the_org() {
    let on = ("omni_sync.enabled", "true");
    assert_eq!(told_in_org(&[on], |_| ()), "");
    insta::assert_snapshot!(told_in_org(&[on], |org| org.presence_statuses = missing()), @"CC060 error isOmniStateSyncEnabled: State sync is on, but Omni-Channel is off in this org. Switch it on in Setup > Omni-Channel Settings, or state sync off.");
    let text = told_in_org(&[on, ("omni_sync.presence_status", "not ready")], |_| ());
    insta::assert_snapshot!(text, @"CC060 error defaultOmniStateForCall: The org has no presence status `not ready`. Write `Not Ready`: the name is case-sensitive.");
    insta::assert_snapshot!(told_in_org(&[on, ("omni_sync.presence_status", "Busy")], |_| ()), @"CC060 error defaultOmniStateForCall: The org has no presence status `Busy`. The org has Available, Not Ready.");
}

#[test]
fn the_package_in_the_org() {
    let right = |org: &mut OrgState| {
        org.packages.get_or_insert_default().push(package("Webex Contact Center", "ciscocjs"));
    };
    assert_eq!(told_in_org(&[], right), "");
    let text = told_in_org(&[], |org| {
        org.packages.get_or_insert_default().push(package("Webex Contact Center", "cisco_wxcc"));
    });
    insta::assert_snapshot!(text, @"CC070 warning reqSalesforceNamespace: The call center expects the package with the namespace `ciscocjs`, but the org has `Webex Contact Center` with the namespace `cisco_wxcc`. It may be the other generation of the connector; the two do not mix.");
}

#[test]
fn values_that_the_org_has_take_part() {
    let has = |values: &[(&str, &str)]| {
        let existing = wish(values).effective(None);
        move |org: &mut OrgState| org.call_center = Observed::Seen(Some(existing))
    };
    // The org's own value makes the configured one wrong, and the configuration is told.
    let text = told_in_org(
        &[("activity.create_when_connected", "false")],
        has(&[
            ("activity.open_when_connected", "true"),
            ("activity.create_when_connected", "true"),
        ]),
    );
    insta::assert_snapshot!(text, @"CC030 error isActivityRecordCreationAtConnected: `call_center.activity.open_when_connected` is on, but needs `call_center.activity.create_when_connected`, which is off. Set `call_center.activity.create_when_connected` to true, or `call_center.activity.open_when_connected` to false.");
    // What the org has wrong by itself is not this configuration's business.
    assert_eq!(
        told_in_org(&[("softphone.height", "600")], has(&[("screen_pop.advanced", "true")])),
        ""
    );
}

#[test]
fn objects_are_described_only_where_something_maps() {
    let needed = |values: &[(&str, &str)]| -> Vec<String> {
        objects_needed(&wish(values)).into_iter().collect()
    };
    assert_eq!(needed(&[]), [""; 0]);
    assert_eq!(needed(&[("softphone.height", "600"), ("case.mappings", "[]")]), [""; 0]);
    assert_eq!(needed(&[("activity.mappings", ACTIVITY)]), ["Task"]);
    assert_eq!(needed(&[("no_match.enabled", "true")]), ["Contact"]);
    assert_eq!(needed(&[("no_match.enabled", "false")]), [""; 0]);
    assert_eq!(
        needed(&[
            ("no_match.object", "Lead"),
            ("no_match.mappings", RECORD),
            ("case.create_outbound", "true")
        ]),
        ["Case", "Lead"]
    );
    assert_eq!(needed(&[("activity.live_notes", "true")]), ["Task"]);
}
