//! What a retrieve asks for. Clients call the argument `retrieveRequest` or `request`.

use serde_json::{Value, json};

use super::queue;
use crate::org::Call;
use crate::soap::xml::Element;
use crate::soap::{self, Fault, METADATA, boolean};

/// Queues a retrieve.
pub(super) fn answer(call: &mut Call<'_>, request: &Element) -> Result<String, Fault> {
    let wanted = read(request, &call.version)?;
    let id = queue::queue_retrieve(call, wanted);
    Ok(soap::answer(METADATA, "retrieve", |xml| {
        let result = json!({"done": false, "id": id.as_str(), "state": "Queued"});
        xml.json("result", &result);
    }))
}

/// Reads a request; what it asks for is kept as JSON.
fn read(request: &Element, url_version: &str) -> Result<Value, Fault> {
    let wanted = request.child("retrieveRequest").or(request.child("request"));
    let wanted = wanted.ok_or_else(|| Fault::new("Client", "retrieveRequest is missing"))?;
    if wanted.all("rootTypesWithDependencies").next().is_some() {
        let message = "The emulator does not support rootTypesWithDependencies";
        return Err(Fault::new("UNKNOWN_EXCEPTION", message));
    }
    let texts =
        |name: &'static str| -> Vec<&str> { wanted.all(name).map(|it| it.text.trim()).collect() };
    // Some clients send an empty manifest beside package names.
    let manifest = wanted.child("unpackaged").filter(|manifest| !manifest.children.is_empty());
    let version = manifest.and_then(|manifest| manifest.value("version"));
    let version = version.or(wanted.value("apiVersion")).filter(|version| !version.is_empty());
    let files = texts("specificFiles");
    let single = wanted.value("singlePackage").is_some_and(boolean);
    if !files.is_empty() && !single {
        let message = "specificFiles can only be used with a single package";
        return Err(Fault::new("INVALID_OPERATION", message));
    }
    Ok(json!({
        "packageNames": texts("packageNames"),
        "singlePackage": single,
        "specificFiles": files,
        "unpackaged": manifest.map(pairs),
        "version": version.unwrap_or(url_version),
    }))
}

/// Types and members of a manifest, in whatever order its elements stand.
fn pairs(manifest: &Element) -> Vec<Value> {
    let mut pairs = Vec::new();
    for kinds in manifest.all("types") {
        let kind = kinds.value("name").unwrap_or_default();
        pairs.extend(kinds.all("members").map(|member| json!([kind, member.text.trim()])));
    }
    pairs
}
