//! Work that blocks: files that must be on the disk before a run goes on.

use crate::failure::{Failure, Kind};
use crate::journal::OrgStore;

/// Does work in a store on a thread of its own, for other runs may share this one. It is done as a whole
/// even where the run is dropped meanwhile. What never keeps anybody waiting is done at once.
pub(super) async fn blocking<T, E>(
    store: OrgStore,
    work: impl FnOnce(&OrgStore) -> Result<T, E> + Send + 'static,
) -> Result<T, Failure>
where
    T: Send + 'static,
    E: Into<Failure> + Send + 'static,
{
    if store.is_instant() {
        return work(&store).map_err(Into::into);
    }
    match tokio::task::spawn_blocking(move || work(&store)).await {
        Ok(done) => done.map_err(Into::into),
        Err(error) => {
            Err(Failure::new(Kind::Bug, "Writing to the state directory was cut short.")
                .because(error))
        }
    }
}
