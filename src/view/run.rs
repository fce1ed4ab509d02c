//! A run as it is shown: events while it goes on, the report at its end.

use std::sync::{Mutex, PoisonError};

use super::Terminal;
use super::counts::changes;
use super::document::print;
use super::ending::{UNINSTALL, cost, ending, unbegun};
use super::people::{steps, to_do};
use super::plan::{Purpose, plan};
use super::progress::{Moving, Steady};
use super::text::{clean, columns, wrapped};
use crate::checklist::{ItemId, Note};
use crate::engine::{
    Event, ItemReport, OrgEvent, OrgReport, Outcome, Parties, Report, TenantReport,
};
use crate::model::{Command, Hint, Invocation};

/// What standard output carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text for people.
    Text,
    /// One document.
    Json,
    /// The events, one a line, and the document as the last line.
    Jsonl,
}

/// How a run is to be shown.
#[derive(Debug)]
pub struct Setup<'a> {
    /// The door.
    pub terminal: &'a Terminal,
    /// What standard output carries.
    pub format: Format,
    /// The command: `apply`, `plan` or `verify`; `uninstall`, or `uninstall --plan` where it stops at
    /// the plan.
    pub command: &'static str,
    /// The options for every command that the program was started with.
    pub invocation: Invocation,
}

/// What a person is asked to approve.
#[derive(Debug, Clone, Copy)]
pub struct Proposal<'a> {
    /// What will be changed: an org, a Webex organization, or both.
    pub parties: Parties<'a>,
    /// What will be changed in it.
    pub items: &'a [ItemReport],
    /// Whether data goes for good, so that a mere yes is not enough.
    pub destroys: bool,
}

/// Shows one run.
#[derive(Debug)]
pub struct RunView<'a> {
    setup: Setup<'a>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    progress: Progress,
    org: Option<OrgReport>,
    tenant: Option<TenantReport>,
    plan_shown: bool,
    /// The notes that came with it.
    said: Vec<Note>,
    /// Items whose steps for a person were shown.
    steps_shown: Vec<ItemId>,
}

#[derive(Debug)]
enum Progress {
    Moving(Moving),
    Steady(Steady),
    None,
}

impl<'a> RunView<'a> {
    /// A view of a run that has not begun.
    pub fn new(setup: Setup<'a>) -> Self {
        let progress = match setup.format {
            Format::Jsonl => Progress::None,
            Format::Text | Format::Json if setup.terminal.settings().live => {
                Progress::Moving(Moving::new())
            }
            Format::Text | Format::Json => Progress::Steady(Steady::default()),
        };
        Self {
            setup,
            state: Mutex::new(State {
                progress,
                org: None,
                tenant: None,
                plan_shown: false,
                said: Vec::new(),
                steps_shown: Vec::new(),
            }),
        }
    }

    /// A command for the command line at hand, as a person types it.
    pub fn command(&self, command: Command) -> Command {
        command.within(&self.setup.invocation)
    }

    /// Shows what happened.
    pub fn event(&self, event: impl Into<OrgEvent>) {
        self.take(&event.into());
    }

    /// Shows what happened in an org.
    pub fn take(&self, happened: &OrgEvent) {
        let Setup { terminal, format, .. } = self.setup;
        if format == Format::Jsonl {
            print(terminal, happened, true);
        }
        let event = &happened.event;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut state.progress {
            Progress::Moving(moving) => moving.take(event, terminal),
            Progress::Steady(steady) => {
                if let Some(line) = steady.line(event) {
                    terminal.err(&line);
                }
            }
            Progress::None => {}
        }
        match event {
            Event::Connected { org } => state.org = Some(org.clone()),
            Event::TenantConnected { tenant } => state.tenant = Some(tenant.clone()),
            Event::Planned { items } if self.changes_things() => {
                let (org, tenant) = (state.org.clone(), state.tenant.clone());
                let parties = Parties { org: org.as_ref(), tenant: tenant.as_ref() };
                self.show_plan(&mut state, parties, items);
            }
            _ => {}
        }
    }

    /// Asks a person whether to go on; `None` where Ctrl-C is the answer.
    pub fn approve(&self, proposal: Proposal<'_>) -> Option<bool> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        self.show_plan(&mut state, proposal.parties, proposal.items);
        if !state.plan_shown {
            // Standard output is for a script; whoever is asked must see the plan nevertheless.
            let terminal = self.setup.terminal;
            let screen = terminal.settings().err;
            terminal.err(&plan(proposal.parties, proposal.items, self.purpose(), screen));
        }
        match proposal.parties.org.filter(|_| proposal.destroys) {
            Some(org) => self.ask_for_name(org),
            None => self.ask(proposal.parties),
        }
    }

