//! What the item wants.

use std::collections::BTreeSet;

use super::lacks::{groups, untold};
use super::needs::{Need, needs, objects, unknown_names};
use super::phone::{self, Phone};
use super::{set, told, utility};
use crate::checklist::names::{counted, listed};
use crate::checklist::settings::syncs_states;
use crate::checklist::{Case, Human, Intent, Kept, Verdict, package};
use crate::model::{AgentAccess, ConnectorWish, Granted, Has, Look, Seats, User, Way};

/// What the item has to see.
pub(super) fn looks(intent: &Intent<'_>) -> Vec<Look> {
    let Intent { desired, baseline, way } = intent;
    match way {
        Way::Build if desired.agent_access.is_some() => vec![
            Look::CallCenters,
            Look::Profiles,
            Look::Users,
            Look::Packages,
            Look::CallCenter,
            Look::AgentAccess,
        ],
        Way::Remove if utility::is_recorded(baseline) => vec![
            Look::PermissionSets,
            Look::AgentAccess,
            Look::CallCenters,
            Look::Users,
            Look::Apps,
            Look::UtilityBars,
        ],
        Way::Remove if set::is_recorded(baseline) => {
            vec![Look::PermissionSets, Look::AgentAccess]
        }
        Way::Build | Way::Remove => Vec::new(),
    }
}

/// What it looks at to say more: whether an app has the phone, and which record opens for unknown callers.
pub(super) fn glances(intent: &Intent<'_>) -> Vec<Look> {
    match intent.way {
        Way::Build if intent.desired.agent_access.is_some() => {
            vec![Look::Apps, Look::UtilityBars, Look::Softphone]
        }
        Way::Build | Way::Remove => Vec::new(),
    }
}

/// What the item wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let Case { desired, state, .. } = case;
    let mut verdict = Verdict::default();
    set::tell_of_rest(&mut verdict, case);
    let Some(wish) = &desired.agent_access else { return verdict };
    let Some(access) = state.agent_access.seen() else {
        verdict.ask(Look::AgentAccess);
        return verdict;
    };
    verdict.stops.extend(unknown_names(desired, state, package::is_done(desired, state)));
    for object in objects(desired, state).iter().filter(|object| state.lacks_object(object)) {
        verdict.note(format!(
            "The org has no object {object}, or does not show it: agents' access to it is left out."
        ));
    }
    let needs = needs(desired, state);
    if needs.iter().any(|need| !access.asked.contains(&need.granted)) {
        // What is needed follows from what was seen since.
        verdict.ask(Look::AgentAccess);
    }
    let users: Vec<&User> = state
        .users
        .iter()
        .filter(|user| !user.chosen_by.is_empty() && user.active && user.standard)
        .collect();
    let mut phone = phone::find(desired, state);
    let added = utility::added(case, &phone);
    let has_omni_channel = added.omni_channel;
    if let Some(app) = added.phone {
        phone = Phone::In(vec![app]);
    }
    added.plan(&mut verdict);
    let mut given = BTreeSet::new();
    if wish.manage {
        given = to_give(desired, &needs, &phone);
        set::plan(&mut verdict, case, access, &given);
    }
    let groups = groups(state, access, &users, &needs, &given);
    let untold = untold(access, &users, &needs);
    if !untold.is_empty() && !wish.manage {
        verdict.warn(format!(
            "What {} may do could not be determined: they are in permission set groups that this \
            org does not show.",
            listed(&untold)
        ));
    }
    let mut human = told::human(&groups, &state.organization.instance_url);
    seats(&mut human, case, access, &users);
    if access.seats == Seats::Unseen && !users.is_empty() {
        verdict.note("The org did not show who has a licence of the package.");
    }
    app(&mut human, &mut verdict, case, access, &users, &phone, &given);
    if !has_omni_channel {
        omni_channel(&mut verdict, case, &phone);
    }
    verdict.human = (!human.steps.is_empty()).then_some(human);
    if verdict.human.is_none() && verdict.changes.is_empty() && !users.is_empty() {
        let (objects, fields) = told::extent(&needs);
        verdict.note(format!(
            "Checked for {}: access to {objects} and {fields}.",
            counted(users.len(), "agent", "agents")
        ));
    }
    verdict
}

/// What our permission set gives.
fn to_give(desired: &ConnectorWish, needs: &[Need], phone: &Phone<'_>) -> BTreeSet<Granted> {
    let mut given: BTreeSet<Granted> = needs.iter().map(|need| need.granted.clone()).collect();
    if let Phone::In(apps) = phone
        && let Some(app) = phone::to_give(desired, apps)
    {
        given.insert(phone::access(app));
    }
    given
}

