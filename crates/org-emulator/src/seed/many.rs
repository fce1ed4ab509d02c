//! Orgs of large companies: a profile, a record type and a call center for each of many branches.

use serde::Deserialize;

use super::pages::{add_record_type, assign_to};
use super::people::add_profile;
use crate::world::World;

/// How many of them there are besides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", default, deny_unknown_fields)]
pub(super) struct Many {
    /// `Branch 1`…
    pub(super) profiles: usize,
    /// Of Task: `Branch_1`…
    pub(super) record_types: usize,
    /// `Branch1`…, each like the first one that the org has.
    pub(super) call_centers: usize,
}

/// Adds them, with a page layout for every profile and record type.
pub(super) fn add(world: &mut World, many: Many) {
    let old = world.profiles.len();
    let new_kinds = world.record_types.len();
    for number in 1..=many.record_types {
        add_record_type(world, "Task", &name(number), &format!("Branch_{number}"), true);
    }
    for number in 1..=many.profiles {
        add_profile(world, &name(number), &name(number), true, false);
    }
    let kinds: Vec<_> =
        world.record_types[new_kinds..].iter().map(|kind| Some(kind.id.clone())).collect();
    let profiles = |world: &World, from: usize| -> Vec<_> {
        world.profiles[from..].iter().map(|profile| profile.id.clone()).collect()
    };
    for profile in &profiles(world, 0)[..old] {
        assign_to(world, "Task", profile, &kinds);
    }
    for object in ["Task", "Account", "Case", "Contact", "Lead"] {
        let of_object = world.record_types.iter().filter(|kind| kind.sobject_type == object);
        let kinds: Vec<_> =
            std::iter::once(None).chain(of_object.map(|kind| Some(kind.id.clone()))).collect();
        for profile in &profiles(world, old) {
            assign_to(world, object, profile, &kinds);
        }
    }
    let Some(first) = world.call_centers.first().cloned() else { return };
    for number in 1..=many.call_centers {
        let id = world.new_id("04v");
        let mut center = first.clone();
        center.id = id;
        center.internal_name = format!("Branch{number}");
        center.name = name(number);
        center.derive_custom_settings();
        world.call_centers.push(center);
    }
}

fn name(number: usize) -> String {
    format!("Branch {number}")
}
