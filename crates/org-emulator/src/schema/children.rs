//! Which ordinary objects belong to which, and what their parents call them.

use super::{Api, SObject, object};
use crate::world::World;

/// The ordinary objects that refer to others.
const CHILDREN: [&str; 5] = ["Account", "Case", "Contact", "Opportunity", "Task"];

/// Records of an object that point at a parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChildRelationship {
    /// What the parent calls them, e.g. `Contacts`.
    pub(crate) name: String,
    pub(crate) object: String,
    /// The field that points at the parent.
    pub(crate) field: String,
}

/// What belongs to a record of that object.
pub(crate) fn children(world: &World, parent: &str) -> Vec<ChildRelationship> {
    let objects = CHILDREN.iter().filter_map(|name| object(world, Api::Data, name));
    objects.flat_map(|child| of(&child, parent)).collect()
}

fn of(child: &SObject, parent: &str) -> Vec<ChildRelationship> {
    let fields = child.fields.iter().filter(|field| {
        field.createable && field.reference_to.iter().any(|target| target == parent)
    });
    fields
        .map(|field| ChildRelationship {
            name: if child.name == parent {
                format!("Child{}", child.plural)
            } else {
                child.plural.clone()
            },
            object: child.name.clone(),
            field: field.name.clone(),
        })
        .collect()
}
