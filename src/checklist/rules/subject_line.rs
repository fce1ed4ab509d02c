//! CC034: the subject of an activity and the date in it.

use crate::model::{DateTokens, Diagnostic, SettingKind, Severity};

use super::subject::{Subject, finding, quoted};

/// Longest subject of a task.
const MAX_SUBJECT: usize = 255;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for setting in subject.settings() {
        let Some(value) = subject.configured(&setting.item) else {
            continue;
        };
        let problem = match setting.kind {
            SettingKind::Template => template_problem(value),
            SettingKind::DateFormat(tokens) => date_problem(value, tokens),
            _ => None,
        };
        if let Some((severity, problem, help)) = problem {
            let name = subject.name(&setting.item);
            findings.push(
                finding(
                    "CC034",
                    severity,
                    Some(&setting.item),
                    format!("`{name}` is {}: {problem}.", quoted(value)),
                )
                .hint(help),
            );
        }
    }
}

type Problem = (Severity, String, String);

fn template_problem(text: &str) -> Option<Problem> {
    const HELP: &str = "Variables stand in braces, as in `{direction} Call {activityDatetime}`.";
    let error = |problem: String| Some((Severity::Error, problem, HELP.to_owned()));
    if text.is_empty() {
        return error("the subject would be empty".to_owned());
    }
    if text.chars().count() > MAX_SUBJECT {
        return Some((
            Severity::Warning,
            format!("a subject has {MAX_SUBJECT} characters at most"),
            "Shorten it.".to_owned(),
        ));
    }
    let mut rest = text;
    while let Some(place) = rest.find(['{', '}']) {
        if rest[place..].starts_with('}') {
            return error("a `}` closes nothing".to_owned());
        }
        let inside = &rest[place + 1..];
        let Some(end) = inside.find(['{', '}']) else {
            return error("a `{` is not closed".to_owned());
        };
        if inside[end..].starts_with('{') {
            return error("a `{` stands inside braces".to_owned());
        }
        let name = &inside[..end];
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.'));
        if !is_name {
            return error(format!("`{{{name}}}` is not the name of a variable"));
        }
        rest = &inside[end + 1..];
    }
    None
}

const JAVA: &str = "Dates are made of MM, dd, yyyy, HH, hh, mm and a, \
    with -, ., / or : between them, as in `MM-dd-yyyy hh:mm a`.";
const MOMENT: &str = "Version 2 makes dates of MM, DD, YYYY, HH, hh, mm and a, \
    with -, ., / or : between them, as in `MM-DD-YYYY hh:mm a`.";

fn date_problem(text: &str, tokens: DateTokens) -> Option<Problem> {
    let help = || match tokens {
        DateTokens::Java => JAVA.to_owned(),
        DateTokens::Moment => MOMENT.to_owned(),
    };
    if text.is_empty() {
        return Some((Severity::Error, "the date would be empty".to_owned(), help()));
    }
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if !letter.is_alphabetic() {
            rest = &rest[letter.len_utf8()..];
            continue;
        }
        let length: usize =
            rest.chars().take_while(|next| *next == letter).map(char::len_utf8).sum();
        let run = &rest[..length];
        if !tokens.all().contains(&run) {
            let near = tokens
                .all()
                .iter()
                .filter(|token| token.eq_ignore_ascii_case(run))
                .find(|token| !matches!(**token, "MM" | "mm" | "HH" | "hh"));
            return Some(match near {
                Some(token) => (
                    Severity::Error,
                    format!("`{run}` is written `{token}` in this version of the connector"),
                    help(),
                ),
                None => (
                    Severity::Warning,
                    format!("`{run}` is not known to stand for a part of a date"),
                    help(),
                ),
            });
        }
        rest = &rest[length..];
    }
    None
}
