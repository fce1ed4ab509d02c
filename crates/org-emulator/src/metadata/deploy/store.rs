//! Components of any type: checked as far as every type can be, and kept whole.

use std::collections::BTreeMap;

use super::super::schema::{self, Problem};
use super::super::types::MetadataType;
use super::super::{tree, types};
use super::bundle::Component;
use super::manifest::Manifest;
use super::message::Outcome;
use super::part::{Applied, Part};
use super::{checks, rows};
use crate::clock::Millis;
use crate::guesses::Guesses;
use crate::ids::Id;
use crate::soap;
use crate::soap::xml::Element;
use crate::world::World;
use crate::world::stored::{Content, StoredComponent};

/// Who writes, when, and by which rules.
#[derive(Debug, Clone)]
pub(crate) struct Author {
    pub(crate) user: Id,
    pub(crate) now: Millis,
    pub(crate) guesses: Guesses,
}

/// Something to be kept.
pub(crate) struct Wanted<'w> {
    pub(crate) type_name: &'static str,
    pub(crate) full_name: &'w str,
    /// What describes it.
    pub(crate) root: Option<&'w Element>,
    /// Its other files.
    pub(crate) files: BTreeMap<String, Content>,
}

impl<'w> Wanted<'w> {
    /// A component without files.
    fn of(type_name: &'static str, full_name: &'w str, root: &'w Element) -> Self {
        Self { type_name, full_name, root: Some(root), files: BTreeMap::new() }
    }
}

/// Puts a component, and those of its file that the manifest names, into the world.
pub(super) fn file(
    world: &mut World,
    author: &Author,
    component: &Component<'_>,
    manifest: &Manifest,
) -> Vec<Part> {
    let (type_name, name) = (component.type_name, component.name.as_str());
    let alone = |result: Result<_, _>| vec![Part::of(type_name, name, Outcome::from(result))];
    let files = component.files.iter();
    let files = files.map(|(path, content)| ((*path).to_owned(), Content::of(content))).collect();
    match description(component) {
        Ok(Some(root)) if !component.kind.children.is_empty() => {
            let named = |kind: &str, name: &str| manifest.names(kind, name);
            divided(world, author, component.kind, name, &root, &named)
        }
        Ok(root) => {
            let wanted = Wanted { type_name, full_name: name, root: root.as_ref(), files };
            alone(put(world, author, wanted))
        }
        Err(problem) => alone(Err(problem)),
    }
}

/// Puts into the world what is wanted of a component and of those that live in its file.
pub(super) fn divided(
    world: &mut World,
    author: &Author,
    kind: &'static MetadataType,
    name: &str,
    root: &Element,
    named: &dyn Fn(&str, &str) -> bool,
) -> Vec<Part> {
    let child_of = |element: &Element| kind.children.iter().find(|it| it.element == element.name);
    let whole = named(kind.name, name);
    let mut parts = Vec::new();
    if whole {
        let mut own = root.clone();
        own.children.retain(|element| child_of(element).is_none());
        let result = put(world, author, Wanted::of(kind.name, name, &own));
        parts.push(Part::of(kind.name, name, result.into()));
    }
    for element in &root.children {
        let Some(child) = child_of(element) else { continue };
        let short = element.value("fullName").or(element.value("name")).unwrap_or("null");
        let full_name = kind.child_name(name, short);
        if whole || named(child.name, &full_name) {
            let result = put(world, author, Wanted::of(child.name, &full_name, element));
            parts.push(Part::of(child.name, &full_name, result.into()));
        }
    }
    parts
}

/// Reads and checks the file that describes a component; directories have none of their own.
fn description(component: &Component<'_>) -> Result<Option<Element>, Problem> {
    let described: &[u8] = match (&component.meta, component.content) {
        (Some((_, meta)), _) => meta,
        (None, _) if component.kind.meta_file() && !component.files.is_empty() => {
            let path = &component.path;
            let message = format!("{path}-meta.xml was not found in zipped directory");
            return Err(Problem::whole(message));
        }
        (None, _) if !component.files.is_empty() => {
            return check_pieces(component).map(|()| None);
        }
        (None, content) => content,
    };
    let root = super::parse(described)?;
    check_root(&root, component.type_name)?;
    Ok(Some(root))
}

/// The descriptions in a directory are of the directory's type.
fn check_pieces(component: &Component<'_>) -> Result<(), Problem> {
    let described = component.files.iter().filter(|(path, _)| path.ends_with("-meta.xml"));
    for (_, content) in described {
        check_root(&super::parse(content)?, component.type_name)?;
    }
    Ok(())
}

/// Checks a root element and the order of what is in it.
fn check_root(root: &Element, type_name: &str) -> Result<(), Problem> {
    let fits = match type_name {
        // Each file of settings is of a type of its own.
        "Settings" => root.name.ends_with("Settings"),
        name => root.name == name,
    };
    if !fits || root.namespace != soap::METADATA {
        return Err(schema::unexpected_root(root, type_name));
    }
    schema::check_order(root, &root.name)
}

/// Checks a component and keeps it.
pub(crate) fn put(
    world: &mut World,
    author: &Author,
    wanted: Wanted<'_>,
) -> Result<Applied, Problem> {
    let Wanted { type_name, full_name, root, files } = wanted;
    let root = root.map(tree::normal);
    let at = root.as_ref().map(|root| root.at);
    checks::check(world, author.guesses, type_name, full_name, root.as_ref())
        .map_err(|problem| Problem { at: problem.at.or(at), ..problem })?;
    let description = root.as_ref().map_or_else(String::new, |root| {
        let name = if types::child(type_name).is_some() { type_name } else { &root.name };
        tree::file(name, |xml| tree::content(xml, root))
    });
    let known = world.stored.find(type_name, full_name).cloned();
    if let Some(known) = &known
        && known.description == description
        && known.files == files
    {
        return Ok(Applied { id: known.id.clone(), created: false, changed: false });
    }
    let (id, created) = rows::enter(world, type_name, full_name, root.as_ref());
    world.components.retain(|one| one.id != id);
    let (created_by_id, created_date) = known.as_ref().map_or_else(
        || (author.user.clone(), author.now),
        |known| (known.created_by_id.clone(), known.created_date),
    );
    let component = StoredComponent {
        id: id.clone(),
        full_name: known.as_ref().map_or(full_name, |known| &known.full_name).to_owned(),
        description,
        files,
        created_by_id,
        created_date,
        last_modified_by_id: author.user.clone(),
        last_modified_date: author.now,
    };
    world.stored.put(type_name, component);
    Ok(Applied { id, created, changed: true })
}
