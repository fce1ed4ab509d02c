//! The items of the Webex organization: what one is, and all of them together.
//!
//! They see another state than the items of a Salesforce org, and so are behind a trait of their own.

mod by_hand;
mod case;
mod chosen_teams;
mod insides;
mod inventory;
mod item;
mod restore;
mod uncompared;

pub(in crate::checklist) use by_hand::{add_steps, leave_to_person, open, tell_agents};
pub use case::TenantCase;
pub use insides::{insides_needed, profiles_to_read};
pub use inventory::{DesktopLayoutInUse, INVENTORY_LOOKS, TenantInventory, layouts_in_use};
pub use item::TenantItem;
pub use restore::{current as tenant_now, still_unseen};
pub(in crate::checklist) use restore::{give_back, of_profile, put_back, put_back_where};
pub use uncompared::unconfigured_in_tenant;

use std::collections::BTreeSet;

use super::region::{self, RegionPlace};
use super::{
    ItemId, Plan, PlannedItem, Selection, Stage, Stop, Unseen, Verdict, desktop_layout, idle_codes,
    outdial, recording_rights, teams, variables,
};
use crate::model::tenant::field::{OUTDIAL_ANI, OUTDIAL_ENABLED, OUTDIAL_ENTRY_POINT};
use crate::model::{
    Baseline, BaselineEntry, Before, Target, TenantLook, TenantRecord, TenantRecordId, Wave, Way,
};

/// Every item of the Webex organization, in the order in which they are brought about.
pub static TENANT_ITEMS: [&dyn TenantItem; 6] = [
    &desktop_layout::DesktopLayout,
    &teams::Teams,
    &idle_codes::IdleCodes,
    &variables::Variables,
    &outdial::Outdial,
    &recording_rights::RecordingRights,
];

/// What has to be looked at.
pub fn tenant_looks(case: &TenantCase<'_>, way: Way) -> BTreeSet<TenantLook> {
    match way {
        Way::Build => TENANT_ITEMS.iter().flat_map(|item| item.looks(case)).collect(),
        Way::Remove => case.baseline.entries.iter().flat_map(shown_by).collect(),
    }
}

/// What shows the value that an entry is about.
fn shown_by(entry: &BaselineEntry) -> Vec<TenantLook> {
    let Target::Tenant { kind, field, .. } = &entry.target else { return Vec::new() };
    match kind {
        TenantRecord::DesktopLayout | TenantRecord::Team => {
            vec![TenantLook::DesktopLayouts, TenantLook::Teams]
        }
        TenantRecord::AuxiliaryCode => vec![TenantLook::IdleCodes],
        TenantRecord::CadVariable => vec![TenantLook::Variables],
        TenantRecord::AgentProfile => {
            // Who has it is told before it changes.
            let mut looks = vec![TenantLook::AgentProfiles, TenantLook::Agents];
            looks.extend(match field.as_deref() {
                Some(OUTDIAL_ENABLED) => None,
                Some(OUTDIAL_ENTRY_POINT) => Some(TenantLook::EntryPoints),
                Some(OUTDIAL_ANI) => Some(TenantLook::OutdialAnis),
                _ => Some(TenantLook::IdleCodes),
            });
            looks
        }
    }
}

/// Asks every item that something is wanted of what is to be changed for it. What could not be seen
/// stops the items that need it, by name; the others go on.
pub fn tenant_plan(case: &TenantCase<'_>) -> Plan {
    tenant_plan_selected(case, &Selection::All)
}

/// The same, of which a person has chosen items: what concerns all is said of the first of these.
pub fn tenant_plan_selected(case: &TenantCase<'_>, selection: &Selection) -> Plan {
    let answer = |item: &&dyn TenantItem| {
        let (id, looks) = (item.about().id, item.looks(case));
        if looks.is_empty() {
            return Some(PlannedItem { item: id, verdict: uncompared::uncompared(case, id)? });
        }
        let refused = looks.into_iter().filter_map(|look| case.state.refusal(look));
        let unseen: Vec<Unseen> = refused.map(|what| Unseen::in_tenant(&what)).collect();
        let verdict = if unseen.is_empty() { item.plan(case) } else { Verdict::blind(unseen) };
        Some(PlannedItem { item: id, verdict })
    };
    let mut items: Vec<PlannedItem> = TENANT_ITEMS.iter().filter_map(answer).collect();
    // What concerns several items is said once.
    let mut stop_first = |is_one: &dyn Fn(ItemId) -> bool, stops: Vec<Stop>| {
        if let Some(first) = items.iter_mut().find(|it| selection.has(it.item) && is_one(it.item)) {
            first.verdict.stops.splice(0..0, stops);
        }
    };
    stop_first(&|_| true, two_data_centres(case).into_iter().collect());
    stop_first(&|item| chosen_teams::OF_TEAMS.contains(&item), chosen_teams::unknown(case));
    chosen_teams::tell_of_nobody(case, selection, &mut items);
    Plan { items, stages: vec![Stage { wave: Wave::Webex, way: Way::Build }] }
}

/// Why nothing may begin where the configuration, the login and the layout mean several data centres.
fn two_data_centres(case: &TenantCase<'_>) -> Option<Stop> {
    let mut places = vec![RegionPlace::new("the configuration", &case.wish.data_center)];
    places.extend(case.connectors.iter().flat_map(region::of_connector));
    places.extend(region::of_tenant(case.wish, case.state));
    let said = region::disagreement(&places)?;
    Some(
        Stop::refused(format!("Several data centres are named: {said}."))
            .hint("Correct `data_center` in the configuration, or log in to Webex with the right one.")
            .at("data_center"),
    )
}

/// Asks every item what is to be changed so that the contact center is as it was.
pub fn tenant_removal(case: &TenantCase<'_>) -> Plan {
    let answer =
        |item: &&dyn TenantItem| PlannedItem { item: item.about().id, verdict: item.removal(case) };
    let items = super::plan::of_way(TENANT_ITEMS.iter().map(answer).collect(), Way::Remove);
    Plan { items, stages: vec![Stage { wave: Wave::Webex, way: Way::Remove }] }
}

/// The baseline entries of a change that is about to be made.
pub fn tenant_entries(change: &super::Change, run: &str) -> Vec<BaselineEntry> {
    let entry = |part: crate::model::Operation| BaselineEntry {
        item: change.item.as_str().to_owned(),
        before: Before::Known(part.from),
        ours: part.to,
        target: part.target,
        run: run.to_owned(),
        recipe: None,
        giving_back: false,
    };
    change.operation.parts().into_iter().map(entry).collect()
}

/// Whether the program made a record, as far as the past is known.
pub(in crate::checklist) fn is_made_by_us(
    baseline: &Baseline,
    kind: TenantRecord,
    id: &TenantRecordId,
) -> bool {
    baseline.entries.iter().any(|entry| {
        let Target::Tenant { kind: there, record, field: None } = &entry.target else {
            return false;
        };
        *there == kind && record.id.as_ref() == Some(id) && entry.before == Before::Known(None)
    })
}
