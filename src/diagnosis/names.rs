//! Names in sentences.

use crate::model::in_a_row;

/// `a, b and c`; in short, what is past the first ones is counted.
pub(super) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    const NAMED: usize = 5;
    in_a_row(names, NAMED)
}
