//! What an org has said of the changes that it rejected one by one, as one text.

use std::collections::HashMap;

use crate::checklist::ChangeRow;
use crate::model::{either, in_a_row, in_full};

/// So many names are read of those about whom the org says the same, and so many different sayings.
const SHOWN: usize = 10;

/// Whom the org has rejected, and why: those about whom it says the same stand in one line.
pub(super) fn text(of: usize, rejected: &[(ChangeRow, String)]) -> String {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut sayings: Vec<(&str, Vec<&str>)> = Vec::new();
    for (change, words) in rejected {
        let at = *places.entry(words).or_insert(sayings.len());
        if at == sayings.len() {
            sayings.push((words, Vec::new()));
        }
        if let Some((_, names)) = sayings.get_mut(at) {
            names.push(&change.subject.name);
        }
    }
    let line =
        |(words, names): &(&str, Vec<&str>)| format!("\n  - {}: {words}", in_a_row(names, SHOWN));
    let (shown, rest) = sayings.split_at(sayings.len().min(SHOWN));
    let were = if rejected.len() == 1 { "was" } else { "were" };
    let mut text = format!("{} of {of} changes {were} rejected:", rejected.len());
    text.extend(shown.iter().map(line));
    if !rest.is_empty() {
        let all: String = rest.iter().map(line).collect();
        let count: usize = rest.iter().map(|(_, names)| names.len()).sum();
        let more = format!("\n  - and {count} more, which --full lists.");
        text.push_str(&either(&in_full(&all), &more));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::{Change, ItemId};
    use crate::model::{Ref, Target, in_short};

    fn rows(count: usize, words: impl Fn(usize) -> String) -> Vec<(ChangeRow, String)> {
        let row = |at: usize| {
            let target = Target::UserCallCenter(Ref::named(format!("agent{at}@example.com")));
            let change = Change::new(ItemId::USERS, target, None, None);
            (change.rows().remove(0), words(at))
        };
        (0..count).map(row).collect()
    }

    #[test]
    fn one_saying_about_many_is_one_line() {
        let text = text(20_000, &rows(20_000, |_| "Not on Fridays".to_owned()));
        let short = in_short(&text);
        assert!(short.starts_with("20000 of 20000 changes were rejected:\n  - agent0@"), "{short}");
        assert!(short.ends_with("agent9@example.com and 19990 more: Not on Fridays"), "{short}");
        assert!(short.lines().count() == 2 && in_full(&text).contains("agent19999@example.com"));
    }

    #[test]
    fn many_sayings_are_told_in_part() {
        let text = text(30, &rows(12, |at| format!("No. {at}")));
        let short = in_short(&text);
        assert_eq!(short.lines().count(), 12, "{short}");
        assert!(short.ends_with("and 2 more, which --full lists."), "{short}");
        let full = in_full(&text);
        assert!(full.lines().count() == 13 && full.contains("agent11@example.com: No. 11"));
    }
}
