//! `provision confirm`: record that a person has done what only a person can do.

use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::checklist::{ItemId, Scope, Selection, Word};
use crate::cli::context::Context;
use crate::cli::exit;
use crate::cli::{configuration, org, run, state};
use crate::config::Loaded;
use crate::engine::{ItemOutcome, ItemReport, OrgReport};
use crate::failure::Failure;
use crate::journal::{ConfirmationStore, Store};
use crate::model::{Command, Confirmation, Hint, nearest};
use crate::view::{ConfirmationView, Document, render_confirmation};

const EXAMPLES: &str = "\
Examples:
  # You have allowed Salesforce's domains in Webex
  provision --org demo confirm csp-allow-list
  # Two at once
  provision --org demo confirm softphone-layout csp-allow-list
  # Take that back
  provision --org demo confirm --forget csp-allow-list

Nothing checks what you say. Later runs list the item as confirmed, with your name and the day, \
until the configuration wants something else.";

const COMMAND: &str = "confirm";

/// Record that you have done what only a person can do
///
/// Some items cannot be done, or cannot be checked, by a program. `plan` and `apply` list their
/// steps; once you have taken them, confirm the item by its id.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct ConfirmArguments {
    /// The ids of the items: `csp-allow-list`, `softphone-layout` …
    #[arg(value_name = "ITEM", required = true)]
    items: Vec<String>,
    /// Take back what was confirmed
    #[arg(long)]
    forget: bool,
}

/// What came of it.
struct Answer {
    org: Option<OrgReport>,
    data: Value,
    text: String,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &ConfirmArguments) -> u8 {
    match confirm(context, own) {
        Ok(answer) => {
            if context.for_script() {
                let document = Document::done(COMMAND, answer.data).about(answer.org);
                context.terminal.document(&document, context.format());
            } else {
                context.terminal.out(&answer.text);
            }
            exit::DONE
        }
        Err(failure) => context.trouble(COMMAND, failure),
    }
}

fn confirm(context: &Context<'_>, own: &ConfirmArguments) -> Result<Answer, Failure> {
    // Nothing is recorded where one of the names is wrong.
    let items = own.items.iter().map(|id| find(id)).collect::<Result<Vec<_>, _>>()?;
    let loaded = configuration::read(&context.globals)?;
    if let Some(wrong) = items.iter().find(|item| confirmable(**item, &loaded).is_none()) {
        return Err(nothing_to_confirm(*wrong, &loaded));
    }
    let mut answers = Vec::new();
    for item in items {
        answers.push(confirm_one(context, own, item, &loaded)?);
    }
    if answers.len() == 1
        && let Some(only) = answers.pop()
    {
        return Ok(only);
    }
    let org = answers.iter().find_map(|answer| answer.org.clone());
    let text: Vec<&str> = answers.iter().map(|answer| answer.text.as_str()).collect();
    let text = text.join("\n");
    let data: Vec<Value> = answers.into_iter().map(|answer| answer.data).collect();
    Ok(Answer { org, data: json!({ "items": data }), text })
}

fn confirm_one(
    context: &Context<'_>,
    own: &ConfirmArguments,
    item: ItemId,
    loaded: &Loaded,
) -> Result<Answer, Failure> {
    let Some((scope, wanted)) = confirmable(item, loaded) else {
        return Err(nothing_to_confirm(item, loaded));
    };
    let store = state::store(&context.globals, context.surroundings)?;
    let (org, place) = match scope {
        Scope::Tenant => (None, store.tenant(loaded.desired.tenant_id()).confirmations()),
        Scope::Org => {
            let (org, place) = look(context, own, item, loaded, &store)?;
            (Some(org), place)
        }
    };
    let whose = whose(scope, org.as_ref(), loaded);
    let screen = context.terminal.settings().out;
    let title = item.title();
    if own.forget {
        let gone = place.change(|all| all.forget(item.as_str())).map_err(Failure::from)?;
        let data = json!({
            "item": item, "forgotten": gone.is_some(), "scope": scope_name(scope),
            "webex_org_id": loaded.desired.tenant_id(),
        });
        let text = render_confirmation(
            &ConfirmationView::Forgotten { title, whose: &whose, gone: gone.as_ref() },
            screen,
        );
        return Ok(Answer { org, data, text });
    }
    let confirmation = Confirmation {
        item: item.as_str().to_owned(),
        by: context.surroundings.user.clone(),
        at: Timestamp::now(),
        wanted,
    };
    place.change(|all| all.take(confirmation.clone())).map_err(Failure::from)?;
    let data = json!({
        "item": item, "by": confirmation.by, "at": confirmation.at, "scope": scope_name(scope),
        "webex_org_id": loaded.desired.tenant_id(),
    });
    let back = Command::of_org(format!("confirm --forget {item}"));
    let back = back.within(&context.globals.invocation());
    let text = render_confirmation(
        &ConfirmationView::Confirmed { title, whose: &whose, by: &confirmation.by, back: &back },
        screen,
    );
    Ok(Answer { org, data, text })
}

