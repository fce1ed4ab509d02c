//! Which of a document's paths an address is.

use serde_json::Value;

/// The path that fits; literal parts count more than parameters.
pub(crate) fn find(paths: &Value, path: &str) -> Option<String> {
    let given: Vec<&str> = path.split('/').collect();
    let templates = paths.as_object()?.keys();
    let fitting = templates.filter(|template| {
        let parts: Vec<&str> = template.split('/').collect();
        parts.len() == given.len()
            && parts.iter().zip(&given).all(|(part, given)| {
                if part.starts_with('{') { !given.is_empty() } else { part == given }
            })
    });
    fitting.min_by_key(|template| template.matches('{').count()).cloned()
}
