//! What a deploy deletes when the connector is taken out, and what no deploy can delete.

use std::collections::BTreeMap;

use salesforce_client::metadata::{Bundle, BundleError, Component, DeployResult};

use crate::checklist::Change;
use crate::model::Target;

/// The component that a change deletes as a whole: type and full name.
pub(super) fn deleted(change: &Change) -> Option<(&'static str, &str)> {
    let component = match change.target() {
        Target::CallCenter(it) => ("CallCenter", it.name.as_str()),
        Target::ApexClass(name) => (APEX_CLASS, name.as_str()),
        Target::PermissionSet(it) => ("PermissionSet", it.name.as_str()),
        _ => return None,
    };
    (change.is_ours() && change.operation.removes()).then_some(component)
}

/// Adds the components that go.
pub(super) fn pack(bundle: &mut Bundle, changes: &[Change]) -> Result<(), BundleError> {
    for (kind, name) in changes.iter().filter_map(deleted) {
        bundle.destroy(kind, name)?;
    }
    Ok(())
}

/// Deletions that the org refused and that a person may make in Setup, with its words; empty when
/// anything else kept the deploy from succeeding.
///
/// That a deploy can delete a call center is nowhere documented, and in production classes only go
/// by a deploy whose tests pass: neither may keep the rest from being taken out.
pub(super) fn undeletable(result: &DeployResult, changes: &[Change]) -> Vec<(Change, String)> {
    let mut left = Vec::new();
    let mut words: BTreeMap<(&str, &str), String> = BTreeMap::new();
    for failure in result.failures() {
        if !is_deletion(failure, changes) {
            return Vec::new();
        }
        let problem = failure.problem.clone().unwrap_or_default();
        words.insert((&failure.component_type, &failure.full_name), problem);
    }
    let tests = result.tests();
    let test = tests.failures.first().map(|test| format!("{}: {}", test.name, test.message));
    let of_tests = test.or_else(|| tests.coverage_warnings().next());
    for change in changes {
        let Some((kind, name)) = deleted(change) else { continue };
        match (words.get(&(kind, name)), &of_tests) {
            (Some(problem), _) => left.push((change.clone(), problem.clone())),
            (None, Some(problem)) if kind == APEX_CLASS => {
                left.push((change.clone(), problem.clone()));
            }
            _ => {}
        }
    }
    left
}

const APEX_CLASS: &str = "ApexClass";

fn is_deletion(failure: &Component, changes: &[Change]) -> bool {
    let kind = failure.component_type.as_str();
    matches!(kind, "CallCenter" | APEX_CLASS)
        && changes.iter().filter_map(deleted).any(|it| it == (kind, failure.full_name.as_str()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::checklist::ItemId;
    use crate::model::{Granted, Ref, Value};

    fn deletion(item: ItemId, target: Target) -> Change {
        Change::new(item, target, Some(Value::Text("x".to_owned())), None)
    }

    fn left(result: serde_json::Value) -> Vec<(String, String)> {
        let changes = [
            deletion(ItemId::CALL_CENTER, Target::CallCenter(Ref::named("V1"))),
            deletion(ItemId::OMNI_SYNC, Target::ApexClass("Sync".to_owned())),
            deletion(
                ItemId::OMNI_SYNC,
                Target::ProfileAccess(Ref::named("Agent"), Granted::ApexClass("Sync".to_owned())),
            ),
        ];
        let result: DeployResult = serde_json::from_value(result).unwrap();
        let left = undeletable(&result, &changes);
        left.into_iter().map(|(change, words)| (change.target().place().0.name, words)).collect()
    }

    #[test]
    fn what_only_setup_can_delete_is_left_out() {
        let failure = |kind: &str, name: &str| json!({ "componentType": kind, "fullName": name, "problem": "not so" });
        let told = |failures: &serde_json::Value| {
            left(json!({ "id": "0Af", "done": true, "details": { "componentFailures": failures } }))
        };
        assert_eq!(
            told(&json!([failure("CallCenter", "V1")])),
            [("V1".to_owned(), "not so".to_owned())]
        );
        assert!(
            told(&json!([failure("CallCenter", "V1"), failure("Profile", "Agent")])).is_empty()
        );
        assert!(told(&json!([failure("CallCenter", "Other")])).is_empty());
        let tests = json!({ "failures": [{ "name": "Other", "message": "1 <> 2" }] });
        let of_tests =
            left(json!({ "id": "0Af", "done": true, "details": { "runTestResult": tests } }));
        assert_eq!(of_tests, [("Sync".to_owned(), "Other: 1 <> 2".to_owned())]);
    }
}
