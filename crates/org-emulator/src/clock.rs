//! Time in the emulator: what the clock says, and how long jobs take.

use std::cell::Cell;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// How long a server-side job takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum JobTime {
    /// So many reads of its status: the last of them finds it finished.
    Polls(u32),
    /// So much time on the clock; zero means that it is finished when it is accepted.
    Seconds(Duration),
}

impl Default for JobTime {
    fn default() -> Self {
        Self::Seconds(Duration::ZERO)
    }
}

impl FromStr for JobTime {
    type Err = String;

    /// Reads `3 polls`, `1 poll`, `20s` or `500ms`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let wrong = || format!("{text:?} is neither a number of polls (3 polls) nor a time (20s)");
        for word in ["polls", "poll"] {
            if let Some(count) = text.strip_suffix(word) {
                return count.trim().parse().map(Self::Polls).map_err(|_| wrong());
            }
        }
        duration(text).map(Self::Seconds).ok_or_else(wrong)
    }
}

/// Reads `20s`, `1.5s` or `500ms`.
pub(crate) fn duration(text: &str) -> Option<Duration> {
    let text = text.trim();
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 0.001),
        None => (text.strip_suffix('s')?, 1.0),
    };
    let number: f64 = number.trim().parse().ok()?;
    Duration::try_from_secs_f64(number * unit).ok()
}

/// Milliseconds since 1970.
pub(crate) type Millis = u64;

thread_local! {
    static HELD: Cell<Option<Millis>> = const { Cell::new(None) };
}

/// Holds the clock of every emulator that answers on this thread at that moment, in milliseconds since 1970;
/// `None` lets it go again. For [`Builder::in_process`](crate::Builder::in_process), whose emulators answer on
/// the thread of whoever asks.
pub fn hold_clock(at: Option<u64>) {
    HELD.set(at);
}

/// What the clock says now.
pub(crate) fn now() -> Millis {
    HELD.get().unwrap_or_else(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}

/// The same as a moment of the calendar.
pub(crate) fn today() -> jiff::Timestamp {
    moment(now())
}

/// A moment as Salesforce writes it in JSON: `2026-11-22T10:00:00.000+0000`.
pub(crate) fn rest_time(at: Millis) -> String {
    written(at, "%Y-%m-%dT%H:%M:%S.%3f+0000")
}

/// A moment as Salesforce writes it in XML: `2026-11-22T10:00:00.000Z`.
pub(crate) fn soap_time(at: Millis) -> String {
    written(at, "%Y-%m-%dT%H:%M:%S.%3fZ")
}

fn written(at: Millis, format: &str) -> String {
    moment(at).strftime(format).to_string()
}

fn moment(at: Millis) -> jiff::Timestamp {
    let millis = i64::try_from(at).unwrap_or(i64::MAX);
    jiff::Timestamp::from_millisecond(millis).unwrap_or_default()
}

/// The stopwatch of one job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Timer {
    time: JobTime,
    started: Option<Millis>,
    polls: u32,
}

impl Timer {
    /// A timer that has not started: the job waits for another.
    pub(crate) fn waiting(time: JobTime) -> Self {
        Self { time, started: None, polls: 0 }
    }

    /// Starts it, unless it runs already.
    pub(crate) fn start(&mut self, at: Millis) {
        self.started.get_or_insert(at);
    }

    /// When the job began to run.
    pub(crate) fn started(&self) -> Option<Millis> {
        self.started
    }

    /// Counts one read of the job's status.
    pub(crate) fn poll(&mut self) {
        if self.started.is_some() {
            self.polls = self.polls.saturating_add(1);
        }
    }

    /// How many reads it has counted.
    pub(crate) fn polls(&self) -> u32 {
        self.polls
    }

    /// Whether the time is up.
    pub(crate) fn is_up(&self, at: Millis) -> bool {
        let Some(started) = self.started else {
            return false;
        };
        match self.time {
            JobTime::Polls(count) => self.polls >= count,
            JobTime::Seconds(time) => u128::from(at.saturating_sub(started)) >= time.as_millis(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn job_times_are_read_as_documented() {
        assert_eq!("0s".parse(), Ok(JobTime::default()));
        assert_eq!("3 polls".parse(), Ok(JobTime::Polls(3)));
        assert_eq!("1 poll".parse(), Ok(JobTime::Polls(1)));
        assert_eq!("1.5s".parse(), Ok(JobTime::Seconds(Duration::from_millis(1500))));
        assert_eq!("250ms".parse(), Ok(JobTime::Seconds(Duration::from_millis(250))));
        assert!("soon".parse::<JobTime>().is_err());
        assert!("-1s".parse::<JobTime>().is_err());
    }

    #[test]
    fn a_job_ends_when_its_time_is_up() {
        let mut timer = Timer::waiting(JobTime::Polls(2));
        timer.poll();
        assert!(!timer.is_up(0), "a poll of a waiting job does not count");
        timer.start(10);
        timer.poll();
        assert!(!timer.is_up(10));
        timer.poll();
        assert!(timer.is_up(10));

        let mut timer = Timer::waiting(JobTime::Seconds(Duration::from_secs(1)));
        timer.start(500);
        assert!(!timer.is_up(1499));
        assert!(timer.is_up(1500));
    }

    #[test]
    fn a_held_clock_is_this_threads_alone() {
        hold_clock(Some(1_788_256_800_000));
        assert_eq!(
            (now(), today().to_string().as_str()),
            (1_788_256_800_000, "2026-09-01T10:00:00Z")
        );
        let elsewhere = std::thread::spawn(now).join().unwrap();
        assert_ne!(elsewhere, now());
        hold_clock(None);
        assert_ne!(now(), 1_788_256_800_000);
    }

    #[test]
    fn moments_are_written_as_salesforce_does() {
        assert_eq!(rest_time(1_659_713_141_000), "2022-08-05T15:25:41.000+0000");
        assert_eq!(soap_time(1_659_713_141_007), "2022-08-05T15:25:41.007Z");
    }
}
