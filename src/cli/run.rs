//! The one way from the command line to an org and back, for `apply`, `plan` and `verify`.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

use super::browser_rule::Rule;
use super::configuration;
use super::context::Context;
use super::interrupt::{self, Signals};
use super::job::{DeletedCallCenters, End, Job};
use super::org::{self, Chosen, Connection};
use super::own_browser::{self, OwnBrowser};
use super::reach::{Reached, Unreached, reach};
use super::run_host::RunHost;
use super::{check_users, exit, export, rules, runtime, saved, state};
use crate::checklist::Selection;
use crate::config::Loaded;
use crate::engine::{
    self, CheckUser, Event, Goal, Outcome, Patience, Removal, Report, Request, SavedPlan,
    UndoneRuns,
};
use crate::failure::{Failure, Kind};
use crate::journal::Store;
use crate::model::Diagnostic;
use crate::view::{Format, RunView, Setup, Terminal};

/// Does it, shows it, and gives the exit code.
pub(super) fn run(context: &Context<'_>, job: Job<'_>) -> u8 {
    let setup = Setup {
        command: job.shown(),
        next: job.next.cloned(),
        full: job.full,
        saved: job.save.map(|path| path.display().to_string()),
        from_file: job.saved.is_some(),
        selection: job.selection,
        invocation: context.globals.invocation(),
    };
    let view = RunView::new(context.terminal, context.format(), setup);
    let mut report = match attempt(context, job, &view) {
        Ok(report) => report,
        Err(failure) => without_org(job.command(), failure),
    };
    report.failure = report.failure.map(|failure| context.at_hand(failure));
    view.end(&report);
    exit::of_report(&report, job.strictness)
}

/// Everything that must be right before the org is called, and then the run.
fn attempt(context: &Context<'_>, job: Job<'_>, view: &RunView<'_>) -> Result<Report, Failure> {
    let Context { globals, surroundings, terminal, .. } = context;
    let saved = job.saved.map(saved::read).transpose()?;
    // A saved plan is about the items that were chosen when it was made.
    let its_items = saved.as_ref().map(SavedPlan::selection).unwrap_or_default();
    let is_said = *job.selection != Selection::All;
    let job = if is_said { job } else { Job { selection: &its_items, ..job } };
    let Read { chosen, mut loaded, left_out } = read(context, &job)?;
    if matches!(chosen, Some(Chosen::Alias(_))) {
        org::is_known(context)?;
    }
    let deletes_old = saved.as_ref().is_some_and(SavedPlan::deletes_call_centers);
    for connector in &mut loaded.desired.connectors {
        connector.call_center.delete_old = deletes_old;
        match job.deleted {
            DeletedCallCenters::None => {}
            DeletedCallCenters::Clones(names) => {
                connector.uninstall.delete_call_centers = names.to_vec();
            }
            DeletedCallCenters::Old => connector.call_center.delete_old = true,
        }
    }
    let store = state::store(globals, surroundings)?;
    if job.goal == Goal::Apply {
        can_ask(context, &job)?;
    }
    let is_told = |odd: &Diagnostic| odd.code.is_some_and(|code| job.told.contains(&code));
    // A snapshot brings single values back, whatever else a configuration says.
    let judged =
        if matches!(job.end, End::Restored(_)) { Vec::new() } else { rules::check(&loaded)? };
    for odd in judged.into_iter().filter(|odd| !is_told(odd)) {
        if context.format().tells_events() {
            view.event(Event::Note { warning: true, text: odd.line() });
        } else {
            terminal.diagnostics(&[odd]);
        }
    }
    if let Some(text) = configuration::nameless(globals, &loaded) {
        view.event(Event::Note { warning: true, text });
    }
    if let Some(text) = configuration::set_aside(globals) {
        view.event(Event::Note { warning: false, text });
    }
    for half in left_out {
        let option = job.selection.option();
        let text = format!("{option} leaves out all items of {half}: it is not checked.");
        view.event(Event::Note { warning: false, text });
    }
    if let Some(folder) = job.export {
        export::is_free(folder)?;
    }
    if let Some(path) = job.save {
        saved::is_free(path)?;
    }
    let Reached { connection, tenant, unreached } =
        reach(context, chosen.as_ref(), job.goal, &loaded, &store)?;
    let parties = (connection.as_ref(), tenant.as_ref());
    let protected =
        connection.as_ref().is_some_and(|it| configuration::protects(&loaded, &it.client, &store));
    let browser = match job.goal {
        Goal::Apply => own_browser::find(context, &job, view, rule(context, &job, protected))?,
        Goal::Plan | Goal::Verify | Goal::Export(_) => None,
    };
    let check_users = match job.end {
        End::Installed => {
            let org = connection.as_ref().map(|it| &it.client);
            check_users::find(context, &loaded.desired, &store, org)?
        }
        End::Removed(_) | End::Undone(..) | End::Restored(_) => Vec::new(),
    };
    let mut report = stoppable(terminal, |asked| {
        let around = Around {
            loaded: &loaded,
            store: &store,
            browser,
            check_users: &check_users,
            unreached: &unreached,
        };
        in_org(context, job, view, around, parties, saved.as_ref(), asked)
    })?;
    if let Some(folder) = job.export {
        export::write(folder, job.goal, &mut report, view);
    }
    if let Some(path) = job.save {
        saved::keep(path, globals, (&loaded.hash, job.selection), &mut report, view);
    }
    if let Some(failure) = &mut report.failure {
        rules::locate(failure, &loaded);
    }
    Ok(report)
}

