//! A number that stands for a resolved configuration: equal wishes have equal numbers.

use aws_lc_rs::digest::{SHA256, digest};

use crate::model::Desired;

/// The hash of what is wanted, as 16 hexadecimal digits: the beginning of a SHA-256.
///
/// What people see of the configuration's text (order, comments, spelling of an id) does not count;
/// what would be sent does. A configuration holds no secrets, and none can be read out of this.
pub(super) fn hash(desired: &Desired) -> String {
    let serialised = serde_json::to_vec(desired).expect("keys of its maps are texts");
    let digest = digest(&SHA256, &serialised);
    let beginning = digest.as_ref().iter().take(8);
    let number = beginning.fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{number:016x}")
}
