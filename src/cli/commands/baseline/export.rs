//! `provision baseline export`: the baseline in a file.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::{Recorded, Whose};
use crate::cli::context::Context;
use crate::cli::{configuration, exit, new_file, state};
use crate::engine::{BaselineFile, FileConfirmation, file_confirmations};
use crate::failure::Failure;
use crate::journal::Store;
use crate::model::quoted;
use crate::view::{Answer, Exported, render_exported_baseline};

const EXAMPLES: &str = "\
Examples:
  # For another machine, or for a backup
  provision --org demo baseline export b.json";

/// Export the baseline to a file
///
/// For a backup, another machine, or a copy of the org. The file contains names and values of the
/// org's setup, including usernames, and what people have confirmed for the org and the configured
/// Webex organization. It contains no secrets. An existing file is never overwritten.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct ExportArguments {
    /// A new file; `-` for standard output
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    whose: Whose,
}

const COMMAND: &str = "baseline export";

/// Runs the command.
pub(super) fn run(context: &Context<'_>, own: &ExportArguments) -> u8 {
    match export(context, own) {
        Ok(code) => code,
        Err(failure) => context.trouble(COMMAND, failure),
    }
}

fn export(context: &Context<'_>, own: &ExportArguments) -> Result<u8, Failure> {
    let to_standard_output = own.file == Path::new("-");
    if to_standard_output && context.for_script() {
        return Err(Failure::usage(
            "Standard output already carries the document, so it cannot carry the baseline.",
        )
        .hint("Name a file, or leave --output out: what `-` writes is JSON anyway."));
    }
    let store = state::store(&context.globals, context.surroundings)?;
    let recorded = own.whose.find(context, &store)?;
    let baseline = recorded.store.baseline()?;
    let values = baseline.entries.len();
    let confirmations = confirmations(context, &store, &recorded)?;
    let confirmed = confirmations.len();
    if values + confirmed == 0 {
        return Err(nothing(&recorded));
    }
    let file =
        BaselineFile::of(&recorded.id, recorded.organization.as_ref(), &baseline, Timestamp::now())
            .with(confirmations);
    if to_standard_output {
        context.terminal.out_json(&file.write());
        return Ok(exit::DONE);
    }
    let path = own.file.display().to_string();
    if !new_file::write_private(&own.file, &file.write(), false)? {
        let message = format!("`{path}` already exists and may hold another baseline.");
        return Err(
            Failure::usage(message).hint("Give another file name, or remove this one first.")
        );
    }
    let data = json!({
        "file": path, "org_id": recorded.id.long(), "values": values,
        "confirmations": confirmed,
    });
    let said = Exported { org: &file.org.shown(), values, confirmed, path: &quoted(&path) };
    let text = render_exported_baseline(&said, context.terminal.settings().out);
    Ok(context.answer(COMMAND, Ok(Answer::new(data, text).about(recorded.report()))))
}

/// What people have confirmed of the org, and of the Webex organization that the configuration names.
fn confirmations(
    context: &Context<'_>,
    store: &Store,
    recorded: &Recorded,
) -> Result<Vec<FileConfirmation>, Failure> {
    let of_org = recorded.store.confirmations().read()?;
    let loaded = configuration::read_if_there(&context.globals).unwrap_or_else(|_| {
        context.terminal.note(
            "The configuration cannot be used, so that confirmations of its Webex organization stay out \
             of the file.",
        );
        None
    });
    let tenant = loaded.as_ref().and_then(|it| it.desired.tenant_id());
    let of_tenant = match tenant {
        Some(id) => Some((id, store.tenant(Some(id)).confirmations().read()?)),
        None => None,
    };
    Ok(file_confirmations(of_org, of_tenant))
}

fn nothing(recorded: &Recorded) -> Failure {
    let org = match &recorded.organization {
        Some(org) => format!("\"{}\" ({})", org.name, recorded.id),
        None => recorded.id.to_string(),
    };
    Failure::usage(format!("Nothing to export: there is no baseline for the org {org}."))
        .hint(super::see_list())
}
