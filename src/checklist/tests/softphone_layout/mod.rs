//! The softphone layout.

mod parting;
mod plan;
mod profiles;
mod record;

use super::fixture::{desired, planned, rows, state};
use super::removal::removed;
use crate::checklist::{
    Action, Change, ItemId, Verdict, baseline_entries, kept_softphone_layout,
    recorded_softphone_layout,
};
use crate::model::{
    Baseline, CallKind, CallTypeLayout, CallTypeWish, ConnectorWish, Observed, OpensIn, OrgState,
    ScreenPop, SetupBefore, SetupWay, SoftphoneLayout, SoftphoneLayoutWish,
};
use std::collections::BTreeMap;

pub(in crate::checklist::tests) fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

pub(in crate::checklist::tests) fn wished() -> ConnectorWish {
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
        is_default_said: true,
        call_types: vec![(CallKind::Inbound, inbound), (CallKind::Outbound, outbound)],
        profiles: Vec::new(),
        check_users: Vec::new(),
        apply: SetupWay::Auto,
    });
    desired
}

/// A layout that is as wished.
pub(in crate::checklist::tests) fn right() -> SoftphoneLayout {
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

pub(in crate::checklist::tests) fn verdict(desired: &ConnectorWish, state: &OrgState) -> Verdict {
    planned(desired, state).of(ItemId::SOFTPHONE_LAYOUT).unwrap().clone()
}

/// What people would read of it.
pub(in crate::checklist::tests) fn told(verdict: &Verdict) -> String {
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
    lines.extend(verdict.notes.iter().map(|note| format!("note: {}", note.text())));
    lines.join("\n")
}

pub(in crate::checklist::tests) fn standard() -> SoftphoneLayout {
    SoftphoneLayout { name: "Standard".to_owned(), ..right() }
}

pub(in crate::checklist::tests) fn org_of(seen: Option<SoftphoneLayout>) -> OrgState {
    let mut state = state();
    state.softphone = Observed::Seen(seen);
    state
}

/// Made for the connector, in the place of another default.
pub(in crate::checklist::tests) fn made() -> SetupBefore {
    let former_default = Some("Standard".to_owned());
    SetupBefore { former_default, made: true, ..SetupBefore::default() }
}

pub(in crate::checklist::tests) fn recorded(before: &SetupBefore) -> Baseline {
    recorded_by(&wished(), before)
}

/// What is written down where a browser had found that before it saved what a configuration wants, and has read it back.
pub(in crate::checklist::tests) fn recorded_by(
    desired: &ConnectorWish,
    before: &SetupBefore,
) -> Baseline {
    let mut baseline = sent_by(desired, before);
    let wish = desired.softphone_layout.as_ref().unwrap();
    keep(&mut baseline, desired, &kept_softphone_layout(wish, None));
    baseline
}

/// What an uninstall wants where a browser had found that before it saved.
pub(in crate::checklist::tests) fn removal(
    before: &SetupBefore,
    seen: Option<SoftphoneLayout>,
) -> Verdict {
    removed(&wished(), &org_of(seen), &recorded(before))
        .of(ItemId::SOFTPHONE_LAYOUT)
        .unwrap()
        .clone()
}

/// A layout of the agents, and what the administrator sees, who has another one.
pub(in crate::checklist::tests) fn of_agents() -> (ConnectorWish, OrgState) {
    let mut desired = wished();
    let wish = desired.softphone_layout.as_mut().unwrap();
    (wish.default, wish.profiles) = (false, names(&["Agent"]));
    let mut state = org_of(Some(standard()));
    state.profile_names = Observed::Seen(BTreeMap::new());
    (desired, state)
}

/// The same before anything was read back.
pub(in crate::checklist::tests) fn sent_by(
    desired: &ConnectorWish,
    before: &SetupBefore,
) -> Baseline {
    let mut baseline = Baseline::default();
    let wish = desired.softphone_layout.as_ref().unwrap();
    let changes = recorded_softphone_layout(wish, before, state().profiles.as_slice());
    keep(&mut baseline, desired, &changes);
    baseline
}

/// Writes changes down.
pub(in crate::checklist::tests) fn keep(
    baseline: &mut Baseline,
    desired: &ConnectorWish,
    changes: &[Change],
) {
    for entry in changes.iter().flat_map(|change| baseline_entries(change, desired, "1")) {
        baseline.record(entry);
    }
}
