//! Times on the command line: `150ms`, `20s`, `2m`, `3 polls`.

use std::time::Duration;

use org_emulator::JobTime;

/// Reads a time with its unit.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let unit_at = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let wrong = || format!("`{text}` is not a time: write a number and ms, s or m, such as 150ms");
    let number: u64 = number.parse().map_err(|_| wrong())?;
    match unit.trim() {
        "ms" => Ok(Duration::from_millis(number)),
        "s" => Ok(Duration::from_secs(number)),
        "m" => number.checked_mul(60).map(Duration::from_secs).ok_or_else(wrong),
        "" if number == 0 => Ok(Duration::ZERO),
        _ => Err(wrong()),
    }
}

/// Reads a time or a number of polls.
pub(super) fn job_time(text: &str) -> Result<JobTime, String> {
    let polls = text.trim().strip_suffix("polls").or_else(|| text.trim().strip_suffix("poll"));
    match polls {
        Some(number) => number
            .trim()
            .parse()
            .map(JobTime::Polls)
            .map_err(|_| format!("`{text}` is not a number of polls: write `3 polls`")),
        None => {
            duration(text).map(JobTime::Seconds).map_err(|error| format!("{error}, or `3 polls`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units_and_polls_are_counted() {
        assert_eq!(duration("150ms"), Ok(Duration::from_millis(150)));
        assert_eq!(duration("0"), Ok(Duration::ZERO));
        assert_eq!(duration("2 m"), Ok(Duration::from_secs(120)));
        assert_eq!(job_time("3 polls"), Ok(JobTime::Polls(3)));
        assert_eq!(job_time("1poll"), Ok(JobTime::Polls(1)));
        assert_eq!(job_time("20s"), Ok(JobTime::Seconds(Duration::from_secs(20))));
        for wrong in ["", "20", "s", "-1s", "1h", "x polls", "99999999999999999999m"] {
            assert!(job_time(wrong).is_err(), "{wrong}");
        }
    }
}
