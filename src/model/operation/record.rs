//! A record of an org, by name and by id.

/// A record: the name that people know always, its id where it was seen.
///
/// What is only about to be created has no id yet, and neither has what an older version of the
/// program wrote down.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ref<I> {
    /// The name that people know.
    pub name: String,
    /// The id.
    pub id: Option<I>,
}

impl<I> Ref<I> {
    /// A record that was seen.
    pub fn seen(name: impl Into<String>, id: &I) -> Self
    where
        I: Clone,
    {
        Self { name: name.into(), id: Some(id.clone()) }
    }

    /// A record of which only the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), id: None }
    }

    /// Whether both are the same record: by id where both are known, else by name.
    pub fn is_same(&self, other: &Self) -> bool
    where
        I: PartialEq,
    {
        match (&self.id, &other.id) {
            (Some(one), Some(other)) => one == other,
            _ => self.name == other.name,
        }
    }

    /// The record with that id among others, or the one of that name where no id is known.
    pub fn find<'a, T>(
        &self,
        among: impl IntoIterator<Item = &'a T> + Clone,
        id: impl Fn(&T) -> &I,
        name: impl Fn(&T) -> &str,
    ) -> Option<&'a T>
    where
        I: PartialEq,
    {
        let known = self.id.as_ref();
        let by_id = known.and_then(|known| among.clone().into_iter().find(|it| id(it) == known));
        by_id.or_else(|| among.into_iter().find(|it| name(it) == self.name))
    }
}
