//! Looking at an org without a configuration, for the commands that have none.

use jiff::Timestamp;

use super::context::Context;
use super::org::Connection;
use super::{interrupt, org, run, state};
use crate::checklist::Selection;
use crate::definitions::{default_recipe, recipes};
use crate::engine::{Aim, Event, Extent, Goal, Survey, WhenUnseen};
use crate::failure::{Failure, Kind};
use crate::journal::Store;
use crate::view::{Format, RunView, Setup};

/// Looks at what of the connector is in an org that was reached, whichever of its generations.
pub(super) async fn take(
    context: &Context<'_>,
    connection: &Connection,
    store: &Store,
    (extent, unseen): (Extent, WhenUnseen),
) -> Result<Survey<'static>, Failure> {
    let alias = context.globals.org.as_deref();
    let own = &default_recipe().recipe;
    let others = recipes().iter().map(|data| &data.recipe).filter(|it| it.name != own.name);
    let wanted = (extent, unseen);
    let now = Timestamp::now();
    Survey::take(&connection.client, store, alias, own, others.collect(), wanted, now).await
}

/// Reaches the org that the command line names, and looks at it until Ctrl-C.
pub(super) fn looking<T>(
    context: &Context<'_>,
    look: impl AsyncFnOnce(&Connection, &Store) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let chosen = org::choose(&context.globals, context.surroundings)?;
    let store = state::store(&context.globals, context.surroundings)?;
    let connection = org::connect(context, &chosen, &store)?;
    until_interrupted(context, look(&connection, &store))
}

/// Looks at something until Ctrl-C.
pub(super) fn until_interrupted<T>(
    context: &Context<'_>,
    look: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let setup = Setup {
        command: Goal::Plan.command(&Aim::Installed),
        next: None,
        full: false,
        saved: None,
        from_file: false,
        selection: &Selection::All,
        invocation: context.globals.invocation(),
    };
    // Standard output is for the answer of the command.
    let view = RunView::new(context.terminal, Format::Text, setup);
    view.event(Event::Observing);
    let answer = run::stoppable(context.terminal, |asked| async {
        tokio::select! {
            answer = look => answer,
            () = interrupt::first(asked) => Err(Failure::new(
                Kind::Interrupted,
                "Stopped while checking the org; nothing was changed.",
            )),
        }
    });
    view.close();
    answer?
}
