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
            "The org is installing a version of the package just now, so {version} has to wait"
        ))
        .hint("Run this again when it has ended: Setup > Installed Packages shows it."),
        "UNINSTALL_IN_PROGRESS" => not_yet(&format!(
            "The org is uninstalling the package just now, so version {version} cannot be installed \
             yet"
        ))
        .hint("Run this again when it has ended: Setup > Installed Packages shows it."),
        "PACKAGE_UNAVAILABLE" | "PACKAGE_UNAVAILABLE_CRC" | "PACKAGE_UNAVAILABLE_ZIP" => {
            not_yet(&format!("Salesforce is still bringing package version {version} to this org"))
                .hint(
                    "Run this again in some minutes. Where it lasts for hours, ask Cisco whether the \
                     version was withdrawn.",
                )
        }
        // As in `salesforce_client::packages::is_passing`, where an installation says so.
        "ALREADY_IN_PROCESS" | "UNABLE_TO_LOCK_ROW" => not_yet(&format!(
            "Another change holds the org's setup just now, so package version {version} has to wait"
        ))
        .hint("Run this again in some minutes."),
        "" | "UNKNOWN_ERROR" => Stop::refused(format!(
            "The org does not say whether package version {version} may be installed."
        ))
        .hint("Run this again later; Setup > Installed Packages may tell more."),
        _ => Stop::refused(format!("The org does not accept package version {version}: {status}."))
            .hint(
                "The word is Salesforce's InstallValidationStatus; it names what must change first.",
            ),
    };
    Some(stop)
}
