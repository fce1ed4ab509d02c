//! Permission sets of the package that a configuration names, while an upgrade has the package out.
//!
//! A label leads nowhere then: it is read where the org, or what was written down before, still tells whose
//! it is. API names begin with the package's namespace, and hold all the time.

use std::borrow::Cow;

use super::{Case, Stop, package};
use crate::model::{ConnectorWish, OrgState, PackageParts, PermissionSet, Recipe, Selector};

/// What is wanted while the package is out: its permission sets by names that hold then, and nobody chosen
/// by them.
pub(super) fn without_leaving(case: Case<'_>) -> ConnectorWish {
    let mut desired = case.desired.clone();
    for name in &mut desired.permission_sets {
        let mut called = case.state.permission_sets.iter().filter(|set| set.is_called(name));
        if let (Some(only), None) = (called.next(), called.next())
            && case.takes_permission_set(only)
        {
            *name = lasting(case.recipe(), &only.qualified(), &only.label);
        }
    }
    desired.users.permission_sets.retain(|name| !is_leaving(case, name));
    desired
}

/// The same once the package is out, by what was written down of it before.
pub(super) fn with_replaced<'a>(
    desired: Cow<'a, ConnectorWish>,
    state: &OrgState,
    replaced: Option<&PackageParts>,
) -> Cow<'a, ConnectorWish> {
    let Some(old) = replaced.filter(|_| package::installed(&desired, state).is_none()) else {
        return desired;
    };
    let mut wanted = desired.into_owned();
    for name in &mut wanted.permission_sets {
        let is_there = state.permission_sets.iter().any(|set| set.is_called(name));
        let mut called = old.named_sets.iter().filter(|(set, label)| is_called(set, label, name));
        if let (false, Some((set, label)), None) = (is_there, called.next(), called.next()) {
            *name = lasting(&wanted.recipe, set, label);
        }
    }
    Cow::Owned(wanted)
}

/// The name that a set of the package has whether it is there or not: the recipe's, which is wanted in any
/// case, or its API name.
fn lasting(recipe: &Recipe, qualified: &str, label: &str) -> String {
    let mut known = recipe.permission_sets.iter();
    known
        .find(|name| is_called(qualified, label, name))
        .map_or(qualified, String::as_str)
        .to_owned()
}

/// Whether people may mean a set of a package; see [`PermissionSet::is_called`].
fn is_called(qualified: &str, label: &str, name: &str) -> bool {
    let plain = qualified.split_once("__").map(|(_, plain)| plain);
    label == name || qualified == name || plain == Some(name)
}

/// Why the package cannot go: whoever is chosen by one of its permission sets would be chosen no more, and
/// lose all they have.
pub(super) fn chosen_by_leaving(case: Case<'_>) -> Vec<Stop> {
    let asked_by = Selector::PermissionSets.to_string();
    let names = case.desired.users.permission_sets.iter().enumerate();
    let leaving = names.filter(|(_, name)| is_leaving(case, name));
    let stop = |(number, name): (usize, &String)| {
        Stop::configuration(format!(
            "`{asked_by}` names \"{name}\", a permission set of the package. A clean upgrade uninstalls the \
             package first, and the permission set with it: until the new version is installed, `{asked_by}` \
             would choose nobody, and its users would lose the call center."
        ))
        .at(format!("{asked_by}[{number}]"))
        .hint(
            "Choose users by profile or username, or set upgrade = \"in-place\" under [package].",
        )
    };
    leaving.map(stop).collect()
}

/// Whether a name leads to a permission set that goes with the package, or to a group of such.
fn is_leaving(case: Case<'_>, name: &str) -> bool {
    let state = case.state;
    let mut known = state.permission_sets.iter().chain(state.permission_set_groups.iter());
    known.any(|set: &PermissionSet| set.is_called(name) && case.takes_permission_set(set))
}
