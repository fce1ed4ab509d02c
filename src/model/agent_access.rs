//! What agents may do with the records and apps that the connector works with.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Granted, PermissionSetId, ProfileId, UserId};

/// Who may do what, as far as the org shows it of those who were asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgentAccess {
    /// What was asked for: of anything else nothing is known.
    pub asked: BTreeSet<Granted>,
    /// What gives access: the permission sets that profiles own, and those that people assign.
    pub holders: Vec<AccessHolder>,
    /// The permission sets that users were assigned, those of groups among them.
    pub assigned: BTreeMap<UserId, BTreeSet<PermissionSetId>>,
    /// Who has a seat of the package.
    pub seats: Seats,
    /// The apps that the org names: of any other it cannot be told who sees it.
    pub named_apps: BTreeSet<String>,
}

/// Something that gives access: a profile, a permission set, or a permission set group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessHolder {
    /// Id of the permission set; a profile and a group own one each.
    pub id: PermissionSetId,
    /// API name, with the namespace of the package that brought it.
    pub name: String,
    /// The name people see.
    pub label: String,
    /// The profile that owns it.
    pub profile: Option<ProfileId>,
    /// Whether it stands for a permission set group.
    pub is_group: bool,
    /// Whether it lets people change all data: then it gives every object.
    pub modifies_all: bool,
    /// What of that which was asked for it gives.
    pub given: BTreeSet<Granted>,
    /// Ids of the apps that it gives and that the org does not name.
    pub unnamed_apps: BTreeSet<String>,
}

/// Who has a seat of a package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Seats {
    /// The package has none, or one for everybody.
    #[default]
    Everybody,
    /// These users, of those who were asked about.
    Users(BTreeSet<UserId>),
    /// The org does not show it.
    Unseen,
}

/// What one user has of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Has {
    /// It is given.
    Yes,
    /// Nothing that the user has gives it.
    No,
    /// Nothing that shows gives it, but the user is in a permission set group of which the org
    /// shows nothing, or something gives an app that the org does not name.
    Unknown,
}

impl AgentAccess {
    /// What reaches a user: the profile, and whatever was assigned.
    pub fn reaching<'a>(
        &'a self,
        user: &UserId,
        profile: Option<&'a ProfileId>,
    ) -> impl Iterator<Item = &'a AccessHolder> {
        let assigned = self.assigned.get(user);
        self.holders.iter().filter(move |holder| match &holder.profile {
            Some(owner) => Some(owner) == profile,
            None => assigned.is_some_and(|sets| sets.contains(&holder.id)),
        })
    }

    /// Whether a user has one of these.
    pub fn has(&self, user: &UserId, profile: Option<&ProfileId>, any_of: &[Granted]) -> Has {
        let mut unknown = false;
        let asks_for_unnamed_app = any_of.iter().any(
            |granted| matches!(granted, Granted::App(name) if !self.named_apps.contains(name)),
        );
        for holder in self.reaching(user, profile) {
            if any_of.iter().any(|granted| holder.gives(granted)) {
                return Has::Yes;
            }
            unknown |= holder.is_group && holder.given.is_empty();
            unknown |= !holder.unnamed_apps.is_empty() && asks_for_unnamed_app;
        }
        if unknown { Has::Unknown } else { Has::No }
    }

    /// The holder of that API name, where it is a permission set that people assign.
    pub fn set(&self, name: &str) -> Option<&AccessHolder> {
        self.holders.iter().find(|holder| holder.profile.is_none() && holder.name == name)
    }

    /// Whether the org shows of anybody which apps they see.
    pub fn shows_apps(&self) -> bool {
        let is_app = |granted: &Granted| matches!(granted, Granted::App(_));
        self.holders.iter().any(|holder| holder.given.iter().any(is_app))
    }
}

impl AccessHolder {
    /// Whether it gives that.
    pub fn gives(&self, granted: &Granted) -> bool {
        self.given.contains(granted) || (self.modifies_all && matches!(granted, Granted::Object(_)))
    }
}

impl Seats {
    /// Whether a user has one.
    pub fn has(&self, user: &UserId) -> bool {
        match self {
            Self::Everybody | Self::Unseen => true,
            Self::Users(users) => users.contains(user),
        }
    }
}

/// What a configuration says of agents' access.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AgentAccessWish {
    /// Whether a permission set of ours gives it; else a person does.
    pub manage: bool,
    /// Label or API name of the app in which agents have the phone.
    pub app: Option<String>,
    /// Objects and fields that agents need besides: `Lead`, `Case.Origin`.
    pub also: Vec<String>,
    /// Objects and fields that agents do without.
    pub except: Vec<String>,
}

/// What a generation of the connector is known to need of agents, from `metadata/recipes/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessRecipe {
    /// Objects whose records agents create and edit.
    pub objects: Vec<String>,
    /// Fields that the package fills whatever the configuration says: `Task.Subject`.
    pub fields: Vec<String>,
    /// API name of the permission set that gives it.
    pub permission_set: String,
    /// Its label.
    pub permission_set_label: String,
}
