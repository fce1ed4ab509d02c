//! Settings of the Webex organization in the words of Control Hub; documents have the API's names.

use super::text::clean;
use crate::checklist::{Action, ChangeRow};
use crate::model::TenantRecord;
use crate::model::tenant::field::{TEAM_LAYOUT, allowed_idle_code, is_switch, label};

/// What people read as the changed field.
pub(super) fn field(change: &ChangeRow) -> String {
    let api = change.field.as_str();
    let Some(kind) = change.subject.kind.in_tenant() else { return clean(api) };
    match (allowed_idle_code(kind, api), label(kind, api)) {
        (Some(code), _) => format!("Idle code \"{}\"", clean(code)),
        (None, Some(label)) => label.to_owned(),
        // Anything else is the record as a whole.
        (None, None) => match kind {
            TenantRecord::DesktopLayout => "Layout file",
            TenantRecord::AuxiliaryCode => "Idle code",
            TenantRecord::Team | TenantRecord::CadVariable | TenantRecord::AgentProfile => "Name",
        }
        .to_owned(),
    }
}

/// What people read as a value, where it is not the text itself.
pub(super) fn value(change: &ChangeRow, text: Option<&str>) -> Option<&'static str> {
    let kind = change.subject.kind.in_tenant()?;
    let api = change.field.as_str();
    if allowed_idle_code(kind, api).is_some() {
        return Some(if text.is_some() { "allowed" } else { "not allowed" });
    }
    if is_switch(kind, api) {
        return match text? {
            "true" => Some("on"),
            "false" => Some("off"),
            _ => None,
        };
    }
    match (kind, api, text) {
        (TenantRecord::Team, TEAM_LAYOUT, None) => Some("(global layout)"),
        (TenantRecord::AuxiliaryCode, ..) if change.action == Action::Create => Some("(new)"),
        _ => None,
    }
}
