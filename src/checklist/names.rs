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

/// `a, b and c`, with what is past the first ten only counted.
pub(super) fn listed<T: AsRef<str>>(names: &[T]) -> String {
    const SHOWN: usize = 10;
    let quoted: Vec<String> =
        names.iter().take(SHOWN).map(|name| format!("\"{}\"", name.as_ref())).collect();
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
    fn long_lists_are_cut_and_counted() {
        assert_eq!(listed(&["a"]), "\"a\"");
        assert_eq!(listed(&["a", "b", "c"]), "\"a\", \"b\" and \"c\"");
        let many: Vec<String> = (0..12).map(|number| number.to_string()).collect();
        assert!(listed(&many).ends_with("\"9\" and 2 more"));
    }
}
