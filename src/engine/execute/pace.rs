//! How many rows a request takes.

use std::time::Duration;

use salesforce_client::collections::{MAX_ROWS, MAX_ROWS_WITH_QUERY};

/// How many rows the next request takes: one collection to begin with, as many as a request may have where
/// the org is quick, and fewer where it is slow, so that people see rows done and a lost answer leaves less in
/// doubt.
pub(super) struct Pace {
    rows: usize,
}

/// A request that takes longer has too many rows.
const SLOW: Duration = Duration::from_secs(30);
/// After one that took less, more rows are sent at once: four times as many take less than [`SLOW`].
const QUICK: Duration = Duration::from_secs(7);
/// Fewer rows are not worth a request.
const LEAST: usize = MAX_ROWS / 4;

impl Default for Pace {
    fn default() -> Self {
        Self { rows: MAX_ROWS }
    }
}

impl Pace {
    /// How many rows to send.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Learns from how long a request took.
    pub(super) fn after(&mut self, took: Duration) {
        if took > SLOW {
            self.rows = (self.rows / 2).max(LEAST);
        } else if took < QUICK {
            self.rows = (self.rows * 4).min(MAX_ROWS_WITH_QUERY);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_org_gets_smaller_requests_and_a_quick_one_larger_ones() {
        let mut pace = Pace::default();
        assert_eq!(pace.rows(), 200);
        for (seconds, rows) in [
            (2, 800),
            (2, 800),
            (20, 800),
            (125, 400),
            (125, 200),
            (125, 100),
            (125, 50),
            (125, 50),
        ] {
            pace.after(Duration::from_secs(seconds));
            assert_eq!(pace.rows(), rows);
        }
        pace.after(Duration::from_secs(3));
        assert_eq!(pace.rows(), 200);
    }
}
