//! What was seen, or why it was not.

/// A part of an org: nobody asked for it, it was seen, or the org refused to show it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Observed<T> {
    /// Nobody asked.
    #[default]
    Unasked,
    /// The answer.
    Seen(T),
    /// The org's words instead of an answer.
    Refused(Refused),
}

/// Why a part is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The org's words.
    pub words: String,
    /// Whether the org has, or shows, no such thing at all.
    pub missing: bool,
    /// Whether it is a permission that the calling user lacks.
    pub forbidden: bool,
}

impl Refused {
    /// A part that the org has, and does not show.
    pub fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), missing: false, forbidden: false }
    }
}

impl<T> Observed<T> {
    /// A part that the org has, and does not show.
    pub fn refused(words: impl Into<String>) -> Self {
        Self::Refused(Refused::new(words))
    }

    /// What was seen.
    pub fn seen(&self) -> Option<&T> {
        match self {
            Self::Seen(found) => Some(found),
            Self::Unasked | Self::Refused(_) => None,
        }
    }

    /// The same, to be changed.
    pub fn seen_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Seen(found) => Some(found),
            Self::Unasked | Self::Refused(_) => None,
        }
    }

    /// Why it was not shown, where the org refused to.
    pub fn refusal(&self) -> Option<&Refused> {
        match self {
            Self::Refused(refused) => Some(refused),
            Self::Unasked | Self::Seen(_) => None,
        }
    }

    /// Whether the org answered.
    pub fn is_seen(&self) -> bool {
        matches!(self, Self::Seen(_))
    }

    /// Whether nobody asked.
    pub fn is_unasked(&self) -> bool {
        matches!(self, Self::Unasked)
    }

    /// The same, made of what was seen.
    pub fn map<U>(self, of: impl FnOnce(T) -> U) -> Observed<U> {
        match self {
            Self::Unasked => Observed::Unasked,
            Self::Seen(found) => Observed::Seen(of(found)),
            Self::Refused(refused) => Observed::Refused(refused),
        }
    }

    /// What was seen, or else another part's reason not to be: both are needed together.
    pub fn and<U>(self, other: Observed<U>) -> Observed<(T, U)> {
        match (self, other) {
            (Self::Seen(one), Observed::Seen(other)) => Observed::Seen((one, other)),
            (Self::Refused(refused), _) | (_, Observed::Refused(refused)) => {
                Observed::Refused(refused)
            }
            (Self::Unasked, _) | (_, Observed::Unasked) => Observed::Unasked,
        }
    }

    /// What was seen, to be changed; seen as empty from now on where it was not.
    #[cfg(test)]
    pub(crate) fn get_or_insert_default(&mut self) -> &mut T
    where
        T: Default,
    {
        if !self.is_seen() {
            *self = Self::Seen(T::default());
        }
        self.seen_mut().unwrap()
    }
}

impl<T> Observed<Option<T>> {
    /// What was seen, where there is such a thing.
    pub fn found(&self) -> Option<&T> {
        self.seen()?.as_ref()
    }

    /// The same, to be changed.
    pub fn found_mut(&mut self) -> Option<&mut T> {
        self.seen_mut()?.as_mut()
    }
}

impl<T> Observed<Vec<T>> {
    /// Those that were seen; none where nobody asked, or the org refused. Whoever takes none for
    /// absent has to know that it was seen: an item is not asked before what it needs is.
    pub fn as_slice(&self) -> &[T] {
        self.seen().map_or(&[], Vec::as_slice)
    }

    /// Each of those that were seen.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.as_slice().iter()
    }

    /// The same, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.seen_mut().map(Vec::as_mut_slice).unwrap_or_default().iter_mut()
    }
}

impl<'a, T> IntoIterator for &'a Observed<Vec<T>> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut Observed<Vec<T>> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

#[cfg(test)]
impl<T> std::ops::Index<usize> for Observed<Vec<T>> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        &self.as_slice()[at]
    }
}

#[cfg(test)]
impl<T> std::ops::IndexMut<usize> for Observed<Vec<T>> {
    fn index_mut(&mut self, at: usize) -> &mut T {
        &mut self.seen_mut().unwrap()[at]
    }
}

#[cfg(test)]
impl<T> FromIterator<T> for Observed<Vec<T>> {
    fn from_iter<I: IntoIterator<Item = T>>(found: I) -> Self {
        Self::Seen(found.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_seen_is_yielded() {
        let mut users: Observed<Vec<u8>> = Observed::Unasked;
        assert!(users.is_unasked() && users.iter().next().is_none());
        users = Observed::refused("no access");
        assert!(!users.is_unasked() && users.seen().is_none() && users.as_slice().is_empty());
        users.get_or_insert_default().push(7);
        for user in &mut users {
            *user += 1;
        }
        assert_eq!(users, Observed::Seen(vec![8]));
        assert_eq!(users.map(|users| users.len()), Observed::Seen(1));
    }

    #[test]
    fn what_an_org_does_not_have_was_seen_all_the_same() {
        let nothing: Observed<Option<u8>> = Observed::Seen(None);
        assert!(nothing.is_seen() && nothing.found().is_none());
        assert_eq!(Observed::Seen(Some(7)).found(), Some(&7));
    }
}
