//! The letters of dates, which the two generations spell differently.

/// A date format of Version 1 in the letters of Version 2: `dd` is `DD` there, where `dd` would be a day
/// of the week, and `yyyy` is `YYYY`. Cisco's paper says to copy the format, and misses that.
pub(super) fn convert(format: &str) -> String {
    format
        .chars()
        .map(|letter| match letter {
            'd' => 'D',
            'y' => 'Y',
            other => other,
        })
        .collect()
}
