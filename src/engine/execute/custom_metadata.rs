//! Values of custom metadata in the one deploy, and what the package does not let anybody change.

use std::collections::BTreeMap;

use salesforce_client::metadata::{
    Component, CustomMetadataFile, CustomMetadataValue, DeployResult,
};

use crate::checklist::Change;
use crate::failure::{Failure, Kind};
use crate::model::{CustomMetadataPlace, OrgState, Target, Value};

/// What an org says when a packaged value is not the subscriber's to change. The first was seen for
/// other types; for custom metadata, orgs are also known to answer with nothing but the last code.
const NOT_EDITABLE: [&str; 3] =
    ["Cannot modify managed object", "CANNOT_MODIFY_MANAGED_OBJECT", "FIELD_INTEGRITY_EXCEPTION"];

/// One file a record, with the values that change and nothing else.
pub(super) fn files(
    state: &OrgState,
    changes: &[&Change],
) -> Result<Vec<CustomMetadataFile>, Failure> {
    let mut files: BTreeMap<String, CustomMetadataFile> = BTreeMap::new();
    for change in changes {
        let place = match change.target() {
            Target::CustomMetadata(place) => place,
            Target::RegionalValue(namespace, ..) => return Err(unresolved(namespace)),
            _ => continue,
        };
        let name = place.member();
        let record = state.custom_metadata.records.iter().find(|record| record.member() == name);
        let Some(record) = record else { return Err(unresolved(&name)) };
        let file = files.entry(name.clone()).or_insert_with(|| CustomMetadataFile {
            full_name: name,
            label: record.label.clone(),
            protected: record.protected,
            values: Vec::new(),
        });
        let value = match &change.operation.to {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        file.values.push(CustomMetadataValue { field: place.field.clone(), value });
    }
    Ok(files.into_values().collect())
}

fn unresolved(record: &str) -> Failure {
    Failure::new(
        Kind::Failed,
        format!(
            "The custom metadata record {record} cannot be deployed: it is not to be found any \
             more."
        ),
    )
    .hint("Run this again: it looks at the org anew.")
}

/// Changes that the org refused because the package does not let anybody make them, with its
/// words; empty when anything else kept the deploy from succeeding.
pub(super) fn not_editable(result: &DeployResult, changes: &[Change]) -> Vec<(Change, String)> {
    if result.error_message.is_some() || !result.tests().failures.is_empty() {
        return Vec::new();
    }
    let mut left = Vec::new();
    for failure in result.failures() {
        let words = failure.problem.as_deref().unwrap_or_default();
        let of_record = of_record(failure, changes);
        if of_record.is_empty() || !NOT_EDITABLE.iter().any(|known| words.contains(known)) {
            return Vec::new();
        }
        // The words may name the one field of several.
        let is_named = |(_, place): &&(&Change, &CustomMetadataPlace)| words.contains(&place.field);
        let named: Vec<_> = of_record.iter().filter(is_named).copied().collect();
        let refused = if named.is_empty() { of_record } else { named };
        left.extend(refused.into_iter().map(|(change, _)| (change.clone(), words.to_owned())));
    }
    left
}

/// The changes of the record that a failure is about, with their places.
fn of_record<'a>(
    failure: &Component,
    changes: &'a [Change],
) -> Vec<(&'a Change, &'a CustomMetadataPlace)> {
    if failure.component_type != "CustomMetadata" {
        return Vec::new();
    }
    let of_record = |change: &'a Change| match change.target() {
        Target::CustomMetadata(place)
            if place.member().eq_ignore_ascii_case(&failure.full_name) =>
        {
            Some((change, place))
        }
        _ => None,
    };
    changes.iter().filter_map(of_record).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::checklist::ItemId;

    fn change(record: &str, field: &str) -> Change {
        let place = CustomMetadataPlace::in_member(record, field).unwrap();
        let to = crate::model::Value::Text("EU1".to_owned());
        Change::new(ItemId::DATA_CENTER, Target::CustomMetadata(place), None, Some(to))
    }

    fn left(failures: &Value) -> Vec<String> {
        let changes = [change("n__A.n__1", "n__X__c"), change("n__A.n__1", "n__Y__c")];
        let result = json!({
            "id": "0Af", "done": true, "details": { "componentFailures": failures },
        });
        let result: DeployResult = serde_json::from_value(result).unwrap();
        let left = not_editable(&result, &changes).into_iter();
        left.map(|(change, _)| change.target().place().1).collect()
    }

    fn failure(kind: &str, problem: &str) -> Value {
        json!({ "componentType": kind, "fullName": "n__A.n__1", "problem": problem })
    }

    #[test]
    fn only_what_the_package_locks_is_left_out() {
        let managed = "Cannot modify managed object: entity=CustomMetadata, field=n__Y__c";
        assert_eq!(left(&failure("CustomMetadata", managed)), ["n__Y__c"]);
        let bare = failure("CustomMetadata", "FIELD_INTEGRITY_EXCEPTION");
        assert_eq!(left(&bare), ["n__X__c", "n__Y__c"]);
        assert!(left(&failure("CustomMetadata", "data value too large")).is_empty());
        // What else is wrong is not hidden behind it.
        let other = failure("CallCenter", managed);
        assert!(left(&json!([bare, other])).is_empty());
        assert!(left(&Value::Null).is_empty());
    }
}
