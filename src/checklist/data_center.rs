//! `data-center`: the package's custom metadata carries the region.

use super::Verdict;
use crate::model::{Desired, OrgState};

/// What the item wants.
pub(super) fn plan(_desired: &Desired, _state: &OrgState) -> Verdict {
    Verdict::default()
}
