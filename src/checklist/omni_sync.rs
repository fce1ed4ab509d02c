//! `omni-sync`: agents' states in Webex and in Omni-Channel follow each other.

use super::Verdict;
use crate::model::{Desired, OrgState};

/// What the item wants.
pub(super) fn plan(_desired: &Desired, _state: &OrgState) -> Verdict {
    Verdict::default()
}
