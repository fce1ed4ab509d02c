//! DL004, DL010, DL012, DL014 and DL016: what holds anywhere in a layout.

use std::collections::BTreeMap;

use crate::model::{Severity, nearest};

use super::json::{Node, child_pointer};
use super::{Findings, Location};

/// Roots of what the Agent Desktop tells its widgets.
const STORES: [&str; 5] = ["agent", "agentContact", "app", "auth", "page"];

/// Goes through everything.
pub(super) fn check(root: &Node, findings: &mut Findings<'_>) {
    visit(root, "", findings);
}

fn visit(node: &Node, pointer: &str, findings: &mut Findings<'_>) {
    let at = Location { pointer, span: &node.span };
    if let Some(text) = node.text() {
        check_text(text, at, findings);
    }
    check_duplicates(node, pointer, findings);
    if node.get("comp").and_then(Node::text) == Some("md-tabs") {
        check_tabs(node, pointer, findings);
    }
    check_flex(node, pointer, findings);
    for (index, child) in node.list().iter().enumerate() {
        visit(child, &format!("{pointer}/{index}"), findings);
    }
    for member in node.members() {
        visit(&member.node, &child_pointer(pointer, &member.name), findings);
    }
}

/// Whether a text only holds the place until somebody puts a value there.
pub(super) fn is_placeholder(text: &str) -> bool {
    text.trim()
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
        .is_some_and(|inner| !inner.is_empty() && !inner.contains(['<', '>', '/']))
}

fn check_text(text: &str, at: Location<'_>, findings: &mut Findings<'_>) {
    if is_placeholder(text) {
        findings.add(
            "DL004",
            Severity::Warning,
            Some(at),
            format!("The placeholder `{}` is still there.", text.trim()),
            "Put the value in its place: a number as \"+14085550100\", or \"\" for the tenant's \
             default.",
        );
    }
    if let Some(path) = text.strip_prefix("$STORE.") {
        let root = path.split('.').next().unwrap_or_default();
        if !STORES.contains(&root) {
            let help = match nearest(root, STORES) {
                Some(meant) => format!("Did you mean `$STORE.{meant}`?"),
                None => format!("Cisco's layouts use {}.", STORES.join(", ")),
            };
            let message = format!("`$STORE.{root}` is not among what Cisco's layouts use.");
            findings.add("DL012", Severity::Info, Some(at), message, &help);
        }
    }
}

fn check_duplicates(node: &Node, pointer: &str, findings: &mut Findings<'_>) {
    let mut seen = BTreeMap::new();
    for member in node.members() {
        if let Some(earlier) = seen.insert(&member.name, &member.name_span) {
            findings.add_beside(
                "DL016",
                Severity::Warning,
                Some(Location {
                    pointer: &child_pointer(pointer, &member.name),
                    span: &member.name_span,
                }),
                Some(earlier),
                format!("The key `{}` is there twice; the second one holds.", member.name),
                "Remove one of the two.",
            );
        }
    }
}

/// Each tab has its panel right behind it.
fn check_tabs(node: &Node, pointer: &str, findings: &mut Findings<'_>) {
    const PAIR: [&str; 2] = ["md-tab", "md-tab-panel"];
    let Some(children) = node.get("children") else { return };
    let comps: Vec<_> = children
        .list()
        .iter()
        .map(|child| child.get("comp").and_then(Node::text).unwrap_or_default())
        .collect();
    let wrong = comps.iter().enumerate().find(|(index, comp)| **comp != PAIR[index % 2]);
    let odd = (comps.len() % 2 == 1).then(|| comps.len() - 1);
    let Some(index) = wrong.map(|(index, _)| index).or(odd) else { return };
    let child = &children.list()[index];
    let span = child.get("comp").map_or(&child.span, |comp| &comp.span);
    findings.add(
        "DL010",
        Severity::Error,
        Some(Location { pointer: &format!("{pointer}/children/{index}"), span }),
        "Tabs and tab panels do not alternate here.",
        "Behind each `md-tab` stands its `md-tab-panel`; remove or add both together.",
    );
}

/// Pages that flow need the size of each of their widgets.
fn check_flex(node: &Node, pointer: &str, findings: &mut Findings<'_>) {
    let is_flex = node.get("useFlexLayout").is_some_and(|flag| {
        flag.value == super::json::Value::Boolean(true) || flag.text() == Some("true")
    });
    let Some(widgets) = node.get("widgets").filter(|_| is_flex) else { return };
    for member in widgets.members() {
        let missing: Vec<_> = ["width", "height"]
            .into_iter()
            .filter(|key| member.node.get(key).is_none())
            .map(|key| format!("`{key}`"))
            .collect();
        if !missing.is_empty() {
            findings.add(
                "DL014",
                Severity::Warning,
                Some(Location {
                    pointer: &child_pointer(&child_pointer(pointer, "widgets"), &member.name),
                    span: &member.name_span,
                }),
                format!(
                    "The widget `{}` has no {}, which a page with `useFlexLayout` needs.",
                    member.name,
                    missing.join(" and no ")
                ),
                "",
            );
        }
    }
}
