//! Rows of changes by what they are about, so that among thousands the same place is found at once.

use std::borrow::Borrow;

use super::ChangeRow;
use crate::model::{Key, Keyed};

/// Where rows of each subject stand in a list. A subject is known by its id or by its name, and may be
/// known by both.
#[derive(Debug, Default)]
pub struct Places(Keyed);

impl Places {
    /// The places of these rows.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a ChangeRow>) -> Self {
        let mut places = Self::default();
        for (at, row) in rows.into_iter().enumerate() {
            places.add(at, row);
        }
        places
    }

    /// A row stands there from now on.
    pub fn add(&mut self, at: usize, row: &ChangeRow) {
        self.0.add(at, keys(row));
    }

    /// Where rows about the same value stand, from the first one on.
    pub fn same(&self, rows: &[impl Borrow<ChangeRow>], row: &ChangeRow) -> Vec<usize> {
        let is_it = |at: &usize| rows.get(*at).is_some_and(|known| known.borrow().same_place(row));
        self.0.near(keys(row)).into_iter().filter(is_it).collect()
    }
}

/// What a row's subject is known by.
fn keys(row: &ChangeRow) -> impl Iterator<Item = Key> {
    let by_name = Key::Name(row.subject.name.clone());
    row.ids.subject.clone().map(Key::Id).into_iter().chain([by_name])
}
