//! What a user may do.

use super::World;
use crate::emulator::ids::Id;

impl World {
    /// Whether the user's profile or one of their permission sets permits this.
    pub(crate) fn permits(&self, user: &Id, permission: &str) -> bool {
        let Some(user) = self.user(user) else {
            return false;
        };
        let assigned = |set: &Id| {
            self.permission_set_assignments
                .iter()
                .any(|given| given.assignee_id == user.id && given.permission_set_id == *set)
        };
        self.permission_sets
            .iter()
            .filter(|set| set.permissions.contains(permission))
            .any(|set| set.profile_id.as_ref() == Some(&user.profile_id) || assigned(&set.id))
    }

    /// Whether the user may deploy and read metadata.
    pub(crate) fn may_use_metadata(&self, user: &Id) -> bool {
        self.permits(user, "ModifyMetadata") || self.permits(user, "ModifyAllData")
    }
}
