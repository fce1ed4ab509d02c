//! From an org to a configuration that wants just what is there, so that a plan with it is empty.
//!
//! Adopting is the inverse of planning. What the configuration has no words for is said in it, in
//! comments that begin with `!!`, and in [`Adoption::left_out`]; nothing is dropped silently. Values
//! that a rule would refuse are left out too: the call center keeps what the configuration does not
//! name.

mod access;
mod call_center;
mod draft;
mod region;
mod softphone;
mod task_layout;
#[cfg(test)]
mod tests;
mod users;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};

use crate::checklist::call_center::Role;
use crate::checklist::{Inventory, connector, rules};
use crate::config::{self, Loaded};
use crate::model::{OrgState, Profile, ProfileId, Severity};
use draft::Draft;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// The configuration.
    pub text: String,
    /// A definition file that it names, where no built-in definition has the call center's fields.
    pub definition: Option<DefinitionFile>,
    /// What is there and not in the configuration, a sentence or two each.
    pub left_out: Vec<String>,
}

/// A file beside the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionFile {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// Values that are not to be written, by their key paths, each with the reason.
pub type Refused = BTreeMap<String, String>;

/// What has to be known of an org before it can be adopted, besides what a survey tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questions {
    /// The call center whose values are written down.
    pub call_center: Option<String>,
    /// Profiles of its users: does anybody have one of them who is not in the call center?
    pub profiles: Vec<ProfileId>,
}

/// What to ask.
pub fn questions(state: &OrgState) -> Questions {
    let name = chosen(&Inventory::take(state));
    let row = state.call_centers.iter().find(|row| Some(&row.internal_name) == name.as_ref());
    let members = state.users.iter().filter(|user| {
        user.active && row.is_some_and(|row| user.call_center.as_ref() == Some(&row.id))
    });
    let profiles: BTreeSet<ProfileId> = members.filter_map(|user| user.profile.clone()).collect();
    Questions { call_center: name, profiles: profiles.into_iter().collect() }
}

/// The call center that is adopted: the one of the connector that most people work with, and the
/// newest of those.
fn chosen(inventory: &Inventory) -> Option<String> {
    let ours = inventory
        .call_centers
        .iter()
        .filter(|found| matches!(found.role, Role::Connector | Role::Predecessor));
    let busiest = ours.max_by(|one, other| {
        let order = one.active_users.cmp(&other.active_users);
        order.then_with(|| one.internal_name.cmp(&other.internal_name))
    });
    busiest.map(|found| found.internal_name.clone())
}

/// Writes down what is there. `None`: nothing of the connector is.
///
/// `refused` is left out; whatever the configuration's own rules refuse is left out by itself.
pub fn adopt(state: &OrgState, refused: &Refused) -> Option<Adoption> {
    let inventory = Inventory::take(state);
    let has_package = inventory.packages.iter().any(|package| package.supported);
    if !has_package && chosen(&inventory).is_none() {
        return None;
    }
    let mut refused = refused.clone();
    loop {
        let adoption = written(state, &inventory, &refused);
        let more: Refused = objections(&adoption)
            .into_iter()
            .filter(|(path, _)| !refused.contains_key(path))
            .collect();
        if more.is_empty() {
            return Some(adoption);
        }
        refused.extend(more);
    }
}

/// Reads what was written, as a run would.
pub fn read(adoption: &Adoption) -> Result<Loaded, config::ConfigErrors> {
    let definition = |name: &str| -> io::Result<Vec<u8>> {
        match &adoption.definition {
            Some(file) if name.trim_start_matches("./") == file.name => {
                Ok(file.text.clone().into())
            }
            _ => Err(ErrorKind::NotFound.into()),
        }
    };
    config::load(&adoption.text, "provision.toml", None, &definition)
}

/// What the rules that need no org have against values of the call center.
fn objections(adoption: &Adoption) -> Refused {
    let loaded = match read(adoption) {
        Ok(loaded) => loaded,
        Err(errors) => {
            let mistakes = errors.mistakes.into_iter();
            return mistakes.map(|mistake| (mistake.path, mistake.message)).collect();
        }
    };
    let desired = &loaded.desired;
    rules::offline(&desired.call_center, &desired.region, &desired.recipe)
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .filter_map(|finding| {
            let wanted = desired.call_center.values.get(finding.at.as_ref()?)?;
            Some((wanted.asked_by.clone(), format!("{}: {}", finding.rule, finding.message)))
        })
        .collect()
}

fn written(state: &OrgState, inventory: &Inventory, refused: &Refused) -> Adoption {
    let recipe = &connector().recipe;
    let mut draft = Draft::new(refused);
    let name = chosen(inventory);
    draft.say(&format!(
        "What `provision init --from-org` found in the org \"{}\" ({}). A plan with this file \
         changes nothing there, but for what the comments that begin with !! say.",
        state.organization.name, state.organization.id
    ));
    draft.blank();
    let region = region::data_center(&mut draft, state, inventory);
    package(&mut draft, inventory);
    let definition = call_center::write(&mut draft, state, name.as_deref(), region);
    let chosen = users::write(&mut draft, state, name.as_deref());
    task_layout::write(&mut draft, state, recipe);
    softphone::write(&mut draft, state);
    region::custom_metadata(&mut draft, inventory, region);
    draft.header("webex");
    draft.say("Which Webex organization it is shows nowhere in Salesforce.");
    draft.line("#org_id = \"01234567-89ab-cdef-0123-456789abcdef\"");
    let by_own_set = access::omni_sync(&mut draft, state, recipe);
    access::permission_sets(&mut draft, state, recipe, &chosen, by_own_set);
    let others = inventory.leftovers.iter().filter(|left| Some(&left.name) != name.as_ref());
    if others.clone().next().is_some() {
        draft.blank();
        draft.say("Left over in the org, and no part of this configuration (`provision status`):");
        for left in others {
            draft.say(&left.message);
        }
    }
    let (text, left_out) = draft.finish();
    Adoption { text, definition, left_out }
}

fn package(draft: &mut Draft<'_>, inventory: &Inventory) {
    draft.header("package");
    let package = inventory.packages.iter().find(|package| package.supported);
    if let Some((package, id)) = package.and_then(|found| Some((found, found.version_id.as_ref()?)))
    {
        let number = package.version.as_deref().unwrap_or("of unknown number");
        draft.say(&format!("{} {number}", package.name));
        draft.text("version", id.as_str());
    } else {
        let what = if package.is_some() {
            "The org does not tell which version of the package it has"
        } else {
            "The package is not installed"
        };
        draft.cannot(&format!("{what}: put the 04t id of its install link here."));
        draft.line("#version = \"04t…\"");
    }
    draft.say("Who got access and which sites were approved shows nowhere. It counts for the next install.");
    draft.line("#install_for = \"all-users\"");
    draft.line("#approve_sites = [\"https://cpc.ccone.net\"]");
}

/// The name by which a configuration means just this profile: its label, else its API name.
fn profile_name<'a>(state: &'a OrgState, id: &ProfileId) -> Option<&'a str> {
    let is = |profile: &Profile, name: &str| {
        profile.label == name || profile.api_name.as_deref() == Some(name)
    };
    let profile = state.profiles.iter().find(|profile| &profile.id == id)?;
    [Some(profile.label.as_str()), profile.api_name.as_deref()]
        .into_iter()
        .flatten()
        .find(|name| state.profiles.iter().filter(|other| is(other, name)).count() == 1)
}
