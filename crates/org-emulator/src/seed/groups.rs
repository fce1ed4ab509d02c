//! Groups of permission sets.

use std::collections::BTreeSet;

use super::changes::NewGroup;
use crate::world::World;
use crate::world::custom_metadata::qualified;
use crate::world::people::{PermissionSet, PermissionSetAssignment, PermissionSetGroup};

/// Makes a group with the set of its own, and puts users into it.
pub(super) fn add(world: &mut World, name: &str, new: &NewGroup) -> Result<(), String> {
    let mut sets = Vec::new();
    for wanted in &new.permission_sets {
        let full = |set: &PermissionSet| qualified(set.namespace_prefix.as_deref(), &set.name);
        let set = world.permission_sets.iter().find(|set| full(set) == *wanted);
        sets.push(
            set.ok_or_else(|| format!("the org has no permission set {wanted:?}"))?.id.clone(),
        );
    }
    let (group, own) = (world.new_id("0PG"), world.new_id("0PS"));
    let label = name.replace('_', " ");
    world.permission_set_groups.push(PermissionSetGroup {
        id: group.clone(),
        developer_name: name.to_owned(),
        master_label: label.clone(),
        namespace_prefix: None,
        description: None,
        permission_set_ids: sets,
    });
    world.permission_sets.push(PermissionSet {
        id: own.clone(),
        name: name.to_owned(),
        label,
        description: None,
        namespace_prefix: None,
        profile_id: None,
        permissions: BTreeSet::new(),
        fields: std::collections::BTreeMap::new(),
        objects: std::collections::BTreeMap::new(),
        permission_set_group_id: Some(group.clone()),
    });
    for user in &new.users {
        let known = world.users.iter().find(|it| it.username.starts_with(user.as_str()));
        let assignee_id = known.ok_or_else(|| format!("the org has no user {user:?}"))?.id.clone();
        let id = world.new_id("0Pa");
        world.permission_set_assignments.push(PermissionSetAssignment {
            id,
            assignee_id,
            permission_set_id: own.clone(),
            permission_set_group_id: Some(group.clone()),
        });
    }
    Ok(())
}
