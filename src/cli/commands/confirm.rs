//! `provision confirm`: record that a person has done what only a person can do.

use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::checklist::{self, After, ChangeRow, ItemId, Scope, Word};
use crate::cli::context::Context;
use crate::cli::{configuration, run, state};
use crate::config::{self, Loaded};
use crate::engine::{ItemOutcome, ItemReport, OrgReport, Report};
use crate::failure::{Failure, Kind};
use crate::journal::{ConfirmationStore, OrgStore, Store, Unfinished};
use crate::model::{
    Command, Confirmation, Confirmations, Confirmed, ConnectorWish, Hint, StatedConfirmation, Way,
    nearest,
};
use crate::view::{Answer, ConfirmationView, render_confirmation};

const EXAMPLES: &str = "\
Examples:
  # You have added Salesforce's domains to the Webex allow list
  provision --org demo confirm csp-allow-list
  # Confirm several items
  provision --org demo confirm softphone-layout csp-allow-list
  # Withdraw a confirmation
  provision --org demo confirm --forget csp-allow-list
  # For machines that keep no state: print it for the configuration
  provision --org demo confirm --print csp-allow-list

A confirmation that the org contradicts is refused; what nobody can see is taken on your word. \
Later runs list the item as confirmed, with your name and the date, until the configuration \
changes.";

const COMMAND: &str = "confirm";

/// Record that you have completed a manual step
///
/// Some items cannot be done or checked by a program. `todo` lists their steps; when you have
/// completed them, confirm the item by its id. The confirmation is stored on this machine or, with
/// --print, in the configuration.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct ConfirmArguments {
    /// Ids of the items: `csp-allow-list`, `softphone-layout` …
    #[arg(value_name = "ITEM", required = true)]
    items: Vec<String>,
    /// Withdraw the confirmation
    #[arg(long)]
    forget: bool,
    /// Record nothing; print the lines to add to provision.toml instead
    #[arg(long, conflicts_with = "forget")]
    print: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &ConfirmArguments) -> u8 {
    context.answer(COMMAND, confirm(context, own))
}

