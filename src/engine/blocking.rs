//! Work that blocks: files that must be on the disk before a run goes on.

use crate::failure::{Failure, Kind};

/// Does it on a thread of its own, for other runs may share this one. It is done as a whole even
/// where the run is dropped meanwhile.
pub(super) async fn blocking<T, E>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, Failure>
where
    T: Send + 'static,
    E: Into<Failure> + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(Into::into),
        Err(error) => {
            Err(Failure::new(Kind::Bug, "Writing to the state directory was cut short.")
                .because(error))
        }
    }
}
