//! docs/emulator.md says what the emulator does: here it is held to that.

use serde_json::{Value, json};

use super::Bench;
use crate::faults;
use crate::guesses::Guesses;
use crate::schema::{self, Api};
use crate::seed::{Recipe, Seed, grow};
use crate::world::people::PERMISSIONS;
use crate::{Emulator, OrgKind};

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/emulator.md");
    std::fs::read_to_string(path).unwrap()
}

/// The code blocks of a language.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn every_guess_is_named_with_its_default() {
    let page = page();
    let guesses = serde_json::to_value(Guesses::default()).unwrap();
    for (name, default) in guesses.as_object().unwrap() {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{name}` | ")));
        let row = row.unwrap_or_else(|| panic!("docs/emulator.md does not explain {name}"));
        assert!(row.ends_with(&format!("| {default} |")), "its default is {default}: {row}");
    }
}

#[test]
fn every_package_object_and_permission_is_named() {
    let page = page();
    let announced = Emulator::builder().start().unwrap().announcement();
    for version in &announced.orgs[0].package_versions {
        assert!(page.contains(&format!("| `{version}` |")), "{version}");
    }
    let world = grow(Recipe { seed: 1, place: 0, users: 3, kind: OrgKind::Sandbox });
    for api in [Api::Data, Api::Tooling] {
        let objects = schema::all(&world, api).into_iter().map(|object| object.name);
        for name in objects.filter(|name| !name.ends_with("__mdt")) {
            assert!(page.contains(&format!("`{name}`")), "{name}");
        }
    }
    for permission in PERMISSIONS {
        assert!(page.contains(&format!("`{permission}`")), "{permission}");
    }
}

#[test]
fn the_seed_file_of_the_page_is_one() {
    let page = page();
    let written = Seed::parse(blocks(&page, "toml")[0]).unwrap();
    assert!(!written.own_guesses().unwrap().tooling_batch);
    let seed = written.chosen_number();
    let mut world = grow(Recipe { seed, place: 0, users: 25, kind: OrgKind::Sandbox });
    written.apply(&mut world).unwrap();
    assert_eq!(world.organization.name, "Contoso");
    let others: Vec<&str> = blocks(&page, "toml").into_iter().skip(1).collect();
    assert_eq!(others.len(), 1);
    for text in others {
        let mut world = grow(Recipe { seed: 1, place: 0, users: 25, kind: OrgKind::Sandbox });
        Seed::parse(text).unwrap().apply(&mut world).unwrap();
    }
}

#[test]
fn every_fault_of_the_page_is_one() {
    let page = page();
    let scripts = blocks(&page, "json").into_iter().filter(|it| it.contains("\"faults\""));
    let faults = scripts.map(|script| faults::parse(script).unwrap().len());
    assert_eq!(faults.collect::<Vec<_>>(), [2, 3]);
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `{")?.split_once("}` |"));
    let rows: Vec<&str> = rows.map(|(effect, _)| effect).collect();
    for effect in &rows {
        let script = format!("{{\"faults\": [{{\"effect\": {{{effect}}}}}]}}");
        let read = faults::parse(&script).map(|faults| faults.len());
        assert_eq!(read, Ok(1), "{effect}");
    }
    assert_eq!(rows.len(), 18, "every effect has its row: {rows:?}");
}

#[test]
fn the_shapes_of_the_page_are_real() {
    let page = page();
    let bench = Bench::new(Emulator::builder());
    let examples = blocks(&page, "json");
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let announced = bench.announced();
    let written: Value = serde_json::from_str(examples[0]).unwrap();
    for part in ["", "/orgs/0", "/orgs/0/users/0"] {
        let (real, shown) = (announced.pointer(part).unwrap(), written.pointer(part).unwrap());
        assert_eq!(keys(real), keys(shown));
    }
    for (what, field) in
        [("connected-apps", "ConsumerKey"), ("softphone-layouts", "screen_pop_options")]
    {
        let body = examples.iter().find(|example| example.contains(field)).unwrap();
        let body: Value = serde_json::from_str(body).unwrap();
        let route = format!("/_emulator/orgs/{}/{what}", bench.org);
        assert_eq!(bench.call("PUT", &route, Some(&body)), (204, json!(null)), "{what}");
    }
    bench.query("SELECT Id FROM User LIMIT 1");
    let entry = bench.requests().remove(0);
    let listed: Vec<String> = keys(&entry).iter().map(|key| format!("\"{key}\"")).collect();
    assert!(page.contains(&listed.join(", ")), "the log shows {listed:?}");
}
