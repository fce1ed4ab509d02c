//! Stable names of what can be asked, told from method and path alone.

use crate::schema::{self, Api};
use crate::world::World;

/// The name of what follows `/services/data/vXX.X`, e.g. `tooling/composite` or `update/User`.
///
/// Objects are spelt as the org spells them, where the org is known and has them.
pub(crate) fn name(world: Option<&World>, method: &str, path: &[String]) -> String {
    let segments: Vec<&str> = path.iter().map(String::as_str).collect();
    let method = if method == "HEAD" { "GET" } else { method };
    match (method, segments.as_slice()) {
        ("GET", []) => "resources".to_owned(),
        ("GET", ["limits"]) => "limits".to_owned(),
        ("GET", [query @ ("query" | "queryAll")] | [query @ ("query" | "queryAll"), _]) => {
            (*query).to_owned()
        }
        (_, ["metadata", "deployRequest"] | ["metadata", "deployRequest", _]) => {
            "metadata/deployRequest".to_owned()
        }
        (_, ["jobs", kind @ ("ingest" | "query"), ..]) => format!("jobs/{kind}"),
        (_, ["tooling", rest @ ..]) => {
            let name = match (method, rest) {
                ("GET", ["query"] | ["query", _]) => "query".to_owned(),
                ("GET", ["executeAnonymous"]) => "executeAnonymous".to_owned(),
                _ => shared(world, Api::Tooling, method, rest),
            };
            format!("tooling/{name}")
        }
        (_, segments) => shared(world, Api::Data, method, segments),
    }
}

/// What both APIs have, below their own roots.
fn shared(world: Option<&World>, api: Api, method: &str, segments: &[&str]) -> String {
    let verb = match (method, segments) {
        ("POST", ["composite"]) => return "composite".to_owned(),
        ("POST", ["composite", "batch"]) => return "composite/batch".to_owned(),
        (_, ["composite", "sobjects", ..]) => return "composite/sobjects".to_owned(),
        ("POST", ["composite", "tree", _]) => return "composite/tree".to_owned(),
        ("GET", ["sobjects"]) => return "describeGlobal".to_owned(),
        ("GET", ["sobjects", _]) => "basic",
        ("POST", ["sobjects", _]) => "create",
        ("GET", ["sobjects", _, "describe"]) => "describe",
        ("GET", ["sobjects", _, _] | ["sobjects", _, _, _]) => "read",
        ("PATCH", ["sobjects", _, _]) => "update",
        ("PATCH", ["sobjects", _, _, _]) => "upsert",
        ("DELETE", ["sobjects", _, _] | ["sobjects", _, _, _]) => "delete",
        _ => return "unknown".to_owned(),
    };
    let sent = segments.get(1).copied().unwrap_or_default();
    let known = world.and_then(|world| schema::object(world, api, sent));
    let object = known.map_or_else(|| sent.to_owned(), |object| object.name);
    format!("{verb}/{object}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_have_stable_names() {
        let named = |method: &str, path: &str| {
            let path: Vec<String> = path.split('/').map(str::to_owned).collect();
            name(None, method, if path == [""] { &[] } else { &path })
        };
        for (method, path, wanted) in [
            ("GET", "", "resources"),
            ("HEAD", "limits", "limits"),
            ("GET", "query", "query"),
            ("GET", "queryAll/0r8-2000", "queryAll"),
            ("PATCH", "composite/sobjects", "composite/sobjects"),
            ("GET", "composite", "unknown"),
            ("GET", "tooling/query", "tooling/query"),
            ("POST", "tooling/composite/batch", "tooling/composite/batch"),
            ("POST", "tooling/sobjects/X", "tooling/create/X"),
            ("GET", "tooling/sobjects", "tooling/describeGlobal"),
            ("PUT", "sobjects/X", "unknown"),
            ("PATCH", "sobjects/X/1", "update/X"),
            ("GET", "sobjects/X/describe", "describe/X"),
            ("PATCH", "sobjects/X/Email/a@b.example", "upsert/X"),
            ("POST", "composite/tree/X", "composite/tree"),
            ("PUT", "jobs/ingest/750/batches", "jobs/ingest"),
            ("POST", "metadata/deployRequest", "metadata/deployRequest"),
            ("GET", "somewhere", "unknown"),
        ] {
            assert_eq!(named(method, path), wanted, "{method} {path}");
        }
    }
}
