//! The package's licence and its seats.

use crate::checklist::{Check, Checkup, Group, Topic};
use crate::model::{Look, Observed, PackageLicence, Refused};

const TOPIC: Topic<'static> =
    Topic::new(Group::Connector, 10, "package-licence", "Package licence");

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    let licences = match &checkup.evidence.licences {
        Observed::Seen(licences) => licences,
        Observed::Refused(Refused { words, .. }) => return Check::hidden(TOPIC, words),
        Observed::Unasked => return Check::unknown(TOPIC, "Not checked."),
    };
    let own = licences_of(checkup, licences);
    if own.windows(2).any(|two| !two[0].says_same(two[1])) {
        return Check::unknown(TOPIC, several(own.len()));
    }
    let Some(licence) = own.first() else {
        if let Some(words) = checkup.refused(&[Look::Packages]) {
            return Check::hidden(TOPIC, words);
        }
        return Check::ok(
            TOPIC,
            if checkup.has_package() {
                "The package needs none."
            } else {
                "None: the package is not installed."
            },
        );
    };
    let until = licence.ends.as_ref().map(|day| format!(" until {day}")).unwrap_or_default();
    match licence.status.as_str() {
        "Expired" => {
            return Check::problem(TOPIC, format!("The package's licence has expired{until}."))
                .step("Ask Cisco, or whoever sold the connector, to renew it.");
        }
        "Trial" => {
            return Check::warning(TOPIC, format!("The package runs as a trial{until}."))
                .step("Ask Cisco, or whoever sold the connector, for a full licence.");
        }
        _ => {}
    }
    match licence.allowed {
        None => Check::ok(TOPIC, "For everybody in the org."),
        Some(allowed) if licence.used >= allowed => Check::warning(
            TOPIC,
            format!("All {allowed} seats are taken: nobody else can get the package."),
        )
        .step("Setup > Installed Packages > Manage Licenses shows who has one."),
        Some(allowed) => {
            Check::ok(TOPIC, format!("{} of {allowed} seats are taken.", licence.used))
        }
    }
}

/// The licences of the connector's namespace: that of its package, and of others that have the namespace too.
pub fn licences_of<'a>(
    checkup: &Checkup<'_>,
    licences: &'a [PackageLicence],
) -> Vec<&'a PackageLicence> {
    let namespace = Some(checkup.recipe().namespace.as_str());
    licences.iter().filter(|licence| licence.namespace.as_deref() == namespace).collect()
}

/// Which of several licences is the connector's, the org does not tell.
pub fn several(number: usize) -> String {
    format!(
        "{number} licences belong to packages of the connector's namespace, and they differ: which one is \
         the connector's, the org does not tell."
    )
}
