//! User names of an org and of its copies.
//!
//! User names are unique in all of Salesforce, so that a sandbox appends its own name to each when
//! it is made: `ada@example.com` is `ada@example.com.uat` there. Where that is taken, Salesforce
//! makes the name up, and nobody can tell from it who it is.

use std::collections::{BTreeMap, BTreeSet};

/// Who a user of the parent is in the copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Namesake {
    /// This one.
    One(String),
    /// Nobody, as far as names tell.
    Nobody,
    /// One of these.
    Several(Vec<String>),
}

/// Finds the parent's users among those of a copy: by the same name, else by the one name that is
/// theirs and a suffix. Nobody of the copy is taken for two users of the parent.
pub fn namesakes<'a>(
    parents: &BTreeSet<&'a str>,
    here: &BTreeSet<String>,
) -> BTreeMap<&'a str, Namesake> {
    let by_name: BTreeMap<String, &String> =
        here.iter().map(|name| (name.to_lowercase(), name)).collect();
    let same: BTreeSet<String> = parents
        .iter()
        .map(|name| name.to_lowercase())
        .filter(|name| by_name.contains_key(name))
        .collect();
    let mut suffixed: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    // Whoever is here under the parent's own name is nobody else's namesake.
    for (name, spelt) in by_name.iter().filter(|(name, _)| !same.contains(*name)) {
        if let Some(stem) = without_suffix(name) {
            suffixed.entry(stem).or_default().push(spelt);
        }
    }
    parents
        .iter()
        .map(|parent| {
            let name = parent.to_lowercase();
            let found = match (by_name.get(&name), suffixed.get(name.as_str()).map(Vec::as_slice)) {
                (Some(spelt), _) | (None, Some([spelt])) => Namesake::One((*spelt).clone()),
                (None, Some(several)) => {
                    Namesake::Several(several.iter().map(|name| (*name).clone()).collect())
                }
                (None, None) => Namesake::Nobody,
            };
            (*parent, found)
        })
        .collect()
}

/// The name before a sandbox's: letters and digits after the last dot of something like a mail
/// address.
fn without_suffix(name: &str) -> Option<&str> {
    let (stem, suffix) = name.rsplit_once('.')?;
    let is_sandbox = !suffix.is_empty() && suffix.chars().all(char::is_alphanumeric);
    (is_sandbox && stem.contains('@')).then_some(stem)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn find(parent: &str, here: &[&str]) -> Namesake {
        let here = here.iter().map(|name| (*name).to_owned()).collect();
        namesakes(&BTreeSet::from([parent]), &here).remove(parent).unwrap()
    }

    fn one(name: &str) -> Namesake {
        Namesake::One(name.to_owned())
    }

    #[test]
    fn the_same_name_goes_before_a_suffix_whatever_the_letters_case() {
        assert_eq!(find("ada@x.com", &["ada@x.com", "ada@x.com.uat"]), one("ada@x.com"));
        assert_eq!(find("ada@x.com", &["Ada@x.com.UAT2"]), one("Ada@x.com.UAT2"));
        assert_eq!(find("Ada@x.com", &["ada@x.com"]), one("ada@x.com"));
    }

    #[test]
    fn only_one_word_may_follow_and_only_one_user_may_have_it() {
        for other in ["ada@x.community", "ada@x.com.a.b", "ada@x.com.", "xada@x.com.uat", "ada@x"] {
            assert_eq!(find("ada@x.com", &[other]), Namesake::Nobody, "{other}");
        }
        let several = ["ada@x.com.dev", "ada@x.com.uat"];
        let expected = Namesake::Several(several.map(str::to_owned).to_vec());
        assert_eq!(find("ada@x.com", &several), expected);
    }

    #[test]
    fn whoever_is_here_by_the_same_name_is_not_a_second_users_namesake() {
        let parents = BTreeSet::from(["ada@x.com", "ada@x.com.uat"]);
        let here = BTreeSet::from(["ada@x.com.uat".to_owned()]);
        let found = namesakes(&parents, &here);
        assert_eq!(found["ada@x.com.uat"], one("ada@x.com.uat"));
        assert_eq!(found["ada@x.com"], Namesake::Nobody);
    }

    proptest! {
        // Few letters, so that names often meet.
        #[test]
        fn nobody_is_taken_for_two_and_every_copy_is_found(
            parents in prop::collection::btree_set("[ab]@[ab](\\.[ab]){0,2}", 0..8),
            others in prop::collection::btree_set("[ab]@[ab](\\.[ab]){0,3}", 0..8),
            copied in prop::collection::vec(any::<bool>(), 8),
        ) {
            let parents: BTreeSet<&str> = parents.iter().map(String::as_str).collect();
            let copies: BTreeMap<&str, String> = parents
                .iter()
                .zip(&copied)
                .filter(|(_, copied)| **copied)
                .map(|(parent, _)| (*parent, format!("{parent}.sandbox7")))
                .collect();
            let mut here: BTreeSet<String> = others;
            here.extend(copies.values().cloned());
            let found = namesakes(&parents, &here);
            prop_assert_eq!(found.len(), parents.len());
            let mut taken = BTreeSet::new();
            for (parent, namesake) in &found {
                if let Namesake::One(name) = namesake {
                    prop_assert!(taken.insert(name.clone()), "{} is taken twice", name);
                    let rest = name.strip_prefix(parent);
                    let rest = rest.map(|rest| rest.strip_prefix('.').unwrap_or(rest));
                    prop_assert!(rest.is_some_and(|rest| !rest.contains('.')), "{} for {}", name, parent);
                    prop_assert!(here.contains(name));
                }
                match copies.get(parent) {
                    // The copy, or somebody who is as much or more of a namesake.
                    Some(copy) => match namesake {
                        Namesake::One(name) => prop_assert!(name == copy || name == parent),
                        Namesake::Several(names) => prop_assert!(names.contains(copy)),
                        Namesake::Nobody => prop_assert!(false, "{} was not found", copy),
                    },
                    None => if here.contains(*parent) {
                        prop_assert_eq!(namesake, &Namesake::One((*parent).to_owned()));
                    },
                }
            }
        }
    }
}
