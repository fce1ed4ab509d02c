//! The package in a snapshot.

use super::removal::held;
use crate::checklist::{Holdings, SnapshotCase};
use crate::model::{Look, OrgState, Recipe, Target};

/// Which version is installed.
pub(super) fn holds(case: &SnapshotCase<'_>, into: &mut Holdings) {
    let Some(packages) = into.part(&case.state.packages, Look::Packages) else { return };
    let namespace = &case.recipe.namespace;
    for package in packages.iter().filter(|it| it.namespace.as_ref() == Some(namespace)) {
        into.add(Some(case.recipe), &Target::Package(namespace.clone()), &held(package));
    }
}

/// Whether any version of a generation's package is installed.
pub(in crate::checklist) fn is_there(recipe: &Recipe, state: &OrgState) -> bool {
    state.packages.iter().any(|it| it.namespace.as_ref() == Some(&recipe.namespace))
}
