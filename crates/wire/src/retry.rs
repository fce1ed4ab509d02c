//! Which requests are sent again, when, and how often: all of it data.
//!
//! A read may always be sent again. A change is sent again only when the server surely did nothing:
//!
//! | what happened | read, poll | change | because |
//! |---|---|---|---|
//! | no connection | again | again | nothing was sent |
//! | no answer in time, connection lost | again | ambiguous | it may have been carried out |
//! | 420 | again | again | the edge found no server to send it to |
//! | 429 | again | again | refused before it was looked at |
//! | 503 with `SERVER_UNAVAILABLE` or `Retry-After` | again | again | the server says it is too busy to begin |
//! | 503 otherwise | again | ambiguous | a page of something in between, which may not know |
//! | 502, 504 | again | ambiguous | the gateway lost the server's answer |
//! | any other status | answer | answer | the server has decided |

use std::time::Duration;

use super::{Answer, Class};

/// How often and after which waits a request is sent again.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How often a request is sent at most.
    pub tries: u32,
    /// The wait before the second try.
    pub base: Duration,
    /// How much longer each further wait is.
    pub factor: f64,
    /// The longest wait, `Retry-After` included: a server that asks for more gets its answer passed on.
    pub cap: Duration,
    /// After this much time no further try is begun.
    pub total: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        RetryPolicy {
            tries: 5,
            base: Duration::from_millis(300),
            factor: 2.0,
            cap: Duration::from_secs(30),
            total: Duration::from_secs(180),
        }
    }
}

impl RetryPolicy {
    /// The wait after the given try (from 1); `jitter` in 0..1 spreads it over 50–100 %.
    pub fn wait(&self, tried: u32, jitter: f64) -> Duration {
        let exponent = i32::try_from(tried.saturating_sub(1)).unwrap_or(i32::MAX);
        let full = self.base.as_secs_f64() * self.factor.powi(exponent);
        let bounded = full.min(self.cap.as_secs_f64());
        Duration::from_secs_f64(bounded * (0.5 + jitter.clamp(0.0, 1.0) / 2.0))
    }
}

/// What to do with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Hand it to the caller.
    Keep,
    /// Send the request again.
    Again,
    /// Nobody can tell whether the change happened.
    Ambiguous,
}

/// Decides about an answer by the table above.
pub fn judge(class: Class, answer: &Answer) -> Verdict {
    let status = answer.status.as_u16();
    match (status, class) {
        (420 | 429, _) | (502..=504, Class::Read | Class::Poll) => Verdict::Again,
        (503, Class::Write) if says_it_did_nothing(answer) => Verdict::Again,
        (502..=504, Class::Write) => Verdict::Ambiguous,
        _ => Verdict::Keep,
    }
}

fn says_it_did_nothing(answer: &Answer) -> bool {
    answer.headers.contains_key("retry-after") || answer.text().contains("SERVER_UNAVAILABLE")
}

/// Reads `Retry-After`: seconds, or a date.
pub fn retry_after(header: &str, now: jiff::Timestamp) -> Option<Duration> {
    let header = header.trim();
    if let Ok(seconds) = header.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let at = jiff::fmt::rfc2822::parse(header).ok()?.timestamp();
    Some(Duration::try_from(at.duration_since(now)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;
    use reqwest::header::{HeaderMap, HeaderValue};

    use super::*;

    fn answer(status: u16, body: &str, retry_after: Option<&'static str>) -> Answer {
        let mut headers = HeaderMap::new();
        if let Some(value) = retry_after {
            headers.insert("retry-after", HeaderValue::from_static(value));
        }
        let status = StatusCode::from_u16(status).unwrap();
        Answer::new(status, headers, body.as_bytes().to_vec())
    }

    #[test]
    fn the_table_holds() {
        use Verdict::{Again, Ambiguous, Keep};
        let busy = r#"[{"errorCode":"SERVER_UNAVAILABLE","message":"Too many requests"}]"#;
        for (status, body, after, read, write) in [
            (200, "", None, Keep, Keep),
            (400, "", None, Keep, Keep),
            (401, "", None, Keep, Keep),
            (403, "REQUEST_LIMIT_EXCEEDED", None, Keep, Keep),
            (420, "", None, Again, Again),
            (429, "", None, Again, Again),
            (500, "", None, Keep, Keep),
            (502, "", None, Again, Ambiguous),
            (503, busy, None, Again, Again),
            (503, "<html>", None, Again, Ambiguous),
            (503, "<html>", Some("1"), Again, Again),
            (504, "", None, Again, Ambiguous),
        ] {
            let answer = answer(status, body, after);
            assert_eq!(judge(Class::Read, &answer), read, "{status} {body}");
            assert_eq!(judge(Class::Poll, &answer), read, "{status} {body}");
            assert_eq!(judge(Class::Write, &answer), write, "{status} {body}");
        }
    }

    #[test]
    fn waits_grow_up_to_the_cap() {
        let policy = RetryPolicy::default();
        assert_eq!(policy.wait(1, 1.0), Duration::from_millis(300));
        assert_eq!(policy.wait(1, 0.0), Duration::from_millis(150));
        assert_eq!(policy.wait(3, 1.0), Duration::from_millis(1200));
        assert_eq!(policy.wait(30, 1.0), Duration::from_secs(30));
        assert_eq!(policy.wait(u32::MAX, 1.0), Duration::from_secs(30));
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now: jiff::Timestamp = "2026-11-06T08:49:30Z".parse().unwrap();
        for (header, seconds) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("Fri, 06 Nov 2026 08:49:37 GMT", Some(7)),
            ("Fri, 06 Nov 2026 08:49:00 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
        ] {
            assert_eq!(retry_after(header, now), seconds.map(Duration::from_secs), "{header}");
        }
    }
}
