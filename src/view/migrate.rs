//! What `migrate` says before anything moves.

use super::Screen;
use super::paint::{BOLD, RED, paint};
use super::text::{clean, counted, wrapped};
use crate::migration::{
    Conversion, Difference, Fate, KeepingTeam, Movers, OtherCallCenter, Readiness, Settings, Teams,
};
use crate::model::in_a_row;

/// So many names in a row are told in short.
const NAMED: usize = 8;

/// Whether an org is ready to move, and what moving means for it.
pub fn render_readiness(readiness: &Readiness, screen: Screen) -> String {
    let whither = if readiness.is_back() { "back to Version 1" } else { "to Version 2" };
    let mut out = paint(BOLD, &format!("Moving {whither}")) + "\n";
    out += &match &readiness.settings {
        Settings::Converted(conversion) => settings(conversion, screen),
        Settings::Configured(conversion) => {
            wrapped("  ", "Its settings come from the configuration.", 4, screen)
                + &lost(conversion, screen)
        }
        Settings::Kept if readiness.is_back() => String::new(),
        Settings::Kept => wrapped(
            "  ",
            "Version 2's call center already exists and keeps its settings.",
            4,
            screen,
        ),
    };
    for other in &readiness.others {
        out += &other_call_center(other, screen);
    }
    out += &users(&readiness.users, screen);
    out += &readiness.teams.as_ref().map(|it| teams(it, screen)).unwrap_or_default();
    for note in &readiness.notes {
        out += &wrapped("  - ", &clean(note), 4, screen);
    }
    out.push('\n');
    out
}

/// What became of the settings: counts, what was rewritten, and what is lost, one by one.
fn settings(conversion: &Conversion, screen: Screen) -> String {
    let copied = conversion.count(|fate| *fate == Fate::Copied);
    let rewritten = conversion.count(|fate| matches!(fate, Fate::Rewritten(_)));
    let lost = conversion.count(|fate| matches!(fate, Fate::Lost(_)));
    let mut out = wrapped(
        "  ",
        &format!(
            "Settings of {}: {copied} copied, {rewritten} rewritten, {lost} lost.",
            clean(&conversion.from),
        ),
        4,
        screen,
    );
    for setting in &conversion.settings {
        let text = match &setting.fate {
            Fate::Copied | Fate::Lost(_) => continue,
            // Rows of JSON are hard to read, and the pairs say the same.
            Fate::Rewritten(now) if setting.value.starts_with('[') => {
                format!("{}: {now}", setting.key)
            }
            Fate::Rewritten(now) => format!("{}: {} → {now}", setting.key, setting.value),
            Fate::SoftphoneLayout(now) => format!("{}: {now}", setting.key),
        };
        out += &wrapped("    ", &clean(&text), 6, screen);
    }
    out + &self::lost(conversion, screen)
}

/// What is lost, one by one.
fn lost(conversion: &Conversion, screen: Screen) -> String {
    let mut out = String::new();
    if conversion.lost().next().is_some() {
        out += &wrapped("  ", &paint(RED, "Lost, because Version 2 has no equivalent:"), 4, screen);
    }
    for (setting, what) in conversion.lost() {
        let text = format!("{} ({}): {what}", setting.key, setting.item);
        out += &wrapped("    ", &clean(&text), 6, screen);
    }
    out
}

/// A call center whose users move and whose settings are not carried over.
fn other_call_center(other: &OtherCallCenter, screen: Screen) -> String {
    let users = counted(other.users, "user", "users");
    let same = if other.differences.is_empty() {
        "with the same settings."
    } else {
        "with these settings changed:"
    };
    let text = format!("{users} of {} can move too, {same}", clean(&other.call_center));
    let mut out = wrapped("  ", &text, 4, screen);
    for Difference { key, had, has } in &other.differences {
        let quoted = |text: &str| if text.is_empty() { "empty".to_owned() } else { clean(text) };
        let text = format!("{key}: {} → {}", quoted(had), quoted(has));
        out += &wrapped("    ", &text, 6, screen);
    }
    out
}

/// What becomes of the desktop layouts of teams.
fn teams(teams: &Teams, screen: Screen) -> String {
    let rows = [
        ("Teams that get back the desktop layout that they had before", &teams.given_back),
        ("Teams that get the connector's desktop layout", &teams.given),
    ];
    let mut out = String::new();
    for (label, names) in rows.into_iter().filter(|(_, names)| !names.is_empty()) {
        out += &wrapped("  ", &format!("{label}: {}.", named(names)), 4, screen);
    }
    for KeepingTeam { team, agents } in &teams.keeping {
        let text = format!(
            "Team {} keeps the connector's desktop layout, which is not known to work with Version 2. \
             Affected: {}.",
            clean(team),
            named(agents)
        );
        out += &wrapped("  ", &text, 4, screen);
    }
    out
}

fn users(movers: &Movers, screen: Screen) -> String {
    let told = [
        (movers.moving.len(), "user moves now", "users move now"),
        (movers.waiting.len(), "user moves later", "users move later"),
        (movers.arrived.len(), "user is there already", "users are there already"),
    ];
    let some = told.iter().filter(|(count, ..)| *count > 0);
    let parts: Vec<String> = some.map(|(count, one, many)| counted(*count, one, many)).collect();
    let text = match parts.as_slice() {
        [] => "No user moves.".to_owned(),
        parts => format!("{}.", parts.join(", ")),
    };
    let mut out = wrapped("  ", &text, 4, screen);
    let in_clones: Vec<String> =
        movers.in_clones.iter().map(|it| format!("{} ({})", it.user, it.call_center)).collect();
    let rows = [
        ("Now", &movers.moving),
        ("Later", &movers.waiting),
        ("Not moved here by provision, who stay", &movers.staying),
        ("In a copy of the call center, who stay", &in_clones),
        ("Inactive, who stay", &movers.inactive),
    ];
    for (label, names) in rows.into_iter().filter(|(_, names)| !names.is_empty()) {
        let text = format!("{label}: {}", named(names));
        out += &wrapped("    ", &text, 6, screen);
    }
    out
}

fn named(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| clean(name)).collect();
    in_a_row(&names, NAMED)
}
