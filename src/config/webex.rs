//! `[webex]`: the Webex side.

use uuid::Uuid;

use super::mistake::{Mistake, MistakeKind};
use super::scope::Scope;

/// Reads `[webex]`: the id of the Webex organization.
pub(super) fn read(scope: Option<Scope<'_>>) -> Option<String> {
    let scope = scope?;
    scope.only_known();
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
