//! A configuration that was read, and the way back to its places.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::definitions::SetupFile;
use crate::model::{Also, Desired, Excerpt, Finding, ItemKey, Position, Severity, Source};

use super::mistake::Mistake;
use super::picture::Picture;
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
    pub warnings: Vec<Mistake>,
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
    /// Where a finding is, with the name of the file: the configured value that it is about, or the
    /// item in the definition's file.
    pub fn place_of(&self, finding: &Finding) -> Option<(&str, Position)> {
        let at = finding.at.as_ref()?;
        if let Some(origin) = self.origins.get(at) {
            return Some((&self.source.name, self.source.position(origin.span.start)));
        }
        let file = self.definition_file.as_ref()?;
        let span = file.spans.get(at)?;
        Some((&file.source.name, file.source.position(span.start)))
    }

    /// A finding of a rule with the line it is about: that of the configured value, or else the one
    /// that names the definition's file, with the item in it.
    pub fn picture(&self, finding: &Finding) -> Picture {
        let mut picture = Picture::new(finding.severity, &finding.message);
        picture.rule = Some(finding.rule);
        picture.helps.extend(finding.help.clone());
        let origin = finding.at.as_ref().and_then(|at| self.origins.get(at));
        let in_file = self.definition_file.as_ref().and_then(|file| {
            let span = file.spans.get(finding.at.as_ref()?)?;
            Some((file.source.clone(), span.clone()))
        });
        if let Some(origin) = origin {
            picture.span = Some(origin.span.clone());
        } else if in_file.is_some() {
            picture.span = self.span_of(DEFINITION);
            picture.elsewhere = in_file;
        }
        let also = match &finding.also {
            Some(Also::Item(item)) => self.origins.get(item).map(|origin| origin.span.clone()),
            Some(Also::Key(key)) => self.span_of(key),
            None => None,
        };
        if picture.span.is_some() && picture.span != also {
            picture.related = also.map(|span| (span, String::new()));
        }
        picture
    }

    /// A warning with its place, in one line.
    pub fn sentence(&self, warning: &Mistake) -> String {
        let start = warning.span.as_ref().map_or(0, |span| span.start);
        let Position { line, column } = self.source.position(start);
        format!("{}:{line}:{column}: {}", self.source.name, warning.message)
    }

    /// Something that is wrong with a value, found by whoever knows the org: a profile that the
    /// org lacks, at `users.profiles[0]`.
    pub fn picture_at(&self, excerpt: &Excerpt, message: &str, help: Option<&str>) -> Picture {
        let mut picture = Picture::new(Severity::Error, message);
        picture.helps.extend(help.map(str::to_owned));
        picture.span = excerpt.span.clone();
        picture
    }

    /// Where a value is, by its key path: that of a value of an org's own table is the path that it
    /// overrides, or the whole one.
    pub fn excerpt(&self, path: &str) -> Option<Excerpt> {
        let path = match path.strip_prefix("orgs.") {
            Some(rest) => rest.split_once('.').map_or(rest, |(_, path)| path),
            None => path,
        };
        let origin = self.places.get(path)?;
        Some(Excerpt::new(&self.source, Some(origin.span.clone()), &origin.path))
    }

    /// The key path of what a finding is about, as the file has it; empty where it is about no
    /// value of the configuration.
    pub fn path_of(&self, finding: &Finding) -> &str {
        let origin = finding.at.as_ref().and_then(|at| self.origins.get(at));
        let file = || self.definition_file.as_ref().and_then(|_| self.places.get(DEFINITION));
        origin.or_else(file).map_or("", |origin| &origin.path)
    }

    fn span_of(&self, path: &str) -> Option<Range<usize>> {
        self.places.get(path).map(|origin| origin.span.clone())
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
        Value::Text(_) | Value::Integer(_) | Value::Boolean(_) | Value::Other(_) => {}
    }
}
