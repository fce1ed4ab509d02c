//! Desktop layouts.

use serde_json::{Value, json};

use super::*;

const CDN: &str = "https://cx-crmconnector.ciscoccservice.com/salesforce/v1.1.9";

/// A small layout in which nothing is wrong.
fn layout() -> Value {
    let bridge = json!({
        "comp": "agentx-custom-desktop",
        "script": format!("{CDN}/dist/index.js"),
        "attributes": {
            "outDialAni": "+14085550100",
            "crmLibPath": format!("{CDN}/webexcc_salesforce_desktop.min.js"),
            "openctiLibPath": format!("{CDN}/lib/opencti_v48.js,{CDN}/lib/integration.js"),
            "nameOfOpenCtiFileName": "opencti_v48.js",
            "isSFDCWidgetEnabled": "false",
            "agentTeamName": "$STORE.agent.teamName",
        },
    });
    let widget = json!({
        "comp": "agentx-custom-desktop",
        "script": format!("{CDN}/dist/index.js"),
        "attributes": { "isSFDCWidgetEnabled": "true" },
    });
    let panel = json!({ "comp": "md-tabs", "children": [
        { "comp": "md-tab", "children": [{ "comp": "span" }] },
        { "comp": "md-tab-panel", "children": [widget] },
    ] });
    let role =
        json!({ "area": { "headless": { "widgets": { "comp1": bridge } }, "panel": panel } });
    let flow = json!({ "useFlexLayout": true, "widgets": { "w": { "width": 12, "height": 4 } } });
    json!({
        "agent": role,
        "supervisor": { "area": { "homepage": { "page": flow } } },
        "supervisorAgent": role,
    })
}

/// What is found where a place of it is changed; `null` removes it.
fn changed(pointer: &str, value: &Value) -> String {
    let mut layout = layout();
    if value.is_null() {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = layout.pointer_mut(parent).unwrap();
        match parent {
            Value::Array(nodes) => drop(nodes.remove(key.parse().unwrap())),
            parent => drop(parent.as_object_mut().unwrap().remove(key).unwrap()),
        }
    } else {
        *layout.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value.clone();
    }
    lines(&judged("layout.json", layout.to_string()))
}

const BRIDGE: &str = "/agent/area/headless/widgets/comp1";

#[test]
fn nothing_is_an_error_in_what_cisco_published() {
    for (name, bytes) in samples("desktop-layouts") {
        // One was committed as a piece of a layout, one as an empty file.
        let is_broken = ["2022-04-25", "2022-09-13"].iter().any(|day| name.starts_with(day));
        let verdict = judged(&name, bytes);
        assert_eq!(verdict.kind, FileKind::DesktopLayout, "{name}");
        let errors = verdict.count(Severity::Error);
        assert_eq!(errors, usize::from(is_broken), "{name}:\n{}", lines(&verdict));
        // As published, each has at least the placeholder of the number.
        assert!(is_broken || lines(&verdict).contains("DL004"), "{name}");
        let is_mixed = ["2023-04-12", "2024-02-12"].iter().any(|day| name.starts_with(day));
        assert_eq!(lines(&verdict).contains("DL007"), is_mixed, "{name}");
    }
}

#[test]
fn a_sound_layout_is_clean() {
    assert_eq!(lines(&judged("layout.json", layout().to_string())), "");
}

