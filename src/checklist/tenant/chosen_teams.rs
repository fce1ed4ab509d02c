//! What concerns every item that is about the chosen teams, and is said once.

use super::TenantCase;
use crate::checklist::names::{Unknown, listed};
use crate::checklist::{ItemId, PlannedItem, Selection, Stop};
use crate::model::{Observed, TeamRow, nearest};

/// The key that names the teams.
const TEAMS: &str = "webex.teams";

/// The items that are about the teams, or their agents.
pub(super) const OF_TEAMS: [ItemId; 4] =
    [ItemId::DESKTOP_LAYOUT, ItemId::TEAMS, ItemId::IDLE_CODES, ItemId::OUTDIAL];

/// The items that are about desktop profiles of the teams' agents.
const OF_PROFILES: [ItemId; 2] = [ItemId::IDLE_CODES, ItemId::OUTDIAL];

/// Names of teams that there are not. Where the teams were not seen, nobody knows.
pub(super) fn unknown(case: &TenantCase<'_>) -> Vec<Stop> {
    let Observed::Seen(teams) = &case.state.teams else { return Vec::new() };
    let (mut stops, mut lost) = (Vec::new(), Unknown::of(TEAMS));
    for name in &case.wish.teams {
        if !teams.iter().any(|team| &team.name == name) {
            lost.tell(name, &mut stops, || unknown_team(name, teams));
        }
    }
    lost.count_others(&mut stops);
    stops
}

fn unknown_team(name: &str, teams: &[TeamRow]) -> Stop {
    let stop = Stop::configuration(format!(
        "`{TEAMS}` names \"{name}\", but the contact center has no team of that name."
    ))
    .at(TEAMS);
    match nearest(name, teams.iter().map(|team| team.name.as_str())) {
        Some(near) => stop.hint(format!("Did you mean \"{near}\"?")),
        None => stop.hint("Control Hub lists them under Contact Center > Teams."),
    }
}

/// Says that no desktop profile was compared where the teams have none: "as configured" would say that some
/// were.
pub(super) fn tell_of_nobody(
    case: &TenantCase<'_>,
    selection: &Selection,
    items: &mut [PlannedItem],
) {
    let (wish, state) = (case.wish, case.state);
    let is_wanted = |item: ItemId| match item {
        ItemId::IDLE_CODES => wish.idle_codes.is_some() && selection.has(item),
        _ => wish.outdial.is_some() && selection.has(item),
    };
    let is_seen = state.teams.seen().is_some()
        && state.agents.seen().is_some()
        && state.agent_profiles.seen().is_some();
    let mut of_profiles =
        items.iter_mut().filter(|it| OF_PROFILES.contains(&it.item) && is_wanted(it.item));
    let Some(first) = of_profiles.next().filter(|_| is_seen && case.profiles().is_empty()) else {
        return;
    };
    let noun = if wish.teams.len() == 1 { "team" } else { "teams" };
    let teams = format!("{noun} {}", listed(&wish.teams));
    first.verdict.warn(if wish.teams.is_empty() {
        format!("`{TEAMS}` names no team, so no desktop profile was compared.")
    } else if case.agents().is_empty() {
        format!("No active agent is in the {teams}, so no desktop profile was compared.")
    } else {
        format!("Nobody in the {teams} has a desktop profile, so none was compared.")
    });
}
