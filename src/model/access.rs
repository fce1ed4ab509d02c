//! Who may use what: permission sets, Apex classes, presence statuses.

use super::{PermissionSetId, ProfileId, Ref, UserId};

/// A permission set that people assign; those that profiles own are not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionSet {
    /// Its id.
    pub id: PermissionSetId,
    /// Namespace of the package that brought it.
    pub namespace: Option<String>,
    /// API name without the namespace.
    pub name: String,
    /// The name people see.
    pub label: String,
}

impl PermissionSet {
    /// The API name with its namespace: `ns__Name`.
    pub fn qualified(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("{namespace}__{}", self.name),
            None => self.name.clone(),
        }
    }

    /// A recorded permission set among those that there are: by its id, or the one that was made
    /// anew under its API name.
    pub fn recorded<'a>(
        among: impl IntoIterator<Item = &'a Self> + Clone,
        known: &Ref<PermissionSetId>,
    ) -> Option<&'a Self> {
        let by_id =
            known.id.as_ref().and_then(|id| among.clone().into_iter().find(|it| &it.id == id));
        by_id.or_else(|| among.into_iter().find(|it| it.qualified() == known.name))
    }

    /// Whether people may mean it: by its label, or by its API name with or without namespace.
    pub fn is_called(&self, name: &str) -> bool {
        self.label == name || self.name == name || self.qualified() == name
    }
}

/// A permission set that a user has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionSetAssignment {
    /// Its id, by which it is taken back.
    pub id: String,
    /// Who has it.
    pub user: UserId,
    /// The user's login name.
    pub username: String,
    /// What the user has.
    pub permission_set: PermissionSetId,
}

/// A presence status of Omni-Channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresenceStatus {
    /// Its API name, which deploys use.
    pub api_name: String,
    /// The name people see, and that the connector compares.
    pub label: String,
}

/// An Apex class of the org itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApexClass {
    /// Its name.
    pub name: String,
    /// `Active`, unless somebody has switched it off.
    pub status: String,
    /// Its source.
    pub body: String,
}

/// What state sync needs, as far as the org shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OmniState {
    /// The classes of the names that the connector calls.
    pub classes: Vec<ApexClass>,
    /// Who may use them and the presence statuses.
    pub access: Vec<Access>,
}

impl OmniState {
    /// Whether the org shows that access.
    pub fn has(&self, holder: &Holder, to: &Granted) -> bool {
        self.access.iter().any(|access| &access.holder == holder && &access.to == to)
    }

    /// Whether the org shows access to any presence status at all.
    ///
    /// Nothing published says that `SetupEntityAccess` has rows for them; an org that shows none
    /// may not show any.
    pub fn shows_statuses(&self) -> bool {
        self.access.iter().any(|access| matches!(access.to, Granted::PresenceStatus(_)))
    }
}

/// One access.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Access {
    /// Who has it.
    pub holder: Holder,
    /// What to.
    pub to: Granted,
}

/// Who has an access.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A permission set, by its API name with namespace.
    PermissionSet(String),
    /// A profile.
    Profile(ProfileId),
}

/// What an access is given to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Granted {
    /// An Apex class of the org itself, by name.
    ApexClass(String),
    /// A presence status, by API name: its label follows the language of whoever asks.
    PresenceStatus(String),
    /// Creating and editing records of an object, by its API name.
    Object(String),
    /// Reading and editing a field: `Task.Subject`.
    Field(String),
    /// A user permission, by its API name: `EditTask`.
    User(String),
    /// An app, by its API name with namespace.
    App(String),
}

const CLASS: &str = "classAccesses";
const STATUS: &str = "servicePresenceStatusAccesses";
const OBJECT: &str = "objectPermissions";
const FIELD: &str = "fieldPermissions";
const USER: &str = "userPermissions";
const APP: &str = "applicationVisibilities";

impl Granted {
    /// The field of a profile or permission set that says so: `classAccesses/sfdcOmniChannel`.
    pub fn field(&self) -> String {
        match self {
            Self::ApexClass(name) => format!("{CLASS}/{name}"),
            Self::PresenceStatus(name) => format!("{STATUS}/{name}"),
            Self::Object(name) => format!("{OBJECT}/{name}"),
            Self::Field(name) => format!("{FIELD}/{name}"),
            Self::User(name) => format!("{USER}/{name}"),
            Self::App(name) => format!("{APP}/{name}"),
        }
    }

    /// What a field says, where it is one of these.
    pub fn of_field(field: &str) -> Option<Self> {
        match field.split_once('/')? {
            (CLASS, name) => Some(Self::ApexClass(name.to_owned())),
            (STATUS, name) => Some(Self::PresenceStatus(name.to_owned())),
            (OBJECT, name) => Some(Self::Object(name.to_owned())),
            (FIELD, name) => Some(Self::Field(name.to_owned())),
            (USER, name) => Some(Self::User(name.to_owned())),
            (APP, name) => Some(Self::App(name.to_owned())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_tell_what_they_are_about() {
        for granted in [
            Granted::ApexClass("sfdcOmniChannel".to_owned()),
            Granted::PresenceStatus("In/Out (обед)".to_owned()),
            Granted::Object("Case".to_owned()),
            Granted::Field("Task.Subject".to_owned()),
            Granted::User("EditTask".to_owned()),
            Granted::App("ciscocjs__Webex".to_owned()),
        ] {
            assert_eq!(Granted::of_field(&granted.field()), Some(granted));
        }
        assert_eq!(Granted::of_field("label"), None);
        assert_eq!(Granted::of_field("layout/x"), None);
    }
}
