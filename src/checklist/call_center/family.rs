//! Which call centers are the connector's.

use super::status::find_data_center;
use crate::checklist::Case;
use crate::definitions::{self, RecipeData};
use crate::model::{
    Baseline, Before, CallCenter, CallCenterId, CallCenterRow, ConnectorWish, GENERAL_SECTION,
    OrgState, Recipe, Ref, Target, host,
};

/// Whether a call center is one of this connector's: a predecessor's users move without a
/// conflict, because each definition version brings a call center with a new internal name.
pub fn is_connectors(recipe: &Recipe, internal_name: &str) -> bool {
    recipe.stated.is_name(&recipe.internal_name_prefix, internal_name)
}

/// Whether a call center goes with the connector: it is one of the connector's by the internal name
/// that the recipe states, one that we made, or one that a person named. What a configuration calls it
/// does not count: that name may be anybody's. Neither does the name of one with another adapter.
pub fn is_leaving(case: Case<'_>, row: &CallCenterRow) -> bool {
    leaves(case, &row.internal_name, row.adapter_url.as_deref())
}

/// The same before anybody has read what it holds.
pub fn may_leave(desired: &ConnectorWish, baseline: &Baseline, row: &CallCenterRow) -> bool {
    let (name, adapter) = (&row.internal_name, row.adapter_url.as_deref());
    is_the_connectors_by_name(desired, name, adapter) || is_to_leave(desired, baseline, name)
}

/// The same of a call center that a user is in or was in: by its row, where the org lists it.
pub fn is_recorded_leaving(case: Case<'_>, known: &Ref<CallCenterId>) -> bool {
    let adapter = row_of(case.state, known).and_then(|row| row.adapter_url.as_deref());
    leaves(case, &known.name, adapter)
}

/// The call center among those that the org lists.
fn row_of<'a>(state: &'a OrgState, known: &Ref<CallCenterId>) -> Option<&'a CallCenterRow> {
    known.find_or_replaced(&state.call_centers, |row| &row.id, |row| &row.internal_name)
}

fn leaves(case: Case<'_>, internal_name: &str, adapter: Option<&str>) -> bool {
    let Case { desired, state, baseline, .. } = case;
    let has_only_the_name = state
        .removal
        .named_call_center(internal_name)
        .is_some_and(|read| holds_nothing_of_connectors(desired, read));
    is_the_connectors_by_name(desired, internal_name, adapter) && !has_only_the_name
        || is_to_leave(desired, baseline, internal_name)
}

fn is_the_connectors_by_name(
    desired: &ConnectorWish,
    internal_name: &str,
    adapter: Option<&str>,
) -> bool {
    is_named(desired, internal_name)
        && !has_other_adapter(desired, adapter)
        && !desired.uninstall.only_recorded
}

/// Whether we made it, or a person named it.
fn is_to_leave(desired: &ConnectorWish, baseline: &Baseline, internal_name: &str) -> bool {
    is_made_by_us(baseline, internal_name)
        || desired.uninstall.delete_call_centers.iter().any(|name| name == internal_name)
}

/// Whether a call center that only a name tells is one of this connector's: by that name, unless the org shows
/// somebody else's adapter in it.
pub fn is_one_of_connectors(
    case: (&ConnectorWish, &OrgState, &Baseline),
    known: &Ref<CallCenterId>,
) -> bool {
    let (desired, state, baseline) = case;
    let is_others = row_of(state, known).is_some_and(|row| is_namesake(desired, row));
    is_connectors(&desired.recipe, &known.name)
        && (!is_others || is_made_by_us(baseline, &known.name))
}

/// Whether a call center is called as the connector's are and has somebody else's adapter.
pub(super) fn is_namesake(desired: &ConnectorWish, row: &CallCenterRow) -> bool {
    is_named(desired, &row.internal_name) && has_other_adapter(desired, row.adapter_url.as_deref())
}

pub(super) fn is_named(desired: &ConnectorWish, internal_name: &str) -> bool {
    let stated = &desired.recipe.stated;
    stated.is_name(&stated.internal_name_prefix, internal_name)
}

/// Whether what a call center holds tells that it is none of the connector's: it has an adapter at no host,
/// and no item that the connector's have beside those of every call center.
fn holds_nothing_of_connectors(desired: &ConnectorWish, read: &CallCenter) -> bool {
    let has_no_host = read.adapter_url().is_none_or(|address| host(address).is_none());
    has_no_host && !shares_items(desired, read)
}

