//! Reads the format that Setup imports: `<callCenter><section><item>`.
//!
//! Both generations use it; the newer one adds the Metadata API's namespace, although the Metadata
//! API's own `CallCenter` is another format. Order is `sortOrder`'s, labels and values are kept to
//! the letter, and items may have the same name in different sections.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use roxmltree::{Document, Node, ParsingOptions};

use crate::model::{CallCenter, Definition, Item, ItemKey, Section};

use super::SetupMistake;
use super::setup_text::{RAW_LINK, decode, not_xml};
use super::templates;

/// The largest file that is read; Cisco's have less than 10 kB.
pub const MAX_SIZE: usize = 1024 * 1024;
const MAX_NODES: u32 = 50_000;

const INTERNAL_NAME: &str = "reqInternalName";
const DISPLAY_NAME: &str = "reqDisplayName";

/// A definition file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupFile {
    /// The text that the spans are about.
    pub text: String,
    /// The call center, with the file's values.
    pub call_center: CallCenter,
    /// Where each item is, the internal and the display name included.
    pub spans: BTreeMap<ItemKey, Range<usize>>,
    /// Oddities that do not keep the file from being used.
    pub notes: Vec<Note>,
}

/// An oddity of a definition file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What was found: whole sentences.
    pub message: String,
    /// Bytes of the file that it is about.
    pub span: Range<usize>,
}

impl SetupFile {
    /// Reads a file, or tells everything that is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<SetupMistake>> {
        let text = decode(bytes).map_err(|mistake| vec![mistake])?;
        let options = ParsingOptions {
            allow_dtd: false,
            nodes_limit: MAX_NODES,
            ..ParsingOptions::default()
        };
        let document = Document::parse_with_options(&text, options)
            .map_err(|error| vec![not_xml(&text, &error)])?;
        let mut reader = Reader::default();
        let call_center = reader.call_center(document.root_element());
        let Reader { mistakes, spans, notes } = reader;
        match call_center {
            Some(call_center) if mistakes.is_empty() => {
                Ok(Self { text: text.clone(), call_center, spans, notes })
            }
            _ => Err(mistakes),
        }
    }

    /// The definition, with typed settings for the items that a data file knows.
    pub fn define(&self, name: &str) -> Definition {
        let known = |template: &&super::Template| template.count_items_in(&self.call_center);
        // Of versions that know equally many of its items, the newest, which comes first.
        match templates().iter().rev().max_by_key(known) {
            Some(template) => template.define(name, self.call_center.clone()),
            None => Definition {
                name: name.to_owned(),
                call_center: self.call_center.clone(),
                settings: Vec::new(),
            },
        }
    }
}

#[derive(Default)]
struct Reader {
    mistakes: Vec<SetupMistake>,
    spans: BTreeMap<ItemKey, Range<usize>>,
    notes: Vec<Note>,
}

/// An item before the two names are told from the rest.
struct ReadItem {
    item: Item,
    span: Range<usize>,
}

impl Reader {
    fn call_center(&mut self, root: Node<'_, '_>) -> Option<CallCenter> {
        self.check_root(root)?;
        let mut names = BTreeMap::new();
        let mut sections: Vec<Section> = Vec::new();
        for node in self.sorted(root, "section") {
            let section = self.section(node, &mut names)?;
            if sections.iter().any(|earlier| earlier.name == section.name) {
                let message = format!("The section `{}` is in the file twice.", section.name);
                self.mistakes.push(
                    SetupMistake::part(message)
                        .at(start_tag(node))
                        .help("Remove one, or give it a name of its own."),
                );
            }
            sections.push(section);
        }
        if sections.is_empty() {
            self.mistakes.push(
                SetupMistake::part("The file has a <callCenter> without any <section>.")
                    .at(start_tag(root))
                    .help("Take the whole of Cisco's file."),
            );
        }
        let [internal, display] = [INTERNAL_NAME, DISPLAY_NAME].map(|name| names.remove(name));
        if let (None, false) = (&internal, sections.is_empty()) {
            self.mistakes.push(
                SetupMistake::part(format!(
                    "The file has no item `{INTERNAL_NAME}`, which names the call center."
                ))
                .at(start_tag(root))
                .help("Take the whole of Cisco's file: its first section has this item."),
            );
        }
        let internal = internal?;
        let display = display.unwrap_or_else(|| Item {
            name: DISPLAY_NAME.to_owned(),
            label: "Display Name".to_owned(),
            value: internal.value.clone(),
        });
        Some(CallCenter {
            internal_name: internal.value.trim().to_owned(),
            internal_name_label: internal.label,
            display_name: display.value.trim().to_owned(),
            display_name_label: display.label,
            sections,
        })
    }

