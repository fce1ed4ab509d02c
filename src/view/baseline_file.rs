//! What people read after a baseline went into a file or came from one.

use std::collections::BTreeMap;

use super::Screen;
use super::paint::{YELLOW, paint};
use super::screen::Sign;
use super::text::{clean, counted, padded, wrapped};
use crate::checklist::{LeftOut, Missing, Named};
use crate::engine::Imported;

/// A baseline that was written to a file.
#[derive(Debug, Clone, Copy)]
pub struct Exported<'a> {
    /// The org.
    pub org: &'a str,
    /// How many values it has.
    pub values: usize,
    /// How many confirmations are beside them.
    pub confirmed: usize,
    /// The file, as a shell takes it.
    pub path: &'a str,
}

/// What a person reads after `baseline export`.
pub fn render_exported_baseline(said: &Exported<'_>, screen: Screen) -> String {
    let values = values_and(said.values, said.confirmed);
    let text = format!("Exported: {values} of the org {}.", clean(said.org));
    let next = wrapped("", "To import them on another machine:", 0, screen);
    let command = format!("  provision --org ALIAS baseline import {}\n", said.path);
    format!("{}{next}{command}", wrapped("", &text, 0, screen))
}

/// What a person reads after `baseline import`.
pub fn render_imported_baseline(done: &Imported, screen: Screen) -> String {
    let transfer = &done.transfer;
    let values = values_and(transfer.baseline.entries.len(), done.confirmations.taken);
    let here = format!("{} ({}, {})", clean(&done.org.name), done.org.kind.name(), done.org.id);
    let text = if done.from.id == done.org.id {
        format!("Imported: {values} of {here}.")
    } else {
        format!("Imported: {values} of the org {}, into {here}.", clean(&done.from.shown()))
    };
    let mut out = wrapped("", &text, 0, screen);
    if let Some(path) = &done.replaced {
        let text = "The previous baseline is kept in";
        out.push_str(&wrapped("", text, 0, screen));
        // On a line of its own whatever the width: it is there to be copied.
        out.extend(["  ", &path.display().to_string(), "\n"]);
    }
    if let Some((from, to)) = transfer.mapped.iter().next() {
        let users = counted(transfer.mapped.len(), "user", "users");
        let (from, arrow, to) = (clean(from), screen.arrow(), clean(to));
        let text = format!("Renamed: {users}, such as {from} {arrow} {to}.");
        out.push_str(&wrapped("", &text, 0, screen));
    }
    out.push_str(&left_out(&transfer.left_out, screen));
    for item in &done.confirmations.left_out {
        let text =
            format!("Left out: the confirmation of {}, which is for the other org.", clean(item));
        out.push_str(&warning(&text, screen));
    }
    for missing in &transfer.missing {
        out.push_str(&warning(&lacks(missing), screen));
    }
    out
}

/// `3 values and 1 confirmation`
fn values_and(values: usize, confirmed: usize) -> String {
    let values_of = || counted(values, "value", "values");
    match (values, confirmed) {
        (_, 0) => values_of(),
        (0, some) => counted(some, "confirmation", "confirmations"),
        (_, some) => {
            format!("{} and {}", values_of(), counted(some, "confirmation", "confirmations"))
        }
    }
}

/// Every value that was left out, by its user.
fn left_out(left_out: &[LeftOut], screen: Screen) -> String {
    if left_out.is_empty() {
        return String::new();
    }
    let mut users: BTreeMap<&str, (usize, &[String])> = BTreeMap::new();
    for value in left_out {
        users.entry(&value.subject.name).or_insert((0, &value.candidates)).0 += 1;
    }
    let text = format!(
        "Left out: {} of {} who cannot be matched by name in this org:",
        counted(left_out.len(), "value", "values"),
        counted(users.len(), "user", "users"),
    );
    let mut out = warning(&text, screen);
    for (name, (_, candidates)) in users {
        let name = clean(name);
        let text = match candidates {
            [] => name,
            several => format!("{name}, who may be {}", clean(&several.join(" or "))),
        };
        out.push_str(&wrapped("    ", &text, 6, screen));
    }
    let text = "To include them, replace their names in the file with the ones in this org, and \
        import it again with --replace.";
    out.push_str(&wrapped("  ", text, 2, screen));
    out
}

/// What the org does not have.
fn lacks(missing: &Missing) -> String {
    let what = match missing.kind {
        Named::Profile => "profile",
        Named::RecordType => "record type of Task",
        Named::Layout => "page layout of Task",
        Named::CallCenter => "call center",
        Named::PermissionSet => "permission set",
    };
    format!(
        "This org has no {what} \"{}\": {} with it cannot be restored until it does.",
        clean(&missing.name),
        counted(missing.values, "value", "values")
    )
}

fn warning(text: &str, screen: Screen) -> String {
    let sign = padded(screen.sign(Sign::Warning), screen.sign_width());
    wrapped(&format!("{} ", paint(YELLOW, &sign)), text, screen.sign_width() + 1, screen)
}
