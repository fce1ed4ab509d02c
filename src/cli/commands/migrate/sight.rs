//! What has to be seen before anybody moves: who is where, the settings that are carried over, and which
//! teams have the connector's desktop layout.

use std::sync::Arc;

use crate::checklist::ItemId;
use crate::cli::context::Context;
use crate::cli::org::Connection;
use crate::cli::survey::{looking, take};
use crate::cli::webex::{self, ToLook};
use crate::config::Loaded;
use crate::definitions::default_recipe;
use crate::engine::{Extent, OrgReport, Survey, TenantExamination, TenantPatient, WhenUnseen};
use crate::failure::Failure;
use crate::journal::Store;
use crate::migration::{Generation, Generations};
use crate::model::{
    Baseline, CallCenter, CallCenterRow, ConnectorWish, OrgState, TenantLook, TenantState,
    TenantWish, User,
};

/// What was seen.
pub(super) struct Sight {
    pub(super) org: OrgReport,
    pub(super) state: Arc<OrgState>,
    pub(super) baseline: Baseline,
    /// The call center of Version 1 whose settings are carried over, or lost where a configuration for
    /// Version 2 holds.
    pub(super) version_1: Option<CallCenter>,
    /// Others of Version 1 in which active users are, each with their number.
    pub(super) others: Vec<(CallCenter, usize)>,
    /// The call center of Version 2, where it is there and anybody moves into it.
    pub(super) version_2: Option<CallCenter>,
    /// The Webex organization, where teams of it may have the connector's layout; else why it was not
    /// seen, where that is worth telling.
    pub(super) tenant: Result<TenantSight, Option<String>>,
}

/// The Webex organization.
pub(super) struct TenantSight {
    pub(super) state: TenantState,
    pub(super) baseline: Baseline,
}

/// What a look is for.
#[derive(Clone, Copy)]
pub(super) struct Purpose<'a> {
    pub(super) loaded: &'a Loaded,
    pub(super) wish: &'a ConnectorWish,
    pub(super) is_back: bool,
    /// The call center of Version 1 that is to be carried over, where somebody has named one.
    pub(super) from: Option<&'a str>,
}

/// Looks at who is where: one request, and on the way to Version 2 one more for each call center with
/// active users.
pub(super) fn look(context: &Context<'_>, purpose: Purpose<'_>) -> Result<Sight, Failure> {
    let Purpose { wish, is_back, .. } = purpose;
    let takes_settings = wish.recipe.name == default_recipe().recipe.name;
    looking(context, async |connection, store| {
        let how = (Extent::People, WhenUnseen::Fails);
        let mut survey = take(context, connection, store, how).await?;
        let baseline = store.org(&survey.org.id).baseline()?;
        let state = survey.state.clone();
        let generations = Generations::find(&state, &baseline, wish);
        let (mut version_1, mut version_2, mut others) = (None, None, Vec::new());
        if !is_back && let Some(row) = generations.version_2.busiest(&state) {
            version_2 = survey.read_call_center(&row.internal_name).await?;
        }
        if !is_back {
            let carried = carried(&generations.version_1, &state, purpose.from)?;
            if let Some(row) = carried {
                version_1 = survey.read_call_center(&row.internal_name).await?;
            }
            if takes_settings && version_2.is_none() {
                let all = generations.version_1.call_centers();
                let rest = all.iter().filter(|row| carried.is_none_or(|it| it.id != row.id));
                others = read_used(&mut survey, &state, rest.copied()).await?;
            }
        }
        let tenant = look_at_tenant(context, connection, store, purpose).await;
        Ok(Sight { org: survey.org, state, baseline, version_1, others, version_2, tenant })
    })
}

/// The call center of Version 1 whose settings are carried over.
fn carried<'a>(
    version_1: &Generation<'a>,
    state: &OrgState,
    from: Option<&str>,
) -> Result<Option<&'a CallCenterRow>, Failure> {
    let Some(name) = from else { return Ok(version_1.busiest(state)) };
    let all = version_1.call_centers();
    if let Some(row) = all.iter().find(|row| row.internal_name == name) {
        return Ok(Some(row));
    }
    let names: Vec<&str> = all.iter().map(|row| row.internal_name.as_str()).collect();
    let failure =
        Failure::usage(format!("--from: this org has no call center \"{name}\" of Version 1."));
    Err(if names.is_empty() {
        failure
    } else {
        failure.hint(format!("It has {}.", names.join(", ")))
    })
}

/// Those of some call centers in which active users are.
async fn read_used(
    survey: &mut Survey<'_>,
    state: &OrgState,
    rows: impl Iterator<Item = &CallCenterRow>,
) -> Result<Vec<(CallCenter, usize)>, Failure> {
    let mut found = Vec::new();
    for row in rows {
        let is_in = |user: &&User| user.active && user.call_center.as_ref() == Some(&row.id);
        let users = state.users.iter().filter(is_in).count();
        if users > 0
            && let Some(read) = survey.read_call_center(&row.internal_name).await?
        {
            found.push((read, users));
        }
    }
    Ok(found)
}

/// Looks at the teams and agents of the Webex organization, where runs have given teams the connector's
/// layout, or on the way back are to give it to them. What keeps it from being seen keeps nobody from
/// moving.
async fn look_at_tenant(
    context: &Context<'_>,
    connection: &Connection,
    store: &Store,
    purpose: Purpose<'_>,
) -> Result<TenantSight, Option<String>> {
    let Purpose { loaded, is_back, .. } = purpose;
    let demo = connection.emulator.as_ref();
    let of_demo = || demo.map(|demo| demo.tenant().1);
    let Some(id) = loaded.desired.tenant_id().map(str::to_owned).or_else(of_demo) else {
        return Err(None);
    };
    let told = |failure: &Failure| Some(failure.message());
    let baseline =
        store.tenant(Some(&id)).baseline().map_err(|error| told(&Failure::from(error)))?;
    let has_given = baseline.of_item(ItemId::TEAMS.as_str()).next().is_some();
    let gives = |wish: &TenantWish| wish.desktop_layout.is_some() && !wish.teams.is_empty();
    let is_of_use =
        if is_back { loaded.desired.tenant.as_ref().is_some_and(gives) } else { has_given };
    if !is_of_use {
        return Err(None);
    }
    let way = webex::connect_to_look(context, Some(loaded), store, demo);
    let client = match way.map_err(|failure| told(&failure))? {
        ToLook::Open(client, _) => client,
        ToLook::NotAsked | ToLook::NoLogin => {
            return Err(Some("Nobody has logged in to the Webex organization.".to_owned()));
        }
    };
    let wish = TenantWish::nothing(&id);
    let looks = [TenantLook::DesktopLayouts, TenantLook::Teams, TenantLook::Agents];
    let patient = TenantPatient { wish: &wish, connectors: &[], looks: &looks };
    let seen = TenantExamination::take(&client, store, patient).await;
    let state = seen.map_err(|failure| told(&failure))?.state;
    match looks.into_iter().find_map(|look| state.refusal(look)) {
        Some(words) => Err(Some(format!("Webex does not show {words}."))),
        None => Ok(TenantSight { state, baseline }),
    }
}