/// What a run is about.
struct Read {
    /// The org that the command line names, where the run is about one.
    chosen: Option<Chosen>,
    loaded: Loaded,
    /// Halves of the configuration that a selection leaves out.
    left_out: Vec<&'static str>,
}

/// The org that the command line names, and the configuration. One that speaks of the Webex organization
/// alone needs no org; the emulator's brings its tenant along.
fn read(context: &Context<'_>, job: &Job<'_>) -> Result<Read, Failure> {
    let selection = job.selection;
    let chosen = org::choose(&context.globals, context.surroundings);
    let mut left_out = Vec::new();
    let wanted = match job.instead {
        Some(loaded) => Ok(loaded.clone()),
        None => configuration::read_for(context),
    };
    let loaded = wanted.and_then(|mut loaded| {
        left_out = selection.narrow(&mut loaded.desired);
        if loaded.desired.connectors.is_empty() && loaded.desired.tenant.is_none() {
            let option = selection.option();
            let message = format!("{option} excludes everything in the configuration.");
            return Err(Failure::usage(message));
        }
        Ok(loaded)
    });
    let (chosen, loaded) = match (chosen, loaded) {
        (Ok(Chosen::Demo(demo)), loaded) => (Some(Chosen::Demo(demo)), loaded?),
        (_, Ok(loaded)) if loaded.desired.connectors.is_empty() => (None, loaded),
        // What is missing on the command line is told first.
        (chosen, loaded) => (Some(chosen?), loaded?),
    };
    Ok(Read { chosen, loaded, left_out })
}

/// Looks at the org and asks every item, without changing or showing anything.
pub(super) fn look(
    context: &Context<'_>,
    loaded: &Loaded,
    selection: &Selection,
    store: &Store,
) -> Result<Report, Failure> {
    look_for(context, Job { selection, ..Job::to(Goal::Plan) }, loaded, store)
}

/// The same, with what the org shows to be otherwise as a difference.
pub(super) fn compare(
    context: &Context<'_>,
    loaded: &Loaded,
    store: &Store,
) -> Result<Report, Failure> {
    look_for(context, Job::to(Goal::Verify), loaded, store)
}

/// Looks at what is left of an uninstall, without changing or showing anything; what the org shows to be there still
/// is a difference.
pub(super) fn compare_removal(
    context: &Context<'_>,
    loaded: &Loaded,
    store: &Store,
) -> Result<Report, Failure> {
    let end = End::Removed(Removal::default());
    look_for(context, Job { end, ..Job::to(Goal::Verify) }, loaded, store)
}

/// The failure of a look at an org that was not seen, for no reason that the report tells.
pub(super) fn unseen() -> Failure {
    Failure::new(Kind::Failed, "The org could not be looked at.")
        .hint("Nothing was changed. Run this again, with --trace FILE to see what the org answers.")
}

