//! Which packages are the connector's, where the org does not tell their namespaces.

use crate::model::{ConnectorWish, InstalledPackage, Observed, OrgState};

/// Gives the package that is the connector's by its ids the namespace that the org does not tell: whoever
/// reads the state knows packages by that.
pub fn name_by_ids(desired: &ConnectorWish, state: &mut OrgState) {
    let offered = state.offered.seen().and_then(|offered| offered.answer.as_ref().ok());
    let package_id = offered.and_then(|offer| offer.package_id.clone());
    let is_its = |it: &InstalledPackage| {
        let id = it.package_id.as_deref().and_then(|id| id.get(..15));
        it.version_id.as_ref() == Some(&desired.package.version)
            || (id.is_some() && id == package_id.as_deref().and_then(|id| id.get(..15)))
    };
    let Observed::Seen(packages) = &mut state.packages else { return };
    for package in packages.iter_mut().filter(|it| it.namespace.is_none()) {
        if is_its(package) {
            package.namespace = Some(desired.recipe.namespace.clone());
        }
    }
}