fn confirm(context: &Context<'_>, own: &ConfirmArguments) -> Result<Answer, Failure> {
    // Nothing is recorded where one of the names is wrong.
    let items = own.items.iter().map(|id| find(id)).collect::<Result<Vec<_>, _>>()?;
    let loaded = configuration::read_for(context)?;
    let store = state::store(&context.globals, context.surroundings)?;
    // Nor where one of the words cannot be taken: all are judged before the first is recorded.
    let judged = judge(context, own, items, &loaded, &store)?;
    let mut answers = Vec::new();
    for one in judged {
        answers.push(record(context, own, one, &loaded)?);
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
    Ok(Answer::new(json!({ "items": data }), text).about(org))
}

/// An item about which a person's word can be taken.
struct Judged {
    item: ItemId,
    scope: Scope,
    /// What is wanted, which the word counts for.
    wanted: String,
    /// The org that it is about, where it is about one.
    org: Option<OrgReport>,
    /// Where the word is kept.
    place: Place,
    /// What the calling user sees to be otherwise.
    differs: String,
}

/// Where a word is kept.
enum Place {
    /// With what people have set up in an org or a Webex organization.
    SetUp(ConfirmationStore),
    /// With the unfinished uninstall of the connector of that recipe.
    Uninstall(OrgStore, String),
}

impl Place {
    fn way(&self) -> Way {
        match self {
            Self::SetUp(_) => Way::Build,
            Self::Uninstall(..) => Way::Remove,
        }
    }

    fn change<R>(&self, change: impl FnOnce(&mut Confirmations) -> R) -> Result<R, Failure> {
        match self {
            Self::SetUp(store) => Ok(store.change(change)?),
            Self::Uninstall(store, recipe) => {
                // No run of it may end meanwhile: what it asked for would be kept for another one.
                let _lock = store.lock(COMMAND)?;
                let done = store.confirm_uninstall(recipe, change)?;
                done.ok_or_else(|| {
                    Failure::refused(
                        "The uninstall has ended meanwhile: there is nothing to confirm.",
                    )
                })
            }
        }
    }
}

/// Makes sure that the word can be taken for each of the items. The org is looked at once, for all of
/// them.
fn judge(
    context: &Context<'_>,
    own: &ConfirmArguments,
    items: Vec<ItemId>,
    loaded: &Loaded,
    store: &Store,
) -> Result<Vec<Judged>, Failure> {
    let mut wanted: Vec<(ItemId, Scope, String)> = Vec::new();
    for item in items {
        let Some((scope, what)) = confirmable(item, loaded, Way::Build) else {
            return Err(nothing_to_confirm(item, loaded));
        };
        if !wanted.iter().any(|(known, ..)| *known == item) {
            wanted.push((item, scope, what));
        }
    }
    let is_of_org = |(_, scope, _): &(ItemId, Scope, String)| *scope == Scope::Org;
    let mut seen = None;
    let mut removal = None;
    // The connectors whose uninstall is not through.
    let mut leaving: Vec<&ConnectorWish> = Vec::new();
    if wanted.iter().any(is_of_org) {
        let report = run::compare(context, loaded, store)?;
        if let Some(org) = &report.org {
            let begun = store.org(&org.id).unfinished()?;
            let is_leaving = |connector: &&ConnectorWish| {
                begun.iter().any(|begun| begun.uninstalls(&connector.recipe.name))
            };
            leaving.extend(loaded.desired.connectors.iter().filter(is_leaving));
        }
        if !leaving.is_empty() {
            removal = Some(run::compare_removal(context, loaded, store)?);
        }
        seen = Some(report);
    }
    let tenant = loaded.desired.tenant_id();
    let mut judged = Vec::new();
    for (item, scope, wanted) in wanted {
        let place = Place::SetUp(store.tenant(tenant).confirmations());
        let mut one = Judged { item, scope, wanted, org: None, place, differs: String::new() };
        if scope == Scope::Org {
            // While an uninstall is not through, what can be confirmed is that it is done.
            let removed = leaving.iter().find_map(|connector| {
                let (_, wanted) = checklist::confirmable(item, connector, Way::Remove)?;
                Some((connector.recipe.name.clone(), wanted))
            });
            let org = if let Some((recipe, removed)) = removed {
                let (org, _) = look(own, item, Way::Remove, removal.as_mut())?;
                one.wanted = removed;
                one.place = Place::Uninstall(store.org(&org.id), recipe);
                org
            } else {
                let (org, differs) = look(own, item, Way::Build, seen.as_mut())?;
                one.place = Place::SetUp(store.org(&org.id).confirmations());
                one.differs = differs;
                org
            };
            one.org = Some(org);
        }
        judged.push(one);
    }
    Ok(judged)
}

/// Records the word, withdraws it, or writes it down for the configuration.
fn record(
    context: &Context<'_>,
    own: &ConfirmArguments,
    judged: Judged,
    loaded: &Loaded,
) -> Result<Answer, Failure> {
    let Judged { item, scope, wanted, org, place, differs } = judged;
    let way = place.way();
    let tenant = loaded.desired.tenant_id();
    let whose = whose(scope, org.as_ref(), loaded);
    let screen = context.terminal.settings().out;
    let title = item.title();
    if own.forget {
        let gone = place.change(|all| all.forget(item.as_str()))?;
        let data = json!({
            "item": item, "forgotten": gone.is_some(), "scope": scope_name(scope),
            "webex_org_id": tenant,
        });
        // What a configuration states is about what is set up.
        let mut stated = loaded.desired.confirmed.iter().filter(|_| way == Way::Build);
        let stated = stated.find(|it| it.said.item == item.as_str());
        let stated = stated.map(|stated| stated.place.clone());
        let gone = gone.as_ref();
        let view = ConfirmationView::Forgotten { title, whose: &whose, gone, stated };
        return Ok(Answer::new(data, render_confirmation(&view, screen)).about(org));
    }
    let said = Confirmation {
        item: item.as_str().to_owned(),
        by: context.surroundings.user.clone(),
        at: Timestamp::now(),
        wanted,
    };
    let mut data = json!({
        "item": item, "by": said.by, "at": said.at, "scope": scope_name(scope),
        "webex_org_id": tenant,
    });
    if own.print && way == Way::Remove {
        return Err(Failure::usage(format!(
            "An uninstall is not finished here: what is confirmed of `{item}` is about that, and does not belong \
             in a configuration."
        ))
        .hint("Confirm it without --print."));
    }
    if own.print {
        let of = of(org.as_ref(), tenant)?;
        let alias = context.globals.org.as_deref().filter(|_| scope == Scope::Org);
        let text = config::write_confirmation(
            &StatedConfirmation { said, of, place: String::new() },
            alias.filter(|alias| {
                config::org_aliases(&loaded.source.text).iter().any(|it| it == alias)
            }),
        );
        data["toml"] = text.clone().into();
        return Ok(Answer::new(data, text).about(org));
    }
    place.change(|all| all.take(said.clone()))?;
    if let Place::Uninstall(store, _) = &place {
        // That it is set up is no longer so, however the uninstall ends.
        store.confirmations().change(|all| all.forget(item.as_str()))?;
    }
    let back = Command::of_org(format!("confirm --forget {item}"));
    let invocation = context.globals.invocation();
    let back = back.within(&invocation);
    let next =
        (way == Way::Remove).then(|| Command::of_org(Unfinished::UNINSTALL).within(&invocation));
    let view = ConfirmationView::Confirmed {
        title,
        whose: &whose,
        by: &said.by,
        differs: &differs,
        next: next.as_ref(),
        back: &back,
    };
    Ok(Answer::new(data, render_confirmation(&view, screen)).about(org))
}

/// Whom a confirmation in the configuration is for: without an id it could be anybody.
fn of(org: Option<&OrgReport>, tenant: Option<&str>) -> Result<Confirmed, Failure> {
    match (org, tenant) {
        (Some(org), _) => Ok(Confirmed::Org(org.id)),
        (None, Some(tenant)) => Ok(Confirmed::Tenant(tenant.to_owned())),
        (None, None) => Err(Failure::usage(
            "The configuration does not say which Webex organization it is for: `webex.org_id` is \
             missing.",
        )
        .hint("Write it into [webex]; Control Hub shows it under Management > Account.")),
    }
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
fn confirmable(item: ItemId, loaded: &Loaded, way: Way) -> Option<(Scope, String)> {
    let connectors = &loaded.desired.connectors;
    connectors.iter().find_map(|connector| checklist::confirmable(item, connector, way))
}

/// The item is the program's own, or nothing is wanted of it.
fn nothing_to_confirm(item: ItemId, loaded: &Loaded) -> Failure {
    let asked = item.about().is_some_and(|about| about.word != Word::NotAsked);
    let message = if asked {
        let table = item.as_str().replace('-', "_");
        format!("The configuration does not include `{item}`: it has no [{table}].")
    } else {
        format!("`{item}` needs no confirmation: provision does and checks it itself.")
    };
    let others = ItemId::all().filter(|other| confirmable(*other, loaded, Way::Build).is_some());
    Failure::usage(message).hint(format!("What can be confirmed: {}.", quoted(others)))
}

/// `` `package`, `users` ``
fn quoted(items: impl Iterator<Item = ItemId>) -> String {
    items.map(|item| format!("`{item}`")).collect::<Vec<_>>().join(", ")
}

/// Judges by what the org shows, so that nothing is confirmed of it that the program can see or do
/// itself. Tells what the calling user sees to be otherwise.
fn look(
    own: &ConfirmArguments,
    item: ItemId,
    way: Way,
    seen: Option<&mut Report>,
) -> Result<(OrgReport, String), Failure> {
    let Some(seen) = seen else { return Err(run::unseen()) };
    let found = seen.items.iter().find(|found| found.id == item);
    let (Some(org), Some(found)) = (seen.org.clone(), found) else {
        return Err(seen.failure.take().unwrap_or_else(run::unseen));
    };
    if !own.forget {
        needs_a_person(found, way)?;
    }
    Ok((org, seen_otherwise(found)))
}

fn needs_a_person(found: &ItemReport, way: Way) -> Result<(), Failure> {
    let id = found.id;
    if way == Way::Remove {
        return needs_a_person_to_remove(found);
    }
    match found.outcome {
        ItemOutcome::NeedsHuman | ItemOutcome::Confirmed => Ok(()),
        // It was confirmed before, and the calling user sees something else.
        ItemOutcome::Differs if found.confirmed.is_some() => Ok(()),
        ItemOutcome::Already => Err(Failure::usage(format!(
            "Nothing to confirm: provision can see that `{id}` is as configured."
        ))
        .hint("Nothing was recorded.")),
        ItemOutcome::Differs if !found.changes.iter().any(ChangeRow::is_ours) => {
            let seen = seen_otherwise(found);
            let seen = if seen.is_empty() { String::new() } else { format!(": {seen}") };
            let message = format!("The org shows that `{id}` is not as configured{seen}.");
            Err(Failure::new(Kind::Differs, message).hint(Hint::command(
                "Nothing was recorded.",
                Command::of_org("todo"),
                " shows the steps.",
            )))
        }
        _ => Err(Failure::usage(format!("`{id}` is not ready to be confirmed yet.")).hint(
            Hint::command(
                "",
                Command::of_org("apply"),
                " does its part first and lists what is left.",
            ),
        )),
    }
}

/// The same of what an uninstall leaves to a person.
fn needs_a_person_to_remove(found: &ItemReport) -> Result<(), Failure> {
    let id = found.id;
    let uninstall =
        |lead: &str, rest: &str| Hint::command(lead, Command::of_org("uninstall"), rest);
    match found.outcome {
        ItemOutcome::NeedsHuman | ItemOutcome::Confirmed => Ok(()),
        ItemOutcome::Already => Err(Failure::usage(format!(
            "Nothing to confirm: the uninstall leaves nothing of `{id}` to a person."
        ))
        .hint(uninstall("Nothing was recorded.", " finishes it."))),
        ItemOutcome::Differs if !found.changes.iter().any(ChangeRow::is_ours) => Err(Failure::new(
            Kind::Differs,
            format!("The org shows that `{id}` has not been removed or restored."),
        )
        .hint(Hint::command(
            "Nothing was recorded.",
            Command::of_org("todo"),
            " shows the steps.",
        ))),
        _ => Err(Failure::usage(format!("`{id}` is not ready to be confirmed yet."))
            .hint(uninstall("", " does its part first and lists what is left."))),
    }
}

/// What was seen and is to be something else: `Name is "Standard" instead of "Webex"`.
fn seen_otherwise(found: &ItemReport) -> String {
    let rows = found.changes.iter().filter(|row| !row.is_ours());
    let told = rows.filter_map(|row| {
        let (Some(now), After::Known(Some(wanted))) = (&row.before, &row.after) else {
            return None;
        };
        Some(format!("{} is \"{now}\" instead of \"{wanted}\"", row.field))
    });
    told.collect::<Vec<_>>().join("; ")
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
