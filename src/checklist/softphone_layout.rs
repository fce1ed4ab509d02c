//! `softphone-layout`: what an agent gets has the wanted call types, objects and screen pops.

use super::Verdict;
use crate::model::{Desired, OrgState};

/// What the item wants.
pub(super) fn plan(_desired: &Desired, _state: &OrgState) -> Verdict {
    Verdict::default()
}
