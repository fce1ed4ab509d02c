//! The tables of keys and settings in `docs/reference.md`.

use std::fmt::Write as _;

use super::key::{Absent, Key, Shape};
use super::keys::ROOT;
use crate::definitions::{recipe, recipe_names};
use crate::model::{Audience, Definition, SettingKind};

const REFERENCE: &str = include_str!("../../../docs/reference.md");

/// The table of the reference that begins with this line.
fn table(head: &str) -> String {
    let lines = REFERENCE.lines().skip_while(|line| *line != head);
    let rows: Vec<_> = lines.take_while(|line| line.starts_with('|')).collect();
    assert!(!rows.is_empty(), "docs/reference.md has no table `{head}`");
    rows.join("\n") + "\n"
}

#[test]
fn the_reference_has_every_key() {
    let mut rows = "| key | holds | meaning | default |\n|---|---|---|---|\n".to_owned();
    let mut told = Vec::new();
    for key in &ROOT {
        let is_table = !key.keys().is_empty();
        if !is_table {
            row(key, key.name, &mut rows);
        }
        let path = if key.name == "orgs" { "orgs.ALIAS" } else { key.name };
        below(key, path, &mut rows, &mut told);
    }
    assert_eq!(table("| key | holds | meaning | default |"), rows, "paste this:\n{rows}");
}

#[test]
fn the_reference_says_what_a_recipe_brings() {
    for name in recipe_names() {
        let recipe = recipe(name).unwrap();
        let audience = match recipe.audience {
            Audience::Admins => "admins",
            Audience::AllUsers => "all-users",
            Audience::Profiles(_) => panic!("a recipe knows no profiles"),
        };
        let sentence = format!(
            "`{name}` takes the definition `{}` and installs for `\"{audience}\"`.",
            recipe.definition
        );
        assert!(REFERENCE.contains(&sentence), "docs/reference.md lacks: {sentence}");
    }
}

/// Rows of a table's keys, once where several tables have the same.
fn below(key: &'static Key, path: &str, rows: &mut String, told: &mut Vec<*const Key>) {
    let keys = key.keys();
    if keys.is_empty() || told.contains(&keys.as_ptr()) {
        return;
    }
    told.push(keys.as_ptr());
    for key in keys {
        let path = format!("{path}.{}", key.name);
        row(key, &path, rows);
        below(key, &path, rows, told);
    }
}

fn row(key: &Key, path: &str, rows: &mut String) {
    let default = match key.default {
        Absent::Refused => "required".to_owned(),
        Absent::Text(text) => format!("`\"{text}\"`"),
        Absent::Switch(on) => format!("`{on}`"),
        Absent::Said(words) => words.to_owned(),
    };
    writeln!(rows, "| `{path}` | {} | {} | {default} |", holds(&key.shape), key.about).unwrap();
}

fn holds(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Texts => "a list of texts".to_owned(),
        Shape::Switch => "`true` or `false`".to_owned(),
        Shape::Date => "a date".to_owned(),
        Shape::Words(words) => words()
            .iter()
            .map(|word| match word.strip_suffix(':') {
                Some(kind) => format!("`\"{kind}:NAME\"`"),
                None => format!("`\"{word}\"`"),
            })
            .collect::<Vec<_>>()
            .join(", "),
        Shape::Either(shapes) => shapes.iter().map(holds).collect::<Vec<_>>().join(", or "),
        _ => "a table".to_owned(),
    }
}

#[test]
fn the_reference_has_every_setting_of_the_newest_definitions() {
    for name in recipe_names() {
        let data = recipe(name).unwrap();
        let definition = data.newest_definition().unwrap();
        has_every_setting(
            &format!("| key in {} | default | meaning |", data.recipe.title),
            &definition,
        );
    }
}

fn has_every_setting(head: &str, definition: &Definition) {
    let mut rows = format!("{head}\n|---|---|---|\n");
    for setting in &definition.settings {
        let default = definition.call_center.item(&setting.item).unwrap().value.trim();
        let default = match &setting.kind {
            _ if default.is_empty() => String::new(),
            SettingKind::Mapping(mapping) => match mapping.read(default).unwrap().len() {
                0 => "`[]`".to_owned(),
                1 => "one row".to_owned(),
                number => format!("{number} rows"),
            },
            _ => format!("`{default}`"),
        };
        writeln!(rows, "| `{}` | {default} | {} |", setting.key, setting.about).unwrap();
    }
    assert_eq!(table(head), rows, "paste this:\n{rows}");
}
