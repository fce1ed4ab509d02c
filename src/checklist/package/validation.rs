//! What the org says about installing a version: `InstallValidationStatus`.

use crate::checklist::Stop;
use crate::model::ConnectorWish;

/// What stands in the way of an installation that would begin now. Whoever joins the installation that
/// runs is not kept from it by that one.
pub(super) fn in_the_way(desired: &ConnectorWish, status: &str, joins: bool) -> Option<Stop> {
    let version = &desired.package.version;
    let not_yet = |why: &str| Stop::not_yet(format!("{why}: {status}."));
    let stop = match status {
        "NO_ERRORS_DETECTED" => return None,
        "INSTALL_IN_PROGRESS" | "ALREADY_IN_PROCESS" if joins => return None,
        "INSTALL_IN_PROGRESS" => not_yet(&format!(
            "The org is currently installing a version of the package, so {version} has to wait"
        ))
        .hint("Run this again when it has finished: see Setup > Installed Packages."),
        "UNINSTALL_IN_PROGRESS" => not_yet(&format!(
            "The org is currently uninstalling the package, so version {version} cannot be installed \
             yet"
        ))
        .hint("Run this again when it has finished: see Setup > Installed Packages."),
        "PACKAGE_UNAVAILABLE" | "PACKAGE_UNAVAILABLE_CRC" | "PACKAGE_UNAVAILABLE_ZIP" => {
            not_yet(&format!("Salesforce is still bringing package version {version} to this org"))
                .hint(
                    "Run this again in a few minutes. If it takes hours, ask Cisco whether the \
                    version was withdrawn.",
                )
        }
        // As in `salesforce_client::packages::is_passing`, where an installation says so.
        "ALREADY_IN_PROCESS" | "UNABLE_TO_LOCK_ROW" => not_yet(&format!(
            "Another change is in progress in the org's setup, so package version {version} has to wait"
        ))
        .hint("Run this again in a few minutes."),
        "" | "UNKNOWN_ERROR" => Stop::refused(format!(
            "The org does not say whether package version {version} may be installed."
        ))
        .hint("Run this again later; Setup > Installed Packages may tell more."),
        _ => Stop::refused(format!("The org does not accept package version {version}: {status}."))
            .hint(
                "This is Salesforce's InstallValidationStatus; it tells what must change first.",
            ),
    };
    Some(stop)
}
