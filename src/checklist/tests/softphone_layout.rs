//! The softphone layout.

use super::fixture::{desired, planned, rows, state};
use crate::checklist::{Action, Item, ItemId, Verdict};
use crate::model::{
    CallKind, CallTypeLayout, CallTypeWish, ConnectorWish, Observed, OpensIn, OrgState, ScreenPop,
    SetupWay, SoftphoneLayout, SoftphoneLayoutWish,
};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn wished() -> ConnectorWish {
    let mut desired = desired();
    let inbound = CallTypeWish {
        objects: Some(names(&["Account", "Contact", "Case"])),
        opens_in: Some(OpensIn::Existing),
        pops: [Some(ScreenPop::Nothing), Some(ScreenPop::Detail), Some(ScreenPop::Search)],
    };
    let outbound = CallTypeWish { objects: Some(names(&["Account"])), ..CallTypeWish::default() };
    desired.softphone_layout = Some(SoftphoneLayoutWish {
        name: "Webex".to_owned(),
        default: true,
        call_types: vec![(CallKind::Inbound, inbound), (CallKind::Outbound, outbound)],
        apply: SetupWay::Auto,
    });
    desired
}

/// A layout that is as wished.
fn right() -> SoftphoneLayout {
    let inbound = CallTypeLayout {
        objects: names(&["Case", "account", "Contact"]),
        opens_in: Some(OpensIn::Existing),
        pops: [ScreenPop::Nothing, ScreenPop::Detail, ScreenPop::Search],
    };
    let outbound = CallTypeLayout {
        objects: names(&["Account"]),
        opens_in: None,
        pops: [ScreenPop::Nothing, ScreenPop::Nothing, ScreenPop::Nothing],
    };
    SoftphoneLayout {
        name: "Webex".to_owned(),
        call_types: vec![(CallKind::Inbound, inbound), (CallKind::Outbound, outbound)],
    }
}

fn verdict(desired: &ConnectorWish, state: &OrgState) -> Verdict {
    planned(desired, state).of(ItemId::SOFTPHONE_LAYOUT).unwrap().clone()
}

/// What people would read of it.
fn told(verdict: &Verdict) -> String {
    let mut lines = Vec::new();
    for change in rows(verdict) {
        assert_eq!(change.action, Action::Human);
        let after = change.known_after().unwrap();
        lines.push(format!("{}: {:?} -> {after:?}", change.field, change.before.as_deref()));
    }
    if let Some(human) = &verdict.human {
        lines.push(human.why.clone());
        lines.extend(human.texts());
    }
    lines.extend(verdict.notes.iter().map(|note| format!("note: {}", note.text)));
    lines.join("\n")
}

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
    assert!(verdict.notes[0].text.contains("nobody else's"));
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
    No API of Salesforce writes softphone layouts. One tells the calling user's own layout, and that user has none.
    Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an introduction comes first, choose Continue.
    Choose New; where the list has "Webex" already, Edit beside it.
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
    No API of Salesforce writes softphone layouts. One tells the calling user's own layout, "Webex", which differs.
    Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an introduction comes first, choose Continue.
    Choose Edit beside "Webex".
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
    No API of Salesforce writes softphone layouts. One tells the calling user's own layout, which is "Standard".
    Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an introduction comes first, choose Continue.
    Choose New; where the list has "Webex" already, Edit beside it.
    Name: Webex
    Choose Save.
    Choose Softphone Layout Assignment, give "Webex" to the agents' profiles, and save.
    "#);
}

#[test]
fn names_are_the_same_in_any_case() {
    let flow = |name: &str| ScreenPop::Flow(name.to_owned());
    assert!(flow("Greet_Caller").same(&flow("greet_caller")));
    assert!(!flow("Greet_Caller").same(&ScreenPop::Page("Greet_Caller".to_owned())));
}
