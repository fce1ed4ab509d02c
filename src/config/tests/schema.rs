//! The schema against what is read: every key of the one is a key of the other.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Map, Value};

use super::*;
use crate::definitions::templates;

const ALIAS: &str = "a";

/// A value that no key takes.
const FRACTION: &str = "0.5";

/// What a schema says, its reference followed.
fn followed<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(place) => root.pointer(place.trim_start_matches('#')).expect(place),
        None => schema,
    }
}

/// Every place of a configuration that a schema knows, as a key path with its schema.
fn walk<'a>(root: &'a Value, schema: &'a Value, path: &str, found: &mut Vec<(String, &'a Value)>) {
    let schema = followed(root, schema);
    if !path.is_empty() {
        found.push((path.to_owned(), schema));
    }
    for alternative in schema["anyOf"].as_array().into_iter().flatten() {
        let mut inner = Vec::new();
        walk(root, alternative, path, &mut inner);
        found.extend(inner.into_iter().filter(|(inner, _)| inner != path));
    }
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        walk(root, inner, &tree::join(path, key), found);
    }
    if schema["items"].is_object() {
        walk(root, &schema["items"], &format!("{path}[0]"), found);
    }
    if schema["additionalProperties"].is_object() {
        walk(root, &schema["additionalProperties"], &tree::join(path, ALIAS), found);
    }
}

/// A configuration with that value, and with what some values are only read beside.
fn with(path: &str, value: &str) -> String {
    let head = if path == "data_center" { "" } else { "data_center = \"us1\"\n" };
    let line = match path.split_once("[0]") {
        None => format!("{path} = {value}"),
        Some((list, "")) => format!("{list} = [{value}]"),
        Some((list, key)) => format!("{list} = [{{ {} = {value} }}]", key.trim_start_matches('.')),
    };
    format!("{head}{line}\n")
}

fn kinds_at(text: &str, path: &str) -> Vec<&'static str> {
    let Err(errors) = load(text, "provision.toml", Some(ALIAS), &read) else { return Vec::new() };
    let at_path = errors.diagnostics.iter().filter(|it| it.excerpt().unwrap().path == path);
    at_path.filter_map(|it| it.code).collect()
}

fn is_unknown(code: &str) -> bool {
    [MistakeKind::UnknownKey, MistakeKind::UnknownSetting].iter().any(|kind| kind.rule() == code)
}

#[test]
fn every_key_of_the_schema_is_read() {
    let schema = schema();
    let mut places = Vec::new();
    walk(&schema, &schema, "", &mut places);
    assert!(places.len() > 150, "{}", places.len());
    for (path, _) in places {
        // Names of items that no definition has are for files.
        if path.ends_with(&format!("values.{ALIAS}")) {
            continue;
        }
        // Each generation has settings that the other lacks.
        let texts =
            [with(&path, FRACTION), format!("recipe = \"webex-v2\"\n{}", with(&path, FRACTION))];
        let texts = &texts[..if path.ends_with("recipe") { 1 } else { 2 }];
        let kinds: Vec<_> = texts.iter().map(|text| kinds_at(text, &path)).collect();
        let is_read =
            |kinds: &Vec<&str>| !kinds.is_empty() && !kinds.iter().copied().any(is_unknown);
        assert!(kinds.iter().any(is_read), "`{path}` is not read: {kinds:?}");
    }
}

#[test]
fn no_other_key_is_read_in_any_table_of_the_schema() {
    let schema = schema();
    let mut places = vec![(String::new(), &schema)];
    walk(&schema, &schema, "", &mut places);
    let mut closed = 0;
    for (path, schema) in places {
        if schema["additionalProperties"] == false {
            let path = format!("{path}.zzz").trim_start_matches('.').to_owned();
            let kinds = kinds_at(&with(&path, "1"), &path);
            assert!(kinds.iter().copied().any(is_unknown), "`{path}` is taken");
            closed += 1;
        }
    }
    assert!(closed > 20, "{closed}");
}

