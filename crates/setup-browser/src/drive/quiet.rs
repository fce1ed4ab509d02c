//! When a page has shown the same for so long that nothing more is to be expected of it.

use std::time::Duration;

use tokio::time::Instant;

use crate::page::View;

/// How much longer a page may take that never rests.
const RESTLESS: u32 = 6;

/// Watches whether a page still changes.
pub(super) struct Quiet {
    limit: Duration,
    begun: Instant,
    since: Instant,
    last: Option<View>,
}

impl Quiet {
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, begun: Instant::now(), since: Instant::now(), last: None }
    }

    /// Whether the page has been there and the same for long enough.
    pub(super) fn is_over(&mut self, view: &View) -> bool {
        // An empty document is one that is still to come.
        let comes = view.frames.iter().any(|frame| frame.host.is_empty());
        if comes || !view.is_ready() || self.last.as_ref() != Some(view) {
            self.since = Instant::now();
            self.last = Some(view.clone());
        }
        self.since.elapsed() > self.limit || self.begun.elapsed() > self.limit * RESTLESS
    }
}
