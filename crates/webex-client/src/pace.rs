//! How many requests a minute the service takes.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

const MINUTE: Duration = Duration::from_secs(60);

/// Lets so many requests through in any minute, and has the others wait.
///
/// The service counts by the app's client id, so that others may use the allowance up: it then answers
/// 429 and `Retry-After`, which the transport obeys.
#[derive(Debug)]
pub(crate) struct Pace {
    a_minute: usize,
    sent: Mutex<VecDeque<Instant>>,
}

impl Pace {
    pub(crate) fn new(a_minute: usize) -> Pace {
        Pace { a_minute: a_minute.max(1), sent: Mutex::new(VecDeque::new()) }
    }

    /// Waits until another request may be sent.
    pub(crate) async fn turn(&self) {
        // Held while waiting, so that whoever came first goes first.
        let mut sent = self.sent.lock().await;
        if sent.len() >= self.a_minute
            && let Some(oldest) = sent.pop_front()
        {
            sleep_until(oldest + MINUTE).await;
        }
        sent.push_back(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn no_minute_has_more_requests_than_allowed() {
        let pace = Pace::new(3);
        let begun = Instant::now();
        let mut times = Vec::new();
        for _ in 0..8 {
            pace.turn().await;
            times.push(begun.elapsed().as_secs());
            tokio::time::advance(Duration::from_secs(10)).await;
        }
        assert_eq!(times, [0, 10, 20, 60, 70, 80, 120, 130]);
    }
}
