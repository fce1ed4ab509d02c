//! What the pages say, by language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::world::World;
use crate::world::people::User;

type Tables = BTreeMap<String, BTreeMap<String, String>>;

/// Read once. A file that cannot be read leaves every word its own name, which a test would see.
static TABLES: LazyLock<Tables> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap_or_default());

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    language: &'static str,
    older: bool,
}

impl Words {
    /// The words that a user reads.
    pub(super) fn of(world: &World, user: &User) -> Self {
        let language = match user.language_locale_key.get(..2) {
            Some("de") => "de",
            Some("fr") => "fr",
            _ => "en",
        };
        Self { language, older: world.setup_pages.older_words }
    }

    /// The language, as HTML wants it.
    pub(super) fn language(self) -> &'static str {
        self.language
    }

    /// A text, in English where the language lacks it.
    pub(super) fn say(self, word: &str) -> String {
        let of = |language: &str, word: &str| {
            TABLES.get(language).and_then(|table| table.get(word)).cloned()
        };
        let older = self.older.then(|| of(self.language, &format!("{word}_older"))).flatten();
        let text = older
            .or_else(|| of(self.language, word))
            .or_else(|| of("en", word))
            .unwrap_or_else(|| word.to_owned());
        if self.older { text.replace('\'', "\u{2019}") } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_languages_have_the_same_words() {
        let words = |language: &str| TABLES[language].keys().cloned().collect::<Vec<String>>();
        assert!(words("en").len() > 80);
        assert_eq!(words("en"), words("de"));
        let older = Words { language: "en", older: true };
        assert_eq!(older.say("pops"), "CTI 2.0 or Higher Settings");
        assert_eq!(older.say("pop_nothing"), "Don\u{2019}t pop any screen");
    }
}