/// The item of that id.
fn find(id: &str) -> Result<ItemId, Failure> {
    if let Some(item) = ItemId::parse(id) {
        return Ok(item);
    }
    let failure = Failure::usage(format!("There is no item `{id}`."));
    Err(match nearest(id, ItemId::all().map(ItemId::as_str)) {
        Some(near) => failure.hint(format!("Did you mean `{near}`?")),
        None => failure.hint(format!("The items are: {}.", quoted(ItemId::all()))),
    })
}

/// What a person can confirm of an item, as configured.
fn confirmable(item: ItemId, loaded: &Loaded) -> Option<(Scope, String)> {
    let item = item.item()?;
    loaded.desired.connectors.iter().find_map(|connector| item.confirmable(connector))
}

/// The item is the program's own, or nothing is wanted of it.
fn nothing_to_confirm(item: ItemId, loaded: &Loaded) -> Failure {
    let asked = item.about().is_some_and(|about| about.word != Word::NotAsked);
    let message = if asked {
        let table = item.as_str().replace('-', "_");
        format!("The configuration wants nothing of `{item}`: it has no [{table}].")
    } else {
        format!("`{item}` needs no person: provision does it, and looks whether it is so.")
    };
    let others = ItemId::all().filter(|other| confirmable(*other, loaded).is_some());
    Failure::usage(message).hint(format!("What can be confirmed: {}.", quoted(others)))
}

/// `` `package`, `users` ``
fn quoted(items: impl Iterator<Item = ItemId>) -> String {
    items.map(|item| format!("`{item}`")).collect::<Vec<_>>().join(", ")
}

/// Asks the org, so that nothing is confirmed of it that the program can see or do itself.
fn look(
    context: &Context<'_>,
    own: &ConfirmArguments,
    item: ItemId,
    loaded: &Loaded,
    store: &Store,
) -> Result<(OrgReport, ConfirmationStore), Failure> {
    org::choose(&context.globals, context.surroundings)?;
    let report = run::look(context, loaded, &Selection::All, store)?;
    let found = report.items.into_iter().find(|report| report.id == item);
    let (Some(org), Some(found)) = (report.org, found) else {
        let failure = report.failure.unwrap_or_else(|| Failure::usage("The org said nothing."));
        return Err(failure);
    };
    if !own.forget {
        needs_a_person(&found)?;
    }
    let place = store.org(&org.id).confirmations();
    Ok((org, place))
}

fn needs_a_person(found: &ItemReport) -> Result<(), Failure> {
    let id = found.id;
    match found.outcome {
        ItemOutcome::NeedsHuman | ItemOutcome::Confirmed => Ok(()),
        ItemOutcome::Already => Err(Failure::usage(format!(
            "There is nothing to confirm: `{id}` is already as configured, and provision sees it."
        ))),
        _ => {
            Err(Failure::usage(format!("`{id}` is not yet left to a person.")).hint(Hint::command(
                "",
                Command::of_org("apply"),
                " does its own part first and lists what is left.",
            )))
        }
    }
}

fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Org => "org",
        Scope::Tenant => "tenant",
    }
}

/// Whom it counts for, as people know it.
fn whose(scope: Scope, org: Option<&OrgReport>, loaded: &Loaded) -> String {
    match (scope, org, loaded.desired.tenant_id()) {
        (Scope::Org, Some(org), _) => format!("the org {} ({})", org.name, org.id),
        (Scope::Org, None, _) => "the org".to_owned(),
        (Scope::Tenant, _, Some(id)) => format!("the Webex organization {id}"),
        (Scope::Tenant, _, None) => {
            "every configuration on this machine that does not set `[webex] org_id`".to_owned()
        }
    }
}
