//! What is read by itself, once it was seen what there is: lists leave out what is in records.

use std::collections::BTreeSet;

use super::TenantCase;
use crate::checklist::{ItemId, desktop_layout, outdial};
use crate::model::tenant::field::allowed_idle_code;
use crate::model::{
    AgentProfileRow, AllowedCodes, Insides, Target, TenantRecord, TenantRecordId, Way,
};

/// The records that the wish, or what is put back, needs to be read, whether they were or not.
pub fn insides_needed(case: &TenantCase<'_>, way: Way) -> Insides {
    match way {
        Way::Build => {
            let of_wish = case.wish.idle_codes.is_some().then(|| profiles_to_read(case));
            let given_back = case.gives_back(ItemId::IDLE_CODES).then(|| recorded_profiles(case));
            Insides {
                layouts: desktop_layout::contents_needed(case),
                profiles: of_wish.into_iter().chain(given_back).flatten().collect(),
                anis: outdial::lists_needed(case),
                user_profiles: user_profiles(case),
            }
        }
        Way::Remove => Insides {
            layouts: recorded_layouts(case),
            profiles: recorded_profiles(case),
            ..Insides::default()
        },
    }
}

/// The desktop profiles of the teams' agents that allow some idle codes.
pub fn profiles_to_read(case: &TenantCase<'_>) -> BTreeSet<TenantRecordId> {
    let specific = case.profiles().into_iter().filter(|(profile, _)| is_specific(profile));
    specific.map(|(profile, _)| profile.id.clone()).collect()
}

/// Whether a profile allows some codes, read or not: what was read before is read again next time.
fn is_specific(profile: &AgentProfileRow) -> bool {
    matches!(profile.idle_codes, AllowedCodes::Unread | AllowedCodes::Listed(_))
}

/// The layouts that the past is about.
fn recorded_layouts(case: &TenantCase<'_>) -> BTreeSet<TenantRecordId> {
    let recorded = case.baseline.entries.iter().filter_map(|entry| match &entry.target {
        Target::Tenant { kind: TenantRecord::DesktopLayout, record, .. } => case.layout(record),
        _ => None,
    });
    recorded.map(|layout| layout.id.clone()).collect()
}

/// The desktop profiles in which the past has allowed idle codes.
fn recorded_profiles(case: &TenantCase<'_>) -> BTreeSet<TenantRecordId> {
    let recorded = case.baseline.entries.iter().filter_map(|entry| match &entry.target {
        Target::Tenant { kind, record, field: Some(field) } => {
            allowed_idle_code(*kind, field)?;
            record.find(case.state.agent_profiles.as_slice(), |it| &it.id, |it| &it.name)
        }
        _ => None,
    });
    recorded.filter(|it| is_specific(it)).map(|profile| profile.id.clone()).collect()
}

/// The user profiles that the wish names.
fn user_profiles(case: &TenantCase<'_>) -> BTreeSet<TenantRecordId> {
    let names = case.wish.recording_rights.iter().flat_map(|it| &it.user_profiles);
    let of_name =
        |name: &String| case.state.user_profiles.iter().find(|profile| &profile.name == name);
    let specific = names.filter_map(of_name).filter(|profile| !profile.permits_all);
    specific.map(|profile| profile.id.clone()).collect()
}
