//! `[users]` and `[task_layout]`: who uses the call center, and who sees the Task layout.

use crate::model::{OnConflict, RecordTypeChoice, TaskLayoutWish, UserSelection};

use super::scope::Scope;
use super::tree::Value;

pub(super) const PROFILES: &str = "a list of profiles: `[\"Contact Center Agent\"]`";

/// Reads `[users]`.
pub(super) fn read_users(scope: Option<Scope<'_>>) -> UserSelection {
    let Some(scope) = scope else {
        return UserSelection::default();
    };
    scope.only_known();
    let on_conflict = scope.choice("on_conflict");
    UserSelection {
        profiles: scope.texts("profiles", PROFILES),
        usernames: scope.texts("usernames", "a list of user names: `[\"ada@example.com\"]`"),
        permission_sets: scope.texts("permission_sets", "a list of permission sets"),
        condition: scope
            .text("where", "a SOQL condition: \"Department = 'Support'\"")
            .map(|found| found.value),
        on_conflict: match on_conflict.as_ref().map(|found| found.value.as_str()) {
            Some("move") => OnConflict::Move,
            _ => OnConflict::Refuse,
        },
    }
}

/// Reads `[task_layout]`.
pub(super) fn read_task_layout(scope: Option<Scope<'_>>) -> TaskLayoutWish {
    let Some(scope) = scope else {
        return TaskLayoutWish::default();
    };
    scope.only_known();
    TaskLayoutWish {
        profiles: scope.texts("profiles", PROFILES),
        record_types: read_record_types(&scope),
    }
}

fn read_record_types(scope: &Scope<'_>) -> RecordTypeChoice {
    let Some(entry) = scope.entry("record_types") else {
        return RecordTypeChoice::All;
    };
    match &entry.node.value {
        Value::Array(_) => RecordTypeChoice::Named(scope.texts("record_types", "")),
        Value::Text(_) => {
            scope.choice("record_types");
            RecordTypeChoice::All
        }
        _ => {
            let wanted = "\"all\" or a list of record types of Task";
            scope.wrong_type(&entry.path, &entry.node, wanted);
            RecordTypeChoice::All
        }
    }
}
