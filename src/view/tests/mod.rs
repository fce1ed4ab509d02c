//! Whole outputs, as somebody would read them.

mod baselines;
mod doctors;
mod documents;
mod endings;
mod people;
mod plans;
mod reporters;

use super::samples::terminal;
use super::{Format, RunView, Setup};
use crate::checklist::Selection;
use crate::engine::{Event, Report};
use crate::model::Invocation;

/// The command line of a run in the demo org.
fn demo() -> Invocation {
    Invocation { org: Some("demo".to_owned()), ..Invocation::default() }
}

/// What a run shows on both streams.
fn shown(width: usize, format: Format, events: &[Event], report: &Report) -> String {
    let (terminal, out, err) = terminal(width);
    let setup = Setup {
        command: report.command,
        next: None,
        full: false,
        saved: None,
        from_file: false,
        selection: &Selection::All,
        invocation: demo(),
    };
    let view = RunView::new(&terminal, format, setup);
    for event in events {
        view.event(event.clone());
    }
    view.end(report);
    let (out, err) = (out.text(), err.text());
    // What is to be copied is one line: the way to the journal, links, commands.
    let copied = |line: &str| {
        let line = line.trim_start().trim_start_matches("→ ");
        line.starts_with("Journal:") || line.starts_with("provision ") || line.starts_with("http")
    };
    let lines = out.lines().filter(|line| !copied(line));
    let widest = lines.map(crate::view::text::columns).max();
    assert!(format != Format::Text || widest <= Some(width), "{widest:?}\n{out}");
    if err.is_empty() { out } else { format!("{out}------- stderr -------\n{err}") }
}

fn text(width: usize, report: &Report) -> String {
    shown(width, Format::Text, &[], report)
}
