//! What is: one observation of an org, as far as the checklist looks at it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    AgentAccess, App, ByRef, CallCenter, CallCenterId, CheckedLayout, CustomMetadata,
    InstalledPackage, Layout, LayoutAssignment, Observed, OfferedVersion, OmniState, OrgId,
    PackageContents, PackageRequest, PermissionSet, PermissionSetAssignment, PermissionSetLicence,
    Permissions, PresenceStatus, Profile, RecordType, RemovalState, SoftphoneHints,
    SoftphoneLayout, User, UserId, UtilityBar, VoiceParts,
};

/// An org at one moment. What a look fills is unasked until it was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct OrgState {
    /// Which org it is.
    pub organization: Organization,
    /// The edition, as the org names it.
    pub edition: Observed<String>,
    /// Licences that come with permission sets.
    pub permission_set_licences: Observed<Vec<PermissionSetLicence>>,
    /// What is installed.
    pub packages: Observed<Vec<InstalledPackage>>,
    /// What is to be seen of the connector's package.
    pub contents: PackageContents,
    /// Installations, newest first.
    pub installs: Observed<Vec<PackageRequest>>,
    /// Deploys that are pending or in progress.
    pub running_deploys: Observed<Vec<RunningDeploy>>,
    /// What the calling user may do.
    pub permissions: Observed<Permissions>,
    /// What the org says of the wanted version.
    pub offered: Observed<OfferedVersion>,
    /// What is to be seen of the package's custom metadata.
    pub custom_metadata: CustomMetadata,
    /// Every call center.
    pub call_centers: Observed<Vec<CallCenterRow>>,
    /// The wanted call center with all its values, where the org has it.
    pub call_center: Observed<Option<CallCenter>>,
    /// The call center of another definition whose users the wanted one is to have, with its values;
    /// asked for where the wanted one is not there yet.
    pub predecessor: Observed<Option<CallCenter>>,
    /// Every profile.
    pub profiles: Observed<Vec<Profile>>,
    /// API names of profiles by the first 15 characters of their ids; empty where the Metadata API
    /// does not list the profile.
    pub profile_names: Observed<BTreeMap<String, String>>,
    /// Record types of Task.
    pub record_types: Observed<Vec<RecordType>>,
    /// Page layouts of Task.
    pub layouts: Observed<Vec<Layout>>,
    /// Who uses which of them.
    pub layout_assignments: Observed<Vec<LayoutAssignment>>,
    /// Chosen users, and members of the connector's call centers.
    pub users: Observed<Vec<User>>,
    /// Why the org does not take the condition that chooses users (`users.where`): whom it would choose is
    /// not among the users then.
    pub refused_condition: Option<String>,
    /// Permission sets that people assign.
    pub permission_sets: Observed<Vec<PermissionSet>>,
    /// The sets that stand for groups, where users are chosen by permission sets: a group may be named too.
    pub permission_set_groups: Observed<Vec<PermissionSet>>,
    /// Who has those of them that are wanted, or were given by an earlier run.
    pub permission_set_assignments: Observed<Vec<PermissionSetAssignment>>,
    /// Objects that mappings write to, by API name. One that is refused as missing is not there, or
    /// does not show.
    pub objects: BTreeMap<String, Observed<Described>>,
    /// Presence statuses; refused as missing where Omni-Channel is off.
    pub presence_statuses: Observed<Vec<PresenceStatus>>,
    /// What state sync needs.
    pub omni: Observed<OmniState>,
    /// What agents may do with records, and which apps they see.
    pub agent_access: Observed<AgentAccess>,
    /// Apps.
    pub apps: Observed<Vec<App>>,
    /// Utility bars of Lightning apps.
    pub utility_bars: Observed<Vec<UtilityBar>>,
    /// Utility bars that a deploy of this run could not change, with the org's words.
    pub refused_bars: BTreeMap<String, String>,
    /// Remote sites and certificates, where Salesforce Voice is being set up.
    pub voice_parts: Observed<VoiceParts>,
    /// What the calling user's softphone layout says, where there is one.
    pub softphone: Observed<Option<SoftphoneLayout>>,
    /// What the check users get, in the order of the configuration; empty where none is named.
    pub checked_layouts: Vec<CheckedLayout>,
    /// What is looked at beside softphone layouts.
    pub softphone_hints: Box<SoftphoneHints>,
    /// What matters when the connector is taken out.
    pub removal: RemovalState,
}

