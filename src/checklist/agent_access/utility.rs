//! Items of the utility bar of an app of one's own: the phone, and Omni-Channel where states are synchronised.
//!
//! A package's app and Salesforce's own are never changed, and neither is a bar that another app shows too.
//! What else is in a bar stays, in its order.

use super::phone::{Phone, is_meant};
use crate::checklist::settings::syncs_states;
use crate::checklist::{Case, Change, ItemId, Kept, Now, Verdict, another_in_use};
use crate::model::{
    App, Baseline, Before, Look, OMNI_CHANNEL, OrgState, SOFTPHONE, Target, UtilityBar, Value,
};

/// What a bar of one's own is to get.
#[derive(Default)]
pub(super) struct Added<'a> {
    /// The app that gets the phone.
    pub(super) phone: Option<&'a App>,
    /// Whether it gets Omni-Channel.
    pub(super) omni_channel: bool,
    changes: Vec<Change>,
}

/// What the bar of the configured app is to get, where the configuration has it managed.
pub(super) fn added<'a>(case: Case<'a>, phone: &Phone<'_>) -> Added<'a> {
    let mut added = Added::default();
    let Some((app, bar)) = own_bar(case) else { return added };
    if case.state.refused_bars.contains_key(&bar.qualified()) {
        return added;
    }
    let change = |component: &str| {
        let target = Target::UtilityItem(bar.qualified(), component.to_owned());
        Change::new(ItemId::AGENT_ACCESS, target, None, Some(Value::Given))
    };
    if matches!(phone, Phone::Nowhere) && bar.has_softphone() == Some(false) {
        added.changes.push(change(SOFTPHONE));
        added.phone = Some(app);
    }
    let has_phone = added.phone.is_some() || bar.has_softphone() == Some(true);
    if has_phone && syncs_states(case.desired, case.state) && bar.has_omni_channel() == Some(false)
    {
        added.changes.push(change(omni_channel(case.state)));
        added.omni_channel = true;
    }
    added
}

impl Added<'_> {
    /// Plans it.
    pub(super) fn plan(self, verdict: &mut Verdict) {
        verdict.changes.extend(self.changes);
    }
}

/// The utility bar of the configured app, where it may be changed: both are the org's own, no other app
/// shows the bar, and it is built in a way that is known.
fn own_bar(case: Case<'_>) -> Option<(&App, &UtilityBar)> {
    let wish = case.desired.agent_access.as_ref().filter(|wish| wish.manage)?;
    let name = wish.app.as_deref()?;
    let (apps, bars) = (case.state.apps.seen()?, case.state.utility_bars.seen()?);
    let mut meant = apps.iter().filter(|app| is_meant(app, Some(name)));
    let app = meant.next().filter(|app| meant.next().is_none() && app.namespace.is_none())?;
    let bar = bars.iter().find(|bar| app.has(bar)).filter(|bar| bar.namespace.is_none())?;
    let is_shared = apps.iter().any(|other| other != app && other.has(bar));
    let is_known = bar.page.as_ref().is_some_and(|page| page.without_item(SOFTPHONE).is_some());
    (!is_shared && is_known).then_some((app, bar))
}

/// The component of Omni-Channel, as the org's other utility bars have it.
fn omni_channel(state: &OrgState) -> &str {
    let mut names: Vec<&str> =
        state.utility_bars.iter().flat_map(UtilityBar::omni_channel).collect();
    names.sort_unstable();
    names.dedup();
    match names.as_slice() {
        [only] => only,
        _ => OMNI_CHANNEL,
    }
}

/// What the org has said of a bar that no deploy may change, where the configured app has that one.
pub(super) fn refusal(case: Case<'_>) -> Option<&str> {
    let (_, bar) = own_bar(case)?;
    case.state.refused_bars.get(&bar.qualified()).map(String::as_str)
}

