//! What waits for answers and signals: one thread, built only by commands that need it.

use std::io;

use tokio::runtime::{Builder, Runtime};

use crate::failure::{Failure, Kind};

/// Builds it.
pub(super) fn build() -> Result<Runtime, Failure> {
    Builder::new_current_thread().enable_all().build().map_err(trouble)
}

/// Waits for an answer, and for nothing else: a name that nobody resolves would be waited for even
/// after its time is up.
pub(super) fn wait<T>(answer: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = build()?;
    let answer = runtime.block_on(answer);
    runtime.shutdown_background();
    Ok(answer)
}

/// What it means when the system does not let the program wait.
pub(super) fn trouble(error: io::Error) -> Failure {
    Failure::new(Kind::Bug, "The system does not let the program wait for answers and signals.")
        .because(error)
}
