//! The command line.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use super::commands::apply::{ApplyArguments, ApplyCommand};
use super::commands::baseline::BaselineArguments;
use super::commands::completions::CompletionsArguments;
use super::commands::confirm::ConfirmArguments;
use super::commands::demo::DemoArguments;
use super::commands::doctor::DoctorArguments;
use super::commands::emulator::EmulatorArguments;
use super::commands::export::ExportArguments;
use super::commands::fetch::FetchArguments;
use super::commands::init::InitArguments;
use super::commands::lint::LintArguments;
use super::commands::login::LoginArguments;
use super::commands::logout::LogoutArguments;
use super::commands::man::ManArguments;
use super::commands::migrate::MigrateArguments;
use super::commands::orgs::OrgsArguments;
use super::commands::plan::PlanArguments;
use super::commands::runs::RunsArguments;
use super::commands::schema::SchemaArguments;
use super::commands::snapshot::SnapshotArguments;
use super::commands::status::StatusArguments;
use super::commands::todo::TodoArguments;
use super::commands::undo::UndoArguments;
use super::commands::uninstall::UninstallArguments;
use super::commands::verify::VerifyArguments;
use super::globals::Globals;
use super::{help, suggest};
use crate::view::Screen;

const ABOUT: &str = "Set up Webex Contact Center for Salesforce in a Salesforce org";

const LONG_ABOUT: &str = "\
Set up Webex Contact Center for Salesforce in a Salesforce org.

provision compares an org with provision.toml, shows the differences and applies them: the managed \
package, the call center and its settings, the Task page layouts, and the users. Running it again \
changes only what still differs.";

/// The command line, read and checked.
#[derive(Debug)]
pub(super) struct Arguments {
    pub(super) globals: Globals,
    pub(super) command: Command,
}

#[derive(Debug, Parser)]
#[command(
    name = "provision",
    version,
    about = ABOUT,
    long_about = LONG_ABOUT,
    after_help = "Try it without an org: provision --org demo"
)]
struct Line {
    #[command(flatten)]
    globals: Globals,
    /// Without a command, `apply` is meant.
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    apply: ApplyArguments,
}

/// What to do. Each command's own file has its help text: a comment here would take its place.
#[derive(Debug, Clone, Subcommand)]
pub(super) enum Command {
    Apply(ApplyCommand),
    Plan(PlanArguments),
    Verify(VerifyArguments),
    Export(ExportArguments),
    Uninstall(UninstallArguments),
    Migrate(MigrateArguments),
    Undo(UndoArguments),
    Todo(TodoArguments),
    Confirm(ConfirmArguments),
    Status(StatusArguments),
    Login(LoginArguments),
    Logout(LogoutArguments),
    Orgs(OrgsArguments),
    Doctor(DoctorArguments),
    Init(InitArguments),
    Baseline(BaselineArguments),
    Snapshot(SnapshotArguments),
    Runs(RunsArguments),
    Fetch(FetchArguments),
    Lint(LintArguments),
    Schema(SchemaArguments),
    Emulator(EmulatorArguments),
    Demo(DemoArguments),
    Completions(CompletionsArguments),
    Man(ManArguments),
}

impl Command {
    /// The name in documents.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Apply(_) => "apply",
            Self::Plan(_) => "plan",
            Self::Verify(_) => "verify",
            Self::Export(_) => "export",
            Self::Uninstall(_) => "uninstall",
            Self::Migrate(_) => "migrate",
            Self::Undo(_) => "undo",
            Self::Todo(_) => "todo",
            Self::Confirm(_) => "confirm",
            Self::Status(_) => "status",
            Self::Login(_) => "login",
            Self::Logout(_) => "logout",
            Self::Orgs(_) => "orgs",
            Self::Doctor(_) => "doctor",
            Self::Init(_) => "init",
            Self::Baseline(_) => "baseline",
            Self::Snapshot(_) => "snapshot",
            Self::Runs(_) => "runs",
            Self::Fetch(_) => "fetch",
            Self::Lint(_) => "lint",
            Self::Schema(_) => "schema",
            Self::Emulator(_) => "emulator",
            Self::Demo(_) => "demo",
            Self::Completions(_) => "completions",
            Self::Man(_) => "man",
        }
    }
}

impl Command {
    /// Whether it looks at an org or changes one, which may be named once for all commands.
    pub(super) fn is_for_an_org(&self) -> bool {
        match self {
            Self::Apply(_)
            | Self::Plan(_)
            | Self::Verify(_)
            | Self::Export(_)
            | Self::Uninstall(_)
            | Self::Migrate(_)
            | Self::Undo(_)
            | Self::Todo(_)
            | Self::Confirm(_)
            | Self::Status(_)
            | Self::Doctor(_)
            | Self::Baseline(_)
            | Self::Snapshot(_) => true,
            Self::Init(own) => own.asks_the_org_at_hand(),
            _ => false,
        }
    }
}

