//! A seed: a number to start from, and what shall differ from it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Changes;
use crate::error::Error;
use crate::files;
use crate::guesses::Guesses;
use crate::ids::Id;
use crate::world::World;

/// Fields of a record by Salesforce's names.
pub(super) type Fields = Map<String, Value>;

/// What orgs are made from: a number, and what shall differ from it.
///
/// The same number makes the same orgs. Records are named as people name them, their fields as
/// Salesforce does; a name that the org lacks keeps the emulator from starting.
///
/// ```
/// use org_emulator::{Changes, Emulator, Seed};
/// use serde_json::json;
///
/// let seed = Seed::number(7)
///     .organization("Name", "Contoso")
///     .user("grace.hopper@", json!({"IsActive": false}))
///     .permissions("System Administrator", ["ApiEnabled", "ViewSetup"])
///     .changes(Changes::new().installed("04tHp000000wXcPIAU").tasks(300));
/// let emulator = Emulator::builder().seed(seed).start()?;
/// assert_eq!(emulator.announcement().orgs[0].name, "Contoso");
/// # Ok::<(), org_emulator::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[must_use]
pub struct Seed {
    /// The number to start from; 1 where it is not given.
    #[serde(rename = "seed")]
    number: Option<u64>,
    guesses: Option<Guesses>,
    organization: Fields,
    features: Fields,
    /// By user name.
    users: BTreeMap<String, Fields>,
    /// By profile label: what the profile permits, instead of what it did.
    permissions: BTreeMap<String, Vec<String>>,
    /// By 04t id.
    packages: BTreeMap<String, Fields>,
    /// What people have done in the org.
    changes: Changes,
    /// By consumer key.
    connected_apps: BTreeMap<String, Fields>,
    /// What the pages of Setup look like.
    setup_pages: Fields,
}

impl From<u64> for Seed {
    fn from(number: u64) -> Self {
        Self::number(number)
    }
}

impl Seed {
    /// A number and nothing else.
    pub fn number(number: u64) -> Self {
        Self { number: Some(number), ..Self::default() }
    }

