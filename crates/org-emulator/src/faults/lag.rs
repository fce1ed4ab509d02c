//! Reads that still show what was there before a write.

use super::effect::writes;
use crate::request::{Request, RequestInfo};
use crate::world::World;

/// Reads of a job's status, which never lag: a job is asked where it runs.
const STATUS: [&str; 3] =
    ["metadata/checkDeployStatus", "metadata/deployRequest", "tooling/read/PackageInstallRequest"];

/// The world before a write, and how many reads still show it.
#[derive(Debug)]
pub(crate) struct Lag {
    pub(crate) world: Box<World>,
    reads: u32,
}

impl Lag {
    /// The world as it is now, for so many reads after the write that comes.
    pub(crate) fn of(world: &World, reads: u32) -> Self {
        Self { world: Box::new(world.clone()), reads }
    }

    /// Whether a request sees the old world where there is one.
    pub(crate) fn concerns(request: &Request, info: &RequestInfo) -> bool {
        !writes(request, info) && !STATUS.contains(&info.operation.as_str())
    }

    /// Counts a read; nothing is left after the last.
    pub(crate) fn count(mut self) -> Option<Self> {
        self.reads = self.reads.saturating_sub(1);
        (self.reads > 0).then_some(self)
    }
}
