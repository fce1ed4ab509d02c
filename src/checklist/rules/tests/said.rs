//! What can be said without an org.

use proptest::prelude::*;

use super::*;

#[test]
fn rules_are_in_order_and_data_files_name_only_rules_that_exist() {
    assert!(RULES.is_sorted_by_key(|rule| rule.id));
    for name in definitions::names() {
        for setting in &definitions::built_in(name).unwrap().settings {
            if setting.rule.is_some() || !setting.requires.is_empty() {
                assert_ne!(known_id(setting.rule.as_deref()), "CC000", "{}", setting.key);
            }
        }
    }
}

#[test]
fn defaults_are_never_wrong() {
    kept(&[]);
    for region in definitions::regions() {
        assert_eq!(told(&of_wish(&wish(&[]), region, recipe())), "");
    }
    for template in definitions::templates() {
        let recipe = &definitions::recipe(&template.recipe).unwrap().recipe;
        // Version 2's file is made for this one.
        let region = definitions::region(if recipe.name == "webex-v1" { "us1" } else { "eu2" });
        let mut wish = wish_of(template.definition(), &[]);
        // Neither when every default is configured once more.
        for (key, item) in template.call_center.items() {
            let wanted = Wanted { value: item.value.clone(), asked_by: key.to_string() };
            wish.values.insert(key, wanted);
        }
        assert_eq!(told(&of_wish(&wish, region.unwrap(), recipe)), "");
    }
}

#[test]
fn ciscos_files_are_never_wrong() {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/call-centers");
    for (generation, name) in [("v1", "webex-v1"), ("v2", "webex-v2")] {
        let Ok(entries) = std::fs::read_dir(folder.join(generation)) else {
            println!("skipped: {} is not there", folder.display());
            return;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            let file = definitions::SetupFile::read(&std::fs::read(&path).unwrap()).unwrap();
            let wish = wish_of(file.define("file"), &[]);
            for data in definitions::recipes() {
                let findings = of_wish(&wish, definitions::region("us1").unwrap(), &data.recipe);
                let wrong: Vec<_> = findings
                    .iter()
                    .filter(|finding| finding.severity != Severity::Info)
                    .map(|finding| finding.code.unwrap())
                    // Version 2 has to be told its WebRTC domain.
                    .filter(|code| *code != "CC012")
                    .collect();
                if data.recipe.name == name {
                    assert_eq!(wrong, [""; 0], "{}: {}", path.display(), told(&findings));
                } else {
                    assert!(wrong.contains(&"CC082"), "{}: {}", path.display(), told(&findings));
                }
            }
        }
    }
}

