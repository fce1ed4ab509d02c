//! Apex classes in the one deploy, and the tests that production orgs run with it.

use std::collections::BTreeMap;

use salesforce_client::metadata::{Bundle, DeployOptions, TestLevel};

use crate::checklist::Change;
use crate::failure::{Failure, Kind};
use crate::model::{OrgKind, OrgState, Target, Value};

/// The status of a class that nobody has switched off.
const ACTIVE: &str = "Active";

/// A class as it is to be.
#[derive(Default)]
struct Class<'a> {
    body: Option<&'a str>,
    status: Option<&'a str>,
}

/// Packs the classes that change, each as a whole.
pub(super) fn pack(
    bundle: &mut Bundle,
    state: &OrgState,
    changes: &[&Change],
) -> Result<(), Failure> {
    let mut classes: BTreeMap<&str, Class<'_>> = BTreeMap::new();
    for change in changes {
        match (change.target(), &change.operation.to) {
            (Target::ApexClass(name), Some(Value::Source(source))) => {
                classes.entry(name).or_default().body = source.body.as_deref();
            }
            (Target::ApexStatus(name), Some(Value::Status(status))) => {
                classes.entry(name).or_default().status = Some(&status.status);
            }
            _ => {}
        }
    }
    for (name, class) in classes {
        // Where only the status changes, the source stays what the org has.
        let mut known = state.omni.seen().into_iter().flat_map(|omni| &omni.classes);
        let there = known.find(|it| it.name.eq_ignore_ascii_case(name));
        let Some(body) = class.body.or(there.map(|it| it.body.as_str())) else {
            return Err(unresolved(name));
        };
        bundle.apex_class(name, body, class.status.unwrap_or(ACTIVE))?;
    }
    Ok(())
}

fn unresolved(name: &str) -> Failure {
    Failure::new(
        Kind::Failed,
        format!("The Apex class {name} cannot be deployed: the org does not show its source."),
    )
    .hint("Run this again.")
}

/// How the changes are deployed. Production orgs take Apex only with tests, and would run all local
/// ones by default: the class's own is enough.
pub(super) fn options(state: &OrgState, changes: &[Change]) -> DeployOptions {
    let mut options = DeployOptions::default();
    if state.organization.kind != OrgKind::Production {
        return options;
    }
    let tested_by = |change: &Change| match change.operation.to.as_ref()? {
        Value::Source(source) => source.tested_by.clone(),
        Value::Status(status) => status.tested_by.clone(),
        _ => None,
    };
    for test in changes.iter().filter_map(tested_by) {
        if !options.run_tests.contains(&test) {
            options.run_tests.push(test);
        }
    }
    if !options.run_tests.is_empty() {
        options.test_level = Some(TestLevel::RunSpecifiedTests);
    }
    options
}
