//! What the user was given: call center, app, layouts.

use crate::checklist::call_center::Role;
use crate::checklist::data_center;
use crate::checklist::{Check, Checkup, Group, Topic, run_apply};
use crate::diagnosis::names::listed;
use crate::diagnosis::softphone_utility::{ADD, find_phones};
use crate::model::{Agent, Command, Hint, Look};

const CENTER: Topic<'static> = Topic::new(Group::User, 0, "user-call-center", "Call center");
const REGION: Topic<'static> = Topic::new(Group::User, 0, "user-data-center", "Data centre");
const APP: Topic<'static> = Topic::new(Group::User, 0, "user-app", "App with the phone");
const LAYOUT: Topic<'static> = Topic::new(Group::User, 0, "user-task-layout", "Task page layout");
const SOFTPHONE: Topic<'static> =
    Topic::new(Group::User, 0, "user-softphone-layout", "Softphone layout");

/// How somebody gets into a call center.
fn add_user() -> Hint {
    Hint::command(
        "Name the user or the user's profile under [users] of the configuration and run",
        Command::of_org("apply"),
        ", or use Setup > Call Centers > Manage Call Center Users > Add More Users.",
    )
}

pub(super) fn check_call_center(checkup: &Checkup<'_>, agent: &Agent) -> Check {
    if let Some(words) = checkup.refused(&[Look::CallCenters]) {
        return Check::hidden(CENTER, words);
    }
    let name = &agent.name;
    let Some(id) = &agent.call_center else {
        let check = Check::problem(CENTER, format!("{name} is in no call center."));
        return if agent.active {
            check.step(add_user())
        } else {
            check.step("Activate the user first: inactive users are skipped.")
        };
    };
    let Some(found) = checkup.call_center_of(id) else {
        let text = format!("{name} is in a call center that the org does not show.");
        return Check::unknown(CENTER, text);
    };
    let center = &found.internal_name;
    if checkup.call_center().is_some_and(|wanted| &wanted.internal_name == center) {
        return Check::ok(CENTER, format!("In {center}."));
    }
    match found.role {
        Role::Other => Check::problem(
            CENTER,
            format!(
                "{name} is in another vendor's call center, {center}; a user can be in only one."
            ),
        )
        .step(Hint::command(
            "To move the user, set on_conflict = \"move\" under [users] of the configuration \
             and run",
            Command::of_org("apply"),
            ".",
        )),
        Role::Predecessor => Check::warning(
            CENTER,
            format!("{name} is in {center}, which an older definition has made."),
        )
        .step(run_apply()),
        Role::Version1 | Role::Version2 => {
            let whose = if found.role == Role::Version1 { "Version 1" } else { "Version 2" };
            Check::problem(
                CENTER,
                format!("{name} is in {center}, the call center of {whose} of the connector."),
            )
            .step(add_user())
        }
        Role::Connector | Role::Clone => Check::warning(
            CENTER,
            format!("{name} is in {center}, which is not the configured one."),
        )
        .step(run_apply()),
    }
}

/// The org's own check, as far as it concerns everybody in the call center.
pub(super) fn check_region(checkup: &Checkup<'_>) -> Check {
    let of_org = data_center::check(checkup);
    Check::new(REGION, of_org.health, of_org.evidence()).steps(of_org.diagnostic.hints)
}

pub(super) fn check_app(checkup: &Checkup<'_>) -> Check {
    let phones = match find_phones(checkup) {
        Ok(phones) => phones,
        Err(words) => return Check::hidden(APP, words).step(ADD),
    };
    let labels: Vec<&str> = phones.with.iter().map(|app| app.label.as_str()).collect();
    match labels.as_slice() {
        [] if phones.unseen.is_empty() => {
            Check::problem(APP, "No app has the phone in its utility bar.").step(ADD)
        }
        [] => Check::unknown(APP, "The org does not show what is in its utility bars.").step(ADD),
        labels => Check::ok(APP, format!("The phone is in {}.", listed(labels))).step(format!(
            "Have the user open {} from the App Launcher: other apps do not show the phone.",
            labels[0]
        )),
    }
}

pub(super) fn check_task_layout(checkup: &Checkup<'_>, agent: &Agent) -> Check {
    let recipe = checkup.recipe();
    if recipe.task_layout.is_none() {
        return Check::ok(LAYOUT, format!("{} of the connector brings none.", recipe.title));
    }
    if let Some(words) = checkup.refused(&[Look::LayoutAssignments, Look::Layouts, Look::Profiles])
    {
        return Check::hidden(LAYOUT, words);
    }
    let Some(profile) = &agent.profile else {
        return Check::unknown(LAYOUT, "The org does not show the user's profile.");
    };
    let known = checkup.state.profiles.iter().find(|known| &known.id == profile);
    let label = known.map_or_else(|| profile.to_string(), |profile| profile.label.clone());
    let uses =
        checkup.inventory.task_layouts.iter().any(|layout| {
            !layout.outdated && layout.profiles.iter().any(|used| used.profile == label)
        });
    if uses {
        return Check::ok(LAYOUT, format!("The profile {label} uses the package's."));
    }
    if checkup.lacks_package() {
        return Check::ok(LAYOUT, "It comes with the package.");
    }
    Check::warning(
        LAYOUT,
        format!("The profile {label} does not use the package's: its fields do not show on tasks."),
    )
    .step("Name the profile under [task_layout] of the configuration.")
    .step(run_apply())
}

/// Salesforce tells the caller's own layout and nobody else's.
pub(super) fn check_softphone_layout(checkup: &Checkup<'_>) -> Check {
    let url = checkup.state.organization.instance_url.trim_end_matches('/');
    Check::unknown(SOFTPHONE, "Salesforce does not show other users' softphone layouts.").step(
        format!(
            "Look at Softphone Layout Assignment for the user's profile: \
         {url}/lightning/setup/SoftphoneLayouts/home"
        ),
    )
}
