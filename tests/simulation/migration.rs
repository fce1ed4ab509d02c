//! What `provision migrate --to webex-v2` wants of both halves, by what it sees of them.

use jiff::Timestamp;
use provision::checklist::ItemId;
use provision::definitions::{default_recipe, recipes};
use provision::engine::{Extent, Survey, TenantExamination, TenantPatient, WhenUnseen};
use provision::failure::Failure;
use provision::journal::Store;
use provision::migration::{Beside, Generations, Movers, Teams, Wave, convert, to_version_2};
use provision::model::{Desired, TenantLook, TenantWish};

use crate::world::World;

/// What is wanted.
pub(crate) struct Moved {
    pub(crate) desired: Desired,
    /// Why nothing is wanted of the Webex organization though teams have the connector's layout.
    pub(crate) unseen: Option<String>,
}

/// Looks at both services, and gives what is wanted of them.
pub(crate) async fn wanted(
    world: &World,
    client: &salesforce_client::Client,
    webex: &webex_client::Client,
    store: &Store,
    now: Timestamp,
) -> Result<Moved, Failure> {
    let wish = world.wanted.desired.connectors.first().expect("Version 1");
    let own = &default_recipe().recipe;
    let others = recipes().iter().map(|it| &it.recipe).filter(|it| it.name != own.name).collect();
    let how = (Extent::People, WhenUnseen::Fails);
    let mut survey = Survey::take(client, store, None, own, others, how, now).await?;
    let (state, baseline) = (survey.state.clone(), store.org(&survey.org.id).baseline()?);
    let generations = Generations::find(&state, &baseline, wish);
    let there = generations.version_2.busiest(&state);
    let found = match there {
        Some(row) => survey.read_call_center(&row.internal_name).await?,
        None => None,
    };
    let version_1 = match generations.version_1.busiest(&state) {
        Some(row) => survey.read_call_center(&row.internal_name).await?,
        None => None,
    };
    let conversion = version_1.as_ref().and_then(convert);
    let conversion = conversion.ok_or_else(|| Failure::refused("There is nothing to move."))?;
    let users = Movers::forth(&state, &generations, &Wave::default());
    let beside =
        Beside { conversion: &conversion, there, found: found.as_ref(), webrtc_domain: None };
    let connector = to_version_2(wish, &users, beside).expect("a whole recipe");
    let known = store.tenant(Some(&world.tenant)).baseline()?;
    let (mut tenant, mut unseen) = (None, None);
    if known.of_item(ItemId::TEAMS.as_str()).next().is_some() {
        let nothing = TenantWish::nothing(&world.tenant);
        let looks = [TenantLook::DesktopLayouts, TenantLook::Teams, TenantLook::Agents];
        let patient = TenantPatient { wish: &nothing, connectors: &[], looks: &looks };
        // What keeps the Webex organization from being seen keeps nobody from moving.
        match TenantExamination::take(webex, store, patient).await {
            Err(failure) => unseen = Some(failure.message()),
            Ok(seen) => {
                let words = looks.into_iter().find_map(|look| seen.state.refusal(look));
                unseen = words.map(|words| format!("Webex does not show {words}."));
                if unseen.is_none() {
                    let teams = Teams::forth(&state, &users, &seen.state, &known);
                    tenant = teams.wish(&world.tenant, &wish.region.name, None);
                }
            }
        }
    }
    Ok(Moved { desired: Desired { tenant, ..Desired::of(connector) }, unseen })
}
