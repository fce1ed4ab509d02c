//! `provision todo`: what is left to a person, in order, with links.

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use crate::checklist::Selection;
use crate::cli::context::Context;
use crate::cli::{configuration, exit, run, state};
use crate::engine::{ItemOutcome, ItemReport, OrgReport, Outcome};
use crate::failure::Failure;
use crate::journal::Unfinished;
use crate::view::{Answer, CommandReport, render_todo, render_unfinished_uninstall};

const EXAMPLES: &str = "\
Examples:
  # List the open steps, with links
  provision --org demo todo
  # Open the page for the first one in the browser
  provision --org demo todo --open
  # Confirm them once they are done
  provision --org demo confirm softphone-layout csp-allow-list";

const COMMAND: &str = "todo";

/// Show the open manual steps, with links
///
/// Some steps have no API. This checks the org and lists the ones that are still open, in order.
/// Changes nothing.
#[derive(Debug, Clone, Copy, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct TodoArguments {
    /// Open the page for the first step in the browser
    #[arg(long)]
    open: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: TodoArguments) -> u8 {
    let Left { org, items, unfinished, failure } = match left(context) {
        Ok(left) => left,
        Err(failure) => return context.trouble(COMMAND, failure),
    };
    let code = failure.as_ref().map_or(exit::DONE, |failure| exit::code_of(failure.kind));
    let first = items.first().map(|item| (item.title, item.links.first().cloned()));
    // Whoever is to do something must know all of it.
    context.terminal.tell_all();
    let (invocation, screen) = (context.globals.invocation(), context.terminal.settings().out);
    let text = match unfinished {
        Some(began) => render_unfinished_uninstall(&org, began, &items, &invocation, screen),
        None => render_todo(&org, &items, &invocation, screen),
    };
    let data = json!({ "items": items, "unfinished": unfinished.is_some().then_some(Unfinished::UNINSTALL) });
    let outcome = failure.as_ref().map_or(Outcome::Done, |failure| Outcome::of(failure.kind));
    let answer = Answer::new(data, text).about(Some(org)).ending(outcome);
    let code = context.report(&CommandReport::of_answer(COMMAND, &answer, failure.as_ref()), code);
    if let Some(failure) = &failure {
        context.terminal.failure(failure);
    }
    if own.open {
        let first = first.as_ref().map(|(title, page)| (*title, page.as_deref()));
        let opened = page_of(first).and_then(|page| match open::that_detached(page) {
            Ok(()) => Ok(()),
            Err(_) => Err(format!("No browser could be opened. The page is {page}")),
        });
        if let Err(note) = opened {
            context.terminal.note(&note);
        }
    }
    code
}

/// The page of the first item, by its title and link, or why there is none to open. That of another item
/// would be the wrong one.
fn page_of<'a>(first: Option<(&str, Option<&'a str>)>) -> Result<&'a str, String> {
    match first {
        None => Err("No page was opened: no manual step is left.".to_owned()),
        Some((title, None)) => {
            Err(format!("No page was opened: {title} comes first and has none."))
        }
        Some((_, Some(page))) => Ok(page),
    }
}

/// What is left to a person.
struct Left {
    org: OrgReport,
    items: Vec<ItemReport>,
    /// When an uninstall has begun that is not through.
    unfinished: Option<Timestamp>,
    /// What keeps the rest from being told, in a list that is not all there is.
    failure: Option<Failure>,
}

/// The items that are left to a person: by the setup or, while an uninstall is not through, by that, for nobody
/// sets up what is being taken out.
fn left(context: &Context<'_>) -> Result<Left, Failure> {
    let loaded = configuration::read_for(context)?;
    let store = state::store(&context.globals, context.surroundings)?;
    let mut report = run::look(context, &loaded, &Selection::All, &store)?;
    let Some(org) = report.org.take() else {
        return Err(report.failure.unwrap_or_else(run::unseen));
    };
    let connectors = &loaded.desired.connectors;
    let is_ours =
        |begun: &Unfinished| connectors.iter().any(|it| begun.uninstalls(&it.recipe.name));
    let unfinished = store.org(&org.id).unfinished()?.into_iter().find(is_ours);
    if unfinished.is_some() {
        report = run::compare_removal(context, &loaded, &store)?;
    }
    let unfinished = unfinished.map(|it| it.began);
    let is_open = |item: &ItemReport| match item.outcome {
        ItemOutcome::NeedsHuman => true,
        // What the org shows to be there still.
        ItemOutcome::Differs => unfinished.is_some() && !item.steps.is_empty(),
        _ => false,
    };
    let items: Vec<ItemReport> = report.items.into_iter().filter(is_open).collect();
    match report.failure {
        // What keeps one item from being looked at says nothing of the others.
        Some(failure) if items.is_empty() => Err(failure),
        failure => {
            let failure = failure.map(|failure| context.at_hand(failure));
            Ok(Left { org, items, unfinished, failure })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_page_of_the_first_item_is_opened() {
        assert_eq!(
            page_of(Some(("CSP allow-list", Some("https://a.example")))),
            Ok("https://a.example")
        );
        let none = page_of(Some(("Managed package", None)));
        assert_eq!(
            none,
            Err("No page was opened: Managed package comes first and has none.".to_owned())
        );
        assert!(page_of(None).is_err_and(|note| note.contains("no manual step is left")));
    }

    #[test]
    fn an_org_that_was_not_seen_is_no_mistake_on_the_command_line() {
        assert_eq!(exit::code_of(run::unseen().kind), exit::FAILED);
    }
}
