//! Which looks an org has refused: the one place that knows which part of its state a look fills.

use super::{Look, Observed, OrgState, Refused};

impl OrgState {
    /// Why the org did not show what a look asks for; `None` where it was seen, or not asked for.
    ///
    /// What a look fills that has no part in the state (who is calling, licences, the daily allowance)
    /// is told where that is kept.
    pub fn refusal(&self, look: Look) -> Option<&Refused> {
        match look {
            Look::Permissions => self.permissions.refusal(),
            Look::CallCenters => self.call_centers.refusal(),
            Look::Profiles => self.profiles.refusal(),
            Look::RecordTypes => self.record_types.refusal(),
            Look::Users | Look::Outsiders => self.users.refusal(),
            Look::Memberships => self.softphone_hints.memberships.refusal(),
            Look::PackageContents => {
                let Self { contents, .. } = self;
                let types = contents.custom_metadata_types.refusal();
                contents.apps.refusal().or(contents.reports.refusal()).or(types)
            }
            Look::PresenceStatuses => self.presence_statuses.refusal(),
            // An object that the org does not have was looked for and not found.
            Look::Objects => {
                let mut refused = self.objects.values().filter_map(Observed::refusal);
                refused.find(|refused| !refused.missing)
            }
            Look::PermissionSets => {
                self.permission_sets.refusal().or(self.permission_set_assignments.refusal())
            }
            Look::OmniSync => self.omni.refusal(),
            Look::AgentAccess => self.agent_access.refusal(),
            Look::Apps => self.apps.refusal(),
            Look::UtilityBars => self.utility_bars.refusal(),
            Look::VoiceParts => self.voice_parts.refusal(),
            Look::RegionalValues | Look::CustomMetadata => self.custom_metadata.seen.refusal(),
            Look::Added => self.removal.added.refusal(),
            Look::Packages => self.packages.refusal(),
            Look::Layouts => self.layouts.refusal(),
            Look::LayoutAssignments => self.layout_assignments.refusal(),
            Look::Deploys => self.running_deploys.refusal(),
            Look::Installs => self.installs.refusal(),
            Look::OfferedVersion => self.offered.refusal(),
            Look::References => self.removal.references.refusal(),
            Look::Uninstalls => self.removal.uninstalls.refusal(),
            Look::CallCenter => self.call_center.refusal(),
            Look::Predecessor => self.predecessor.refusal(),
            Look::Softphone => self.softphone.refusal(),
            Look::ProfileNames => self.profile_names.refusal(),
            Look::LeavingCallCenters => self.removal.call_centers.refusal(),
            Look::PackageData => self.removal.data.refusal().or(self.removal.own_records.refusal()),
            Look::Organization
            | Look::Namesakes
            | Look::Allowance
            | Look::Licences
            | Look::Agent
            | Look::ObjectLabels
            | Look::AuditTrail
            | Look::Caller => None,
        }
    }

    /// The same org, which refuses that.
    #[cfg(test)]
    pub(crate) fn refuse(&mut self, look: Look, words: &str, missing: bool) {
        fn no<T>(words: &str, missing: bool) -> Observed<T> {
            Observed::Refused(Refused { missing, ..Refused::new(words) })
        }
        match look {
            Look::Permissions => self.permissions = no(words, missing),
            Look::CallCenters => self.call_centers = no(words, missing),
            Look::Profiles => self.profiles = no(words, missing),
            Look::RecordTypes => self.record_types = no(words, missing),
            Look::Users | Look::Outsiders => self.users = no(words, missing),
            Look::Memberships => self.softphone_hints.memberships = no(words, missing),
            Look::PackageContents => self.contents.reports = no(words, missing),
            Look::PresenceStatuses => self.presence_statuses = no(words, missing),
            Look::Objects => {
                self.objects.insert("Task".to_owned(), no(words, missing));
            }
            Look::PermissionSets => self.permission_set_assignments = no(words, missing),
            Look::OmniSync => self.omni = no(words, missing),
            Look::AgentAccess => self.agent_access = no(words, missing),
            Look::Apps => self.apps = no(words, missing),
            Look::UtilityBars => self.utility_bars = no(words, missing),
            Look::VoiceParts => self.voice_parts = no(words, missing),
            Look::RegionalValues | Look::CustomMetadata => {
                self.custom_metadata.seen = no(words, missing);
            }
            Look::Added => self.removal.added = no(words, missing),
            Look::Packages => self.packages = no(words, missing),
            Look::Layouts => self.layouts = no(words, missing),
            Look::LayoutAssignments => self.layout_assignments = no(words, missing),
            Look::Deploys => self.running_deploys = no(words, missing),
            Look::Installs => self.installs = no(words, missing),
            Look::OfferedVersion => self.offered = no(words, missing),
            Look::References => self.removal.references = no(words, missing),
            Look::Uninstalls => self.removal.uninstalls = no(words, missing),
            Look::CallCenter => self.call_center = no(words, missing),
            Look::Predecessor => self.predecessor = no(words, missing),
            Look::Softphone => self.softphone = no(words, missing),
            Look::ProfileNames => self.profile_names = no(words, missing),
            Look::LeavingCallCenters => self.removal.call_centers = no(words, missing),
            Look::PackageData => self.removal.data = no(words, missing),
            Look::Organization
            | Look::Namesakes
            | Look::Allowance
            | Look::Licences
            | Look::Agent
            | Look::ObjectLabels
            | Look::AuditTrail
            | Look::Caller => {}
        }
    }
}
