//! Why a user has no phone, in the order in which an administrator looks.

mod access;
mod assigned;
mod records;
mod signed_in;
mod webex;

use serde::Serialize;

pub use webex::{LOOKS_OF_USER, agent_of_email, insides_of_agent};

use super::names::listed;
use crate::checklist::{Check, Checkup, Group, Health, TenantSight, Topic};
use crate::model::{Agent, AgentFound, Observed};

/// What was found about the user who was asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserDiagnosis {
    /// The login name, once it is known who is meant.
    pub username: Option<String>,
    /// The name people know.
    pub name: Option<String>,
    /// Why this user has no phone, in a sentence.
    pub answer: String,
    /// The checks, in the order in which one looks.
    pub checks: Vec<Check>,
}

pub(super) fn diagnose(checkup: &Checkup<'_>) -> Option<UserDiagnosis> {
    const FOUND: Topic<'static> = Topic::new(Group::User, 0, "user", "User");
    let nobody = |check: Check| UserDiagnosis {
        username: None,
        name: None,
        answer: check.evidence(),
        checks: vec![check],
    };
    let agent = match &checkup.evidence.agent {
        Observed::Unasked => return None,
        Observed::Refused(refused) => {
            return Some(nobody(Check::hidden(FOUND, &refused.words)));
        }
        Observed::Seen(found) => found,
    };
    let agent = match agent {
        AgentFound::One(agent) => agent,
        AgentFound::Nobody(asked) => {
            let text = format!("No user of this org is called \"{asked}\".");
            let check = Check::problem(FOUND, text).step(
                "Give the username, full name or email address, as shown in Setup > Users. In a \
                sandbox, usernames end in the sandbox's name.",
            );
            return Some(nobody(check));
        }
        AgentFound::Several(names) => {
            let check =
                Check::problem(FOUND, format!("Several users have this name: {}.", listed(names)))
                    .step("Give one of their usernames.");
            return Some(nobody(check));
        }
    };
    let checks = checks(checkup, agent);
    Some(UserDiagnosis {
        username: Some(agent.username.clone()),
        name: Some(agent.name.clone()),
        answer: answer(checkup, agent, &checks),
        checks,
    })
}

fn checks(checkup: &Checkup<'_>, agent: &Agent) -> Vec<Check> {
    let mut checks = vec![
        signed_in::check_active(agent),
        signed_in::check_frozen(agent),
        assigned::check_call_center(checkup, agent),
        assigned::check_region(checkup),
        assigned::check_app(checkup),
        signed_in::check_login(checkup, agent),
        access::check_seat(checkup, agent),
        access::check_permission_sets(checkup, agent),
        assigned::check_task_layout(checkup, agent),
        access::check_omni_channel(checkup, agent),
    ];
    checks.extend(records::check(checkup, agent));
    checks.push(assigned::check_softphone_layout(checkup));
    checks.extend(webex::checks(checkup, agent));
    checks
}

/// Checks that may be unknown to the best of administrators.
const NEVER_TOLD: [&str; 2] = ["user-softphone-layout", "user-login"];

/// Checks of what a phone does without.
const NOT_THE_PHONE: [&str; 2] = ["user-webex-recording", "user-record-access"];

/// The first thing to look at, in a sentence.
fn answer(checkup: &Checkup<'_>, agent: &Agent, checks: &[Check]) -> String {
    let first = |health| checks.iter().find(|check| check.health == health);
    if let Some(check) = first(Health::Problem) {
        return check.evidence();
    }
    let name = &agent.name;
    // Another user's softphone layout is hidden from everybody, and so tells nothing of the caller.
    let hidden = |check: &&Check| {
        check.health == Health::Unknown && !NEVER_TOLD.contains(&check.id.as_str())
    };
    let hidden = checks.iter().filter(hidden).count();
    if hidden > 0 {
        return format!(
            "Nothing seems to be wrong, but {hidden} of {} checks for {name} could not be made.",
            checks.len()
        );
    }
    let warning = checks.iter().find(|check| {
        check.health == Health::Warning && !NOT_THE_PHONE.contains(&check.id.as_str())
    });
    match warning {
        Some(check) => {
            format!("There is no definite reason why {name} has no phone. {}", check.evidence())
        }
        None if matches!(checkup.tenant, TenantSight::Seen { .. }) => format!(
            "Salesforce and Webex are in order for {name}. If there is no phone all the same, check the \
            browser and the list of allowed sites in Control Hub."
        ),
        None => format!(
            "Salesforce is in order for {name}. If there is no phone all the same, check the browser and \
            Webex: the team, the desktop layout and the list of allowed sites."
        ),
    }
}
