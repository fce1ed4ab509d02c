//! Permission sets of the org itself.

use super::super::names::decoded;
use super::super::schema::Problem;
use super::access;
use super::part::Applied;
use crate::guesses::Guesses;
use crate::soap::xml::Element;
use crate::world::World;
use crate::world::custom_metadata::qualified;
use crate::world::people::PermissionSet;

/// Puts a permission set into the world.
pub(super) fn apply(
    world: &mut World,
    guesses: Guesses,
    name: &str,
    root: &Element,
) -> Result<Applied, Problem> {
    let kept = ["fullName", "description", "hasActivationRequired", "label", "license"];
    access::check_kept(root, &kept, "permission sets")?;
    let wanted = access::read(world, guesses, root)?;
    let name = decoded(name);
    let label = root.value("label").unwrap_or_default().to_owned();
    if label.is_empty() {
        return Err(Problem::at(root.at, "Required field is missing: label"));
    }
    let description = root.value("description").filter(|text| !text.is_empty()).map(str::to_owned);
    let place = world.permission_sets.iter().position(|set| {
        set.profile_id.is_none() && qualified(set.namespace_prefix.as_deref(), &set.name) == name
    });
    let Some(place) = place else {
        let id = world.new_id("0PS");
        world.permission_sets.push(PermissionSet {
            id: id.clone(),
            name,
            label,
            description,
            namespace_prefix: None,
            profile_id: None,
            permissions: std::collections::BTreeSet::new(),
            fields: std::collections::BTreeMap::new(),
            objects: std::collections::BTreeMap::new(),
            permission_set_group_id: None,
        });
        access::apply(world, &id, wanted);
        return Ok(Applied { id, created: true, changed: true });
    };
    let set = &mut world.permission_sets[place];
    let id = set.id.clone();
    if set.namespace_prefix.is_some() {
        return Err(Problem::whole(format!(
            "Cannot modify managed object: entity=PermissionSet, component={id}, field=Label, \
             state=installed"
        )));
    }
    let mut changed = set.label != label || set.description != description;
    (set.label, set.description) = (label, description);
    changed |= access::apply(world, &id, wanted);
    Ok(Applied { id, created: false, changed })
}
