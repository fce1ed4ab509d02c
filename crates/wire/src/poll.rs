//! Waiting for a job of the server: look at once, then at growing intervals.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// When a running job is looked at, and when to stop looking.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// The wait after the first look, which happens at once.
    pub first_wait: Duration,
    /// How much longer each further wait is.
    pub factor: f64,
    /// The longest wait.
    pub cap: Duration,
    /// How long to go on in all.
    pub total: Duration,
    /// How many looks at most: each costs a call of the server's allowance.
    pub looks: u32,
}

impl Schedule {
    const FIRST: Duration = Duration::from_millis(250);
    const FACTOR: f64 = 1.5;

    /// For a deploy: seconds as a rule, minutes when it queues behind another.
    pub const fn deploy() -> Schedule {
        Schedule::up_to(Duration::from_secs(5), Duration::from_secs(60 * 60), 900)
    }

    /// For a package: 20 seconds to 20 minutes.
    pub const fn install() -> Schedule {
        Schedule::up_to(Duration::from_secs(10), Duration::from_secs(60 * 60), 450)
    }

    /// For a read that may lag behind the write before it.
    pub const fn read_back() -> Schedule {
        Schedule::up_to(Duration::from_secs(2), Duration::from_secs(30), 25)
    }

    /// For an org whose setup another change has locked.
    pub const fn lock() -> Schedule {
        Schedule::up_to(Duration::from_secs(15), Duration::from_secs(10 * 60), 60)
    }

    /// For rows that another change holds for a moment.
    pub const fn rows() -> Schedule {
        Schedule::up_to(Duration::from_secs(5), Duration::from_secs(60), 6)
    }

    const fn up_to(cap: Duration, total: Duration, looks: u32) -> Schedule {
        Schedule { first_wait: Schedule::FIRST, factor: Schedule::FACTOR, cap, total, looks }
    }

    /// The wait after the given look (from 1).
    pub fn wait(&self, look: u32) -> Duration {
        let exponent = i32::try_from(look.saturating_sub(1)).unwrap_or(i32::MAX);
        let full = self.first_wait.as_secs_f64() * self.factor.powi(exponent);
        Duration::from_secs_f64(full.min(self.cap.as_secs_f64()))
    }
}

impl Schedule {
    /// The same wait, spread over 50–100 %, so that two who wait for each other do not meet again.
    pub fn spread_wait(&self, look: u32) -> Duration {
        self.wait(look).mul_f64(0.5 + fastrand::f64() / 2.0)
    }
}

/// Where a wait stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Looks so far.
    pub polls: u32,
    /// Time since the first look began.
    pub elapsed: Duration,
    /// Time until the next look.
    pub next: Duration,
}

/// Why waiting ended without a result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PollError<E> {
    /// The job is still running after all the time or all the looks allowed; it may yet end.
    #[error("still running after {} s and {polls} looks", .elapsed.as_secs())]
    StillRunning {
        /// Looks so far.
        polls: u32,
        /// Time since the first look began.
        elapsed: Duration,
    },
    /// A look failed.
    #[error(transparent)]
    Look(E),
}

/// Looks until there is a result, telling before each wait how it stands.
pub async fn poll<T, E, F>(
    schedule: &Schedule,
    mut look: impl FnMut() -> F,
    mut on_wait: impl FnMut(Waiting),
) -> Result<T, PollError<E>>
where
    F: Future<Output = Result<Option<T>, E>>,
{
    let begun = Instant::now();
    let mut polls = 0;
    loop {
        polls += 1;
        if let Some(result) = look().await.map_err(PollError::Look)? {
            return Ok(result);
        }
        let elapsed = begun.elapsed();
        let next = schedule.wait(polls);
        if polls >= schedule.looks || elapsed + next > schedule.total {
            return Err(PollError::StillRunning { polls, elapsed });
        }
        on_wait(Waiting { polls, elapsed, next });
        sleep(next).await;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn quick(looks: u32) -> Schedule {
        Schedule {
            first_wait: Duration::from_millis(1),
            factor: 1.5,
            cap: Duration::from_millis(4),
            total: Duration::from_secs(5),
            looks,
        }
    }

    #[test]
    fn waits_grow_from_a_quarter_second_to_the_cap() {
        let schedule = Schedule::deploy();
        let waits: Vec<u128> = (1..=4).map(|n| schedule.wait(n).as_millis()).collect();
        assert_eq!(waits, [250, 375, 562, 843]);
        assert_eq!(schedule.wait(50), Duration::from_secs(5));
        assert_eq!(schedule.wait(u32::MAX), Duration::from_secs(5));
    }

    #[tokio::test]
    async fn the_first_look_is_at_once() {
        let mut waits = 0;
        let found =
            poll(&Schedule::install(), || async { Ok::<_, ()>(Some(7)) }, |_| waits += 1).await;
        assert_eq!((found, waits), (Ok(7), 0));
    }

    #[tokio::test]
    async fn it_looks_until_there_is_a_result() {
        let looks = Cell::new(0);
        let mut heard = Vec::new();
        let look = || {
            looks.set(looks.get() + 1);
            let done = looks.get() == 3;
            async move { Ok::<_, ()>(done.then_some("done")) }
        };
        let found = poll(&quick(10), look, |waiting| heard.push(waiting.polls)).await;
        assert_eq!(found, Ok("done"));
        assert_eq!(heard, [1, 2]);
    }

    #[tokio::test]
    async fn it_stops_at_its_limits_and_at_an_error() {
        let endless = poll(&quick(3), || async { Ok::<Option<()>, ()>(None) }, |_| {}).await;
        assert!(matches!(endless, Err(PollError::StillRunning { polls: 3, .. })));
        let short = Schedule { total: Duration::ZERO, ..quick(99) };
        let late = poll(&short, || async { Ok::<Option<()>, ()>(None) }, |_| {}).await;
        assert!(matches!(late, Err(PollError::StillRunning { polls: 1, .. })));
        let failed = poll(&quick(3), || async { Err::<Option<()>, _>("no") }, |_| {}).await;
        assert_eq!(failed, Err(PollError::Look("no")));
    }
}
