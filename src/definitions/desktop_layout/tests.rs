use proptest::prelude::*;
use serde_json::json;

use super::*;

/// A layout as a site may have it, with the connector in two of three roles.
fn connector() -> LayoutDocument {
    let role = json!({
        "appTitle": "Webex Contact Center", "logo": "",
        "area": {
            "headless": {
                "id": "dw-headless",
                "widgets": { "comp1": {
                    "comp": "agentx-custom-desktop",
                    "script": "https://files.example/salesforce/v1.1.9/dist/index.js",
                    "attributes": { "outDialAni": "<OutDialAniValue>", "isSFDCWidgetEnabled": "false" }
                } },
                "layout": { "areas": [["comp1"]], "size": { "cols": [1], "rows": [1] } }
            },
            "panel": { "comp": "md-tabs", "children": [
                { "comp": "md-tab", "children": [{ "comp": "span", "textContent": "Salesforce Actions" }] },
                { "comp": "md-tab-panel", "children": [{
                    "comp": "agentx-custom-desktop",
                    "attributes": { "isSFDCWidgetEnabled": "true", "customSubjectEnabledForCallNotes": false }
                }] },
                { "comp": "md-tab", "children": [{ "comp": "slot" }] },
                { "comp": "md-tab-panel", "children": [{ "comp": "slot" }] }
            ] }
        }
    });
    let supervisor = json!({ "appTitle": "Webex", "area": { "panel": { "children": [] } } });
    let root = json!({ "agent": role, "supervisor": supervisor, "supervisorAgent": role });
    LayoutDocument::read_connector(&root.to_string()).unwrap()
}

/// A layout of a team's own, with widgets of its own.
fn own() -> LayoutDocument {
    let root = json!({
        "agent": {
            "appTitle": "Acme",
            "area": {
                "headless": {
                    "id": "dw-headless",
                    "widgets": { "recorder": { "comp": "acme-recorder" } },
                    "layout": { "areas": [["recorder"]], "size": { "cols": [1], "rows": [1] } }
                },
                "panel": { "children": [
                    { "comp": "md-tab", "children": [] }, { "comp": "md-tab-panel", "children": [] }
                ] }
            }
        },
        "supervisor": { "area": { "panel": { "children": [] } } }
    });
    LayoutDocument::read(&root.to_string()).unwrap()
}

#[test]
fn a_placeholder_never_stays() {
    let adapted = connector().adapt(&Adaptation::default());
    assert_eq!(adapted.outdial_ani(), Some(""));
    let number =
        Adaptation { outdial_ani: Some("+4930123456".to_owned()), ..Adaptation::default() };
    let adapted = connector().adapt(&number);
    for (role, value) in adapted.roles().filter(|(role, _)| *role != "supervisor") {
        let bridge = parts::bridge(value).unwrap();
        assert_eq!(bridge["attributes"]["outDialAni"], "+4930123456", "{role}");
    }
}

#[test]
fn only_what_is_a_sites_own_changes() {
    let to = Adaptation {
        actions_widget: Some(false),
        title: Some("Acme".to_owned()),
        ..Adaptation::default()
    };
    let adapted = connector().adapt(&to);
    assert!(!adapted.has_actions_widget() && adapted.has_bridge());
    let agent = &adapted.root["agent"];
    assert_eq!(agent["appTitle"], "Acme");
    assert_eq!(agent["area"]["panel"]["children"].as_array().unwrap().len(), 2);
    assert_eq!(
        agent["area"]["headless"]["widgets"]["comp1"]["attributes"]["isSFDCWidgetEnabled"],
        "false"
    );

    let subject = Adaptation { notes_subject: Some(true), ..Adaptation::default() };
    let adapted = connector().adapt(&subject);
    let panel = &adapted.root["agent"]["area"]["panel"]["children"][1]["children"][0];
    assert_eq!(panel["attributes"]["customSubjectEnabledForCallNotes"], true);
}

#[test]
fn a_teams_own_layout_keeps_everything_of_its_own() {
    let merged = own().with_connector(&connector()).unwrap();
    assert!(merged.has_bridge() && merged.has_actions_widget());
    let agent = &merged.root["agent"];
    assert_eq!(agent["appTitle"], "Acme");
    assert_eq!(agent["area"]["headless"]["widgets"]["recorder"]["comp"], "acme-recorder");
    assert_eq!(agent["area"]["headless"]["layout"]["areas"], json!([["recorder"], ["salesforce"]]));
    assert_eq!(agent["area"]["headless"]["layout"]["size"]["rows"], json!([1, 1]));
    assert_eq!(agent["area"]["panel"]["children"].as_array().unwrap().len(), 4);
    // The role that the team's layout does not have is not invented.
    assert!(merged.root.get("supervisorAgent").is_none());
    // Once more changes nothing.
    let again = merged.clone().with_connector(&connector()).unwrap();
    assert_eq!(again, merged);
}

#[test]
fn what_a_replacement_takes_away_is_named() {
    assert_eq!(own().lost_in(&connector()), ["the title \"Acme\"", "acme-recorder"]);
    assert!(connector().lost_in(&connector()).is_empty());
}

