//! Rows of changes by what they are about, so that among thousands the same place is found at once.

use std::borrow::Borrow;
use std::collections::HashMap;

use super::ChangeRow;

/// Where rows of each subject stand in a list. A subject is known by its id or by its name, and may be
/// known by both.
#[derive(Debug, Default)]
pub struct Places {
    of_subjects: HashMap<(bool, String), Vec<usize>>,
}

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
        for subject in subjects(row) {
            let known = self.of_subjects.entry(subject).or_default();
            if !known.contains(&at) {
                known.push(at);
            }
        }
    }

    /// Where rows about the same value stand, from the first one on.
    pub fn same(&self, rows: &[impl Borrow<ChangeRow>], row: &ChangeRow) -> Vec<usize> {
        let near = subjects(row).into_iter().filter_map(|subject| self.of_subjects.get(&subject));
        let same = |at: &usize| rows.get(*at).is_some_and(|known| known.borrow().same_place(row));
        let mut found: Vec<usize> = near.flatten().copied().filter(same).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// What a row's subject is known by: whoever shares neither its id nor its name is another.
fn subjects(row: &ChangeRow) -> Vec<(bool, String)> {
    let by_name = (false, row.subject.name.clone());
    row.ids.subject.iter().map(|id| (true, id.clone())).chain([by_name]).collect()
}
