//! What the user may use: a seat of the package, permission sets, what state sync needs.

use std::collections::BTreeSet;

use crate::diagnosis::case::{APPLY, listed};
use crate::diagnosis::{Case, Check, Group, licences, omni_channel};
use crate::model::{Agent, Granted, Holder, Look, Observed, PermissionSet, Refused};

const SEAT: (Group, &str, &str) = (Group::User, "user-licence", "Package licence");
const SETS: (Group, &str, &str) = (Group::User, "user-permission-sets", "Permission sets");
const OMNI: (Group, &str, &str) = (Group::User, "user-omni-channel", "Omni-Channel state sync");

pub(super) fn seat(case: &Case<'_>, agent: &Agent) -> Check {
    let licences = match &case.evidence.licences {
        Observed::Seen(licences) => licences,
        Observed::Refused(Refused { words, .. }) => return Check::unknown(SEAT, words),
        Observed::Unasked => return Check::untold(SEAT, "Nobody has asked the org."),
    };
    let Some(licence) = licences::of(case, licences).filter(|licence| licence.allowed.is_some())
    else {
        if let Some(words) = case.refused(&[Look::Packages]) {
            return Check::unknown(SEAT, words);
        }
        return Check::ok(SEAT, "The package has no seats: whoever is in the org may use it.");
    };
    match &agent.seats {
        Observed::Seen(seats)
            if seats.iter().any(|seat| seat.get(..15) == licence.id.get(..15)) =>
        {
            Check::ok(SEAT, "The user has a seat.")
        }
        Observed::Seen(_) => Check::problem(
            SEAT,
            format!("{} has no licence of the package, which is given user by user.", agent.name),
        )
        .fix("Setup > Installed Packages > Manage Licenses > Add Users."),
        Observed::Refused(Refused { words, .. }) => Check::unknown(SEAT, words),
        Observed::Unasked => Check::untold(SEAT, "Nobody has asked the org."),
    }
}

pub(super) fn permission_sets(case: &Case<'_>, agent: &Agent) -> Check {
    let mut wanted: Vec<&str> = case.recipe().permission_sets.iter().map(String::as_str).collect();
    wanted.extend(case.desired.iter().flat_map(|it| &it.permission_sets).map(String::as_str));
    if wanted.is_empty() {
        return Check::ok(SETS, "The connector needs none.");
    }
    let given = match given(case, agent) {
        Ok(given) => given,
        Err(words) => return Check::unknown(SETS, words),
    };
    let missing: Vec<&str> =
        wanted.into_iter().filter(|name| !given.iter().any(|set| set.is_called(name))).collect();
    if missing.is_empty() {
        return Check::ok(SETS, "The user has all that are wanted.");
    }
    Check::problem(SETS, format!("{} lacks {}.", agent.name, listed(&missing))).fix(APPLY)
}

pub(super) fn omni_channel(case: &Case<'_>, agent: &Agent) -> Check {
    let Some(class) = omni_channel::needed(case) else {
        return Check::ok(OMNI, "Not switched on in the call center.");
    };
    let Some(omni) = case.state.omni.seen() else {
        return Check::untold(OMNI, "The org does not show who may use the class.");
    };
    let given = match given(case, agent) {
        Ok(given) => given,
        Err(words) => return Check::unknown(OMNI, words),
    };
    let sets: BTreeSet<String> = given.iter().map(|set| set.qualified()).collect();
    let has = |holder: &Holder| match holder {
        Holder::Profile(profile) => agent.profile.as_ref() == Some(profile),
        Holder::PermissionSet(name) => sets.contains(name),
    };
    let to = Granted::ApexClass(class.clone());
    if !omni.access.iter().any(|access| access.to == to && has(&access.holder)) {
        return Check::warning(
            OMNI,
            format!("{} may not use the Apex class {class}: states do not follow.", agent.name),
        )
        .fix(APPLY);
    }
    let status = |to: &Granted| matches!(to, Granted::PresenceStatus(_));
    if omni.shows_statuses()
        && !omni.access.iter().any(|access| status(&access.to) && has(&access.holder))
    {
        return Check::warning(OMNI, format!("{} may take no presence status.", agent.name))
            .fix(APPLY);
    }
    Check::ok(OMNI, "The user may use the class and take a presence status.")
}

/// The user's permission sets, as far as people give them; the org's words where it does not tell.
fn given<'a>(case: &'a Case<'_>, agent: &'a Agent) -> Result<Vec<&'a PermissionSet>, &'a str> {
    let ids = match &agent.permission_sets {
        Observed::Seen(ids) => ids,
        Observed::Refused(Refused { words, .. }) => return Err(words),
        Observed::Unasked => return Err("nobody has asked it"),
    };
    let sets = case.state.permission_sets.iter();
    Ok(sets.filter(|set| ids.contains(&set.id)).collect())
}