/// A role with a logo, a timer, a page, a tab with a text and one that the Agent Desktop fills.
fn with_much(title: &str) -> Value {
    json!({
        "appTitle": title, "logo": "https://acme.example/logo.png", "notificationTimer": 20,
        "stopNavigateOnAcceptTask": "",
        "area": {
            "panel": { "comp": "md-tabs", "children": [
                { "comp": "md-tab", "children": [{ "comp": "span", "textContent": "Orders" }] },
                { "comp": "md-tab-panel", "children": [
                    { "comp": "slot", "attributes": { "name": "WXM_JOURNEY" } }
                ] }
            ] },
            "navigation": [{ "nav": { "label": "Wiki" }, "page": { "widgets": {
                "comp1": { "comp": "agentx-custom-desktop" }
            } } }]
        }
    })
}

#[test]
fn what_a_replacement_takes_away_is_compared_role_by_role() {
    let root = json!({
        "agent": with_much("Acme"), "supervisor": with_much("Acme"), "analyst": with_much("Acme")
    });
    let own = LayoutDocument::read(&root.to_string()).unwrap();
    assert_eq!(
        own.lost_in(&connector()),
        [
            "the title \"Acme\"",
            "the logo",
            "`notificationTimer` = 20",
            "the role `analyst`",
            "\"Orders\"",
            "WXM_JOURNEY",
            "Wiki",
            // The connector has it for agents, and not for supervisors.
            "agentx-custom-desktop (supervisor)",
        ]
    );
    assert!(own.adds_to(&connector()));
}

#[test]
fn a_connectors_file_with_a_title_of_ones_own_adds_nothing() {
    let title = Adaptation { title: Some("Acme".to_owned()), ..Adaptation::default() };
    let titled = connector().adapt(&title);
    assert_eq!(titled.lost_in(&connector()), ["the title \"Acme\""]);
    assert!(!titled.adds_to(&connector()));
    // Nor does its Actions widget, where the connector is wanted without it.
    let plain =
        connector().adapt(&Adaptation { actions_widget: Some(false), ..Adaptation::default() });
    assert!(!connector().adds_to(&plain) && !plain.adds_to(&connector()));
    assert!(own().adds_to(&connector()));
}

#[test]
fn an_actions_widget_goes_where_the_connector_has_none() {
    let without =
        connector().adapt(&Adaptation { actions_widget: Some(false), ..Adaptation::default() });
    let merged = own().with_connector(&connector()).unwrap();
    let later = merged.clone().with_connector(&without).unwrap();
    assert!(merged.has_actions_widget() && !later.has_actions_widget());
    assert_eq!(later, own().with_connector(&without).unwrap());
}

#[test]
fn a_layout_that_is_built_in_another_way_is_left_alone() {
    let odd = json!({ "agent": { "area": { "headless": { "widgets": [] }, "panel": {} } } });
    let odd = LayoutDocument::read(&odd.to_string()).unwrap();
    assert_eq!(
        odd.with_connector(&connector()).unwrap_err().to_string(),
        "its `area.headless` is not built like Cisco's, so nothing can be put into it safely"
    );
    let other = json!({ "supervisor": { "area": {} } });
    let other = LayoutDocument::read(&other.to_string()).unwrap();
    assert!(matches!(other.with_connector(&connector()), Err(MergeError::NoRole(_))));
}

#[test]
fn what_is_no_layout_is_told() {
    for (text, words) in [
        ("", "it is not JSON: EOF"),
        ("{}", "no role of it has an `area`"),
        ("{\"agent\":{\"area\":{}}}", "agentx-custom-desktop"),
    ] {
        let error = LayoutDocument::read_connector(text).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn ciscos_files_are_read_adapted_and_compared() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/samples/desktop-layouts");
    let Ok(files) = std::fs::read_dir(folder) else {
        return println!("skipped: ../shared is not there");
    };
    let mut read = 0;
    for file in files {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let document = match LayoutDocument::read_connector(&text) {
            Ok(document) => document,
            // One is a fragment, one is empty.
            Err(error) => {
                assert!(
                    ["2022-04-25", "2022-09-13"].iter().any(|it| name.starts_with(it)),
                    "{error}"
                );
                continue;
            }
        };
        read += 1;
        assert!(document.has_actions_widget(), "{name}");
        let version = document.version().unwrap_or_default();
        assert!(name.contains(&format!("v{version}")), "{name}: {version}");
        // Written and read again it is the same, and only the placeholder is filled.
        let again = LayoutDocument::read(&document.text()).unwrap();
        assert_eq!(again, document);
        let adapted = document.clone().adapt(&Adaptation::default());
        let placeholder = "\"outDialAni\":\"<OutDialAniValue>\"";
        assert_eq!(adapted.text(), document.text().replace(placeholder, "\"outDialAni\":\"\""));
        assert_eq!(adapted.clone().with_connector(&adapted).unwrap().text(), adapted.text());
    }
    assert_eq!(read, 6);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in ".{0,200}") {
        drop(LayoutDocument::read_connector(&text));
    }

    #[test]
    fn spelling_does_not_count(keys in prop::collection::btree_map("[a-z]{1,5}", any::<i32>(), 0..6)) {
        let area = json!({ "area": keys });
        let backwards: serde_json::Map<String, Value> =
            keys.iter().rev().map(|(key, value)| (key.clone(), json!(value))).collect();
        let backwards = json!({ "area": backwards });
        let one = LayoutDocument::read(&area.to_string()).unwrap();
        let other = LayoutDocument::read(&backwards.to_string()).unwrap();
        prop_assert_eq!(one, other);
    }
}
