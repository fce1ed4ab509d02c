//! Places in a list, by what those who stand there are known by.

use std::collections::HashMap;

/// What a record is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// Its id.
    Id(String),
    /// Its name.
    Name(String),
}

/// Where in a list members stand, by the id and the name of their records. Whoever shares neither is another.
#[derive(Debug, Clone, Default)]
pub struct Keyed {
    of_keys: HashMap<Key, Vec<usize>>,
    /// Members without any key.
    others: Vec<usize>,
}

impl Keyed {
    /// A member stands there, too.
    pub fn add(&mut self, at: usize, keys: impl IntoIterator<Item = Key>) {
        let add = |places: &mut Vec<usize>| {
            if !places.contains(&at) {
                places.push(at);
            }
        };
        let mut keys = keys.into_iter().peekable();
        if keys.peek().is_none() {
            add(&mut self.others);
        }
        for key in keys {
            add(self.of_keys.entry(key).or_default());
        }
    }

    /// The places of members that may be the same as one of these keys, in ascending order.
    pub fn near(&self, keys: impl IntoIterator<Item = Key>) -> Vec<usize> {
        let mut keys = keys.into_iter().peekable();
        if keys.peek().is_none() {
            return self.others.clone();
        }
        let mut near: Vec<usize> =
            keys.filter_map(|key| self.of_keys.get(&key)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}
