//! Logins.

use jiff::tz::TimeZone;

use super::Screen;
use super::columns::{headed, printed};
use super::paint::{BOLD, GREEN, YELLOW, paint};
use super::runs::moment;
use super::text::{clean, wrapped};
use crate::login::Login;
use crate::model::OrgKind;
use crate::vault::Place;

/// As wide as the table of logins must be to be read line by line.
const TABLE: usize = 150;

/// Who is logged in where.
pub fn render_logins(all: &[Login], zone: &TimeZone, screen: Screen) -> String {
    if all.is_empty() {
        return wrapped(
            "",
            "No logins yet. `provision login ALIAS` makes one; `provision --org demo` needs none.",
            0,
            screen.width,
        );
    }
    if screen.width < TABLE {
        let stories: Vec<String> = all.iter().map(|login| brief(login, zone, screen)).collect();
        return stories.join("\n");
    }
    let mut table =
        headed(["ALIAS", "USER", "ORG", "ID", "KIND", "ADDRESS", "LOGIN", "SECRET", "LAST USED"]);
    for login in all {
        table.add_row([
            clean(&login.alias),
            clean(&login.username),
            clean(&login.org_name),
            login.org_id.clone(),
            login.kind.name().to_owned(),
            clean(&login.instance_url),
            login.method.words().to_owned(),
            place(login.secret).to_owned(),
            moment(login.last_used, zone),
        ]);
    }
    printed(table)
}

/// A login in a few lines.
fn brief(login: &Login, zone: &TimeZone, screen: Screen) -> String {
    let mut out = wrapped(
        "",
        &format!("{}  {}", paint(BOLD, &clean(&login.alias)), clean(&login.username)),
        2,
        screen.width,
    );
    let org = format!("{} ({}, {})", clean(&login.org_name), kind(login.kind), login.org_id);
    let use_ = format!(
        "{} login, secret: {}, last used {}",
        login.method.words(),
        place(login.secret),
        moment(login.last_used, zone)
    );
    for line in [org, clean(&login.instance_url), use_] {
        out.push_str(&wrapped("  ", &line, 2, screen.width));
    }
    out
}

fn kind(kind: OrgKind) -> String {
    match kind {
        OrgKind::Production => paint(YELLOW, kind.name()),
        _ => kind.name().to_owned(),
    }
}

pub(super) fn place(place: Place) -> &'static str {
    match place {
        Place::Keyring => "keyring",
        Place::File => "sealed file",
        Place::None => "not kept",
    }
}

