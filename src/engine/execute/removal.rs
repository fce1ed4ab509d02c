//! What a deploy deletes when the connector is taken out, and what no deploy can delete.

use salesforce_client::metadata::{Bundle, BundleError, Component};

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

/// The deletions that a refusal is about, and that a person may make in Setup.
///
/// That a deploy can delete a call center is nowhere documented, and in production classes only go by a
/// deploy whose tests pass: neither may keep the rest from being taken out. What is wrong with a deletion may
/// be told of the component or of the manifest that names it.
pub(super) fn refused<'a>(failure: &Component, changes: &'a [Change]) -> Vec<&'a Change> {
    let problem = failure.problem.as_deref().unwrap_or_default();
    let is_of_manifest = failure.component_type.is_empty()
        && [&failure.full_name, &failure.file_name].iter().any(|name| is_manifest(name));
    if is_of_manifest {
        return named(problem, changes);
    }
    let is_it = |(kind, name): (&str, &str)| {
        kind == failure.component_type && name == failure.full_name && is_left_to_people(kind)
    };
    changes.iter().filter(|change| deleted(change).is_some_and(is_it)).collect()
}

/// The deletions of call centers and classes that some words of the org name: by name, or all of a type.
pub(super) fn named<'a>(words: &str, changes: &'a [Change]) -> Vec<&'a Change> {
    let of = |is_meant: &dyn Fn(&str, &str) -> bool| -> Vec<&'a Change> {
        let is_it = |(kind, name): (&str, &str)| is_left_to_people(kind) && is_meant(kind, name);
        changes.iter().filter(|change| deleted(change).is_some_and(is_it)).collect()
    };
    let is_of_name = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let names: Vec<&str> = words.split(|it: char| !is_of_name(it)).collect();
    let by_name = of(&|_, name| names.contains(&name));
    if by_name.is_empty() { of(&|kind, _| words.contains(kind)) } else { by_name }
}

/// The deletions of classes, which only go where tests pass.
pub(super) fn of_classes(changes: &[Change]) -> impl Iterator<Item = &Change> {
    changes.iter().filter(|change| deleted(change).is_some_and(|(kind, _)| kind == APEX_CLASS))
}

fn is_left_to_people(kind: &str) -> bool {
    matches!(kind, "CallCenter" | APEX_CLASS)
}

fn is_manifest(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    name == "package.xml" || name.starts_with("destructiveChanges")
}

const APEX_CLASS: &str = "ApexClass";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::checklist::ItemId;
    use crate::model::{Ref, Value};

    fn deletion(item: ItemId, target: Target) -> Change {
        Change::new(item, target, Some(Value::Text("x".to_owned())), None)
    }

    fn left(failure: serde_json::Value) -> Vec<String> {
        let changes = [
            deletion(ItemId::CALL_CENTER, Target::CallCenter(Ref::named("V1"))),
            deletion(ItemId::CALL_CENTER, Target::CallCenter(Ref::named("V2"))),
            deletion(ItemId::OMNI_SYNC, Target::ApexClass("Sync".to_owned())),
            deletion(ItemId::PERMISSION_SET, Target::PermissionSet(Ref::named("Ours"))),
        ];
        let failure: Component = serde_json::from_value(failure).unwrap();
        let left = refused(&failure, &changes).into_iter();
        left.map(|change| change.target().place().0.name).collect()
    }

    #[test]
    fn what_only_setup_can_delete_is_left_out() {
        let of = |kind: &str, name: &str| left(json!({ "componentType": kind, "fullName": name }));
        assert_eq!(of("CallCenter", "V1"), ["V1"]);
        assert_eq!(of("ApexClass", "Sync"), ["Sync"]);
        assert!(of("CallCenter", "Other").is_empty());
        assert!(of("PermissionSet", "Ours").is_empty());
        assert!(of("Profile", "V1").is_empty());
    }

    #[test]
    fn a_refusal_may_be_told_of_the_manifest() {
        let of = |name: &str, problem: &str| {
            left(json!({ "componentType": "", "fullName": name, "problem": problem }))
        };
        assert_eq!(of("destructiveChanges.xml", "V2 cannot be deleted"), ["V2"]);
        assert!(of("destructiveChanges.xml", "V21 cannot be deleted").is_empty());
        let of_type =
            of("deploy/destructiveChangesPost.xml", "Entity type CallCenter is not deletable");
        assert_eq!(of_type, ["V1", "V2"]);
        assert!(of("destructiveChanges.xml", "Something else is wrong").is_empty());
        assert!(of("profiles/Admin.profile", "V2 cannot be deleted").is_empty());
    }
}