/// Our permission set and the items of a utility bar, where the configuration wants them and they are there.
pub(super) fn in_place(case: Case<'_>) -> Vec<Kept> {
    let Case { desired, state, .. } = case;
    if !desired.agent_access.as_ref().is_some_and(|wish| wish.manage) {
        return Vec::new();
    }
    let given = to_give(desired, &needs(desired, state), &phone::find(desired, state));
    let set = state.agent_access.seen().and_then(|access| set::in_place(case, access, &given));
    set.into_iter().chain(utility::in_place(case)).collect()
}

/// Who has no seat of the package. Before there is one, nobody has.
fn seats(human: &mut Human, case: Case<'_>, access: &AgentAccess, users: &[&User]) {
    if !package::is_done(case.desired, case.state) {
        return;
    }
    let without: Vec<&str> = users
        .iter()
        .filter(|user| !access.seats.has(&user.id))
        .map(|user| user.username.as_str())
        .collect();
    if !without.is_empty() {
        told::seats(human, &without, &case.state.organization.instance_url);
    }
}

/// Whether agents have Omni-Channel beside the phone, where their states are synchronised with it.
fn omni_channel(verdict: &mut Verdict, case: Case<'_>, phone: &Phone<'_>) {
    let Case { desired, state, .. } = case;
    let Phone::In(apps) = phone else { return };
    if !syncs_states(desired, state) {
        return;
    }
    let without = phone::without_omni_channel(state, apps);
    if !without.is_empty() {
        verdict.warn(format!(
            "State sync is on, and agents do not find Omni-Channel beside the phone: it is not in the utility \
             bar of {}. Add it in Setup > App Manager > Edit (the app) > Utility \
             Items (Desktop Only).",
            listed(&without)
        ));
    }
}

/// Whether agents see an app with the phone.
fn app(
    human: &mut Human,
    verdict: &mut Verdict,
    case: Case<'_>,
    access: &AgentAccess,
    users: &[&User],
    phone: &Phone<'_>,
    given: &BTreeSet<Granted>,
) {
    let url = &case.state.organization.instance_url;
    match phone {
        Phone::NoApp(stop) if package::is_done(case.desired, case.state) => {
            verdict.stops.push((**stop).clone());
        }
        // The package may bring it, or not.
        Phone::NoApp(_) => verdict.note(format!(
            "The org has no Lightning app \"{}\" yet. If the package does not bring it, the run stops after the \
             installation.",
            named_app(case)
        )),
        Phone::Nowhere if !package::is_done(case.desired, case.state) => {
            if is_managed(case) {
                verdict.warn(format!(
                    "provision cannot add the phone to the utility bar of the app \"{}\". Once the package is \
                     installed, the steps for doing it by hand are listed.",
                    named_app(case)
                ));
            }
        }
        Phone::Nowhere => {
            let wish = case.desired.agent_access.as_ref();
            told::no_phone(human, wish, utility::refusal(case), url);
        }
        Phone::In(apps) if access.shows_apps() => {
            let any: Vec<Granted> = apps.iter().map(|app| phone::access(app)).collect();
            if any.iter().any(|app| given.contains(app)) {
                return;
            }
            let blind: Vec<&str> = users
                .iter()
                .filter(|user| access.has(&user.id, user.profile.as_ref(), &any) == Has::No)
                .map(|user| user.username.as_str())
                .collect();
            if !blind.is_empty() {
                told::no_app(human, &blind, apps, url);
            }
        }
        Phone::In(_) if !users.is_empty() => {
            verdict.note("The org did not show which apps agents see.");
        }
        Phone::Unseen if is_managed(case) => {
            verdict.warn(
                "The org does not show what is in the utility bar of the configured app, so provision cannot \
                 tell whether the phone is in it. Look in Setup > App Manager > Edit (the app) > Utility Items (Desktop Only).",
            );
        }
        Phone::In(_) | Phone::Unseen => {}
    }
}

fn named_app(case: Case<'_>) -> &str {
    let wish = case.desired.agent_access.as_ref();
    wish.and_then(|wish| wish.app.as_deref()).unwrap_or_default()
}

/// Whether the phone is to be put into the bar of an app that the configuration names.
fn is_managed(case: Case<'_>) -> bool {
    let wish = case.desired.agent_access.as_ref();
    wish.is_some_and(|wish| wish.manage && wish.app.is_some())
}
