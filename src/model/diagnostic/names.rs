//! Rows of names in sentences, which carry both readings: every name, and the first ones with the number of
//! the others. Whoever writes a sentence names all; the view chooses what is read.
//!
//! The part that is not always read stands between marks, with what is read in its place:
//! `"a", "b"⟨, "c" and "d"⟩ and 2 more⟩`. The marks are noncharacters of Unicode, which are kept for such
//! uses and stand in no text that people write.

use std::borrow::Cow;

/// Here the part begins that only a full text has.
const REST: char = '\u{fdd0}';
/// Here it ends, and what stands for it begins.
const INSTEAD: char = '\u{fdd1}';
/// Here that ends.
const END: char = '\u{fdd2}';

/// `a, b and c`; in short, what is past the first `shown` ones is counted: `a, b and 3 more`. A single
/// name is never cut: it takes no more room than its number.
pub fn in_a_row<T: AsRef<str>>(names: &[T], shown: usize) -> String {
    let names: Vec<Cow<'_, str>> = names.iter().map(|name| unmarked(name.as_ref())).collect();
    let Some((first, rest)) = names.split_at_checked(shown).filter(|(_, rest)| rest.len() > 1)
    else {
        return joined(&names);
    };
    let whole = joined(&names);
    let begun = first.join(", ");
    let rest_text = whole.get(begun.len()..).unwrap_or_default();
    begun + &either(rest_text, &format!(" and {} more", rest.len()))
}

/// A part of a text that a full text has, and what stands for it in a short one.
pub fn either(full: &str, short: &str) -> String {
    format!("{REST}{}{INSTEAD}{}{END}", unmarked(full), unmarked(short))
}

/// The text with every name.
pub fn in_full(text: &str) -> Cow<'_, str> {
    read(text, true)
}

/// The text with long rows of names cut, and the others counted.
pub fn in_short(text: &str) -> Cow<'_, str> {
    read(text, false)
}

/// Whether the text has a row of names that is longer in full.
pub fn is_longer_in_full(text: &str) -> bool {
    text.contains(REST)
}

/// The text without marks, which nobody else may set.
pub(super) fn unmarked(text: &str) -> Cow<'_, str> {
    if text.contains(is_mark) { Cow::Owned(text.replace(is_mark, "\u{fffd}")) } else { text.into() }
}

fn is_mark(letter: char) -> bool {
    matches!(letter, REST | INSTEAD | END)
}

fn joined(names: &[Cow<'_, str>]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.concat(),
    }
}

/// One of the two readings.
fn read(text: &str, full: bool) -> Cow<'_, str> {
    if !text.contains(is_mark) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once(REST) {
        out.push_str(before);
        rest = marked;
        let Some((long, behind)) = marked.split_once(INSTEAD) else { continue };
        let Some((short, behind)) = behind.split_once(END) else { continue };
        out.push_str(if full { long } else { short });
        rest = behind;
    }
    out.push_str(rest);
    // A mark without the others is somebody else's letter.
    unmarked(&out).into_owned().into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_long_row_is_read_in_full_or_in_short() {
        let few = in_a_row(&["a", "b", "c"], 3);
        assert_eq!(few, "a, b and c");
        assert_eq!(in_a_row::<&str>(&[], 3), "");
        let row = format!("Skipped: {}. They stay.", in_a_row(&["a", "b", "c", "d"], 2));
        assert_eq!(in_full(&row), "Skipped: a, b, c and d. They stay.");
        assert_eq!(in_short(&row), "Skipped: a, b and 2 more. They stay.");
        let row = in_a_row(&["a", "b", "c"], 2);
        assert_eq!((&*in_full(&row), &*in_short(&row)), ("a, b and c", "a, b and c"));
    }

    #[test]
    fn nobody_else_sets_the_marks() {
        let row = in_a_row(&["a\u{fdd0}", "b\u{fdd1}\u{fdd2}", "c"], 1);
        assert_eq!(in_full(&row), "a\u{fffd}, b\u{fffd}\u{fffd} and c");
        assert_eq!(in_short(&row), "a\u{fffd} and 2 more");
        assert_eq!(in_full("a\u{fdd0}b\u{fdd2}"), "ab\u{fffd}");
    }

    proptest! {
        #[test]
        fn no_mark_is_left_whatever_comes(
            names in proptest::collection::vec("[a-c\u{fdd0}-\u{fdd3}, ]{0,4}", 0..9),
            shown in 0..5_usize,
        ) {
            let row = in_a_row(&names, shown);
            for text in [in_full(&row), in_short(&row), in_full(&names.concat())] {
                prop_assert!(!text.contains(is_mark), "{text:?}");
            }
            for name in &names {
                prop_assert!(in_full(&row).contains(&*unmarked(name)));
            }
        }
    }
}
