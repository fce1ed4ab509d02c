//! What somebody has agreed to, while it is carried out.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

use super::change::{SavedAfter, SavedChange, by_subject, moved_nothing, near};
use crate::checklist::{Change, Plan};
use crate::failure::Failure;
use crate::model::{Subject, SubjectKind};

/// The changes of a plan that was agreed to. Whatever a later look plans has to be part of it.
///
/// Users can be tens of thousands. Their ids are always seen, so that a change of one is the same or
/// another one, and a fingerprint of 64 bits is all that is kept of it.
pub(in crate::engine) struct Agreed {
    users: HashSet<u64>,
    state: RandomState,
    others: Vec<SavedChange>,
}

impl Agreed {
    /// What is about to be carried out.
    pub(in crate::engine) fn to(plan: &Plan) -> Self {
        let mut agreed =
            Self { users: HashSet::new(), state: RandomState::new(), others: Vec::new() };
        for row in plan.changes().flat_map(Change::rows) {
            let change = SavedChange::of(&row);
            match agreed.of_user(&change) {
                Some(fingerprint) => drop(agreed.users.insert(fingerprint)),
                None => agreed.others.push(change),
            }
        }
        agreed
    }

    /// Makes sure that a later plan only does what was agreed to.
    pub(in crate::engine) fn allows(&self, plan: &Plan) -> Result<(), Failure> {
        let known = by_subject(&self.others);
        // Nearly each is of a subject that was agreed to; among thousands the others are few.
        let is_agreed = |change: &SavedChange| {
            self.of_user(change).is_some_and(|it| self.users.contains(&it))
                || near(&known, change).iter().any(|agreed| agreed.covers(change))
                || self.others.iter().any(|agreed| agreed.covers(change))
        };
        let rows = plan.changes().flat_map(Change::rows);
        let new: Vec<SavedChange> =
            rows.map(|row| SavedChange::of(&row)).filter(|change| !is_agreed(change)).collect();
        moved_nothing(&[], &new.iter().collect::<Vec<_>>())
    }

    /// The fingerprint of a change of a user to a value that is known.
    fn of_user(&self, change: &SavedChange) -> Option<u64> {
        let SavedChange { item, subject: Subject { kind, name, .. }, field, after, ids, .. } =
            change;
        let is_of_user = matches!(kind, SubjectKind::User | SubjectKind::PermissionSetAssignment);
        let (Some(id), SavedAfter::Known(after)) = (&ids.subject, after) else { return None };
        is_of_user.then(|| self.state.hash_one((item, kind, name, field, after, id)))
    }
}
