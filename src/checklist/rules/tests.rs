//! Every rule with values that keep it and values that break it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::*;
use crate::definitions;
use crate::model::{
    Definition, Described, FieldDescription, InstalledPackage, ItemKey, OrgId, OrgKind,
    Organization, PackageContents, Severity, SoftphoneLayout, Wanted,
};

fn definition() -> Definition {
    definitions::built_in("2024-11").unwrap()
}

/// A wish with these settings, by key or by `section/item`.
fn wish(values: &[(&str, &str)]) -> CallCenterWish {
    wish_of(definition(), values)
}

fn wish_of(definition: Definition, values: &[(&str, &str)]) -> CallCenterWish {
    let values = values
        .iter()
        .map(|(name, value)| {
            let key = match definition.setting(name) {
                Some(setting) => setting.item.clone(),
                None => ItemKey::parse(name).unwrap_or_else(|| panic!("no setting {name}")),
            };
            let wanted = Wanted {
                value: (*value).to_owned(),
                asked_by: format!("call_center.{name}"),
            };
            (key, wanted)
        })
        .collect();
    CallCenterWish {
        definition,
        display_name: None,
        values,
    }
}

fn recipe() -> &'static Recipe {
    &definitions::recipe("webex-v1").unwrap().recipe
}

fn offline_findings(values: &[(&str, &str)]) -> Vec<Finding> {
    offline(&wish(values), definitions::region("us1").unwrap(), recipe())
}

/// Errors and warnings as `CC010 error item: message`.
fn told(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings
        .iter()
        .filter(|finding| finding.severity != Severity::Info)
    {
        let at = finding.at.as_ref().map_or("-", |at| at.item.as_str());
        let severity = finding.severity.name();
        write!(
            text,
            "{} {severity} {at}: {}",
            finding.rule, finding.message
        )
        .unwrap();
        if let Some(help) = &finding.help {
            write!(text, " {help}").unwrap();
        }
        text.push('\n');
    }
    text
}

fn info(findings: &[Finding], rule: &str) -> Vec<String> {
    findings
        .iter()
        .filter(|finding| finding.rule == rule && finding.severity == Severity::Info)
        .map(|finding| finding.message.clone())
        .collect()
}

fn kept(values: &[(&str, &str)]) {
    assert_eq!(told(&offline_findings(values)), "", "{values:?}");
}

fn broken(rule: &str, severity: Severity, values: &[(&str, &str)]) {
    let findings = offline_findings(values);
    let found = findings
        .iter()
        .find(|finding| finding.rule == rule && finding.severity == severity)
        .unwrap_or_else(|| panic!("{rule} says nothing of {values:?}: {}", told(&findings)));
    // What is configured can be pointed at.
    let at = found.at.as_ref().unwrap();
    assert!(
        wish(values).values.contains_key(at),
        "{rule} points at {at}"
    );
}

#[test]
fn rules_are_in_order_and_data_files_name_only_rules_that_exist() {
    assert!(RULES.is_sorted_by_key(|rule| rule.id));
    for name in definitions::names() {
        for setting in &definitions::built_in(name).unwrap().settings {
            if setting.rule.is_some() || !setting.requires.is_empty() {
                assert_ne!(
                    known_id(setting.rule.as_deref()),
                    "CC000",
                    "{}",
                    setting.key
                );
            }
        }
    }
}

#[test]
fn defaults_are_never_wrong() {
    kept(&[]);
    for region in definitions::regions() {
        assert_eq!(told(&offline(&wish(&[]), region, recipe())), "");
    }
    for template in definitions::templates() {
        let mut wish = wish_of(template.definition(), &[]);
        // Neither when every default is configured once more.
        for (key, item) in template.call_center.items() {
            let wanted = Wanted {
                value: item.value.clone(),
                asked_by: key.to_string(),
            };
            wish.values.insert(key, wanted);
        }
        assert_eq!(
            told(&offline(
                &wish,
                definitions::region("us1").unwrap(),
                recipe()
            )),
            ""
        );
    }
}

