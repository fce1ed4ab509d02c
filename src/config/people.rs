//! `[users]` and `[task_layout]`: who uses the call center, and who sees the Task layout.

use crate::model::{OnConflict, RecordTypeChoice, TaskLayoutWish, UserSelection};

use super::mistake::{Mistake, MistakeKind};
use super::scope::Scope;
use super::tree::{Entry, Value};

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
        condition: read_condition(&scope),
        on_conflict: match on_conflict.as_ref().map(|found| found.value.as_str()) {
            Some("move") => OnConflict::Move,
            _ => OnConflict::Refuse,
        },
    }
}

/// `[users]` that names nobody takes everybody out.
pub(super) fn warn_of_nobody(root: &Scope<'_>) {
    let Some(entry) = root.entry("users") else { return };
    let Value::Table(users) = &entry.node.value else { return };
    let chooses = |(key, entry): (&String, &Entry)| {
        let is_empty = matches!(&entry.node.value, Value::Array(list) if list.is_empty());
        key != "on_conflict" && !is_empty
    };
    if users.entries.iter().any(chooses) {
        return;
    }
    root.mistakes.push(
        Mistake::new(
            MistakeKind::Missing,
            &entry.path,
            "`users` chooses nobody: everybody whom an earlier run added to the call center \
            would be removed.",
        )
        .at(&entry.key_span, "")
        .help("Choose them with `profiles`, `usernames`, `permission_sets` or `where`.")
        .warning(),
    );
}

/// What the item itself changes.
const CALL_CENTER: &str = "CallCenterId";

/// A condition that looks at what a run changes never comes to rest: whoever it chooses is put into
/// the call center, is chosen no longer, and is taken out again.
fn read_condition(scope: &Scope<'_>) -> Option<String> {
    let found = scope.text("where", "a SOQL condition: \"Department = 'Support'\"")?;
    if names_field(&found.value, CALL_CENTER) {
        scope.mistakes.push(
            Mistake::new(
                MistakeKind::NotAllowed,
                &found.path,
                format!(
                    "`{}` looks at {CALL_CENTER}, which every run changes: users would be added \
                    to the call center, no longer be chosen, and be removed again.",
                    found.path
                ),
            )
            .at(&found.span, "")
            .help("Choose users by something stable: profiles, permission sets, a department."),
        );
        return None;
    }
    Some(found.value)
}

/// Whether a condition names that field: outside quotes, and not as a part of another name.
fn names_field(condition: &str, field: &str) -> bool {
    let (mut code, mut quoted, mut escaped) = (String::new(), false, false);
    for letter in condition.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '\'' => quoted = !quoted,
            letter if !quoted => code.push(letter),
            _ => {}
        }
    }
    let mut names = code.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    names.any(|name| name.eq_ignore_ascii_case(field))
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
