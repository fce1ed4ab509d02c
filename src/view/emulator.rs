//! What `provision emulator` says when it serves.

use serde_json::Value;

use super::Look;
use super::paint::{BOLD, CYAN, paint};
use super::text::{clean, wrapped};

/// The announcement for people: where it is, which orgs it has, and how to try it.
pub fn serving(announcement: &Value, look: Look) -> String {
    let text = |value: &Value| clean(value.as_str().unwrap_or_default());
    let none = Vec::new();
    let orgs = announcement["orgs"].as_array().unwrap_or(&none);
    let mut out = format!(
        "{} {}\n",
        paint(BOLD, "The org emulator serves at"),
        paint(CYAN, &text(&announcement["url"]))
    );
    let authority = text(&announcement["ca_certificate"]);
    if !authority.is_empty() {
        let told = format!("{authority} (clients have to trust it)");
        out.push_str(&wrapped("  authority      ", &told, 17, look.width));
    }
    for org in orgs {
        out.push('\n');
        let name = paint(BOLD, &text(&org["name"]));
        let (kind, id) = (text(&org["kind"]), text(&org["org_id"]));
        out.extend([&name, " (", &kind, ", ", &id, ")\n"]);
        let administrator = &org["users"][0];
        let lead = "  administrator  ";
        out.push_str(&wrapped(lead, &text(&administrator["username"]), 17, look.width));
        out.push_str("  try it:\n");
        // One line whatever the width: it is there to be copied.
        let token = text(&administrator["access_token"]);
        let address = text(&org["instance_url"]);
        out.push_str("    ");
        if !authority.is_empty() {
            out.extend(["SSL_CERT_FILE='", &authority, "' "]);
        }
        out.extend([
            "PROVISION_ACCESS_TOKEN='",
            &token,
            "' provision --instance-url ",
            &address,
            " plan\n",
        ]);
    }
    out.push('\n');
    out.push_str(&wrapped(
        "",
        "Its orgs live in memory and nothing leaves this machine. Ctrl-C ends it.",
        0,
        look.width,
    ));
    out
}
