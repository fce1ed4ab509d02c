//! Judges requests and their answers by a vendor's `OpenAPI` document, for tests of clients and emulators.
//!
//! Where the vendor's service does otherwise than its document says, an [overlay](Contract::load) says so,
//! with the reason beside each exception, so that all of them stand in one file.

mod exchange;
mod overlay;
mod query;
mod route;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use jsonschema::Validator;
use serde_json::{Value, json};

pub use self::exchange::Exchange;

/// An `OpenAPI` document with the exceptions to it.
#[derive(Debug)]
pub struct Contract {
    document: Value,
    /// Schemas that were needed, ready to use, by where they are in the document.
    validators: Mutex<BTreeMap<String, Validator>>,
}

impl Contract {
    /// Reads a document and what is to be changed in it.
    ///
    /// The overlay is `{"actions": [{"because": …, "target": [keys…], "merge": …}]}`: at each place that the
    /// keys lead to (`*` is any key), the value is merged in as a JSON Merge Patch (RFC 7386).
    pub fn load(document: &Path, overlay: &Path) -> Result<Contract, String> {
        let read = |path: &Path| -> Result<Value, String> {
            let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
            serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
        };
        let mut document = read(document)?;
        overlay::apply(&mut document, &read(overlay)?)?;
        Ok(Contract { document, validators: Mutex::default() })
    }

    /// All that is wrong with an exchange; each complaint says where and what.
    pub fn complaints(&self, exchange: &Exchange) -> Vec<String> {
        let mut wrong = self.request_complaints(exchange);
        wrong.extend(self.answer_complaints(exchange));
        wrong
    }

    /// All that is wrong with its request.
    pub fn request_complaints(&self, exchange: &Exchange) -> Vec<String> {
        self.judged(exchange, |operation, pointer| {
            let (_, query) = exchange.parts();
            let mut wrong = query::complaints(operation, query);
            wrong.extend(self.request(operation, pointer, exchange));
            wrong
        })
    }

    /// All that is wrong with its answer.
    pub fn answer_complaints(&self, exchange: &Exchange) -> Vec<String> {
        self.judged(exchange, |operation, pointer| self.answer(operation, pointer, exchange))
    }

    /// What a judge says of an exchange, knowing the operation and where it is in the document.
    fn judged(
        &self,
        exchange: &Exchange,
        judge: impl Fn(&Value, &str) -> Vec<String>,
    ) -> Vec<String> {
        let method = &exchange.method;
        let (path, _) = exchange.parts();
        let Some(template) = route::find(&self.document["paths"], path) else {
            return vec![format!("{method} {path}: there is no such path")];
        };
        let pointer = format!("/paths/{}/{}", escaped(&template), method.to_ascii_lowercase());
        let Some(operation) = self.document.pointer(&pointer) else {
            return vec![format!("{method} {template}: the path has no such method")];
        };
        let wrong = judge(operation, &pointer);
        wrong.into_iter().map(|it| format!("{method} {template}: {it}")).collect()
    }

    fn request(&self, operation: &Value, pointer: &str, exchange: &Exchange) -> Vec<String> {
        if exchange.request.is_empty() {
            let needed = operation.pointer("/requestBody/required") == Some(&json!(true));
            return if needed { vec!["the request has no body".to_owned()] } else { Vec::new() };
        }
        let Some(content) = operation.pointer("/requestBody/content").and_then(Value::as_object)
        else {
            return vec!["the request has a body, and none is documented".to_owned()];
        };
        let essence = essence(&exchange.request_type);
        let Some(kind) = content.keys().find(|kind| **kind == essence || *kind == "*/*") else {
            return vec![format!("a request of type {essence} is not documented")];
        };
        let schema = format!("{pointer}/requestBody/content/{}/schema", escaped(kind));
        self.body("the request", &schema, &exchange.request)
    }

    fn answer(&self, operation: &Value, pointer: &str, exchange: &Exchange) -> Vec<String> {
        let status = exchange.status.to_string();
        let Some(response) = operation["responses"].get(&status) else {
            return vec![format!("the status {status} is not documented")];
        };
        let Some(content) = response["content"].as_object() else {
            return Vec::new();
        };
        let essence = essence(&exchange.response_type);
        let Some(kind) = content.keys().find(|kind| **kind == essence || *kind == "*/*") else {
            return vec![format!("an answer {status} of type \"{essence}\" is not documented")];
        };
        if content[kind].get("schema").is_none() {
            return Vec::new();
        }
        let schema = format!("{pointer}/responses/{status}/content/{}/schema", escaped(kind));
        self.body(&format!("the answer {status}"), &schema, &exchange.response)
    }

    fn body(&self, what: &str, schema: &str, bytes: &[u8]) -> Vec<String> {
        let Ok(body) = serde_json::from_slice::<Value>(bytes) else {
            return vec![format!("{what} is no JSON")];
        };
        let mut validators = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        if !validators.contains_key(schema) {
            match self.validator(schema) {
                Ok(made) => validators.insert(schema.to_owned(), made),
                Err(why) => return vec![format!("the schema of {what} is broken: {why}")],
            };
        }
        let Some(validator) = validators.get(schema) else { return Vec::new() };
        validator
            .iter_errors(&body)
            .map(|error| format!("{what} at \"{}\": {error}", error.instance_path()))
            .collect()
    }

    fn validator(&self, schema: &str) -> Result<Validator, String> {
        // References begin at the document's root.
        let mut root = json!({ "components": self.document["components"] });
        root["allOf"] = json!([self.document.pointer(schema).unwrap_or(&Value::Null)]);
        jsonschema::draft7::new(&root).map_err(|error| error.to_string())
    }
}

fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A key as a part of a JSON Pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests;
