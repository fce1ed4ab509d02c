//! Why a package cannot be installed right now, but soon.

/// Words of such refusals, wherever they come: as an answer to the request, or among the errors of an
/// installation that has ended.
///
/// The first four are codes, among them those on which the Salesforce CLI waits; the others are what
/// orgs say in installations that have failed.
const WORDS: [&str; 8] = [
    "PACKAGE_UNAVAILABLE",
    "ALREADY_IN_PROCESS",
    "UNABLE_TO_LOCK_ROW",
    // `UNINSTALL_IN_PROGRESS` too.
    "INSTALL_IN_PROGRESS",
    "package is not yet available",
    "unable to obtain exclusive access",
    "administration setup has already been locked",
    "temporarily lock your organization",
];

/// Whether an org's words about an installation say that it can be tried again in a while.
pub fn is_passing(words: &str) -> bool {
    let words = words.to_lowercase();
    WORDS.iter().any(|known| words.contains(&known.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_told_from_what_stays() {
        for (words, passes) in [
            ("This package is not yet available. Please try again later.", true),
            ("unable to obtain exclusive access to this record or 1 records: 00D", true),
            ("ALREADY_IN_PROCESS: The changes you requested require a lock", true),
            ("PACKAGE_UNAVAILABLE_ZIP", true),
            ("UNINSTALL_IN_PROGRESS", true),
            ("INSTALL_IN_PROGRESS: another version", true),
            ("The post install script failed.", false),
            ("", false),
        ] {
            assert_eq!(is_passing(words), passes, "{words}");
        }
    }
}
