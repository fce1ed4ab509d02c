//! Queries, in a type that text from outside enters only through an escape.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use super::encode;

/// How long a query may be in an address, encoded: the limit of 16,384 bytes holds for path and headers together.
pub const MAX_ENCODED: usize = 12_000;

/// How many characters a query may have, wherever it travels.
pub const MAX_LENGTH: usize = 100_000;

/// A query of the Salesforce Object Query Language.
#[derive(Clone, PartialEq, Eq)]
pub struct Soql(String);

/// A value or list of values, escaped and quoted.
#[derive(Clone, PartialEq, Eq)]
pub struct Literal(String);

/// The name of an object or field, or a path of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

impl Soql {
    /// A query, or the beginning of one, as written in the program's code.
    pub fn new(text: &'static str) -> Soql {
        Soql(text.to_owned())
    }

    /// Goes on with text of the program's code.
    #[must_use]
    pub fn text(mut self, text: &'static str) -> Soql {
        self.0.push_str(text);
        self
    }

    /// Goes on with a value.
    #[must_use]
    pub fn value(mut self, literal: &Literal) -> Soql {
        self.0.push_str(&literal.0);
        self
    }

    /// Goes on with a name.
    #[must_use]
    pub fn name(mut self, name: &Name) -> Soql {
        self.0.push_str(&name.0);
        self
    }

    /// Goes on with a list of names, separated by commas.
    #[must_use]
    pub fn names(mut self, names: &[Name]) -> Soql {
        let names: Vec<&str> = names.iter().map(|name| name.0.as_str()).collect();
        self.0.push_str(&names.join(", "));
        self
    }

    /// Goes on with a condition that the user wrote as SOQL, in brackets.
    ///
    /// The one door for text that is not escaped: never pass what came from an org.
    #[must_use]
    pub fn condition(mut self, written_by_user: &str) -> Soql {
        self.0.push('(');
        self.0.push_str(written_by_user);
        self.0.push(')');
        self
    }

    /// Goes on with another piece of query.
    #[must_use]
    pub fn then(mut self, more: &Soql) -> Soql {
        self.0.push_str(&more.0);
        self
    }

    /// The query's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The query, encoded for an address.
    pub(super) fn encoded(&self) -> String {
        encode::component(&self.0)
    }
}

impl Name {
    /// A name, when the text is one: letters, digits, `_` and dots between.
    pub fn parse(text: &str) -> Option<Name> {
        let word = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphabetic())
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        text.split('.').all(word).then(|| Name(text.to_owned()))
    }

    /// The name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// A query can hold an installation key.

impl fmt::Display for Soql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&wire::redact(&self.0))
    }
}

impl fmt::Debug for Soql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Soql({self})")
    }
}

impl fmt::Debug for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Literal")
    }
}

/// A text as a quoted string.
///
/// <https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm>
pub fn quote(text: &str) -> Literal {
    Literal(format!("'{}'", escape(text)))
}

/// A secret as a quoted string.
pub fn quote_secret(secret: &SecretString) -> Literal {
    quote(secret.expose_secret())
}

/// A moment, as conditions on dates and times take it.
///
/// <https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_dateformats.htm>
pub fn moment(at: jiff::Timestamp) -> Literal {
    Literal(at.to_string())
}

/// A pattern for `LIKE` that matches what begins with the text.
pub fn like_prefix(text: &str) -> Literal {
    Literal(format!("'{}%'", escape_pattern(text)))
}

/// A pattern for `LIKE` that matches exactly the text, whatever its case.
pub fn like(text: &str) -> Literal {
    Literal(format!("'{}'", escape_pattern(text)))
}

/// A bracketed list for `IN`; none when there are no values, since an empty list is no SOQL.
pub fn in_list<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> Option<Literal> {
    let quoted: Vec<String> = values.into_iter().map(|value| quote(value.as_ref()).0).collect();
    (!quoted.is_empty()).then(|| Literal(format!("({})", quoted.join(","))))
}

/// How many conditions one query takes: orgs find queries too complicated long before they are too
/// long, and do not say how long before.
const MAX_CONDITIONS: usize = 100;

