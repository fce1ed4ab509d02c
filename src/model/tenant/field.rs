//! Fields of records that operations are about, in the API's spelling.

use super::TenantRecord;

/// The layout that a team has; nothing stands for the global one.
pub const TEAM_LAYOUT: &str = "desktopLayoutId";
/// What a layout is called.
pub const LAYOUT_NAME: &str = "name";
/// Whether a layout is in use. Other records call that `active`.
pub const LAYOUT_STATUS: &str = "status";
/// Whether a variable is in use.
pub const VARIABLE_ACTIVE: &str = "active";
/// Whether agents see a variable.
pub const VARIABLE_VIEWABLE: &str = "agentViewable";
/// Whether agents, and the desktop for them, may change a variable.
pub const VARIABLE_EDITABLE: &str = "agentEditable";
/// What agents see a variable called. One that they see needs it.
pub const VARIABLE_LABEL: &str = "desktopLabel";
/// Whether a variable is kept for reports.
pub const VARIABLE_REPORTABLE: &str = "reportable";
/// Whether agents of a desktop profile may dial out.
pub const OUTDIAL_ENABLED: &str = "outdialEnabled";
/// The entry point of a desktop profile's outgoing calls.
pub const OUTDIAL_ENTRY_POINT: &str = "outdialEntryPointId";
/// The list of numbers that a desktop profile's outgoing calls may show.
pub const OUTDIAL_ANI: &str = "outdialANIId";
/// What stands before the name of an idle code that a desktop profile allows.
pub const ALLOWED_IDLE_CODE: &str = "idleCodes/";

/// What Control Hub calls a field, where it has one word for it.
pub fn label(kind: TenantRecord, field: &str) -> Option<&'static str> {
    Some(match (kind, field) {
        (TenantRecord::DesktopLayout, LAYOUT_NAME) => "Name",
        (TenantRecord::DesktopLayout, LAYOUT_STATUS) => "Status",
        (TenantRecord::Team, TEAM_LAYOUT) => "Desktop layout",
        (TenantRecord::CadVariable, VARIABLE_ACTIVE) => "Active",
        (TenantRecord::CadVariable, VARIABLE_VIEWABLE) => "Agent viewable",
        (TenantRecord::CadVariable, VARIABLE_EDITABLE) => "Agent editable",
        (TenantRecord::CadVariable, VARIABLE_LABEL) => "Desktop label",
        (TenantRecord::CadVariable, VARIABLE_REPORTABLE) => "Reportable",
        (TenantRecord::AgentProfile, OUTDIAL_ENABLED) => "Outdial",
        (TenantRecord::AgentProfile, OUTDIAL_ENTRY_POINT) => "Outdial entry point",
        (TenantRecord::AgentProfile, OUTDIAL_ANI) => "Outdial ANI",
        _ => return None,
    })
}

/// The idle code that a field of a desktop profile allows.
pub fn allowed_idle_code(kind: TenantRecord, field: &str) -> Option<&str> {
    let is_profile = kind == TenantRecord::AgentProfile;
    field.strip_prefix(ALLOWED_IDLE_CODE).filter(|_| is_profile)
}

/// Whether a field is a switch, `true` or `false`.
pub fn is_switch(kind: TenantRecord, field: &str) -> bool {
    match kind {
        TenantRecord::CadVariable => field != VARIABLE_LABEL,
        TenantRecord::AgentProfile => field == OUTDIAL_ENABLED,
        TenantRecord::DesktopLayout => field == LAYOUT_STATUS,
        TenantRecord::Team | TenantRecord::AuxiliaryCode => false,
    }
}

/// Whether a field holds another record of the organization.
pub(in crate::model) fn is_reference(kind: TenantRecord, field: &str) -> bool {
    match kind {
        TenantRecord::Team => field == TEAM_LAYOUT,
        TenantRecord::AgentProfile => [OUTDIAL_ENTRY_POINT, OUTDIAL_ANI].contains(&field),
        TenantRecord::DesktopLayout | TenantRecord::AuxiliaryCode | TenantRecord::CadVariable => {
            false
        }
    }
}

/// Whether a field says that something is allowed, by being there.
pub(in crate::model) fn is_permission(kind: TenantRecord, field: &str) -> bool {
    kind == TenantRecord::AgentProfile && field.starts_with(ALLOWED_IDLE_CODE)
}
