//! What writing has told of the org, without looking at it again.

use std::collections::BTreeSet;

use super::{Observer, SetAssignmentRow};
use crate::checklist::Change;
use crate::model::{CallCenterId, LockedPlace, PermissionSetId, Target, UserId};

impl Observer<'_> {
    /// Takes in what the org answered about users right after they were assigned.
    pub(in crate::engine) fn take_assigned(
        &mut self,
        target: &CallCenterId,
        members: &BTreeSet<UserId>,
        asked: &BTreeSet<UserId>,
    ) {
        let Some(state) = self.seen.state_mut() else { return };
        for user in &mut state.users {
            if members.contains(&user.id) {
                user.call_center = Some(*target);
            } else if asked.contains(&user.id) && user.call_center.as_ref() == Some(target) {
                user.call_center = None;
            }
        }
    }

    /// Takes in who has these permission sets, as the org answered right after assigning them.
    pub(in crate::engine) fn take_set_assignments(
        &mut self,
        sets: &[PermissionSetId],
        found: Vec<SetAssignmentRow>,
    ) {
        let Some(state) = self.seen.state_mut() else { return };
        // Where the rest was not seen, these alone would look like all there are.
        let Some(known) = state.permission_set_assignments.seen_mut() else { return };
        known.retain(|assignment| !sets.contains(&assignment.permission_set));
        known.extend(found.into_iter().map(Into::into));
    }

    /// Takes in what a deploy could not delete, or not change, with the org's words.
    pub(in crate::engine) fn refuses(&mut self, left: &[(Change, String)]) {
        let Some(state) = self.seen.state_mut().filter(|_| !left.is_empty()) else { return };
        for (change, words) in left {
            match change.target() {
                Target::CallCenter(it) => {
                    state.removal.undeletable.insert(it.name.clone(), words.clone())
                }
                Target::ApexClass(name) => {
                    state.removal.stuck_classes.insert(name.clone(), words.clone())
                }
                Target::UtilityItem(bar, _) => {
                    state.refused_bars.insert(bar.clone(), words.clone())
                }
                _ => None,
            };
        }
    }

    /// Takes in what the package does not let anybody change.
    pub(in crate::engine) fn lock(&mut self, places: impl IntoIterator<Item = LockedPlace>) {
        let mut places = places.into_iter().peekable();
        if places.peek().is_none() {
            return;
        }
        if let Some(state) = self.seen.state_mut() {
            state.custom_metadata.locked.extend(places);
        }
    }
}
