//! Answers that are not as they should be.

use serde_json::{Map, Value, json};

/// The text that stands for every field, in [`Edit::Set`] and [`Edit::Unset`].
const EVERY: &str = "*";

/// What is changed in an answer, after the request was carried out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Edit {
    /// There is nothing but null.
    Null,
    /// There are no records.
    Empty,
    /// Each record has these values, by field (`Profile.Name` is the parent's); `*` is every text.
    Set(Map<String, Value>),
    /// Each record lacks these fields; `*` is all of them.
    Unset(Vec<String>),
}

impl Edit {
    /// Changes an answer in JSON.
    pub(crate) fn json(&self, body: &mut Value) {
        match self {
            Self::Null => *body = Value::Null,
            Self::Empty => *body = empty(body),
            Self::Set(fields) => records(body, &mut |record| {
                for (field, value) in fields {
                    set(record, field, value);
                }
            }),
            Self::Unset(fields) => records(body, &mut |record| {
                for field in fields {
                    unset(record, field);
                }
            }),
        }
    }

    /// Changes an answer in SOAP: every element of a field's name, or the result as a whole.
    pub(crate) fn xml(&self, text: &str) -> String {
        match self {
            Self::Null => replaced(text, "result", "<result xsi:nil=\"true\"/>"),
            Self::Empty => replaced(text, "result", "<result></result>"),
            Self::Set(fields) => fields.iter().fold(text.to_owned(), |text, (field, value)| {
                let value = value.as_str().map_or_else(|| value.to_string(), escaped);
                let element = format!("<{field}>{value}</{field}>");
                let changed = replaced(&text, field, &element);
                if changed == text { added(&text, &element) } else { changed }
            }),
            Self::Unset(fields) => {
                fields.iter().fold(text.to_owned(), |text, field| replaced(&text, field, ""))
            }
        }
    }
}

/// What is left of an answer without its records.
fn empty(body: &Value) -> Value {
    match body {
        Value::Array(_) => json!([]),
        Value::Object(fields) if fields.contains_key("records") => {
            json!({"totalSize": 0, "done": true, "records": []})
        }
        _ => json!({}),
    }
}

/// Does something to each record of an answer, or to the answer itself where it holds none.
fn records(body: &mut Value, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    match body {
        Value::Array(list) => list.iter_mut().for_each(|one| records(one, change)),
        Value::Object(fields) => match fields.get_mut("records").and_then(Value::as_array_mut) {
            Some(list) => list.iter_mut().filter_map(Value::as_object_mut).for_each(change),
            None => change(fields),
        },
        _ => {}
    }
}

fn set(record: &mut Map<String, Value>, field: &str, value: &Value) {
    if field == EVERY {
        for (_, known) in record.iter_mut().filter(|(name, _)| is_data(name)) {
            match known {
                Value::String(_) => *known = value.clone(),
                Value::Object(parent) => set(parent, EVERY, value),
                _ => {}
            }
        }
        return;
    }
    match field.split_once('.') {
        Some((parent, field)) => {
            if let Some(parent) = record.get_mut(parent).and_then(Value::as_object_mut) {
                set(parent, field, value);
            }
        }
        None => {
            record.insert(field.to_owned(), value.clone());
        }
    }
}

fn unset(record: &mut Map<String, Value>, field: &str) {
    if field == EVERY {
        record.retain(|name, _| name == "attributes");
        return;
    }
    match field.split_once('.') {
        Some((parent, field)) => {
            if let Some(parent) = record.get_mut(parent).and_then(Value::as_object_mut) {
                unset(parent, field);
            }
        }
        None => {
            record.shift_remove(field);
        }
    }
}

/// Whether a text of that field says something, instead of pointing at a record.
fn is_data(name: &str) -> bool {
    !(name == "attributes" || name == "Id" || name.ends_with("Id"))
}

/// The text with other elements in the place of those of that name, which do not lie in each other.
fn replaced(text: &str, name: &str, by: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((start, end)) = element(rest, name) {
        out.push_str(&rest[..start]);
        out.push_str(by);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Where the first element of that name begins and ends.
fn element(text: &str, name: &str) -> Option<(usize, usize)> {
    let open = format!("<{name}");
    let is_tag = |start: usize| text[start + open.len()..].starts_with(['>', ' ', '/']);
    let mut places = text.match_indices(&open).map(|(start, _)| start);
    let start = places.find(|start| is_tag(*start))?;
    let tag = start + text[start..].find('>')? + 1;
    if text[..tag].ends_with("/>") {
        return Some((start, tag));
    }
    let close = format!("</{name}>");
    Some((start, tag + text[tag..].find(&close)? + close.len()))
}

/// The text with one more element in each record, or in the result where there are none.
fn added(text: &str, element: &str) -> String {
    let end = if text.contains("</records>") { "</records>" } else { "</result>" };
    text.replace(end, &format!("{element}{end}"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(edit: &Edit) -> Value {
        let mut body = json!({"totalSize": 1, "done": true, "records": [
            {"attributes": {"type": "User"}, "Id": "005", "Name": "Ada", "Profile": {"Name": "X"}}]});
        edit.json(&mut body);
        body
    }

    fn fields(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn records_are_changed_where_they_are() {
        let body =
            edited(&Edit::Set(fields(&json!({"Name": null, "Profile.Name": "Y", "New": 1}))));
        let record = &body["records"][0];
        assert_eq!(record["Name"], Value::Null);
        assert_eq!(record["Profile"]["Name"], "Y");
        assert_eq!(record["New"], 1);
        let body = edited(&Edit::Set(fields(&json!({"*": "UNHEARD_OF"}))));
        let record = &body["records"][0];
        assert_eq!((&record["Name"], &record["Id"]), (&json!("UNHEARD_OF"), &json!("005")));
        assert_eq!(record["Profile"]["Name"], "UNHEARD_OF");
        let body = edited(&Edit::Unset(vec!["Name".to_owned(), "Profile.Name".to_owned()]));
        assert_eq!(body["records"][0]["Profile"], json!({}));
        assert_eq!(body["records"][0].get("Name"), None);
        assert_eq!(edited(&Edit::Empty)["records"], json!([]));
        assert_eq!(edited(&Edit::Null), Value::Null);
    }

    #[test]
    fn elements_are_changed_where_they_are() {
        let text = "<r><result><records xsi:type=\"A\"><label>1</label></records>\
                    <records><labels/><label/></records></result></r>";
        let set = |value: Value| Edit::Set(fields(&value)).xml(text);
        assert_eq!(
            set(json!({"label": "a<b"})),
            "<r><result><records xsi:type=\"A\"><label>a&lt;b</label></records><records><labels/>\
             <label>a&lt;b</label></records></result></r>"
        );
        assert_eq!(set(json!({"more": 1})).matches("<more>1</more></records>").count(), 2);
        let unset = Edit::Unset(vec!["label".to_owned()]).xml(text);
        assert_eq!(
            unset,
            "<r><result><records xsi:type=\"A\"></records><records><labels/></records></result></r>"
        );
        assert_eq!(Edit::Null.xml(text), "<r><result xsi:nil=\"true\"/></r>");
        assert_eq!(Edit::Empty.xml(text), "<r><result></result></r>");
    }
}
