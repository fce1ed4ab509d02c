//! Rules between settings.

use std::collections::BTreeSet;

use crate::model::{CallCenter, CallCenterWish, Desired, Finding, OrgState};
pub use crate::model::Severity;

/// Placeholder until merged.
pub fn with_org(_: &Desired, _: &CallCenter, _: &OrgState) -> Vec<Finding> {
    Vec::new()
}
/// Placeholder.
pub fn objects_needed(_: &CallCenterWish) -> BTreeSet<String> {
    BTreeSet::new()
}
