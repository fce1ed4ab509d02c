//! Labels in other languages: Salesforce's own, and what the org translated.

use super::World;
use super::people::Profile;
use crate::ids::Id;

/// Labels of standard profiles by language, as far as they matter here. That they follow the user's
/// language is known; the words may not be Salesforce's own.
const PROFILES: [(&str, &str, &str); 15] = [
    ("de", "System Administrator", "Systemadministrator"),
    ("de", "Standard User", "Standardbenutzer"),
    ("de", "Standard Platform User", "Standard-Plattformbenutzer"),
    ("de", "Read Only", "Schreibgeschützt"),
    ("de", "Solution Manager", "Lösungsmanager"),
    ("de", "Marketing User", "Marketingbenutzer"),
    ("de", "Contract Manager", "Vertragsmanager"),
    ("de", "Minimum Access - Salesforce", "Minimalzugriff – Salesforce"),
    ("ja", "System Administrator", "システム管理者"),
    ("ja", "Standard User", "標準ユーザー"),
    ("ja", "Standard Platform User", "標準 Platform ユーザー"),
    ("ja", "Read Only", "参照のみ"),
    ("ja", "Solution Manager", "ソリューション管理者"),
    ("ja", "Marketing User", "マーケティングユーザー"),
    ("ja", "Contract Manager", "契約管理者"),
];

impl World {
    /// The language of a user: `de` of `de` and of `de_AT`.
    pub(crate) fn language(&self, user: &Id) -> &str {
        let key = self.user(user).map_or("en_US", |user| &user.language_locale_key);
        key.split('_').next().unwrap_or_default()
    }

    /// A label as this org has translated it.
    pub(crate) fn translated<'w>(&'w self, language: &str, label: &str) -> Option<&'w str> {
        self.translations.get(language)?.get(label).map(String::as_str)
    }

    /// What a profile is called in a language; Salesforce translates its own profiles only.
    pub(crate) fn profile_label<'w>(&'w self, language: &str, profile: &'w Profile) -> &'w str {
        let own = || {
            let known =
                PROFILES.iter().find(|(of, label, _)| *of == language && *label == profile.name);
            known.filter(|_| !profile.custom).map(|(_, _, label)| *label)
        };
        self.translated(language, &profile.name).or_else(own).unwrap_or(&profile.name)
    }
}
