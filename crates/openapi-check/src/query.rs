//! Queries of addresses.

use serde_json::Value;

/// What is wrong with a query: parameters that are not documented, of another type, or missing.
pub(crate) fn complaints(operation: &Value, query: &str) -> Vec<String> {
    let documented: Vec<&Value> = operation["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|parameter| parameter["in"] == "query")
        .collect();
    let pairs: Vec<(&str, &str)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .collect();
    let mut wrong = Vec::new();
    for (name, value) in &pairs {
        let Some(parameter) = documented.iter().find(|it| it["name"] == *name) else {
            wrong.push(format!("the parameter {name} is not documented"));
            continue;
        };
        let fits = match parameter["schema"]["type"].as_str() {
            Some("integer") => value.parse::<i64>().is_ok(),
            Some("boolean") => ["true", "false"].contains(value),
            _ => true,
        };
        if !fits {
            wrong.push(format!("the parameter {name} is of another type: {value}"));
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~%".contains(c);
        if !value.chars().all(plain) {
            wrong.push(format!("the parameter {name} is not percent-encoded: {value}"));
        }
    }
    for parameter in documented.iter().filter(|it| it["required"] == true) {
        let name = &parameter["name"];
        if !pairs.iter().any(|(given, _)| name == given) {
            wrong.push(format!("the parameter {name} is missing"));
        }
    }
    wrong
}
