//! A run as it is shown: events while it goes on, the report at its end.

use std::sync::{Mutex, PoisonError};

use super::Terminal;
use super::counts::changes;
use super::paint::{RED, paint};
use super::people::{render_saving, steps};
use super::plan::plan;
use super::progress::{Moving, Steady};
use super::report::{CommandReport, Format, Reporter};
use super::run_setup::{Setup, Shown};
use super::source::Source;
use super::text::{clean, columns, wrapped};
use crate::engine::{
    Event, ItemReport, OrgEvent, OrgReport, Parties, Question, Report, TenantReport,
};
use crate::model::{Command, OrgKind};

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
    terminal: &'a Terminal,
    format: Format,
    setup: Setup<'a>,
    reporter: Box<dyn Reporter>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    progress: Progress,
    org: Option<OrgReport>,
    tenant: Option<TenantReport>,
    shown: Shown,
}

#[derive(Debug)]
enum Progress {
    Moving(Moving),
    Steady(Steady),
    None,
}

impl<'a> RunView<'a> {
    /// A view of a run that has not begun.
    pub fn new(terminal: &'a Terminal, format: Format, setup: Setup<'a>) -> Self {
        if setup.full {
            terminal.tell_all();
        }
        let settings = terminal.settings();
        let progress = if format.tells_events() {
            Progress::None
        } else if settings.live {
            Progress::Moving(Moving::new())
        } else {
            Progress::Steady(Steady::default())
        };
        let reporter = format.reporter(&settings, &setup.invocation);
        let state = State { progress, org: None, tenant: None, shown: Shown::default() };
        Self { terminal, format, setup, reporter, state: Mutex::new(state) }
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
        let terminal = self.terminal;
        terminal.print(self.reporter.event(happened));
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
            Event::Planned { items } if self.setup.changes_things() => {
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
        if !state.shown.plan {
            // Standard output is for a script; whoever is asked must see the plan nevertheless.
            let terminal = self.terminal;
            let screen = terminal.settings().err;
            let Setup { invocation, .. } = &self.setup;
            let (parties, items) = (proposal.parties, proposal.items);
            terminal.err(&plan(parties, items, self.setup.purpose(), "", invocation, screen));
        }
        let answer = self.ask(proposal);
        state.shown.declined = answer != Some(true);
        answer
    }

    /// One question after another, until the first that is not answered with yes.
    fn ask(&self, proposal: Proposal<'_>) -> Option<bool> {
        let Proposal { parties, question, destroys, .. } = proposal;
        let terminal = self.terminal;
        for loss in &question.losses {
            let text = format!("{} {loss}", paint(RED, "This removes something:"));
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
        let terminal = self.terminal;
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
        let terminal = self.terminal;
        let screen = terminal.settings().err;
        let org = parties.org.map(|org| format!("{} ({})", clean(&org.name), org.kind.name()));
        let tenant = parties.tenant.map(|it| format!("{} (Webex)", clean(&it.name)));
        let name = org.into_iter().chain(tenant).collect::<Vec<_>>().join(" and ");
        let question = format!("Make these changes in {name}?");
        if columns(&question) + ANSWER < screen.width {
            return terminal.confirm(&question);
        }
        terminal.err(&wrapped("", &format!("This changes {name}."), 0, screen));
        terminal.confirm("Make these changes?")
    }

    /// Shows a person what is left to them, and asks whether provision is to wait for it.
    pub fn watch(&self, item: &ItemReport) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Self { terminal, format, .. } = *self;
        if format == Format::Text {
            let done = "Everything that provision can do is done. What is left is up to you:";
            terminal.out(&format!("{done}\n\n{}\n", steps(item, false, terminal.settings().out)));
            state.shown.steps.push(item.id);
        } else {
            terminal.err(&steps(item, false, terminal.settings().err));
        }
        // Ctrl-C means no here: everything else is done, and the report follows.
        let waits = terminal.confirm("Wait here until it is done?") == Some(true);
        waits && self.copy_values(&item.values)
    }

    /// Puts one value after the other into the clipboard, as a person wants them for the page. Says whether
    /// the person still wants to wait.
    fn copy_values(&self, values: &[(Option<String>, String)]) -> bool {
        let terminal = self.terminal;
        if values.is_empty() || !terminal.copies() {
            return true;
        }
        terminal.note(
            "Press Enter to copy each value to the clipboard, if your terminal allows it, or q and \
            Enter to skip. Then provision starts watching the org.",
        );
        for (label, value) in values {
            let shown = match label {
                Some(label) => format!("{}: {}", clean(label), clean(value)),
                None => clean(value),
            };
            match terminal.line(&format!("  {shown}")) {
                Some(answer) if answer.trim().is_empty() => terminal.copy(value),
                Some(_) => return true,
                // Ctrl-C is a no here, too.
                None => return false,
            }
        }
        true
    }

    /// Shows what a browser has filled in, and asks whether to save it. Ctrl-C means no.
    pub fn may_save(&self, what: &str, values: &[(String, String)]) -> bool {
        let terminal = self.terminal;
        terminal.err(&render_saving(what, values, terminal.settings().err));
        terminal.confirm("Save the form in the browser?") == Some(true)
    }

    /// What was written into a folder: whoever asked for files reads of them, and not of the plan.
    pub fn written(&self, source: Source) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.shown.source = Some(source);
    }

    /// Takes moving lines away, where the end is not shown.
    pub fn close(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Progress::Moving(moving) = &mut state.progress {
            moving.end(self.terminal);
        }
    }

    /// Shows how it ended.
    pub fn end(&self, report: &Report) {
        let terminal = self.terminal;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Progress::Moving(moving) = &mut state.progress {
            moving.end(terminal);
        }
        let ended = CommandReport::of_run(report, &self.setup, &state.shown);
        terminal.print(self.reporter.report(&ended));
        match &report.failure {
            // A no is an answer, not an error.
            Some(declined) if state.shown.declined => terminal.note(&declined.message()),
            Some(failed) => terminal.failure(failed),
            None => {}
        }
    }

    /// The plan, once, and only where there is something in it.
    fn show_plan(&self, state: &mut State, parties: Parties<'_>, items: &[ItemReport]) {
        let nothing = changes(items) == 0;
        if state.shown.plan || nothing || self.format != Format::Text {
            return;
        }
        state.shown.plan = true;
        state.shown.notes = items.iter().flat_map(|item| item.notes.clone()).collect();
        let terminal = self.terminal;
        let screen = terminal.settings().out;
        let Setup { invocation, .. } = &self.setup;
        let text = plan(parties, items, self.setup.purpose(), "", invocation, screen);
        terminal.out(&format!("{text}\n"));
    }
}
