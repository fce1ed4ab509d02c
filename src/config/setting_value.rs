//! From a value of the configuration to the text that a call center keeps.

use crate::model::{Mapping, SettingKind, normalised};

use crate::definitions::regions;

use super::mapping_rows::mapping_text;
use super::mistake::{Mistake, MistakeKind, Mistakes};
use super::scope::quoted;
use super::tree::{Entry, Node, Value};
use crate::model::nearest;

/// The text of a typed setting; `None` after a mistake.
pub(super) fn setting_text(
    kind: &SettingKind,
    entry: &Entry,
    default: &str,
    mistakes: &Mistakes,
) -> Option<String> {
    let text = match (kind, &entry.node.value) {
        (SettingKind::Boolean, Value::Boolean(value)) => value.to_string(),
        (SettingKind::Integer { .. }, Value::Integer(number)) => number.to_string(),
        (SettingKind::Prefixes, Value::Array(nodes)) => {
            let texts: Vec<_> = nodes
                .iter()
                .enumerate()
                .map(|(index, node)| prefix(index, node, entry, mistakes))
                .collect();
            let prefixes: Vec<_> = texts.into_iter().collect::<Option<_>>()?;
            prefixes.join(",")
        }
        (SettingKind::Mapping(mapping), Value::Array(_) | Value::Text(_)) => {
            mapping_text(mapping, entry, mistakes)?
        }
        (SettingKind::Constant, _) => {
            let text = plain_text(&entry.node.value);
            if text.as_deref() != Some(default) {
                fixed(entry, default, mistakes);
                return None;
            }
            default.to_owned()
        }
        (SettingKind::Choice(allowed), Value::Text(text)) => {
            if !allowed.contains(text) {
                not_allowed(entry, text, allowed, mistakes);
                return None;
            }
            text.clone()
        }
        (SettingKind::Region, Value::Text(text)) => {
            let known: Vec<String> = regions().iter().map(|region| region.name.clone()).collect();
            if !known.contains(text) {
                not_allowed(entry, text, &known, mistakes);
                return None;
            }
            text.clone()
        }
        (SettingKind::Boolean | SettingKind::Integer { .. } | SettingKind::Mapping(_), _) => {
            wrong_type(kind, entry, mistakes);
            return None;
        }
        (_, Value::Text(text)) => text.clone(),
        _ => {
            wrong_type(kind, entry, mistakes);
            return None;
        }
    };
    storable(entry, &text, mistakes)
}

fn prefix(index: usize, node: &Node, entry: &Entry, mistakes: &Mistakes) -> Option<String> {
    if let Value::Text(text) = &node.value {
        return Some(text.trim().to_owned());
    }
    let path = format!("{}[{index}]", entry.path);
    let found = node.value.type_name();
    mistakes.push(
        Mistake::new(
            MistakeKind::WrongType,
            &path,
            format!("`{path}` is {found}, but must be text in quotation marks: \"+1\"."),
        )
        .at(&node.span, format!("this is {found}")),
    );
    None
}

/// The text of a raw value, which may be text, a number or a truth value.
pub(super) fn raw_text(entry: &Entry, mistakes: &Mistakes) -> Option<String> {
    let Some(text) = plain_text(&entry.node.value) else {
        let found = entry.node.value.type_name();
        mistakes.push(
            Mistake::new(
                MistakeKind::WrongType,
                &entry.path,
                format!("`{}` is {found}, but raw values are text.", entry.path),
            )
            .at(&entry.node.span, format!("this is {found}"))
            .help("Write the value as the call center is to hold it: \"true\", \"600\", \"[…]\"."),
        );
        return None;
    };
    storable(entry, &text, mistakes)
}

fn plain_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(value) => Some(value.to_string()),
        Value::Array(_) | Value::Table(_) | Value::Date(_) | Value::Other(_) => None,
    }
}

/// What the org will keep of a text; control characters cannot be sent at all.
fn storable(entry: &Entry, text: &str, mistakes: &Mistakes) -> Option<String> {
    let is_bad = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
    if text.chars().any(|letter| is_bad(letter) || matches!(letter, '\u{fffe}' | '\u{ffff}')) {
        mistakes.push(
            Mistake::new(
                MistakeKind::NotAllowed,
                &entry.path,
                format!("`{}` has a control character, which cannot be sent.", entry.path),
            )
            .at(&entry.node.span, ""),
        );
        return None;
    }
    Some(normalised(text).to_owned())
}

fn fixed(entry: &Entry, default: &str, mistakes: &Mistakes) {
    mistakes.push(
        Mistake::new(
            MistakeKind::NotAllowed,
            &entry.path,
            format!(
                "`{}` is fixed: the connector works with {} only.",
                entry.path,
                quoted(default)
            ),
        )
        .at(&entry.node.span, "")
        .help("Remove it."),
    );
}

fn not_allowed(entry: &Entry, text: &str, allowed: &[String], mistakes: &Mistakes) {
    let words = allowed.iter().map(String::as_str);
    mistakes.push(
        Mistake::new(
            MistakeKind::NotAllowed,
            &entry.path,
            format!("`{}` cannot be {}.", entry.path, quoted(text)),
        )
        .at(&entry.node.span, "")
        .allowed(words.clone())
        .suggestion(nearest(text, words)),
    );
}

fn wrong_type(kind: &SettingKind, entry: &Entry, mistakes: &Mistakes) {
    let wanted = match kind {
        SettingKind::Boolean => "`true` or `false`, without quotation marks",
        SettingKind::Integer { .. } => "a whole number, without quotation marks",
        SettingKind::Prefixes => "a list of prefixes: `[\"+1\", \"+91\"]`",
        SettingKind::Mapping(Mapping::Pairs { .. }) => {
            "a list of tables, or text: \"Field={variable}\""
        }
        SettingKind::Mapping(_) => "a list of tables, or JSON text",
        SettingKind::Url => "an address: \"https://…\"",
        SettingKind::Choice(_)
        | SettingKind::Constant
        | SettingKind::Text
        | SettingKind::CadVariable { .. }
        | SettingKind::Object
        | SettingKind::Field { .. }
        | SettingKind::DateFormat(_)
        | SettingKind::Host
        | SettingKind::Region
        | SettingKind::Template
        | SettingKind::PresenceStatus
        | SettingKind::IdleCode => "text in quotation marks",
    };
    let found = entry.node.value.type_name();
    mistakes.push(
        Mistake::new(
            MistakeKind::WrongType,
            &entry.path,
            format!("`{}` is {found}, but must be {wanted}.", entry.path),
        )
        .at(&entry.node.span, format!("this is {found}")),
    );
}
