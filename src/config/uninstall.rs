//! `[uninstall]`: how the org is left when the connector goes.

use crate::model::UninstallWish;

use super::scope::Scope;

/// Reads `[uninstall]`.
pub(super) fn read(scope: Option<Scope<'_>>) -> UninstallWish {
    let Some(scope) = scope else { return UninstallWish::default() };
    scope.only_known();
    let layout =
        scope.text("fallback_layout", "the name of a page layout of Task: \"Task Layout\"");
    UninstallWish { fallback_layout: layout.map(|found| found.value), ..UninstallWish::default() }
}
