//! Remembers a world, to take a deploy back.

use crate::world::World;

/// The org before a deploy: an uninstall can change any part of it.
pub(crate) struct Snapshot(Box<World>);

impl Snapshot {
    /// Remembers.
    pub(crate) fn of(world: &World) -> Self {
        Self(Box::new(world.clone()))
    }

    /// Takes everything back; ids that were handed out stay used, as in a real org.
    pub(crate) fn restore(self, world: &mut World) {
        let World { ids, jobs, .. } = std::mem::replace(world, *self.0);
        world.ids = ids;
        world.jobs = jobs;
    }
}
