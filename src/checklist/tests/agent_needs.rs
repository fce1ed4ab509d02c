//! What agents need, by the settings of both generations and by what a configuration says.

use super::agent_access::{described, on, org, take, verdict, wanting};
use crate::checklist::agent_access::{Need, needs, objects};
use crate::definitions::recipe;
use crate::model::{
    Baseline, CallKind, CallTypeWish, ConnectorWish, ItemKey, Look, Observed, ScreenPop, SetupWay,
    SoftphoneLayoutWish, Wanted,
};

#[test]
fn what_the_configuration_adds_and_leaves_out_counts() {
    let mut state = org();
    for granted in [on("Task.Subject"), on("Task.ciscocjs__Queue__c"), on("Case")] {
        take(&mut state, &granted);
    }
    let mut desired = wanting(false);
    let wish = desired.agent_access.as_mut().unwrap();
    wish.except = vec!["Case".to_owned(), "task.subject".to_owned()];
    wish.also = vec!["Case.Origin".to_owned(), "Lead".to_owned()];
    let words: Vec<String> =
        needs(&desired, &state).iter().map(|need| need.granted.field()).collect();
    assert_eq!(
        words,
        [
            "userPermissions/EditTask",
            "objectPermissions/Lead",
            "fieldPermissions/Case.Origin",
            "fieldPermissions/Task.ciscocjs__Queue__c",
        ]
    );
    assert!(objects(&desired, &state).contains("Lead"));
    // Nobody asked the org about it yet.
    assert_eq!(verdict(&desired, &state, &Baseline::default()).needs, [Look::AgentAccess]);
}

/// A wish of a generation's newest definition, with values by the keys of its settings.
fn configured(name: &str, values: &[(&str, &str)]) -> ConnectorWish {
    let data = recipe(name).unwrap();
    let mut desired = wanting(false);
    desired.recipe = data.recipe.clone();
    desired.call_center.definition = data.newest_definition().unwrap();
    let definition = &desired.call_center.definition;
    let wanted = values.iter().map(|(key, value)| {
        let item: ItemKey = definition.setting(key).unwrap().item.clone();
        (item, Wanted { value: (*value).to_owned(), asked_by: format!("call_center.{key}") })
    });
    desired.call_center.values = wanted.collect();
    desired
}

#[test]
fn fields_follow_from_the_mappings_of_both_generations() {
    let mut state = org();
    let names = ["Subject", "Description", "Language__c", "Phone", "Origin"];
    let all: Vec<(&str, bool, bool)> = names.iter().map(|name| (*name, true, true)).collect();
    state.objects = ["Task", "Case", "Lead", "Contact"]
        .into_iter()
        .map(|object| (object.to_owned(), described(&all)))
        .collect();
    state.softphone = Observed::Unasked;
    let words = |desired: &ConnectorWish| -> Vec<String> {
        let of = |need: &Need| format!("{} {}", need.granted.field(), need.by);
        needs(desired, &state).iter().map(of).collect()
    };
    let activity = r#"[{"CadFieldName":"Lang","SalesforceFieldName":"Language__c","isDefaultValueEnabled":false,"defaultFieldValue":""}]"#;
    let record = r#"[{"wxccFieldName":"ani","sfdcFieldName":"Phone","isDefaultValueEnabled":"false","isConditionalEnabled":"false"}]"#;
    let first = configured(
        "webex-v1",
        &[
            ("activity.update_fields", "true"),
            ("activity.mappings", activity),
            ("activity.live_notes", "true"),
            ("no_match.enabled", "true"),
            ("no_match.object", "Lead"),
            ("no_match.mappings", record),
            ("case.mappings", "[]"),
            ("case.link_mappings", "[]"),
        ],
    );
    insta::assert_snapshot!(words(&first).join("\n"), @"
    userPermissions/EditTask the connector
    objectPermissions/Case the connector
    objectPermissions/Lead unknown callers
    fieldPermissions/Lead.Phone call_center.no_match.mappings
    fieldPermissions/Task.Language__c call_center.activity.mappings
    fieldPermissions/Task.Description call_center.activity.notes_field
    fieldPermissions/Task.Subject the connector
    ");
    let mut second = configured(
        "webex-v2",
        &[
            ("activity.mappings", "Language__c={lang}"),
            ("activity.live_notes", "false"),
            ("case.mappings", "Origin={channel}"),
            ("no_match.mappings", "Phone={ani}"),
        ],
    );
    second.agent_access.as_mut().unwrap().except.push("Task.Description".to_owned());
    insta::assert_snapshot!(words(&second).join("\n"), @"
    userPermissions/EditTask the connector
    objectPermissions/Case the connector
    fieldPermissions/Task.Language__c call_center.activity.mappings
    fieldPermissions/Case.Origin call_center.case.mappings
    fieldPermissions/Task.Subject the connector
    ");
    // A call center that writes no activities needs nothing of tasks.
    let disabled = second.call_center.definition.setting("activity.disabled").unwrap().item.clone();
    let on = Wanted { value: "true".to_owned(), asked_by: String::new() };
    second.call_center.values.insert(disabled, on);
    assert!(!words(&second).join("\n").contains("Task"));
}

#[test]
fn the_softphone_layout_says_whose_fields_version_2_fills() {
    let mut state = org();
    state.objects.insert("Contact".to_owned(), described(&[("Phone", true, true)]));
    let mut second = configured("webex-v2", &[("no_match.mappings", "Phone={ani}")]);
    let has = |desired: &ConnectorWish| {
        let mut needs = needs(desired, &state).into_iter();
        needs.any(|need| need.granted == on("Contact.Phone"))
    };
    assert!(!has(&second));
    let pops = ScreenPop::New("Contact".to_owned());
    second.softphone_layout = Some(SoftphoneLayoutWish {
        call_types: vec![(
            CallKind::Inbound,
            CallTypeWish { pops: [Some(pops), None, None], ..Default::default() },
        )],
        name: "Webex".to_owned(),
        default: true,
        is_default_said: true,
        profiles: Vec::new(),
        check_users: Vec::new(),
        apply: SetupWay::Auto,
    });
    assert!(has(&second));
}
