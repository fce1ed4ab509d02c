//! What holds for any text.

use proptest::prelude::*;

use super::Org;
use crate::soql::ast::{Condition, Literal};
use crate::soql::{literal, parser, run};

/// Every letter that needs it is escaped.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\\' | '\'' => escaped.extend(['\\', letter]),
            letter => escaped.push(letter),
        }
    }
    escaped
}

proptest! {
    #[test]
    fn any_escaped_text_comes_back(text in any::<String>()) {
        let query = parser::parse(&format!("SELECT Id FROM User WHERE Name = '{}'", escape(&text)));
        let condition = query.unwrap().condition;
        let Some(Condition::Compare { value: (Literal::Text(raw), _), .. }) = condition else {
            panic!("a comparison was written");
        };
        prop_assert_eq!(literal::unescape(&raw).unwrap(), text);
    }

    #[test]
    fn nothing_panics(text in any::<String>(), shaped in "[a-zA-Z(),.:'\\\\ =<>!\n0-9%_-]{0,60}") {
        for condition in [&text, &shaped] {
            let _ignored = run(condition, &Org, "");
            let _ignored = run(&format!("SELECT Id FROM User WHERE {condition}"), &Org, "");
            let _ignored = run(&format!("SELECT Name FROM User WHERE Name LIKE '{condition}'"), &Org, "");
        }
    }
}

#[test]
fn deep_nesting_is_refused() {
    let query = format!("SELECT Id FROM User WHERE {}", "(".repeat(90_000));
    assert!(run(&query, &Org, "").unwrap_err().message.ends_with("nested too deeply."));
}
