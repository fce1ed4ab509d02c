//! CC021 and CC023: the JSON text of mappings.

use std::collections::BTreeSet;

use crate::model::{Diagnostic, Mapping, MappingRow, Place, Setting, Severity};

use super::subject::{Subject, finding};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for (setting, mapping) in subject.mappings() {
        if let Some(text) = subject.configured(&setting.item) {
            check_text(subject, setting, mapping, text, findings);
        }
    }
    check_pairs(subject, findings);
}

fn check_text(
    subject: &Subject<'_>,
    setting: &Setting,
    mapping: &Mapping,
    text: &str,
    findings: &mut Vec<Diagnostic>,
) {
    let name = subject.name(&setting.item);
    let rows = match mapping.read(text) {
        Ok(rows) => rows,
        Err(mistakes) => {
            for mistake in mistakes {
                findings.push(
                    finding(
                        "CC021",
                        Severity::Error,
                        Some(&setting.item),
                        format!("`{name}`: {}", mistake.message),
                    )
                    .hint(form(mapping)),
                );
            }
            return;
        }
    };
    let mut written = BTreeSet::new();
    for (index, row) in rows.iter().enumerate() {
        let number = index + 1;
        let has_field = !matches!(mapping, Mapping::Conditional { .. });
        let problem = if has_field && row.field.trim().is_empty() {
            Some((Severity::Error, format!("row {number} names no field")))
        } else if row.variable.trim().is_empty() && row.constant.is_none() {
            Some((Severity::Error, format!("row {number} names no variable")))
        } else if has_field && !row.conditional && !written.insert(row.field.to_lowercase()) {
            let message = format!("row {number} writes `{}` a second time", row.field);
            Some((Severity::Warning, message))
        } else if matches!(mapping, Mapping::Record { .. }) && row.constant.is_some() {
            let message = format!(
                "row {number} writes a constant; where these mappings keep the constant is not \
                 documented, so try it with a call"
            );
            Some((Severity::Warning, message))
        } else {
            None
        };
        if let Some((severity, problem)) = problem {
            let message = format!("`{name}`: {problem}.");
            findings.push(finding("CC021", severity, Some(&setting.item), message));
        }
    }
}

/// How the text of a mapping is written.
fn form(mapping: &Mapping) -> String {
    if let Mapping::Pairs { .. } = mapping {
        return "Version 2 writes mappings as `Field={variable},Field2={variable2}`; it knows neither \
                constants nor conditions."
            .to_owned();
    }
    format!(
        "Keys and flags differ between sections; here they are {}. As a list of tables in the \
         configuration they are written for you.",
        mapping.column_names()
    )
}

/// Conditional fields against conditional rows of the same section.
pub(super) fn check_pairs(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for (setting, mapping) in subject.mappings() {
        if !matches!(mapping, Mapping::Conditional { .. }) {
            continue;
        }
        let section = &setting.item.section;
        let records: Vec<_> = subject
            .mappings()
            .filter(|(other, mapping)| {
                matches!(mapping, Mapping::Record { .. }) && other.item.section == *section
            })
            .collect();
        let places = records.iter().map(|(record, _)| &record.item).chain([&setting.item]);
        let Some(at) = places.into_iter().find(|key| subject.configured(key).is_some()) else {
            continue;
        };
        let is_sound = |setting: &Setting, mapping: &Mapping| {
            mapping.read(subject.value(&setting.item)).is_ok()
        };
        if !is_sound(setting, mapping)
            || records.iter().any(|(record, mapping)| !is_sound(record, mapping))
        {
            continue;
        }
        let flagged: BTreeSet<String> = records
            .iter()
            .flat_map(|(record, mapping)| subject.rows(record, mapping))
            .filter(|row| row.conditional)
            .map(variable)
            .collect();
        let given: BTreeSet<String> =
            subject.rows(setting, mapping).into_iter().map(variable).collect();
        let conditional = subject.name(&setting.item);
        for name in flagged.difference(&given) {
            findings.push(
                finding(
                    "CC023",
                    Severity::Error,
                    Some(at),
                    format!(
                        "The mapping of the variable `{name}` is conditional, but \
                         `{conditional}` says nothing about `{name}`."
                    ),
                )
                .beside(Place::Item(setting.item.clone()))
                .hint("Add rows for its values there, or set the row's flag to false."),
            );
        }
        for name in given.difference(&flagged) {
            findings.push(
                finding(
                    "CC023",
                    Severity::Warning,
                    Some(at),
                    format!(
                        "`{conditional}` has rows for the variable `{name}`, but no mapping of \
                         `{name}` in this section is conditional."
                    ),
                )
                .beside(Place::Item(setting.item.clone()))
                .hint("Set the flag of the mapping's row to true, or remove these rows."),
            );
        }
    }
}

fn variable(row: MappingRow) -> String {
    row.variable
}
