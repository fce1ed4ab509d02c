//! The export shows every settable value: proven by changing each of them.

use serde::Deserialize;
use serde_json::Value;

use super::World;
use super::export::{LEFT_OUT, LEFT_OUT_FIELDS};
use crate::clock::JobTime;
use crate::guesses::Guesses;
use crate::kind::OrgKind;
use crate::seed::{Changes, Recipe, grow};

/// An org with at least one of everything.
fn full() -> World {
    let mut world = grow(Recipe { seed: 1, place: 0, users: 12, kind: OrgKind::Scratch });
    let ada = world.users[0].id.clone();
    let fields = serde_json::json!({
        "SubscriberPackageVersionKey": "04tHp000000wXcZIAU", "SecurityType": "Full",
    });
    world
        .request_install(
            &ada,
            fields.as_object().unwrap(),
            JobTime::default(),
            0,
            Guesses::default(),
        )
        .unwrap();
    world.finish_install(0, 0);
    let license = world.package_licenses[0].id.clone();
    let id = world.new_id("051");
    world.user_package_licenses.push(super::package::UserPackageLicense {
        id,
        package_license_id: license,
        user_id: ada.clone(),
    });
    let writer = super::writes::Writer { user: ada, now: 0, guesses: Guesses::default() };
    for (object, fields) in [
        ("Task", serde_json::json!({"Subject": "Call", "Description": "x"})),
        ("Contact", serde_json::json!({"LastName": "Doe", "Phone": "1"})),
        ("ciscocjs__Call_Segment__c", serde_json::json!({"ciscocjs__Call_Key__c": "k"})),
    ] {
        world.create(&writer, object, fields.as_object().unwrap()).unwrap();
    }
    let changes = serde_json::json!({
        "components": [
            {"Type": "Flow", "FullName": "Log", "RefersTo": ["CustomField:Task.ciscocjs__ANI__c"]},
        ],
        "scheduled_jobs": [{"Name": "Nightly", "ApexClass": "ciscocjs__ActivityController"}],
    });
    Changes::deserialize(&changes).unwrap().apply(&mut world).unwrap();
    world.organization.namespace_prefix = Some("own".to_owned());
    // Enough of what there is most of: the test changes every value, one at a time.
    world.profile_layouts.truncate(6);
    world.package_versions.truncate(2);
    world
}

/// Paths of every value that can be set, and of every list that can be emptied.
fn paths(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let top = path.is_empty() && LEFT_OUT.contains(&name.as_str());
                if !top && !LEFT_OUT_FIELDS.contains(&name.as_str()) {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    paths(value, &format!("{path}/{name}"), found);
                }
            }
        }
        Value::Array(values) => {
            if !values.is_empty() {
                found.push(path.to_owned());
            }
            for (place, value) in values.iter().enumerate() {
                paths(value, &format!("{path}/{place}"), found);
            }
        }
        _ => found.push(path.to_owned()),
    }
}

/// Other values that might be allowed in this one's place.
fn others(value: &Value, ids: &[String]) -> Vec<Value> {
    match value {
        Value::Bool(set) => vec![Value::Bool(!set)],
        Value::Number(number) => {
            let next = number.as_i64().map(|number| number + 1);
            vec![next.unwrap_or_default().into(), (number.as_f64().unwrap() + 1.5).into()]
        }
        Value::Array(values) => vec![Value::Array(values[1..].to_vec())],
        Value::String(text) => {
            let kinds = ["Public", "Protected", "SubscriberControlled", "Locked", "read", "none"];
            let mut others: Vec<Value> = vec![format!("{text} changed").into()];
            others.extend(kinds.iter().filter(|kind| *kind != text).map(|kind| (*kind).into()));
            let same = ids.iter().filter(|id| *id != text && text.get(..3) == id.get(..3));
            others.extend(same.take(1).map(|id| id.as_str().into()));
            others.extend(
                ["04tHp000000wXcAIAU", "033Ul0000004K2vIAE", "00D000000000000AAA"].map(Value::from),
            );
            others
        }
        Value::Null => {
            let mut others: Vec<Value> = vec!["set".into(), 7.into()];
            others.extend(ids.iter().map(|id| id.as_str().into()).take(3));
            others
        }
        Value::Object(_) => Vec::new(),
    }
}

fn ids(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| ids(value, found)),
        Value::Object(fields) => {
            if let Some(Value::String(id)) = fields.get("Id") {
                found.push(id.clone());
            }
            fields.values().for_each(|value| ids(value, found));
        }
        _ => {}
    }
}

#[test]
fn every_settable_value_is_in_the_export() {
    let world = full();
    let mut whole = serde_json::to_value(&world).unwrap();
    let exported = world.export();
    let (mut found, mut known) = (Vec::new(), Vec::new());
    paths(&whole, "", &mut found);
    ids(&whole, &mut known);
    assert!(found.len() > 1_000, "only {} values", found.len());
    let mut by_shape = std::collections::BTreeMap::<String, usize>::new();
    let mut tried = 0;
    for path in &found {
        // Records of one kind have the same fields: two of each are enough.
        let shape: String = path
            .split('/')
            .map(|part| if part.bytes().all(|byte| byte.is_ascii_digit()) { "#" } else { part })
            .collect::<Vec<_>>()
            .join("/");
        let seen = by_shape.entry(shape).or_default();
        *seen += 1;
        if *seen > 2 {
            continue;
        }
        let original = whole.pointer(path).unwrap().clone();
        let allowed = others(&original, &known).into_iter().find_map(|other| {
            *whole.pointer_mut(path).unwrap() = other;
            World::deserialize(&whole).ok()
        });
        *whole.pointer_mut(path).unwrap() = original;
        let allowed = allowed.unwrap_or_else(|| panic!("nothing else is allowed at {path}"));
        assert!(allowed.export() != exported, "{path} is not in the export");
        tried += 1;
    }
    assert!(tried > 300, "only {tried} changes");
}

#[test]
fn the_export_has_no_ids_and_does_not_depend_on_the_order_of_records() {
    let mut world = full();
    let exported = world.export();
    let text = exported.to_string();
    let mut known = Vec::new();
    ids(&serde_json::to_value(&world).unwrap(), &mut known);
    for id in known.iter().filter(|id| *id != "000000000000000AAA") {
        assert!(!text.contains(&id[..15]), "{id} is in the export");
    }
    world.users.reverse();
    world.profile_layouts.reverse();
    world.layouts.reverse();
    world.setup_entity_access.reverse();
    assert!(world.export() == exported, "the order of records shows");
}
