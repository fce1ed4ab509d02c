//! What only somebody looks at who wants to know what is wrong with an org.

use jiff::Timestamp;

use super::{CallCenterId, FlexiPageRecord, Observed, PermissionSetId, ProfileId, UserId};

/// What was seen of an org beside its [`super::OrgState`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// When it was looked.
    pub at: Timestamp,
    /// Base URL that the login is for.
    pub instance_url: String,
    /// Who is calling.
    pub caller: Observed<Caller>,
    /// The API version that was spoken.
    pub spoken: String,
    /// The newest version that the org offers; `None` where it was not asked, for an earlier run has.
    pub newest: Option<String>,
    /// The newest version that this program knows.
    pub newest_known: String,
    /// Calls of the daily allowance.
    pub calls: Observed<Calls>,
    /// Calls that the configuration's changes may take; `None` without a configuration.
    pub calls_needed: Option<u64>,
    /// Licences of packages.
    pub licences: Observed<Vec<PackageLicence>>,
    /// The user who was asked about; unasked where nobody was.
    pub agent: Observed<AgentFound>,
}

/// Who is calling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The login name.
    pub username: String,
    /// The name people know.
    pub name: Option<String>,
}

/// Calls of the daily allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calls {
    /// What is left.
    pub left: u64,
    /// What there is in 24 hours.
    pub max: u64,
}

/// A licence that comes with permission sets, and how many users may have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionSetLicence {
    /// Its API name, which is the same in every language.
    pub developer_name: String,
    /// Its label.
    pub label: String,
    /// How many there are.
    pub total: u64,
    /// How many are given to users.
    pub used: u64,
}

/// The licence of a package in an org.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageLicence {
    /// Its id.
    pub id: String,
    /// The package's namespace.
    pub namespace: Option<String>,
    /// `Active`, `Expired`, `Free` or `Trial`.
    pub status: String,
    /// How many users may have a seat; `None`: everybody.
    pub allowed: Option<u64>,
    /// How many have one.
    pub used: u64,
    /// The day on which it ends.
    pub ends: Option<String>,
}

impl PackageLicence {
    /// Whether another licence is the same in all that is judged.
    pub fn says_same(&self, other: &Self) -> bool {
        self.status == other.status
            && self.allowed == other.allowed
            && self.used == other.used
            && self.ends == other.ends
    }
}

/// An app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// Label.
    pub label: String,
    /// Developer name.
    pub name: String,
    /// Namespace of the package that brought it.
    pub namespace: Option<String>,
    /// Whether it is a Lightning app.
    pub lightning: bool,
    /// Developer name or id of its utility bar.
    pub utility_bar: Option<String>,
}

/// A utility bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UtilityBar {
    /// Its id.
    pub id: String,
    /// Developer name.
    pub name: String,
    /// Namespace of the package that brought it.
    pub namespace: Option<String>,
    /// The components in it; `None` where the org does not show them.
    pub components: Option<Vec<String>>,
    /// All that it consists of, where that was read.
    pub page: Option<FlexiPageRecord>,
}

/// Component of the Open CTI softphone.
pub const SOFTPHONE: &str = "opencti:softPhone";

/// Component of Omni-Channel: what public utility bars have. Nothing of Salesforce's documents it.
pub const OMNI_CHANNEL: &str = "runtime_service_omnichannel:omniWidget";

/// What the names of Omni-Channel's components begin with.
const OMNI_CHANNEL_NAMESPACE: &str = "runtime_service_omnichannel:";

/// The user who was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgentFound {
    /// This one.
    One(Box<Agent>),
    /// Nobody is called so.
    Nobody(String),
    /// Several are; their login names.
    Several(Vec<String>),
}

