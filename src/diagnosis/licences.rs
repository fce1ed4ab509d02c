//! The package's licence and its seats.

use super::{Case, Check, Group};
use crate::model::{Look, Observed, PackageLicence, Refused};

const ABOUT: (Group, &str, &str) = (Group::Connector, "package-licence", "Package licence");

pub(super) fn check(case: &Case<'_>) -> Check {
    let licences = match &case.evidence.licences {
        Observed::Seen(licences) => licences,
        Observed::Refused(Refused { words, .. }) => return Check::unknown(ABOUT, words),
        Observed::Unasked => return Check::untold(ABOUT, "Nobody has asked the org."),
    };
    let Some(licence) = of(case, licences) else {
        if let Some(words) = case.refused(&[Look::Packages]) {
            return Check::unknown(ABOUT, words);
        }
        return Check::ok(
            ABOUT,
            if case.has_package() {
                "The package needs none."
            } else {
                "There is none before the package."
            },
        );
    };
    let until = licence.ends.as_ref().map(|day| format!(" until {day}")).unwrap_or_default();
    match licence.status.as_str() {
        "Expired" => {
            return Check::problem(ABOUT, format!("The package's licence has expired{until}."))
                .fix("Ask Cisco, or whoever sold the connector, to renew it.");
        }
        "Trial" => {
            return Check::warning(ABOUT, format!("The package runs as a trial{until}."))
                .fix("Ask Cisco, or whoever sold the connector, for a full licence.");
        }
        _ => {}
    }
    match licence.allowed {
        None => Check::ok(ABOUT, "For everybody in the org."),
        Some(allowed) if licence.used >= allowed => Check::warning(
            ABOUT,
            format!("All {allowed} seats are taken: nobody else gets the package."),
        )
        .fix("Setup > Installed Packages > Manage Licenses shows who has one."),
        Some(allowed) => {
            Check::ok(ABOUT, format!("{} of {allowed} seats are taken.", licence.used))
        }
    }
}

/// The licence of the connector's package, where it has one.
pub(super) fn of<'a>(
    case: &Case<'_>,
    licences: &'a [PackageLicence],
) -> Option<&'a PackageLicence> {
    let namespace = Some(case.recipe().namespace.as_str());
    licences.iter().find(|licence| licence.namespace.as_deref() == namespace)
}
