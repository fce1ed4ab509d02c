//! What a deploy holds that is written into files: the whole configuration, or what an org lacks of it.

use super::{Blockers, Case, Change, Intent, ItemId, Past, Plan, PlannedItem, Stage, settings};
use crate::model::{ConnectorWish, OrgState, Target, Wave, Way};

const DEPLOY: Stage = Stage { wave: Wave::Deploy, way: Way::Build };

/// What a deploy of the whole configuration makes of an org: the changes of its plan, and what is in
/// place already, each as a change of a value to itself.
pub fn whole(desired: &ConnectorWish, state: &OrgState, past: &Past, plan: &Plan) -> Vec<Change> {
    let baseline = &past.baseline.of_recipe(&desired.recipe.name);
    let desired = settings::with_former_values(desired, state, baseline);
    let case = Case { desired: &desired, state, baseline, blockers: Blockers::default() };
    plan.items.iter().flat_map(|planned| of_item(planned, case)).collect()
}

/// What an org lacks of that. What makes room for another version of the package is not in it: the org
/// has that version when the files are deployed.
pub fn lacking(plan: &Plan) -> Vec<Change> {
    plan.changes().filter(|change| change.stage() == Some(DEPLOY)).cloned().collect()
}

fn of_item(planned: &PlannedItem, case: Case<'_>) -> Vec<Change> {
    let verdict = &planned.verdict;
    if verdict.is_held() || verdict.hold.is_some() {
        return Vec::new();
    }
    let built = || verdict.changes.iter().filter(|change| change.way == Way::Build);
    let is_changed = |target: &Target| built().any(|it| it.target().is_same_place(target));
    let in_place = planned.item.item().map(|item| item.in_place(case)).unwrap_or_default();
    let in_place = in_place
        .into_iter()
        .filter(|kept| kept.target.wave() == Some(DEPLOY.wave) && !is_changed(&kept.target))
        .map(|kept| {
            Change::new(kept.item, kept.target, Some(kept.value.clone()), Some(kept.value))
        });
    let changed = built().filter(|it| it.is_ours() && it.stage() == Some(DEPLOY)).cloned();
    in_place.chain(changed).collect()
}

/// What is wanted and is in no deploy, as sentences.
pub fn beyond_deploy(desired: &ConnectorWish, past: &Past, plan: &Plan) -> Vec<String> {
    let baseline = &past.baseline.of_recipe(&desired.recipe.name);
    let intent = Intent { desired, baseline, way: Way::Build };
    let mut told = Vec::new();
    let region = |change: &Change| matches!(change.target(), Target::RegionalValue(..));
    if plan.changes().any(region) {
        told.push(
            "Not in the folder: the region's values. Install the package and export again: only \
            then can provision see where they belong."
                .to_owned(),
        );
    }
    let titles = |is_one: &dyn Fn(&PlannedItem) -> bool| -> Vec<&str> {
        plan.items.iter().filter(|it| is_one(it)).map(|it| it.item.title()).collect()
    };
    let is_wanted = |item: ItemId| item.item().is_some_and(|it| !it.looks(&intent).is_empty());
    let of_apply = titles(&|planned| {
        let wave = planned.item.about().and_then(|about| about.wave);
        matches!(wave, Some(Wave::Package | Wave::Records)) && is_wanted(planned.item)
    });
    if !of_apply.is_empty() {
        told.push(format!(
            "Not in the folder: {}. {}; use `apply`.",
            of_apply.join(", "),
            match of_apply.len() {
                1 => "It cannot be deployed",
                _ => "They cannot be deployed",
            }
        ));
    }
    let of_person =
        titles(&|planned| planned.verdict.human.as_ref().is_some_and(|human| !human.is_settled()));
    if !of_person.is_empty() {
        told.push(format!(
            "Not in the folder: {}. {}; see `todo`.",
            of_person.join(", "),
            match of_person.len() {
                1 => "This is a manual step",
                _ => "These are manual steps",
            }
        ));
    }
    told
}
