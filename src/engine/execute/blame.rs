//! Which items a deploy failed for, and why: those of whose components the org names one.

use std::collections::BTreeMap;

use salesforce_client::metadata::DeployResult;

use crate::checklist::{Change, ItemId};
use crate::model::{Profile, Target};

/// The items to blame, with the org's words; empty where the org names none of their components, so that it
/// may be any.
///
/// The org names components by type and full name: a profile by its API name, whatever its label.
pub(super) fn blamed(
    result: &DeployResult,
    profiles: &[Profile],
    changes: &[Change],
) -> BTreeMap<ItemId, String> {
    let named: Vec<(&str, &str, String)> = result
        .failures()
        .map(|it| (it.component_type.as_str(), it.full_name.as_str(), it.to_string()))
        .collect();
    let mut words: BTreeMap<ItemId, Vec<&str>> = BTreeMap::new();
    for change in changes {
        let Some((kind, name)) = component(change.target(), profiles) else { continue };
        let is_its = |(of, full_name, _): &&(&str, &str, String)| *of == kind && *full_name == name;
        let its = named.iter().filter(is_its).map(|(.., text)| text.as_str());
        let known = words.entry(change.item).or_default();
        for text in its {
            if !known.contains(&text) {
                known.push(text);
            }
        }
    }
    words.retain(|_, known| !known.is_empty());
    let tests = result.tests();
    let of_tests = !tests.failures.is_empty() || tests.coverage_warnings().next().is_some();
    if words.is_empty() && named.is_empty() && of_tests {
        // No other component makes an org run tests.
        let is_apex = |change: &&Change| matches!(change.target(), Target::ApexClass(_));
        let told = || "tests of the org failed: see the error below".to_owned();
        return changes.iter().filter(is_apex).map(|it| (it.item, told())).collect();
    }
    let told = |known: &[&str]| match known {
        [only] => (*only).to_owned(),
        several => format!("{} problems: see the error below", several.len()),
    };
    words.into_iter().map(|(item, known)| (item, told(&known))).collect()
}

/// The component of which a target is a part: type and full name.
fn component(target: &Target, profiles: &[Profile]) -> Option<(&'static str, String)> {
    Some(match target {
        Target::CallCenter(it) | Target::CallCenterField(it, _) => ("CallCenter", it.name.clone()),
        Target::TaskLayout { profile, .. } | Target::ProfileAccess(profile, _) => {
            let found = profile.find(profiles, |it| &it.id, |it| &it.label)?;
            ("Profile", found.api_name.clone()?)
        }
        Target::PermissionSet(it) | Target::PermissionSetAccess(it, _) => {
            ("PermissionSet", it.name.clone())
        }
        Target::ApexClass(name) | Target::ApexStatus(name) => ("ApexClass", name.clone()),
        Target::UtilityItem(bar, _) => ("FlexiPage", bar.clone()),
        Target::CustomMetadata(place) | Target::RegionalValue(.., Some(place)) => {
            ("CustomMetadata", place.member())
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::model::{Granted, ProfileId, Ref, Value};

    /// The items that are blamed for such details of a failed deploy.
    fn of(details: &Json) -> Vec<&'static str> {
        let id = ProfileId::parse("00e000000000001AAA").unwrap();
        let profile = Ref::seen("System Administrator", &id);
        let there = Profile { id, label: profile.name.clone(), api_name: Some("Admin".to_owned()) };
        let change =
            |item, target| Change::new(item, target, None, Some(Value::Text("x".to_owned())));
        let class = || Granted::ApexClass("Sync".to_owned());
        let changes = [
            change(ItemId::CALL_CENTER, Target::CallCenter(Ref::named("WebexCC"))),
            change(ItemId::TASK_LAYOUT, Target::TaskLayout { profile, record_type: None }),
            change(ItemId::OMNI_SYNC, Target::ApexClass("Sync".to_owned())),
            change(
                ItemId::AGENT_ACCESS,
                Target::PermissionSetAccess(Ref::named("Agents"), class()),
            ),
        ];
        let result = json!({
            "id": "0AfA", "status": "Failed", "done": true, "success": false, "details": details,
        });
        let result = serde_json::from_value(result).unwrap();
        blamed(&result, &[there], &changes).keys().map(|item| item.as_str()).collect()
    }

    fn refused(kind: &str, name: &str, problem: &str) -> Json {
        json!({ "componentType": kind, "fullName": name, "problem": problem, "success": false })
    }

    #[test]
    fn a_profile_is_known_by_its_api_name_and_never_by_words() {
        let failure = |failure: Json| of(&json!({ "componentFailures": [failure] }));
        // Whose name stands in the org's words is not to blame for that.
        assert_eq!(failure(refused("Profile", "Admin", "WebexCC is unknown")), ["task-layout"]);
        assert_eq!(failure(refused("CallCenter", "WebexCC", "Admin")), ["call-center"]);
        assert_eq!(failure(refused("PermissionSet", "Agents", "No")), ["agent-access"]);
        assert_eq!(failure(refused("ApexClass", "Agents", "No")), [] as [&str; 0]);
        assert_eq!(failure(refused("", "package.xml", "No")), [] as [&str; 0]);
    }

    #[test]
    fn tests_are_run_for_a_class_alone() {
        let failed = json!({ "runTestResult": {
            "numTestsRun": 1, "failures": [{ "name": "Other", "methodName": "m", "message": "No" }],
        } });
        assert_eq!(of(&failed), ["omni-sync"]);
        assert_eq!(of(&json!({})), [] as [&str; 0]);
    }
}
