//! What stays of the recorded past once a generation of the connector is out.

use std::cell::OnceCell;

use super::permission_set::Given;
use super::{another_in_use, works_with};
use crate::model::{
    Baseline, BaselineEntry, Before, ByRef, ByTarget, OrgState, Target, User, UserId,
};

/// The past without that generation, but for what is still `open`.
///
/// Another generation may have taken over what this one had set. What was there before both is what it
/// gives back, a permission set that somebody keeps for it is one that it takes back, and a softphone
/// layout or a utility item that is kept for it goes with it.
pub fn retire(
    baseline: &Baseline,
    recipe: &str,
    state: &OrgState,
    is_open: impl Fn(&BaselineEntry) -> bool,
) -> Baseline {
    let is_gone = |entry: &&BaselineEntry| entry.recipe() == recipe && !is_open(entry);
    let (gone, rest): (Vec<&BaselineEntry>, Vec<&BaselineEntry>) =
        baseline.entries.iter().partition(is_gone);
    let heirs = Heirs::of(state, recipe);
    let places = ByTarget::new(gone.iter().copied(), |it| &it.target);
    let inherited = |entry: &BaselineEntry| {
        let mut replaced = places.same(&entry.target);
        let replaced = replaced.find(|it| match &entry.before {
            Before::Known(before) => it.target.holds_same(before.as_ref(), it.ours.as_ref()),
            Before::Unknown => false,
        });
        replaced.filter(|_| entry.recipe() != recipe).map(|it| it.before.clone())
    };
    let of_rest = |entry: &BaselineEntry| BaselineEntry {
        before: inherited(entry).unwrap_or_else(|| entry.before.clone()),
        ..entry.clone()
    };
    let mut kept = Baseline { entries: rest.into_iter().map(of_rest).collect() };
    let mut recorder = kept.recorder();
    for entry in gone {
        if let Some(heir) = heirs.of_entry(entry) {
            let entry = BaselineEntry { recipe: Some(heir.to_owned()), ..entry.clone() };
            if !recorder.holds(&entry) {
                recorder.record(entry);
            }
        }
    }
    kept
}

/// Who takes over what a generation leaves.
struct Heirs<'a> {
    recipe: &'a str,
    given: Given<'a>,
    users: ByRef<'a, UserId, User>,
    /// The other generation that users work with, looked for once.
    in_use: OnceCell<Option<&'static str>>,
}

impl<'a> Heirs<'a> {
    fn of(state: &'a OrgState, recipe: &'a str) -> Self {
        Self {
            recipe,
            given: Given::of(state),
            users: state.users_by_ref(),
            in_use: OnceCell::new(),
        }
    }

    /// The generation that a permission set, a softphone layout or a utility item is kept for.
    fn of_entry(&self, entry: &BaselineEntry) -> Option<&'static str> {
        let state = self.given.state();
        let (user, set) = match &entry.target {
            Target::PermissionSetAssignment { user, set } => (user, set),
            Target::SoftphoneField { .. }
            | Target::SoftphoneAssignment { .. }
            | Target::UtilityItem(..) => {
                let other = || another_in_use(state, self.recipe).map(|it| &*it.data.recipe.name);
                return *self.in_use.get_or_init(other);
            }
            _ => return None,
        };
        self.given.find(user, set)?;
        let other = works_with(state, self.users.find(user)?).filter(|it| *it != self.recipe);
        other.filter(|_| entry.before == Before::Known(None) && entry.ours.is_some())
    }
}
