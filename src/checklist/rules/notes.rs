//! CC033 and CC050: notes, and what the desktop layout must bring along.

use crate::model::{Diagnostic, OrgState, Recipe, Severity};

use super::fields::{self, Use};
use super::subject::{Subject, finding};

const ENABLED: &str = "activity.live_notes";
const FIELD: &str = "activity.notes_field";
const OUTDIAL: &str = "outdial.set_ani";

/// What the desktop layout must have: nobody can see it from Salesforce.
pub(super) fn check_offline(
    subject: &Subject<'_>,
    recipe: &Recipe,
    findings: &mut Vec<Diagnostic>,
) {
    // Version 2 shows itself, and nothing of the Agent Desktop.
    if !recipe.csp_allow_list {
        return;
    }
    for (setting, rule, needs) in
        [(ENABLED, "CC033", "the Actions widget"), (OUTDIAL, "CC050", "a number in `outDialAni`")]
    {
        let at = subject.place(&[setting]);
        if let (Some(at), true) = (at, subject.is_on(setting)) {
            let message = format!(
                "`{}` needs {needs} in the desktop layout of the agents' teams.",
                subject.name(&at)
            );
            findings.push(
                finding(rule, Severity::Info, Some(&at), message)
                    .hint("This is not checked here: look at the layout in the Webex tenant."),
            );
        }
    }
}

/// The field that takes the notes.
pub(super) fn check(subject: &Subject<'_>, org: &OrgState, findings: &mut Vec<Diagnostic>) {
    let Some(at) = subject.place(&[FIELD, ENABLED]) else {
        return;
    };
    if !subject.is_on(ENABLED) {
        return;
    }
    let Some(field) = subject.value_of(FIELD).filter(|field| !field.is_empty()) else {
        return;
    };
    let written =
        Use { rule: "CC033", at: &at, name: &subject.name(&at), object: "Task", creating: false };
    let Some(found) = fields::find(subject, org, &written, field, findings) else {
        return;
    };
    if !matches!(found.kind.as_str(), "string" | "textarea") {
        findings.push(
            finding(
                "CC033",
                Severity::Error,
                Some(&at),
                format!("`Task.{field}` takes no text: its type is {}.", found.kind),
            )
            .hint("Choose a text field or a text area of Task, such as `Description`."),
        );
    }
}
