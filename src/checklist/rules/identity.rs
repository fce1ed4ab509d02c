//! CC001 and CC082: whose call center it is.

use crate::model::{Finding, ItemKey, Recipe, Severity};

use super::subject::{Subject, WithHelp as _, finding, quoted};

/// Longest name of a call center, internal or displayed.
const MAX_NAME: usize = 80;

/// Sections that only the second generation's definitions have.
const SECOND_GENERATION: [&str; 4] =
    ["wxCCReqData", "wxCCCallActivity", "advancedScreenPopData", "objectCreationManagement"];
const SECOND_GENERATION_NAME: &str = "wxCcCallCenter";

pub(super) fn check(subject: &Subject<'_>, recipe: &Recipe, findings: &mut Vec<Finding>) {
    let call_center = subject.effective;
    let name = &call_center.internal_name;
    let general = call_center.sections.first();
    let at = general.map(|section| ItemKey::new(&section.name, "reqInternalName"));
    let at = at.as_ref();
    let is_second_generation = name.starts_with(SECOND_GENERATION_NAME)
        || call_center
            .sections
            .iter()
            .any(|section| SECOND_GENERATION.contains(&section.name.as_str()));
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.len() <= MAX_NAME;
    if !is_name {
        findings.push(
            finding(
                "CC001",
                Severity::Error,
                at,
                format!("The internal name {} is no name of a call center.", quoted(name)),
            )
            .help("It begins with a letter and has letters and digits only, 80 at most."),
        );
    } else if is_second_generation && recipe.name == "webex-v1" {
        findings.push(
            finding(
                "CC082",
                Severity::Error,
                at,
                format!(
                    "The definition {} belongs to Version 2 of the connector, but the recipe is \
                     `{}`.",
                    quoted(&subject.wish.definition.name),
                    recipe.name
                ),
            )
            .help("Take a definition of Version 1, or leave `call_center.definition` out."),
        );
    } else if !is_known(name, &recipe.internal_name_prefix) {
        findings.push(
            finding(
                "CC001",
                Severity::Warning,
                at,
                format!(
                    "The internal name {} is not one that Cisco gave: those are `{}` and digits.",
                    quoted(name),
                    recipe.internal_name_prefix
                ),
            )
            .help("A call center of another name is not recognised as an earlier version later."),
        );
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
}

fn is_known(name: &str, prefix: &str) -> bool {
    name.strip_prefix(prefix)
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}
