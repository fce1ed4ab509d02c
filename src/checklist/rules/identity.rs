//! CC001 and CC082: whose call center it is.

use crate::checklist::call_center::is_connectors;
use crate::definitions::recipe_of_call_center;
use crate::model::{Diagnostic, ItemKey, Recipe, Severity};

use super::subject::{Subject, finding, quoted};

/// Longest internal name of a call center, by Salesforce's documentation of definition files.
const MAX_INTERNAL_NAME: usize = 40;
/// Longest name of a call center, internal or displayed, that the org's field takes.
const MAX_NAME: usize = 80;

pub(super) fn check(subject: &Subject<'_>, recipe: &Recipe, findings: &mut Vec<Diagnostic>) {
    let is_sound = check_lengths(subject, findings);
    if !is_sound {
        return;
    }
    match recipe_of_call_center(subject.effective) {
        Some(other) if other.recipe.name != recipe.name => findings.push(
            finding(
                "CC082",
                Severity::Error,
                place(subject).as_ref(),
                format!(
                    "The definition {} belongs to {} of the connector, but the recipe is `{}`.",
                    quoted(&subject.wish.definition.name),
                    other.recipe.title,
                    recipe.name
                ),
            )
            .hint(format!(
                "Take a definition of {}, or leave `call_center.definition` out; with {} it is \
                 recipe = \"{}\".",
                recipe.title, other.recipe.title, other.recipe.name
            )),
        ),
        _ => check_prefix(subject, recipe, findings),
    }
}

/// The same for a definition that no recipe was chosen for; `recipe` is the one that it seems to be of.
pub(super) fn check_alone(subject: &Subject<'_>, recipe: &Recipe, findings: &mut Vec<Diagnostic>) {
    let is_sound = check_lengths(subject, findings);
    if !is_sound {
        return;
    }
    if recipe_of_call_center(subject.effective).is_some() {
        findings.push(finding(
            "CC082",
            Severity::Info,
            place(subject).as_ref(),
            format!("The definition belongs to {} of the connector.", recipe.title),
        ));
    }
    check_prefix(subject, recipe, findings);
}

/// The item that holds the internal name.
fn place(subject: &Subject<'_>) -> Option<ItemKey> {
    let general = subject.effective.sections.first()?;
    Some(ItemKey::new(&general.name, "reqInternalName"))
}

fn check_prefix(subject: &Subject<'_>, recipe: &Recipe, findings: &mut Vec<Diagnostic>) {
    let name = &subject.effective.internal_name;
    if is_connectors(recipe, name) {
        return;
    }
    let digits =
        if recipe.stated.bare_internal_name { "with or without digits" } else { "and digits" };
    findings.push(
        finding(
            "CC001",
            Severity::Warning,
            place(subject).as_ref(),
            format!(
                "The internal name {} is not one that Cisco gave: those are `{}` {digits}.",
                quoted(name),
                recipe.internal_name_prefix
            ),
        )
        .hint("A call center with another name is later not recognised as an earlier version."),
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
                format!(
                    "The internal name {} is not a name that a call center can have.",
                    quoted(name)
                ),
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
