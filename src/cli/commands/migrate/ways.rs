//! The two ways, each as a readiness and a wish that brings it about.

use std::collections::BTreeSet;

use super::sight::Sight;
use crate::definitions::default_recipe;
use crate::failure::{Failure, Kind};
use crate::migration::{
    Beside, Conversion, Generation, Generations, Movers, OtherCallCenter, Readiness, Settings,
    Teams, Wave, compare, convert, moving_back, moving_forth, to_version_2,
};
use crate::model::{CallCenter, CallCenterRow, Command, ConnectorWish, Hint, OrgState, TenantWish};

/// What a move means, and what is wanted for it.
pub(super) struct Way {
    pub(super) readiness: Readiness,
    pub(super) connector: ConnectorWish,
    pub(super) tenant: Option<TenantWish>,
    /// Whether nobody has named a WebRTC domain that the command could take.
    pub(super) lacks_domain: bool,
}

/// From Version 1 to Version 2.
pub(super) fn forth(
    wish: &ConnectorWish,
    sight: &Sight,
    wave: &Wave,
    webrtc_domain: Option<&str>,
) -> Result<Way, Failure> {
    let Sight { org, state, baseline, .. } = sight;
    let generations = Generations::find(state, baseline, wish);
    if generations.version_1.call_centers().is_empty() {
        return Err(nothing_to_move(&org.name));
    }
    let users = Movers::forth(state, &generations, wave);
    let is_written = wish.recipe.name != default_recipe().recipe.name;
    let there = generations.version_2.busiest(state);
    let (connector, settings) = if is_written {
        // Somebody has written a configuration for Version 2: its settings hold.
        let lost = sight.version_1.as_ref().and_then(convert).unwrap_or_default().only_lost();
        (moving_forth(wish.clone(), &users), Settings::Configured(lost))
    } else {
        if let Some(there) = there {
            is_known(&generations.version_2, there)?;
        }
        let Some(found) = &sight.version_1 else { return Err(nothing_to_move(&org.name)) };
        let conversion = convert(found).ok_or_else(|| {
            Failure::refused(format!("{} is not a call center of Version 1.", found.internal_name))
        })?;
        let found = sight.version_2.as_ref();
        let beside = Beside { conversion: &conversion, there, found, webrtc_domain };
        let connector = to_version_2(wish, &users, beside).ok_or_else(not_whole)?;
        let settings = match there {
            Some(_) => Settings::Kept,
            None => Settings::Converted(conversion),
        };
        (connector, settings)
    };
    let version_2 = &generations.version_2;
    let is_predecessor = |row: &CallCenterRow| version_2.is_named_by_cisco(row);
    one_call_center(&connector, state, version_2, users.arrived.iter(), is_predecessor)?;
    let domain = connector.call_center.definition.setting("webrtc_domain");
    if let (Some(_), None, Some(there)) = (webrtc_domain, domain, there) {
        return Err(Failure::usage(format!(
            "The Version 2 call center in this org, \"{}\", has no setting for a WebRTC domain, so \
             --webrtc-domain cannot be used.",
            there.internal_name
        )));
    }
    let has_domain = domain.is_none_or(|setting| {
        let item = sight.version_2.as_ref().and_then(|found| found.item(&setting.item));
        connector.call_center.values.contains_key(&setting.item)
            || item.is_some_and(|item| !item.value.is_empty())
    });
    let has_layout = connector.softphone_layout.is_some();
    let others = match &settings {
        Settings::Converted(carried) => others(carried, sight),
        Settings::Configured(_) | Settings::Kept => Vec::new(),
    };
    let teams = match &sight.tenant {
        Ok(tenant) => Ok(Teams::forth(state, &users, &tenant.state, &tenant.baseline)),
        Err(why) => Err(why.clone()),
    };
    let tenant = wanted_of_tenant(teams.as_ref().ok(), sight, wish, None);
    let readiness = Readiness::forth(settings, users, has_layout, has_domain);
    let readiness = readiness.beside(others).with_teams(teams);
    let lacks_domain = !has_domain && !is_written;
    Ok(Way { readiness, connector, tenant, lacks_domain })
}

/// The other call centers of Version 1, with what their users find otherwise.
fn others(carried: &Conversion, sight: &Sight) -> Vec<OtherCallCenter> {
    let other = |(found, users): &(CallCenter, usize)| OtherCallCenter {
        call_center: found.internal_name.clone(),
        users: *users,
        differences: convert(found).map(|it| compare(carried, &it)).unwrap_or_default(),
    };
    sight.others.iter().map(other).collect()
}

