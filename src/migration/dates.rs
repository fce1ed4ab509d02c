//! The letters of dates, which the two generations spell differently.

/// A date format of Version 1 in the letters of Version 2: `dd` is `DD` there, where `dd` would be a day
/// of the week, and `yyyy` is `YYYY`. Cisco's paper says to copy the format, and misses that. What stands
/// in quotation marks is text, and stays.
pub(super) fn convert(format: &str) -> String {
    let mut is_text = false;
    format
        .chars()
        .map(|letter| {
            is_text ^= letter == '\'';
            match letter {
                'd' if !is_text => 'D',
                'y' if !is_text => 'Y',
                other => other,
            }
        })
        .collect()
}
