//! What there is after a run, without what differs from one run to the next.

use serde_json::{Value, json};

use crate::machine::Machine;
use crate::plain::{has_changed, names, plain};
use crate::world::World;

/// What there is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Left {
    pub(crate) worlds: Value,
    /// How many installations and uninstalls there were, and deploys that changed nothing any more.
    pub(crate) jobs: [usize; 3],
    pub(crate) baselines: Value,
    /// What says that an uninstall is not through.
    pub(crate) unfinished: bool,
}

impl Left {
    /// What another has less or more, in short.
    pub(crate) fn difference(&self, other: &Self) -> String {
        let mut all = Vec::new();
        different("", &self.worlds, &other.worlds, &mut all);
        different("baselines", &self.baselines, &other.baselines, &mut all);
        all.truncate(20);
        format!(
            "jobs {:?} instead of {:?}, unfinished {} instead of {}\n{}",
            other.jobs,
            self.jobs,
            other.unfinished,
            self.unfinished,
            all.join("\n")
        )
    }
}

fn different(place: &str, one: &Value, other: &Value, all: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let names: std::collections::BTreeSet<&String> =
                one.keys().chain(other.keys()).collect();
            for name in names {
                let value = |of: &serde_json::Map<String, Value>| of.get(name).cloned();
                let (one, other) =
                    (value(one).unwrap_or_default(), value(other).unwrap_or_default());
                different(&format!("{place}/{name}"), &one, &other, all);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (at, (one, other)) in one.iter().zip(other).enumerate() {
                different(&format!("{place}/{at}"), one, other, all);
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            let lacks = one.iter().filter(|it| !other.contains(it)).map(|it| format!("-{it}"));
            let has = other.iter().filter(|it| !one.contains(it)).map(|it| format!("+{it}"));
            all.extend(lacks.chain(has).map(|it| format!("{place}: {}", short(&it))));
        }
        (one, other) if one != other => {
            let [one, other] = [one, other].map(|it| short(&it.to_string()));
            all.push(format!("{place}: {other} instead of {one}"));
        }
        _ => {}
    }
}

fn short(text: &str) -> String {
    text.chars().take(300).collect()
}

/// What there is now in both services, and what a machine knows of what was before.
pub(crate) fn left(world: &World, machine: &Machine) -> Left {
    let org = world.emulator.org();
    let jobs = org.jobs();
    let count = |kind: &str| jobs[kind].as_array().expect("jobs").len();
    let deploys = jobs["deploys"].as_array().expect("jobs").iter();
    let idle = deploys.filter(|it| it["status"] == "Succeeded" && !has_changed(it)).count();
    let records = world.emulator.tenant().records();
    let names = names(&records);
    let mut worlds = json!({ "org": org.world(), "tenant": records });
    plain(&mut worlds, &names);
    sort_each(worlds["tenant"].as_object_mut().expect("kinds").values_mut());
    let store = machine.store();
    let stores = [store.org(&world.org), store.tenant(Some(&world.tenant))];
    let mut baselines = json!(
        stores.each_ref().map(|it| { it.baseline().expect("a baseline that can be read").entries })
    );
    plain(&mut baselines, &names);
    sort_each(baselines.as_array_mut().expect("both").iter_mut());
    let unfinished = stores.iter().any(|it| it.is_taking_away().expect("a file that can be read"));
    Left { worlds, jobs: [count("installs"), count("uninstalls"), idle], baselines, unfinished }
}

/// Things of a kind are made at once, in whatever order.
fn sort_each<'a>(lists: impl Iterator<Item = &'a mut Value>) {
    for list in lists.filter_map(Value::as_array_mut) {
        list.sort_by_cached_key(ToString::to_string);
    }
}
