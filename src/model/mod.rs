//! Plain data that every room speaks: what is wanted, what is, and the field's own nouns.
//!
//! Nothing here does I/O, and nothing here decides: decisions are `checklist`'s. Salesforce's own nouns
//! (ids, the call center component) are plain data of the client's crate, and are named from here.

mod access;
mod address;
mod agent_access;
mod assignment;
mod baseline;
mod baseline_row;
mod checked_layout;
mod confirmation;
mod custom_metadata;
mod definition;
mod depth;
mod desired;
mod diagnostic;
mod draft;
mod edition;
mod email;
mod evidence;
mod fnv;
mod layout_name;
mod look;
mod mapping;
mod moment;
mod nearest;
mod observed;
mod operation;
#[cfg(test)]
pub(crate) mod org_fixture;
mod org_state;
mod package;
mod package_data;
mod package_parts;
mod permission;
mod refusal;
mod region;
mod removal;
mod rule;
mod setup_task;
mod shared;
mod snapshot;
mod softphone;
mod softphone_hints;
mod subject;
pub mod tenant;
mod undone;
mod user_names;
mod users;
mod voice;

pub use access::{
    Access, ApexClass, Granted, Holder, OmniState, PermissionSet, PermissionSetAssignment,
    PresenceStatus,
};
pub use address::{host, is_host};
pub use agent_access::{AccessHolder, AccessRecipe, AgentAccess, AgentAccessWish, Has, Seats};
pub use assignment::{Layout, LayoutAssignment, Profile, RecordType};
pub use baseline::{Baseline, BaselineEntry, Before, EntriesByTarget, FIRST_RECIPE, Recorder};
pub use baseline_row::BaselineRow;
pub use checked_layout::{CheckedLayout, LayoutOfUser, UnseenLayout};
pub use confirmation::{Confirmation, Confirmations, Confirmed, StatedConfirmation};
pub use custom_metadata::{
    CustomMetadata, CustomMetadataPlace, CustomMetadataRecord, CustomMetadataWish, LockedPlace,
    RegionalValue, SeenRecords, redirect_of,
};
pub use definition::{
    DateTokens, Definition, MappedObject, Mapping, Requirement, Setting, SettingKind,
};
pub use depth::too_deep;
pub use desired::{
    ApexSource, Approval, Audience, CallCenterWish, ConnectorWish, Desired, OmniAccess, OmniCode,
    OmniRecipe, OmniSyncWish, OnConflict, PackageWish, Recipe, RecordTypeChoice, StatedNames,
    TaskLayoutWish, UnnamedValues, Upgrade, UserSelection, Wanted,
};
pub use diagnostic::{
    Command, Diagnostic, Excerpt, Hint, Invocation, Place, Position, Severity, Source, Words,
    as_read, clean, clean_lines, either, in_a_row, in_full, in_short, is_deceptive,
    is_longer_in_full, quoted,
};
pub use draft::{Draft, DraftFile, DraftLine, DraftTable, DraftValue, Phrase};
pub use edition::{Editions, Fit};
pub use email::address_in_webex;
pub use evidence::{
    Agent, AgentFound, App, Caller, Calls, Evidence, OMNI_CHANNEL, PackageLicence,
    PermissionSetLicence, SOFTPHONE, UtilityBar,
};
pub use fnv::fnv;
pub use layout_name::LayoutName;
pub use look::Look;
pub use mapping::{Column, ColumnKind, MappingMistake, MappingRow};
pub use moment::moment_for_people;
pub use nearest::nearest;
pub use observed::{Observed, Refused};
pub use operation::{
    ByRef, ByTarget, CallCenterPart, DefinitionValue, DesktopLayoutValue, Effect, Ids,
    InstallAudience, Key, Keyed, Operation, PackageValue, PermissionSetValue, Ref, SourceValue,
    StatusValue, Target, TargetPlaces, TargetSet, Value, Wave, Way,
};
pub use org_state::{
    CallCenterRow, Described, FieldDescription, OrgKind, OrgState, Organization, RunningDeploy,
    handle, my_domain,
};
pub use package::{
    Generation, InstalledPackage, Offer, OfferedVersion, PackageContents, PackageName,
    PackageRequest, Refusal, Version,
};
pub use package_data::{DataTable, Extent, PackageField, Records};
pub use package_parts::PackageParts;
pub use permission::{Permission, Permissions};
pub use region::Region;
pub use removal::{Added, AddedKind, MissingPart, Reference, RemovalState, UninstallWish};
pub use rule::{RULES, Rule};
pub use salesforce_client::id::{
    CallCenterId, InvalidId, LayoutId, OrgId, PackageVersionId, PermissionSetId, ProfileId,
    RecordTypeId, UserId,
};
pub use salesforce_client::metadata::call_center::{
    ADAPTER_URL, CallCenter, GENERAL_SECTION, Item, ItemKey, RESERVED_ITEMS, Section, normalised,
};
pub use salesforce_client::metadata::flexi_page::{FlexiPageRecord, UtilityItem};
pub use salesforce_client::obstacle::Obstacle;
pub use setup_task::{SetupBefore, SetupTask, SetupWay};
pub use shared::Shared;
pub use snapshot::{NotSeen, Snapshot, SnapshotOrg, SnapshotRow};
pub use softphone::{
    CallKind, CallTypeLayout, CallTypeWish, Match, OpensIn, ScreenPop, SoftphoneField,
    SoftphoneLayout, SoftphoneLayoutWish,
};
pub use softphone_hints::{Audited, Membership, SoftphoneHints};
pub use subject::{Subject, SubjectKind};
pub use tenant::{
    AgentProfileRow, AgentRow, AllowedCodes, AniRow, DesktopLayoutWish, DialNumberRow,
    EntryPointRow, IdleCodeRow, IdleCodesWish, Insides, LONGEST_LAYOUT_NAME, LayoutRow,
    NoRecordings, OutdialWish, RecordingRightsWish, TeamRow, Tenant, TenantLook, TenantRecord,
    TenantRecordId, TenantState, TenantWish, UserProfileRow, VariableRow, VariablesWish,
};
pub use undone::{Undoing, Undone};
pub use user_names::{Namesake, namesakes};
pub use users::{Selector, User};
pub use voice::{VOICE_NAMESPACE, VoiceParts};
