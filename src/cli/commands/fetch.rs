//! `provision fetch`: Cisco's file of a call center definition or a desktop layout, as it is published.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use salesforce_client::wire::{Call, ErrorKind, StatusCode};
use serde_json::json;

use crate::advice;
use crate::cli::context::Context;
use crate::cli::{network, new_file, recipe, runtime};
use crate::definitions::desktop_layout::{LayoutDifferences, LayoutDocument};
use crate::definitions::{
    Published, PublishedKind, SetupFile, default_recipe, definition_differences, published,
};
use crate::failure::{Failure, Kind};
use crate::journal::sha256;
use crate::lint;
use crate::model::{Command, Diagnostic, Hint, Severity};

const EXAMPLES: &str = "\
Examples:
  # Download the newest call center definition of Version 1
  provision fetch call-center
  # Save the desktop layout under another name
  provision fetch desktop-layout --to layouts/salesforce.json
  # Version 2's definition at a specific commit
  provision fetch call-center --recipe webex-v2 --at 6e612ba
  # Only if it is exactly this file
  provision fetch call-center --sha256 8a4d68c16f564692bed8227455b6b6bb0e120c93472edea0f402f1020891018f";

const COMMAND: &str = "fetch";

/// Where GitHub serves files as they are.
const GITHUB: &str = "https://raw.githubusercontent.com";

/// Download and check Cisco's call center definition or desktop layout
///
/// Downloads the file from Cisco's repository on GitHub, checks it as `lint` does, and writes it
/// only if there are no errors. Shows when Cisco published it (for versions that provision knows),
/// how a definition differs from the built-in one and a desktop layout from the newest known one, and
/// its SHA-256, with which you can request exactly this file again. NAME.origin.toml records where the file came from.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct FetchArguments {
    /// Which file
    #[arg(value_enum, value_name = "WHAT")]
    what: What,
    /// Version of the connector: webex-v1 or webex-v2 [default: webex-v1]
    #[arg(long, value_name = "RECIPE")]
    recipe: Option<String>,
    /// Commit, tag or branch of Cisco's repository [default: main]
    #[arg(long, value_name = "COMMIT")]
    at: Option<String>,
    /// Path of another file in Cisco's repository [default: the newest one that provision knows]
    #[arg(long, value_name = "PATH")]
    path: Option<String>,
    /// SHA-256 that the file must have
    #[arg(long, value_name = "HEX")]
    sha256: Option<String>,
    /// Where to write it [default: the file's own name, in this folder]
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Overwrite an existing file
    #[arg(long)]
    force: bool,
    /// URL of a mirror that serves /OWNER/REPOSITORY/COMMIT/PATH
    #[arg(long, value_name = "URL", default_value = GITHUB, hide_default_value = true)]
    mirror: String,
}

/// Which file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The call center definition, for import in Setup
    CallCenter,
    /// The desktop layout, for Webex Contact Center
    DesktopLayout,
}

impl What {
    fn kind(self) -> PublishedKind {
        match self {
            Self::CallCenter => PublishedKind::CallCenter,
            Self::DesktopLayout => PublishedKind::DesktopLayout,
        }
    }

    fn lint(self) -> lint::FileKind {
        match self {
            Self::CallCenter => lint::FileKind::CallCenter,
            Self::DesktopLayout => lint::FileKind::DesktopLayout,
        }
    }
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &FetchArguments) -> u8 {
    context.answer(COMMAND, fetch(context, own))
}

/// A file that came.
struct Fetched<'a> {
    file: &'a Published,
    url: String,
    at: &'a str,
    bytes: Vec<u8>,
    sha256: String,
}

