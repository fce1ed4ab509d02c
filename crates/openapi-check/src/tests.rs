//! The checker finds what is wrong, and nothing else.

use std::fs;

use super::*;

fn contract() -> Contract {
    let folder = std::env::temp_dir().join(format!("openapi-check-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let thing = json!({ "$ref": "#/components/schemas/Thing" });
    let document = json!({
        "paths": { "/things/{id}": { "put": {
            "parameters": [{ "name": "page", "in": "query", "schema": { "type": "integer" } }],
            "requestBody": { "required": true, "content": { "application/json": { "schema": thing } } },
            "responses": { "200": { "content": { "*/*": { "schema": thing } } } },
        } } },
        "components": { "schemas": { "Thing": {
            "type": "object", "required": ["name"],
            "properties": { "name": { "type": "string", "maxLength": 3 } },
        } } },
    });
    let overlay = json!({ "actions": [{
        "because": "the service answers 202",
        "target": ["paths", "*", "put", "responses"],
        "merge": { "202": { "description": "later" } },
    }] });
    let (one, other) = (folder.join("document.json"), folder.join("overlay.json"));
    fs::write(&one, document.to_string()).unwrap();
    fs::write(&other, overlay.to_string()).unwrap();
    Contract::load(&one, &other).unwrap()
}

fn put(target: &str, request: &str, status: u16, response: &str) -> Exchange {
    let [request_type, response_type] =
        ["application/json; charset=UTF-8", "application/json"].map(str::to_owned);
    Exchange {
        method: "PUT".to_owned(),
        target: target.to_owned(),
        request_type,
        request: request.as_bytes().to_vec(),
        status,
        response_type,
        response: response.as_bytes().to_vec(),
    }
}

#[test]
fn each_mistake_is_found() {
    let contract = contract();
    let good = r#"{"name":"abc"}"#;
    for (exchange, words) in [
        (put("/things/1?page=2", good, 200, good), ""),
        (put("/things/1", good, 202, ""), ""),
        (put("/thing/1", good, 200, good), "no such path"),
        (put("/things/1?size=2", good, 200, good), "size is not documented"),
        (put("/things/1?page=two", good, 200, good), "of another type"),
        (put("/things/1?page=+2", good, 200, good), "not percent-encoded"),
        (put("/things/1", r#"{"name":"abcd"}"#, 200, good), "the request at \"/name\""),
        (put("/things/1", "", 200, good), "no body"),
        (put("/things/1", good, 201, good), "201 is not documented"),
        (put("/things/1", good, 200, "{}"), "the answer 200 at \"\""),
        (put("/things/1", good, 200, "<html>"), "is no JSON"),
    ] {
        let wrong = contract.complaints(&exchange);
        let as_wanted = if words.is_empty() {
            wrong.is_empty()
        } else {
            wrong.iter().any(|it| it.contains(words))
        };
        assert!(as_wanted, "{words}: {wrong:?}");
    }
}

#[test]
fn an_exception_needs_a_reason_and_an_effect() {
    for (action, words) in [
        (json!({ "target": ["a"], "merge": 2 }), "without a reason"),
        (json!({ "because": "x", "target": ["b"], "merge": 2 }), "leads nowhere"),
        (json!({ "because": "x", "target": ["a"], "merge": 1 }), "changes nothing"),
    ] {
        let error =
            overlay::apply(&mut json!({ "a": 1 }), &json!({ "actions": [action] })).unwrap_err();
        assert!(error.contains(words), "{error}");
    }
}
