//! `provision baseline show`, and the list of orgs that have a baseline.

use std::collections::BTreeMap;

use clap::Args;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::Whose;
use crate::cli::context::Context;
use crate::cli::state;
use crate::definitions::templates;
use crate::failure::Failure;
use crate::journal::{KnownBaseline, Store};
use crate::model::{Baseline, BaselineEntry, Before, OrgId};
use crate::view::{Answer, BaselineView, render_baseline, render_baselines};

const EXAMPLES: &str = "\
Examples:
  # List every value instead of groups
  provision --org demo baseline show --all
  # For a script
  provision --org demo baseline show --output json";

/// Show what was there before, value by value
///
/// Similar values are grouped; `--all` lists each one. Without an org, this lists the orgs that
/// have a baseline on this machine.
#[derive(Debug, Clone, Default, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct ShowArguments {
    #[command(flatten)]
    whose: Whose,
    /// List every value instead of groups
    #[arg(long)]
    all: bool,
}

const LIST: &str = "baseline";
const SHOW: &str = "baseline show";

/// Runs the command.
pub(super) fn run(context: &Context<'_>, own: &ShowArguments) -> u8 {
    let store = state::store(&context.globals, context.surroundings);
    if !own.whose.is_named(context) {
        return context.answer(LIST, store.and_then(|store| list(context, &store)));
    }
    context.answer(SHOW, store.and_then(|store| show(context, own, &store)))
}

fn list(context: &Context<'_>, store: &Store) -> Result<(Value, String), Failure> {
    let (known, unreadable) = store.baselines()?;
    for error in unreadable {
        context.terminal.failure(&error.into());
    }
    let screen = context.terminal.settings().out;
    let invocation = context.globals.invocation();
    let text = render_baselines(&known, &invocation, &TimeZone::system(), screen);
    let listed: Vec<Value> = known.iter().map(in_list).collect();
    Ok((json!({ "baselines": listed }), text))
}

fn in_list(known: &KnownBaseline) -> Value {
    let org = known.organization.as_ref();
    json!({
        "org_id": known.org.long(),
        "name": org.map(|org| &org.name),
        "kind": org.map(|org| org.kind),
        "values": known.baseline.entries.len(),
        "unknown": known.baseline.unknown(),
        "last_set": known.baseline.entries.iter().filter_map(BaselineEntry::at).max(),
    })
}

fn show(context: &Context<'_>, own: &ShowArguments, store: &Store) -> Result<Answer, Failure> {
    let recorded = own.whose.find(context, store)?;
    let baseline = recorded.store.baseline()?;
    let data = data(&recorded.id, &baseline);
    let again = own.whose.again(context, "show --all");
    let settings = templates().iter().flat_map(|template| template.definition().settings);
    let keys: BTreeMap<String, String> =
        settings.map(|setting| (setting.item.to_string(), setting.path())).collect();
    let shown = BaselineView {
        keys: &keys,
        org: &recorded.id,
        organization: recorded.organization.as_ref(),
        baseline: &baseline,
        all: own.all,
        again: &again,
    };
    let text = render_baseline(&shown, &TimeZone::system(), context.terminal.settings().out);
    Ok(Answer::new(data, text).about(recorded.report()))
}

fn data(org: &OrgId, baseline: &Baseline) -> Value {
    let entries: Vec<Value> = baseline
        .rows()
        .iter()
        .map(|entry| {
            let (known, before) = match &entry.before {
                Before::Known(before) => (true, before.as_deref()),
                Before::Unknown => (false, None),
            };
            json!({
                "item": entry.item,
                "subject": entry.subject,
                "field": entry.field,
                "before_known": known,
                "before": before,
                "ours": entry.ours,
                "run": entry.run,
                "at": entry.at(),
            })
        })
        .collect();
    json!({ "org_id": org.long(), "unknown": baseline.unknown(), "entries": entries })
}