#[test]
fn texts_that_are_no_layouts_are_told() {
    let told = |text: &str| lines(&judged("layout.json", text));
    insta::assert_snapshot!(told(""), @"1:1 DL001 error - The file is empty.");
    insta::assert_snapshot!(told("{\"agent\": {\"area\": 1,}}"), @"1:22 DL001 error - This is not JSON: trailing comma.");
    insta::assert_snapshot!(told("\"headless\": {}"), @"1:11 DL001 error - This is not JSON: trailing characters.");
    insta::assert_snapshot!(told("[1]"), @"1:1 DL002 error - This is no desktop layout: it has none of `agent`, `supervisor` and `supervisorAgent`.");
    insta::assert_snapshot!(told("{\"a\": 1, \"a\": 2}"), @"
    1:1 DL002 error - This is no desktop layout: it has none of `agent`, `supervisor` and `supervisorAgent`.
    1:10 DL016 warning /a The key `a` is there twice; the second one holds.
    ");
    insta::assert_snapshot!(told(&format!("{{\"a\": \"{}\"}}", "x".repeat(1024 * 1024))), @"1:1 DL013 error - The file is larger than 1 MiB; layouts have some 40 kB.");
    insta::assert_snapshot!(told(&format!("\u{feff}{}", layout())), @"1:1 DL001 warning - The file begins with a byte-order mark, which JSON must not have.");
    insta::assert_snapshot!(told(&"[".repeat(100_000)), @"1:128 DL001 error - This is not JSON: recursion limit exceeded.");
}

#[test]
fn roles_are_checked() {
    insta::assert_snapshot!(changed("/supervisor", &Value::Null), @"1:2 DL002 warning - The layout has nothing for `supervisor`.");
    insta::assert_snapshot!(changed("/supervisorAgent/area", &Value::Null), @"
    1:1028 DL002 error /supervisorAgent `supervisorAgent` has no `area`, which holds everything that is shown.
    1:1028 DL003 warning /supervisorAgent `supervisorAgent` has no component `agentx-custom-desktop` under `area.headless.widgets`: without it nothing ties the Agent Desktop to Salesforce.
    1:1028 DL011 info /supervisorAgent `supervisorAgent` has no Salesforce Actions widget.
    ");
    let mut misspelt = layout();
    misspelt["Supervisor"] = misspelt["supervisor"].take();
    misspelt.as_object_mut().unwrap().remove("supervisor");
    insta::assert_snapshot!(lines(&judged("a.json", misspelt.to_string())), @"
    1:2 DL002 warning - The layout has nothing for `supervisor`.
    1:903 DL002 warning - `Supervisor` is no role.
    ");
    insta::assert_snapshot!(lines(&judged("a.json", layout()["agent"].to_string())), @"1:2 DL002 warning - The layout has the format from before 2024, which knows no supervisors.");
}

#[test]
fn the_connector_is_checked() {
    insta::assert_snapshot!(changed("/agent/area/headless", &Value::Null), @"1:10 DL003 error /agent `agent` has no component `agentx-custom-desktop` under `area.headless.widgets`: without it nothing ties the Agent Desktop to Salesforce.");
    insta::assert_snapshot!(changed("/supervisorAgent/area/headless", &Value::Null), @"1:1028 DL003 warning /supervisorAgent `supervisorAgent` has no component `agentx-custom-desktop` under `area.headless.widgets`: without it nothing ties the Agent Desktop to Salesforce.");
    insta::assert_snapshot!(changed("/agent/area/panel", &Value::Null), @"1:10 DL011 info /agent `agent` has no Salesforce Actions widget.");
    let attribute = |name: &str| format!("{BRIDGE}/attributes/{name}");
    insta::assert_snapshot!(changed(&attribute("nameOfOpenCtiFileName"), &json!("opencti_v50.js")), @"1:523 DL008 error /agent/area/headless/widgets/comp1/attributes/nameOfOpenCtiFileName `nameOfOpenCtiFileName` is `opencti_v50.js`, which is not among the files of `openctiLibPath`.");
    insta::assert_snapshot!(changed(&attribute("openctiLibPath"), &Value::Null), @"1:50 DL008 error /agent/area/headless/widgets/comp1 The connector needs the attributes `openctiLibPath` and `nameOfOpenCtiFileName`.");
    insta::assert_snapshot!(changed(&attribute("isSFDCWidgetEnabled"), &json!("true")), @r#"1:562 DL009 error /agent/area/headless/widgets/comp1/attributes/isSFDCWidgetEnabled `isSFDCWidgetEnabled` of the headless component must be "false"."#);
    insta::assert_snapshot!(changed(&attribute("isSFDCWidgetEnabled"), &json!(false)), @r#"1:562 DL009 warning /agent/area/headless/widgets/comp1/attributes/isSFDCWidgetEnabled `isSFDCWidgetEnabled` is `false`, but must be text: "false"."#);
    // Versions of 2022 and 2023 had none.
    assert_eq!(changed(&attribute("isSFDCWidgetEnabled"), &Value::Null), "");
    let flag = "/agent/area/panel/children/1/children/0/attributes/isSFDCWidgetEnabled";
    insta::assert_snapshot!(changed(flag, &json!("false")), @r#"1:888 DL009 error /agent/area/panel/children/1/children/0/attributes/isSFDCWidgetEnabled `isSFDCWidgetEnabled` of the Salesforce Actions widget must be "true"."#);
}

#[test]
fn the_outdial_number_is_checked() {
    let number = |value: &str| changed(&format!("{BRIDGE}/attributes/outDialAni"), &json!(value));
    insta::assert_snapshot!(number("<OutDialAniValue>"), @"
    1:195 DL004 warning /agent/area/headless/widgets/comp1/attributes/outDialAni The placeholder `<OutDialAniValue>` is still there.
    1:1218 DL005 warning /supervisorAgent/area/headless/widgets/comp1/attributes/outDialAni `outDialAni` differs between roles.
    ");
    insta::assert_snapshot!(number("4085550100"), @"
    1:195 DL005 warning /agent/area/headless/widgets/comp1/attributes/outDialAni `outDialAni` is no number in E.164: `4085550100`.
    1:1211 DL005 warning /supervisorAgent/area/headless/widgets/comp1/attributes/outDialAni `outDialAni` differs between roles.
    ");
    insta::assert_snapshot!(number("our number"), @"
    1:195 DL005 error /agent/area/headless/widgets/comp1/attributes/outDialAni `outDialAni` is no number in E.164: `our number`.
    1:1211 DL005 warning /supervisorAgent/area/headless/widgets/comp1/attributes/outDialAni `outDialAni` differs between roles.
    ");
    insta::assert_snapshot!(number("+14085550199"), @"1:1213 DL005 warning /supervisorAgent/area/headless/widgets/comp1/attributes/outDialAni `outDialAni` differs between roles.");
    insta::assert_snapshot!(number(""), @"1:1201 DL005 warning /supervisorAgent/area/headless/widgets/comp1/attributes/outDialAni `outDialAni` differs between roles.");
}

#[test]
fn addresses_are_checked() {
    let script = |value: &str| changed(&format!("{BRIDGE}/script"), &json!(value));
    insta::assert_snapshot!(script("http://cx-crmconnector.ciscoccservice.com/salesforce/v1.1.9/dist/index.js"), @"1:91 DL006 error /agent/area/headless/widgets/comp1/script `http://cx-crmconnector.ciscoccservice.com/salesforce/v1.1.9/dist/index.js` is no https address; browsers do not load it.");
    insta::assert_snapshot!(script("https://evil.example/salesforce/v1.1.9/dist/index.js"), @"1:91 DL006 warning /agent/area/headless/widgets/comp1/script The connector's files come from evil.example, which is not Cisco's.");
    insta::assert_snapshot!(script("https://d390gzw4ok28px.cloudfront.net/salesforce/v1.1.2/dist/index.js"), @"
    1:91 DL006 warning /agent/area/headless/widgets/comp1/script The connector's files come from d390gzw4ok28px.cloudfront.net, which Cisco has left.
    1:91 DL007 warning /agent/area/headless/widgets/comp1/script A file of the connector is of v1.1.2, others are of v1.1.9.
    ");
    // A widget of somebody's own is that somebody's business.
    assert_eq!(script("https://widgets.example.com/v2.0/own.js"), "");
}

#[test]
fn parts_are_checked_wherever_they_are() {
    insta::assert_snapshot!(changed("/agent/area/panel/children/0", &Value::Null), @"1:660 DL010 error /agent/area/panel/children/0 Tabs and tab panels do not alternate here.");
    insta::assert_snapshot!(changed("/agent/area/panel/children/1", &Value::Null), @"
    1:10 DL011 info /agent `agent` has no Salesforce Actions widget.
    1:660 DL010 error /agent/area/panel/children/0 Tabs and tab panels do not alternate here.
    ");
    insta::assert_snapshot!(changed(&format!("{BRIDGE}/attributes/agentTeamName"), &json!("$STORE.Agent.teamName")), @"1:586 DL012 info /agent/area/headless/widgets/comp1/attributes/agentTeamName `$STORE.Agent` is not among what Cisco's layouts use.");
    insta::assert_snapshot!(changed("/supervisor/area/homepage/page/widgets/w/height", &Value::Null), @"1:977 DL014 warning /supervisor/area/homepage/page/widgets/w The widget `w` has no `height`, which a page with `useFlexLayout` needs.");
}

#[test]
fn a_finding_is_drawn_with_its_line() {
    let text = format!("{:#}", layout()).replace("\"opencti_v48.js\"", "\"opencti_v50.js\"");
    let picture = pictures(&judged("layout.json", text), Style { width: 80, ..Style::default() });
    insta::assert_snapshot!(picture.split("\n\n").next().unwrap(), @r#"
    error[DL008]: `nameOfOpenCtiFileName` is `opencti_v50.js`, which is not among
                  the files of `openctiLibPath`.
      --> layout.json:13:40
       |
    12 | ...": "https://cx-crmconnector....1.1.9/lib/integration.js",
       |       -------------------------...-------------------------
    13 | ...ileName": "opencti_v50.js",
       |              ^^^^^^^^^^^^^^^^
       |
       = help: Leave both as Cisco published them.
    "#);
}
