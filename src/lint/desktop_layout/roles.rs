//! DL002: what a layout has for whom.

use crate::model::{Severity, nearest};

use super::json::Node;
use super::{Findings, Location};

/// Roles of the present format.
const ROLES: [&str; 3] = ["agent", "supervisor", "supervisorAgent"];

/// What one role sees.
pub(super) struct Role<'a> {
    /// Its name; "agent" too where the layout knows no roles.
    pub(super) name: &'static str,
    /// Where it is.
    pub(super) pointer: String,
    pub(super) node: &'a Node,
}

/// A layout, taken apart by roles.
pub(super) struct Layout<'a> {
    pub(super) roles: Vec<Role<'a>>,
}

impl<'a> Layout<'a> {
    /// Finds the roles; none where this is no layout at all.
    pub(super) fn of(root: &'a Node, findings: &mut Findings<'_>) -> Option<Self> {
        let whole = Location { pointer: "", span: &root.span };
        if root.get("area").is_some() {
            findings.add(
                "DL002",
                Severity::Warning,
                first_key(root),
                "The layout has the format from before 2024, which knows no supervisors.",
                "Take Cisco's present file: it has `agent`, `supervisor` and `supervisorAgent`.",
            );
            let role = Role { name: "agent", pointer: String::new(), node: root };
            return Some(Self { roles: vec![role] });
        }
        let roles: Vec<_> = ROLES
            .into_iter()
            .filter_map(|name| {
                Some(Role { name, pointer: format!("/{name}"), node: root.get(name)? })
            })
            .collect();
        if roles.is_empty() {
            findings.add(
                "DL002",
                Severity::Error,
                Some(Location { span: &(whole.span.start..whole.span.start + 1), ..whole }),
                "This is no desktop layout: it has none of `agent`, `supervisor` and \
                 `supervisorAgent`.",
                "Take Cisco's desktop layout for Salesforce; a piece of one does not do.",
            );
            return None;
        }
        for name in ROLES {
            if root.get(name).is_none() {
                findings.add(
                    "DL002",
                    Severity::Warning,
                    first_key(root),
                    format!("The layout has nothing for `{name}`."),
                    "Those who sign in in that role get the tenant's own layout, or an error.",
                );
            }
        }
        for member in root.members() {
            if !ROLES.contains(&member.name.as_str()) {
                let help = match nearest(&member.name, ROLES) {
                    Some(meant) => {
                        format!("Did you mean `{meant}`? Small and capital letters count.")
                    }
                    None => "The Agent Desktop knows `agent`, `supervisor` and `supervisorAgent`."
                        .to_owned(),
                };
                findings.add(
                    "DL002",
                    Severity::Warning,
                    Some(Location { pointer: "", span: &member.name_span }),
                    format!("`{}` is no role.", member.name),
                    &help,
                );
            }
        }
        for role in &roles {
            if role.node.get("area").is_none() {
                findings.add(
                    "DL002",
                    Severity::Error,
                    Some(Location { pointer: &role.pointer, span: &role.node.span }),
                    format!("`{}` has no `area`, which holds everything that is shown.", role.name),
                    "",
                );
            }
        }
        Some(Self { roles })
    }
}

fn first_key(root: &Node) -> Option<Location<'_>> {
    root.members().first().map(|member| Location { pointer: "", span: &member.name_span })
}
