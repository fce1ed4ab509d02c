//! What a person's word does to the answers.

use super::fixture::{desired, planned, state};
use crate::checklist::{ItemId, Past, Scope, Verdict, plan};
use crate::model::{
    CallKind, CallTypeWish, Confirmation, Confirmations, ConnectorWish, ScreenPop, SetupWay,
    SoftphoneLayoutWish,
};

fn said(item: ItemId, desired: &ConnectorWish) -> Past {
    let (_, wanted) = item.item().unwrap().confirmable(desired).unwrap();
    let mut confirmations = Confirmations::default();
    confirmations.take(Confirmation {
        item: item.as_str().to_owned(),
        by: "ada".to_owned(),
        at: "2026-11-22T23:59:00Z".parse().unwrap(),
        wanted,
    });
    Past { confirmations, ..Past::default() }
}

fn of(item: ItemId, desired: &ConnectorWish, past: &Past) -> Verdict {
    plan(desired, &state(), past).of(item).unwrap().clone()
}

fn wished() -> ConnectorWish {
    let mut desired = desired();
    let mut inbound = CallTypeWish::default();
    inbound.pops[0] = Some(ScreenPop::Nothing);
    desired.softphone_layout = Some(SoftphoneLayoutWish {
        name: "Webex".to_owned(),
        default: true,
        call_types: vec![(CallKind::Inbound, inbound)],
        profiles: Vec::new(),
        check_users: Vec::new(),
        apply: SetupWay::Auto,
    });
    desired
}

#[test]
fn the_domains_are_a_persons_matter_until_somebody_confirms_them() {
    let desired = desired();
    let left = planned(&desired, &state()).of(ItemId::CSP_ALLOW_LIST).unwrap().clone();
    let human = left.human.unwrap();
    assert_eq!(human.confirmed, None);
    assert!(left.changes.is_empty(), "nobody can see what is there");
    insta::assert_snapshot!(format!("{}\n{}", human.why, human.texts().join("\n")), @"
    No API of Webex reads or writes this list. The list belongs to the Webex organization. The configuration does not say which that is (`[webex] org_id`), so a confirmation counts for every Salesforce org of this state directory that names none.
    Open https://admin.webex.com, Services > Contact Center > Tenant settings > Security, section Content Security Policy Allowed List.
    Type each of these domains and choose Add:
    - *.force.com
    - *.salesforce.com
    - *.lightning.force.com
    - *.lightning.salesforce.com
    Wait ten minutes for Webex to apply it; then have agents sign in again.
    ");
    let confirmed = of(ItemId::CSP_ALLOW_LIST, &desired, &said(ItemId::CSP_ALLOW_LIST, &desired));
    let human = confirmed.human.unwrap();
    assert_eq!(human.confirmed.unwrap().day(), "2026-11-22");
    assert_eq!(human.steps, []);
}

#[test]
fn a_persons_word_about_a_layout_does_not_hide_what_is_seen() {
    let desired = wished();
    let past = said(ItemId::SOFTPHONE_LAYOUT, &desired);
    let verdict = of(ItemId::SOFTPHONE_LAYOUT, &desired, &past);
    assert!(verdict.changes.is_empty());
    assert!(verdict.human.unwrap().confirmed.is_some());
    insta::assert_snapshot!(verdict.notes[0].text, @"Softphone layout: what the calling user has differs in Name, Inbound: No matching records. That says nothing of what others have, which no API tells.");
}

#[test]
fn a_persons_word_counts_for_what_was_wanted_then() {
    let mut desired = wished();
    let past = said(ItemId::SOFTPHONE_LAYOUT, &desired);
    desired.softphone_layout.as_mut().unwrap().call_types[0].1.pops[0] = Some(ScreenPop::Search);
    let verdict = of(ItemId::SOFTPHONE_LAYOUT, &desired, &past);
    assert_eq!(verdict.human.unwrap().confirmed, None);
    insta::assert_snapshot!(verdict.notes[0].text, @"Softphone layout: what ada confirmed on 2026-11-22 is no longer what the configuration wants.");
}

#[test]
fn only_what_a_person_does_can_be_confirmed() {
    let desired = wished();
    let can: Vec<(ItemId, Scope)> = ItemId::all()
        .filter_map(|item| item.item()?.confirmable(&desired).map(|(scope, _)| (item, scope)))
        .collect();
    assert_eq!(
        can,
        [
            (ItemId::SOFTPHONE_LAYOUT, Scope::Org),
            (ItemId::DATA_CENTER, Scope::Org),
            (ItemId::CSP_ALLOW_LIST, Scope::Tenant),
        ]
    );
}
