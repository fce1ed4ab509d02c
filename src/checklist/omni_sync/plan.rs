//! What the item wants.

use super::{access, class};
use crate::checklist::names::listed;
use crate::checklist::settings::{SYNCS_STATES, existing_or_carried, syncs_states};
use crate::checklist::{Intent, Kept, Stop, Verdict};
use crate::model::{
    Baseline, ConnectorWish, Granted, Look, Observed, OmniAccess, OmniRecipe, OrgState,
    PresenceStatus, Way, nearest,
};

/// The settings of the call center that this item follows.
pub(super) const ENABLED: &str = SYNCS_STATES;
pub(super) const STATUS: &str = "omni_sync.presence_status";

/// What the item has to see.
pub(super) fn looks(intent: &Intent<'_>) -> Vec<Look> {
    let mut looks = Vec::new();
    match intent.way {
        Way::Remove => looks.extend([
            Look::Profiles,
            Look::PresenceStatuses,
            Look::PermissionSets,
            Look::OmniSync,
        ]),
        Way::Build => {
            // Whether state sync is on, is a value of the call center.
            looks.push(Look::CallCenter);
            if is_asked_for(intent.desired) {
                looks.extend([Look::PresenceStatuses, Look::OmniSync]);
                if intent.desired.omni_sync.access != OmniAccess::PermissionSet {
                    looks.push(Look::Profiles);
                }
                if intent.desired.omni_sync.access == OmniAccess::PermissionSet {
                    looks.push(Look::PermissionSets);
                }
            }
        }
    }
    looks
}

/// What the item wants.
pub(super) fn plan(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(recipe) = needed(desired, state) else { return verdict };
    let statuses = match &state.presence_statuses {
        Observed::Seen(statuses) => statuses,
        Observed::Refused(refused) if refused.missing => {
            verdict.stops.push(omni_channel_is_off(desired));
            return verdict;
        }
        Observed::Refused(_) | Observed::Unasked => {
            verdict.ask(Look::PresenceStatuses);
            return verdict;
        }
    };
    let labels = wanted_statuses(desired, state);
    for (label, asked_by) in &labels {
        if !statuses.iter().any(|status| &status.label == label) {
            verdict.stops.push(unknown_status(label, asked_by, statuses));
        }
    }
    let Some(omni) = state.omni.seen() else {
        verdict.ask(Look::OmniSync);
        return verdict;
    };
    if let Some(code) = &recipe.code {
        class::plan(&mut verdict, code, omni, baseline);
    }
    access::plan(&mut verdict, desired, state, recipe, omni, baseline);
    verdict
}

/// What of it is in the org.
pub(super) fn in_place(
    desired: &ConnectorWish,
    state: &OrgState,
    baseline: &Baseline,
) -> Vec<Kept> {
    let (Some(recipe), Some(omni)) = (needed(desired, state), state.omni.seen()) else {
        return Vec::new();
    };
    let code = recipe.code.iter();
    let mut in_place: Vec<Kept> =
        code.flat_map(|code| class::in_place(code, omni, baseline)).collect();
    in_place.extend(access::in_place(desired, state, recipe));
    in_place
}

/// Whether the configuration itself switches state sync on. The org's call center may have it on
/// without that.
pub fn is_asked_for(desired: &ConnectorWish) -> bool {
    let wish = &desired.call_center;
    let wanted = wish.definition.setting(ENABLED).and_then(|found| wish.values.get(&found.item));
    wanted.is_some_and(|wanted| wanted.value == "true")
}

/// What state sync needs, where it will be on.
pub(in crate::checklist) fn needed<'a>(
    desired: &'a ConnectorWish,
    state: &OrgState,
) -> Option<&'a OmniRecipe> {
    syncs_states(desired, state).then_some(&desired.recipe.omni_sync)
}

/// What agents need access to, as far as the org has it.
pub(super) fn grants(desired: &ConnectorWish, state: &OrgState) -> Vec<Granted> {
    let code = needed(desired, state).and_then(|recipe| recipe.code.as_ref());
    let class = code.map(|code| code.class.name.clone());
    let statuses = wanted_statuses(desired, state).into_iter().filter_map(|(label, _)| {
        let found = state.presence_statuses.iter().find(|status| status.label == label)?;
        Some(Granted::PresenceStatus(found.api_name.clone()))
    });
    class.map(Granted::ApexClass).into_iter().chain(statuses).collect()
}

/// The value that a setting will have, and what asks for it.
fn setting(desired: &ConnectorWish, state: &OrgState, key: &str) -> Option<(String, String)> {
    let wish = &desired.call_center;
    let item = &wish.definition.setting(key)?.item;
    let effective = wish.effective(existing_or_carried(desired, state).as_ref());
    let value = effective.item(item)?.value.trim().to_owned();
    let asked_by = wish
        .values
        .get(item)
        .map_or_else(|| format!("call_center.{key}"), |wanted| wanted.asked_by.clone());
    Some((value, asked_by))
}

/// Labels of the presence statuses that agents take, each with what asks for it.
fn wanted_statuses(desired: &ConnectorWish, state: &OrgState) -> Vec<(String, String)> {
    let of_call = setting(desired, state, STATUS).filter(|(label, _)| !label.is_empty());
    let mut wanted: Vec<(String, String)> = of_call.into_iter().collect();
    for label in &desired.omni_sync.presence_statuses {
        if !wanted.iter().any(|(known, _)| known == label) {
            wanted.push((label.clone(), "omni_sync.presence_statuses".to_owned()));
        }
    }
    wanted
}

fn omni_channel_is_off(desired: &ConnectorWish) -> Stop {
    let by = if is_asked_for(desired) { "the configuration" } else { "the org's call center" };
    Stop::configuration(format!(
        "State sync is on (`call_center.{ENABLED}`, by {by}), but Omni-Channel is off in this org."
    ))
    .hint(
        "Switch it on in Setup > Omni-Channel Settings > Enable Omni-Channel, create the presence \
         statuses in Setup > Presence Statuses, then run this again.",
    )
    .hint("To turn state sync off, set enabled = false under [call_center.omni_sync].")
}

fn unknown_status(label: &str, asked_by: &str, statuses: &[PresenceStatus]) -> Stop {
    let stop = Stop::configuration(format!(
        "`{asked_by}` names the presence status \"{label}\", which this org does not have."
    ));
    let labels: Vec<&str> = statuses.iter().map(|status| status.label.as_str()).collect();
    let plain = |text: &str| text.trim().to_lowercase();
    let same = labels.iter().copied().find(|known| plain(known) == plain(label));
    let create = format!(
        "Create it in Setup > Presence Statuses > New: the status name is {label}, exactly as the \
         idle code in Webex."
    );
    match same.or_else(|| nearest(label, labels.iter().copied())) {
        Some(near) => {
            stop.hint(format!("Did you mean \"{near}\"? Case and spaces count.")).hint(create)
        }
        None if labels.is_empty() => stop.hint(create).hint("The org has no presence status yet."),
        None => stop.hint(create).hint(format!("The org has {}.", listed(&labels))),
    }
}
