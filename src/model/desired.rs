//! What is wanted: the configuration, resolved.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::{
    AccessRecipe, AgentAccessWish, CallCenter, CustomMetadataWish, Definition, Editions, ItemKey,
    PackageVersionId, Region, SoftphoneLayoutWish, StatedConfirmation, TenantWish, UninstallWish,
    normalised,
};

/// What is wanted, by all that a configuration says. Each part may be absent: a run is about what
/// there is.
///
/// The configuration's hash is made of this, serialised: what is left out of that does not change what
/// is wanted.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Desired {
    /// What is wanted of the Salesforce org: one wish for each generation of the connector that is
    /// to be there.
    pub connectors: Vec<ConnectorWish>,
    /// What is wanted of an org that this run is not about: the Webex organization has what these need, too.
    #[serde(skip)]
    pub beside: Vec<ConnectorWish>,
    /// What is wanted of the Webex organization.
    pub tenant: Option<TenantWish>,
    /// What people have confirmed, as far as the configuration states it: no wish, and no part of the hash.
    #[serde(skip)]
    pub confirmed: Vec<StatedConfirmation>,
}

impl Desired {
    /// What is wanted of one connector, and of nothing else.
    pub fn of(connector: ConnectorWish) -> Self {
        Self { connectors: vec![connector], ..Self::default() }
    }

    /// Id of the Webex organization that the configuration names.
    pub fn tenant_id(&self) -> Option<&str> {
        let of_connector = || self.connectors.iter().find_map(|it| it.webex_org.as_deref());
        self.tenant.as_ref().map(|tenant| tenant.id.as_str()).or_else(of_connector)
    }
}

/// What is wanted of one generation of the connector in a Salesforce org.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConnectorWish {
    /// Which generation of the connector.
    pub recipe: Recipe,
    /// The data centre.
    pub region: Region,
    /// The managed package.
    pub package: PackageWish,
    /// The call center and its values.
    pub call_center: CallCenterWish,
    /// Who uses it.
    pub users: UserSelection,
    /// What agents' softphones show and open; absent: nothing is wanted of them.
    pub softphone_layout: Option<SoftphoneLayoutWish>,
    /// Which profiles use the package's Task page layout.
    pub task_layout: TaskLayoutWish,
    /// Id of the Webex organization that the org works with, where it is configured.
    pub webex_org: Option<String>,
    /// How agents get what state sync needs.
    pub omni_sync: OmniSyncWish,
    /// What agents are to be able to do with records; absent: nobody looks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_access: Option<AgentAccessWish>,
    /// Permission sets that every chosen user is to have, by label or API name.
    pub permission_sets: Vec<String>,
    /// The region in the package's custom metadata.
    pub custom_metadata: CustomMetadataWish,
    /// How an uninstall is to leave the org.
    pub uninstall: UninstallWish,
}

/// What a generation of the connector consists of, from `metadata/recipes/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recipe {
    /// `webex-v1`.
    pub name: String,
    /// What people call it: `Version 1`.
    #[serde(skip)]
    pub title: String,
    /// Whether Webex has to allow Salesforce to frame the Agent Desktop.
    #[serde(skip)]
    pub csp_allow_list: bool,
    /// The editions of Salesforce that it is made for.
    #[serde(skip)]
    pub editions: Editions,
    /// Namespace of the managed package.
    pub namespace: String,
    /// Label of the Lightning app that the package brings, where it brings one.
    pub app: Option<String>,
    /// Name of the Task page layout that profiles are to use, where the package brings one.
    pub task_layout: Option<String>,
    /// Names of Task page layouts of the package that nobody is to use any more.
    pub old_task_layouts: Vec<String>,
    /// Whether the package brings a call activity report.
    pub report: bool,
    /// How many custom metadata types the package is known to bring at least.
    pub custom_metadata_types: usize,
    /// What internal names of this connector's call centers begin with; digits follow, or may.
    pub internal_name_prefix: String,
    /// Hosts of further adapters of the connector's call centers, besides those of the regions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adapter_hosts: Vec<String>,
    /// The page that a configuration makes the call center's adapter, where it is at no host of a region. It
    /// stands among the call center's values, too.
    #[serde(skip)]
    pub own_adapter: Option<String>,
    /// Permission sets of the package that every chosen user needs, by API name or label. Sets of
    /// other packages of that label are none.
    pub permission_sets: Vec<String>,
    /// Internal names of call centers, each with the versions of the desktop layout that were
    /// published in the time of its definition.
    #[serde(skip)]
    pub desktop_layouts: BTreeMap<String, Vec<String>>,
    /// What state sync with Omni-Channel needs.
    pub omni_sync: OmniRecipe,
    /// What agents need to be able to do.
    #[serde(skip)]
    pub agent_access: AccessRecipe,
    /// What it states itself of what goes with the connector; no wish of a configuration.
    #[serde(skip)]
    pub stated: StatedNames,
}

