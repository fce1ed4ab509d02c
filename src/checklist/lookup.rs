//! An org in which many values are looked up, one after another.

use std::sync::OnceLock;

use super::permission_set::Given;
use super::task_layout::Current;
use crate::model::{ByRef, OrgState, Ref, User, UserId};

/// An org at one moment. What there may be tens of thousands of is indexed when it is first asked for.
pub struct Lookup<'a> {
    /// The org.
    pub state: &'a OrgState,
    users: OnceLock<ByRef<'a, UserId, User>>,
    given: OnceLock<Given<'a>>,
    layouts: OnceLock<Current<'a>>,
}

impl<'a> Lookup<'a> {
    /// Looks up in that org.
    pub fn of(state: &'a OrgState) -> Self {
        let (users, given, layouts) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { state, users, given, layouts }
    }

    /// A user, as far as the org shows users.
    pub(super) fn user(&self, wanted: &Ref<UserId>) -> Option<&'a User> {
        let users = || self.state.users_by_ref();
        self.users.get_or_init(users).find(wanted)
    }

    /// Who has which permission set.
    pub(super) fn given(&self) -> &Given<'a> {
        self.given.get_or_init(|| Given::of(self.state))
    }

    /// Which page layout profiles use.
    pub(super) fn layouts(&self) -> &Current<'a> {
        self.layouts.get_or_init(|| Current::of(self.state))
    }
}
