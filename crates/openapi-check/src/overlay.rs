//! What is to be changed in a document.

use serde_json::{Map, Value};

/// Applies all actions, in order. One that changes nothing is a mistake.
pub(crate) fn apply(document: &mut Value, overlay: &Value) -> Result<(), String> {
    let actions = overlay["actions"].as_array().ok_or("the overlay has no actions")?;
    for action in actions {
        let because = action["because"].as_str().unwrap_or_default();
        if because.is_empty() {
            return Err(format!("an action without a reason: {action}"));
        }
        let keys: Vec<&str> =
            action["target"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let before = document.clone();
        if merge_at(document, &keys, &action["merge"]) == 0 {
            return Err(format!("\"{because}\" leads nowhere: {keys:?}"));
        }
        if *document == before {
            return Err(format!("\"{because}\" changes nothing: {keys:?}"));
        }
    }
    Ok(())
}

/// Merges into each place that the keys lead to; how many there were.
fn merge_at(at: &mut Value, keys: &[&str], patch: &Value) -> usize {
    let Some((key, rest)) = keys.split_first() else {
        merge(at, patch);
        return 1;
    };
    let Some(object) = at.as_object_mut() else { return 0 };
    if *key == "*" {
        return object.values_mut().map(|value| merge_at(value, rest, patch)).sum();
    }
    object.get_mut(*key).map_or(0, |value| merge_at(value, rest, patch))
}

/// RFC 7386.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Some(object) = target.as_object_mut() else { return };
    for (key, value) in patch {
        if value.is_null() {
            object.remove(key);
        } else {
            merge(object.entry(key.clone()).or_insert(Value::Null), value);
        }
    }
}
