//! What of the connector is in a Webex organization.

use super::super::Screen;
use super::super::paint::{BOLD, FAINT, paint};
use super::super::text::{clean, counted, wrapped};
use super::page::{Page, named, part};
use crate::checklist::{DesktopLayoutInUse, TenantInventory};
use crate::failure::Failure;
use crate::model::{Command, Hint, Invocation};

/// What was seen of a Webex organization.
#[derive(Debug)]
pub enum TenantStatus {
    /// Nothing is wanted of one, and nobody has logged in to any that could be meant.
    NotAsked,
    /// The configuration wants something of one, and nobody has logged in to it.
    NoLogin,
    /// It cannot be looked at.
    Refused(Box<Failure>),
    /// This.
    Seen(TenantInventory),
}

/// Adds it to what is there already.
pub(super) fn add(
    out: &mut String,
    status: &TenantStatus,
    invocation: &Invocation,
    screen: Screen,
) {
    let page = Page { screen };
    match status {
        TenantStatus::NotAsked => {}
        TenantStatus::NoLogin => {
            let login = Hint::command(
                "Not checked, because there is no login to it:",
                Command::of_machine("login webex ALIAS"),
                ".",
            );
            part(out, "Webex", &page.line(&login.within(invocation).to_string()));
        }
        TenantStatus::Refused(failure) => {
            let mut text = page.line(&clean(&failure.message()));
            for hint in failure.steps() {
                text.push_str(&page.line(&hint.clone().within(invocation).to_string()));
            }
            part(out, "Webex", &text);
        }
        TenantStatus::Seen(seen) => {
            let first = paint(BOLD, &format!("Webex: {}", clean(&seen.name)));
            let rest = paint(FAINT, &format!("(organization {})", clean(&seen.id)));
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&wrapped("", &format!("{first} {rest}"), 2, screen));
            part(out, "Desktop layouts with the connector", &layouts(seen, page));
            if !seen.teams_without.is_empty() {
                part(out, "Teams without the connector", &page.line(&named(&seen.teams_without)));
            }
            if !seen.not_seen.is_empty() {
                let lines: String = seen.not_seen.iter().map(|it| page.line(&clean(it))).collect();
                part(out, "Not seen", &lines);
            }
        }
    }
}

fn layouts(seen: &TenantInventory, page: Page) -> String {
    let mut out: String = seen.desktop_layouts.iter().map(|it| layout(it, page)).collect();
    if out.is_empty() {
        out =
            page.line(if seen.not_seen.is_empty() { "No team has one." } else { "None was seen." });
    }
    if seen.unused_layouts > 0 {
        let count =
            counted(seen.unused_layouts, "layout that no team has", "layouts that no team has");
        out.push_str(&page.line(&paint(FAINT, &format!("Not checked: {count}."))));
    }
    out
}

fn layout(found: &DesktopLayoutInUse, page: Page) -> String {
    let global = if found.global { ", of every team without one of its own" } else { "" };
    let first = format!("{}{}", clean(&found.name), paint(FAINT, global));
    let mut rows = Vec::new();
    if let Some(version) = &found.version {
        rows.push(("version".to_owned(), clean(version)));
    }
    rows.push(("teams".to_owned(), named(&found.teams)));
    if let Some(number) = found.outdial_ani.as_ref().filter(|it| !it.is_empty()) {
        rows.push(("outbound caller ID".to_owned(), clean(number)));
    }
    let actions = if found.actions_widget { "yes" } else { "no" };
    rows.push(("Actions widget".to_owned(), actions.to_owned()));
    page.line(&first) + &page.table(4, &rows)
}
