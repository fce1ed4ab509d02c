//! What `provision emulator` says when it serves.

use serde_json::Value;

use super::Screen;
use super::paint::{BOLD, CYAN, paint};
use super::text::{clean, wrapped};

/// The announcement for people: where it is, which orgs it has, and how to try it.
pub fn render_emulator(announcement: &Value, screen: Screen) -> String {
    let text = |value: &Value| clean(value.as_str().unwrap_or_default());
    let none = Vec::new();
    let orgs = announcement["orgs"].as_array().unwrap_or(&none);
    let serves = paint(BOLD, "The org emulator is running at");
    let at = paint(CYAN, &text(&announcement["url"]));
    let mut out = wrapped("", &format!("{serves} {at}"), 2, screen);
    let authority = text(&announcement["ca_certificate"]);
    if !authority.is_empty() {
        let told = format!("{authority} (clients must trust it)");
        out.push_str(&wrapped("  authority      ", &told, 17, screen));
    }
    for (number, org) in (1..).zip(orgs) {
        out.push('\n');
        let name = paint(BOLD, &text(&org["name"]));
        let (kind, id) = (text(&org["kind"]), text(&org["org_id"]));
        out.push_str(&wrapped("", &format!("{name} ({kind}, {id})"), 2, screen));
        let administrator = &org["users"][0];
        let lead = "  administrator  ";
        out.push_str(&wrapped(lead, &text(&administrator["username"]), 17, screen));
        let version = text(&org["package_version_id"]);
        if !version.is_empty() {
            let told = format!("{version} (`version` under [package] of provision.toml)");
            out.push_str(&wrapped("  package        ", &told, 17, screen));
        }
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
            " status\n",
        ]);
        out.push_str("  or log in:\n    ");
        if !authority.is_empty() {
            out.extend(["SSL_CERT_FILE='", &authority, "' "]);
        }
        let alias =
            format!("emulated{}", if orgs.len() > 1 { number.to_string() } else { String::new() });
        out.extend([
            "provision login ",
            &alias,
            " --login-url ",
            &address,
            " --client-id PlatformCLI\n",
        ]);
    }
    out.push('\n');
    out.push_str(&wrapped(
        "",
        "Its orgs live in memory only; nothing leaves this machine. Press Ctrl-C to stop it.",
        0,
        screen,
    ));
    out
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use serde_json::json;

    use super::*;
    use crate::view::samples::plain;

    #[test]
    fn a_narrow_terminal_breaks_only_what_is_to_be_copied() {
        let announced = json!({
            "url": "http://127.0.0.1:8080",
            "orgs": [{
                "org_id": "00D000000000001AAA", "name": "Grüne Bäckerei 東京", "kind": "sandbox",
                "instance_url": "http://127.0.0.1:8080",
                "package_version_id": "04tHp000000wXcZIAU",
                "users": [{ "username": "ada@example.com", "access_token": "00D!x" }]
            }]
        });
        assert_snapshot!(plain(&render_emulator(&announced, Screen::new(40, true))), @"
        The org emulator is running at
          http://127.0.0.1:8080

        Grüne Bäckerei 東京 (sandbox,
          00D000000000001AAA)
          administrator  ada@example.com
          package        04tHp000000wXcZIAU
                         (`version` under
                         [package] of
                         provision.toml)
          try it:
            PROVISION_ACCESS_TOKEN='00D!x' provision --instance-url http://127.0.0.1:8080 status
          or log in:
            provision login emulated --login-url http://127.0.0.1:8080 --client-id PlatformCLI

        Its orgs live in memory only; nothing
        leaves this machine. Press Ctrl-C to
        stop it.
        ");
        assert_snapshot!(plain(&render_emulator(&announced, Screen::new(80, true))), @"
        The org emulator is running at http://127.0.0.1:8080

        Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA)
          administrator  ada@example.com
          package        04tHp000000wXcZIAU (`version` under [package] of
                         provision.toml)
          try it:
            PROVISION_ACCESS_TOKEN='00D!x' provision --instance-url http://127.0.0.1:8080 status
          or log in:
            provision login emulated --login-url http://127.0.0.1:8080 --client-id PlatformCLI

        Its orgs live in memory only; nothing leaves this machine. Press Ctrl-C to stop
        it.
        ");
    }
}
