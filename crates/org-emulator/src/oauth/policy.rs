//! Whether the org lets somebody in through an app, however they show who they are.

use super::refusal::{BLOCKED, Denied, INACTIVE, LOCKED, NOT_ADMITTED, NOT_INSTALLED, RESTRICTED};
use crate::ids::Id;
use crate::world::World;
use crate::world::access::Act;
use crate::world::logins::ConnectedApp;

/// Refuses whom the org, the app's policies or the profile keep out.
pub(super) fn admit(world: &World, app: &ConnectedApp, user: &Id) -> Result<(), Denied> {
    if world.login_policy.locked {
        return Err(LOCKED);
    }
    let Some(user) = world.user(user).filter(|user| user.may_enter()) else {
        return Err(INACTIVE);
    };
    if app.blocked {
        return Err(BLOCKED);
    }
    let may_approve = world.has_approved(&user.id, &app.consumer_key)
        || world.may(&user.id, Act::ApproveUninstalledApps);
    if !app.installed && !may_approve {
        return Err(NOT_INSTALLED);
    }
    let profile = world.profile(&user.profile_id).map(|profile| profile.name.as_str());
    let is_one_of = |labels: &[String]| {
        profile.is_some_and(|profile| labels.iter().any(|label| label == profile))
    };
    if app.approved_profiles.as_deref().is_some_and(|labels| !is_one_of(labels)) {
        return Err(NOT_ADMITTED);
    }
    if is_one_of(&world.login_policy.restricted_profiles) {
        return Err(RESTRICTED);
    }
    Ok(())
}
