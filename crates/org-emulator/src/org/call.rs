//! Who calls.

use super::Org;
use crate::clock::Millis;
use crate::ids::Id;
use crate::world::World;
use crate::world::access::Act;

/// A call that has been authenticated: the org, who asks, and when.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) org: &'a mut Org,
    pub(crate) user: Id,
    /// The API version of the URL, e.g. `68.0`.
    pub(crate) version: String,
    pub(crate) now: Millis,
}

impl Call<'_> {
    /// The world, to look at.
    pub(crate) fn world(&self) -> &World {
        self.org.world()
    }

    /// Whether the caller may do this.
    pub(crate) fn may(&self, act: Act) -> bool {
        self.org.world().may(&self.user, act)
    }
}
