//! From an org to a configuration that wants just what is there, so that a plan with it is empty.
//!
//! Adopting is the inverse of planning. Each item of the checklist drafts its own part, in its folder;
//! `config` makes the text of it, and here is what belongs to no item. What the configuration has no
//! words for is said in it, in comments that begin with `!!`, and in [`Adoption::left_out`]; nothing
//! is dropped silently. Values that a rule would refuse are left out too: the call center keeps what
//! the configuration does not name.

mod region;
mod tenant;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};

pub use tenant::{TenantSeen, TenantTeams};

use crate::checklist::call_center::Role;
use crate::checklist::{Adoptee, ITEMS, Inventory, rules};
use crate::config::{self, Loaded, RefusedValues, Written};
use crate::definitions::recipe_of;
use crate::model::{CallCenterRow, Diagnostic, Draft, DraftFile, OrgState, ProfileId, Severity};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// The configuration.
    pub text: String,
    /// A definition file that it names, where no built-in definition has the call center's fields.
    pub definition: Option<DraftFile>,
    /// The desktop layout that it names, where it speaks of a Webex organization.
    pub desktop_layout: Option<DraftFile>,
    /// What is there and not in the configuration, a sentence or two each.
    pub left_out: Vec<String>,
}

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
    let name = chosen(state, &Inventory::take(state));
    let row = state.call_centers.iter().find(|row| Some(&row.internal_name) == name.as_ref());
    let members = state.users.iter().filter(|user| {
        user.active && row.is_some_and(|row| user.call_center.as_ref() == Some(&row.id))
    });
    let profiles: BTreeSet<ProfileId> = members.filter_map(|user| user.profile).collect();
    Questions { call_center: name, profiles: profiles.into_iter().collect() }
}

/// The call center that is adopted: the one of the connector that most people work with, and the
/// newest of those.
fn chosen(state: &OrgState, inventory: &Inventory) -> Option<String> {
    let is_ours = |row: &&CallCenterRow| {
        let found = inventory.call_centers.iter().find(|it| it.internal_name == row.internal_name);
        found.is_some_and(|it| matches!(it.role, Role::Connector | Role::Predecessor))
    };
    let busiest = state.busiest(state.call_centers.iter().filter(is_ours));
    busiest.map(|row| row.internal_name.clone())
}

/// Writes down what is there. `None`: nothing of the connector is.
///
/// `refused` is left out; whatever the configuration's own rules refuse is left out by itself.
pub fn adopt(
    state: &OrgState,
    tenant: Option<TenantSeen<'_>>,
    refused: &RefusedValues,
) -> Option<Adoption> {
    let inventory = Inventory::take(state);
    let has_package = inventory.packages.iter().any(|package| package.supported);
    if !has_package && chosen(state, &inventory).is_none() {
        return None;
    }
    let mut refused = refused.clone();
    loop {
        let adoption = write(state, &inventory, tenant, &refused);
        let more: RefusedValues = objections(&adoption)
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
        let mut files = adoption.definition.iter().chain(&adoption.desktop_layout);
        let found = files.find(|file| name.trim_start_matches("./") == file.name);
        found.map(|file| file.text.clone().into()).ok_or_else(|| ErrorKind::NotFound.into())
    };
    config::load(&adoption.text, "provision.toml", None, &definition)
}

/// What the rules that need no org have against values of the call center.
fn objections(adoption: &Adoption) -> RefusedValues {
    let loaded = match read(adoption) {
        Ok(loaded) => loaded,
        Err(errors) => {
            let path = |found: &Diagnostic| found.excerpt().map(|it| it.path.clone());
            let found = errors.diagnostics.iter();
            return found.map(|it| (path(it).unwrap_or_default(), it.text())).collect();
        }
    };
    let desired = &loaded.desired;
    rules::of_configuration(desired)
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .filter_map(|finding| {
            let at = finding.item()?;
            let wanted = desired.connectors.iter().find_map(|it| it.call_center.values.get(at))?;
            Some((wanted.asked_by.clone(), finding.coded()))
        })
        .collect()
}

fn write(
    state: &OrgState,
    inventory: &Inventory,
    tenant: Option<TenantSeen<'_>>,
    refused: &RefusedValues,
) -> Adoption {
    let call_center = chosen(state, inventory);
    let mut first = Draft::default();
    first.comment(format!(
        "What `provision init --from-org` found in the org \"{}\" ({}). A plan with this file \
         changes nothing there, but for what the comments that begin with !! say.",
        state.organization.name, state.organization.id
    ));
    first.beside("");
    let connector = recipe_of(state);
    if !connector.default {
        first.text("recipe", &connector.recipe.name);
    }
    let region = region::choose(&mut first, state, inventory, call_center.as_deref());
    let of_tenant = tenant.and_then(tenant::draft);
    let adoptee = Adoptee {
        knows_tenant: of_tenant.as_ref().is_some_and(|(_, file)| file.is_some()),
        state,
        inventory,
        call_center: call_center.as_deref(),
        region,
        has_words: config::has_words,
    };
    let mut drafts: Vec<Draft> = ITEMS.iter().map(|item| item.adopt(&adoptee)).collect();
    let mut desktop_layout = None;
    if let Some((draft, file)) = of_tenant {
        drafts.push(draft);
        desktop_layout = file;
    }
    let last = list_leftovers(inventory, call_center.as_deref());
    let Written { text, left_out } = config::write_draft(&first, &drafts, &last, refused);
    let definition = drafts.into_iter().find_map(|draft| draft.definition);
    Adoption { text, definition, desktop_layout, left_out }
}

/// What is no part of the configuration, beside the adopted call center.
fn list_leftovers(inventory: &Inventory, call_center: Option<&str>) -> Draft {
    let mut draft = Draft::default();
    let others = inventory.leftovers.iter().filter(|left| Some(left.name.as_str()) != call_center);
    for left in others {
        if draft.tables.is_empty() {
            draft.comment(
                "Left over in the org, and no part of this configuration (`provision status`):",
            );
        }
        draft.comment(&left.message);
    }
    draft
}
