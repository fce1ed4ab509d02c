//! What people lose by a plan: taken from many at once, it is most likely a mistake in the
//! configuration.

use super::{ItemId, Plan};
use crate::model::{OrgState, Target};

/// People who have something and are to lose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What they lose: `their call center`.
    pub what: String,
    /// How many lose it.
    pub losing: usize,
    /// How many have it, as far as was looked.
    pub of: usize,
}

impl Loss {
    /// A plan may take something from so many of those who have it; taking it from more needs a
    /// person's word. One single person is never too many.
    pub const USUAL_PERCENT: usize = 20;

    /// Whether more people lose it than is usual.
    pub(super) fn is_great(&self) -> bool {
        self.losing > 1 && self.losing * 100 > self.of * Self::USUAL_PERCENT
    }

    /// `6 of 11 users lose their call center.`
    pub fn sentence(&self) -> String {
        format!("{} of {} users lose {}.", self.losing, self.of, self.what)
    }
}

/// What more people would lose by going back to a snapshot than is usual.
pub fn restored_losses(plan: &Plan, state: &OrgState) -> Vec<(ItemId, Loss)> {
    let losing = |is_it: fn(&Target) -> bool| {
        plan.changes().filter(|it| it.operation.to.is_none() && is_it(it.target())).count()
    };
    let loss = |what: &str, losing, of: usize| Loss { what: what.to_owned(), losing, of };
    let members = state.users.iter().filter(|user| user.call_center.is_some()).count();
    let holders = state.permission_set_assignments.as_slice().len();
    let of_centers = losing(|target| matches!(target, Target::UserCallCenter(_)));
    let of_sets = losing(|target| matches!(target, Target::PermissionSetAssignment { .. }));
    let all = [
        (ItemId::USERS, loss("their call center", of_centers, members)),
        (ItemId::PERMISSION_SET, loss("a permission set", of_sets, holders.max(of_sets))),
    ];
    all.into_iter().filter(|(_, loss)| loss.is_great()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_and_a_small_share_are_usual() {
        let great = |losing, of| Loss { what: String::new(), losing, of }.is_great();
        assert!(!great(1, 1));
        assert!(!great(2, 10));
        assert!(great(3, 10));
        assert!(great(2, 2));
        assert!(!great(600, 3_000));
        assert!(great(601, 3_000));
    }
}
