//! What must be given before a plan is begun: the caller's permissions, and calls of the org's
//! daily allowance. Nothing is refused that the org does not tell.

mod calls;
mod permissions;
#[cfg(test)]
mod tests;

pub use calls::calls_needed;
pub use permissions::{how_to_give, missing, needed};
