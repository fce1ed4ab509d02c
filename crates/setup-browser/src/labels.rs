//! What the pages call things, by language: data, in `labels/`.

use std::sync::LazyLock;

use serde::Deserialize;

/// The languages that are known, the best known first.
pub(crate) fn languages() -> &'static [Labels] {
    &LANGUAGES
}

static LANGUAGES: LazyLock<Vec<Labels>> = LazyLock::new(|| {
    let files = [include_str!("labels/en.toml"), include_str!("labels/de.toml")];
    // A file that cannot be read is a language that is not known; a test reads them all.
    files.into_iter().filter_map(|file| toml::from_str(file).ok()).collect()
});

/// Makes the type: a list of texts for each label.
macro_rules! labels {
    ($($name:ident,)+) => {
        /// The labels of one language; any text of a list is the label.
        #[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct Labels {
            $(pub(crate) $name: Vec<String>,)+
        }
    };
}

labels! {
    again, add, add_remove, assignment, available, call_type, cancel, collapse, default, delete, edit,
    existing_window, inbound, internal, is_default, multiple_matches, name, new, new_window, no_match,
    none, objects, opens_in, outbound, pop_detail, pop_flow, pop_new, pop_nothing, pop_page, pop_search,
    refused, remove, save, selections, single_match,
    r#continue,
}

/// Whether a text of a page is one of these labels.
pub(crate) fn is(label: &[String], text: &str) -> bool {
    let text = plain(text);
    !text.is_empty() && label.iter().any(|label| plain(label) == text)
}

/// Whether two texts read the same.
pub(crate) fn same(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

/// A text without what nobody reads: kinds of blanks and apostrophes, case, a colon or a star.
pub(crate) fn plain(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|letter| match letter {
            '\u{2019}' | '\u{2018}' | '\u{02BC}' => '\'',
            letter if letter.is_whitespace() || letter == '\u{00A0}' => ' ',
            letter => letter,
        })
        .collect();
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ").trim_matches(|end: char| matches!(end, ':' | '*' | ' ')).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_whole() {
        assert_eq!(languages().len(), 2);
        assert!(is(&languages()[0].pop_nothing, " Don\u{2019}t  pop any\u{00A0}screen: "));
        assert!(!is(&languages()[0].name, ""));
        assert!(same("* Name", "NAME:"));
    }
}