/// The names by which the connector is known when it is taken out, whatever a configuration
/// overrides: what goes by another name goes only where we recorded that we brought it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedNames {
    /// Namespace of the managed package.
    pub namespace: String,
    /// What internal names of the connector's call centers begin with.
    pub internal_name_prefix: String,
    /// Whether that beginning alone is such a name too; otherwise digits follow.
    pub bare_internal_name: bool,
}

impl StatedNames {
    /// Whether an internal name is that beginning and digits, or as far as that is one the beginning
    /// alone.
    pub fn is_name(&self, prefix: &str, internal_name: &str) -> bool {
        internal_name.strip_prefix(prefix).is_some_and(|version| match version {
            "" => self.bare_internal_name,
            _ => version.bytes().all(|byte| byte.is_ascii_digit()),
        })
    }
}

/// What a generation of the connector needs for state sync with Omni-Channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OmniRecipe {
    /// What the connector calls of the org's Apex, where it calls something.
    #[serde(flatten)]
    pub code: Option<OmniCode>,
    /// API name of the permission set that gives agents access.
    pub permission_set: String,
    /// Its label.
    pub permission_set_label: String,
}

impl OmniRecipe {
    /// The classes that it consists of: the one that is called, and its test.
    pub fn sources(&self) -> impl Iterator<Item = &ApexSource> {
        self.code.iter().flat_map(|code| [&code.class, &code.test])
    }
}

/// Apex that the connector calls for state sync.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OmniCode {
    /// The class that the connector calls by its name.
    pub class: ApexSource,
    /// The method of it that the connector calls by its name.
    pub method: String,
    /// The test that production orgs want with it.
    pub test: ApexSource,
}

/// An Apex class as it is deployed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApexSource {
    /// Its name.
    pub name: String,
    /// Its source.
    pub body: String,
}

/// The wanted package version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackageWish {
    /// The version.
    #[serde(serialize_with = "short")]
    pub version: PackageVersionId,
    /// Who gets access to it.
    pub audience: Audience,
    /// Which sites it may call.
    pub sites: Approval,
    /// How an older version is replaced; `None`: by a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upgrade: Option<Upgrade>,
}

/// How an older version of the package is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Upgrade {
    /// It is uninstalled first, as Cisco's article asks; what people have in its fields goes.
    Clean,
    /// The newer version is installed over it.
    InPlace,
}

/// Who gets access to the package when it is installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Audience {
    /// Administrators only.
    Admins,
    /// Every profile.
    AllUsers,
    /// These profiles, and administrators.
    Profiles(Vec<String>),
}

/// Which third-party sites the package may call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Approval {
    /// None was approved.
    None,
    /// Whatever it asks for.
    All,
    /// These.
    Sites(Vec<String>),
}

/// The wanted call center.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CallCenterWish {
    /// What it is made from.
    pub definition: Definition,
    /// Display name, where it is configured.
    pub display_name: Option<String>,
    /// Configured values as the org keeps them; an item that is absent here keeps what the org
    /// has, and takes the definition's default when the call center is created.
    #[serde(serialize_with = "pairs")]
    pub values: BTreeMap<ItemKey, Wanted>,
    /// What becomes of values that an earlier run has set and that are not wanted any more.
    #[serde(skip)]
    pub unnamed: UnnamedValues,
    /// Whether the connector's call centers of other definitions go once nobody is in them. Nobody but
    /// the person who runs the command says so.
    #[serde(skip)]
    pub delete_old: bool,
}

