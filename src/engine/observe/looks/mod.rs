//! What can be looked at, one file a look or a small family of them: what it asks, and what the
//! answer says.

mod added;
pub(in crate::engine) mod agent;
mod agent_access;
mod allowance;
mod apps;
mod audit_trail;
pub(in crate::engine) mod call_center;
mod call_centers;
mod caller;
mod checked_layouts;
mod chosen_users;
mod custom_metadata;
mod jobs;
mod leaving_call_centers;
mod licences;
mod memberships;
mod namesakes;
mod object_labels;
mod objects;
mod offered_version;
mod omni_sync;
pub(super) mod organization;
mod outsiders;
mod package_contents;
mod package_data;
mod packages;
pub(in crate::engine) mod permission_sets;
mod permissions;
mod predecessor;
mod presence_statuses;
mod profiles;
mod record_types;
mod references;
pub(super) mod regional_values;
mod softphone;
mod task_layouts;
mod users;
mod utility_bars;
mod voice_parts;

use super::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::Look;

/// How one thing is looked at.
pub(super) trait Fetch: Sync {
    /// Adds its questions to a burst.
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, seen: &Observation, burst: &mut Burst<'a>);

    /// Takes the answers in. Calls of its own take theirs in by themselves.
    fn take(
        &self,
        _inquiry: &Inquiry<'_>,
        _answers: &Answers<'_>,
        _taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        Ok(())
    }

    /// Asks, once everything else was answered, about what was seen by then.
    fn follow<'a>(&self, _inquiry: &'a Inquiry<'a>, _seen: &Observation, _burst: &mut Burst<'a>) {}
}

/// How that is looked at.
pub(super) fn of(look: Look) -> &'static dyn Fetch {
    match look {
        Look::Organization => &organization::Organization,
        Look::Permissions => &permissions::CallersPermissions,
        Look::CallCenters => &call_centers::CallCenters,
        Look::Profiles => &profiles::Profiles,
        Look::RecordTypes => &record_types::RecordTypes,
        Look::Users => &users::Users,
        Look::Memberships => &memberships::Memberships,
        Look::Outsiders => &outsiders::Outsiders,
        Look::Namesakes => &namesakes::Namesakes,
        Look::PackageContents => &package_contents::Contents,
        Look::PresenceStatuses => &presence_statuses::PresenceStatuses,
        Look::Objects => &objects::Objects,
        Look::PermissionSets => &permission_sets::PermissionSets,
        Look::OmniSync => &omni_sync::OmniSync,
        Look::RegionalValues => &regional_values::RegionalValues,
        Look::Added => &added::AddedByPeople,
        Look::Allowance => &allowance::Allowance,
        Look::Licences => &licences::Licences,
        Look::Apps => &apps::Apps,
        Look::Agent => &agent::TheAgent,
        Look::AgentAccess => &agent_access::AgentAccessOfUsers,
        Look::Packages => &packages::Packages,
        Look::Layouts => &task_layouts::Layouts,
        Look::LayoutAssignments => &task_layouts::Assignments,
        Look::Deploys => &jobs::Deploys,
        Look::Installs => &jobs::Installs,
        Look::OfferedVersion => &offered_version::OfferedVersion,
        Look::References => &references::References,
        Look::Uninstalls => &jobs::Uninstalls,
        Look::CallCenter => &call_center::CallCenterValues,
        Look::Predecessor => &predecessor::Predecessor,
        Look::Softphone => &softphone::Softphone,
        Look::ProfileNames => &profiles::ProfileNames,
        Look::CustomMetadata => &custom_metadata::CustomMetadata,
        Look::LeavingCallCenters => &leaving_call_centers::LeavingCallCenters,
        Look::PackageData => &package_data::PackageData,
        Look::UtilityBars => &utility_bars::UtilityBars,
        Look::VoiceParts => &voice_parts::VoiceParts,
        Look::ObjectLabels => &object_labels::ObjectLabels,
        Look::AuditTrail => &audit_trail::AuditTrail,
        Look::Caller => &caller::CallersName,
    }
}

/// A field that may be empty, but not left out: what was asked for and is not told is not known to be
/// nothing.
fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de>,
{
    serde::Deserialize::deserialize(deserializer)
}

/// The first 15 characters of an id, which decide which record it is.
fn short(id: &str) -> String {
    id.get(..15).unwrap_or(id).to_owned()
}

/// Rows as everybody else speaks of them.
fn all<R: Into<T>, T>(rows: Vec<R>) -> Vec<T> {
    rows.into_iter().map(Into::into).collect()
}