fn look_for(
    context: &Context<'_>,
    job: Job<'_>,
    loaded: &Loaded,
    store: &Store,
) -> Result<Report, Failure> {
    let setup = Setup {
        command: job.shown(),
        next: None,
        full: false,
        saved: None,
        from_file: false,
        selection: job.selection,
        invocation: context.globals.invocation(),
    };
    // Standard output is for the answer of the command that asks.
    let view = RunView::new(context.terminal, Format::Text, setup);
    let chosen = org::choose(&context.globals, context.surroundings)?;
    let Reached { connection, tenant, unreached } =
        reach(context, Some(&chosen), job.goal, loaded, store)?;
    let parties = (connection.as_ref(), tenant.as_ref());
    let org = connection.as_ref().map(|it| &it.client);
    let check_users = check_users::find(context, &loaded.desired, store, org)?;
    let report = stoppable(context.terminal, |asked| {
        let around = Around {
            loaded,
            store,
            browser: None,
            check_users: &check_users,
            unreached: &unreached,
        };
        in_org(context, job, &view, around, parties, None, asked)
    });
    view.close();
    report
}

/// Runs it, and stops it at Ctrl-C.
pub(super) fn stoppable<T, F: Future<Output = T>>(
    terminal: &Terminal,
    run: impl FnOnce(watch::Receiver<bool>) -> F,
) -> Result<T, Failure> {
    let runtime = runtime::build()?;
    let signals = {
        let _inside = runtime.enter();
        Signals::take().map_err(runtime::trouble)?
    };
    let (tell, asked) = watch::channel(false);
    let running = run(asked);
    let ended = runtime.block_on(async {
        tokio::select! {
            report = running => report,
            never = interrupt::watch(signals, terminal, tell) => match never {},
        }
    });
    // A name that nobody resolves would be waited for even after its time is up.
    runtime.shutdown_background();
    Ok(ended)
}

/// What a run works with, besides the parties.
struct Around<'a> {
    loaded: &'a Loaded,
    store: &'a Store,
    browser: Option<OwnBrowser<'a>>,
    check_users: &'a [CheckUser],
    unreached: &'a Unreached,
}

/// When a browser may be used.
fn rule(context: &Context<'_>, job: &Job<'_>, protected: bool) -> Rule {
    let terminal = &context.surroundings.terminal;
    Rule {
        named: job.browser.is_some(),
        attended: terminal.input && terminal.error.terminal,
        agreed: agreed(context, job),
        protected,
    }
}

/// The run itself.
async fn in_org(
    context: &Context<'_>,
    job: Job<'_>,
    view: &RunView<'_>,
    around: Around<'_>,
    (connection, tenant): (Option<&Connection>, Option<&webex_client::Client>),
    saved: Option<&SavedPlan>,
    asked_to_stop: watch::Receiver<bool>,
) -> Report {
    let Around { loaded, store, browser, check_users, unreached } = around;
    let runs = match job.end {
        End::Undone(run, _) => match find_runs(connection, loaded, store, run).await {
            Ok(runs) => match &runs.run {
                Some(run) => {
                    view.event(Event::Note { warning: false, text: told(run, runs.later) });
                    for text in &runs.stays {
                        view.event(Event::Note { warning: true, text: text.clone() });
                    }
                    runs
                }
                // Nobody has to be asked for that.
                None => return Report { outcome: Outcome::NothingToDo, ..bare(job.command()) },
            },
            Err(failure) => return without_org(job.command(), failure),
        },
        End::Restored(restoration) => {
            for text in &restoration.stays {
                view.event(Event::Note { warning: true, text: text.clone() });
            }
            for text in &restoration.not_compared {
                view.event(Event::Note { warning: true, text: text.clone() });
            }
            if restoration.is_empty() && restoration.unseen_now {
                return without_org(job.command(), nothing_compared());
            }
            if restoration.is_empty() {
                return Report { outcome: Outcome::NothingToDo, ..bare(job.command()) };
            }
            UndoneRuns::default()
        }
        End::Installed | End::Removed(_) => UndoneRuns::default(),
    };
    let asks =
        job.goal == Goal::Apply && !agreed(context, &job) && context.surroundings.terminal.input;
    let request = Request {
        goal: job.goal,
        aim: job.end.aim(&runs),
        alias: context.globals.org.as_deref(),
        desired: &loaded.desired,
        selection: job.selection,
        configuration: &loaded.hash,
        protected: connection.is_some_and(|it| configuration::protects(loaded, &it.client, store)),
        confirm: job.confirm,
        allow_removals: job.allow_removals,
        delete_data: job.delete_data,
        validate: job.validate,
        when_busy: job.when_busy,
        saved,
        installation_key: context.surroundings.installation_key.clone(),
        order: job.order,
    };
    let stopped = AtomicBool::new(false);
    let host = RunHost { view, asks, data: job.data, browser, check_users, unreached, stopped };
    let run_context = engine::Context {
        client: connection.map(|it| &it.client),
        webex: tenant,
        store,
        host: &host,
        patience: Patience::default(),
    };
    let answered = context.terminal.answering_ms();
    let run = Box::pin(engine::run(&request, &run_context, interrupt::first(asked_to_stop)));
    let mut report = run.await;
    report.person_ms += context.terminal.answering_ms() - answered;
    if host.stopped.load(Ordering::Relaxed) {
        report.outcome = Outcome::Interrupted;
        report.failure = Some(Failure::new(Kind::Interrupted, "Stopped: nothing was changed."));
    }
    report
}

