//! What looks like the remains of an earlier installation.

use super::{Case, Check, Group};
use crate::model::Look;

const ABOUT: (Group, &str, &str) = (Group::Connector, "leftovers", "Remains");

pub(super) fn check(case: &Case<'_>) -> Check {
    if let Some(words) = case.refused(&[Look::Packages, Look::CallCenters]) {
        // What belongs to a package that is not shown looks like a remain of one that is not there.
        return Check::unknown(ABOUT, words);
    }
    let left = &case.inventory.leftovers;
    if left.is_empty() {
        return Check::ok(ABOUT, "Nothing is left of an earlier installation.");
    }
    let said: Vec<&str> = left.iter().map(|found| found.message.as_str()).collect();
    Check::warning(ABOUT, said.join(" "))
        .fix("`provision status` shows them with the users whom they concern.")
}
