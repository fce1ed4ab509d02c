//! Deploys and installations that are under way.

use super::case::counted;
use super::{Case, Check, Group};
use crate::model::Look;

const ABOUT: (Group, &str, &str) = (Group::Org, "busy", "Work under way");

pub(super) fn check(case: &Case<'_>) -> Check {
    if let Some(words) = case.refused(&[Look::Deploys, Look::Installs]) {
        return Check::unknown(ABOUT, words);
    }
    let of = |id: &str, by: Option<&String>| match by {
        Some(by) => format!("{id} of {by}"),
        None => id.to_owned(),
    };
    let deploys = case.state.running_deploys.iter();
    let deploys = deploys.map(|it| format!("deploy {}", of(&it.id, it.by.as_ref())));
    let installs = case.state.installs.iter().filter(|install| install.running);
    let installs = installs.map(|it| format!("installation {}", of(&it.id, it.by.as_ref())));
    let running: Vec<String> = deploys.chain(installs).collect();
    if running.is_empty() {
        return Check::ok(ABOUT, "Nobody deploys or installs anything right now.");
    }
    Check::warning(
        ABOUT,
        format!(
            "{} under way: {}.",
            counted(running.len(), "job is", "jobs are"),
            running.join(", ")
        ),
    )
    .fix("`apply` waits for it; with --when-busy refuse it changes nothing instead.")
}
