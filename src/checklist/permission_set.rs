//! `permission-set`: the chosen users have the permission sets they need.

use super::Verdict;
use crate::model::{Desired, OrgState};

/// What the item wants.
pub(super) fn plan(_desired: &Desired, _state: &OrgState) -> Verdict {
    Verdict::default()
}
