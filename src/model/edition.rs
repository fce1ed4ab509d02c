//! Editions of Salesforce, and which of them a generation of the connector is made for.

use super::in_a_row;

/// The editions that Cisco names for something, in words that the org's own name of its edition holds:
/// `Enterprise` of `Enterprise Edition`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Editions {
    /// It is made for these.
    pub named: Vec<String>,
    /// It is said not to be for these.
    pub excluded: Vec<String>,
}

/// What is known of something in an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It is made for it.
    Named,
    /// Nobody says.
    Unnamed,
    /// It is said not to be for it.
    Excluded,
}

impl Editions {
    /// What is known of an edition, by the org's own name of it.
    pub fn fit(&self, edition: &str) -> Fit {
        let edition = edition.to_lowercase();
        let is_in = |words: &[String]| words.iter().any(|it| edition.contains(&it.to_lowercase()));
        if is_in(&self.excluded) {
            Fit::Excluded
        } else if is_in(&self.named) {
            Fit::Named
        } else {
            Fit::Unnamed
        }
    }

    /// The named ones, for people to read: `Enterprise, Unlimited and Developer`.
    pub fn words(&self) -> String {
        in_a_row(&self.named, usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_is_known_by_a_word_of_its_name() {
        let words = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect();
        let editions =
            Editions { named: words(&["Enterprise", "Unlimited"]), excluded: words(&["Team"]) };
        assert_eq!(editions.fit("Enterprise Edition"), Fit::Named);
        assert_eq!(editions.fit("UNLIMITED EDITION"), Fit::Named);
        assert_eq!(editions.fit("Team Edition"), Fit::Excluded);
        assert_eq!(editions.fit("Base Edition"), Fit::Unnamed);
        assert_eq!(editions.fit(""), Fit::Unnamed);
        assert_eq!(editions.words(), "Enterprise and Unlimited");
    }
}
