//! DL003, DL008, DL009 and DL011: the connector in each role.

use crate::model::Severity;

use super::json::{Node, Value, child_pointer};
use super::roles::{Layout, Role};
use super::{Findings, Location};

/// The component that Salesforce's connector is.
const COMPONENT: &str = "agentx-custom-desktop";
const FLAG: &str = "isSFDCWidgetEnabled";
const LIBRARIES: &str = "openctiLibPath";
const LIBRARY: &str = "nameOfOpenCtiFileName";

/// A component of the connector.
pub(super) struct Widget<'a> {
    pub(super) pointer: String,
    pub(super) node: &'a Node,
}

impl<'a> Widget<'a> {
    pub(super) fn attribute(&self, name: &str) -> Option<(String, &'a Node)> {
        let node = self.node.get("attributes")?.get(name)?;
        Some((child_pointer(&child_pointer(&self.pointer, "attributes"), name), node))
    }
}

/// The part without a face that ties the Agent Desktop to Salesforce.
pub(super) fn bridge<'a>(role: &Role<'a>) -> Option<Widget<'a>> {
    let widgets = role.node.get("area")?.get("headless")?.get("widgets")?;
    let pointer = format!("{}/area/headless/widgets", role.pointer);
    widgets
        .members()
        .iter()
        .find(|member| is_connector(&member.node))
        .map(|member| Widget { pointer: child_pointer(&pointer, &member.name), node: &member.node })
}

/// Components of the connector among what is shown.
fn connector_widgets<'a>(role: &Role<'a>) -> Vec<Widget<'a>> {
    let mut widgets = Vec::new();
    if let Some(panel) = role.node.get("area").and_then(|area| area.get("panel")) {
        collect(panel, format!("{}/area/panel", role.pointer), &mut widgets);
    }
    widgets
}

fn collect<'a>(node: &'a Node, pointer: String, widgets: &mut Vec<Widget<'a>>) {
    for (index, child) in node.list().iter().enumerate() {
        collect(child, format!("{pointer}/{index}"), widgets);
    }
    for member in node.members() {
        collect(&member.node, child_pointer(&pointer, &member.name), widgets);
    }
    if is_connector(node) {
        widgets.push(Widget { pointer, node });
    }
}

fn is_connector(node: &Node) -> bool {
    node.get("comp").and_then(Node::text) == Some(COMPONENT)
}

pub(super) fn check(layout: &Layout<'_>, findings: &mut Findings<'_>) {
    for role in &layout.roles {
        let widgets = connector_widgets(role);
        let bridge = bridge(role);
        // Cisco gives supervisors who take no calls neither.
        if role.name == "supervisor" && bridge.is_none() && widgets.is_empty() {
            continue;
        }
        match &bridge {
            Some(bridge) => check_bridge(bridge, findings),
            None => report_missing_bridge(role, findings),
        }
        for widget in &widgets {
            check_flag(widget, "true", findings);
        }
        if widgets.is_empty() {
            findings.add(
                "DL011",
                Severity::Info,
                Some(Location { pointer: &role.pointer, span: &name_span(role) }),
                format!("`{}` has no Salesforce Actions widget.", role.name),
                "Live notes, and associating records with a call, need it.",
            );
        }
    }
}

fn report_missing_bridge(role: &Role<'_>, findings: &mut Findings<'_>) {
    findings.add(
        "DL003",
        if role.name == "agent" { Severity::Error } else { Severity::Warning },
        Some(Location { pointer: &role.pointer, span: &name_span(role) }),
        format!(
            "`{}` has no component `{COMPONENT}` under `area.headless.widgets`: without it \
             nothing ties the Agent Desktop to Salesforce.",
            role.name
        ),
        "Take it over from Cisco's desktop layout for Salesforce.",
    );
}

/// The first letter of what a role holds, which is less to draw than the whole.
fn name_span(role: &Role<'_>) -> std::ops::Range<usize> {
    role.node.span.start..role.node.span.start + 1
}

fn check_bridge(bridge: &Widget<'_>, findings: &mut Findings<'_>) {
    check_flag(bridge, "false", findings);
    let libraries = bridge.attribute(LIBRARIES);
    let library = bridge.attribute(LIBRARY);
    let (Some((_, libraries)), Some((pointer, library))) = (libraries, library) else {
        findings.add(
            "DL008",
            Severity::Error,
            Some(Location {
                pointer: &bridge.pointer,
                span: &(bridge.node.span.start..bridge.node.span.start + 1),
            }),
            format!("The connector needs the attributes `{LIBRARIES}` and `{LIBRARY}`."),
            "Take them over from Cisco's desktop layout for Salesforce.",
        );
        return;
    };
    let (Some(paths), Some(name)) = (libraries.text(), library.text()) else { return };
    let is_there = paths.split(',').any(|path| path.trim().rsplit('/').next() == Some(name));
    if !is_there {
        findings.add_beside(
            "DL008",
            Severity::Error,
            Some(Location { pointer: &pointer, span: &library.span }),
            Some(&libraries.span),
            format!("`{LIBRARY}` is `{name}`, which is not among the files of `{LIBRARIES}`."),
            "Leave both as Cisco published them.",
        );
    }
}

/// The flag tells the part without a face from the widget that agents see.
fn check_flag(widget: &Widget<'_>, wanted: &str, findings: &mut Findings<'_>) {
    let Some((pointer, node)) = widget.attribute(FLAG) else { return };
    let at = Some(Location { pointer: &pointer, span: &node.span });
    let found = match &node.value {
        Value::Text(text) => text.as_str(),
        Value::Boolean(true) => "true",
        Value::Boolean(false) => "false",
        _ => "something else",
    };
    if found != wanted {
        let message = if wanted == "false" {
            format!("`{FLAG}` of the headless component must be \"false\".")
        } else {
            format!("`{FLAG}` of the Salesforce Actions widget must be \"true\".")
        };
        let help = "To do without the Actions widget, remove its tab and its tab panel instead.";
        findings.add("DL009", Severity::Error, at, message, help);
    } else if node.text().is_none() {
        let message = format!("`{FLAG}` is `{found}`, but must be text: \"{found}\".");
        findings.add("DL009", Severity::Warning, at, message, "Put it into quotation marks.");
    }
}
