//! A single request, whether it came alone or in a composite or a batch.

use serde_json::Value;

/// What a fault can tell of a single request.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    /// As the log would name it, had it come alone.
    pub(crate) operation: String,
    pub(crate) method: &'a str,
    /// Path and query, decoded.
    pub(crate) path: String,
    /// The text of a query.
    pub(crate) query: Option<&'a str>,
    /// The object in its path.
    pub(crate) object: Option<&'a str>,
    /// Its body, as JSON.
    pub(crate) body: String,
}

impl Part<'_> {
    /// Whether it asks for or writes records of that object.
    pub(super) fn is_about(&self, object: &str) -> bool {
        let same = |name: &str| name.eq_ignore_ascii_case(object);
        self.object.is_some_and(same) || self.query.and_then(source).is_some_and(same)
    }
}

/// The object behind the first `FROM` of a query.
fn source(query: &str) -> Option<&str> {
    let mut words = query.split_whitespace();
    words.find(|word| word.eq_ignore_ascii_case("FROM"))?;
    words.next()
}

/// The object that all records of a collection are of.
pub(crate) fn collected(body: Option<&Value>) -> Option<&str> {
    body?.pointer("/records/0/attributes/type")?.as_str()
}
