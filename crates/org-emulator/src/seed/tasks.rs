//! Tasks as a contact center leaves them: many, old and new, in every script.

use serde_json::{Value, json};

use super::Random;
use crate::soql::catalog::Row;
use crate::world::World;
use crate::world::fields::CustomField;

/// What people write.
const TEXTS: [&str; 8] = [
    "Call back about the invoice",
    "Звонок: «не работает», перезвонить",
    "折り返し電話 – 至急",
    "She said \"no\", twice; it's settled",
    "First line\nsecond line\r\nthird, with a tab\tin it",
    "a,b;c|d\\e",
    "=1+1",
    " blanks around ",
];

/// Adds so many tasks, and a tenth as many records of each object that a package brought.
pub(super) fn add(world: &mut World, count: usize, number: u64) {
    let mut random = Random::new(number ^ 0x7A5C);
    let fields = |world: &World, object: &str| -> Vec<CustomField> {
        let fields = world.custom_fields.iter();
        fields.filter(|it| it.object == object && !it.is_calculated()).cloned().collect()
    };
    let own = fields(world, "Task");
    for _ in 0..count {
        let row = task(world, &mut random, &own);
        world.records.entry("Task".to_owned()).or_default().push(row);
    }
    let objects: Vec<(String, String)> =
        world.custom_objects.iter().map(|it| (it.api_name(), it.key_prefix.clone())).collect();
    for (object, prefix) in objects {
        let own = fields(world, &object);
        for place in 0..count / 10 {
            let id = world.new_id(&prefix);
            let mut row = written(world, &mut random);
            row.insert("Id".to_owned(), id.as_str().into());
            row.insert("Name".to_owned(), format!("{:05}", place + 1).into());
            row.extend(values(&mut random, &own));
            world.records.entry(object.clone()).or_default().push(row);
        }
    }
}

/// One task: most are closed, the old ones among them archived, a few deleted. Two of three hold
/// values in the fields of packages.
fn task(world: &mut World, random: &mut Random, own: &[CustomField]) -> Row {
    let id = world.new_id("00T");
    let mut row = written(world, random);
    let closed = random.percent(70);
    let archived = closed && random.percent(40);
    let year = if archived { 2024 } else { 2026 };
    let day = format!("{year}-{:02}-{:02}", 1 + random.below(8), 1 + random.below(28));
    let kinds: Vec<Value> = world
        .record_types
        .iter()
        .filter(|kind| kind.sobject_type == "Task" && kind.is_active)
        .map(|kind| kind.id.as_str().into())
        .chain([Value::Null])
        .collect();
    let number = random.below(100_000);
    let fields = json!({
        "Id": id, "Subject": format!("{} #{number}", random.pick(&TEXTS).replace(['\r', '\n'], " ")),
        "Status": if closed { "Completed" } else { "Not Started" }, "IsClosed": closed,
        "Priority": "Normal", "IsHighPriority": false, "TaskSubtype": "Call",
        "ActivityDate": day, "Description": random.pick(&TEXTS), "RecordTypeId": random.pick(&kinds),
        "IsArchived": archived, "IsDeleted": random.percent(2),
    });
    row.extend(
        fields.as_object().into_iter().flatten().map(|(name, it)| (name.clone(), it.clone())),
    );
    if random.percent(66) {
        row.extend(values(random, own));
    }
    row
}

/// Whose record it is.
fn written(world: &World, random: &mut Random) -> Row {
    let owner = world.users.get(random.below(world.users.len()));
    let owner: Value = owner.map_or(Value::Null, |user| user.id.as_str().into());
    Row::from([("OwnerId".to_owned(), owner)])
}

/// Values for some of the fields, at least for the first.
fn values(random: &mut Random, fields: &[CustomField]) -> Row {
    let mut row = Row::new();
    for (place, field) in fields.iter().enumerate() {
        if place > 0 && random.percent(40) {
            continue;
        }
        let value: Value = match field.kind.as_str() {
            "picklist" => match field.picklist_values.as_slice() {
                [] => Value::Null,
                known => random.pick(known).as_str().into(),
            },
            "double" => random.below(7_200).into(),
            "boolean" => random.percent(50).into(),
            "datetime" => format!("2026-0{}-11T09:41:00.000+0000", 1 + random.below(8)).into(),
            "url" => format!("https://recordings.example/{}?a=1&b=%20", random.below(9_999)).into(),
            "textarea" => {
                let times = if random.percent(3) { 300 } else { 1 + random.below(4) };
                cut(&random.pick(&TEXTS).repeat(times), field.length)
            }
            _ => cut(random.pick::<&str>(&TEXTS), field.length),
        };
        row.insert(field.api_name(), value);
    }
    row
}

/// A text no longer than its field.
fn cut(text: &str, length: u32) -> Value {
    text.chars().take(usize::try_from(length).unwrap_or(usize::MAX)).collect::<String>().into()
}