/// The whole command line with all its help, for completions, manual pages and the reference.
pub(super) fn tree() -> clap::Command {
    help::complete(Line::command())
}

impl Arguments {
    /// Reads a command line; help and version are errors that clap knows how to show.
    pub(super) fn read(
        arguments: impl IntoIterator<Item = OsString>,
        screen: Screen,
    ) -> Result<Self, clap::Error> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        let mut command = help::as_wide_as(Line::command(), screen);
        let matches = command.try_get_matches_from_mut(&arguments).map_err(|mut error| {
            // Only who asks for help waits for all of it to be laid out.
            if help::is_asked_for(&error) {
                let shown = help::whole(Line::command(), screen).try_get_matches_from(&arguments);
                shown.err().unwrap_or(error)
            } else {
                suggest::complete(&mut error, &Line::command(), &arguments);
                error
            }
        })?;
        let line = Line::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
        let conflict = |text: &str| Line::command().error(ErrorKind::ArgumentConflict, text);
        // clap checks conflicts of global options on one side of the command's name only.
        if line.globals.org.is_some() && line.globals.instance_url.is_some() {
            return Err(conflict(
                "the argument '--org <ALIAS>' cannot be used with '--instance-url <URL>'",
            ));
        }
        let command = match line.command {
            None => Command::Apply(ApplyCommand { saved: None, options: line.apply }),
            Some(Command::Apply(own)) => {
                Command::Apply(ApplyCommand { options: own.options.or(line.apply), ..own })
            }
            Some(other) => match line.apply.said().as_slice() {
                [] => other,
                [only] => {
                    let text = "must come after the command that takes it";
                    return Err(conflict(&format!("the argument '{only}' {text}")));
                }
                several => {
                    let text = "must come after the command that takes them";
                    return Err(conflict(&format!(
                        "the arguments '{}' {text}",
                        several.join("', '")
                    )));
                }
            },
        };
        Ok(Self { globals: line.globals, command })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::globals::Output;

    fn read(line: &str) -> Result<Arguments, clap::Error> {
        let words = std::iter::once("provision").chain(line.split_whitespace());
        Arguments::read(words.map(OsString::from), Screen::new(80, true))
    }

    #[test]
    fn the_definition_of_the_command_line_is_sound() {
        Line::command().debug_assert();
    }

    #[test]
    fn global_options_stand_before_or_after_the_command() {
        for line in ["--org demo --output json plan", "plan --output json --org demo"] {
            let arguments = read(line).unwrap();
            assert_eq!(arguments.globals.org.as_deref(), Some("demo"), "{line}");
            assert_eq!(arguments.globals.output, Output::Json, "{line}");
            assert!(matches!(arguments.command, Command::Plan(_)), "{line}");
        }
    }

    #[test]
    fn without_a_command_apply_is_meant() {
        let Command::Apply(own) = read("--org demo --strict").unwrap().command else {
            panic!("another command");
        };
        assert!(own.options.strict);
        let Command::Apply(own) = read("--confirm Acme apply --strict").unwrap().command else {
            panic!("another command");
        };
        assert!(own.options.strict);
        assert_eq!(own.options.confirm.as_deref(), Some("Acme"));
    }

    #[test]
    fn contradictions_are_refused_wherever_they_stand() {
        for line in [
            "--org a --instance-url https://b.example",
            "--org a plan --instance-url https://b.example",
            "--strict plan",
        ] {
            let error = read(line).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::ArgumentConflict, "{line}");
        }
    }

    #[test]
    fn a_misspelt_word_gets_the_right_one() {
        let error = read("verfy").unwrap_err().to_string();
        assert!(error.contains("'verify'"), "{error}");
        for (line, meant) in [
            ("plan --chek", "'--check'"),
            ("plan --ogr demo", "'--org'"),
            ("--ogr demo plan", "'--org'"),
            ("plan --output jsno", "'json'"),
            ("demo reste", "'reset'"),
            ("completions bsh", "'bash'"),
            ("plan --forget", "'--forget' is an option of 'provision confirm'"),
        ] {
            let error = read(line).unwrap_err().to_string();
            assert!(error.contains(meant), "{line}: {error}");
        }
        let error = read("plan --frobnicate").unwrap_err().to_string();
        assert!(!error.contains("tip:"), "{error}");
    }
}
