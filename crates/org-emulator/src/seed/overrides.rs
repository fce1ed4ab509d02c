//! A seed file: a number to start from, and what shall differ from it.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Changes;
use crate::guesses::Guesses;
use crate::world::World;

/// What a seed file says. Records are named as people name them, fields as Salesforce does.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Overrides {
    /// The number to start from; 1 where it is not given.
    pub(crate) seed: Option<u64>,
    pub(crate) guesses: Option<Guesses>,
    organization: Map<String, Value>,
    features: Map<String, Value>,
    /// By user name.
    users: BTreeMap<String, Map<String, Value>>,
    /// By profile label: what the profile permits, instead of what it did.
    permissions: BTreeMap<String, Vec<String>>,
    /// By 04t id.
    packages: BTreeMap<String, Map<String, Value>>,
    /// What people have done in the org.
    changes: Changes,
    /// By consumer key.
    connected_apps: BTreeMap<String, Map<String, Value>>,
}

impl Overrides {
    /// A number and nothing else.
    pub(crate) fn numbered(seed: u64) -> Self {
        Self { seed: Some(seed), ..Self::default() }
    }

    /// Reads a seed file: JSON where it starts with a brace, else TOML.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| error.to_string())
        } else {
            toml::from_str(text).map_err(|error| error.to_string())
        }
    }

    /// Changes an org accordingly.
    pub(crate) fn apply(&self, world: &mut World) -> Result<(), String> {
        merge(&mut world.organization, &self.organization)?;
        merge(&mut world.features, &self.features)?;
        change_users(world, &self.users)?;
        for (id, fields) in &self.packages {
            let version = world
                .package_versions
                .iter_mut()
                .find(|version| version.id.as_str() == id || version.id.short() == id)
                .ok_or_else(|| format!("no package version {id:?} is on offer"))?;
            merge(version, fields)?;
        }
        for (key, fields) in &self.connected_apps {
            let mut app = fields.clone();
            app.insert("ConsumerKey".to_owned(), key.as_str().into());
            let app = serde_json::from_value(app.into())
                .map_err(|error| format!("the connected app {key:?} is wrong: {error}"))?;
            world.connected_apps.push(app);
        }
        permit(world, &self.permissions)?;
        self.changes.apply(world)
    }
}

/// Puts fields over users, by the beginnings of their user names.
pub(super) fn change_users(
    world: &mut World,
    users: &BTreeMap<String, Map<String, Value>>,
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
    fields: &Map<String, Value>,
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