fn fetch(
    context: &Context<'_>,
    own: &FetchArguments,
) -> Result<(serde_json::Value, String), Failure> {
    let data = own.recipe.as_deref().map_or_else(|| Ok(default_recipe()), recipe::named)?;
    let Some(file) = published(&data.recipe.name, own.what.kind()) else {
        return Err(Failure::usage(format!(
            "Cisco publishes no {} for {} of the connector.",
            own.what.lint().title(),
            data.recipe.title
        )));
    };
    let at = own.at.as_deref().unwrap_or(&file.branch);
    let path = own.path.as_deref().unwrap_or_else(|| file.path_at(at));
    for part in [at, path] {
        is_plain(part)?;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let to = own.to.clone().unwrap_or_else(|| PathBuf::from(name));
    if !own.force && to.symlink_metadata().is_ok() {
        return Err(there_already(&to));
    }
    let base = own.mirror.trim_end_matches('/');
    let place = format!("/{}/{at}/{path}", file.repository);
    let bytes = get(context, base, &place)?;
    let sha256 = sha256(&[&bytes]);
    let url = format!("{base}{place}");
    let fetched = Fetched { file, url, at, bytes, sha256 };
    if let Some(wanted) = &own.sha256
        && !wanted.trim().eq_ignore_ascii_case(&fetched.sha256)
    {
        return Err(Failure::refused(format!(
            "{} is not the requested file: its SHA-256 is {}.",
            fetched.url, fetched.sha256
        ))
        .hint("Nothing was written. Check what Cisco has changed, then leave out --sha256 or give the new one."));
    }
    let about = check(own.what, name, &fetched, &data.definition)?;
    keep(&to, &fetched, own.force)?;
    Ok(told(own.what, &to, &fetched, &about))
}

/// What can be part of an address as it stands.
fn is_plain(part: &str) -> Result<(), Failure> {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
    let steps_out = part.split('/').any(|step| matches!(step, "" | "." | ".."));
    if !part.is_empty() && part.bytes().all(fine) && !steps_out {
        return Ok(());
    }
    Err(Failure::usage(format!("`{part}` is not a commit, branch or path.")))
}

/// The file itself, and nothing else that a server may say.
fn get(context: &Context<'_>, base: &str, place: &str) -> Result<Vec<u8>, Failure> {
    /// Cisco's files have less than 50 kB.
    const MOST: usize = 1024 * 1024;
    let transport = network::transport(context, base)?;
    let call = Call::get(place, "get Cisco's file").at_most(MOST);
    let answer = runtime::wait(transport.send(&call))?.map_err(|lost| {
        let text = format!("{}.", lost.to_string().trim_end_matches('.'));
        let failure = Failure::new(Kind::Unreachable, text);
        match lost.kind() {
            // No org is meant, whose address may have been renamed.
            ErrorKind::Unreachable => failure.hint(Hint::command(
                "Check the network and its DNS. Where GitHub cannot be reached, --mirror names a server \
                 that has Cisco's files, or download the file elsewhere and check it with",
                Command::alone("lint FILE"),
                ".",
            )),
            _ => failure.hints(advice::after_network_error(&lost)),
        }
    })?;
    let status = answer.status;
    if status == StatusCode::NOT_FOUND {
        return Err(Failure::usage(format!("There is no file {base}{place}.")).hint(
            "--at names a commit, tag or branch of Cisco's repository, --path another file in it.",
        ));
    }
    if status != StatusCode::OK {
        return Err(Failure::new(
            Kind::Unreachable,
            format!("{base}{place} cannot be downloaded right now: HTTP {}.", status.as_u16()),
        ));
    }
    let beginning: String =
        String::from_utf8_lossy(&answer.bytes).trim_start().chars().take(15).collect();
    let beginning = beginning.to_ascii_lowercase();
    if beginning.starts_with("<!doctype html") || beginning.starts_with("<html") {
        return Err(Failure::new(
            Kind::Failed,
            format!("{base}{place} returned a web page instead of the file."),
        )
        .hint("It may come from a proxy or a login page between this machine and GitHub."));
    }
    Ok(answer.bytes)
}

/// What there is to say of a file that is right.
struct About {
    /// How it differs from what is known: a definition from the built-in one, a layout from Cisco's newest.
    differences: Option<Vec<String>>,
    /// What that is called.
    known: String,
    /// The version of the connector that a layout loads.
    connector: Option<String>,
    /// What is not wrong, and worth knowing.
    warnings: Vec<String>,
}

fn check(what: What, name: &str, fetched: &Fetched<'_>, built_in: &str) -> Result<About, Failure> {
    let bytes = &fetched.bytes;
    let verdict = lint::judge(&lint::Subject {
        name,
        bytes,
        org: None,
        now: Timestamp::now(),
        read: &|_| Err(std::io::ErrorKind::NotFound.into()),
    });
    let is_kind = verdict.kind == what.lint();
    let errors: Vec<String> = verdict
        .findings
        .iter()
        .filter(|it| it.severity == Severity::Error)
        .map(Diagnostic::coded)
        .collect();
    if !is_kind || !errors.is_empty() {
        let title = what.lint().title();
        let message = format!("{} is not a {title} that can be used.", fetched.url);
        let failure = Failure::new(Kind::Failed, message).hint("Nothing was written.");
        return Err(errors.into_iter().take(3).fold(failure, Failure::hint));
    }
    let warnings = verdict
        .findings
        .iter()
        .filter(|it| it.severity == Severity::Warning)
        .map(Diagnostic::coded)
        .collect();
    let differences = SetupFile::read(bytes).ok().filter(|_| what == What::CallCenter);
    let differences = differences.and_then(|read| {
        let known = crate::definitions::built_in(built_in)?;
        Some(definition_differences(&known.call_center, &read.call_center))
    });
    let layout = std::str::from_utf8(bytes).ok().and_then(|text| LayoutDocument::read(text).ok());
    let connector = layout.as_ref().and_then(|it| it.version().map(str::to_owned));
    let (differences, known) = match layout.filter(|_| what == What::DesktopLayout) {
        Some(layout) => {
            let LayoutDifferences { published, lines } = layout.differences_from_newest();
            (Some(lines), format!("Cisco's layout of {published}"))
        }
        None => (differences, "the built-in definition".to_owned()),
    };
    Ok(About { differences, known, connector, warnings })
}

/// Writes the file, and where it came from beside it.
fn keep(to: &Path, fetched: &Fetched<'_>, over: bool) -> Result<(), Failure> {
    let text = String::from_utf8(fetched.bytes.clone()).map_err(|error| {
        Failure::new(Kind::Failed, format!("{} is not UTF-8.", fetched.url)).because(error)
    })?;
    let mut origin = format!(
        "# Where `provision fetch` got {} from.\nurl = \"{}\"\nat = \"{}\"\nsha256 = \"{}\"\nfetched = \"{}\"\n",
        to.file_name().unwrap_or_default().to_string_lossy(),
        fetched.url,
        fetched.at,
        fetched.sha256,
        Timestamp::now(),
    );
    if let Some(version) = fetched.file.version(&fetched.sha256) {
        let _ = writeln!(origin, "published = \"{}\"", version.published);
    }
    let mut beside = to.as_os_str().to_owned();
    beside.push(".origin.toml");
    let beside = Path::new(&beside);
    // A file without its origin would be worse than an origin without its file.
    for (path, text) in [(beside, origin.as_str()), (to, text.as_str())] {
        if !new_file::write(path, text, over || path == beside)? {
            return Err(there_already(path));
        }
    }
    Ok(())
}

fn there_already(to: &Path) -> Failure {
    Failure::usage(format!("`{}` is there already.", to.display()))
        .hint("Use --force to overwrite it, or --to to choose another file.")
}

fn told(
    what: What,
    to: &Path,
    fetched: &Fetched<'_>,
    about: &About,
) -> (serde_json::Value, String) {
    let shown = to.display().to_string();
    let version = fetched.file.version(&fetched.sha256);
    let known = match version {
        Some(version) if Some(version) == fetched.file.newest() => {
            format!("the newest version that provision knows, published on {}", version.published)
        }
        Some(version) => format!("an older version, published on {}", version.published),
        None => "a version that provision does not know".to_owned(),
    };
    let mut text = format!("{shown}: {known}.\n");
    if let Some(connector) = &about.connector {
        let _ = writeln!(text, "It loads version {connector} of the connector.");
    }
    match &about.differences {
        Some(lines) if lines.is_empty() => {
            let same = match what {
                What::CallCenter => "fields and values",
                What::DesktopLayout => "parts and values",
            };
            let _ = writeln!(text, "It has the same {same} as {}.", about.known);
        }
        Some(lines) => {
            let _ = writeln!(text, "Different from {}:", about.known);
            for line in lines {
                let _ = writeln!(text, "  {line}");
            }
        }
        None => {}
    }
    for warning in &about.warnings {
        let _ = writeln!(text, "warning: {warning}");
    }
    let _ = writeln!(text, "From    {}\nSHA-256 {}", fetched.url, fetched.sha256);
    let lint = Command::alone("lint").argument(&shown);
    let next = match what {
        What::CallCenter => format!("definition = \"{}\" under [call_center]", path_of(&shown)),
        What::DesktopLayout => {
            format!("file = \"{}\" under [webex.desktop_layout]", path_of(&shown))
        }
    };
    let _ = writeln!(
        text,
        "Next: write {next} in provision.toml. {}",
        Hint::command("", lint, " tells what a rule has to say of it.")
    );
    let data = json!({
        "file": shown,
        "url": fetched.url,
        "at": fetched.at,
        "sha256": fetched.sha256,
        "published": version.map(|version| &version.published),
        "connector": about.connector,
        "differences": about.differences,
        "warnings": about.warnings,
    });
    (data, text)
}

/// A path as a configuration in this folder names it, where no built-in definition can be meant.
fn path_of(shown: &str) -> String {
    let shown = shown.replace('\\', "/");
    if shown.contains('/') { shown } else { format!("./{shown}") }
}
