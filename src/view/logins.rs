//! Logins.

use jiff::tz::TimeZone;

use super::Screen;
use super::columns::{headed, printed};
use super::paint::{BOLD, GREEN, YELLOW, paint};
use super::runs::moment;
use super::text::{clean, columns, wrapped};
use crate::login::Login;
use crate::model::{Command, Invocation, OrgKind};
use crate::vault::Place;

/// The org that is meant where none is named.
#[derive(Debug, Clone, Copy)]
pub struct DefaultOrg<'a> {
    /// Its alias.
    pub alias: &'a str,
    /// Whether it is the emulator's, which needs no login.
    pub is_emulated: bool,
}

/// Who is logged in where, and which org is the default one.
pub fn render_logins(
    all: &[Login],
    (default, verbose): (Option<DefaultOrg<'_>>, bool),
    invocation: &Invocation,
    zone: &TimeZone,
    screen: Screen,
) -> String {
    let without_login = default
        .filter(|default| all.iter().all(|login| login.alias != default.alias))
        .map(|default| unknown_default(default, invocation, screen));
    let known = if all.is_empty() {
        no_logins(invocation, screen)
    } else {
        known_logins(all, default, verbose, zone, screen)
    };
    match without_login {
        Some(text) => format!("{known}\n{text}"),
        None => known,
    }
}

/// The default org under whose alias nobody is logged in.
fn unknown_default(default: DefaultOrg<'_>, invocation: &Invocation, screen: Screen) -> String {
    let alias = clean(default.alias);
    if default.is_emulated {
        let text = format!("The default org is `{alias}`, the emulator's; it needs no login.");
        return wrapped("", &text, 0, screen);
    }
    let text = format!("The default org is `{alias}`: not logged in.");
    let login = Command::of_machine("login").argument(default.alias);
    let forget = Command::of_machine("orgs default --none");
    let (login, forget) = (login.within(invocation), forget.within(invocation));
    let next = format!("Log in with `{login}`, or clear the default with `{forget}`.");
    wrapped("", &text, 0, screen) + &wrapped("Next: ", &next, 6, screen)
}

fn no_logins(invocation: &Invocation, screen: Screen) -> String {
    let login = Command::of_machine("login ALIAS").within(invocation);
    let demo = Command::alone("--org demo");
    let text =
        format!("No logins yet. Log in with `{login}`, or try `{demo}`, which needs no login.");
    wrapped("", &text, 0, screen)
}

fn known_logins(
    all: &[Login],
    default: Option<DefaultOrg<'_>>,
    verbose: bool,
    zone: &TimeZone,
    screen: Screen,
) -> String {
    if verbose {
        let stories: Vec<String> = all.iter().map(|login| brief(login, zone, screen)).collect();
        return stories.join("\n");
    }
    let default = default.map(|default| default.alias);
    let is_default = |login: &Login| default == Some(login.alias.as_str());
    let rows: Vec<[String; 5]> = all
        .iter()
        .map(|login| {
            let mark = if is_default(login) { " *" } else { "" };
            [
                format!("{}{mark}", clean(&login.alias)),
                clean(&login.org_name),
                login.kind.name().to_owned(),
                clean(&login.username),
                moment(login.last_used, zone),
            ]
        })
        .collect();
    let mut out = shrunk(["ALIAS", "ORG", "KIND", "USER", "LAST USED"], &rows, screen);
    if all.iter().any(is_default) {
        out.push_str("\n* the default org\n");
    }
    out
}

/// The table with as many of its columns as there is room for, the first ones always.
fn shrunk(head: [&str; 5], rows: &[[String; 5]], screen: Screen) -> String {
    const ALWAYS: usize = 3;
    let width = |at: usize| {
        let cells = rows.iter().map(|row| columns(&row[at]));
        cells.chain([columns(head[at])]).max().unwrap_or(0) + 2
    };
    let mut shown = head.len();
    while shown > ALWAYS && (0..shown).map(width).sum::<usize>() > screen.width + 2 {
        shown -= 1;
    }
    let mut table = headed(head[..shown].iter().copied());
    for row in rows {
        table.add_row(row[..shown].iter());
    }
    printed(table)
}

/// A login in a few lines.
fn brief(login: &Login, zone: &TimeZone, screen: Screen) -> String {
    let mut out = wrapped(
        "",
        &format!("{}  {}", paint(BOLD, &clean(&login.alias)), clean(&login.username)),
        2,
        screen,
    );
    let org = format!("{} ({}, {})", clean(&login.org_name), kind(login.kind), login.org_id);
    let use_ = format!(
        "{} login, secret: {}, last used {}",
        login.method.label(),
        place(login.secret),
        moment(login.last_used, zone)
    );
    for line in [org, clean(&login.instance_url), use_] {
        out.push_str(&wrapped("  ", &line, 2, screen));
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

/// A login that was just made, and the command that checks it.
pub fn render_login(login: &Login, kept: &str, doctor: &Command, screen: Screen) -> String {
    let mut out = wrapped(
        "",
        &paint(
            GREEN,
            &format!("Logged in to {} as {}.", clean(&login.org_name), clean(&login.username)),
        ),
        0,
        screen,
    );
    let mut facts = vec![
        ("org", format!("{} ({})", login.org_id, kind(login.kind))),
        ("address", clean(&login.instance_url)),
        ("login", login.method.label().to_owned()),
    ];
    facts.push(("secret", clean(kept)));
    for (label, text) in facts {
        out.push_str(&wrapped(&format!("  {label:<9}"), &text, 11, screen));
    }
    out.push('\n');
    if login.kind == OrgKind::Production {
        out.push_str(&wrapped(
            "",
            "This is a production org: `apply` and `uninstall` ask for its name, or need \
            --confirm, before they change it.",
            0,
            screen,
        ));
    }
    out.push_str(&wrapped(
        "",
        &format!("Next: `{doctor}` checks the org and your permissions."),
        0,
        screen,
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

    fn prod() -> DefaultOrg<'static> {
        DefaultOrg { alias: "prod", is_emulated: false }
    }

    #[test]
    fn a_default_org_without_a_login_is_told() {
        let shown = |alias, is_emulated| {
            let default = Some(DefaultOrg { alias, is_emulated });
            plain(&render_logins(
                &[],
                (default, false),
                &Invocation::default(),
                &TimeZone::UTC,
                Screen::new(80, true),
            ))
        };
        assert_snapshot!(shown("uat", false), @"
        No logins yet. Log in with `provision login ALIAS`, or try
        `provision --org demo`, which needs no login.

        The default org is `uat`: not logged in.
        Next: Log in with `provision login uat`, or clear the default with
              `provision orgs default --none`.
        ");
        assert_snapshot!(shown("demo", true), @"
        No logins yet. Log in with `provision login ALIAS`, or try
        `provision --org demo`, which needs no login.

        The default org is `demo`, the emulator's; it needs no login.
        ");
    }

    fn shown(width: usize) -> String {
        let (which, none) = ((Some(prod()), false), Invocation::default());
        plain(&render_logins(&two(), which, &none, &TimeZone::UTC, Screen::new(width, true)))
    }

    #[test]
    fn logins_are_a_table_where_it_fits_and_short_stories_elsewhere() {
        assert_snapshot!(shown(200), @"
        ALIAS   ORG       KIND        USER                  LAST USED
        prod *  Acme      production  deploy@acme.example   2026-11-22 10:05
        uat     Acme UAT  sandbox     ada@acme.example.uat  2026-11-22 10:05

        * the default org
        ");
        assert_snapshot!(shown(80), @"
        ALIAS   ORG       KIND        USER                  LAST USED
        prod *  Acme      production  deploy@acme.example   2026-11-22 10:05
        uat     Acme UAT  sandbox     ada@acme.example.uat  2026-11-22 10:05

        * the default org
        ");
        assert_snapshot!(shown(40), @"
        ALIAS   ORG       KIND
        prod *  Acme      production
        uat     Acme UAT  sandbox

        * the default org
        ");
        assert_snapshot!(plain(&render_logins(&[], (None, false), &Invocation::default(), &TimeZone::UTC, Screen::new(80, true))), @"
        No logins yet. Log in with `provision login ALIAS`, or try
        `provision --org demo`, which needs no login.
        ");
    }

    #[test]
    fn a_new_login_says_where_its_secret_is_and_what_comes_next() {
        let kept = "in the operating system's keyring";
        let [production, sandbox] = two().try_into().unwrap();
        let uat = Invocation { org: Some("uat".to_owned()), ..Invocation::default() };
        let doctor = Command::of_org("doctor").within(&uat);
        let shown =
            |login: &Login| plain(&render_login(login, kept, &doctor, Screen::new(60, true)));
        assert_snapshot!(shown(&sandbox), @"
        Logged in to Acme UAT as ada@acme.example.uat.
          org      00D000000000001AAA (sandbox)
          address  https://acme--uat.sandbox.my.salesforce.com
          login    web
          secret   in the operating system's keyring

        Next: `provision --org uat doctor` checks the org and your
        permissions.
        ");
        assert_snapshot!(shown(&production), @"
        Logged in to Acme as deploy@acme.example.
          org      00D000000000002AAA (production)
          address  https://acme.my.salesforce.com
          login    access token
          secret   in the operating system's keyring

        This is a production org: `apply` and `uninstall` ask for
        its name, or need --confirm, before they change it.
        Next: `provision --org uat doctor` checks the org and your
        permissions.
        ");
    }
}
