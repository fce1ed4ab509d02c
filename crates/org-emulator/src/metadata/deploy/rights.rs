//! Whether somebody who may use the Metadata API may write this type of components.

use super::super::schema::Problem;
use crate::guesses::Guesses;
use crate::ids::Id;
use crate::world::World;
use crate::world::access::Act;

/// Refuses components that the user has no permission for.
pub(crate) fn check(world: &World, guesses: Guesses, user: &Id, kind: &str) -> Result<(), Problem> {
    if !guesses.components_need_own_permission || world.may(user, Act::of_component(kind)) {
        return Ok(());
    }
    Err(Problem::whole(
        "You do not have the level of access necessary to perform the operation you requested. \
         Please contact the owner of the record or your administrator if access is necessary.",
    ))
}
