//! Finding what a configuration names, and helping where it names nothing.

use crate::model::Profile;

/// What a name of the configuration led to.
#[derive(Debug)]
pub(super) enum Found<'a> {
    /// This one profile.
    One(&'a Profile),
    /// None, though not every name is known yet.
    NotYet,
    /// None.
    None,
    /// Several: the name is one's label and another's API name.
    Several,
}

/// Finds a profile by label or API name; ids join the two, so that a wrong name can never become
/// a new profile (a deploy creates the profile that its file names).
pub(super) fn profile<'a>(name: &str, profiles: &'a [Profile], names_known: bool) -> Found<'a> {
    let mut found = profiles
        .iter()
        .filter(|profile| profile.label == name || profile.api_name.as_deref() == Some(name));
    match (found.next(), found.next()) {
        (Some(only), None) => Found::One(only),
        (Some(_), Some(_)) => Found::Several,
        (None, _) if names_known => Found::None,
        (None, _) => Found::NotYet,
    }
}

/// The name among `known` that `wanted` most likely means, if any comes near.
pub(super) fn nearest<'a>(
    wanted: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    let allowed = wanted.chars().count() / 3 + 1;
    known
        .into_iter()
        .map(|name| (distance(&wanted, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Levenshtein's distance: how many letters to change, add or leave out.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        for (column, candidate) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *candidate);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

/// `a, b and c`, with what is past the first ten only counted.
pub(super) fn listed<T: AsRef<str>>(names: &[T]) -> String {
    const SHOWN: usize = 10;
    let quoted: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("\"{}\"", name.as_ref()))
        .collect();
    match (quoted.as_slice(), names.len()) {
        ([], _) => String::new(),
        ([only], 1) => only.clone(),
        ([first @ .., last], count) if count <= SHOWN => {
            format!("{} and {last}", first.join(", "))
        }
        (_, count) => format!("{} and {} more", quoted.join(", "), count - SHOWN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        let known = [
            "System Administrator",
            "Standard User",
            "Contact Center Agent",
        ];
        assert_eq!(
            nearest("Contact Centre Agent", known),
            Some("Contact Center Agent")
        );
        assert_eq!(nearest("standard user", known), Some("Standard User"));
        assert_eq!(nearest("Marketing", known), None);
    }

    #[test]
    fn long_lists_are_cut_and_counted() {
        assert_eq!(listed(&["a"]), "\"a\"");
        assert_eq!(listed(&["a", "b", "c"]), "\"a\", \"b\" and \"c\"");
        let many: Vec<String> = (0..12).map(|number| number.to_string()).collect();
        assert!(listed(&many).ends_with("\"9\" and 2 more"));
    }
}
