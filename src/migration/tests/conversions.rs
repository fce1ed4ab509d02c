//! The map, for every definition of Version 1 and any values.

use proptest::prelude::*;

use crate::checklist::rules;
use crate::definitions::{SetupFile, built_in, recipe, templates};
use crate::migration::{Conversion, convert};
use crate::model::{
    CallCenter, CallCenterWish, Definition, ItemKey, Mapping, SettingKind, Severity, UnnamedValues,
    Wanted, normalised,
};

/// Version 1 as it is built in, and as Cisco's own files have it.
fn call_centers() -> Vec<CallCenter> {
    let mut found = vec![built_in("2024-11").unwrap().call_center];
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/call-centers/v1");
    match std::fs::read_dir(&folder) {
        Ok(entries) => found.extend(entries.map(|entry| {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            SetupFile::read(&bytes).unwrap().call_center
        })),
        Err(_) => println!("skipped: {} is not there", folder.display()),
    }
    found
}

fn version_1(call_center: &CallCenter) -> Definition {
    let template = templates().iter().find(|template| template.recipe == "webex-v1").unwrap();
    template.define("v1", call_center.clone())
}

fn version_2() -> Definition {
    recipe("webex-v2").unwrap().newest_definition().unwrap()
}

/// The built-in call center with some values, by the keys of its settings.
fn with(values: &[(&str, &str)]) -> CallCenter {
    let mut call_center = built_in("2024-11").unwrap().call_center;
    let definition = version_1(&call_center);
    for (key, value) in values {
        let item = &definition.setting(key).unwrap().item;
        (*value).clone_into(&mut call_center.item_mut(item).unwrap().value);
    }
    call_center
}

/// The value that Version 2 gets for a key.
fn value<'a>(conversion: &'a Conversion, key: &str) -> Option<&'a str> {
    let item = version_2().setting(key)?.item.clone();
    conversion.values.get(&item).map(String::as_str)
}

