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

    /// Whether both are the same record: by id where both are known, else by name. A name can be
    /// given to another record, and people's languages change it.
    pub fn is(&self, other: &Self) -> bool
    where
        I: PartialEq,
    {
        match (&self.id, &other.id) {
            (Some(one), Some(other)) => one == other,
            _ => self.name == other.name,
        }
    }

    /// Whether both are the same record, or one that was made anew in the other's place: a name
    /// that an org gives once tells that where the id is another.
    pub fn is_or_replaces(&self, other: &Self) -> bool
    where
        I: PartialEq,
    {
        self.name == other.name || self.is(other)
    }

    /// The record among others: by id where it is known, else by name, where just one has it.
    pub fn find<'a, T>(
        &self,
        among: impl IntoIterator<Item = &'a T>,
        id: impl Fn(&T) -> &I,
        name: impl Fn(&T) -> &str,
    ) -> Option<&'a T>
    where
        I: PartialEq,
    {
        let is_it = |it: &&T| match &self.id {
            Some(known) => id(it) == known,
            None => name(it) == self.name,
        };
        let mut found = among.into_iter().filter(is_it);
        found.next().filter(|_| found.next().is_none())
    }

    /// The same, or the one of that name where the org has made it anew since.
    pub fn find_or_replaced<'a, T>(
        &self,
        among: impl IntoIterator<Item = &'a T> + Clone,
        id: impl Fn(&T) -> &I,
        name: impl Fn(&T) -> &str,
    ) -> Option<&'a T>
    where
        I: PartialEq,
    {
        let by_id = self.find(among.clone(), id, &name);
        by_id.or_else(|| among.into_iter().find(|it| name(it) == self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, id: u8) -> Ref<u8> {
        Ref::seen(name, &id)
    }

    #[test]
    fn an_id_tells_more_than_a_name() {
        assert!(of("Agent", 1).is(&of("Renamed", 1)));
        assert!(!of("Agent", 1).is(&of("Agent", 2)));
        assert!(of("Agent", 1).is(&Ref::named("Agent")));
        assert!(of("Agent", 1).is_or_replaces(&of("Agent", 2)));
    }

    #[test]
    fn nothing_is_found_by_a_name_that_two_have_or_that_another_has_now() {
        let among = [(1, "Agent"), (2, "Agent"), (3, "Other")];
        let find = |it: Ref<u8>| it.find(&among, |it| &it.0, |it| it.1).map(|it| it.0);
        assert_eq!(find(of("Other", 2)), Some(2));
        assert_eq!(find(of("Other", 9)), None);
        assert_eq!(find(Ref::named("Other")), Some(3));
        assert_eq!(find(Ref::named("Agent")), None);
        let anew = of("Other", 9).find_or_replaced(&among, |it| &it.0, |it| it.1);
        assert_eq!(anew.map(|it| it.0), Some(3));
    }
}
