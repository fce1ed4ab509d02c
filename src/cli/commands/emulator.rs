//! `provision emulator`: serve an org emulator on this machine.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::cli::context::Context;
use crate::cli::durations::{duration, job_time};
use crate::cli::exit;
use crate::cli::interrupt::Signals;
use crate::cli::{runtime, state};
use crate::failure::Failure;
use crate::view::render_emulator;
use org_emulator::{Builder, Emulator, Fault, JobTime, Seed};

const EXAMPLES: &str = "\
Examples:
  # One sandbox with 25 users
  provision emulator --port 8080
  # As slow and as large as a real org
  provision emulator --users 400 --latency 150ms --package-time 20s --deploy-time 5s
  # For a script: URLs and tokens as JSON
  provision emulator --orgs 3 --seed 7 --output json
  # For clients that insist on HTTPS
  provision emulator --tls
  # Inject faults (see docs/emulator.md)
  provision emulator --faults faults.json";

/// Run a local org emulator
///
/// Serves the parts of Salesforce's REST, Tooling, Metadata and Partner APIs that provision uses,
/// on 127.0.0.1, until you press Ctrl-C. It prints its URL and access tokens when it starts.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct EmulatorArguments {
    /// Port to listen on; 0 for any free port
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Number of orgs
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=50))]
    orgs: u16,
    /// Number of users in each org
    #[arg(long, value_name = "N", default_value_t = 25, value_parser = clap::value_parser!(u16).range(1..=20_000))]
    users: u16,
    /// Seed of the orgs: a number, or a seed file
    #[arg(long, value_name = "N|FILE", default_value = "1")]
    seed: String,
    /// Kind of the orgs
    #[arg(long, value_enum, default_value_t = OrgKind::Sandbox)]
    kind: OrgKind,
    /// Delay of each response
    #[arg(long, value_name = "TIME", default_value = "0ms", value_parser = duration)]
    latency: Duration,
    /// Duration of a package installation: `0s`, `20s`, or a number of polls: `3 polls`
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = job_time)]
    package_time: JobTime,
    /// Duration of a deployment, likewise
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = job_time)]
    deploy_time: JobTime,
    /// Script of faults to inject, JSON or TOML
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// Serve HTTPS; the certificate authority is created in the state directory on first use
    #[arg(long)]
    tls: bool,
}

/// Kinds of orgs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OrgKind {
    Production,
    Sandbox,
    Scratch,
    Developer,
    Trial,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &EmulatorArguments) -> u8 {
    match serve(context, own) {
        Ok(()) => exit::DONE,
        Err(failure) => context.trouble("emulator", failure),
    }
}

/// Serves until somebody stops it.
fn serve(context: &Context<'_>, own: &EmulatorArguments) -> Result<(), Failure> {
    let runtime = runtime::build()?;
    let mut signals = {
        let _inside = runtime.enter();
        Signals::take().map_err(runtime::trouble)?
    };
    let mut builder = builder(own).map_err(cannot_start)?;
    if own.tls {
        let store = state::store(&context.globals, context.surroundings)?;
        builder = builder.tls(store.folder().join("emulator"));
    }
    let emulator = builder.start().map_err(cannot_start)?;
    let announcement = emulator.announcement();
    let terminal = context.terminal;
    if context.for_script() {
        terminal.out(&format!("{announcement}\n"));
    } else {
        let announcement = serde_json::to_value(&announcement).unwrap_or_default();
        terminal.out(&render_emulator(&announcement, terminal.settings().out));
    }
    runtime.block_on(signals.next());
    Ok(())
}

fn cannot_start(error: org_emulator::Error) -> Failure {
    let failure = Failure::usage("The emulator cannot be started.");
    let failure = match &error {
        org_emulator::Error::Bind { .. } => {
            failure.hint("Choose another port, or let the system choose: --port 0")
        }
        _ => failure,
    };
    failure.because(error)
}

/// The emulator's own words for what the command line says.
fn builder(own: &EmulatorArguments) -> Result<Builder, org_emulator::Error> {
    let seed = match own.seed.parse() {
        Ok(number) => Seed::number(number),
        Err(_) => Seed::read(Path::new(&own.seed))?,
    };
    let kind = match own.kind {
        OrgKind::Production => org_emulator::OrgKind::Production,
        OrgKind::Sandbox => org_emulator::OrgKind::Sandbox,
        OrgKind::Scratch => org_emulator::OrgKind::Scratch,
        OrgKind::Developer => org_emulator::OrgKind::Developer,
        OrgKind::Trial => org_emulator::OrgKind::Trial,
    };
    let faults = own.faults.as_deref().map(Fault::read_script).transpose()?.unwrap_or_default();
    Ok(Emulator::builder()
        .port(own.port)
        .orgs(own.orgs.into())
        .users(own.users.into())
        .seed(seed)
        .kind(kind)
        .latency(own.latency)
        .package_time(own.package_time)
        .deploy_time(own.deploy_time)
        .faults(faults))
}