/// What is wanted of the Webex organization, of which nothing but its teams' layouts is touched.
fn wanted_of_tenant(
    teams: Option<&Teams>,
    sight: &Sight,
    connector: &ConnectorWish,
    own: Option<&TenantWish>,
) -> Option<TenantWish> {
    let tenant = &sight.tenant.as_ref().ok()?.state.tenant;
    teams?.wish(&tenant.id, &connector.region.name, own)
}

/// From Version 2 back to Version 1.
pub(super) fn back(
    wish: &ConnectorWish,
    own: Option<&TenantWish>,
    sight: &Sight,
    wave: &Wave,
) -> Result<Way, Failure> {
    let Sight { org, state, baseline, .. } = sight;
    let generations = Generations::find(state, baseline, wish);
    if generations.version_1.call_centers().is_empty() {
        return Err(Failure::refused(format!(
            "\"{}\" has no call center of Version 1 any more, so nobody can go back to it.",
            org.name
        ))
        .hint("Install Version 1 with its own configuration, then choose its users there."));
    }
    let users = Movers::back(state, &generations, baseline, wave);
    let version_2 = if wish.recipe.name == default_recipe().recipe.name {
        let beside = Beside {
            conversion: &Conversion::default(),
            there: generations.version_2.busiest(state),
            // No setting changes on the way back.
            found: None,
            webrtc_domain: None,
        };
        to_version_2(wish, &users, beside).ok_or_else(not_whole)?
    } else {
        wish.clone()
    };
    let connector = moving_back(version_2, &users);
    let stay = users.waiting.iter().chain(&users.staying);
    one_call_center(&connector, state, &generations.version_2, stay, |_| false)?;
    let teams = match (&sight.tenant, own) {
        (Ok(tenant), Some(own)) => {
            Ok(Teams::back(state, &users, &tenant.state, &tenant.baseline, own))
        }
        (Ok(_), None) => Err(None),
        (Err(why), _) => Err(why.clone()),
    };
    let tenant = wanted_of_tenant(teams.as_ref().ok(), sight, wish, own);
    let readiness = Readiness::back(users, wish, baseline).with_teams(teams);
    Ok(Way { readiness, connector, tenant, lacks_domain: false })
}

fn nothing_to_move(org: &str) -> Failure {
    Failure::refused(format!(
        "\"{org}\" has no call center of Version 1, or does not show its values: there is nothing to \
         move."
    ))
    .hint(Hint::command("", Command::of_org("status"), " tells what is there."))
    .hint(Hint::command(
        "To begin with Version 2:",
        Command::alone("init --recipe webex-v2"),
        "",
    ))
}

fn not_whole() -> Failure {
    Failure::new(Kind::Bug, "The recipe of Version 2 is incomplete.")
}

/// The call center of Version 2 that is there must be one whose definition is known without its
/// configuration.
fn is_known(version_2: &Generation<'_>, there: &CallCenterRow) -> Result<(), Failure> {
    if version_2.is_named_by_cisco(there) {
        return Ok(());
    }
    Err(Failure::refused(format!(
        "The call center of Version 2 in this org, \"{}\", is of a definition of its own, which the \
         configuration of Version 1 does not know.",
        there.internal_name
    ))
    .hint("Name the configuration that it was made with: --config FILE."))
}

/// Whoever stays in Version 2 must be in the call center that is wanted of it, so that nobody is moved
/// from one to another by the way. `is_fine` are call centers whose users follow to the wanted one.
fn one_call_center<'a>(
    wish: &ConnectorWish,
    state: &OrgState,
    version_2: &Generation<'_>,
    staying: impl Iterator<Item = &'a String>,
    is_fine: impl Fn(&CallCenterRow) -> bool,
) -> Result<(), Failure> {
    let wanted = &wish.call_center.definition.call_center.internal_name;
    let staying: BTreeSet<&String> = staying.collect();
    let mut users = state.users.iter().filter(|user| staying.contains(&user.username));
    let elsewhere = users.find_map(|user| {
        let row = version_2.call_center_of(user)?;
        (row.internal_name != *wanted && !is_fine(row)).then_some((&user.username, row))
    });
    let Some((user, row)) = elsewhere else { return Ok(()) };
    Err(Failure::refused(format!(
        "{user} works with Version 2 in the call center \"{}\", and this would move its users to \
         \"{wanted}\".",
        row.internal_name
    ))
    .hint("Name the configuration that wants the call center they are in: --config FILE."))
}
