//! What stays of the recorded past once a generation of the connector is out.

use super::permission_set::Given;
use super::{another_in_use, users_generation};
use crate::model::{Baseline, BaselineEntry, Before, ByTarget, OrgState, Target};

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
    let given = Given::of(state);
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
    let mut entries: Vec<BaselineEntry> = rest.into_iter().map(of_rest).collect();
    for entry in gone {
        if let Some(heir) = heir(entry, &given) {
            let entry = BaselineEntry { recipe: Some(heir.to_owned()), ..entry.clone() };
            if !entries.iter().any(|known| known.is_about_same(&entry)) {
                entries.push(entry);
            }
        }
    }
    Baseline { entries }
}

/// The generation that a permission set, a softphone layout or a utility item is kept for.
fn heir(entry: &BaselineEntry, given: &Given<'_>) -> Option<&'static str> {
    let (user, set) = match &entry.target {
        Target::PermissionSetAssignment { user, set } => (user, set),
        Target::SoftphoneField { .. }
        | Target::SoftphoneAssignment { .. }
        | Target::UtilityItem(..) => {
            return another_in_use(given.state(), entry.recipe())
                .map(|other| &*other.data.recipe.name);
        }
        _ => return None,
    };
    given.find(user, set)?;
    let other = users_generation(given.state(), user).filter(|other| *other != entry.recipe());
    other.filter(|_| entry.before == Before::Known(None) && entry.ours.is_some())
}
