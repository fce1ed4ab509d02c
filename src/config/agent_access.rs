//! `[agent_access]`: what agents are to be able to do with the records of calls.

use crate::model::AgentAccessWish;

use super::mistake::{Mistake, MistakeKind};
use super::scope::Scope;
use super::tree::Value;

/// Reads the table; without it nobody looks.
pub(super) fn read(scope: Option<Scope<'_>>) -> Option<AgentAccessWish> {
    let scope = scope?;
    scope.only_known();
    Some(AgentAccessWish {
        manage: scope.boolean("manage").unwrap_or_default(),
        app: scope.text("app", "the label or API name of an app").map(|found| found.value),
        also: read_names(&scope, "also"),
        except: read_names(&scope, "except"),
    })
}

/// Objects and fields by their API names.
fn read_names(scope: &Scope<'_>, key: &str) -> Vec<String> {
    let names = scope.texts(key, "a list of objects and fields: `[\"Lead\", \"Case.Origin\"]`");
    let Some(entry) = scope.entry(key) else { return names };
    let Value::Array(nodes) = &entry.node.value else { return names };
    for (place, node) in nodes.iter().enumerate() {
        let Value::Text(name) = &node.value else { continue };
        if is_name(name) {
            continue;
        }
        scope.mistakes.push(
            Mistake::new(
                MistakeKind::NotAllowed,
                format!("{}[{place}]", entry.path),
                format!(
                    "`{}` names \"{name}\", which is neither an object nor a field.",
                    entry.path
                ),
            )
            .at(&node.span, "")
            .help("Write API names, a field behind its object: \"Lead\", \"Case.Origin\"."),
        );
    }
    names
}

/// `Case`, `ns__Order__c`, `Case.Origin`.
fn is_name(text: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && part.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    };
    match text.split_once('.') {
        Some((object, field)) => is_part(object) && is_part(field),
        None => is_part(text),
    }
}
