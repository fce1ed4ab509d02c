//! Who is calling, and in which version of the API.

use crate::checklist::{Check, Checkup, Group, Topic};
use crate::model::Observed;

const LOGIN: Topic<'static> = Topic::new(Group::Login, 10, "login", "Login");
const VERSION: Topic<'static> = Topic::new(Group::Login, 10, "api-version", "API version");

/// So many releases behind what this program knows, an org is an odd one.
const FAR_BEHIND: u32 = 6;

pub(super) fn checks(checkup: &Checkup<'_>) -> Vec<Check> {
    vec![check_login(checkup), check_version(checkup)]
}

fn check_login(checkup: &Checkup<'_>) -> Check {
    let org = &checkup.state.organization;
    let who = match &checkup.evidence.caller {
        Observed::Seen(caller) => match &caller.name {
            Some(name) => format!("{} ({name})", caller.username),
            None => caller.username.clone(),
        },
        Observed::Unasked | Observed::Refused(_) => "A user whom the org does not name".to_owned(),
    };
    Check::ok(LOGIN, format!("{who} is logged in to \"{}\" ({}).", org.name, org.kind.name()))
}

fn check_version(checkup: &Checkup<'_>) -> Check {
    let evidence = checkup.evidence;
    let spoken = &evidence.spoken;
    let text = match &evidence.newest {
        Some(newest) if newest != spoken => {
            format!("{spoken}, which provision supports; the org offers up to {newest}.")
        }
        _ => format!("{spoken}, which both the org and provision support."),
    };
    let number = |version: &str| version.split('.').next().and_then(|it| it.parse::<u32>().ok());
    let behind = number(&evidence.newest_known)
        .zip(number(spoken))
        .map_or(0, |(known, spoken)| known.saturating_sub(spoken));
    if behind < FAR_BEHIND {
        return Check::ok(VERSION, text);
    }
    Check::warning(
        VERSION,
        format!("{text} provision was made for {}: some checks may fail.", evidence.newest_known),
    )
    .step("Make sure that the address is a Salesforce org's own, without a proxy before it.")
}
