//! CC060: agent states in Webex and in Omni-Channel.

use crate::model::{Diagnostic, Observed, OrgState, Severity};

use super::subject::{Subject, finding, quoted};

const ENABLED: &str = "omni_sync.enabled";
const STATUS: &str = "omni_sync.presence_status";
const IDLE_CODE: &str = "omni_sync.idle_code";

/// What nobody can see from Salesforce.
pub(super) fn check_offline(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let at = subject.place(&[IDLE_CODE, ENABLED]);
    if let (Some(at), true) = (at, subject.is_on(ENABLED)) {
        let code = subject.value_of(IDLE_CODE).unwrap_or_default();
        findings.push(
            finding(
                "CC060",
                Severity::Info,
                Some(&at),
                format!("The Webex tenant must have the idle code {}.", quoted(code)),
            )
            .hint("This is not checked here. The name is case-sensitive."),
        );
    }
}

pub(super) fn check(subject: &Subject<'_>, org: &OrgState, findings: &mut Vec<Diagnostic>) {
    let Some(at) = subject.place(&[STATUS, ENABLED]) else {
        return;
    };
    if !subject.is_on(ENABLED) {
        return;
    }
    let statuses = match &org.presence_statuses {
        Observed::Seen(statuses) => Some(statuses),
        Observed::Refused(refused) if refused.missing => None,
        // Whoever looked says that it was not seen.
        Observed::Refused(_) | Observed::Unasked => return,
    };
    let Some(statuses) = statuses else {
        findings.push(
            finding(
                "CC060",
                Severity::Error,
                subject.place(&[ENABLED, STATUS]).as_ref(),
                "State sync is on, but Omni-Channel is off in this org.",
            )
            .hint("Switch it on in Setup > Omni-Channel Settings, or state sync off."),
        );
        return;
    };
    let wanted = subject.value_of(STATUS).unwrap_or_default();
    if wanted.is_empty() || statuses.iter().any(|status| status.label == wanted) {
        return;
    }
    let labels: Vec<&str> = statuses.iter().map(|status| status.label.as_str()).collect();
    let near = labels.iter().find(|label| label.trim().to_lowercase() == wanted.to_lowercase());
    let help = match near {
        Some(near) => format!("Write `{near}`: the name is case-sensitive."),
        None if statuses.is_empty() => {
            "Create it in Setup > Presence Statuses; the org has none yet.".to_owned()
        }
        None => format!("The org has {}.", labels.join(", ")),
    };
    findings.push(
        finding(
            "CC060",
            Severity::Error,
            Some(&at),
            format!("The org has no presence status {}.", quoted(wanted)),
        )
        .hint(help),
    );
}
