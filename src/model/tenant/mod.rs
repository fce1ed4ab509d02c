//! A Webex organization: what is wanted of its contact center, what is there, and which of its records
//! operations are about.

pub mod field;
mod insides;
mod record;
mod state;
mod wish;

pub use insides::Insides;
pub use record::{TenantRecord, TenantRecordId};
pub use state::{
    AgentProfileRow, AgentRow, AllowedCodes, AniRow, DialNumberRow, EntryPointRow, IdleCodeRow,
    LayoutRow, NoRecordings, TeamRow, Tenant, TenantLook, TenantState, UserProfileRow, VariableRow,
};
pub use wish::{
    DesktopLayoutWish, IdleCodesWish, LONGEST_LAYOUT_NAME, OutdialWish, RecordingRightsWish,
    TenantWish, VariablesWish,
};
