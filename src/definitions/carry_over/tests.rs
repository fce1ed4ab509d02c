//! Every version that Cisco has published, taken over by every later one.

use super::*;
use crate::definitions::SetupFile;
use crate::definitions::tests::samples;
use crate::definitions::{built_in, recipe_of_call_center};

/// Published versions of a generation in the order in which they came.
fn published(generation: &str) -> Vec<CallCenter> {
    let mut files: Vec<(String, Vec<u8>)> = samples()
        .into_iter()
        .filter(|(name, _)| name.starts_with("v2/") == (generation == "v2"))
        .collect();
    files.sort();
    files.iter().map(|(_, bytes)| SetupFile::read(bytes).unwrap().call_center).collect()
}

/// The same call center, in which whoever could say something has said something of their own.
fn own(mut call_center: CallCenter) -> CallCenter {
    let keys: Vec<ItemKey> = call_center.items().map(|(key, _)| key).collect();
    for (number, key) in keys.iter().enumerate() {
        let item = call_center.item_mut(key).unwrap();
        item.value = match normalised(&item.value) {
            "true" | "false" => "true".to_owned(),
            _ => format!("own {number}"),
        };
    }
    call_center
}

fn is_constant(definition: &Definition, key: &ItemKey) -> bool {
    definition.setting_of(key).is_some_and(|it| it.kind == SettingKind::Constant)
}

#[test]
fn every_value_goes_to_the_item_of_its_name_or_is_told() {
    for generation in ["v1", "v2"] {
        let versions = published(generation);
        for (place, old) in versions.iter().enumerate() {
            for new in &versions[place..] {
                let old = &own(old.clone());
                let to = template_of(new).unwrap().define("new", new.clone());
                let CarriedOver { call_center, dropped } = carry_over(old, &to);
                assert_eq!(call_center.internal_name, new.internal_name);
                assert_eq!(call_center.display_name, new.display_name);
                for (key, shipped) in new.items() {
                    // Cisco renamed one item, and the facts know no other name that changed.
                    let name = match key.item.as_str() {
                        "CadSalesforceFieldMapping1" => {
                            ["CadSalesforceFieldMapping1", "CadSalesforceFieldMapping"]
                        }
                        name => [name, name],
                    };
                    let of_old = old.items().find(|(it, _)| {
                        it.section == key.section && name.contains(&it.item.as_str())
                    });
                    let expected = match of_old {
                        Some((_, item)) if !is_constant(&to, &key) => &item.value,
                        _ => &shipped.value,
                    };
                    let now = call_center.item(&key).unwrap();
                    assert_eq!(normalised(&now.value), normalised(expected), "{key}");
                }
                for (key, value) in dropped {
                    assert!(new.item(&key).is_none(), "{key}");
                    assert_eq!(old.item(&key).unwrap().value, value);
                }
            }
        }
    }
}

#[test]
fn nothing_is_lost_between_the_same_version() {
    for name in ["2024-11", "2026-04"] {
        let definition = built_in(name).unwrap();
        let old = own(definition.call_center.clone());
        let carried = carry_over(&old, &definition);
        assert_eq!(carried.dropped, []);
        for (key, item) in old.items().filter(|(key, _)| !is_constant(&definition, key)) {
            assert_eq!(carried.call_center.item(&key).unwrap().value, item.value, "{key}");
        }
    }
}

/// A version as of 2022, in which a switch says whether the prefix counts.
fn of_2022(switch: &str) -> CallCenter {
    let mut old = built_in("2024-11").unwrap().call_center;
    old.internal_name = "WebexCCAgentDesktopV20220220".to_owned();
    for section in &mut old.sections {
        for item in &mut section.items {
            match item.name.as_str() {
                "CadSalesforceFieldMapping1" => {
                    item.name = "CadSalesforceFieldMapping".to_owned();
                    item.value = "[1]".to_owned();
                }
                "reqPrefixStringTobeRemoved" => item.value = "+49".to_owned(),
                "reqIsOutDialAniToBeSet" => {
                    item.name = "reqIsOuDialPhonumberPrefixTobeRemoved".to_owned();
                    item.value = switch.to_owned();
                }
                "reqSoftphoneHeight" => item.value = "600".to_owned(),
                _ => {}
            }
        }
    }
    assert_eq!(recipe_of_call_center(&old).unwrap().recipe.name, "webex-v1");
    old
}

#[test]
fn a_switch_of_earlier_versions_empties_what_it_has_switched_off() {
    let definition = built_in("2024-11").unwrap();
    for (switch, prefix) in [("true", "+49"), ("false", ""), (" False", "")] {
        let carried = carry_over(&of_2022(switch), &definition);
        let value = |name: &str| {
            let mut items = carried.call_center.items();
            items.find(|(key, _)| key.item == name).unwrap().1.value.clone()
        };
        assert_eq!(value("reqPrefixStringTobeRemoved"), prefix);
        assert_eq!(value("CadSalesforceFieldMapping1"), "[1]");
        assert_eq!(value("reqSoftphoneHeight"), "600");
        assert_eq!(value("reqIsOutDialAniToBeSet"), "false", "it has the definition's own value");
        assert_eq!(carried.dropped, []);
    }
}

#[test]
fn what_has_no_counterpart_is_named() {
    let definition = built_in("2024-11").unwrap();
    let mut old = definition.call_center.clone();
    let mut gone = old.sections[1].items[0].clone();
    gone.name = "goneSince".to_owned();
    for (value, is_told) in [("something", true), ("true", true), ("false", false), ("", false)] {
        gone.value = value.to_owned();
        old.sections[1].items.push(gone.clone());
        let told = carry_over(&old, &definition).dropped;
        let names: Vec<&str> = told.iter().map(|(key, _)| key.item.as_str()).collect();
        assert_eq!(names, if is_told { vec!["goneSince"] } else { vec![] }, "{value}");
        old.sections[1].items.pop();
    }
}
