//! `provision verify`: compare every item with the org.

use crate::cli::context::Context;
use crate::cli::run::{self, Job};
use crate::engine::Goal;

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>) -> u8 {
    run::run(context, Job::to(Goal::Verify))
}
