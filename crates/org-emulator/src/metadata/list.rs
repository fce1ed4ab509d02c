//! `listMetadata`, with the real service's quirks.
//!
//! Managed layouts lack the namespace in front of their own name (`Task-Name` for what deploys
//! call `Task-ns__Name`); no hits is an empty answer, not an error.

use serde_json::{Value, json};

use super::entries::{self, Entry};
use super::types;
use crate::clock::soap_time;
use crate::ids::Id;
use crate::soap::xml::Element;
use crate::soap::{self, Fault, METADATA};
use crate::world::World;
use crate::world::people::User;

/// How many queries one call may have.
const QUERIES: usize = 3;

/// Answers `listMetadata`.
pub(crate) fn answer(world: &World, request: &Element) -> Result<String, Fault> {
    let queries: Vec<&Element> = request.all("queries").collect();
    if queries.len() > QUERIES {
        let message = format!("record limit reached. cannot submit more than {QUERIES} queries");
        return Err(Fault::new("EXCEEDED_ID_LIMIT", message));
    }
    let mut found = Vec::new();
    for query in queries {
        let kind = query.value("type").unwrap_or_default();
        let entries = entries::of(world, kind, query.value("folder"))?;
        found.extend(entries.into_iter().map(|entry| (kind, entry)));
    }
    Ok(soap::answer(METADATA, "listMetadata", |xml| {
        for (kind, entry) in &found {
            let name = entry.listed_name.as_ref().unwrap_or(&entry.full_name);
            let file = file_name(kind, name);
            xml.json("result", &properties(world, kind, &file, name, entry));
        }
    }))
}

/// Where a component's file would lie in a package.
pub(crate) fn file_name(kind: &str, full_name: &str) -> String {
    if let Some((parent, _)) = types::child(kind) {
        return parent.path(parent.parent_name(full_name));
    }
    match (types::by_name(kind), types::by_folder_type(kind)) {
        (Some(kind), _) => kind.content_path(full_name).unwrap_or_else(|| kind.path(full_name)),
        (None, Some(kind)) => format!("{}/{full_name}", kind.directory),
        (None, None) => full_name.to_owned(),
    }
}

/// One `FileProperties`, in the WSDL's order.
pub(crate) fn properties(
    world: &World,
    kind: &str,
    file_name: &str,
    full_name: &str,
    entry: &Entry,
) -> Value {
    let first = || world.users.first().map(|user| user.id.clone());
    let [created, modified] = entry.written.clone().map_or_else(
        || [(first(), world.born), (first(), world.born)],
        |written| written.map(|(user, at)| (Some(user), at)),
    );
    let id = |user: &Option<Id>| user.as_ref().map(Id::to_string).unwrap_or_default();
    let name = |user: &Option<Id>| {
        user.as_ref().and_then(|user| world.user(user)).map(User::name).unwrap_or_default()
    };
    json!({
        "createdById": id(&created.0),
        "createdByName": name(&created.0),
        "createdDate": soap_time(created.1),
        "fileName": file_name,
        "fullName": full_name,
        "id": entry.id,
        "lastModifiedById": id(&modified.0),
        "lastModifiedByName": name(&modified.0),
        "lastModifiedDate": soap_time(modified.1),
        "manageableState": entry.state,
        "namespacePrefix": entry.namespace,
        "type": kind,
    })
}
