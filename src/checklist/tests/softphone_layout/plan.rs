//! What is wanted of a layout, and the steps to it.

use super::{made, names, org_of, removal, right, standard, told, verdict, wished};
use crate::checklist::tests::fixture::{desired, state};
use crate::checklist::{Intent, Item, Note, Sight, Verdict};
use crate::model::{
    Audited, Baseline, CallKind, ConnectorWish, Look, Match, Membership, Observed, OpensIn,
    OrgState, ProfileId, ScreenPop, SetupTask, SoftphoneField, SoftphoneLayout, Way,
};

#[test]
fn without_a_wish_nothing_is_wanted() {
    assert_eq!(verdict(&desired(), &state()), Verdict::default());
    assert_eq!(crate::checklist::softphone_layout::SoftphoneLayout.confirmable(&desired()), None);
}

#[test]
fn a_layout_that_is_right_needs_nobody_in_whatever_order_its_objects_are_told() {
    let mut state = state();
    state.softphone = Observed::Seen(Some(right()));
    let verdict = verdict(&wished(), &state);
    assert_eq!((verdict.human, verdict.changes.len()), (None, 0));
    assert!(verdict.notes[0].text().contains("nobody else's"));
}

#[test]
fn an_org_that_tells_none_gets_the_whole_page() {
    insta::assert_snapshot!(told(&verdict(&wished(), &state())), @r#"
    Name: None -> Some("Webex")
    Inbound: salesforce.com objects: None -> Some("Account, Contact, Case")
    Inbound: Screen pops open within: None -> Some("Existing browser window")
    Inbound: No matching records: None -> Some("Don't pop any screen")
    Inbound: Single-matching record: None -> Some("Pop detail page")
    Inbound: Multiple-matching records: None -> Some("Pop to search page")
    Outbound: salesforce.com objects: None -> Some("Account")
    Salesforce has no API for changing softphone layouts. The calling user's own does not exist: that user has none.
    Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an introduction appears, choose Continue.
    Choose New, or Edit next to "Webex" if the list already has it.
    Name: Webex
    Tick Is Default Layout.
    Select Call Type: Inbound
    - Display these salesforce.com objects: Account, Contact, Case
    - Screen pops open within: Existing browser window
    - No matching records: Don't pop any screen
    - Single-matching record: Pop detail page
    - Multiple-matching records: Pop to search page
    Select Call Type: Outbound
    - Display these salesforce.com objects: Account
    Choose Save.
    "#);
}

#[test]
fn only_what_differs_of_a_layout_with_the_right_name_is_to_be_clicked() {
    let mut state = state();
    let mut seen = right();
    seen.call_types[0].1.pops[0] = ScreenPop::New("Contact".to_owned());
    state.softphone = Observed::Seen(Some(seen));
    insta::assert_snapshot!(told(&verdict(&wished(), &state)), @r#"
    Inbound: No matching records: Some("Pop to new Contact") -> Some("Don't pop any screen")
    Salesforce has no API for changing softphone layouts. The calling user's own is "Webex", and differs.
    Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an introduction appears, choose Continue.
    Choose Edit next to "Webex".
    Select Call Type: Inbound
    - No matching records: Don't pop any screen
    Choose Save.
    "#);
}

#[test]
fn a_layout_that_is_not_the_default_is_assigned() {
    let mut desired = wished();
    let wish = desired.softphone_layout.as_mut().unwrap();
    wish.default = false;
    wish.call_types.clear();
    let mut state = state();
    state.softphone =
        Observed::Seen(Some(SoftphoneLayout { name: "Standard".to_owned(), ..right() }));
    insta::assert_snapshot!(told(&verdict(&desired, &state)), @r#"
    Name: Some("Standard") -> Some("Webex")
    Salesforce has no API for changing softphone layouts. The calling user's own is "Standard".
    Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an introduction appears, choose Continue.
    Choose New, or Edit next to "Webex" if the list already has it.
    Name: Webex
    Choose Save.
    Choose Softphone Layout Assignment, assign "Webex" to the agents' profiles, and save.
    "#);
}

#[test]
fn names_are_the_same_in_any_case() {
    let flow = |name: &str| ScreenPop::Flow(name.to_owned());
    assert!(flow("Greet_Caller").same(&flow("greet_caller")));
    assert!(!flow("Greet_Caller").same(&ScreenPop::Page("Greet_Caller".to_owned())));
}

#[test]
fn the_steps_name_objects_as_the_page_does() {
    let mut desired = wished();
    let wish = desired.softphone_layout.as_mut().unwrap();
    wish.call_types[0].1.objects = Some(names(&["Account", "Service_Unit__c"]));
    wish.call_types[0].1.pops[0] = Some(ScreenPop::New("Service_Unit__c".to_owned()));
    let mut state = state();
    let label = |name: &str, label: &str| (name.to_owned(), label.to_owned());
    state.softphone_hints.object_labels =
        [label("Account", "Firma"), label("service_unit__c", "Service Unit")].into();
    let verdict = verdict(&desired, &state);
    let human = verdict.human.as_ref().unwrap();
    let values: Vec<String> = human.values().into_iter().map(|(_, value)| value).collect();
    assert!(values.contains(&"Firma, Service Unit".to_owned()), "{values:?}");
    assert!(values.contains(&"Pop to new Service Unit".to_owned()), "{values:?}");
    // What reads the same is not asked for.
    let asks = |object: &str| {
        let mut desired = wished();
        let wish = desired.softphone_layout.as_mut().unwrap();
        wish.call_types.truncate(1);
        wish.call_types[0].1.objects = Some(names(&["Account", object]));
        let baseline = Baseline::default();
        let intent = Intent { desired: &desired, baseline: &baseline, way: Way::Build };
        crate::checklist::softphone_layout::SoftphoneLayout
            .glances(&intent)
            .contains(&Look::ObjectLabels)
    };
    assert_eq!(["Case", "WorkOrder", "Unit__c"].map(asks), [false, true, true]);
    // What is compared, and what a plan shows, are API names.
    assert!(told(&verdict).contains("Some(\"Account, Service_Unit__c\")"));
}

/// The labels by which a browser goes are the ones that people read.
#[test]
fn labels_are_those_of_the_browser_part() {
    let file = include_str!("../../../../crates/setup-browser/src/labels/en.toml");
    let labels: toml::Table = file.parse().unwrap();
    let label = |key: &str| {
        let texts = labels[key].as_array().unwrap_or_else(|| panic!("{key}"));
        texts[0].as_str().unwrap().to_owned()
    };
    let pop = |pop: ScreenPop| pop.to_string().trim_end_matches(" it").to_owned();
    let it = || "it".to_owned();
    for (key, ours) in [
        ("objects", SoftphoneField::Objects.label().to_owned()),
        ("opens_in", SoftphoneField::OpensIn.label().to_owned()),
        ("no_match", Match::None.label().to_owned()),
        ("single_match", Match::Single.label().to_owned()),
        ("multiple_matches", Match::Multiple.label().to_owned()),
        ("existing_window", OpensIn::Existing.label().to_owned()),
        ("new_window", OpensIn::New.label().to_owned()),
        ("inbound", CallKind::Inbound.name().to_owned()),
        ("outbound", CallKind::Outbound.name().to_owned()),
        ("internal", CallKind::Internal.name().to_owned()),
        ("pop_nothing", pop(ScreenPop::Nothing)),
        ("pop_new", pop(ScreenPop::New(it()))),
        ("pop_detail", pop(ScreenPop::Detail)),
        ("pop_search", pop(ScreenPop::Search)),
        ("pop_page", pop(ScreenPop::Page(it()))),
        ("pop_flow", pop(ScreenPop::Flow(it()))),
    ] {
        assert_eq!(label(key), ours, "{key}");
    }
    let steps = told(&verdict(&wished(), &state())) + &told(&removal(&made(), Some(right())));
    for key in ["continue", "new", "edit", "name", "is_default", "save", "delete"] {
        assert!(steps.contains(&label(key)), "{key}: {steps}");
    }
    // The steps are written with a verb before it.
    assert!(label("call_type").ends_with("Call Type") && steps.contains("Call Type: Inbound"));
}

#[test]
fn whoever_works_with_another_vendor_is_told_where_the_default_would_reach_them() {
    let mut desired = wished();
    let mut state = org_of(Some(standard()));
    let [agent, other] = [3, 2].map(|number| state.profiles.as_slice()[number - 1].id);
    let vendor = state.call_centers.as_slice()[0].id;
    let of = |profile: &ProfileId| Membership { profile: Some(*profile), call_center: vendor };
    state.softphone_hints.memberships = Observed::Seen(vec![of(&other), of(&other), of(&agent)]);
    for user in &mut state.users {
        user.profile = Some(agent);
    }
    let note = |desired: &ConnectorWish, state: &OrgState| {
        let notes = verdict(desired, state).notes;
        notes.iter().find(|it| it.text().contains("other vendors'")).map(|it| it.text().clone())
    };
    insta::assert_snapshot!(note(&desired, &state).unwrap(), @r#""Webex" becomes the default softphone layout, so it also applies to users of other vendors' call centers whose profiles have no layout of their own: "Agent" (1 user in Acme) and "Standard User" (2 users in Acme). To assign it only to your agents, set under [softphone_layout]: default = false, profiles = ["Agent"]."#);
    // Whoever is in the connector's, or in nobody's, is of no interest; nor is a layout that is there already.
    let mut own = state.clone();
    own.call_centers.get_or_insert_default()[0].internal_name =
        desired.call_center.definition.call_center.internal_name.clone();
    let mut unlisted = state.clone();
    unlisted.call_centers.get_or_insert_default().clear();
    let mut there = state.clone();
    there.softphone = Observed::Seen(Some(right()));
    for quiet in [own, unlisted, there] {
        assert_eq!(note(&desired, &quiet), None);
    }
    // Where the configuration does not say that it is the default, it goes to the agents alone.
    desired.softphone_layout.as_mut().unwrap().is_default_said = false;
    insta::assert_snapshot!(note(&desired, &state).unwrap(), @r#""Webex" is assigned to "Agent" and does not become the default softphone layout: that would also apply to users of other vendors' call centers whose profiles have no layout of their own, "Standard User" (2 users in Acme). To make it the default all the same, set default = true under [softphone_layout]."#);
    let answer = verdict(&desired, &state);
    let Some(SetupTask::Layout(task)) = &answer.setup else { panic!("{:?}", answer.setup) };
    assert_eq!((task.default, task.profiles.as_slice()), (false, &["Agent".to_owned()][..]));
    // One that is the default already stays so, and so does one that nobody else would get.
    let mut there = state.clone();
    there.softphone = Observed::Seen(Some(right()));
    let mut alone = state.clone();
    alone.softphone_hints.memberships = Observed::Seen(Vec::new());
    assert_eq!(note(&desired, &there), None);
    let answer = verdict(&desired, &alone);
    assert!(matches!(&answer.setup, Some(SetupTask::Layout(task)) if task.default));
    desired.softphone_layout.as_mut().unwrap().default = false;
    assert_eq!(note(&desired, &state), None);
}

#[test]
fn the_audit_trail_is_a_hint_where_a_layout_that_was_there_differs() {
    let desired = wished();
    let mut changed = right();
    changed.call_types[0].1.pops[2] = ScreenPop::Nothing;
    let mut state = org_of(Some(changed));
    assert_eq!(verdict(&desired, &state).needs, [Look::AuditTrail]);
    let before = told(&verdict(&desired, &state));
    state.softphone_hints.audited = Observed::Seen(Vec::new());
    assert_eq!(told(&verdict(&desired, &state)), before, "nothing told is no hint");
    let entry = |at: &str, by: Option<&str>| Audited {
        at: at.to_owned(),
        by: by.map(str::to_owned),
        what: "Changed softphone layout Webex".to_owned(),
    };
    state.softphone_hints.audited = Observed::Seen(vec![
        entry("2026-11-30T01:47:09.000+0000", Some("Ada Lovelace")),
        entry("yesterday", None),
    ]);
    let with_hint = verdict(&desired, &state);
    let notes: Vec<String> = with_hint.notes.iter().map(Note::text).collect();
    insta::assert_snapshot!(notes.join("\n"), @r#"Recent entries about softphone layouts in the Setup Audit Trail (possibly incomplete): 2026-11-30 01:47 UTC, Ada Lovelace: "Changed softphone layout Webex"; yesterday, somebody: "Changed softphone layout Webex"."#);
    let human = with_hint.human.unwrap();
    assert_eq!(human.sight, Sight::Undone, "the trail decides nothing");
    // Nobody asks for it where nothing was there, or nothing differs.
    for seen in [standard(), right()] {
        assert_eq!(verdict(&desired, &org_of(Some(seen))).needs, []);
    }
}
