//! The package in a snapshot.

use super::removal::held;
use crate::checklist::{Holdings, SnapshotCase, Unseen};
use crate::model::{InstalledPackage, Look, OrgState, Recipe, Refused, Target};

/// Which version is installed.
pub(super) fn holds(case: &SnapshotCase<'_>, into: &mut Holdings) {
    let Some(packages) = into.part(&case.state.packages, Look::Packages) else { return };
    if let Some(words) = contradiction(case.recipe, case.state) {
        into.hide(None, Unseen::in_org(Look::Packages, &Refused::new(words)).text);
        return;
    }
    let namespace = &case.recipe.namespace;
    let own: Vec<&InstalledPackage> =
        packages.iter().filter(|it| it.namespace.as_ref() == Some(namespace)).collect();
    if own.len() > 1 {
        let words = format!(
            "it lists {} packages of the namespace {namespace}, and does not tell which one is the connector's",
            own.len()
        );
        into.hide(None, Unseen::in_org(Look::Packages, &Refused::new(words)).text);
        return;
    }
    for package in own {
        into.add(Some(case.recipe), &Target::Package(namespace.clone()), &held(package));
    }
}

/// What an org says that cannot be true: it shows components of a package that it does not list.
pub(in crate::checklist) fn contradiction(
    recipe: &Recipe,
    state: &OrgState,
) -> Option<&'static str> {
    let is_its = |namespace: &Option<String>| namespace.as_ref() == Some(&recipe.namespace);
    let shows = state.layouts.iter().any(|layout| is_its(&layout.name.namespace))
        || state.permission_sets.iter().any(|set| is_its(&set.namespace));
    (state.packages.is_seen() && shows && !is_there(recipe, state)).then_some(
        "it shows components of the package's namespace, and lists no package of that namespace",
    )
}

/// Whether any version of a generation's package is installed.
pub(in crate::checklist) fn is_there(recipe: &Recipe, state: &OrgState) -> bool {
    state.packages.iter().any(|it| it.namespace.as_ref() == Some(&recipe.namespace))
}
