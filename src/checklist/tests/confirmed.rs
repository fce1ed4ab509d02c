//! What a person's word does to the answers.

use super::fixture::{desired, planned, state};
use super::softphone_layout::{made, org_of, recorded_by};
use crate::checklist::{
    Blockers, ItemId, Past, Scope, Sight, Verdict, Word, confirmable, plan, removal,
};
use crate::model::{
    CallKind, CallTypeWish, Confirmation, Confirmations, Confirmed, ConnectorWish, Observed, OrgId,
    ScreenPop, SetupWay, SoftphoneLayout, SoftphoneLayoutWish, StatedConfirmation, Way,
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

/// Where the calling user has another softphone layout.
fn of(item: ItemId, desired: &ConnectorWish, past: &Past) -> Verdict {
    let mut state = state();
    let layout = SoftphoneLayout { name: "Standard".to_owned(), call_types: Vec::new() };
    state.softphone = Observed::Seen(Some(layout));
    plan(desired, &state, past).of(item).unwrap().clone()
}

fn wished() -> ConnectorWish {
    let mut desired = desired();
    let mut inbound = CallTypeWish::default();
    inbound.pops[0] = Some(ScreenPop::Nothing);
    desired.softphone_layout = Some(SoftphoneLayoutWish {
        name: "Webex".to_owned(),
        default: true,
        is_default_said: true,
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
    Webex has no API for this list. The list belongs to the Webex organization. The configuration does not say which one (`[webex] org_id`), so a confirmation counts for every Salesforce org in this state directory without that setting.
    Open https://admin.webex.com, Services > Contact Center > Tenant settings > Security, section Content Security Policy Allowed List.
    Enter each of these domains and choose Add:
    - *.force.com
    - *.salesforce.com
    - *.lightning.force.com
    - *.lightning.salesforce.com
    Wait ten minutes for the change to take effect, then have agents sign in again.
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
    assert_eq!(verdict.changes.len(), 2, "what is seen stays to be done");
    let human = verdict.human.unwrap();
    assert!(!human.steps.is_empty());
    assert!(human.confirmed.is_some() && human.sight == Sight::Doubtful && !human.is_settled());
    assert!(verdict.notes[0].is_warning());
    insta::assert_snapshot!(verdict.notes[0].text(), @"Softphone layout: ada confirmed it on 2026-11-22, but the calling user's own differs in Name, Inbound: No matching records. If your agents have a different one, add one of their logins to `softphone_layout.check_users`: what they get then counts.");
}

#[test]
fn where_the_layout_is_not_the_default_what_the_calling_user_has_says_nothing() {
    let mut desired = wished();
    desired.softphone_layout.as_mut().unwrap().default = false;
    let verdict = of(ItemId::SOFTPHONE_LAYOUT, &desired, &said(ItemId::SOFTPHONE_LAYOUT, &desired));
    let human = verdict.human.unwrap();
    assert!(human.is_settled());
    insta::assert_snapshot!(verdict.notes[0].text(), @"Softphone layout: the calling user's own differs in Name, Inbound: No matching records. No API shows what others have.");
}

/// A confirmation in the configuration, of what is wanted now.
fn stated(item: ItemId, desired: &ConnectorWish, of: Confirmed) -> StatedConfirmation {
    let recorded = said(item, desired).confirmations;
    let place = format!("confirmed.{item}");
    StatedConfirmation { said: recorded.entries[0].clone(), of, place }
}

fn stating(stated: StatedConfirmation) -> Past {
    Past { stated: vec![stated], ..Past::default() }
}

#[test]
fn a_confirmation_in_the_configuration_counts_for_its_own_org_and_its_own_tenant() {
    let mut desired = wished();
    let here = Confirmed::Org(state().organization.id);
    let past = stating(stated(ItemId::SOFTPHONE_LAYOUT, &desired, here.clone()));
    let verdict = of(ItemId::SOFTPHONE_LAYOUT, &desired, &past);
    assert_eq!(verdict.human.unwrap().confirmed.unwrap().by, "ada");

    let other = Confirmed::Org(OrgId::parse("00D000000000009AAA").unwrap());
    let past = stating(stated(ItemId::SOFTPHONE_LAYOUT, &desired, other));
    let verdict = of(ItemId::SOFTPHONE_LAYOUT, &desired, &past);
    assert_eq!(verdict.human.unwrap().confirmed, None);
    insta::assert_snapshot!(verdict.notes[0].text(), @"Softphone layout: `confirmed.softphone-layout` of the configuration is for the org 00D000000000009AAA, so it does not count here.");

    let tenant = Confirmed::Tenant("7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10".to_owned());
    let past = stating(stated(ItemId::CSP_ALLOW_LIST, &desired, tenant));
    let nobody = of(ItemId::CSP_ALLOW_LIST, &desired, &past);
    assert_eq!(nobody.human.unwrap().confirmed, None);
    insta::assert_snapshot!(nobody.notes[0].text(), @"CSP allow-list: `confirmed.csp-allow-list` of the configuration does not count, because `webex.org_id` does not say which Webex organization this org works with.");
    desired.webex_org = Some("8c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10".to_owned());
    let another = of(ItemId::CSP_ALLOW_LIST, &desired, &past);
    insta::assert_snapshot!(another.notes[0].text(), @"CSP allow-list: `confirmed.csp-allow-list` of the configuration is for the Webex organization 7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10, so it does not count for 8c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10.");
    desired.webex_org = Some("7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10".to_owned());
    let own = of(ItemId::CSP_ALLOW_LIST, &desired, &past);
    assert!(own.human.unwrap().confirmed.is_some() && own.notes.is_empty());

    // What this machine remembers of something else does not hide it.
    let mut past = past;
    past.confirmations.take(Confirmation {
        wanted: "*.other.com".to_owned(),
        at: "2026-11-23T10:00:00Z".parse().unwrap(),
        ..past.stated[0].said.clone()
    });
    let own = of(ItemId::CSP_ALLOW_LIST, &desired, &past);
    assert!(own.human.unwrap().confirmed.is_some() && own.notes.is_empty());

    let mut lapsed = stated(ItemId::SOFTPHONE_LAYOUT, &desired, here);
    lapsed.said.wanted = "Name=Other, default=true".to_owned();
    let verdict = of(ItemId::SOFTPHONE_LAYOUT, &desired, &stating(lapsed));
    assert_eq!(verdict.human.unwrap().confirmed, None);
    assert!(verdict.notes[0].text().contains("no longer what is configured"));
}

#[test]
fn an_uninstall_says_which_lines_it_makes_untrue() {
    let mut desired = wished();
    desired.webex_org = Some("7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10".to_owned());
    let tenant = Confirmed::Tenant("7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10".to_owned());
    let here = Confirmed::Org(state().organization.id);
    let other = Confirmed::Org(OrgId::parse("00D000000000009AAA").unwrap());
    let told = |item, of| {
        let past = stating(stated(item, &desired, of));
        let plan = removal(&desired, &state(), &past, Blockers::Stop);
        let notes = plan.items.into_iter().flat_map(|planned| planned.verdict.notes);
        notes.map(|note| note.text()).filter(|text| text.contains("states")).collect::<Vec<_>>()
    };
    insta::assert_snapshot!(told(ItemId::SOFTPHONE_LAYOUT, here).join("\n"), @"Softphone layout: the configuration states that it is done, in [confirmed.softphone-layout]. Remove that table after the uninstall, or the next installation will skip the item.");
    assert!(told(ItemId::SOFTPHONE_LAYOUT, other).is_empty());
    assert!(told(ItemId::CSP_ALLOW_LIST, tenant).is_empty(), "other orgs work with that list");
}

#[test]
fn the_configuration_takes_a_word_for_every_item_that_can_be_confirmed() {
    let asked: Vec<&str> = ItemId::all()
        .filter(|item| item.about().is_some_and(|about| about.word != Word::NotAsked))
        .map(ItemId::as_str)
        .collect();
    let schema = crate::config::schema();
    let keys = schema["definitions"]["confirmed"]["properties"].as_object().unwrap();
    for item in &asked {
        assert!(
            keys.contains_key(*item),
            "[confirmed.{item}] is unknown to src/config/confirmed.rs"
        );
    }
    assert_eq!(keys.len(), asked.len());
}

#[test]
fn a_persons_word_counts_for_what_was_wanted_then() {
    let mut desired = wished();
    let past = said(ItemId::SOFTPHONE_LAYOUT, &desired);
    desired.softphone_layout.as_mut().unwrap().call_types[0].1.pops[0] = Some(ScreenPop::Search);
    let verdict = of(ItemId::SOFTPHONE_LAYOUT, &desired, &past);
    assert_eq!(verdict.human.unwrap().confirmed, None);
    insta::assert_snapshot!(verdict.notes[0].text(), @"Softphone layout: what ada confirmed on 2026-11-22 is no longer what is configured.");
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

/// What an uninstall wants of the layout that was made for the connector, and that the calling user does not see.
fn left_behind(desired: &ConnectorWish, past: &Past) -> Verdict {
    let mut past = past.clone();
    past.baseline = recorded_by(desired, &made());
    let state = org_of(None);
    removal(desired, &state, &past, Blockers::Stop).of(ItemId::SOFTPHONE_LAYOUT).unwrap().clone()
}

#[test]
fn a_word_about_what_is_set_up_says_nothing_of_what_is_taken_out() {
    let desired = wished();
    let item = ItemId::SOFTPHONE_LAYOUT;
    let installed = said(item, &desired);
    let human = left_behind(&desired, &installed).human.unwrap();
    assert_eq!((human.confirmed, human.sight), (None, Sight::Nothing));
    assert!(human.unseen.is_some());

    let (_, wanted) = confirmable(item, &desired, Way::Remove).unwrap();
    let mut word = installed.confirmations.entries[0].clone();
    word.wanted = wanted;
    let mut past = Past::default();
    past.removed.take(word);
    let verdict = left_behind(&desired, &past);
    assert!(verdict.human.unwrap().is_settled());
    assert_eq!((verdict.changes, verdict.notes), (Vec::new(), Vec::new()));
    // Nor the other way round.
    assert_eq!(of(item, &desired, &past).human.unwrap().confirmed, None);
    // Another name is another layout.
    past.removed.entries[0].wanted = "removed: Other".to_owned();
    let verdict = left_behind(&desired, &past);
    assert!(!verdict.human.unwrap().is_settled());
    assert!(verdict.notes[0].text().contains("no longer what is configured"));
}