#[test]
fn every_setting_of_every_definition_is_there_with_type_default_and_meaning() {
    let schema = schema();
    let mut told = BTreeMap::new();
    for template in templates() {
        for setting in &template.settings {
            // Of what several generations have, the first tells.
            let about = *told.entry(&setting.key).or_insert(setting.about.as_str());
            let pointer = setting.key.replace('.', "/properties/");
            let found = schema
                .pointer(&format!("/definitions/call_center/properties/{pointer}"))
                .unwrap_or_else(|| panic!("`{}` is missing", setting.key));
            assert_eq!(found["description"], about);
            let has_type = ["type", "enum", "anyOf"].iter().any(|word| !found[word].is_null());
            assert!(has_type, "{found}");
            assert_eq!(problems(&schema, found, &found["default"]), [""; 0], "{}", setting.key);
        }
    }
    insta::assert_json_snapshot!(schema["definitions"]["call_center"]["properties"]["softphone"], @r#"
    {
      "type": "object",
      "properties": {
        "height": {
          "type": "integer",
          "minimum": 1,
          "description": "Height of the softphone in pixels.",
          "default": 550
        },
        "width": {
          "anyOf": [
            {
              "type": "integer",
              "minimum": 500
            },
            {
              "type": "integer",
              "minimum": 1
            }
          ],
          "description": "Width of the softphone in pixels; the Agent Desktop needs 500 or more.",
          "default": 500
        },
        "compatibility_mode": {
          "enum": [
            "Lightning"
          ],
          "description": "Fixed: the connector works in Lightning Experience.",
          "default": "Lightning"
        }
      },
      "additionalProperties": false
    }
    "#);
    insta::assert_json_snapshot!(
        schema["definitions"]["call_center"]["properties"]["no_match"]["properties"]["mappings"]["default"],
        @r#"
    [
      {
        "variable": "phoneNumber",
        "field": "Phone",
        "is_constant": "false",
        "conditional": "false"
      }
    ]
    "#
    );
}

#[test]
fn the_configurations_that_people_see_first_fit_the_schema() {
    for (name, text) in examples() {
        let schema = schema();
        assert_eq!(problems(&schema, &schema, &json(&text)), [""; 0], "{name}");
    }
}

#[test]
fn what_is_wrong_does_not_fit_the_schema() {
    let schema = schema();
    let wrong = |text: &str| problems(&schema, &schema, &json(text)).join("\n");
    insta::assert_snapshot!(wrong("recipe = \"webex-v1\"\n"), @r#""data_center" is missing"#);
    insta::assert_snapshot!(wrong(&format!("{HEAD}[users]\nprofile = [\"x\"]\n")), @"users: profile: there is no key profile");
    insta::assert_snapshot!(wrong(&format!("{HEAD}[call_center.softphone]\nheight = \"600\"\n")), @r#"call_center: softphone: height: "600" is no "integer""#);
    insta::assert_snapshot!(wrong(&format!("{HEAD}[orgs.a]\ndata_center = \"us11\"\n")), @r#"orgs: a: data_center: "us11" is not among ["us1","eu1","eu2","anz1","ca1","jp1","sg1","in1"]"#);
    insta::assert_snapshot!(
        wrong(&format!("{HEAD}[softphone_layout]\nname = \"W\"\ninbound.no_match = \"new:\"\n")),
        @r#"softphone_layout: inbound: no_match: "new:" fits none of 2"#
    );
}

/// A second opinion, where it is installed.
#[test]
fn another_validator_agrees() {
    const PROGRAM: &str = "
import json, sys
try:
    import jsonschema
except ImportError:
    print('skipped: the Python package jsonschema is not there')
    sys.exit()
schema, *documents = json.load(sys.stdin)
jsonschema.Draft7Validator.check_schema(schema)
for name, document, fits in documents:
    errors = [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(document)]
    assert (not errors) == fits, (name, errors)
";
    let mut input = vec![schema()];
    for (name, text) in examples() {
        input.push(Value::from_iter([Value::from(name), json(&text), true.into()]));
    }
    let wrong = format!("{HEAD}[users]\nprofile = [\"x\"]\n");
    input.push(Value::from_iter([Value::from("wrong"), json(&wrong), false.into()]));
    let python = Command::new("python3")
        .args(["-c", PROGRAM])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut python) = python else {
        println!("skipped: python3 is not there");
        return;
    };
    let text = Value::from(input).to_string();
    python.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    print!("{}", String::from_utf8_lossy(&output.stdout));
}

/// Configurations that the program carries or shows.
fn examples() -> Vec<(&'static str, String)> {
    let readme = include_str!("../../../README.md");
    let of_readme = readme.split("```toml\n").nth(1).expect("a configuration in the README");
    let of_readme = of_readme.split("```").next().unwrap_or_default();
    assert!(of_readme.contains("data_center"), "{of_readme}");
    let everything: Vec<String> = template(crate::definitions::default_recipe())
        .lines()
        .map(|line| match line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')) {
            Some(switched_off) => switched_off.to_owned(),
            None => line.to_owned(),
        })
        .collect();
    vec![
        ("demo", built_in_demo().to_owned()),
        ("README", of_readme.to_owned()),
        ("template", template(crate::definitions::default_recipe())),
        ("template with everything switched on", everything.join("\n")),
    ]
}

fn json(text: &str) -> Value {
    let table: toml::Table = toml::from_str(text).unwrap();
    serde_json::to_value(table).unwrap()
}

/// What keeps a value from fitting a schema, by the keywords that ours uses.
fn problems(root: &Value, schema: &Value, value: &Value) -> Vec<String> {
    const KNOWN: [&str; 18] = [
        "$schema",
        "$ref",
        "title",
        "description",
        "default",
        "definitions",
        "type",
        "properties",
        "additionalProperties",
        "required",
        "items",
        "anyOf",
        "enum",
        "pattern",
        "minLength",
        "minimum",
        "if",
        "then",
    ];
    let schema = followed(root, schema);
    let mut found = Vec::new();
    let Some(keywords) = schema.as_object() else {
        if schema == false {
            found.push(format!("{value} is not allowed"));
        }
        return found;
    };
    for (keyword, wanted) in keywords {
        match keyword.as_str() {
            "type" if !is_of_type(value, wanted) => found.push(format!("{value} is no {wanted}")),
            "enum" if !wanted.as_array().unwrap().contains(value) => {
                found.push(format!("{value} is not among {wanted}"));
            }
            "pattern" if value.is_string() => {
                // The few patterns of the schema, by hand.
                let text = value.as_str().unwrap();
                let fits = match wanted.as_str().unwrap() {
                    "^\\s*https://" => text.trim_start().starts_with("https://"),
                    pattern => {
                        let kinds = pattern.trim_start_matches("^(").split(')').next().unwrap();
                        text.split_once(':').is_some_and(|(kind, name)| {
                            kinds.split('|').any(|it| it == kind) && !name.trim().is_empty()
                        })
                    }
                };
                if !fits {
                    found.push(format!("{value} does not match {wanted}"));
                }
            }
            "minLength" if value == "" => found.push("the text is empty".to_owned()),
            "minimum" if value.is_number() && value.as_i64() < wanted.as_i64() => {
                found.push(format!("{value} is less than {wanted}"));
            }
            "required" => {
                for name in wanted.as_array().unwrap() {
                    if value.is_object() && value.get(name.as_str().unwrap()).is_none() {
                        found.push(format!("{name} is missing"));
                    }
                }
            }
            "anyOf" => {
                let fits = |schema: &Value| problems(root, schema, value).is_empty();
                if !wanted.as_array().unwrap().iter().any(fits) {
                    found
                        .push(format!("{value} fits none of {}", wanted.as_array().unwrap().len()));
                }
            }
            "if" if problems(root, wanted, value).is_empty() => {
                found.extend(problems(root, &schema["then"], value));
            }
            "not" if problems(root, wanted, value).is_empty() => {
                found.push("it fits what it must not".to_owned());
            }
            other => assert!(KNOWN.contains(&other) || other == "not", "{other} is not checked"),
        }
    }
    found.extend(problems_inside(root, schema, value));
    found
}

fn problems_inside(root: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let none = Map::new();
    let known = schema["properties"].as_object().unwrap_or(&none);
    for (name, inner) in value.as_object().into_iter().flatten() {
        let below = match (known.get(name), &schema["additionalProperties"]) {
            (None, Value::Bool(false)) => vec![format!("there is no key {name}")],
            (None, Value::Null) => Vec::new(),
            (Some(schema), _) | (None, schema) => problems(root, schema, inner),
        };
        found.extend(below.into_iter().map(|problem| format!("{name}: {problem}")));
    }
    if schema["items"].is_object() {
        for inner in value.as_array().into_iter().flatten() {
            found.extend(problems(root, &schema["items"], inner));
        }
    }
    found
}

fn is_of_type(value: &Value, wanted: &Value) -> bool {
    let names: BTreeSet<&str> = match wanted {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        name => name.as_str().into_iter().collect(),
    };
    let name = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    names.contains(name)
}
