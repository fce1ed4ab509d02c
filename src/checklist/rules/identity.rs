//! CC001 and CC082: whose call center it is.

use crate::model::{CallCenter, Diagnostic, ItemKey, Recipe, Severity};

use super::subject::{Subject, finding, quoted};

/// Longest internal name of a call center, by Salesforce's documentation of definition files.
const MAX_INTERNAL_NAME: usize = 40;
/// Longest name of a call center, internal or displayed, that the org's field takes.
const MAX_NAME: usize = 80;

/// Sections that only the second generation's definitions have.
const SECOND_GENERATION: [&str; 4] =
    ["wxCCReqData", "wxCCCallActivity", "advancedScreenPopData", "objectCreationManagement"];
const SECOND_GENERATION_NAME: &str = "wxCcCallCenter";

/// Whether a call center is made from a definition of the connector's second generation.
pub fn is_second_generation(call_center: &CallCenter) -> bool {
    is_second_generation_name(&call_center.internal_name)
        || call_center
            .sections
            .iter()
            .any(|section| SECOND_GENERATION.contains(&section.name.as_str()))
}

pub(super) fn check(subject: &Subject<'_>, recipe: &Recipe, findings: &mut Vec<Diagnostic>) {
    let is_sound = check_lengths(subject, findings);
    if !is_sound {
        return;
    }
    if is_second_generation(subject.effective) && recipe.name == "webex-v1" {
        findings.push(
            finding(
                "CC082",
                Severity::Error,
                place(subject).as_ref(),
                format!(
                    "The definition {} belongs to Version 2 of the connector, but the recipe is \
                     `{}`.",
                    quoted(&subject.wish.definition.name),
                    recipe.name
                ),
            )
            .hint("Take a definition of Version 1, or leave `call_center.definition` out."),
        );
    } else {
        check_prefix(subject, recipe, findings);
    }
}

/// The same for a definition that no recipe was chosen for.
pub(super) fn check_alone(subject: &Subject<'_>, recipe: &Recipe, findings: &mut Vec<Diagnostic>) {
    let is_sound = check_lengths(subject, findings);
    if !is_sound {
        return;
    }
    if is_second_generation(subject.effective) {
        findings.push(
            finding(
                "CC082",
                Severity::Info,
                place(subject).as_ref(),
                "The definition belongs to Version 2 of the connector, whose settings this version \
                 of the program does not know.",
            )
            .hint("Its form was checked, its values were not."),
        );
    } else {
        check_prefix(subject, recipe, findings);
    }
}

/// The item that holds the internal name.
fn place(subject: &Subject<'_>) -> Option<ItemKey> {
    let general = subject.effective.sections.first()?;
    Some(ItemKey::new(&general.name, "reqInternalName"))
}

fn check_prefix(subject: &Subject<'_>, recipe: &Recipe, findings: &mut Vec<Diagnostic>) {
    let name = &subject.effective.internal_name;
    if is_known(name, &recipe.internal_name_prefix) {
        return;
    }
    findings.push(
        finding(
            "CC001",
            Severity::Warning,
            place(subject).as_ref(),
            format!(
                "The internal name {} is not one that Cisco gave: those are `{}` and digits.",
                quoted(name),
                recipe.internal_name_prefix
            ),
        )
        .hint("A call center of another name is not recognised as an earlier version later."),
    );
}

/// Whether the internal name is a name; a display name that is too long is told as well.
fn check_lengths(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) -> bool {
    let call_center = subject.effective;
    let name = &call_center.internal_name;
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.len() <= MAX_NAME;
    if !is_name {
        findings.push(
            finding(
                "CC001",
                Severity::Error,
                place(subject).as_ref(),
                format!("The internal name {} is no name of a call center.", quoted(name)),
            )
            .hint("It begins with a letter and has letters and digits only, 80 at most."),
        );
    }
    if is_name && name.len() > MAX_INTERNAL_NAME {
        findings.push(finding(
            "CC001",
            Severity::Warning,
            place(subject).as_ref(),
            format!(
                "The internal name {} has {} characters; Salesforce documents {MAX_INTERNAL_NAME} at \
                 most.",
                quoted(name),
                name.len()
            ),
        ));
    }
    if call_center.display_name.chars().count() > MAX_NAME {
        findings.push(finding(
            "CC001",
            Severity::Error,
            None,
            format!(
                "The display name {} has more than {MAX_NAME} characters.",
                quoted(&call_center.display_name)
            ),
        ));
    }
    is_name
}

/// Whether a call center of that internal name belongs to Version 2 of the connector.
pub fn is_second_generation_name(internal_name: &str) -> bool {
    internal_name.starts_with(SECOND_GENERATION_NAME)
}

fn is_known(name: &str, prefix: &str) -> bool {
    name.strip_prefix(prefix)
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}
