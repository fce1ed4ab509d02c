//! Deploys and installations that are under way.

use crate::checklist::{Check, Checkup, Group, Topic, counted};
use crate::model::Look;

const TOPIC: Topic<'static> = Topic::new(Group::Org, 50, "busy", "Work under way");

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    if let Some(words) = checkup.refused(&[Look::Deploys, Look::Installs]) {
        return Check::hidden(TOPIC, words);
    }
    let of = |id: &str, by: Option<&String>| match by {
        Some(by) => format!("{id} of {by}"),
        None => id.to_owned(),
    };
    let deploys = checkup.state.running_deploys.iter().filter(|deploy| !deploy.given_up);
    let deploys = deploys.map(|it| format!("deploy {}", of(&it.id, it.by.as_ref())));
    let installs = checkup.state.installs.iter().filter(|install| install.running);
    let installs = installs.map(|it| format!("installation {}", of(&it.id, it.by.as_ref())));
    let running: Vec<String> = deploys.chain(installs).collect();
    if running.is_empty() {
        return Check::ok(TOPIC, "No deployment or installation is running.");
    }
    Check::warning(
        TOPIC,
        format!(
            "{} under way: {}.",
            counted(running.len(), "job is", "jobs are"),
            running.join(", ")
        ),
    )
    .step("`apply` waits for it, or stops with --when-busy refuse.")
}
