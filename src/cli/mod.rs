//! Arguments and commands: the only place that reads the command line, the environment, the home
//! directory and the state of the terminal.
//!
//! Rules of this room:
//! - What comes from outside is read once, in `surroundings`, and handed on as values.
//! - Nothing is set up before the command is known: no runtime, no TLS, no state directory.
//! - Every org is reached through `run`; `--org demo` only starts an emulator first.
//! - A command answers with an exit code; what there is to say, `view` has said by then.

mod address;
mod adopt;
mod arguments;
mod browser_rule;
mod certificates;
mod check_users;
mod clock;
mod commands;
mod complete;
mod configuration;
mod context;
mod data_folder;
mod demo_org;
mod demos;
mod durations;
mod exit;
mod export;
mod files;
mod globals;
mod help;
mod interrupt;
mod job;
mod logins;
mod network;
mod new_file;
mod org;
mod own_browser;
mod passphrase;
mod reach;
mod recipe;
mod removal;
mod rules;
mod run;
mod run_host;
mod runtime;
mod saved;
mod selection;
#[cfg(feature = "browser")]
mod setup_browser;
mod snapshot;
mod state;
mod suggest;
mod surroundings;
mod survey;
mod test_call;
#[cfg(test)]
mod tests;
mod trace;
mod variables;
mod vault;
mod webex;
mod webrtc_domain;

pub use exit::code_of;

use std::ffi::OsString;
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;
use std::time::SystemTime;

use arguments::{Arguments, Command};
use context::Context;
use globals::Globals;
use surroundings::Surroundings;
use trace::Tracing;

use crate::failure::{Failure, Kind};
use crate::login::Logins;
use crate::view::Terminal;

/// Runs the program: reads the command line, does what it says, and gives the exit code.
pub fn main() -> ExitCode {
    let surroundings = Surroundings::of_process();
    let terminal = Terminal::of_process(surroundings.settings());
    let code = run_at(SystemTime::now(), std::env::args_os(), &surroundings, &terminal);
    ExitCode::from(match terminal.trouble() {
        // Whoever waits for the output must learn that it is not whole.
        Some(error) if code == exit::DONE => {
            let failure =
                Failure::new(Kind::Failed, "Standard output could not be written to its end.");
            terminal.failure(&failure.because(error));
            exit::FAILED
        }
        _ => code,
    })
}

/// Runs a command line, unless the clock is one that nothing can be recorded by.
fn run_at(
    now: SystemTime,
    arguments: impl IntoIterator<Item = OsString>,
    surroundings: &Surroundings,
    terminal: &Terminal,
) -> u8 {
    match clock::check(now) {
        Ok(()) => run_with(arguments, surroundings, terminal),
        Err(failure) => {
            terminal.failure(&failure);
            code_of(failure.kind)
        }
    }
}

fn run_with(
    arguments: impl IntoIterator<Item = OsString>,
    surroundings: &Surroundings,
    terminal: &Terminal,
) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(words) = complete::asked(&arguments) {
        return complete::run(&words, arguments::tree(), surroundings, terminal);
    }
    let is_login = arguments.iter().any(|word| word == "login");
    let arguments = match Arguments::read(arguments, surroundings.settings().out) {
        Ok(arguments) => arguments,
        Err(error) => return exit::command_line(&error, is_login, surroundings, terminal),
    };
    let Arguments { globals, command, .. } = arguments;
    let tracing = Tracing::default();
    let mut context = Context { globals, surroundings, terminal, tracing: &tracing };
    match named(context.globals.clone(), &command, surroundings) {
        Ok(globals) => context.globals = globals,
        Err(failure) => return context.trouble(command.name(), failure),
    }
    let code = guarded(&context, command.name(), || match &command {
        Command::Apply(own) => commands::apply::run(&context, own),
        Command::Plan(own) => commands::plan::run(&context, own),
        Command::Export(own) => commands::export::run(&context, own),
        Command::Verify(own) => commands::verify::run(&context, own),
        Command::Migrate(own) => commands::migrate::run(&context, own),
        Command::Uninstall(own) => commands::uninstall::run(&context, own),
        Command::Undo(own) => commands::undo::run(&context, own),
        Command::Todo(own) => commands::todo::run(&context, *own),
        Command::Confirm(own) => commands::confirm::run(&context, own),
        Command::Init(own) => commands::init::run(&context, own),
        Command::Baseline(own) => commands::baseline::run(&context, own),
        Command::Doctor(own) => commands::doctor::run(&context, own),
        Command::Status(own) => commands::status::run(&context, own),
        Command::Login(own) => commands::login::run(&context, own),
        Command::Logout(own) => commands::logout::run(&context, own),
        Command::Orgs(own) => commands::orgs::run(&context, own),
        Command::Snapshot(own) => commands::snapshot::run(&context, own),
        Command::Runs(own) => commands::runs::run(&context, own),
        Command::Fetch(own) => commands::fetch::run(&context, own),
        Command::Lint(own) => commands::lint::run(&context, own),
        Command::Schema(own) => commands::schema::run(&context, *own),
        Command::Emulator(own) => commands::emulator::run(&context, own),
        Command::Demo(own) => commands::demo::run(&context, own),
        Command::Completions(own) => commands::completions::run(&context, own),
        Command::Man(own) => commands::man::run(&context, own, arguments::tree()),
    });
    if let Some(text) = tracing.trouble() {
        terminal.err(&text);
    }
    code
}

/// The options with the org that is meant where none is named: the one of a saved plan, that of the
/// variable, or the default one. A saved plan knows its configuration, too.
fn named(
    mut globals: Globals,
    command: &Command,
    surroundings: &Surroundings,
) -> Result<Globals, Failure> {
    let saved = match command {
        Command::Apply(own) => own.saved.as_ref(),
        Command::Migrate(own) => own.saved.as_ref(),
        _ => None,
    };
    let plan = saved.map(|path| saved::read(path)).transpose()?;
    if let Some(file) = plan.as_ref().and_then(|plan| plan.configuration_file()) {
        globals.config = configuration::of_plan(&globals, file.as_ref())?;
    }
    if globals.org.is_some() || globals.instance_url.is_some() || !command.is_for_an_org() {
        return Ok(globals);
    }
    if let Some(plan) = plan {
        globals.org = plan.alias().map(str::to_owned);
        if globals.org.is_none() {
            globals.instance_url = plan.instance_url().map(str::to_owned);
        }
        if globals.org.is_some() || globals.instance_url.is_some() {
            return Ok(globals);
        }
    }
    globals.org.clone_from(&surroundings.org);
    if globals.org.is_none()
        && let Ok(store) = state::store(&globals, surroundings)
    {
        globals.org = Logins::of(&store).default_org()?;
    }
    Ok(globals)
}

/// Runs a command; a panic ends it like any other trouble, with a document where a script reads.
fn guarded(context: &Context<'_>, name: &'static str, run: impl FnOnce() -> u8) -> u8 {
    std::panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        // The panic itself has been told by then, with its place.
        let bug = Failure::new(Kind::Bug, "This is a bug in provision.")
            .hint("What was done so far stays. Please report it, with the output above.");
        context.trouble(name, bug)
    })
}
