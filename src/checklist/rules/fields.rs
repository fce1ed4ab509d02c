//! CC022: mapped fields in the org.

use crate::model::{
    Described, Diagnostic, FieldDescription, ItemKey, MappedObject, Mapping, MappingRow, OrgState,
    Severity,
};

use super::subject::{Subject, finding};

/// What is written to a field, and what says so.
pub(super) struct Use<'a> {
    pub(super) rule: &'static str,
    pub(super) at: &'a ItemKey,
    pub(super) name: &'a str,
    pub(super) object: &'a str,
    /// Whether the field is written when a record is created, and never later.
    pub(super) creating: bool,
}

pub(super) fn check(subject: &Subject<'_>, org: &OrgState, findings: &mut Vec<Diagnostic>) {
    for (setting, mapping) in subject.mappings() {
        if subject.configured(&setting.item).is_none() {
            continue;
        }
        let Some(object) = object_of(subject, mapping) else {
            continue;
        };
        let written = Use {
            rule: "CC022",
            at: &setting.item,
            name: &subject.name(&setting.item),
            object: &object,
            creating: !matches!(mapping, Mapping::Activity),
        };
        if org.lacks_object(&object) {
            findings.push(no_object(&written));
            continue;
        }
        for row in subject.rows(setting, mapping) {
            if row.field.is_empty() {
                continue;
            }
            if let Some(field) = find(subject, org, &written, &row.field, findings) {
                check_value(&written, &row, field, findings);
            }
        }
    }
}

/// The object that a mapping writes to; none for conditional rows, which name no field.
pub(super) fn object_of(subject: &Subject<'_>, mapping: &Mapping) -> Option<String> {
    let object = match mapping {
        Mapping::Record { object } => match object {
            MappedObject::Fixed(object) => object.as_str(),
            MappedObject::NamedBy(key) => subject.value(key),
        },
        Mapping::Activity => "Task",
        Mapping::Pairs { object } => object.as_deref()?,
        Mapping::Conditional { .. } => return None,
    };
    (!object.is_empty()).then(|| object.to_owned())
}

pub(super) fn no_object(written: &Use<'_>) -> Diagnostic {
    finding(
        written.rule,
        Severity::Error,
        Some(written.at),
        format!(
            "`{}` writes to the object `{}`, which this org does not have or does not show.",
            written.name, written.object
        ),
    )
    .hint("Check its API name (objects of your own end in __c) and your permissions.")
}

/// Looks a field up, and tells what is wrong with it.
///
/// Nothing is said of objects that were not observed, nor of fields of a package that is still to
/// be installed.
pub(super) fn find<'a>(
    subject: &Subject<'_>,
    org: &'a OrgState,
    written: &Use<'_>,
    field: &str,
    findings: &mut Vec<Diagnostic>,
) -> Option<&'a FieldDescription> {
    let described = org.object(written.object)?;
    let report = |message: String, help: String| {
        finding(written.rule, Severity::Error, Some(written.at), message).hint(help)
    };
    let (object, name) = (written.object, written.name);
    let Some((api_name, found)) = lookup(described, field) else {
        if is_after_install(subject, org, field) {
            return None;
        }
        let help = match similar(described, field) {
            Some(similar) => format!("Did you mean `{similar}`?"),
            None => "Fields are named by their API names; yours end in __c.".to_owned(),
        };
        findings.push(report(
            format!("`{name}` writes to `{object}.{field}`, which does not exist or is hidden."),
            help,
        ));
        return None;
    };
    let is_writable = found.createable || (found.updateable && !written.creating);
    if !is_writable {
        findings.push(report(
            format!("`{name}` writes to `{object}.{field}`, which cannot be written."),
            "It is calculated, or field-level security keeps it from you.".to_owned(),
        ));
        return None;
    }
    if api_name != field {
        findings.push(
            finding(
                written.rule,
                Severity::Warning,
                Some(written.at),
                format!("`{name}` writes to `{object}.{field}`, whose name is spelt `{api_name}`."),
            )
            .hint("Spell it the same: the connector may be case-sensitive."),
        );
    }
    Some(found)
}

fn lookup<'a>(described: &'a Described, field: &str) -> Option<(&'a str, &'a FieldDescription)> {
    let exact = described.fields.get_key_value(field);
    let any_case = || described.fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(field));
    exact.or_else(any_case).map(|(name, found)| (name.as_str(), found))
}

fn similar<'a>(described: &'a Described, field: &str) -> Option<&'a str> {
    let custom = format!("{field}__c");
    let squeezed = |text: &str| text.replace([' ', '_'], "").to_lowercase();
    described
        .fields
        .iter()
        .find(|(name, found)| {
            name.eq_ignore_ascii_case(&custom)
                || squeezed(&found.label) == squeezed(field)
                || squeezed(name) == squeezed(field)
        })
        .map(|(name, _)| name.as_str())
}

fn is_after_install(subject: &Subject<'_>, org: &OrgState, field: &str) -> bool {
    let Some(namespace) = subject.value_of("activity.namespace") else {
        return false;
    };
    let is_installed = org.packages.iter().any(|package| {
        package.namespace.as_deref().is_some_and(|other| other.eq_ignore_ascii_case(namespace))
    });
    let prefix = format!("{namespace}__").to_lowercase();
    !is_installed && field.to_lowercase().starts_with(&prefix)
}

fn check_value(
    written: &Use<'_>,
    row: &MappingRow,
    field: &FieldDescription,
    findings: &mut Vec<Diagnostic>,
) {
    let target = format!("{}.{}", written.object, row.field);
    let length = row.constant.as_deref().unwrap_or_default().chars().count();
    let limit = usize::try_from(field.length).unwrap_or(usize::MAX);
    if limit > 0 && length > limit {
        findings.push(finding(
            written.rule,
            Severity::Error,
            Some(written.at),
            format!(
                "`{}` writes {length} characters to `{target}`, which takes {limit}.",
                written.name
            ),
        ));
    }
    let takes_text = match field.kind.as_str() {
        // A variable with an id is meant for a reference.
        "reference" | "id" => row.variable.ends_with("Id") || row.constant.is_some(),
        "boolean" | "int" | "long" | "double" | "currency" | "percent" | "date" | "datetime"
        | "time" => row.constant.is_some(),
        "base64" | "address" | "location" | "complexvalue" | "anyType" => false,
        _ => true,
    };
    if !takes_text {
        findings.push(
            finding(
                written.rule,
                Severity::Warning,
                Some(written.at),
                format!(
                    "`{}` writes the text of `{}` to `{target}`, whose type is {}.",
                    written.name, row.variable, field.kind
                ),
            )
            .hint("Calls whose variable does not fit that type leave the field as it was."),
        );
    }
}
