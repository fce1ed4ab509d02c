//! What a run has cost so far.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::Class;

/// Requests sent so far; shared by all clones of a transport and readable at any time.
#[derive(Debug, Default)]
pub struct Counters {
    requests: AtomicU64,
    polls: AtomicU64,
    api_calls: AtomicU64,
    repeats: AtomicU64,
    limit: Mutex<Option<LimitInfo>>,
}

/// A reading of [`Counters`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counted {
    /// HTTP requests, looks at running jobs left out.
    pub requests: u64,
    /// Looks at running jobs.
    pub polls: u64,
    /// Calls as the server counts them: each subrequest of a batch is one.
    pub api_calls: u64,
    /// How many of the requests and polls were repetitions.
    pub repeats: u64,
}

/// How much of a daily allowance of calls is used, where the server tells it as Salesforce does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitInfo {
    /// Calls of the last 24 hours.
    pub used: u64,
    /// Calls allowed in 24 hours.
    pub max: u64,
}

impl LimitInfo {
    /// Reads a `Sforce-Limit-Info` header: `api-usage=123/15000[; per-app-api-usage=…]`.
    pub fn parse(header: &str) -> Option<LimitInfo> {
        let usage =
            header.split([';', ',']).find_map(|part| part.trim().strip_prefix("api-usage="))?;
        let (used, max) = usage.split_once('/')?;
        Some(LimitInfo { used: used.trim().parse().ok()?, max: max.trim().parse().ok()? })
    }

    /// Calls that are left.
    pub fn left(self) -> u64 {
        self.max.saturating_sub(self.used)
    }
}

impl Counters {
    pub(super) fn count(&self, class: Class, api_calls: u32, repeated: bool) {
        let kind = if class == Class::Poll { &self.polls } else { &self.requests };
        kind.fetch_add(1, Ordering::Relaxed);
        self.api_calls.fetch_add(u64::from(api_calls), Ordering::Relaxed);
        self.repeats.fetch_add(u64::from(repeated), Ordering::Relaxed);
    }

    pub(super) fn keep_limit(&self, info: LimitInfo) {
        // Losing a reading because another thread panicked would be worse than reading on.
        *self.limit.lock().unwrap_or_else(PoisonError::into_inner) = Some(info);
    }

    /// The numbers now.
    pub fn read(&self) -> Counted {
        Counted {
            requests: self.requests.load(Ordering::Relaxed),
            polls: self.polls.load(Ordering::Relaxed),
            api_calls: self.api_calls.load(Ordering::Relaxed),
            repeats: self.repeats.load(Ordering::Relaxed),
        }
    }

    /// The allowance, as the newest answer that told it said.
    pub fn limit(&self) -> Option<LimitInfo> {
        *self.limit.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limit_headers_are_read() {
        let known = Some(LimitInfo { used: 123, max: 15_000 });
        assert_eq!(LimitInfo::parse("api-usage=123/15000"), known);
        assert_eq!(
            LimitInfo::parse("api-usage=123/15000; per-app-api-usage=17/250(appName=x)"),
            known
        );
        assert_eq!(LimitInfo::parse("per-app-api-usage=17/250, api-usage=123/15000"), known);
        for bad in ["", "api-usage=", "api-usage=1", "api-usage=a/b", "usage=1/2"] {
            assert_eq!(LimitInfo::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn polls_are_counted_apart_and_subrequests_one_by_one() {
        let counters = Counters::default();
        counters.count(Class::Read, 25, false);
        counters.count(Class::Write, 1, false);
        counters.count(Class::Poll, 1, true);
        assert_eq!(counters.read(), Counted { requests: 2, polls: 1, api_calls: 27, repeats: 1 });
    }
}
