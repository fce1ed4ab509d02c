//! What waits for answers and signals: one thread, built only by commands that need it.

use std::io;

use tokio::runtime::{Builder, Runtime};

use crate::failure::{Failure, Kind};

/// Builds it.
pub(super) fn build() -> Result<Runtime, Failure> {
    Builder::new_current_thread().enable_all().build().map_err(trouble)
}

/// What it means when the system does not let the program wait.
pub(super) fn trouble(error: io::Error) -> Failure {
    Failure::new(Kind::Bug, "The system does not let the program wait for answers and signals.")
        .because(error)
}