/// A user as closely as an administrator looks at somebody who has no phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// Id.
    pub id: UserId,
    /// Login name.
    pub username: String,
    /// The name people know.
    pub name: String,
    /// E-mail address, by which the same person is known in Webex.
    pub email: String,
    /// Whether the user may log in.
    pub active: bool,
    /// Profile.
    pub profile: Option<ProfileId>,
    /// Call center.
    pub call_center: Option<CallCenterId>,
    /// When the user last logged in.
    pub last_login: Option<Timestamp>,
    /// When a run of this program put the user into the call center, where it did.
    pub assigned: Option<Timestamp>,
    /// Whether somebody has frozen the user.
    pub frozen: Observed<bool>,
    /// Ids of licences of packages of which the user has a seat.
    pub seats: Observed<Vec<String>>,
    /// Permission sets of the user.
    pub permission_sets: Observed<Vec<PermissionSetId>>,
}

impl App {
    /// The API name with its namespace: `ns__Name`.
    pub fn qualified(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("{namespace}__{}", self.name),
            None => self.name.clone(),
        }
    }

    /// Whether that is its utility bar.
    pub fn has(&self, bar: &UtilityBar) -> bool {
        self.utility_bar.as_deref().is_some_and(|name| {
            let is_id = name.len() >= 15 && name.get(..15) == bar.id.get(..15);
            is_id
                || name == bar.qualified()
                || (name == bar.name && self.namespace == bar.namespace)
        })
    }
}

impl UtilityBar {
    /// Whether the Open CTI softphone is in it; `None` where the org does not show what is.
    pub fn has_softphone(&self) -> Option<bool> {
        let is_phone = |name: &String| name.eq_ignore_ascii_case(SOFTPHONE);
        self.components.as_ref().map(|found| found.iter().any(is_phone))
    }

    /// The full name, with the namespace where it has one.
    pub fn qualified(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("{namespace}__{}", self.name),
            None => self.name.clone(),
        }
    }

    /// The components in it that are Omni-Channel's.
    pub fn omni_channel(&self) -> impl Iterator<Item = &str> {
        let components = self.components.iter().flatten().map(String::as_str);
        components.filter(|name| name.to_lowercase().starts_with(OMNI_CHANNEL_NAMESPACE))
    }

    /// Whether Omni-Channel is in it; `None` where the org does not show what is, or where only a name tells
    /// that it might be: components of others have "omni" in their names, too.
    pub fn has_omni_channel(&self) -> Option<bool> {
        let components = self.components.as_ref()?;
        if self.omni_channel().next().is_some() {
            return Some(true);
        }
        let may_be = components.iter().any(|name| name.to_lowercase().contains("omni"));
        (!may_be).then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_names_its_bar_by_id_or_by_name() {
        let bar = UtilityBar {
            id: "0M0000000000001AAA".to_owned(),
            name: "Bar".to_owned(),
            namespace: Some("ns".to_owned()),
            components: Some(vec![SOFTPHONE.to_owned()]),
            page: None,
        };
        let app = |named: &str, namespace: Option<&str>| App {
            label: "App".to_owned(),
            name: "App".to_owned(),
            namespace: namespace.map(str::to_owned),
            lightning: true,
            utility_bar: Some(named.to_owned()),
        };
        assert!(app("0M0000000000001", None).has(&bar));
        assert!(app("ns__Bar", None).has(&bar));
        assert!(app("Bar", Some("ns")).has(&bar));
        assert!(!app("Bar", None).has(&bar), "a bar of the org's own may have the same name");
        assert!(!app("", None).has(&bar));
        assert_eq!(bar.has_softphone(), Some(true));
        assert_eq!(bar.has_omni_channel(), Some(false));
        let beside = |component: &str| {
            let components = vec![SOFTPHONE.to_owned(), component.to_owned()];
            UtilityBar { components: Some(components), ..bar.clone() }.has_omni_channel()
        };
        assert_eq!(beside(OMNI_CHANNEL), Some(true));
        assert_eq!(beside("acme:OmniWidget"), None, "somebody else's, or not");
        assert_eq!(UtilityBar { components: None, ..bar }.has_omni_channel(), None);
    }
}