    fn check_root(&mut self, root: Node<'_, '_>) -> Option<()> {
        let name = root.tag_name().name();
        let mistake = match name {
            "callCenter" => return Some(()),
            "CallCenter" => SetupMistake::new(
                "This is a CallCenter of the Metadata API, not a definition that Setup imports.",
            )
            .help(format!("Definition files begin with <callCenter>, with a small c. {RAW_LINK}")),
            _ if name.eq_ignore_ascii_case("html") => super::setup_text::html_error(),
            _ => SetupMistake::new(format!(
                "The file begins with <{name}>, but a call center definition begins with \
                 <callCenter>."
            ))
            .help(RAW_LINK),
        };
        self.mistakes.push(mistake.at(start_tag(root)));
        None
    }

    fn section(
        &mut self,
        node: Node<'_, '_>,
        names: &mut BTreeMap<&'static str, Item>,
    ) -> Option<Section> {
        let name = self.attribute(node, "name")?;
        let label = node.attribute("label").unwrap_or_default().to_owned();
        let mut items: Vec<Item> = Vec::new();
        let mut seen = BTreeSet::new();
        for child in self.sorted(node, "item") {
            let Some(ReadItem { item, span }) = self.item(child) else {
                continue;
            };
            if !seen.insert(item.name.clone()) {
                let message = format!("The item `{}` is in the section `{name}` twice.", item.name);
                self.mistakes.push(
                    SetupMistake::part(message)
                        .at(span)
                        .help("Setup refuses such a file: remove one of the two."),
                );
                continue;
            }
            self.spans.insert(ItemKey::new(&name, &item.name), span);
            match item.name.as_str() {
                INTERNAL_NAME => drop(names.insert(INTERNAL_NAME, item)),
                DISPLAY_NAME => drop(names.insert(DISPLAY_NAME, item)),
                _ => items.push(item),
            }
        }
        Some(Section { name, label, items })
    }

    fn item(&mut self, node: Node<'_, '_>) -> Option<ReadItem> {
        let name = self.attribute(node, "name")?;
        if let Some(child) = node.children().find(Node::is_element) {
            let message = format!(
                "The item `{name}` holds <{}>, but items hold text only.",
                child.tag_name().name()
            );
            self.mistakes.push(
                SetupMistake::part(message)
                    .at(start_tag(child))
                    .help("Write < as &lt; and & as &amp; in values."),
            );
            return None;
        }
        // Comments split the text into several nodes.
        let value = node.children().filter(Node::is_text).filter_map(|text| text.text());
        Some(ReadItem {
            item: Item {
                name,
                label: node.attribute("label").unwrap_or_default().to_owned(),
                value: value.collect(),
            },
            span: node.range(),
        })
    }

    fn attribute(&mut self, node: Node<'_, '_>, name: &str) -> Option<String> {
        match node.attribute(name) {
            Some(value) if !value.trim().is_empty() => Some(value.to_owned()),
            _ => {
                let tag = node.tag_name().name();
                self.mistakes.push(
                    SetupMistake::part(format!("This <{tag}> has no `{name}`."))
                        .at(start_tag(node))
                        .help("Take the whole of Cisco's file."),
                );
                None
            }
        }
    }

    /// The children of that name in the order of `sortOrder`; the others are mistakes.
    fn sorted<'a, 'input>(
        &mut self,
        parent: Node<'a, 'input>,
        name: &str,
    ) -> Vec<Node<'a, 'input>> {
        let mut children = Vec::new();
        for node in parent.children().filter(Node::is_element) {
            if node.tag_name().name() == name {
                if node.attribute("sortOrder").is_none() {
                    let message = format!(
                        "This <{name}> has no `sortOrder`; Setup wants one, from 0 on without a gap."
                    );
                    self.notes.push(Note { message, span: start_tag(node) });
                }
                children.push((self.sort_order(node, children.len()), node));
            } else {
                let message = format!(
                    "<{}> does not belong into <{}>, which holds <{name}> only.",
                    node.tag_name().name(),
                    parent.tag_name().name()
                );
                self.mistakes.push(SetupMistake::part(message).at(start_tag(node)));
            }
        }
        children.sort_by_key(|(order, _)| *order);
        for (position, (order, node)) in children.iter().enumerate() {
            if *order != position {
                let message = format!(
                    "`sortOrder` is {order} where {position} follows; Setup wants them from 0 on \
                     without a gap."
                );
                self.notes.push(Note { message, span: start_tag(*node) });
                break;
            }
        }
        children.into_iter().map(|(_, node)| node).collect()
    }

    fn sort_order(&mut self, node: Node<'_, '_>, position: usize) -> usize {
        let Some(text) = node.attribute("sortOrder") else {
            return position;
        };
        text.trim().parse().unwrap_or_else(|_| {
            let message = format!("`sortOrder` is `{text}`, but must be a whole number.");
            self.mistakes.push(SetupMistake::part(message).at(start_tag(node)));
            position
        })
    }
}

/// The bytes of an element's start tag, which is what people look for.
fn start_tag(node: Node<'_, '_>) -> Range<usize> {
    let range = node.range();
    let first_child = node.first_child().map(|child| child.range().start);
    range.start..first_child.unwrap_or(range.end).max(range.start)
}
