//! Reads that still show what was there before a write.

use super::effect::writes;
use crate::asked::Asked;
use crate::org::Org;
use crate::server::Request;
use crate::world::World;

/// Reads of a job's status, which never lag: a job is asked where it runs.
const STATUS: [&str; 3] =
    ["metadata/checkDeployStatus", "metadata/deployRequest", "tooling/read/PackageInstallRequest"];

/// The world before a write, and how many reads still show it.
#[derive(Debug)]
pub(crate) struct Lag {
    other: Box<World>,
    reads: u32,
}

impl Lag {
    /// The world as it is now, for so many reads after the write that comes.
    pub(super) fn of(org: &Org, reads: u32) -> Self {
        Self { other: Box::new(org.world().clone()), reads }
    }

    /// Puts the old world in the org's place if this request is to see it. [`Lag::end`] puts the
    /// org's own back; what jobs did meanwhile in the old one is lost with it, and the org's own
    /// jobs go on with the next request.
    pub(super) fn begin(org: &mut Org, request: &Request, asked: &Asked) -> Option<Self> {
        if writes(request, asked) || STATUS.contains(&asked.operation.as_str()) {
            return None;
        }
        let mut lag = org.script.lag.take()?;
        org.exchange(&mut lag.other);
        Some(lag)
    }

    /// Puts the org's own world back, and counts the read.
    pub(super) fn end(mut self, org: &mut Org) {
        org.exchange(&mut self.other);
        self.reads = self.reads.saturating_sub(1);
        if self.reads > 0 {
            org.script.lag = Some(self);
        }
    }
}