/// One query per handful of conditions, each short enough for an address: `head one OR other`.
pub fn either_in_chunks(head: &Soql, conditions: &[Soql]) -> Vec<Soql> {
    const OR: &str = " OR ";
    let fixed = head.encoded().len();
    let mut queries: Vec<Soql> = Vec::new();
    let (mut length, mut count) = (0, 0);
    for condition in conditions {
        let cost = encode::component(OR).len() + condition.encoded().len();
        match queries.last_mut() {
            Some(query) if length + cost <= MAX_ENCODED && count < MAX_CONDITIONS => {
                query.0.push_str(OR);
                query.0.push_str(&condition.0);
                (length, count) = (length + cost, count + 1);
            }
            _ => {
                queries.push(head.clone().then(condition));
                (length, count) = (fixed + cost, 1);
            }
        }
    }
    queries
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            _ => out.push(c),
        }
    }
    out
}

/// Escapes the wildcards too.
fn escape_pattern(text: &str) -> String {
    escape(text).replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads a quoted string the way the org does; what follows its end is returned too.
    fn unquote(literal: &str) -> (String, String) {
        let mut chars = literal.chars();
        assert_eq!(chars.next(), Some('\''));
        let mut text = String::new();
        while let Some(c) = chars.next() {
            match c {
                '\'' => return (text, chars.collect()),
                '\\' => text.push(match chars.next().unwrap() {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    other => other,
                }),
                _ => text.push(c),
            }
        }
        panic!("no closing quote in {literal}")
    }

    proptest! {
        #[test]
        fn any_text_survives_quoting(text in any::<String>()) {
            prop_assert_eq!(unquote(&quote(&text).0), (text.clone(), String::new()));
            prop_assert_eq!(unquote(&like(&text).0), (text, String::new()));
        }
    }

    #[test]
    fn conditions_are_asked_in_handfuls_and_none_is_lost() {
        let head = Soql::new("SELECT Username FROM User WHERE ");
        assert!(either_in_chunks(&head, &[]).is_empty());
        let condition = |name: &String| Soql::new("Username LIKE ").value(&like_prefix(name));
        for (letters, queries) in [(1, 3), (80, 11), (400, 63)] {
            let names: Vec<String> =
                (100..350).map(|number| format!("{}{number}", "é".repeat(letters))).collect();
            let conditions: Vec<Soql> = names.iter().map(condition).collect();
            let chunks = either_in_chunks(&head, &conditions);
            assert!(chunks.iter().all(|query| query.encoded().len() <= MAX_ENCODED));
            let asked: Vec<&str> = chunks
                .iter()
                .flat_map(|query| query.as_str().strip_prefix(head.as_str()).unwrap().split(" OR "))
                .collect();
            let all: Vec<&str> = conditions.iter().map(Soql::as_str).collect();
            assert_eq!(asked, all);
            assert_eq!(chunks.len(), queries, "{letters}");
        }
    }

    #[test]
    fn values_enter_escaped() {
        let query = Soql::new("SELECT Id FROM User WHERE Name = ")
            .value(&quote(r"O'Brien\"))
            .text(" AND Alias LIKE ")
            .value(&like_prefix("50%_x"))
            .text(" AND ")
            .condition("IsActive = true");
        assert_eq!(
            query.as_str(),
            r"SELECT Id FROM User WHERE Name = 'O\'Brien\\' AND Alias LIKE '50\%\_x%' AND (IsActive = true)"
        );
        assert_eq!(in_list(["a", "b'"]).unwrap().0, r"('a','b\'')");
        assert_eq!(in_list(Vec::<String>::new()), None);
    }

    #[test]
    fn only_names_are_names() {
        for good in ["Id", "Profile.Name", "ns__Field__c", "A1"] {
            assert!(Name::parse(good).is_some(), "{good}");
        }
        for bad in ["", "a b", "1a", "a.", ".a", "a'b", "a,b", "COUNT()"] {
            assert!(Name::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_key_in_a_query_is_not_printed() {
        let key = SecretString::from("can'ary");
        let query =
            Soql::new("SELECT Id FROM X WHERE InstallationKey = ").value(&quote_secret(&key));
        assert!(query.as_str().contains("ary"));
        assert!(!format!("{query} {query:?}").contains("ary'"));
    }
}
