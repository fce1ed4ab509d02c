//! Logins to Webex organizations.

use jiff::tz::TimeZone;

use super::Screen;
use super::columns::{headed, printed};
use super::logins::place;
use super::paint::{BOLD, GREEN, paint};
use super::runs::moment;
use super::text::{clean, wrapped};
use crate::login::WebexLogin;

/// As wide as the table must be to be read line by line.
const TABLE: usize = 150;

/// Which Webex organizations there are logins to.
pub fn render_webex_logins(all: &[WebexLogin], zone: &TimeZone, screen: Screen) -> String {
    if screen.width < TABLE {
        let stories: Vec<String> = all.iter().map(|login| brief(login, zone, screen)).collect();
        return stories.join("\n");
    }
    let mut table =
        headed(["ALIAS", "WEBEX ORGANIZATION", "ID", "API", "LOGIN", "SECRET", "LAST USED"]);
    for login in all {
        table.add_row([
            clean(&login.alias),
            clean(login.org()),
            login.org_id.clone(),
            clean(&login.api_url),
            login.method.label().to_owned(),
            place(login.secret).to_owned(),
            moment(login.last_used, zone),
        ]);
    }
    printed(table)
}

/// A login in a few lines.
fn brief(login: &WebexLogin, zone: &TimeZone, screen: Screen) -> String {
    let head = format!("{}  {}", paint(BOLD, &clean(&login.alias)), clean(login.org()));
    let mut out = wrapped("", &head, 2, screen);
    let org = format!("Webex organization {}", login.org_id);
    let use_ = format!(
        "{} login, secret: {}, last used {}",
        login.method.label(),
        place(login.secret),
        moment(login.last_used, zone)
    );
    for line in [org, clean(&login.api_url), use_] {
        out.push_str(&wrapped("  ", &line, 2, screen));
    }
    out
}

/// A login that was just made.
pub fn render_webex_login(login: &WebexLogin, kept: &str, screen: Screen) -> String {
    let head = format!("Logged in to the Webex organization {}.", clean(login.org()));
    let mut out = wrapped("", &paint(GREEN, &head), 0, screen);
    for (label, text) in [
        ("id", login.org_id.clone()),
        ("API", clean(&login.api_url)),
        ("login", login.method.label().to_owned()),
        ("secret", clean(kept)),
    ] {
        out.push_str(&wrapped(&format!("  {label:<9}"), &text, 11, screen));
    }
    out.push('\n');
    let next = format!(
        "Next: in provision.toml, set org_id = \"{}\" under [webex]; plan, apply and verify then \
        use this login.",
        login.org_id
    );
    out.push_str(&wrapped("", &next, 0, screen));
    out
}
