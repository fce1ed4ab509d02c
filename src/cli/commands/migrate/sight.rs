//! What has to be seen before anybody moves: who is where, and the settings that are carried over.

use std::sync::Arc;

use crate::cli::context::Context;
use crate::cli::survey::survey_of;
use crate::definitions::default_recipe;
use crate::engine::{Extent, OrgReport};
use crate::failure::Failure;
use crate::migration::Generations;
use crate::model::{Baseline, CallCenter, ConnectorWish, OrgState};

/// What was seen.
pub(super) struct Sight {
    pub(super) org: OrgReport,
    pub(super) state: Arc<OrgState>,
    pub(super) baseline: Baseline,
    /// The call center of Version 1 whose settings are carried over, where they are.
    pub(super) version_1: Option<CallCenter>,
    /// The call center of Version 2, where it is there and anybody moves into it.
    pub(super) version_2: Option<CallCenter>,
}

/// Looks at who is where: one request, and on the way to Version 2 one more for each call center.
pub(super) fn look(
    context: &Context<'_>,
    wish: &ConnectorWish,
    is_back: bool,
) -> Result<Sight, Failure> {
    let takes_settings = wish.recipe.name == default_recipe().recipe.name;
    survey_of(context, Extent::People, async |mut survey, store| {
        let baseline = store.org(&survey.org.id).baseline()?;
        let state = survey.state.clone();
        let generations = Generations::find(&state, &baseline, wish);
        let (mut version_1, mut version_2) = (None, None);
        if !is_back && let Some(row) = generations.version_2.busiest(&state) {
            version_2 = survey.read_call_center(&row.internal_name).await?;
        }
        if !is_back
            && takes_settings
            && let Some(row) = generations.version_1.busiest(&state)
        {
            version_1 = survey.read_call_center(&row.internal_name).await?;
        }
        Ok(Sight { org: survey.org, state, baseline, version_1, version_2 })
    })
}
