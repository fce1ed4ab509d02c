//! Looking at an org without a configuration, for the commands that have none.

use super::again::again;
use super::context::Context;
use super::{interrupt, org, run, state};
use crate::engine::{Aim, Event, Goal, Survey};
use crate::failure::{Failure, Kind};
use crate::inventory::connector;
use crate::view::{Format, RunView, Setup};

/// Looks at the org that the command line names, and goes on with what was seen.
pub(super) fn survey<T>(
    context: &Context<'_>,
    then: impl AsyncFnOnce(Survey) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let chosen = org::choose(&context.globals, context.surroundings)?;
    let store = state::store(&context.globals, context.surroundings)?;
    let connection = org::connect(context, &chosen, None, &store)?;
    let view = RunView::new(Setup {
        terminal: context.terminal,
        // Standard output is for the answer of the command.
        format: Format::Text,
        command: Goal::Plan.command(&Aim::Installed),
        again: again(context),
    });
    view.event(&Event::Observing);
    let alias = context.globals.org.as_deref();
    let answer = run::stoppable(context.terminal, |asked| async {
        let look = async {
            let recipe = &connector().recipe;
            then(Survey::take(&connection.client, &store, alias, recipe).await?).await
        };
        tokio::select! {
            answer = look => answer,
            () = interrupt::first(asked) => Err(Failure::new(
                Kind::Interrupted,
                "Stopped while looking at the org; nothing was changed.",
            )),
        }
    });
    view.close();
    answer?
}