#[test]
fn ciscos_files_are_never_wrong() {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/call-centers");
    for (generation, is_ours) in [("v1", true), ("v2", false)] {
        let Ok(entries) = std::fs::read_dir(folder.join(generation)) else {
            println!("skipped: {} is not there", folder.display());
            return;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            let file = definitions::SetupFile::read(&std::fs::read(&path).unwrap()).unwrap();
            let wish = wish_of(file.define("file"), &[]);
            let findings = offline(&wish, definitions::region("us1").unwrap(), recipe());
            let wrong: Vec<_> = findings
                .iter()
                .filter(|finding| finding.severity != Severity::Info)
                .map(|finding| finding.rule)
                .collect();
            let expected: &[&str] = if is_ours { &[] } else { &["CC082"] };
            assert_eq!(wrong, expected, "{}: {}", path.display(), told(&findings));
        }
    }
}

#[test]
fn identity() {
    let with_name = |name: &str| {
        let mut wish = wish(&[]);
        name.clone_into(&mut wish.definition.call_center.internal_name);
        told(&offline(
            &wish,
            definitions::region("us1").unwrap(),
            recipe(),
        ))
    };
    assert_eq!(with_name("WebexCCAgentDesktopV20991231"), "");
    insta::assert_snapshot!(with_name("My Call Center"), @"CC001 error reqInternalName: The internal name `My Call Center` is no name of a call center. It begins with a letter and has letters and digits only, 80 at most.");
    insta::assert_snapshot!(with_name("MyCallCenter"), @"CC001 warning reqInternalName: The internal name `MyCallCenter` is not one that Cisco gave: those are `WebexCCAgentDesktopV` and digits. A call center of another name is not recognised as an earlier version later.");
    insta::assert_snapshot!(with_name("wxCcCallCenter"), @"CC082 error reqInternalName: The definition `2024-11` belongs to Version 2 of the connector, but the recipe is `webex-v1`. Take a definition of Version 1, or leave `call_center.definition` out.");
}

#[test]
fn address() {
    kept(&[("adapter_url", "https://desktop.wxcc-us1.cisco.com")]);
    insta::assert_snapshot!(told(&offline_findings(&[("adapter_url", "http://desktop.wxcc-us1.cisco.com/")])), @"CC002 error reqAdapterUrl: The adapter URL `http://desktop.wxcc-us1.cisco.com/` is not an https address. For `us1` it is https://desktop.wxcc-us1.cisco.com.");
    insta::assert_snapshot!(told(&offline_findings(&[("adapter_url", "https://desktop.wxcc-eu1.cisco.com/")])), @"CC002 warning reqAdapterUrl: `call_center.adapter_url` leads to the data centre `eu1`, but `data_center` is `us1`. Agents sign in to a wrong data centre in vain: leave the address out.");
    insta::assert_snapshot!(told(&offline_findings(&[("adapter_url", "https://example.com/")])), @"CC002 warning reqAdapterUrl: `call_center.adapter_url` leads to example.com, which is no Agent Desktop of a data centre. Agents sign in to a wrong data centre in vain: leave the address out.");
    let wish = wish(&[("adapter_url", "https://desktop.wxcc-in1.cisco.com/")]);
    let findings = offline(&wish, definitions::region("in1").unwrap(), recipe());
    assert_eq!(told(&findings), "");
    assert_eq!(info(&findings, "CC002").len(), 1);
}

