//! The Task of a test call.

use super::Screen;
use super::paint::{BOLD, FAINT, GREEN, YELLOW, paint};
use super::screen::Sign;
use super::text::{clean, columns, counted, padded, wrapped};
use crate::engine::{CallField, TestCall};
use crate::model::{Command, Hint, Invocation};

/// The whole of it.
pub fn render_test_call(call: &TestCall, invocation: &Invocation, screen: Screen) -> String {
    let mut out = format!("{} {}\n\n", paint(BOLD, "Test call"), paint(FAINT, &clean(&call.id)));
    let facts = [
        ("Subject", &call.subject),
        ("Agent", &call.owner),
        ("Caller", &call.who),
        ("Related to", &call.what),
        ("Call type", &call.call_type),
    ];
    for (label, value) in facts {
        let value = value.as_deref().map_or_else(|| paint(FAINT, "(none)"), clean);
        out.push_str(&wrapped(&format!("  {}  ", padded(label, 10)), &value, 14, screen));
    }
    let (filled, others): (Vec<&CallField>, Vec<&CallField>) =
        call.fields.iter().partition(|field| field.from.is_some());
    part(&mut out, "Filled by settings", &filled, screen);
    let (held, empty): (Vec<&CallField>, Vec<&CallField>) =
        others.into_iter().partition(|field| field.value.is_some());
    part(&mut out, "Filled by the package", &held, screen);
    if !empty.is_empty() {
        let names: Vec<String> = empty.iter().map(|field| clean(&field.field)).collect();
        let text = format!("Empty: {}", names.join(", "));
        out.push_str(&wrapped("  ", &text, 2, screen));
    }
    let links: Vec<String> = call
        .links()
        .map(|(field, link)| {
            wrapped(&format!("Link in {}: ", clean(&field.field)), &clean(link), 2, screen)
        })
        .collect();
    if !links.is_empty() {
        out.push('\n');
        out.extend(links);
    }
    out.push('\n');
    let missing = call.empty().count();
    let verdict = match (filled.len(), missing) {
        (0, _) => "The call created its Task; no setting fills any of its fields.".to_owned(),
        (_, 0) => {
            "The call created its Task, and every field that settings fill has a value.".to_owned()
        }
        (all, missing) => format!(
            "{missing} of {} that settings fill {} empty: check that the call's flow sets the \
            variable, that the agent wrote notes, and that you can see the field.",
            counted(all, "field", "fields"),
            if missing == 1 { "is" } else { "are" }
        ),
    };
    out.push_str(&wrapped("", &paint(BOLD, &verdict), 0, screen));
    // No API tells whether a recording plays.
    let recording = "If calls are recorded, open this Task as an agent or supervisor and play the recording. \
                     \"Unauthorized\" means that the Webex permission for recordings is missing; check it with";
    let doctor = Command::of_org("doctor --user NAME").within(invocation);
    let hint = Hint::command(recording, doctor, ".");
    out.push_str(&wrapped("", &hint.to_string(), 0, screen));
    if !call.settled {
        out.push_str(&wrapped("", "Time ran out while the Task was still changing.", 0, screen));
    }
    out
}

fn part(out: &mut String, title: &str, fields: &[&CallField], screen: Screen) {
    if fields.is_empty() {
        return;
    }
    out.extend(["\n", &paint(BOLD, title), "\n"]);
    let room = fields.iter().map(|field| columns(&field.field)).max().unwrap_or_default();
    for field in fields {
        let (sign, style) = match field.value {
            Some(_) => (Sign::Done, GREEN),
            None => (Sign::Warning, YELLOW),
        };
        let sign = padded(screen.sign(sign), screen.sign_width());
        let mut text = match (&field.value, field.seen) {
            (Some(value), _) => clean(value),
            (None, true) => "(empty)".to_owned(),
            (None, false) => "not in this org, or not shown to you".to_owned(),
        };
        if let Some(from) = &field.from {
            text.push_str(&paint(FAINT, &format!("  from {}", clean(from))));
        }
        let head = format!("  {} {}  ", paint(style, &sign), padded(&clean(&field.field), room));
        let indent = 5 + screen.sign_width() + room;
        out.push_str(&wrapped(&head, &text, indent, screen));
    }
}