/// The items that are there as the configuration wants them.
pub(super) fn in_place(case: Case<'_>) -> Vec<Kept> {
    let Some((_, bar)) = own_bar(case) else { return Vec::new() };
    let omni = bar.omni_channel().next().filter(|_| syncs_states(case.desired, case.state));
    let phone = bar.has_softphone().unwrap_or_default().then_some(SOFTPHONE);
    let kept = |component: &str| Kept {
        item: ItemId::AGENT_ACCESS,
        target: Target::UtilityItem(bar.qualified(), component.to_owned()),
        value: Value::Given,
    };
    phone.into_iter().chain(omni).map(kept).collect()
}

/// Whether the baseline has an item of a utility bar.
pub(super) fn is_recorded(baseline: &Baseline) -> bool {
    let mut entries = baseline.of_item(ItemId::AGENT_ACCESS.as_str());
    entries.any(|entry| matches!(entry.target, Target::UtilityItem(..)))
}

/// What the absence of the items wants: what we have put into a bar goes, and what we have taken out comes
/// back. Whatever else people have done to it stays.
pub(super) fn removal(case: Case<'_>, verdict: &mut Verdict) {
    for entry in case.baseline.of_item(ItemId::AGENT_ACCESS.as_str()) {
        let Target::UtilityItem(name, component) = &entry.target else { continue };
        let (from, to) = match (&entry.before, &entry.ours) {
            (Before::Known(None), Some(_)) => (Some(Value::Given), None),
            (Before::Known(Some(_)), None) => (None, Some(Value::Given)),
            _ => continue,
        };
        let held = match now(case.state, &entry.target) {
            Now::Unseen if !case.state.utility_bars.is_seen() => {
                verdict.ask(Look::UtilityBars);
                continue;
            }
            Now::Unseen => {
                verdict.warn(format!(
                    "The org does not show what is in the utility bar {name}. If {component} is still there, \
                     remove it in Setup > App Manager > Edit (the app) > Utility Items (Desktop Only)."
                ));
                continue;
            }
            Now::Gone => continue,
            Now::Held(held) => held,
        };
        if held.is_some() != from.is_some() {
            continue;
        }
        if let (Some(other), None) = (another_in_use(case.state, &case.recipe().name), &to) {
            verdict.note(format!(
                "{component} stays in the utility bar {name} for {} of the connector, and goes with it.",
                other.data.recipe.title
            ));
            continue;
        }
        let bar = case.state.utility_bars.iter().find(|bar| &bar.qualified() == name);
        let of_bar = case.state.apps.iter().filter(|app| bar.is_some_and(|bar| app.has(bar)));
        if of_bar.count() > 1 {
            verdict.warn(format!(
                "{component} stays in the utility bar {name}, because several apps show that bar by now. If \
                 none of them needs it, remove it in Setup > App Manager > Edit (the app) > Utility Items \
                 (Desktop Only)."
            ));
            continue;
        }
        let page = bar.and_then(|bar| bar.page.as_ref());
        let is_known = page.is_some_and(|page| page.without_item(component).is_some());
        let refused = case.state.refused_bars.get(name);
        if !is_known || refused.is_some() {
            let words = refused.map(|words| format!(" ({})", words.trim_end_matches('.')));
            verdict.warn(format!(
                "No deploy can take {component} out of the utility bar {name}{}. Remove it in Setup > App \
                 Manager > Edit (the app) > Utility Items (Desktop Only).",
                words.unwrap_or_default()
            ));
            continue;
        }
        verdict.changes.push(Change::new(ItemId::AGENT_ACCESS, entry.target.clone(), from, to));
    }
}

/// Whether a bar has an item.
pub(super) fn now(state: &OrgState, target: &Target) -> Now {
    let (Target::UtilityItem(name, component), Some(bars)) = (target, state.utility_bars.seen())
    else {
        return Now::Unseen;
    };
    let Some(bar) = bars.iter().find(|bar| &bar.qualified() == name) else { return Now::Gone };
    match &bar.components {
        Some(found) => Now::Held(found.contains(component).then_some(Value::Given)),
        None => Now::Unseen,
    }
}