#[test]
fn values_by_themselves() {
    use Severity::{Error, Warning};
    let long = format!("{}1", "+1,".repeat(100));
    for (rule, setting, good, bad, severity) in [
        ("CC003", "use_api", "true", "false", Error),
        (
            "CC004",
            "softphone.compatibility_mode",
            "Lightning",
            "Classic",
            Error,
        ),
        (
            "CC004",
            "softphone.compatibility_mode",
            "Lightning",
            "Classic_and_Lightning",
            Warning,
        ),
        ("CC005", "softphone.width", "500", "499", Error),
        ("CC005", "softphone.height", "600", "600px", Error),
        ("CC005", "softphone.height", "1", "-1", Error),
        ("CC006", "case.create_inbound", "true", "TRUE", Error),
        ("CC006", "case.create_inbound", "false", "", Error),
        (
            "CC011",
            "screen_pop.remove_ani_prefixes",
            "+1,91",
            "+1, +91",
            Error,
        ),
        ("CC011", "outdial.remove_prefixes", "", "+1,,2", Error),
        ("CC011", "outdial.remove_prefixes", "+", "plus", Error),
        ("CC024", "outdial.remove_prefixes", "+1", &long, Warning),
        (
            "CC034",
            "activity.subject_template",
            "{direction} x",
            "{direction x",
            Error,
        ),
        (
            "CC034",
            "activity.subject_template",
            "{a}{b}",
            "a} b",
            Error,
        ),
        ("CC034", "activity.subject_template", "plain", "{}", Error),
        (
            "CC034",
            "activity.subject_template",
            "{a_b}",
            "{a{b}}",
            Error,
        ),
        ("CC034", "activity.subject_template", "x", "", Error),
        (
            "CC034",
            "activity.subject_date_format",
            "dd.MM.yyyy HH:mm",
            "DD.MM.YYYY",
            Error,
        ),
        (
            "CC034",
            "activity.subject_date_format",
            "yyyy/MM/dd",
            "MM-dd-yyyy hh:mm A",
            Error,
        ),
        ("CC034", "activity.subject_date_format", "MM", "d", Warning),
        ("CC070", "activity.namespace", "ciscocjs", "Ciscocjs", Error),
    ] {
        kept(&[(setting, good)]);
        broken(rule, severity, &[(setting, bad)]);
    }
}

