//! The package's Task page layout.

use super::case::{APPLY, counted};
use super::{Case, Check, Group};
use crate::checklist::ItemId;
use crate::model::Part;

const ABOUT: (Group, &str, &str) = (Group::People, "task-layout", "Task page layout");

pub(super) fn check(case: &Case<'_>) -> Check {
    if let Some(words) = case.refused(&[Part::Layouts, Part::Profiles, Part::RecordTypes]) {
        return Check::unknown(ABOUT, words);
    }
    if case.lacks_package() {
        return Check::ok(ABOUT, "It comes with the package.");
    }
    let pending = case.pending(ItemId::TASK_LAYOUT);
    if pending > 0 {
        let assignments = counted(pending, "assignment is", "assignments are");
        return Check::warning(ABOUT, format!("{assignments} not as configured."))
            .fix(format!("`provision plan` shows which. {APPLY}"));
    }
    let old: Vec<&str> = case
        .inventory
        .task_layouts
        .iter()
        .filter(|layout| layout.outdated && !layout.profiles.is_empty())
        .map(|layout| layout.layout.as_str())
        .collect();
    if !old.is_empty() {
        return Check::warning(
            ABOUT,
            format!("An outdated layout of the package is in use: {}.", old.join(", ")),
        )
        .fix(
            "Setup > Object Manager > Task > Page Layouts > Page Layout Assignment shows by whom.",
        );
    }
    let current = case.inventory.task_layouts.iter().filter(|layout| !layout.outdated);
    let profiles: usize = current.map(|layout| layout.profiles.len()).sum();
    if profiles == 0 {
        return Check::warning(
            ABOUT,
            "No profile uses the package's layout: agents do not see its fields.",
        )
        .fix(
            "Name profiles under [task_layout] of the configuration, then run `provision apply`.",
        );
    }
    let profiles = counted(profiles, "profile uses", "profiles use");
    Check::ok(ABOUT, format!("{profiles} the package's layout."))
}