/// What becomes of values that an earlier run has set and that are not wanted any more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum UnnamedValues {
    /// They go back to what was there before, where that is known and nobody has changed them since.
    #[default]
    GoBack,
    /// They stay: who wants something else of the call center speaks of none of them.
    Stay,
}

impl ConnectorWish {
    /// The same, of which nothing goes back that is not wanted any more.
    #[must_use]
    pub fn with_unnamed_kept(&self) -> Self {
        let mut kept = self.clone();
        kept.call_center.unnamed = UnnamedValues::Stay;
        kept
    }
}

impl CallCenterWish {
    /// The key of the configuration that is about an item: the one that asks for it, else the one that
    /// could.
    pub fn key_of(&self, item: &ItemKey) -> Option<String> {
        let asked = self.values.get(item).map(|wanted| wanted.asked_by.clone());
        asked.or_else(|| self.definition.setting_of(item).map(super::Setting::path))
    }

    /// The values that will hold: the configured ones, laid over what the org has, laid over the
    /// definition's defaults.
    ///
    /// The items are always those of the definition.
    pub fn effective(&self, existing: Option<&CallCenter>) -> CallCenter {
        let mut effective = self.definition.call_center.clone();
        if let Some(name) = &self.display_name {
            effective.display_name.clone_from(name);
        } else if let Some(existing) = existing {
            effective.display_name.clone_from(&existing.display_name);
        }
        for (key, has) in existing.into_iter().flat_map(CallCenter::items) {
            if let Some(item) = effective.item_mut(&key) {
                normalised(&has.value).clone_into(&mut item.value);
            }
        }
        for (key, wanted) in &self.values {
            if let Some(item) = effective.item_mut(key) {
                item.value.clone_from(&wanted.value);
            }
        }
        effective
    }
}

/// A wanted value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wanted {
    /// The text that the item is to hold.
    pub value: String,
    /// What asks for it, as people know it: `call_center.softphone.height`, `data_center`.
    #[serde(skip)]
    pub asked_by: String,
}

/// Who is to use the call center: everybody whom any of these finds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UserSelection {
    /// Users of these profiles, by label or API name.
    pub profiles: Vec<String>,
    /// These users.
    pub usernames: Vec<String>,
    /// Users with these permission sets, by API name or label.
    pub permission_sets: Vec<String>,
    /// Users whom this SOQL condition finds.
    pub condition: Option<String>,
    /// What to do with users of another vendor's call center.
    pub on_conflict: OnConflict,
}

/// What to do with users who sit in another vendor's call center.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum OnConflict {
    /// Stop before anything is changed.
    #[default]
    Refuse,
    /// Move them.
    Move,
    /// Move them, and say nothing of it: `migrate` has chosen them for where they are.
    Migrate,
}

/// Which assignments get the package's Task page layout.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TaskLayoutWish {
    /// Profiles, by label or API name; none: the item has nothing to do.
    pub profiles: Vec<String>,
    /// Record types of Task.
    pub record_types: RecordTypeChoice,
}

/// How agents get what state sync needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OmniSyncWish {
    /// What gives them access.
    pub access: OmniAccess,
    /// Labels of presence statuses that agents may take, besides the one of the call center.
    pub presence_statuses: Vec<String>,
}

/// What gives agents access to the class and the presence statuses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub enum OmniAccess {
    /// A permission set of our own, which every chosen user gets.
    #[default]
    PermissionSet,
    /// These profiles, by label or API name.
    Profiles(Vec<String>),
}

/// Which record types of a profile are meant; the master assignment always is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub enum RecordTypeChoice {
    /// Every record type of Task, besides the master assignment.
    #[default]
    All,
    /// These, by API name or label, besides the master assignment.
    Named(Vec<String>),
}

/// An id as the same text, however it was spelled.
fn short<S: Serializer>(id: &PackageVersionId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(id.short())
}

/// A map whose keys are no text, as pairs.
fn pairs<S: Serializer>(map: &BTreeMap<ItemKey, Wanted>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(map)
}