/// A login that was just made; `alias` as it is typed.
pub fn render_login(login: &Login, kept: &str, alias: &str, screen: Screen) -> String {
    let mut out = wrapped(
        "",
        &paint(
            GREEN,
            &format!("Logged in to {} as {}.", clean(&login.org_name), clean(&login.username)),
        ),
        0,
        screen.width,
    );
    let mut facts = vec![
        ("org", format!("{} ({})", login.org_id, kind(login.kind))),
        ("address", clean(&login.instance_url)),
        ("login", login.method.words().to_owned()),
    ];
    facts.push(("secret", clean(kept)));
    for (label, text) in facts {
        out.push_str(&wrapped(&format!("  {label:<9}"), &text, 11, screen.width));
    }
    out.push('\n');
    if login.kind == OrgKind::Production {
        out.push_str(&wrapped(
            "",
            "This is a production org: `apply` and `uninstall` change it only when you name it with \
             --confirm.",
            0,
            screen.width,
        ));
    }
    out.push_str(&wrapped(
        "",
        &format!("Next: provision --org {alias} doctor looks at what the org and the user need."),
        0,
        screen.width,
    ));
    out
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::login::Method;
    use crate::view::samples::plain;

    fn two() -> Vec<Login> {
        let uat = Login {
            alias: "uat".to_owned(),
            username: "ada@acme.example.uat".to_owned(),
            user_id: "005000000000001AAA".to_owned(),
            org_id: "00D000000000001AAA".to_owned(),
            org_name: "Acme UAT".to_owned(),
            kind: OrgKind::Sandbox,
            instance_url: "https://acme--uat.sandbox.my.salesforce.com".to_owned(),
            method: Method::Web { client_id: "3MVG9".to_owned() },
            secret: Place::Keyring,
            since: "2026-11-22T10:00:00Z".parse().unwrap(),
            last_used: "2026-11-22T10:05:00Z".parse().unwrap(),
        };
        let production = Login {
            alias: "prod".to_owned(),
            username: "deploy@acme.example".to_owned(),
            org_id: "00D000000000002AAA".to_owned(),
            org_name: "Acme".to_owned(),
            kind: OrgKind::Production,
            instance_url: "https://acme.my.salesforce.com".to_owned(),
            method: Method::AccessToken,
            secret: Place::None,
            ..uat.clone()
        };
        vec![production, uat]
    }

    fn shown(width: usize) -> String {
        plain(&render_logins(&two(), &TimeZone::UTC, Screen::new(width, true)))
    }

    #[test]
    fn logins_are_a_table_where_it_fits_and_short_stories_elsewhere() {
        assert_snapshot!(shown(200), @"
        ALIAS  USER                  ORG       ID                  KIND        ADDRESS                                      LOGIN         SECRET    LAST USED
        prod   deploy@acme.example   Acme      00D000000000002AAA  production  https://acme.my.salesforce.com               access token  not kept  2026-11-22 10:05
        uat    ada@acme.example.uat  Acme UAT  00D000000000001AAA  sandbox     https://acme--uat.sandbox.my.salesforce.com  web           keyring   2026-11-22 10:05
        ");
        assert_snapshot!(shown(80), @"
        prod deploy@acme.example
          Acme (production, 00D000000000002AAA)
          https://acme.my.salesforce.com
          access token login, secret: not kept, last used 2026-11-22 10:05

        uat ada@acme.example.uat
          Acme UAT (sandbox, 00D000000000001AAA)
          https://acme--uat.sandbox.my.salesforce.com
          web login, secret: keyring, last used 2026-11-22 10:05
        ");
        assert_snapshot!(shown(40), @"
        prod deploy@acme.example
          Acme (production, 00D000000000002AAA)
          https://acme.my.salesforce.com
          access token login, secret: not kept,
          last used 2026-11-22 10:05

        uat ada@acme.example.uat
          Acme UAT (sandbox, 00D000000000001AAA)
          https://acme--uat.sandbox.my.salesforce.com
          web login, secret: keyring, last used
          2026-11-22 10:05
        ");
        assert_snapshot!(plain(&render_logins(&[], &TimeZone::UTC, Screen::new(80, true))), @"
        No logins yet. `provision login ALIAS` makes one; `provision --org demo` needs
        none.
        ");
    }

    #[test]
    fn a_new_login_says_where_its_secret_is_and_what_comes_next() {
        let kept = "in the operating system's keyring";
        let [production, uat] = two().try_into().unwrap();
        let shown = |login: &Login| plain(&render_login(login, kept, "uat", Screen::new(60, true)));
        assert_snapshot!(shown(&uat), @"
        Logged in to Acme UAT as ada@acme.example.uat.
          org      00D000000000001AAA (sandbox)
          address  https://acme--uat.sandbox.my.salesforce.com
          login    web
          secret   in the operating system's keyring

        Next: provision --org uat doctor looks at what the org and
        the user need.
        ");
        assert_snapshot!(shown(&production), @"
        Logged in to Acme as deploy@acme.example.
          org      00D000000000002AAA (production)
          address  https://acme.my.salesforce.com
          login    access token
          secret   in the operating system's keyring

        This is a production org: `apply` and `uninstall` change it
        only when you name it with --confirm.
        Next: provision --org uat doctor looks at what the org and
        the user need.
        ");
    }
}
