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
        Self::of(changes(plan))
    }

    fn of(changes: impl Iterator<Item = SavedChange>) -> Self {
        let mut agreed =
            Self { users: HashSet::new(), state: RandomState::new(), others: Vec::new() };
        for change in changes {
            match agreed.of_user(&change) {
                Some(fingerprint) => drop(agreed.users.insert(fingerprint)),
                None => agreed.others.push(change),
            }
        }
        agreed
    }

    /// Makes sure that a later plan only does what was agreed to.
    pub(in crate::engine) fn allows(&self, plan: &Plan) -> Result<(), Failure> {
        let new = self.new_ones(changes(plan));
        moved_nothing(&[], &new.iter().collect::<Vec<_>>())
    }

    /// Those that are no part of what was agreed to.
    fn new_ones(&self, changes: impl Iterator<Item = SavedChange>) -> Vec<SavedChange> {
        let known = by_subject(&self.others);
        // Nearly each is of a subject that was agreed to; among thousands the others are few.
        let is_agreed = |change: &SavedChange| {
            self.of_user(change).is_some_and(|it| self.users.contains(&it))
                || near(&known, change).iter().any(|agreed| agreed.covers(change))
                || self.others.iter().any(|agreed| agreed.covers(change))
        };
        changes.filter(|change| !is_agreed(change)).collect()
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

/// The changes of a plan, value by value.
fn changes(plan: &Plan) -> impl Iterator<Item = SavedChange> {
    plan.changes().flat_map(Change::rows).map(|row| SavedChange::of(&row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Ids;

    fn of_user(id: Option<&str>, after: SavedAfter) -> SavedChange {
        SavedChange {
            item: "users".to_owned(),
            subject: Subject::new(SubjectKind::User, "ada@acme.example"),
            field: "CallCenterId".to_owned(),
            before: None,
            after,
            ids: Ids { subject: id.map(str::to_owned), ..Ids::default() },
        }
    }

    fn known(value: &str) -> SavedAfter {
        SavedAfter::Known(Some(value.to_owned()))
    }

    #[test]
    fn another_user_and_another_value_were_not_agreed_to() {
        let agreed = Agreed::of([of_user(Some("0051"), known("Webex"))].into_iter());
        let new = |change: &SavedChange| agreed.new_ones([change.clone()].into_iter()).len();
        let same = of_user(Some("0051"), known("Webex"));
        assert_eq!(new(&same), 0);
        // What is there by now is compared when it is written.
        assert_eq!(new(&SavedChange { before: Some("Other".to_owned()), ..same.clone() }), 0);
        assert_eq!(new(&of_user(Some("0052"), known("Webex"))), 1);
        assert_eq!(new(&of_user(Some("0051"), known("Other"))), 1);
        assert_eq!(new(&of_user(Some("0051"), SavedAfter::Known(None))), 1);
        assert_eq!(new(&SavedChange { item: "permission-set".to_owned(), ..same.clone() }), 1);
        assert_eq!(new(&SavedChange { field: "Name".to_owned(), ..same }), 1);
    }

    #[test]
    fn what_was_open_may_be_filled_in() {
        let open = SavedAfter::KnownAfter("package".to_owned());
        for id in [Some("0051"), None] {
            let agreed = Agreed::of([of_user(id, open.clone())].into_iter());
            let new = |change| agreed.new_ones([change].into_iter()).len();
            assert_eq!(new(of_user(Some("0051"), known("Webex"))), 0);
            assert_eq!(new(of_user(Some("0052"), known("Webex"))), usize::from(id.is_some()));
        }
    }
}
