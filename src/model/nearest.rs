//! The nearest right word.

use strsim::osa_distance;

/// The candidate that a person most likely meant: one that is near enough, else the only one that
/// begins with what they wrote.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    slip(word, &candidates).or_else(|| only_beginning(word, &candidates))
}

fn only_beginning<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    /// Fewer letters begin too many words by chance.
    const FEWEST: usize = 3;
    let word = plain(word);
    let mut all = candidates.iter().filter(|candidate| plain(candidate).starts_with(word.as_str()));
    match (all.next(), all.next()) {
        (Some(only), None) if word.chars().count() >= FEWEST => Some(only),
        _ => None,
    }
}

fn slip<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let plain_word = plain(word);
    // Long words may have more slips than short ones; wholly different words are no help.
    let limit = (plain_word.chars().count() / 3).clamp(1, 4);
    candidates
        .iter()
        .map(|candidate| (osa_distance(&plain_word, &plain(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= limit && **candidate != word)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| *candidate)
}

/// Letters without what people mix up: case, hyphens, underscores, blanks.
fn plain(word: &str) -> String {
    word.chars()
        .filter(|letter| !matches!(letter, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .take(100)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_other_words_are_not() {
        let keys = ["profiles", "usernames", "permission_sets", "where"];
        for (word, expected) in [
            ("profile", Some("profiles")),
            ("Profiles", Some("profiles")),
            ("user-names", Some("usernames")),
            ("permissionsets", Some("permission_sets")),
            ("hwere", Some("where")),
            ("colour", None),
            ("user", Some("usernames")),
            ("pe", None),
            ("p", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, keys), expected, "{word}");
        }
    }
}
