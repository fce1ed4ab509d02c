//! A run as it is shown: events while it goes on, the report at its end.

use std::sync::{Mutex, PoisonError};

use super::counts::{changes, own};
use super::document::print;
use super::ending::{
    RESTORE, UNDO, UNINSTALL, cost, ending, is_quiet, nothing_to_restore, nothing_to_undo, quiet,
    unbegun,
};
use super::paint::{RED, paint};
use super::people::{Left, render_saving, steps};
use super::plan::{Purpose, plan};
use super::progress::{Moving, Steady};
use super::source::{Source, source};
use super::text::{clean, columns, wrapped};
use super::{Screen, Terminal};
use crate::checklist::{ItemId, Note, Selection};
use crate::engine::{
    Event, ItemOutcome, ItemReport, OrgEvent, OrgReport, Outcome, Parties, Question, Report,
    TenantReport,
};
use crate::model::{Command, Hint, Invocation, OrgKind};

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
    /// The command that makes the changes, or goes on with them, where `command` does not tell it.
    pub next: Option<Command>,
    /// Whether changes that are alike are told one by one.
    pub full: bool,
    /// The file in which the plan is kept.
    pub saved: Option<String>,
    /// Which items it is about.
    pub selection: &'a Selection,
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
    /// What there is to agree to besides.
    pub question: &'a Question,
    /// Whether data goes for good.
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
    /// Whether a person was asked and did not say yes.
    declined: bool,
    /// What was written instead of a plan.
    source: Option<Source>,
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
                declined: false,
                source: None,
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
            let screen = self.as_full(terminal.settings().err);
            terminal.err(&plan(proposal.parties, proposal.items, self.purpose(), "", screen));
        }
        let answer = self.ask(proposal);
        state.declined = answer != Some(true);
        answer
    }

    /// One question after another, until the first that is not answered with yes.
    fn ask(&self, proposal: Proposal<'_>) -> Option<bool> {
        let Proposal { parties, question, destroys, .. } = proposal;
        let terminal = self.setup.terminal;
        for loss in &question.losses {
            let text = format!("{} {loss}", paint(RED, "This takes something away:"));
            terminal.note(&text);
            match terminal.confirm("Is that intended?") {
                Some(true) => {}
                other => return other,
            }
        }
        match parties.org.filter(|_| question.by_name || destroys) {
            Some(org) => self.ask_for_name(org, destroys),
            None => self.ask_for_yes(parties),
        }
    }

    /// Asks for the name of the org, which nobody types by accident.
    fn ask_for_name(&self, org: &OrgReport, destroys: bool) -> Option<bool> {
        let terminal = self.setup.terminal;
        let name = clean(&org.name);
        let kind = org.kind.name();
        let happens = match (destroys, org.kind) {
            (true, _) => {
                format!("This uninstalls the package from {name} ({kind}) and deletes its data.")
            }
            (false, OrgKind::Production) => format!("This changes {name}, a production org."),
            (false, _) => {
                format!("This changes {name} ({kind}), which the configuration protects.")
            }
        };
        let organization = org.organization();
        let wanted = organization.handle();
        let what = if organization.my_domain().is_some() { "My Domain name" } else { "id" };
        terminal.note(&format!("{happens} To go on, type the org's {what}: {wanted}"));
        let answer = terminal.line(&format!("The org's {what}:"))?;
        Some(organization.is_meant_by(&answer))
    }

    /// The question itself, on one line: what is longer garbles a terminal when it is answered.
    fn ask_for_yes(&self, parties: Parties<'_>) -> Option<bool> {
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
            let done = "Everything that provision does itself is done.";
            terminal.out(&format!("{done}\n\n{}\n", steps(item, false, terminal.settings().out)));
            state.steps_shown.push(item.id);
        } else {
            terminal.err(&steps(item, false, terminal.settings().err));
        }
        // Ctrl-C means no here: everything else is done, and the report follows.
        let waits = terminal.confirm("Wait here until it is done?") == Some(true);
        if waits {
            self.copy_values(&item.values);
        }
        waits
    }

    /// Puts one value after the other into the clipboard, as a person wants them for the page.
    fn copy_values(&self, values: &[(Option<String>, String)]) {
        let terminal = self.setup.terminal;
        if values.is_empty() || !terminal.copies() {
            return;
        }
        terminal.note(
            "Enter copies the next value to the clipboard, where your terminal lets programs do that; \
             anything else ends it.",
        );
        for (label, value) in values {
            let shown = match label {
                Some(label) => format!("{}: {}", clean(label), clean(value)),
                None => clean(value),
            };
            match terminal.line(&format!("  {shown}")) {
                Some(answer) if answer.trim().is_empty() => terminal.copy(value),
                _ => return,
            }
        }
    }

    /// Shows what a browser has filled in, and asks whether to save it. Ctrl-C means no.
    pub fn may_save(&self, what: &str, values: &[(String, String)]) -> bool {
        let terminal = self.setup.terminal;
        terminal.err(&render_saving(what, values, terminal.settings().err.width));
        terminal.confirm("Is the form in the browser right, and may it be saved?") == Some(true)
    }

    /// What was written into a folder: whoever asked for files reads of them, and not of the plan.
    pub fn written(&self, source: Source) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.source = Some(source);
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
        match &report.failure {
            // A no is an answer, not an error.
            Some(declined) if state.declined => terminal.note(&declined.message()),
            Some(failed) => terminal.failure(failed),
            None => {}
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
        let screen = self.as_full(terminal.settings().out);
        terminal.out(&format!("{}\n", plan(parties, items, self.purpose(), "", screen)));
    }

    /// The screen, with everything told or not.
    fn as_full(&self, screen: Screen) -> Screen {
        Screen { full: self.setup.full, ..screen }
    }

    /// Whether the run is more than a look.
    fn changes_things(&self) -> bool {
        matches!(self.setup.command, APPLY | UNINSTALL | UNDO | RESTORE)
    }

    fn purpose(&self) -> Purpose {
        match self.setup.command {
            "verify" => Purpose::Verify,
            command if command.starts_with(UNINSTALL) => Purpose::Removal,
            command if command.starts_with(UNDO) => Purpose::Undo,
            command if command.starts_with(RESTORE) => Purpose::Restore,
            _ => Purpose::Plan,
        }
    }

    /// The command that takes back what this plan shows.
    fn undo(report: &Report) -> Command {
        let named = report.undoes.as_ref();
        named.map_or_else(|| Command::of_org(UNDO), |run| Command::of_org(UNDO).argument(run))
    }

    /// The command that goes on with the run.
    fn again(&self, report: &Report) -> Command {
        self.setup.next.clone().unwrap_or_else(|| Command::of_org(report.command))
    }

    /// What a person reads at the end.
    fn text(&self, report: &Report, state: &State) -> String {
        let screen = self.as_full(self.setup.terminal.settings().out);
        let invocation = &self.setup.invocation;
        if report.items.is_empty() {
            return match (self.purpose(), &report.failure) {
                (Purpose::Undo, None) => nothing_to_undo(invocation, screen),
                (Purpose::Restore, None) => nothing_to_restore(screen),
                _ => String::new(),
            };
        }
        if let (Some(written), None) = (&state.source, &report.failure) {
            return source(written, screen) + &cost(report, screen);
        }
        let (parties, again) = (report.parties(), self.again(report));
        if self.changes_things() {
            // A run without a journal has not begun: the plan said all there is to say.
            return if state.declined {
                String::new()
            } else if state.plan_shown && report.run.is_none() {
                unbegun(report, screen)
            } else {
                ending(report, &again, (&state.said, &state.steps_shown), invocation, screen)
            };
        }
        let purpose = self.purpose();
        if !matches!(purpose, Purpose::Removal | Purpose::Undo | Purpose::Restore)
            && !self.setup.full
            && is_quiet(report)
        {
            return quiet(report, purpose, &[], &again, invocation, screen);
        }
        let left = Left { items: &report.items, again: &again, purpose, invocation };
        let tells = left.tells_steps(changes(&report.items) > 0 || self.setup.full);
        let steps = if tells { left.steps(&[], screen) } else { String::new() };
        let mut out = plan(parties, &report.items, purpose, &steps, screen) + &cost(report, screen);
        let mends = report.items.iter().any(|item| own(item).next().is_some());
        // What stops an item stops `apply`, too.
        let is_stopped = |item: &ItemReport| {
            item.outcome == ItemOutcome::Differs
                && own(item).next().is_none()
                && item.steps.is_empty()
        };
        if report.failure.is_none()
            && mends
            && !(purpose == Purpose::Verify && report.items.iter().any(is_stopped))
            && matches!(report.outcome, Outcome::Changes | Outcome::Differs)
        {
            let apply = self.setup.next.clone().unwrap_or_else(|| Command::of_org(APPLY));
            let (command, after) = match (&self.setup.saved, purpose) {
                (Some(file), _) => (apply.argument(file), " makes these changes, and no others."),
                (None, Purpose::Removal) => (Command::of_org(UNINSTALL), " makes these changes."),
                (None, Purpose::Undo) => (Self::undo(report), " takes them back."),
                (None, _) => (apply, " makes these changes."),
            };
            // A command of its own says what it is about.
            let chosen = match self.setup.next {
                Some(_) => Vec::new(),
                None => self.setup.selection.arguments(),
            };
            let command = chosen.iter().fold(command, |command, word| command.argument(word));
            let next = Hint::command("", self.command(command), after);
            out.push_str(&wrapped("Next: ", &next.to_string(), 6, screen.width));
        } else if let Some(next) = left.next(tells).filter(|_| report.failure.is_none()) {
            out.push_str(&wrapped("Next: ", &next.to_string(), 6, screen.width));
        }
        out
    }
}

const APPLY: &str = "apply";