#[test]
fn what_one_setting_requires_of_another() {
    for (rule, good, bad) in [
        (
            "CC010",
            &[
                ("screen_pop.advanced", "true"),
                ("screen_pop.cad_variable", "AccountNumber"),
            ][..],
            &[("screen_pop.advanced", "true")][..],
        ),
        (
            "CC010",
            &[("screen_pop.advanced", "false")],
            &[
                ("screen_pop.advanced", "true"),
                ("screen_pop.cad_variable", "cad_variable"),
            ],
        ),
        (
            "CC020",
            &[("no_match.enabled", "true")],
            &[("no_match.enabled", "true"), ("no_match.object", "")],
        ),
        (
            "CC030",
            &[
                ("activity.open_when_connected", "true"),
                ("activity.create_when_connected", "true"),
            ],
            &[("activity.open_when_connected", "true")],
        ),
        (
            "CC031",
            &[
                ("activity.change_owner_on_transfer", "true"),
                ("activity.create_when_connected", "true"),
            ],
            &[("activity.change_owner_on_transfer", "true")],
        ),
        (
            "CC031",
            &[],
            &[
                ("activity.change_owner_on_transfer", "true"),
                ("activity.create_when_connected", "true"),
                ("activity.id_variable", ""),
            ],
        ),
        ("CC032", &[], &[("activity.update_fields", "true")]),
        (
            "CC033",
            &[("activity.live_notes", "true")],
            &[
                ("activity.live_notes", "true"),
                ("activity.notes_field", ""),
            ],
        ),
        (
            "CC040",
            &[("case.open_in_edit_mode", "true")],
            &[
                ("case.open_in_edit_mode", "true"),
                ("case.open_in_view_mode", "true"),
            ],
        ),
        (
            "CC060",
            &[("omni_sync.enabled", "true")],
            &[("omni_sync.enabled", "true"), ("omni_sync.idle_code", "")],
        ),
    ] {
        kept(good);
        broken(rule, Severity::Error, bad);
    }
    insta::assert_snapshot!(told(&offline_findings(&[
        ("screen_pop.advanced", "true"),
        ("activity.open_when_connected", "true"),
        ("case.open_in_edit_mode", "true"),
        ("case.open_in_view_mode", "true"),
        ("activity.mappings", r#"[{"CadFieldName":"a","SalesforceFieldName":"Status","isDefaultValueEnabled":false,"defaultFieldValue":""}]"#),
    ])), @r"
CC010 error reqIsAdvancedScreenpopEnabled: `call_center.screen_pop.advanced` is on, but `call_center.screen_pop.cad_variable` still has its placeholder `cad_variable`. Set `call_center.screen_pop.cad_variable` to the name of a variable of your flow.
CC030 error activityRecordOpenedInEditmodeConnectedState: `call_center.activity.open_when_connected` is on, but needs `call_center.activity.create_when_connected`, which is off. Set `call_center.activity.create_when_connected` to true, or `call_center.activity.open_when_connected` to false.
CC040 error isCreatedCaseObjectToBeOpenInEditMode: `call_center.case.open_in_edit_mode` and `call_center.case.open_in_view_mode` exclude each other, but both are on. Set one of the two to false.
CC032 warning CadSalesforceFieldMapping1: `call_center.activity.mappings` has no effect while `call_center.activity.update_fields` is off. Set `call_center.activity.update_fields` to true if it should have one.
");
}

const RECORD: &str = r#"[{"wxccFieldName":"queueName","sfdcFieldName":"Description","isDefaultValueEnabled":"false","isConditionalEnabled":"true"}]"#;
const ACTIVITY: &str = r#"[{"CadFieldName":"Language","SalesforceFieldName":"Language__c","isDefaultValueEnabled":false,"defaultFieldValue":""}]"#;
const ROWS: &str =
    r#"[{"wxccFieldName":"queueName","wxccFieldValue":"Gold","sfdcFieldValue":"Premium"}]"#;

#[test]
fn mappings() {
    let update = ("activity.update_fields", "true");
    kept(&[("activity.mappings", ACTIVITY), update]);
    kept(&[
        ("case.mappings", RECORD),
        ("case.conditional_mappings", ROWS),
    ]);
    kept(&[("case.mappings", "[]")]);
    // The flag style and the keys of the other sections.
    broken("CC021", Severity::Error, &[("case.mappings", ACTIVITY)]);
    broken(
        "CC021",
        Severity::Error,
        &[("activity.mappings", RECORD), update],
    );
    let with_booleans = RECORD
        .replace("\"false\"", "false")
        .replace("\"true\"", "true");
    broken(
        "CC021",
        Severity::Error,
        &[("case.mappings", &with_booleans)],
    );
    let with_text = ACTIVITY.replace("false", "\"false\"");
    broken(
        "CC021",
        Severity::Error,
        &[("activity.mappings", &with_text), update],
    );
    for text in [
        "",
        "{}",
        "[1]",
        "[",
        "[{}]",
        "Subject={subject}",
        "[{“a”:1}]",
    ] {
        broken("CC021", Severity::Error, &[("case.mappings", text)]);
    }
    let nameless = RECORD
        .replace("Description", "")
        .replace("\"true\"", "\"false\"");
    broken("CC021", Severity::Error, &[("case.mappings", &nameless)]);
    broken("CC023", Severity::Error, &[("case.mappings", RECORD)]);
    broken(
        "CC023",
        Severity::Warning,
        &[("case.conditional_mappings", ROWS)],
    );
    insta::assert_snapshot!(told(&offline_findings(&[
        ("case.mappings", &with_booleans),
        ("no_match.mappings", "Phone={ani}"),
        ("activity.mappings", "[{“CadFieldName”:1}]"),
        ("no_match.conditional_mappings", r#"[{"wxccFieldName":"a"}]"#),
    ])), @r#"
CC021 error sfdcObjetFieldCadVariableMappings1: `call_center.no_match.mappings`: This is not JSON: expected value at line 1 column 1. `Field={variable}` is how Version 2 writes mappings. Keys and flags differ between sections; here they are `wxccFieldName`, `sfdcFieldName`, `isDefaultValueEnabled`, `isConditionalEnabled`, `defaultFieldValue`. As a list of tables in the configuration they are written for you.
CC021 error sfdcObjectFieldConditionalMappings1: `call_center.no_match.conditional_mappings`: Row 1 lacks the key `wxccFieldValue`. Keys and flags differ between sections; here they are `wxccFieldName`, `wxccFieldValue`, `sfdcFieldValue`. As a list of tables in the configuration they are written for you.
CC021 error sfdcObjectFieldConditionalMappings1: `call_center.no_match.conditional_mappings`: Row 1 lacks the key `sfdcFieldValue`. Keys and flags differ between sections; here they are `wxccFieldName`, `wxccFieldValue`, `sfdcFieldValue`. As a list of tables in the configuration they are written for you.
CC021 error CadSalesforceFieldMapping1: `call_center.activity.mappings`: This is not JSON: key must be a string at line 1 column 3. It has typographic quotation marks where JSON needs ". Keys and flags differ between sections; here they are `CadFieldName`, `SalesforceFieldName`, `isDefaultValueEnabled`, `defaultFieldValue`. As a list of tables in the configuration they are written for you.
CC021 error sfdcCaseFieldCadVariableMappings2: `call_center.case.mappings`: `isDefaultValueEnabled` of row 1 is false, but must be "true" or "false", with quotation marks in this section. Keys and flags differ between sections; here they are `wxccFieldName`, `sfdcFieldName`, `isDefaultValueEnabled`, `isConditionalEnabled`, `defaultFieldValue`. As a list of tables in the configuration they are written for you.
CC021 error sfdcCaseFieldCadVariableMappings2: `call_center.case.mappings`: `isConditionalEnabled` of row 1 is true, but must be "true" or "false", with quotation marks in this section. Keys and flags differ between sections; here they are `wxccFieldName`, `sfdcFieldName`, `isDefaultValueEnabled`, `isConditionalEnabled`, `defaultFieldValue`. As a list of tables in the configuration they are written for you.
CC032 warning CadSalesforceFieldMapping1: `call_center.activity.mappings` has no effect while `call_center.activity.update_fields` is off. Set `call_center.activity.update_fields` to true if it should have one.
"#);
    insta::assert_snapshot!(told(&offline_findings(&[("case.mappings", RECORD)])), @"CC023 error sfdcCaseFieldCadVariableMappings2: The mapping of the variable `queueName` is conditional, but `call_center.case.conditional_mappings` says nothing about `queueName`. Add rows for its values there, or set the row's flag to false.");
}

#[test]
fn things_outside_salesforce_are_mentioned() {
    let findings = offline_findings(&[
        ("outdial.set_ani", "true"),
        ("activity.live_notes", "true"),
        ("omni_sync.enabled", "true"),
    ]);
    for rule in ["CC050", "CC033", "CC060"] {
        assert_eq!(info(&findings, rule).len(), 1, "{rule}");
    }
    let findings = offline_findings(&[]);
    for rule in ["CC050", "CC033", "CC060", "CC081"] {
        assert_eq!(info(&findings, rule).len(), 0, "{rule}");
    }
    assert_eq!(info(&findings, "CC090").len(), 4 + 1);
}

#[test]
fn unknown_items_are_mentioned() {
    let mut definition = definition();
    definition
        .settings
        .retain(|setting| setting.key != "omni_sync.enabled");
    let wish = wish_of(definition, &[]);
    let findings = offline(&wish, definitions::region("us1").unwrap(), recipe());
    assert_eq!(told(&findings), "");
    insta::assert_snapshot!(info(&findings, "CC081").join("\n"), @"The item reqOmniStateSyncConfig/isOmniStateSyncEnabled is not known to this version; it is kept as it is.");
}

fn field(kind: &str, length: u32) -> FieldDescription {
    FieldDescription {
        label: String::new(),
        kind: kind.to_owned(),
        length,
        createable: true,
        updateable: true,
        required: false,
    }
}

fn described(fields: &[(&str, FieldDescription)]) -> Described {
    Described {
        createable: true,
        fields: fields
            .iter()
            .map(|(name, field)| ((*name).to_owned(), field.clone()))
            .collect(),
    }
}

fn org() -> OrgState {
    let read_only = FieldDescription {
        createable: false,
        updateable: false,
        ..field("datetime", 0)
    };
    let labelled = FieldDescription {
        label: "Queue Name".to_owned(),
        ..field("string", 10)
    };
    let task = [
        ("Description", field("textarea", 32_000)),
        ("Status", field("picklist", 255)),
        ("IsHighPriority", field("boolean", 0)),
        ("CreatedDate", read_only),
        ("Queue__c", labelled),
    ];
    let case = [
        ("Description", field("textarea", 32_000)),
        ("ContactId", field("reference", 18)),
    ];
    OrgState {
        organization: Organization {
            id: OrgId::parse("00D000000000001").unwrap(),
            name: "Test".to_owned(),
            kind: OrgKind::Sandbox,
            instance_url: "https://example.com".to_owned(),
        },
        packages: Vec::new(),
        contents: PackageContents::default(),
        installs: Vec::new(),
        running_deploys: Vec::new(),
        offered: None,
        call_centers: Vec::new(),
        call_center: None,
        profiles: Vec::new(),
        profile_names_known: false,
        record_types: Vec::new(),
        layouts: Vec::new(),
        layout_assignments: Vec::new(),
        users: Vec::new(),
        permission_sets: Vec::new(),
        objects: BTreeMap::from([
            ("Task".to_owned(), Some(described(&task))),
            ("Case".to_owned(), Some(described(&case))),
            (
                "Contact".to_owned(),
                Some(described(&[("Phone", field("phone", 40))])),
            ),
            ("Gone__c".to_owned(), None),
        ]),
        presence_statuses: Some(vec!["Available".to_owned(), "Not Ready".to_owned()]),
        softphone: None,
    }
}

fn in_org(values: &[(&str, &str)], change: impl FnOnce(&mut OrgState)) -> Vec<Finding> {
    let mut org = org();
    change(&mut org);
    let wish = wish(values);
    with_org(&wish, &wish.effective(org.call_center.as_ref()), &org)
}

fn told_in_org(values: &[(&str, &str)], change: impl FnOnce(&mut OrgState)) -> String {
    told(&in_org(values, change))
}

#[test]
fn an_org_is_no_mistake_by_itself() {
    assert_eq!(told_in_org(&[], |_| ()), "");
    assert_eq!(
        told_in_org(&[], |org| {
            org.presence_statuses = None;
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
        org.objects.get_mut("Contact").unwrap().as_mut().unwrap().createable = false;
        org.softphone = Some(SoftphoneLayout {
            name: "Standard".to_owned(),
            inbound_no_match: Some("PopToEntity".to_owned()),
        });
    }), @r#"
CC020 error isNoRecordMatchScenarioEnabled: Records of `Contact` cannot be created, which unknown callers need. Choose another object, or give the agents the permission to create it.
CC020 warning isNoRecordMatchScenarioEnabled: Unknown callers are handled twice: by the call center, and by the softphone layout `Standard` with `PopToEntity`. Set the layout's inbound "No matching records" to "Don't pop any screen". Only your own layout was seen: other profiles may have others.
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
        told_in_org(
            &[on, ("activity.mappings", &activity(field, constant))],
            |_| (),
        )
    };
    for field in ["Description", "Status", "Queue__c", "ciscocjs__Later__c"] {
        assert_eq!(with(field, None), "", "{field}");
    }
    assert_eq!(with("Status", Some("Completed")), "");
    insta::assert_snapshot!(with("Nothing__c", None), @"CC022 error CadSalesforceFieldMapping1: `call_center.activity.mappings` writes to `Task.Nothing__c`, which does not exist or is hidden. Fields are named by their API names; yours end in __c.");
    insta::assert_snapshot!(with("Queue Name", None), @"CC022 error CadSalesforceFieldMapping1: `call_center.activity.mappings` writes to `Task.Queue Name`, which does not exist or is hidden. Did you mean `Queue__c`?");
    insta::assert_snapshot!(with("description", None), @"CC022 warning CadSalesforceFieldMapping1: `call_center.activity.mappings` writes to `Task.description`, whose name is spelt `Description`. Spell it the same: the connector may tell small and capital letters apart.");
    insta::assert_snapshot!(with("CreatedDate", None), @"CC022 error CadSalesforceFieldMapping1: `call_center.activity.mappings` writes to `Task.CreatedDate`, which cannot be written. It is calculated, or field-level security keeps it from you.");
    insta::assert_snapshot!(with("IsHighPriority", None), @"CC022 warning CadSalesforceFieldMapping1: `call_center.activity.mappings` writes the text of `x` to `Task.IsHighPriority`, whose type is boolean. Calls whose variable does not fit that type leave the field as it was.");
    insta::assert_snapshot!(with("Queue__c", Some("far too long a text")), @"CC022 error CadSalesforceFieldMapping1: `call_center.activity.mappings` writes 19 characters to `Task.Queue__c`, which takes 10.");
    // Once the package is there, its fields must be there.
    let installed = told_in_org(
        &[
            on,
            ("activity.mappings", &activity("ciscocjs__Later__c", None)),
        ],
        |org| {
            org.packages
                .push(package("Webex Contact Center", "ciscocjs"));
        },
    );
    assert!(installed.starts_with("CC022 error"), "{installed}");
    let record = RECORD.replace("\"true\"", "\"false\"");
    let gone = [
        ("no_match.object", "Gone__c"),
        ("no_match.mappings", record.as_str()),
    ];
    insta::assert_snapshot!(told_in_org(&gone, |_| ()), @"CC022 error sfdcObjetFieldCadVariableMappings1: `call_center.no_match.mappings` writes to the object `Gone__c`, which this org does not have or does not show. Check its API name (objects of your own end in __c) and your permissions.");
}

fn package(name: &str, namespace: &str) -> InstalledPackage {
    InstalledPackage {
        name: name.to_owned(),
        namespace: Some(namespace.to_owned()),
        package_id: None,
        version_id: None,
        version: None,
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
        org.objects.insert("Case".to_owned(), None);
    }), @"CC041 error isCaseCreationEnabledForInboundCalls: `call_center.case.create_inbound` writes to the object `Case`, which this org does not have or does not show. Check its API name (objects of your own end in __c) and your permissions.");
    insta::assert_snapshot!(told_in_org(&[on], |org| {
        org.objects.get_mut("Case").unwrap().as_mut().unwrap().createable = false;
    }), @"CC041 error isCaseCreationEnabledForInboundCalls: Cases cannot be created here, but the call center is to create one a call. Switch it off, or give the agents the permission to create cases.");
    let require = |org: &mut OrgState| {
        let case = org.objects.get_mut("Case").unwrap().as_mut().unwrap();
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
    insta::assert_snapshot!(told_in_org(&[on], |org| org.presence_statuses = None), @"CC060 error isOmniStateSyncEnabled: State sync is on, but Omni-Channel is off in this org. Switch it on in Setup > Omni-Channel Settings, or state sync off.");
    insta::assert_snapshot!(
        told_in_org(&[on, ("omni_sync.presence_status", "not ready")], |_| ()),
        @"CC060 error defaultOmniStateForCall: The org has no presence status `not ready`. Write `Not Ready`: small and capital letters count."
    );
    insta::assert_snapshot!(told_in_org(&[on, ("omni_sync.presence_status", "Busy")], |_| ()), @"CC060 error defaultOmniStateForCall: The org has no presence status `Busy`. The org has Available, Not Ready.");
}

#[test]
fn the_package_in_the_org() {
    let right = |org: &mut OrgState| {
        org.packages
            .push(package("Webex Contact Center", "ciscocjs"));
    };
    assert_eq!(told_in_org(&[], right), "");
    insta::assert_snapshot!(
        told_in_org(&[], |org| org.packages.push(package("Webex Contact Center", "cisco_wxcc"))),
        @"CC070 warning reqSalesforceNamespace: The call center expects the package with the namespace `ciscocjs`, but the org has `Webex Contact Center` with the namespace `cisco_wxcc`. It may be the other generation of the connector; the two do not mix."
    );
}

#[test]
fn values_that_the_org_has_take_part() {
    let has = |values: &[(&str, &str)]| {
        let existing = wish(values).effective(None);
        move |org: &mut OrgState| org.call_center = Some(existing)
    };
    // The org's own value makes the configured one wrong, and the configuration is told.
    insta::assert_snapshot!(
        told_in_org(
            &[("activity.create_when_connected", "false")],
            has(&[("activity.open_when_connected", "true"), ("activity.create_when_connected", "true")])
        ),
        @"CC030 error isActivityRecordCreationAtConnected: `call_center.activity.open_when_connected` is on, but needs `call_center.activity.create_when_connected`, which is off. Set `call_center.activity.create_when_connected` to true, or `call_center.activity.open_when_connected` to false."
    );
    // What the org has wrong by itself is not this configuration's business.
    assert_eq!(
        told_in_org(
            &[("softphone.height", "600")],
            has(&[("screen_pop.advanced", "true")])
        ),
        ""
    );
}

#[test]
fn objects_are_described_only_where_something_maps() {
    let needed = |values: &[(&str, &str)]| -> Vec<String> {
        objects_needed(&wish(values)).into_iter().collect()
    };
    assert_eq!(needed(&[]), [""; 0]);
    assert_eq!(
        needed(&[("softphone.height", "600"), ("case.mappings", "[]")]),
        [""; 0]
    );
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