    /// Asks which org it is, which nobody types by accident.
    fn ask_for_name(&self, org: &OrgReport) -> Option<bool> {
        let terminal = self.setup.terminal;
        let screen = terminal.settings().err;
        let name = clean(&org.name);
        let warning = format!(
            "This uninstalls the package from {name} ({}) and deletes its data. To go on, type {}, \
             which is no other org's.",
            org.kind.name(),
            org.organization().handle()
        );
        terminal.err(&wrapped("", &warning, 0, screen.width));
        let answer = terminal.line("Which org:")?;
        terminal.err("\n");
        Some(org.organization().is_meant_by(&answer))
    }

    /// The question itself, on one line: what is longer garbles a terminal when it is answered.
    fn ask(&self, parties: Parties<'_>) -> Option<bool> {
        const ANSWER: usize = " [y/N] yes".len();
        let terminal = self.setup.terminal;
        let screen = terminal.settings().err;
        let org = parties.org.map(|org| format!("{} ({})", clean(&org.name), org.kind.name()));
        let tenant = parties.tenant.map(|it| format!("{} (Webex)", clean(&it.name)));
        let name = org.into_iter().chain(tenant).collect::<Vec<_>>().join(" and ");
        let question = format!("Make these changes in {name}?");
        if columns(&question) + ANSWER < screen.width {
            return terminal.confirm(&question);
        }
        terminal.err(&wrapped("", &format!("This changes {name}."), 0, screen.width));
        terminal.confirm("Make these changes?")
    }

    /// Shows a person what is left to them, and asks whether provision is to wait for it.
    pub fn watch(&self, item: &ItemReport) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Setup { terminal, format, .. } = self.setup;
        if format == Format::Text {
            terminal.out(&format!("{}\n", steps(item, false, terminal.settings().out)));
            state.steps_shown.push(item.id);
        } else {
            terminal.err(&steps(item, false, terminal.settings().err));
        }
        // Ctrl-C means no here: everything else is done, and the report follows.
        terminal.confirm("Wait here until it is done?") == Some(true)
    }

    /// Takes moving lines away, where the end is not shown.
    pub fn close(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Progress::Moving(moving) = &mut state.progress {
            moving.end(self.setup.terminal);
        }
    }

    /// Shows how it ended.
    pub fn end(&self, report: &Report) {
        let Setup { terminal, format, .. } = self.setup;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Progress::Moving(moving) = &mut state.progress {
            moving.end(terminal);
        }
        match format {
            Format::Text => terminal.out(&self.text(report, &state)),
            Format::Json => print(terminal, report, false),
            Format::Jsonl => print(terminal, report, true),
        }
        if let Some(failed) = &report.failure {
            terminal.failure(failed);
        }
    }

    /// The plan, once, and only where there is something in it.
    fn show_plan(&self, state: &mut State, parties: Parties<'_>, items: &[ItemReport]) {
        let nothing = changes(items) == 0;
        if state.plan_shown || nothing || self.setup.format != Format::Text {
            return;
        }
        state.plan_shown = true;
        state.said = items.iter().flat_map(|item| item.notes.clone()).collect();
        let terminal = self.setup.terminal;
        let screen = terminal.settings().out;
        terminal.out(&format!("{}\n", plan(parties, items, self.purpose(), screen)));
    }

    /// Whether the run is more than a look.
    fn changes_things(&self) -> bool {
        matches!(self.setup.command, APPLY | UNINSTALL)
    }

    fn purpose(&self) -> Purpose {
        match self.setup.command {
            "verify" => Purpose::Verify,
            command if command.starts_with(UNINSTALL) => Purpose::Removal,
            _ => Purpose::Plan,
        }
    }

    /// What a person reads at the end.
    fn text(&self, report: &Report, state: &State) -> String {
        let screen = self.setup.terminal.settings().out;
        let invocation = &self.setup.invocation;
        if report.items.is_empty() {
            return String::new();
        }
        let parties = report.parties();
        if self.changes_things() {
            // A run without a journal has not begun: the plan said all there is to say.
            return if state.plan_shown && report.run.is_none() {
                unbegun(report, screen)
            } else {
                ending(report, (&state.said, &state.steps_shown), invocation, screen)
            };
        }
        let purpose = self.purpose();
        let mut out = plan(parties, &report.items, purpose, screen) + &cost(report, screen);
        let people =
            to_do(&report.items, &[], &Command::of_org(report.command), invocation, screen);
        if !people.is_empty() {
            out.push_str(&people);
            out.push('\n');
        }
        if report.failure.is_none() && matches!(report.outcome, Outcome::Changes | Outcome::Differs)
        {
            let command = if purpose == Purpose::Removal { UNINSTALL } else { APPLY };
            let command = self.command(Command::of_org(command));
            let next = Hint::command("", command, " makes these changes.");
            out.push_str(&wrapped("Next: ", &next.to_string(), 6, screen.width));
        }
        out
    }
}

const APPLY: &str = "apply";