#[test]
fn identity() {
    let with_name = |name: &str| {
        let mut wish = wish(&[]);
        name.clone_into(&mut wish.definition.call_center.internal_name);
        told(&of_wish(&wish, definitions::region("us1").unwrap(), recipe()))
    };
    assert_eq!(with_name("WebexCCAgentDesktopV20991231"), "");
    insta::assert_snapshot!(with_name("My Call Center"), @"CC001 error reqInternalName: The internal name `My Call Center` is not a name that a call center can have. It begins with a letter and has letters and digits only, 80 at most.");
    insta::assert_snapshot!(with_name("MyCallCenter"), @"CC001 warning reqInternalName: The internal name `MyCallCenter` is not one that Cisco gave: those are `WebexCCAgentDesktopV` and digits. A call center with another name is later not recognised as an earlier version.");
    insta::assert_snapshot!(with_name("wxCcCallCenter"), @r#"CC082 error reqInternalName: The definition `2024-11` belongs to Version 2 of the connector, but the recipe is `webex-v1`. Take a definition of Version 1, or leave `call_center.definition` out; with Version 2 it is recipe = "webex-v2"."#);
}

#[test]
fn address() {
    kept(&[("adapter_url", "https://desktop.wxcc-us1.cisco.com")]);
    insta::assert_snapshot!(told(&offline_findings(&[("adapter_url", "http://desktop.wxcc-us1.cisco.com/")])), @"CC002 error reqAdapterUrl: The adapter URL `http://desktop.wxcc-us1.cisco.com/` is not an https address. For `us1` it is https://desktop.wxcc-us1.cisco.com.");
    insta::assert_snapshot!(told(&offline_findings(&[("adapter_url", "https://desktop.wxcc-eu1.cisco.com/")])), @"CC002 warning reqAdapterUrl: `call_center.adapter_url` leads to the data centre `eu1`, but `data_center` is `us1`. Agents cannot sign in at the wrong data centre: leave the address out.");
    insta::assert_snapshot!(told(&offline_findings(&[("adapter_url", "https://example.com/")])), @"CC002 warning reqAdapterUrl: `call_center.adapter_url` leads to example.com, which is not the Agent Desktop of a data centre. Agents cannot sign in at the wrong data centre: leave the address out.");
    let wish = wish(&[("adapter_url", "https://desktop.wxcc-in1.cisco.com/")]);
    let findings = of_wish(&wish, definitions::region("in1").unwrap(), recipe());
    assert_eq!(told(&findings), "");
    assert_eq!(info(&findings, "CC002").len(), 1);
}

#[test]
fn values_by_themselves() {
    use Severity::{Error, Warning};
    let long = format!("{}1", "+1,".repeat(100));
    for (rule, setting, good, bad, severity) in [
        ("CC003", "use_api", "true", "false", Error),
        ("CC004", "softphone.compatibility_mode", "Lightning", "Classic", Error),
        ("CC004", "softphone.compatibility_mode", "Lightning", "Classic_and_Lightning", Warning),
        ("CC005", "softphone.width", "500", "499", Error),
        ("CC005", "softphone.height", "600", "600px", Error),
        ("CC005", "softphone.height", "1", "-1", Error),
        ("CC006", "case.create_inbound", "true", "TRUE", Error),
        ("CC006", "case.create_inbound", "false", "", Error),
        ("CC011", "screen_pop.remove_ani_prefixes", "+1,91", "+1, +91", Error),
        ("CC011", "outdial.remove_prefixes", "", "+1,,2", Error),
        ("CC011", "outdial.remove_prefixes", "+", "plus", Error),
        ("CC024", "outdial.remove_prefixes", "+1", &long, Warning),
        ("CC034", "activity.subject_template", "{direction} x", "{direction x", Error),
        ("CC034", "activity.subject_template", "{a}{b}", "a} b", Error),
        ("CC034", "activity.subject_template", "plain", "{}", Error),
        ("CC034", "activity.subject_template", "{a_b}", "{a{b}}", Error),
        ("CC034", "activity.subject_template", "x", "", Error),
        ("CC034", "activity.subject_date_format", "dd.MM.yyyy HH:mm", "DD.MM.YYYY", Error),
        ("CC034", "activity.subject_date_format", "yyyy/MM/dd", "MM-dd-yyyy hh:mm A", Error),
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
            &[("screen_pop.advanced", "true"), ("screen_pop.cad_variable", "AccountNumber")][..],
            &[("screen_pop.advanced", "true")][..],
        ),
        (
            "CC010",
            &[("screen_pop.advanced", "false")],
            &[("screen_pop.advanced", "true"), ("screen_pop.cad_variable", "cad_variable")],
        ),
        (
            "CC020",
            &[("no_match.enabled", "true")],
            &[("no_match.enabled", "true"), ("no_match.object", "")],
        ),
        (
            "CC030",
            &[("activity.open_when_connected", "true"), ("activity.create_when_connected", "true")],
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
            &[("activity.live_notes", "true"), ("activity.notes_field", "")],
        ),
        (
            "CC040",
            &[("case.open_in_edit_mode", "true")],
            &[("case.open_in_edit_mode", "true"), ("case.open_in_view_mode", "true")],
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
    definition.settings.retain(|setting| setting.key != "omni_sync.enabled");
    let wish = wish_of(definition, &[]);
    let findings = of_wish(&wish, definitions::region("us1").unwrap(), recipe());
    assert_eq!(told(&findings), "");
    insta::assert_snapshot!(info(&findings, "CC081").join("\n"), @"The item reqOmniStateSyncConfig/isOmniStateSyncEnabled is not known to this version; it is kept as it is.");
}

#[test]
fn the_demo_keeps_every_rule() {
    let demo = crate::config::built_in_demo();
    let files = crate::config::built_in_demo_file;
    let loaded = crate::config::load(demo, "demo.toml", Some("demo"), &files).unwrap();
    let desired = &loaded.desired;
    let findings = of_configuration(desired);
    assert_eq!(told(&findings), "");
}

proptest! {
    #[test]
    fn any_text_in_any_setting_is_judged(
        texts in prop::collection::vec(prop_oneof![any::<String>(), "[{}a\\[\\]\":,+1]{0,12}"], 37),
    ) {
        let mut wish = wish(&[]);
        let keys: Vec<_> = wish.definition.call_center.items().map(|(key, _)| key).collect();
        for (key, value) in keys.into_iter().zip(texts) {
            let asked_by = key.to_string();
            wish.values.insert(key, Wanted { value, asked_by });
        }
        let findings = of_wish(&wish, definitions::region("us1").unwrap(), recipe());
        prop_assert!(findings.iter().all(|finding| finding.code != Some("CC000")));
    }
}