impl OrgState {
    /// The users that were seen, each found at once.
    pub fn users_by_ref(&self) -> ByRef<'_, UserId, User> {
        ByRef::new(&self.users, |it| &it.id, |it| it.username.as_str())
    }

    /// What people call a presence status; its API name where the org does not tell.
    pub fn status_label(&self, api_name: &str) -> String {
        let found = self.presence_statuses.iter().find(|status| status.api_name == api_name);
        found.map_or(api_name, |status| &status.label).to_owned()
    }

    /// An org of which nothing but its name was seen.
    pub fn new(organization: Organization) -> Self {
        Self {
            organization,
            edition: Observed::Unasked,
            permission_set_licences: Observed::Unasked,
            packages: Observed::Unasked,
            contents: PackageContents::default(),
            installs: Observed::Unasked,
            running_deploys: Observed::Unasked,
            permissions: Observed::Unasked,
            offered: Observed::Unasked,
            custom_metadata: CustomMetadata::default(),
            call_centers: Observed::Unasked,
            call_center: Observed::Unasked,
            predecessor: Observed::Unasked,
            profiles: Observed::Unasked,
            profile_names: Observed::Unasked,
            record_types: Observed::Unasked,
            layouts: Observed::Unasked,
            layout_assignments: Observed::Unasked,
            users: Observed::Unasked,
            refused_condition: None,
            permission_sets: Observed::Unasked,
            permission_set_groups: Observed::Unasked,
            permission_set_assignments: Observed::Unasked,
            objects: BTreeMap::new(),
            presence_statuses: Observed::Unasked,
            omni: Observed::Unasked,
            agent_access: Observed::Unasked,
            apps: Observed::Unasked,
            utility_bars: Observed::Unasked,
            refused_bars: BTreeMap::new(),
            voice_parts: Observed::Unasked,
            softphone: Observed::Unasked,
            checked_layouts: Vec::new(),
            softphone_hints: Box::default(),
            removal: RemovalState::default(),
        }
    }

    /// Gives each profile the API name that is known for it. A name that the org did not confirm is
    /// none: a deploy would make a new profile of it.
    pub fn name_profiles(&mut self) {
        if self.profile_names.refusal().is_some() {
            self.profiles.iter_mut().for_each(|profile| profile.api_name = None);
        }
        let Some(names) = self.profile_names.seen() else { return };
        for profile in &mut self.profiles {
            let name = names.get(profile.id.short());
            profile.api_name = name.filter(|name| !name.is_empty()).cloned();
        }
    }

    /// The call center of some that most active users are in, and the newest of those.
    pub fn busiest<'a>(
        &self,
        call_centers: impl Iterator<Item = &'a CallCenterRow>,
    ) -> Option<&'a CallCenterRow> {
        let mut active: BTreeMap<&CallCenterId, usize> = BTreeMap::new();
        for user in self.users.iter().filter(|user| user.active) {
            if let Some(id) = &user.call_center {
                *active.entry(id).or_default() += 1;
            }
        }
        call_centers.max_by_key(|row| {
            let users = active.get(&row.id).copied().unwrap_or_default();
            (users, row.version(), row.internal_name.as_str())
        })
    }

    /// Whether the org was asked for an object and has none of that name, or does not show it.
    pub fn lacks_object(&self, name: &str) -> bool {
        matches!(self.objects.get(name), Some(Observed::Refused(refused)) if refused.missing)
    }

    /// The description of an object, where it was seen.
    pub fn object(&self, name: &str) -> Option<&Described> {
        self.objects.get(name)?.seen()
    }
}

/// The org itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Id.
    pub id: OrgId,
    /// Name.
    pub name: String,
    /// What kind of org it is, by its own record and never by its host name.
    pub kind: OrgKind,
    /// Base URL of its APIs.
    pub instance_url: String,
}

impl Organization {
    /// The org's My Domain name, which is unique among all orgs.
    pub fn my_domain(&self) -> Option<&str> {
        my_domain(&self.instance_url)
    }

    /// What to call the org where another one must not be meant: see [`handle`].
    pub fn handle(&self) -> String {
        handle(&self.id, &self.instance_url)
    }

