//! What the user may use: a seat of the package, permission sets, what state sync needs.

use std::collections::BTreeSet;

use crate::checklist::omni_sync::{status_needed, switched_on};
use crate::checklist::package::{licences_of, several_licences};
use crate::checklist::permission_set::packaged;
use crate::checklist::{Check, Checkup, Group, Topic, run_apply};
use crate::diagnosis::names::listed;
use crate::model::{
    Agent, Granted, Holder, Look, Observed, PackageLicence, PermissionSet, Refused,
};

const SEAT: Topic<'static> = Topic::new(Group::User, 0, "user-licence", "Package licence");
const SETS: Topic<'static> = Topic::new(Group::User, 0, "user-permission-sets", "Permission sets");
const OMNI: Topic<'static> =
    Topic::new(Group::User, 0, "user-omni-channel", "Omni-Channel state sync");

pub(super) fn check_seat(checkup: &Checkup<'_>, agent: &Agent) -> Check {
    let licences = match &checkup.evidence.licences {
        Observed::Seen(licences) => licences,
        Observed::Refused(Refused { words, .. }) => return Check::hidden(SEAT, words),
        Observed::Unasked => return Check::unknown(SEAT, "Not checked."),
    };
    let own = licences_of(checkup, licences);
    let of_seats: Vec<_> = own.iter().filter(|licence| licence.allowed.is_some()).collect();
    if of_seats.is_empty() {
        if let Some(words) = checkup.refused(&[Look::Packages]) {
            return Check::hidden(SEAT, words);
        }
        return Check::ok(SEAT, "The package has no seats: everybody in the org may use it.");
    }
    let has = |seats: &[String], licence: &PackageLicence| {
        seats.iter().any(|seat| seat.get(..15) == licence.id.get(..15))
    };
    match &agent.seats {
        Observed::Seen(seats)
            if own.iter().all(|licence| licence.allowed.is_none() || has(seats, licence)) =>
        {
            Check::ok(SEAT, "The user has a seat.")
        }
        Observed::Seen(seats)
            if own.len() > 1
                && own.iter().any(|licence| licence.allowed.is_none() || has(seats, licence)) =>
        {
            Check::unknown(SEAT, several_licences(own.len()))
        }
        Observed::Seen(_) => Check::problem(
            SEAT,
            format!(
                "{} has no licence for the package, which is assigned to single users.",
                agent.name
            ),
        )
        .step("Setup > Installed Packages > Manage Licenses > Add Users."),
        Observed::Refused(Refused { words, .. }) => Check::hidden(SEAT, words),
        Observed::Unasked => Check::unknown(SEAT, "Not checked."),
    }
}

pub(super) fn check_permission_sets(checkup: &Checkup<'_>, agent: &Agent) -> Check {
    let recipe = checkup.recipe();
    let wanted: Vec<&str> =
        checkup.desired.iter().flat_map(|it| &it.permission_sets).map(String::as_str).collect();
    if wanted.is_empty() && recipe.permission_sets.is_empty() {
        return Check::ok(SETS, "The connector needs none.");
    }
    let given = match list_given(checkup, agent) {
        Ok(given) => given,
        Err(words) => return Check::hidden(SETS, words),
    };
    let of_package = |name: &&str| {
        let sets = packaged(checkup.state.permission_sets.as_slice(), recipe, name);
        !given.iter().any(|given| sets.iter().any(|set| set.id == given.id))
    };
    let names = recipe.permission_sets.iter().map(String::as_str).filter(of_package);
    let others = wanted.into_iter().filter(|name| !given.iter().any(|set| set.is_called(name)));
    let missing: Vec<&str> = names.chain(others).collect();
    if missing.is_empty() {
        return Check::ok(SETS, "The user has all required permission sets.");
    }
    Check::problem(SETS, format!("{} lacks {}.", agent.name, listed(&missing))).step(run_apply())
}

pub(super) fn check_omni_channel(checkup: &Checkup<'_>, agent: &Agent) -> Check {
    let Some(recipe) = switched_on(checkup) else {
        return Check::ok(OMNI, "Not switched on in the call center.");
    };
    let Some(omni) = checkup.state.omni.seen() else {
        return Check::unknown(OMNI, "The org does not show who has access to what it needs.");
    };
    let given = match list_given(checkup, agent) {
        Ok(given) => given,
        Err(words) => return Check::hidden(OMNI, words),
    };
    let sets: BTreeSet<String> = given.iter().map(|set| set.qualified()).collect();
    let has = |holder: &Holder| match holder {
        Holder::Profile(profile) => agent.profile.as_ref() == Some(profile),
        Holder::PermissionSet(name) => sets.contains(name),
    };
    let may = |to: &Granted| omni.access.iter().any(|it| it.to == *to && has(&it.holder));
    let class = recipe.code.as_ref().map(|code| &code.class.name);
    if let Some(class) = class.filter(|class| !may(&Granted::ApexClass((*class).clone()))) {
        return Check::warning(
            OMNI,
            format!("{} may not use the Apex class {class}: states do not follow.", agent.name),
        )
        .step(run_apply());
    }
    let needed = match status_needed(checkup) {
        Some(Ok(status)) => Some(status),
        Some(Err(label)) if checkup.state.presence_statuses.is_seen() => {
            let text = format!(
                "This org has no presence status \"{label}\", which the call center names: states do \
                 not follow."
            );
            return Check::warning(OMNI, text).step("Create it in Setup > Presence Statuses.");
        }
        Some(Err(_)) | None => None,
    };
    if class.is_none() && !omni.shows_statuses() {
        return Check::unknown(OMNI, "The org does not show who may take presence statuses.");
    }
    let status = |to: &Granted| matches!(to, Granted::PresenceStatus(_));
    if omni.shows_statuses()
        && !omni.access.iter().any(|access| status(&access.to) && has(&access.holder))
    {
        return Check::warning(OMNI, format!("{} may take no presence status.", agent.name))
            .step(run_apply());
    }
    let is_denied = |api_name: &str| {
        omni.shows_statuses() && !may(&Granted::PresenceStatus(api_name.to_owned()))
    };
    if let Some(status) = needed.filter(|status| is_denied(&status.api_name)) {
        let text = format!("{} may not take the presence status \"{}\".", agent.name, status.label);
        return Check::warning(OMNI, text).step(run_apply());
    }
    Check::ok(
        OMNI,
        match class {
            Some(_) => "The user may use the class and take a presence status.",
            None => "The user may take the presence status.",
        },
    )
}

/// The user's permission sets, as far as people give them; the org's words where it does not tell.
fn list_given<'a>(
    checkup: &'a Checkup<'_>,
    agent: &'a Agent,
) -> Result<Vec<&'a PermissionSet>, &'a str> {
    let ids = match &agent.permission_sets {
        Observed::Seen(ids) => ids,
        Observed::Refused(Refused { words, .. }) => return Err(words),
        Observed::Unasked => return Err("nobody has asked it"),
    };
    let sets = checkup.state.permission_sets.iter();
    Ok(sets.filter(|set| ids.contains(&set.id)).collect())
}
