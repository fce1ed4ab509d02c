//! `@{reference.field}` in a composite: values of earlier answers in later requests.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::world::refusal::Refusal;

/// Answers by reference id; what failed is not among them.
pub(super) type Answers = BTreeMap<String, Value>;

/// Puts values into a text.
pub(super) fn filled(text: &str, answers: &Answers) -> Result<String, Refusal> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("@{") {
        out.push_str(&rest[..start]);
        let inside = &rest[start + 2..];
        let Some(end) = inside.find('}') else {
            rest = &rest[start..];
            break;
        };
        out.push_str(&value_of(&inside[..end], answers)?);
        rest = &inside[end + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

/// Puts values into every text of a body.
pub(super) fn filled_body(body: &Value, answers: &Answers) -> Result<Value, Refusal> {
    match body {
        Value::String(text) => filled(text, answers).map(Value::String),
        Value::Array(values) => values.iter().map(|value| filled_body(value, answers)).collect(),
        Value::Object(fields) => {
            let fields: Result<Map<String, Value>, Refusal> = fields
                .iter()
                .map(|(name, value)| Ok((name.clone(), filled_body(value, answers)?)))
                .collect();
            fields.map(Value::Object)
        }
        other => Ok(other.clone()),
    }
}

fn value_of(path: &str, answers: &Answers) -> Result<String, Refusal> {
    let name = path.split(['.', '[']).next().unwrap_or_default();
    let missing = || {
        Refusal::new(
            "PROCESSING_HALTED",
            format!("Invalid reference specified. No value for {path} found in {name}"),
        )
    };
    let mut value = answers.get(name).ok_or_else(missing)?;
    for step in path[name.len()..].split(['.', '[']).filter(|step| !step.is_empty()) {
        let next = match step.strip_suffix(']') {
            Some(index) => index.parse::<usize>().ok().and_then(|index| value.get(index)),
            None => value.get(step),
        };
        value = next.ok_or_else(missing)?;
    }
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(set) => Ok(set.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => Err(missing()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_of_earlier_answers_are_put_in() {
        let answers = Answers::from([
            ("made".to_owned(), json!({"id": "04v1", "success": true})),
            ("found".to_owned(), json!({"records": [{"Id": "005A"}, {"Id": "005B"}]})),
        ]);
        let text = "sobjects/User/@{found.records[1].Id}?x=@{made.id}";
        assert_eq!(filled(text, &answers).unwrap(), "sobjects/User/005B?x=04v1");
        let body = json!({"CallCenterId": "@{made.id}", "n": 1, "list": ["@{made.success}"]});
        assert_eq!(
            filled_body(&body, &answers).unwrap(),
            json!({"CallCenterId": "04v1", "n": 1, "list": ["true"]}),
        );
    }

    #[test]
    fn a_reference_that_leads_nowhere_is_refused_in_the_services_words() {
        let refusal = filled("@{found.records[0].Id}", &Answers::new()).unwrap_err();
        assert_eq!(refusal.code, "PROCESSING_HALTED");
        assert_eq!(
            refusal.message,
            "Invalid reference specified. No value for found.records[0].Id found in found",
        );
        assert_eq!(filled("mail@{", &Answers::new()).unwrap(), "mail@{");
    }
}
