//! Salesforce Voice, which follows Open CTI: what of its needs the org has, as far as that is seen.

use super::edition;
use crate::checklist::{Check, Checkup, Group, Topic, counted};
use crate::model::{Look, PermissionSetLicence};

const TOPIC: Topic<'static> = Topic::new(Group::Org, 45, "salesforce-voice", "Salesforce Voice");

/// Words of editions that Cisco names for it.
const EDITIONS: [&str; 3] = ["enterprise", "unlimited", "developer"];

/// Namespace of Cisco's package for it.
const NAMESPACE: &str = "cisco_wxcc_scv";

/// What no API shows: a person looks at it.
const BY_HAND: &str = "Partner Telephony and Enhanced Omni-Channel in Setup, Webex's add-on A-SF-VOICE \
                       in Control Hub";

/// What an org has of what it needs.
#[derive(Default)]
struct Readiness {
    there: Vec<String>,
    missing: Vec<String>,
    unseen: Vec<String>,
}

/// Nothing is wrong with an org that lacks it today: this is for planning.
pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    let edition = match edition::seen(checkup, TOPIC) {
        Ok(edition) => edition,
        Err(check) => return check,
    };
    let mut found = Readiness::default();
    if edition::is_one_of(edition, &EDITIONS) {
        found.there.push(edition.to_owned());
    } else {
        found.missing.push(format!("an edition that Cisco names for it ({edition} is none)"));
    }
    if let Some(check) = omni_channel(checkup, &mut found) {
        return check;
    }
    licences(checkup, &mut found);
    package(checkup, &mut found);
    let part = |title: &str, parts: &[String]| {
        if parts.is_empty() { String::new() } else { format!(" {title}: {}.", parts.join("; ")) }
    };
    Check::ok(
        TOPIC,
        format!(
            "It follows Open CTI.{}{}{} For a person to look at: {BY_HAND}.",
            part("There", &found.there),
            part("Missing", &found.missing),
            part("Not shown by the org", &found.unseen)
        ),
    )
}

fn omni_channel(checkup: &Checkup<'_>, found: &mut Readiness) -> Option<Check> {
    match checkup.state.refusal(Look::PresenceStatuses) {
        Some(refused) if refused.missing => found.missing.push("Omni-Channel".to_owned()),
        Some(refused) => return Some(Check::hidden(TOPIC, &refused.words)),
        None => {
            let number = checkup.state.presence_statuses.as_slice().len();
            let statuses = counted(number, "presence status", "presence statuses");
            if number < 2 {
                found.missing.push("two presence statuses, one online and one busy".to_owned());
            }
            found.there.push(format!("Omni-Channel with {statuses}"));
        }
    }
    None
}

/// The licence goes by two names, for Salesforce Voice was Service Cloud Voice.
fn licences(checkup: &Checkup<'_>, found: &mut Readiness) {
    const LICENCE: &str = "licences \"Salesforce Voice User (Partner Telephony)\"";
    let Some(licences) = checkup.evidence.permission_set_licences.seen() else {
        found.unseen.push(LICENCE.to_owned());
        return;
    };
    let is_it = |licence: &&PermissionSetLicence| {
        // Labels are in the language of the caller; the API name is nowhere documented.
        let (label, name) = (licence.label.to_lowercase(), licence.developer_name.to_lowercase());
        label.contains("voice") && label.contains("partner telephony")
            || name.contains("voice") && name.contains("partnertelephony")
    };
    let (total, used) = licences
        .iter()
        .filter(is_it)
        .fold((0, 0), |(total, used), it| (total + it.total, used + it.used));
    if total == 0 {
        found.missing.push(LICENCE.to_owned());
    } else {
        found.there.push(format!("{total} {LICENCE}, {used} of them given"));
    }
}

fn package(checkup: &Checkup<'_>, found: &mut Readiness) {
    let what = format!("Cisco's package for it ({NAMESPACE})");
    let Some(packages) = checkup.state.packages.seen() else {
        found.unseen.push(what);
        return;
    };
    let is_there = packages.iter().any(|it| it.namespace.as_deref() == Some(NAMESPACE));
    if is_there { found.there.push(what) } else { found.missing.push(what) }
}
