//! The rules between settings that need no org: broken ones end a run before anything is sent.

use crate::checklist::rules;
use crate::config::Loaded;
use crate::failure::{Failure, Kind};
use crate::model::{Diagnostic, Severity};

/// Checks them; what the configuration says that is odd but may be meant so comes back.
pub(super) fn check(loaded: &Loaded) -> Result<Vec<Diagnostic>, Failure> {
    let findings = rules::of_configuration(&loaded.desired).into_iter();
    let findings = findings.map(|finding| loaded.locate(finding));
    let (wrong, odd): (Vec<Diagnostic>, Vec<Diagnostic>) =
        findings.partition(|finding| finding.severity == Severity::Error);
    let name = &loaded.source.name;
    if let Some(failure) = Failure::of_all(Kind::Usage, wrong, |number| broken(number, name)) {
        return Err(failure);
    }
    let odd = odd.into_iter().filter(|it| it.severity == Severity::Warning);
    Ok(loaded.warnings.iter().cloned().chain(odd).collect())
}

/// What several mistakes in a configuration have in common.
pub(super) fn broken(number: usize, name: &str) -> String {
    format!("{number} things are wrong in `{name}`:")
}

/// Finds the lines of the configuration for what only the org could tell.
pub(super) fn locate(failure: &mut Failure, loaded: &Loaded) {
    for found in failure.diagnostics_mut() {
        let place = found.place.as_ref();
        if place.is_some_and(|place| loaded.excerpt(place).is_some()) {
            *found = loaded.locate(found.clone());
        }
    }
}
