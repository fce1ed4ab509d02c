//! What a request to log in says.

use crate::request::Request;
use crate::url::pairs;

/// The parameters of a request: of its form, and of its query.
#[derive(Debug, Default)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// The parameters of a body and of a query; the body's go first.
    pub(super) fn of(request: &Request) -> Self {
        let mut parameters = pairs(&String::from_utf8_lossy(&request.body));
        if !request.content_type.starts_with("application/x-www-form-urlencoded") {
            parameters.clear();
        }
        parameters.extend(pairs(&request.query));
        if let Some((name, secret)) = &request.credentials {
            parameters.push(("client_id".to_owned(), name.clone()));
            parameters.push(("client_secret".to_owned(), secret.clone()));
        }
        Self(parameters)
    }

    /// A parameter that is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, value)| key == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }
}
