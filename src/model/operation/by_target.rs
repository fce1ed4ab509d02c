//! Finding values by their targets, and records by their ids or names, among tens of thousands.

use std::collections::HashMap;
use std::hash::Hash;

use super::keyed::{Key, Keyed};
use super::{Ref, Target};

/// Where in a list targets stand.
#[derive(Debug, Clone, Default)]
pub struct TargetPlaces(Keyed);

impl TargetPlaces {
    /// The places of these, in their order.
    pub fn of<'a>(targets: impl IntoIterator<Item = &'a Target>) -> Self {
        let mut places = Self::default();
        for (at, target) in targets.into_iter().enumerate() {
            places.add(at, target);
        }
        places
    }

    /// A target stands there, too.
    pub fn add(&mut self, at: usize, target: &Target) {
        self.0.add(at, keys(target));
    }

    /// The places of targets that may be the same as this one, in ascending order: no other is.
    pub fn near(&self, target: &Target) -> Vec<usize> {
        self.0.near(keys(target))
    }
}

/// What the record of a target is known by, where there are many of its kind.
fn keys(target: &Target) -> impl Iterator<Item = Key> {
    let (id, name) = match target {
        Target::UserCallCenter(user) | Target::PermissionSetAssignment { user, .. } => {
            (user.id.as_ref().map(|id| id.short().to_owned()), Some(user.name.clone()))
        }
        Target::TaskLayout { profile, .. } => {
            (profile.id.as_ref().map(|id| id.short().to_owned()), Some(profile.name.clone()))
        }
        _ => (None, None),
    };
    id.map(Key::Id).into_iter().chain(name.map(Key::Name))
}

/// A list of which members are found by their targets.
#[derive(Debug)]
pub struct ByTarget<'a, T> {
    all: Vec<&'a T>,
    target: fn(&T) -> &Target,
    places: TargetPlaces,
}

impl<'a, T> ByTarget<'a, T> {
    /// These, each with its target.
    pub fn new(all: impl IntoIterator<Item = &'a T>, target: fn(&T) -> &Target) -> Self {
        let all: Vec<&'a T> = all.into_iter().collect();
        let places = TargetPlaces::of(all.iter().map(|it| target(it)));
        Self { all, target, places }
    }

    /// Those about the same place, in their order.
    pub fn same<'b>(&'b self, target: &'b Target) -> impl DoubleEndedIterator<Item = &'a T> + 'b {
        let near = self.places.near(target).into_iter();
        let near = near.filter_map(|at| self.all.get(at).copied());
        near.filter(move |it| (self.target)(it).is_same_place(target))
    }

    /// Whether one is about the same place.
    pub fn has(&self, target: &Target) -> bool {
        self.same(target).next().is_some()
    }
}

/// Targets among which others are looked for.
#[derive(Debug, Clone, Default)]
pub struct TargetSet {
    targets: Vec<Target>,
    places: TargetPlaces,
}

impl TargetSet {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Target> {
        self.targets.iter()
    }

    /// Whether the same place is among them.
    pub fn has(&self, target: &Target) -> bool {
        let mut near = self.places.near(target).into_iter();
        near.any(|at| self.targets.get(at).is_some_and(|it| it.is_same_place(target)))
    }
}

impl Extend<Target> for TargetSet {
    fn extend<I: IntoIterator<Item = Target>>(&mut self, targets: I) {
        for target in targets {
            self.places.add(self.targets.len(), &target);
            self.targets.push(target);
        }
    }
}

/// Records that are found as [`Ref::find`] does.
#[derive(Debug)]
pub struct ByRef<'a, I, T> {
    by_id: HashMap<&'a I, Option<&'a T>>,
    by_name: HashMap<&'a str, Option<&'a T>>,
}

impl<'a, I: Eq + Hash, T> ByRef<'a, I, T> {
    /// These records, by their ids and names.
    pub fn new(
        records: impl IntoIterator<Item = &'a T>,
        id: impl Fn(&'a T) -> &'a I,
        name: impl Fn(&'a T) -> &'a str,
    ) -> Self {
        let (mut by_id, mut by_name) = (HashMap::new(), HashMap::new());
        for record in records {
            // What two have in common tells neither.
            by_id.entry(id(record)).and_modify(|it| *it = None).or_insert(Some(record));
            by_name.entry(name(record)).and_modify(|it| *it = None).or_insert(Some(record));
        }
        Self { by_id, by_name }
    }

    /// The record: by its id where that is known, else by a name that just one has.
    pub fn find(&self, wanted: &Ref<I>) -> Option<&'a T> {
        match &wanted.id {
            Some(id) => self.by_id.get(id).copied().flatten(),
            None => self.by_name.get(&*wanted.name).copied().flatten(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::UserId;

    fn target((number, is_seen, name): (u8, bool, u8)) -> Target {
        let name = format!("user{name}");
        let id = UserId::parse(&format!("005{number:012}")).unwrap();
        Target::UserCallCenter(if is_seen { Ref::seen(name, &id) } else { Ref::named(name) })
    }

    fn targets() -> impl Strategy<Value = Vec<Target>> {
        proptest::collection::vec((0..6_u8, any::<bool>(), 0..6_u8).prop_map(target), 0..12)
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_a_look_at_all_finds(all in targets(), wanted in targets()) {
            let index = ByTarget::new(&all, |it| it);
            let mut set = TargetSet::default();
            set.extend(all.clone());
            for wanted in &wanted {
                let plain: Vec<&Target> = all.iter().filter(|it| it.is_same_place(wanted)).collect();
                prop_assert_eq!(index.same(wanted).collect::<Vec<_>>(), plain.clone());
                prop_assert_eq!(set.has(wanted), !plain.is_empty());
            }
        }

        #[test]
        fn records_are_found_as_one_by_one(
            all in proptest::collection::vec((0..6_u8, 0..6_u8), 0..12),
            wanted in (0..6_u8, any::<bool>(), 0..6_u8),
        ) {
            let of = |(number, name): &(u8, u8)| {
                let id = UserId::parse(&format!("005{number:012}")).unwrap();
                (id, format!("user{name}"))
            };
            let all: Vec<(UserId, String)> = all.iter().map(of).collect();
            let Target::UserCallCenter(wanted) = target(wanted) else { unreachable!() };
            let index = ByRef::new(&all, |it| &it.0, |it| &it.1);
            prop_assert_eq!(index.find(&wanted), wanted.find(&all, |it| &it.0, |it| &it.1));
        }
    }
}
