//! Remembers a world, to take a deploy back.

use crate::emulator::world::World;

/// The org before a deploy: an uninstall can change any part of it.
pub(super) struct Snapshot(Box<World>);

impl Snapshot {
    /// Remembers.
    pub(super) fn of(world: &World) -> Self {
        Self(Box::new(world.clone()))
    }

    /// Takes everything back; ids that were handed out stay used, as in a real org.
    pub(super) fn restore(self, world: &mut World) {
        let ids = world.ids.clone();
        *world = *self.0;
        world.ids = ids;
    }
}
