//! What `init` says.

use super::Screen;
use super::paint::{BOLD, GREEN, YELLOW, paint};
use super::screen::Sign;
use super::text::{clean, counted, padded, wrapped};
use crate::engine::OrgReport;
use crate::model::Command;

/// A configuration was written for somebody who has none.
pub fn render_new_configuration(
    file: &str,
    places: usize,
    (lint, plan): (&Command, &Command),
    screen: Screen,
) -> String {
    let text = format!(
        "Wrote {}. Fill in the {} marked >>>.",
        clean(file),
        counted(places, "place", "places")
    );
    let next = format!(
        "Check it with `{lint}`, log in (see `{}`), then run `{plan}` to see what would change.",
        Command::alone("help login")
    );
    format!("{}{}", wrapped("", &text, 0, screen), wrapped("Next: ", &next, 6, screen))
}

/// An org was written down as a configuration.
#[derive(Debug)]
pub struct AdoptedConfiguration<'a> {
    /// The org.
    pub org: &'a OrgReport,
    /// The files that were written, the configuration first.
    pub files: &'a [String],
    /// What it does not say.
    pub left_out: &'a [String],
    /// Whether the configuration can be used as it stands.
    pub complete: bool,
    /// Titles of items that a plan would still change.
    pub differing: &'a [&'static str],
    /// Why there can be no plan.
    pub stopped: Option<&'a str>,
    /// How to start the program with this file.
    pub next: &'a Command,
}

/// What was written, what is not in it, and what a plan with it says.
pub fn render_adopted_configuration(said: &AdoptedConfiguration<'_>, screen: Screen) -> String {
    let mut out = String::new();
    let mut add = |lead: &str, text: &str, indent: usize| {
        out.push_str(&wrapped(lead, &clean(text), indent, screen));
    };
    if !said.files.is_empty() {
        let files = said.files.join(" and ");
        add("", &format!("Wrote {files}: what is in {} ({}).", said.org.name, said.org.id), 0);
    }
    let sign = |sign: Sign, style| {
        let sign = padded(screen.sign(sign), screen.sign_width());
        format!("{} ", paint(style, &sign))
    };
    let indent = screen.sign_width() + 1;
    let attention = sign(Sign::Warning, YELLOW);
    match (said.complete, said.stopped, said.differing) {
        (false, ..) => {
            add(&attention, "Fill in what its comments ask for before you use it.", indent);
        }
        (true, Some(why), _) => {
            add(&attention, &format!("The org is not ready for a plan yet: {why}"), indent);
        }
        (true, None, []) => {
            let text = "A plan made with it changes nothing in the org.";
            add(&sign(Sign::Done, GREEN), text, indent);
        }
        (true, None, items) => add(
            &attention,
            &format!("A plan made with it would still change: {}.", items.join(", ")),
            indent,
        ),
    }
    if !said.left_out.is_empty() {
        out.extend(["\n", &paint(BOLD, "Left out, with the reason in its comments"), "\n"]);
        for text in said.left_out {
            out.push_str(&wrapped("  - ", &clean(text), 4, screen));
        }
    }
    if !said.files.is_empty() {
        let next = format!("`{}` compares the org with it.", said.next);
        out.push('\n');
        out.push_str(&wrapped("Next: ", &next, 6, screen));
    }
    out
}
