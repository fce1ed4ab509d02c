//! Date literals such as `TODAY` and `LAST_N_DAYS:7`, as spans of UTC time.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// From when (inclusive) to when (exclusive).
pub(super) type Period = (Timestamp, Timestamp);

/// Literals that stand alone.
const ALONE: [&str; 9] = [
    "YESTERDAY",
    "TODAY",
    "TOMORROW",
    "LAST_WEEK",
    "THIS_WEEK",
    "LAST_MONTH",
    "THIS_MONTH",
    "LAST_90_DAYS",
    "NEXT_90_DAYS",
];

/// Whether a word is a date literal, and whether it takes a number.
pub(super) fn takes_number(word: &str) -> Option<bool> {
    match word {
        "LAST_N_DAYS" | "NEXT_N_DAYS" => Some(true),
        word if ALONE.contains(&word) => Some(false),
        _ => None,
    }
}

/// The span of a date literal; `None` where it lies outside the calendar.
pub(super) fn period(word: &str, days: Option<u32>, now: Timestamp) -> Option<Period> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let days = i64::from(days.unwrap_or(90));
    let month = today.first_of_month();
    let week = plus(today, -i64::from(today.weekday().to_sunday_zero_offset()))?;
    let (from, to) = match word {
        "YESTERDAY" => (plus(today, -1)?, today),
        "TODAY" => (today, plus(today, 1)?),
        "TOMORROW" => (plus(today, 1)?, plus(today, 2)?),
        "LAST_WEEK" => (plus(week, -7)?, week),
        "THIS_WEEK" => (week, plus(week, 7)?),
        "LAST_MONTH" => (plus(month, -1)?.first_of_month(), month),
        "THIS_MONTH" => (month, plus(month.last_of_month(), 1)?),
        "LAST_N_DAYS" | "LAST_90_DAYS" => (plus(today, -days)?, plus(today, 1)?),
        "NEXT_N_DAYS" | "NEXT_90_DAYS" => (plus(today, 1)?, plus(today, days.checked_add(1)?)?),
        _ => return None,
    };
    Some((midnight(from)?, midnight(to)?))
}

/// A day so many days later.
fn plus(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// The beginning of a day in UTC.
fn midnight(date: Date) -> Option<Timestamp> {
    Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp())
}