fn told(conversion: &Conversion) -> String {
    let lines = conversion.lost().map(|(setting, what)| format!("{}: {what}", setting.key));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_call_center_as_cisco_ships_it_loses_nothing() {
    for call_center in call_centers() {
        let conversion = convert(&call_center).unwrap();
        // Who never switched that on has the activity only when the call ends.
        let lost: Vec<&str> = conversion.lost().map(|(setting, _)| setting.key.as_str()).collect();
        assert!(lost.iter().all(|key| *key == "activity.create_when_connected"), "{lost:?}");
        assert_eq!(value(&conversion, "activity.subject_date_format"), Some("MM-DD-YYYY hh:mm a"));
        assert_eq!(conversion.no_match, None);
    }
}

#[test]
fn what_has_no_counterpart_is_named_with_where_it_was() {
    let record = |rows: &str| rows.replace('\'', "\"");
    let call_center = with(&[
        ("activity.auto_refresh", "true"),
        ("activity.create_when_connected", "true"),
        ("activity.update_fields", "true"),
        (
            "activity.mappings",
            &record(
                "[{'CadFieldName':'Language','SalesforceFieldName':'Language__c',\
                 'isDefaultValueEnabled':false,'defaultFieldValue':''},{'CadFieldName':'',\
                 'SalesforceFieldName':'Status','isDefaultValueEnabled':true,\
                 'defaultFieldValue':'Completed'}]",
            ),
        ),
        ("activity.subject_date_format", "dd.MM.yyyy HH:mm"),
        ("case.open_in_view_mode", "true"),
        (
            "case.mappings",
            &record(
                "[{'wxccFieldName':'queueName','sfdcFieldName':'Type','isDefaultValueEnabled':\
                 'false','isConditionalEnabled':'true'},{'wxccFieldName':'phoneNumber',\
                 'sfdcFieldName':'ContactPhone','isDefaultValueEnabled':'false',\
                 'isConditionalEnabled':'false'}]",
            ),
        ),
        (
            "case.conditional_mappings",
            &record(
                "[{'wxccFieldName':'queueName','wxccFieldValue':'Gold','sfdcFieldValue':'Premium'}]",
            ),
        ),
        ("no_match.enabled", "true"),
        ("no_match.object", "Lead"),
        ("outdial.set_ani", "true"),
        ("softphone.height", "700"),
    ]);
    let conversion = convert(&call_center).unwrap();
    insta::assert_snapshot!(told(&conversion), @"
    softphone.height: The phone of Version 2 has a size of its own.
    activity.auto_refresh: Version 2 does not refresh the screen.
    activity.mappings: Row 2, the constant `Completed` for `Status`: there are none.
    case.open_in_view_mode: Version 2 opens a case for editing or not at all.
    case.mappings: Row 1, `Type` by conditions on `queueName`: there are none.
    case.conditional_mappings: Row 1, `Premium` where `queueName` is `Gold`: there are no conditions.
    outdial.set_ani: Version 2 does not set the number that callees see.
    ");
    assert_eq!(value(&conversion, "activity.mappings"), Some("Language__c={Language}"));
    assert_eq!(value(&conversion, "case.mappings"), Some("ContactPhone={phoneNumber}"));
    assert_eq!(value(&conversion, "no_match.mappings"), Some("Phone={phoneNumber}"));
    assert_eq!(value(&conversion, "activity.subject_date_format"), Some("DD.MM.YYYY HH:mm"));
    assert_eq!(conversion.no_match.as_deref(), Some("Lead"));
}

/// What an org's call center may hold, and a configuration for Version 2 may not.
#[test]
fn what_breaks_a_rule_of_version_2_is_written_otherwise_or_left_out_by_name() {
    let call_center = with(&[
        ("screen_pop.remove_ani_prefixes", "+1, +91,"),
        ("screen_pop.advanced", "True"),
        ("activity.live_notes", " TRUE"),
        ("activity.change_owner_on_transfer", "true"),
        ("activity.id_variable", ""),
        ("activity.subject_template", "{direction Call"),
        ("outdial.remove_prefixes", "+1, none"),
        ("omni_sync.enabled", "yes"),
        ("activity.subject_date_format", "dd.MM.yyyy 'day'"),
    ]);
    let conversion = convert(&call_center).unwrap();
    insta::assert_snapshot!(told(&conversion), @"
    screen_pop.advanced: `call_center.screen_pop.advanced` is on, but `call_center.screen_pop.cad_variable` is empty. Version 2 has it off.
    activity.create_when_connected: Version 2 always creates the activity when the call connects.
    activity.change_owner_on_transfer: `call_center.activity.change_owner_on_transfer` is on, but `call_center.activity.id_variable` is empty. Version 2 has it off.
    activity.subject_template: `call_center.activity.subject_template` is `{direction Call`: a `{` is not closed. Version 2 has Cisco's default.
    outdial.remove_prefixes: `none` is not a dialling prefix and is left out.
    omni_sync.enabled: `call_center.omni_sync.enabled` is `yes`, but must be `true` or `false`, in lower case. Version 2 has it off.
    ");
    assert_eq!(value(&conversion, "screen_pop.remove_ani_prefixes"), Some("+1,+91"));
    assert_eq!(value(&conversion, "screen_pop.advanced"), Some("false"));
    assert_eq!(value(&conversion, "activity.live_notes"), Some("true"));
    assert_eq!(value(&conversion, "outdial.remove_prefixes"), Some("+1"));
    assert_eq!(value(&conversion, "activity.subject_template"), None);
    assert_eq!(value(&conversion, "activity.subject_date_format"), Some("DD.MM.YYYY 'day'"));
    assert_eq!(broken(&conversion), [] as [String; 0]);
}

/// Rules of Version 2 that the converted values break.
fn broken(conversion: &Conversion) -> Vec<String> {
    let definition = version_2();
    let wanted = |(item, value): (&ItemKey, &String)| {
        (item.clone(), Wanted { value: value.clone(), asked_by: item.to_string() })
    };
    let wish = CallCenterWish {
        values: conversion.values.iter().map(wanted).collect(),
        definition,
        display_name: None,
        unnamed: UnnamedValues::Stay,
        delete_old: false,
    };
    let findings = rules::of_values(&wish, &recipe("webex-v2").unwrap().recipe);
    let errors = findings.into_iter().filter(|found| found.severity == Severity::Error);
    errors.map(|found| found.coded()).collect()
}

#[test]
fn a_call_center_of_version_2_is_not_converted() {
    assert_eq!(convert(&version_2().call_center), None);
    let mut others = built_in("2024-11").unwrap().call_center;
    "BrightCTI".clone_into(&mut others.internal_name);
    others.sections.clear();
    assert_eq!(convert(&others), None);
}

/// A value that a setting may have in an org.
fn value_of(kind: &SettingKind) -> BoxedStrategy<String> {
    let name = "[A-Za-z_][A-Za-z0-9_]{0,10}";
    match kind {
        SettingKind::Boolean => {
            prop_oneof![Just("true".to_owned()), Just("false".to_owned())].boxed()
        }
        SettingKind::DateFormat(_) => "(MM|dd|yyyy|HH|hh|mm|a|[-./: ]){0,6}".boxed(),
        SettingKind::Mapping(mapping) => rows_of(mapping.clone()).boxed(),
        SettingKind::Prefixes => "(\\+?[0-9]{1,3},){0,3}1".boxed(),
        SettingKind::Integer { .. } => "[1-9][0-9]{2}".boxed(),
        SettingKind::CadVariable { .. } | SettingKind::Object | SettingKind::Field { .. } => {
            name.boxed()
        }
        _ => "[ -~]{0,20}".prop_map(|text| normalised(&text).to_owned()).boxed(),
    }
}

/// JSON of a mapping's shape, with constants and conditions here and there.
fn rows_of(mapping: Mapping) -> impl Strategy<Value = String> {
    let row = ("[A-Za-z]{1,8}", "[A-Za-z]{1,8}(__c)?", any::<bool>(), any::<bool>(), "[a-z]{0,5}");
    prop::collection::vec(row, 0..5).prop_map(move |rows| {
        let rows: Vec<serde_json::Value> = rows
            .into_iter()
            .map(|(variable, field, constant, conditional, text)| match &mapping {
                Mapping::Activity => serde_json::json!({
                    "CadFieldName": variable, "SalesforceFieldName": field,
                    "isDefaultValueEnabled": constant, "defaultFieldValue": text,
                }),
                Mapping::Conditional { .. } => serde_json::json!({
                    "wxccFieldName": variable, "wxccFieldValue": text, "sfdcFieldValue": field,
                }),
                _ => serde_json::json!({
                    "wxccFieldName": variable, "sfdcFieldName": field,
                    "isDefaultValueEnabled": constant.to_string(),
                    "isConditionalEnabled": conditional.to_string(),
                }),
            })
            .collect();
        serde_json::Value::Array(rows).to_string()
    })
}

/// Whether the switch of the oldest version says that outgoing calls keep their prefixes.
fn cuts_nothing(call_center: &CallCenter) -> bool {
    let mut items = call_center.items();
    items.any(|(key, item)| {
        key.item == "reqIsOuDialPhonumberPrefixTobeRemoved" && item.value.trim() == "false"
    })
}

#[test]
fn prefixes_that_were_not_cut_are_not_cut_later() {
    let old = call_centers().into_iter().find(cuts_nothing);
    let Some(mut call_center) = old else { return println!("skipped: ../shared is not there") };
    let prefixes = |of: &CallCenter| {
        value(&convert(of).unwrap(), "outdial.remove_prefixes").map(str::to_owned)
    };
    assert_eq!(prefixes(&call_center).as_deref(), Some(""));
    let conversion = convert(&call_center).unwrap();
    assert!(conversion.settings.iter().all(|it| it.key != "outdial.remove_prefixes"));
    let mut keys = call_center.items().map(|(key, _)| key);
    let switch = keys.find(|key| key.item == "reqIsOuDialPhonumberPrefixTobeRemoved").unwrap();
    drop(keys);
    "true".clone_into(&mut call_center.item_mut(&switch).unwrap().value);
    assert_eq!(prefixes(&call_center).as_deref(), Some("+"));
}

/// Any call center of Version 1: one of the files, with any values.
fn any_call_center() -> impl Strategy<Value = CallCenter> {
    prop::sample::select(call_centers()).prop_flat_map(|call_center| {
        let definition = version_1(&call_center);
        let values: Vec<_> = definition
            .settings
            .iter()
            .map(|setting| (Just(setting.item.clone()), value_of(&setting.kind)))
            .collect();
        (Just(call_center), values, any::<bool>()).prop_map(|(mut call_center, values, cuts)| {
            for (item, value) in values {
                call_center.item_mut(&item).unwrap().value = value;
            }
            let keys: Vec<ItemKey> = call_center.items().map(|(key, _)| key).collect();
            for key in keys.iter().filter(|it| it.item == "reqIsOuDialPhonumberPrefixTobeRemoved") {
                call_center.item_mut(key).unwrap().value = cuts.to_string();
            }
            call_center
        })
    })
}

proptest! {
    /// Whatever Version 1 holds, Version 2 gets the same or its own form of it, or it is named.
    #[test]
    fn the_values_of_version_2_equal_the_map(call_center in any_call_center()) {
        let conversion = convert(&call_center).unwrap();
        let (from, to) = (version_1(&call_center), version_2());
        let of = |item: &ItemKey| normalised(&call_center.item(item).unwrap().value).to_owned();
        let shipped = built_in("2024-11").unwrap();
        let shipped_of = |key: &str| {
            let item = shipped.setting(key).and_then(|it| shipped.call_center.item(&it.item));
            item.map(|item| normalised(&item.value).to_owned()).unwrap_or_default()
        };
        let is_on = |key: &str| from.setting(key).is_some_and(|it| of(&it.item) == "true");
        for setting in &from.settings {
            let was = of(&setting.item);
            let lost = conversion.lost().filter(|(it, _)| it.key == setting.key).count();
            let Some(own) = to.setting(&setting.key) else {
                // What Cisco ships, nobody has chosen; of the rest each is named, or has a place.
                let is_said = match setting.key.as_str() {
                    "activity.namespace" | "adapter_url" | "use_api" | "no_match.object"
                    | "activity.update_fields" | "softphone.compatibility_mode" | "no_match.enabled" => false,
                    "activity.create_when_connected" => was != "true",
                    "activity.auto_refresh" | "case.open_in_view_mode" | "outdial.set_ani" => was == "true",
                    "no_match.conditional_mappings" => is_on("no_match.enabled") && was != "[]",
                    "case.conditional_mappings" => was != "[]",
                    _ => was != shipped_of(&setting.key),
                };
                prop_assert_eq!(lost > 0, is_said, "{}: {}", setting.key, was);
                continue;
            };
            let now = conversion.values.get(&own.item);
            let is_own = matches!(own.kind, SettingKind::Constant)
                || setting.key.starts_with("softphone.");
            if is_own {
                prop_assert_eq!(now, None, "{}", setting.key);
                continue;
            }
            match &setting.kind {
                SettingKind::DateFormat(_) => {
                    let letters = was.replace("yyyy", "YYYY").replace("dd", "DD");
                    prop_assert!(now == Some(&letters) || (lost > 0 && now.is_none()));
                }
                SettingKind::Mapping(mapping) => {
                    let rows = mapping.read(&was).unwrap();
                    let counts = match setting.key.as_str() {
                        "activity.mappings" => is_on("activity.update_fields"),
                        "no_match.mappings" => is_on("no_match.enabled"),
                        "case.mappings" => was != shipped_of("case.mappings"),
                        _ => true,
                    };
                    let pairs = Mapping::Pairs { object: None };
                    let pairs = now.map(|now| pairs.read(now).unwrap()).unwrap_or_default();
                    let plain = rows.iter().filter(|it| it.constant.is_none() && !it.conditional);
                    let plain: Vec<_> = plain.map(|it| (&it.field, &it.variable)).collect();
                    let is_left_out = pairs.is_empty() && lost > rows.len() - plain.len();
                    if counts && !is_left_out {
                        prop_assert_eq!(pairs.len() + lost, rows.len(), "{}", setting.key);
                        let pairs: Vec<_> = pairs.iter().map(|it| (&it.field, &it.variable)).collect();
                        prop_assert_eq!(pairs, plain);
                    } else {
                        prop_assert!(pairs.is_empty());
                    }
                }
                // The oldest version has a switch for it, which Version 2 lacks.
                _ if setting.key == "outdial.remove_prefixes" && cuts_nothing(&call_center) => {
                    prop_assert_eq!(now.map(String::as_str), Some(""));
                }
                // What no rule lets pass is named, and only that.
                _ if lost > 0 => prop_assert_ne!(now, Some(&was), "{}", setting.key),
                _ => prop_assert_eq!(now, Some(&was), "{}", setting.key),
            }
        }
        prop_assert_eq!(broken(&conversion), Vec::<String>::new());
        // What it gets is what it has settings for, and nothing else.
        prop_assert!(conversion.values.keys().all(|item| to.setting_of(item).is_some()));
        let opens = is_on("no_match.enabled")
            && from.setting("no_match.object").is_some_and(|it| !of(&it.item).is_empty());
        prop_assert_eq!(conversion.no_match.is_some(), opens);
    }

    /// Any text in any setting is converted or named, and nothing panics.
    #[test]
    fn any_text_is_converted_or_named(text in any::<String>(), place in 0_usize..37) {
        let mut call_center = built_in("2024-11").unwrap().call_center;
        let key = call_center.items().nth(place).map(|(key, _)| key).unwrap();
        call_center.item_mut(&key).unwrap().value = text;
        let conversion = convert(&call_center).unwrap();
        prop_assert_eq!(broken(&conversion), Vec::<String>::new());
    }
}
