//! The package's Task page layout.

use crate::checklist::check::plan_then_apply;
use crate::checklist::names::counted;
use crate::checklist::{Check, Checkup, Group, ItemId, Topic, run_apply};
use crate::model::Look;

const TOPIC: Topic<'static> = Topic::new(Group::People, 30, "task-layout", "Task page layout");

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    let recipe = checkup.recipe();
    if recipe.task_layout.is_none() {
        return Check::ok(TOPIC, format!("{} of the connector brings none.", recipe.title));
    }
    if let Some(words) = checkup.refused(&[
        Look::LayoutAssignments,
        Look::Layouts,
        Look::Profiles,
        Look::RecordTypes,
    ]) {
        return Check::hidden(TOPIC, words);
    }
    if checkup.lacks_package() {
        return Check::ok(TOPIC, "It comes with the package.");
    }
    let pending = checkup.count_pending(ItemId::TASK_LAYOUT);
    if pending > 0 {
        let assignments = counted(pending, "assignment is", "assignments are");
        return Check::warning(TOPIC, format!("{assignments} not as configured."))
            .steps(plan_then_apply(" shows which."));
    }
    let old: Vec<&str> = checkup
        .inventory
        .task_layouts
        .iter()
        .filter(|layout| layout.outdated && !layout.profiles.is_empty())
        .map(|layout| layout.layout.as_str())
        .collect();
    if !old.is_empty() {
        return Check::warning(
            TOPIC,
            format!("An outdated layout of the package is in use: {}.", old.join(", ")),
        )
        .step(
            "Setup > Object Manager > Task > Page Layouts > Page Layout Assignment shows by whom.",
        );
    }
    let current = checkup.inventory.task_layouts.iter().filter(|layout| !layout.outdated);
    let profiles: usize = current.map(|layout| layout.profiles.len()).sum();
    if profiles == 0 {
        return Check::warning(
            TOPIC,
            "No profile uses the package's layout, so agents do not see its fields.",
        )
        .step("Name profiles under [task_layout] of the configuration.")
        .step(run_apply());
    }
    let profiles = counted(profiles, "profile uses", "profiles use");
    Check::ok(TOPIC, format!("{profiles} the package's layout."))
}