/// Nothing is to go back of what was compared, and not all was.
fn nothing_compared() -> Failure {
    Failure::new(
        Kind::Failed,
        "Everything that could be compared matches the snapshot. What could not be compared is listed above.",
    )
    .hint("Nothing was changed. Run this again once the org shows the rest.")
}

/// Which runs are taken back, as people are told it.
fn told(run: &str, later: usize) -> String {
    match later {
        0 => format!("This undoes run {run}."),
        1 => format!("This undoes run {run} and the one after it."),
        later => format!("This undoes run {run} and the {later} runs after it."),
    }
}

/// Which runs of the org and of the Webex organization are taken back.
async fn find_runs(
    connection: Option<&Connection>,
    loaded: &Loaded,
    store: &Store,
    run: Option<&str>,
) -> Result<UndoneRuns, Failure> {
    let org = match connection {
        Some(connection) => Some(engine::org_id(&connection.client).await?),
        None => None,
    };
    UndoneRuns::find(store, org.as_ref(), &loaded.desired, run)
}

/// Whether the command line itself agrees to the changes. That data goes needs the org's name.
fn agreed(context: &Context<'_>, job: &Job<'_>) -> bool {
    match job.end {
        End::Restored(_) => context.globals.yes,
        End::Installed => context.globals.yes || job.delete_data.is_some(),
        End::Removed(removal) => removal.delete_data.is_some(),
        End::Undone(_, removal) => context.globals.yes || removal.delete_data.is_some(),
    }
}

/// A person at a terminal who cannot be asked must have said yes beforehand.
fn can_ask(context: &Context<'_>, job: &Job<'_>) -> Result<(), Failure> {
    let terminal = &context.surroundings.terminal;
    if agreed(context, job) || !terminal.input || terminal.error.terminal {
        return Ok(());
    }
    Err(Failure::refused("Cannot ask for approval: standard error is not a terminal.").hint(
        match job.end {
            End::Installed | End::Undone(..) | End::Restored(_) => {
                "Add --yes to apply the planned changes without asking."
            }
            End::Removed(_) => {
                "Add --yes-delete-data with the org's My Domain name or id to go on without asking."
            }
        },
    ))
}

/// The document of a run that ended before the org was reached.
fn without_org(command: &'static str, failure: Failure) -> Report {
    Report { outcome: Outcome::of(failure.kind), failure: Some(failure), ..bare(command) }
}

/// A document of which nothing is known but the command.
fn bare(command: &'static str) -> Report {
    Report {
        format: 1,
        command,
        undoes: None,
        org: None,
        tenant: None,
        outcome: Outcome::Failed,
        items: Vec::new(),
        requests: 0,
        polls: 0,
        api_calls: 0,
        duration_ms: 0,
        person_ms: 0,
        stages: Vec::new(),
        run: None,
        uninstalls: false,
        files: Vec::new(),
        exported: Vec::new(),
        failure: None,
    }
}