/// Whether a call center has items of the connector's definition, beside Salesforce's own.
pub(super) fn shares_items(desired: &ConnectorWish, read: &CallCenter) -> bool {
    let definition = &desired.call_center.definition.call_center;
    read.items().any(|(key, _)| key.section != GENERAL_SECTION && definition.item(&key).is_some())
}

/// An adapter at the host that the configuration names is the connector's, too.
fn has_other_adapter(desired: &ConnectorWish, adapter: Option<&str>) -> bool {
    let Some(address) = adapter else { return false };
    let mut wanted = desired.call_center.values.values();
    let is_wanted = wanted.any(|it| host(&it.value).is_some() && host(&it.value) == host(address));
    !is_wanted && is_foreign(&desired.recipe, address)
}

/// Whether an adapter is neither the connector's nor at any address of Cisco's.
fn is_foreign(recipe: &Recipe, address: &str) -> bool {
    // An address without a host tells nothing.
    let Some(host) = host(address) else { return false };
    !CISCO.iter().any(|domain| host.ends_with(domain)) && !is_adapter(recipe, address)
}

/// Domains of adapters that are Cisco's whatever data centre they are in.
const CISCO: [&str; 3] = [".cisco.com", ".webex.com", ".ciscoccservice.com"];

/// Whether a call center is a clone of the connector's: it has the connector's adapter, or one that a
/// configuration calls so, and a name that Cisco gave to none. What it is for, only people know, so that
/// it stays unless they say otherwise.
pub fn is_clone(recipe: &Recipe, row: &CallCenterRow) -> bool {
    !is_connectors(recipe, &row.internal_name)
        && definitions::recipes().iter().all(|known| !known.is_named_like(&row.internal_name))
        && row.adapter_url.as_deref().is_some_and(|address| is_adapter(recipe, address))
}

fn is_adapter(recipe: &Recipe, address: &str) -> bool {
    let host = host(address);
    let is_at = |known: &String| Some(known.to_ascii_lowercase()) == host;
    // Others may have a call center at the host of the configuration's adapter: only the page itself is the
    // connector's.
    let is_own = |own: &String| page(own) == page(address);
    let named = recipe.adapter_hosts.iter().any(is_at) || recipe.own_adapter.iter().any(is_own);
    let fixed = definitions::recipe(&recipe.name).and_then(RecipeData::fixed_adapter);
    named
        || match fixed {
            Some(fixed) => self::host(fixed) == host,
            None => find_data_center(address).is_some(),
        }
}

/// An address without what it is called with.
fn page(address: &str) -> String {
    let page = address.trim().split(['?', '#']).next().unwrap_or_default();
    page.trim_end_matches('/').to_ascii_lowercase()
}

/// The generation of the connector that a call center belongs to: by the name that Cisco gave it, or by
/// its adapter where it has another. `own` is a recipe as a configuration has it, which may know further adapters.
pub fn generation_of(own: Option<&Recipe>, row: &CallCenterRow) -> Option<&'static RecipeData> {
    let recipe = |data: &'static RecipeData| match own {
        Some(own) if own.name == data.recipe.name => own,
        _ => &data.recipe,
    };
    let mut known = definitions::recipes().iter();
    let foreign = |data: &'static RecipeData| {
        row.adapter_url.as_deref().is_some_and(|address| is_foreign(recipe(data), address))
    };
    let named = known.find(|data| data.is_named_like(&row.internal_name) && !foreign(data));
    named.or_else(|| definitions::recipes().iter().find(|data| is_clone(recipe(data), row)))
}

/// Whether we made a call center, where there was none.
pub(super) fn is_made_by_us(baseline: &Baseline, internal_name: &str) -> bool {
    let whole = Target::CallCenter(Ref::named(internal_name));
    baseline.entry(&whole).is_some_and(|entry| entry.before == Before::Known(None))
}

/// Internal names of the call centers that we made, as far as the past is known.
pub fn made_by_us(baseline: &Baseline) -> impl Iterator<Item = &str> {
    baseline.entries.iter().filter_map(|entry| match &entry.target {
        Target::CallCenter(it) if entry.before == Before::Known(None) => Some(it.name.as_str()),
        _ => None,
    })
}
