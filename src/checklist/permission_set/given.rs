//! Who has which permission set.

use std::collections::HashMap;

use crate::model::{
    ByRef, OrgState, PermissionSet, PermissionSetAssignment, PermissionSetId, Ref, UserId,
};

/// All assignments that an org shows, to be asked for many users.
#[derive(Debug)]
pub struct Given<'a> {
    state: &'a OrgState,
    of_sets: HashMap<&'a PermissionSetId, ByRef<'a, UserId, PermissionSetAssignment>>,
}

impl<'a> Given<'a> {
    /// Those of an org.
    pub fn of(state: &'a OrgState) -> Self {
        let mut lists: HashMap<&PermissionSetId, Vec<&PermissionSetAssignment>> = HashMap::new();
        for given in &state.permission_set_assignments {
            lists.entry(&given.permission_set).or_default().push(given);
        }
        let by_user =
            |list| ByRef::new(list, |it: &'a PermissionSetAssignment| &it.user, |it| &it.username);
        let of_sets = lists.into_iter().map(|(set, list)| (set, by_user(list))).collect();
        Self { state, of_sets }
    }

    /// The org that shows them.
    pub fn state(&self) -> &'a OrgState {
        self.state
    }

    /// The assignment of a permission set to a user, where the user has it.
    pub fn find(
        &self,
        user: &Ref<UserId>,
        set: &Ref<PermissionSetId>,
    ) -> Option<&'a PermissionSetAssignment> {
        let set = PermissionSet::recorded(&self.state.permission_sets, set)?;
        self.of_sets.get(&set.id)?.find(user)
    }
}
