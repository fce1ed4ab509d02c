//! A configuration that was read, and the way back to its places.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::definitions::SetupFile;
use crate::model::{Desired, Diagnostic, Excerpt, ItemKey, Place, Source};

use super::hash::hash;
use super::tree::{Entry, Node, Table, Value, join};

/// What names the definition's file.
const DEFINITION: &str = "call_center.definition";

/// A configuration without mistakes.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// What is wanted.
    pub desired: Desired,
    /// Whether the org is protected like a production org.
    pub protected: bool,
    /// Where people log in to the org.
    pub login: Option<String>,
    /// Base URL of the org's APIs.
    pub instance_url: Option<String>,
    /// What of the configuration set an item of the call center.
    pub origins: BTreeMap<ItemKey, Origin>,
    /// Every value by its key path without `orgs.ALIAS`: `users.profiles[0]`.
    pub places: BTreeMap<String, Origin>,
    /// Stands for what is wanted: equal for equal wishes, in any build.
    pub hash: String,
    /// Oddities that may be meant so.
    pub warnings: Vec<Diagnostic>,
    /// The configuration's text.
    pub source: Source,
    /// The definition's file, where it comes from one.
    pub definition_file: Option<DefinitionFile>,
}

/// Where something was said in a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Its key path in the file, `orgs.ALIAS` included.
    pub path: String,
    /// Bytes of the key.
    pub key_span: Range<usize>,
    /// Bytes of the value.
    pub span: Range<usize>,
}

impl Origin {
    pub(super) fn of(entry: &Entry) -> Self {
        Self {
            path: entry.path.clone(),
            key_span: entry.key_span.clone(),
            span: entry.node.span.clone(),
        }
    }
}

/// The file that a definition comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionFile {
    /// Its text, by the name that the configuration gives it.
    pub source: Source,
    /// Bytes of each item.
    pub spans: BTreeMap<ItemKey, Range<usize>>,
}

impl DefinitionFile {
    pub(super) fn new(name: &str, file: &SetupFile) -> Self {
        Self { source: Source::new(name, &file.text), spans: file.spans.clone() }
    }
}

impl Loaded {
    /// The same file where something else is wanted than it says: nothing of that has a line in it.
    #[must_use]
    pub fn wanting(self, desired: Desired) -> Self {
        Self {
            hash: hash(&desired),
            desired,
            origins: BTreeMap::new(),
            places: BTreeMap::new(),
            warnings: Vec::new(),
            definition_file: None,
            ..self
        }
    }

    /// The same at the line that it is about: that of the configured value, or else the one that
    /// names the definition's file, with the item in it. What is about no value is about the file.
    pub fn locate(&self, said: Diagnostic) -> Diagnostic {
        let (place, related) = (&said.place, &said.related);
        let in_file = |place: &Place| match place {
            Place::Item(item) => self.in_definition(item),
            Place::Key(_) | Place::File(_) => None,
        };
        let (at, beside) = match place {
            Some(place) => match (self.excerpt(place), in_file(place)) {
                (Some(excerpt), _) => (Some(excerpt), None),
                (None, Some(item)) => (self.at_key(DEFINITION), Some(item)),
                (None, None) => (None, None),
            },
            None => (None, None),
        };
        let span = at.as_ref().and_then(|at| at.span.clone());
        let also = related.iter().filter_map(|place| self.excerpt(place));
        // What is at the same place, or beside no place, would be drawn twice, or alone.
        let also = also.filter(|also| span.is_some() && also.span != span);
        let related = also.chain(beside).map(Place::File).collect();
        let at = at.unwrap_or_else(|| Excerpt::new(&self.source, None, ""));
        let mut said = said.at(Place::File(at));
        said.related = related;
        said
    }

    /// Where a place is in the configuration.
    pub fn excerpt(&self, place: &Place) -> Option<Excerpt> {
        match place {
            Place::Item(item) => self.origins.get(item).map(|origin| self.at_origin(origin)),
            Place::Key(path) => self.at_key(path),
            Place::File(excerpt) => Some(excerpt.clone()),
        }
    }

    /// Where a value is, by its key path. Values of an org's own table are known by the path that
    /// they override, and by their whole one.
    fn at_key(&self, path: &str) -> Option<Excerpt> {
        let path = match path.strip_prefix("orgs.") {
            Some(rest) => rest.split_once('.').map_or(rest, |(_, path)| path),
            None => path,
        };
        self.places.get(path).map(|origin| self.at_origin(origin))
    }

    fn at_origin(&self, origin: &Origin) -> Excerpt {
        Excerpt::new(&self.source, Some(origin.span.clone()), &origin.path)
    }

    /// Where an item is in the definition's file.
    fn in_definition(&self, item: &ItemKey) -> Option<Excerpt> {
        let file = self.definition_file.as_ref()?;
        let span = file.spans.get(item)?;
        Some(Excerpt::new(&file.source, Some(span.clone()), item.to_string()))
    }
}

/// Every value of a tree by its path.
pub(super) fn places(table: &Table) -> BTreeMap<String, Origin> {
    let mut places = BTreeMap::new();
    walk(table, "", &mut places);
    places
}

fn walk(table: &Table, path: &str, places: &mut BTreeMap<String, Origin>) {
    for (key, entry) in &table.entries {
        let path = join(path, key);
        places.insert(path.clone(), Origin::of(entry));
        walk_node(&entry.node, entry, &path, places);
    }
}

fn walk_node(node: &Node, entry: &Entry, path: &str, places: &mut BTreeMap<String, Origin>) {
    match &node.value {
        Value::Table(table) => walk(table, path, places),
        Value::Array(nodes) => {
            for (index, node) in nodes.iter().enumerate() {
                let path = format!("{path}[{index}]");
                let origin = Origin {
                    path: format!("{}[{index}]", entry.path),
                    key_span: entry.key_span.clone(),
                    span: node.span.clone(),
                };
                places.insert(path.clone(), origin);
                walk_node(node, entry, &path, places);
            }
        }
        Value::Text(_)
        | Value::Integer(_)
        | Value::Boolean(_)
        | Value::Date(_)
        | Value::Other(_) => {}
    }
}
