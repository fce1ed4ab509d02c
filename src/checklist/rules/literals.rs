//! CC005, CC006 and CC024: numbers, switches and lengths of configured values.

use crate::model::{Diagnostic, SettingKind, Severity};

use super::subject::{Subject, finding, quoted};

/// Longer values are likely to be cut; nobody documents the limit.
const MAX_VALUE: usize = 255;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for (key, wanted) in &subject.wish.values {
        let length = wanted.value.chars().count();
        if length > MAX_VALUE {
            findings.push(
                finding(
                    "CC024",
                    Severity::Warning,
                    Some(key),
                    format!(
                        "`{}` has {length} characters; values of more than {MAX_VALUE} may be cut \
                         or refused.",
                        wanted.asked_by
                    ),
                )
                .hint("Map fewer fields, or use shorter names of variables."),
            );
        }
        let Some(setting) = subject.wish.definition.setting_of(key) else {
            continue;
        };
        let value = wanted.value.as_str();
        let problem = match &setting.kind {
            SettingKind::Integer { min } => number_problem(value, *min),
            SettingKind::Boolean => switch_problem(value),
            _ => None,
        };
        if let Some((rule, problem)) = problem {
            findings.push(finding(
                rule,
                Severity::Error,
                Some(key),
                format!("`{}` is {}, but {problem}.", wanted.asked_by, quoted(value)),
            ));
        }
    }
}

fn number_problem(value: &str, min: Option<u32>) -> Option<(&'static str, String)> {
    let min = min.unwrap_or(0);
    match value.parse::<u32>() {
        Ok(number) if number < min => Some(("CC005", format!("must be {min} or more"))),
        Ok(_) if value.starts_with('+') => Some(("CC005", "must be a plain number".to_owned())),
        Ok(_) => None,
        Err(_) => Some(("CC005", format!("must be a whole number, {min} or more"))),
    }
}

fn switch_problem(value: &str) -> Option<(&'static str, String)> {
    (!matches!(value, "true" | "false"))
        .then(|| ("CC006", "must be `true` or `false`, in lower case".to_owned()))
}
