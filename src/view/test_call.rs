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
        out.push_str(&wrapped(&format!("  {}  ", padded(label, 10)), &value, 14, screen.width));
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
        out.push_str(&wrapped("  ", &text, 2, screen.width));
    }
    let links: Vec<String> = call
        .links()
        .map(|(field, link)| {
            wrapped(&format!("Link in {}: ", clean(&field.field)), &clean(link), 2, screen.width)
        })
        .collect();
    if !links.is_empty() {
        out.push('\n');
        out.extend(links);
    }
    out.push('\n');
    let missing = call.empty().count();
    let verdict = match (filled.len(), missing) {
        (0, _) => "The call created its Task; no setting fills a field of it.".to_owned(),
        (_, 0) => {
            "The call created its Task, and every field that a setting fills is filled.".to_owned()
        }
        (all, missing) => format!(
            "{missing} of {} that settings fill {} empty: see whether this call's flow sets the variable, whether the agent \
             wrote notes, and whether the field is shown to you.",
            counted(all, "field", "fields"),
            if missing == 1 { "is" } else { "are" }
        ),
    };
    out.push_str(&wrapped("", &paint(BOLD, &verdict), 0, screen.width));
    // No API tells whether a recording plays.
    let recording = "Where calls are recorded, open this Task as an agent or a supervisor and play its \
                     recording: only a person hears whether it plays. \"Unauthorized\" there means that the \
                     right to recordings is missing in Webex, which is shown by";
    let doctor = Command::of_org("doctor --user NAME").within(invocation);
    let hint = Hint::command(recording, doctor, ".");
    out.push_str(&wrapped("", &hint.to_string(), 0, screen.width));
    if !call.settled {
        out.push_str(&wrapped(
            "",
            "The time was up while the Task still changed.",
            0,
            screen.width,
        ));
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
        out.push_str(&wrapped(&head, &text, indent, screen.width));
    }
}
