//! `[webex]`: the Webex side.

use uuid::Uuid;

use super::mistake::{Mistake, MistakeKind};
use super::scope::{Scope, unknown_key};

/// Keys that belong to items which this version does not have yet.
const LATER: [&str; 2] = ["desktop_layout", "teams"];

/// Reads `[webex]`: the id of the Webex organization.
pub(super) fn read(scope: Option<Scope<'_>>) -> Option<String> {
    let scope = scope?;
    for (key, entry) in &scope.table.entries {
        if LATER.contains(&key.as_str()) {
            let mut mistake = Mistake::new(
                MistakeKind::NotSupportedYet,
                &entry.path,
                format!("`{}` is not supported yet.", entry.path),
            )
            .at(&entry.key_span, "");
            mistake.help = Some("Remove it, or do this part by hand for now.".to_owned());
            scope.mistakes.push(mistake);
        } else if key != "org_id" {
            scope.mistakes.push(unknown_key(key, entry, &["org_id"]));
        }
    }
    let found = scope.text("org_id", "the id of the Webex organization")?;
    if let Ok(id) = Uuid::parse_str(&found.value) {
        return Some(id.hyphenated().to_string());
    }
    scope.mistakes.push(
        Mistake::new(
            MistakeKind::NotAllowed,
            &found.path,
            format!("`{}` is no id of a Webex organization.", found.path),
        )
        .at(&found.span, "")
        .help(
            "Control Hub shows it under Management > Account as Organization ID: five groups of \
             letters and digits, like 01234567-89ab-cdef-0123-456789abcdef.",
        ),
    );
    None
}
