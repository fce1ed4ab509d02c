//! Values before and after a change, in the room there is.

use super::Screen;
use super::tenant_words;
use super::text::{clean, columns, from_end, from_start, shortened};
use crate::checklist::{After, ChangeRow};

/// What a change puts there and what it takes away, ready to be shown.
pub(super) struct Shown {
    pub(super) before: Option<String>,
    pub(super) after: String,
    /// Said behind the value: `(known after package)`.
    pub(super) remark: Option<String>,
}

/// How a change's values read. What is created has no value before.
pub(super) fn shown(change: &ChangeRow) -> Shown {
    let created = change.action == crate::checklist::Action::Create && change.before.is_none();
    let value_of = |text: Option<&str>| match tenant_words::value(change, text) {
        Some(words) => words.to_owned(),
        None => value(text),
    };
    let before = (!created).then(|| value_of(change.before.as_deref()));
    match &change.after {
        After::Known(after) => {
            let default = change.aside.default.as_deref();
            let remark = default.map(|default| format!("(default {})", value(Some(default))));
            Shown { before, after: value_of(after.as_deref()), remark }
        }
        After::KnownAfter { item, expected } => Shown {
            before,
            after: value(Some(expected)),
            remark: Some(format!("(known after {item})")),
        },
    }
}

pub(super) fn value(text: Option<&str>) -> String {
    match text {
        None => "(none)".to_owned(),
        Some("") => "\"\"".to_owned(),
        Some(text) => clean(text),
    }
}

/// Both values in the columns that each may take. Two long values that differ only in what
/// shortening leaves out are shown around their first difference.
pub(super) fn fitted(
    before: &str,
    after: &str,
    room: (usize, usize),
    screen: Screen,
) -> (String, String) {
    let plain = (shortened(before, room.0, screen), shortened(after, room.1, screen));
    if before == after || plain.0 != plain.1 {
        return plain;
    }
    let same: usize = before
        .chars()
        .zip(after.chars())
        .take_while(|(one, other)| one == other)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    (around(before, same, room.0, screen), around(after, same, room.1, screen))
}

/// The part of a text around a place in it.
fn around(text: &str, at: usize, width: usize, screen: Screen) -> String {
    let mark = screen.ellipsis();
    let room = width.saturating_sub(2 * columns(mark));
    let head = from_end(&text[..at], room / 3);
    let tail = from_start(&text[at..], room - columns(head));
    let before = if head.len() < at { mark } else { "" };
    let after = if at + tail.len() < text.len() { mark } else { "" };
    format!("{before}{head}{tail}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_shown_where_they_differ() {
        let screen = Screen::new(80, true);
        let one =
            format!("{{\"a\": \"{}\", \"key\": 1, \"z\": \"{}\"}}", "x".repeat(40), "y".repeat(40));
        let other = one.replace("\"key\": 1", "\"key\": 2");
        let (one, other) = fitted(&one, &other, (20, 20), screen);
        assert_eq!(
            (one.as_str(), other.as_str()),
            ("…key\": 1, \"z\": \"yyy…", "…key\": 2, \"z\": \"yyy…")
        );
    }
}