    /// Reads the text of a seed file: JSON where it starts with a brace, else TOML.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let read = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| error.to_string())
        } else {
            toml::from_str(text).map_err(|error| error.to_string())
        };
        read.map_err(Error::Seed)
    }

    /// Reads a seed file.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = files::read(path)
            .map_err(|source| Error::SeedFile { path: path.to_owned(), source })?;
        Self::parse(&text)
    }

    /// Assumes this where nobody knows, whatever the builder says.
    pub fn guesses(mut self, guesses: Guesses) -> Self {
        self.guesses = Some(guesses);
        self
    }

    /// Sets a field of `Organization`.
    pub fn organization(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.organization.insert(field.to_owned(), value.into());
        self
    }

    /// Switches a feature, or sets a limit: `CallCenter`, `OmniChannel`, `DailyApiRequests`…
    pub fn feature(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.features.insert(name.to_owned(), value.into());
        self
    }

    /// Sets fields of the user whose name begins so.
    pub fn user(mut self, name: &str, fields: impl Into<Value>) -> Self {
        self.users.insert(name.to_owned(), object(fields));
        self
    }

    /// Has a profile permit this and no more.
    pub fn permissions<'a>(
        mut self,
        profile: &str,
        permissions: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let permissions = permissions.into_iter().map(str::to_owned).collect();
        self.permissions.insert(profile.to_owned(), permissions);
        self
    }

    /// Sets fields of a package version that is on offer, such as `InstallError` or `Obstacle`.
    pub fn package(mut self, version: &str, fields: impl Into<Value>) -> Self {
        self.packages.insert(version.to_owned(), object(fields));
        self
    }

    /// Adds an app through which one can log in, by its consumer key.
    pub fn connected_app(mut self, key: &str, fields: impl Into<Value>) -> Self {
        self.connected_apps.insert(key.to_owned(), object(fields));
        self
    }

    /// Has the pages of Setup look otherwise: `lightning`, `markup`, `entrance`…
    pub fn setup_pages(mut self, fields: impl Into<Value>) -> Self {
        self.setup_pages = object(fields);
        self
    }

    /// What people have done in the org, instead of what was said before.
    pub fn changes(mut self, changes: Changes) -> Self {
        self.changes = changes;
        self
    }

    /// The guesses that go before the builder's.
    pub(crate) fn own_guesses(&self) -> Option<Guesses> {
        self.guesses
    }

    /// The id that the first org has.
    pub(crate) fn org_id(&self) -> Option<Id> {
        self.organization.get("Id").and_then(Value::as_str).and_then(Id::parse)
    }

    /// The number to start from.
    pub(crate) fn chosen_number(&self) -> u64 {
        self.number.unwrap_or(1)
    }

    /// Changes an org accordingly.
    pub(crate) fn apply(&self, world: &mut World) -> Result<(), String> {
        let mut organization = self.organization.clone();
        if let Some(id) = organization.shift_remove("Id")
            && self.org_id().is_none()
        {
            return Err(format!("{id} is no id of an org"));
        }
        merge(&mut world.organization, &organization)?;
        merge(&mut world.features, &self.features)?;
        if !world.features.call_center {
            // An org that never had them has nobody in one.
            world.call_centers.clear();
            world.users.iter_mut().for_each(|user| user.call_center_id = None);
        }
        change_users(world, &self.users)?;
        super::renames::change_packages(world, &self.packages)?;
        for (key, fields) in &self.connected_apps {
            let mut app = fields.clone();
            app.insert("ConsumerKey".to_owned(), key.as_str().into());
            let app = serde_json::from_value(app.into())
                .map_err(|error| format!("the connected app {key:?} is wrong: {error}"))?;
            world.connected_apps.push(app);
        }
        merge(&mut world.setup_pages, &self.setup_pages)?;
        permit(world, &self.permissions)?;
        self.changes.apply(world)
    }
}

/// The fields of a JSON object; of anything else there are none.
pub(super) fn object(value: impl Into<Value>) -> Fields {
    match value.into() {
        Value::Object(fields) => fields,
        _ => Fields::new(),
    }
}

/// Puts fields over users, by the beginnings of their user names.
pub(super) fn change_users(
    world: &mut World,
    users: &BTreeMap<String, Fields>,
) -> Result<(), String> {
    for (name, fields) in users {
        let user = world
            .users
            .iter_mut()
            .find(|user| user.username.starts_with(name.as_str()))
            .ok_or_else(|| format!("the org has no user {name:?}"))?;
        merge(user, fields)?;
    }
    Ok(())
}

/// Sets what profiles permit, by their labels.
pub(super) fn permit(
    world: &mut World,
    permissions: &BTreeMap<String, Vec<String>>,
) -> Result<(), String> {
    for (name, permissions) in permissions {
        let profile = world.profiles.iter().find(|profile| profile.name == *name);
        let profile = profile.ok_or_else(|| format!("the org has no profile {name:?}"))?;
        let id = profile.id.clone();
        let own = world
            .permission_sets
            .iter_mut()
            .find(|set| set.profile_id.as_ref() == Some(&id))
            .ok_or_else(|| format!("the profile {name:?} owns no permission set"))?;
        own.permissions = permissions.iter().cloned().collect();
    }
    Ok(())
}

/// Puts fields over a record.
pub(super) fn merge<T: Serialize + DeserializeOwned>(
    record: &mut T,
    fields: &Fields,
) -> Result<(), String> {
    if fields.is_empty() {
        return Ok(());
    }
    let mut whole = serde_json::to_value(&*record).map_err(|error| error.to_string())?;
    if let Value::Object(known) = &mut whole {
        known.extend(fields.clone());
    }
    *record = serde_json::from_value(whole).map_err(|error| error.to_string())?;
    Ok(())
}