    /// Whether a text means this org and no other: its id, or its My Domain name. Its name does not
    /// tell: a sandbox has the name of the org that it was made from.
    pub fn is_meant_by(&self, text: &str) -> bool {
        let text = text.trim();
        OrgId::parse(text).is_ok_and(|id| id == self.id)
            || my_domain(&self.instance_url).is_some_and(|name| name.eq_ignore_ascii_case(text))
    }
}

/// What to call an org where another one must not be meant: its My Domain name, else its id.
pub fn handle(id: &OrgId, instance_url: &str) -> String {
    my_domain(instance_url).map_or_else(|| id.long(), str::to_owned)
}

/// The My Domain name in an org's address: `acme--uat` of `https://acme--uat.sandbox.my.salesforce.com`.
/// A sandbox's has the sandbox's name behind that of its org, so that no two orgs share one.
pub fn my_domain(instance_url: &str) -> Option<&str> {
    let host = instance_url.split_once("://")?.1.split(['/', ':', '?', '#']).next()?;
    let (name, rest) = host.split_once('.')?;
    let is_my_domain = rest.starts_with("my.salesforce") || rest.contains(".my.salesforce");
    (is_my_domain && !name.is_empty()).then_some(name)
}

/// A deploy of which the org has not told the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningDeploy {
    /// Its `0Af` id.
    pub id: String,
    /// When it was made, as the org writes it.
    pub since: Option<String>,
    /// Who made it.
    pub by: Option<String>,
    /// Whether the org never called it ended, and nobody waits for it any more.
    pub given_up: bool,
}

/// Kinds of orgs; a mistake costs most in production.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrgKind {
    /// Real work happens here.
    Production,
    /// A copy of a production org.
    Sandbox,
    /// A temporary org.
    Scratch,
    /// A Developer Edition.
    Developer,
    /// A trial.
    Trial,
}

impl OrgKind {
    /// Its name as in contracts and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
            Self::Scratch => "scratch",
            Self::Developer => "developer",
            Self::Trial => "trial",
        }
    }
}

/// A call center as far as a query tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallCenterRow {
    /// Id.
    pub id: CallCenterId,
    /// Internal name.
    pub internal_name: String,
    /// Display name.
    pub name: String,
    /// Address of the adapter, where it has one.
    pub adapter_url: Option<String>,
}

impl CallCenterRow {
    /// What its internal name says of the version of its definition: a date, or a number.
    ///
    /// `wxCcCallCenter10` is newer than `wxCcCallCenter2`. Cisco's `V202209017` has a digit more than
    /// the other dates, and is of September 2022.
    fn version(&self) -> Option<u64> {
        let digits = self.internal_name.trim_start_matches(|it: char| !it.is_ascii_digit());
        digits.get(..8).unwrap_or(digits).parse().ok()
    }
}

/// An object that mappings write to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Described {
    /// Its API name as the org spells it.
    pub name: String,
    /// Whether records of it can be made.
    pub createable: bool,
    /// Fields by API name.
    pub fields: BTreeMap<String, FieldDescription>,
}

/// A field of such an object.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a description answers each of them")]
pub struct FieldDescription {
    /// Label.
    pub label: String,
    /// Type as describe names it: `string`, `textarea`, `picklist` …
    pub kind: String,
    /// Greatest length; 0 where it has none.
    pub length: u32,
    /// Whether it can be set on a new record.
    pub createable: bool,
    /// Whether it can be changed.
    pub updateable: bool,
    /// Whether a new record needs it.
    pub required: bool,
    /// Whether field-level security can keep it from somebody; everybody has the others.
    pub permissionable: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_call_center_is_told_by_its_internal_name() {
        let row = |name: &str| CallCenterRow {
            id: CallCenterId::parse("04v000000000001AAA").unwrap(),
            internal_name: name.to_owned(),
            name: String::new(),
            adapter_url: None,
        };
        let oldest_first = [
            "WebexCCAgentDesktopV20220220",
            "WebexCCAgentDesktopV202209017",
            "WebexCCAgentDesktopV20221201",
            "WebexCCAgentDesktopV20241121",
        ];
        for pair in [["wxCcCallCenter", "wxCcCallCenter2"], ["wxCcCallCenter2", "wxCcCallCenter10"]]
            .iter()
            .map(<[&str; 2]>::as_slice)
            .chain(oldest_first.windows(2))
        {
            assert!(row(pair[0]).version() < row(pair[1]).version(), "{pair:?}");
        }
    }
}
