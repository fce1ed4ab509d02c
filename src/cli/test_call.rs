//! `verify --call`: somebody takes a call, and the program looks at what came of it.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;

use super::context::Context;
use super::survey::looking;
use super::{configuration, exit};
use crate::engine::{
    CallPatience, CallWish, OrgReport, Outcome, TestCall, fields_filled_by_calls, org_of_call,
    watch_for_call,
};
use crate::failure::{Failure, Kind};
use crate::view::{Answer, CommandReport, render_test_call};

const COMMAND: &str = "verify --call";

/// Waits for the call, and shows it.
pub(super) fn run(context: &Context<'_>, minutes: u16) -> u8 {
    let (org, call) = match watch(context, minutes) {
        Ok(found) => found,
        Err(failure) => return context.trouble(COMMAND, failure),
    };
    let is_whole = call.empty().next().is_none();
    let (outcome, code) = if is_whole {
        (Outcome::Done, exit::DONE)
    } else {
        (Outcome::Differs, exit::code_of(Kind::Differs))
    };
    let text =
        render_test_call(&call, &context.globals.invocation(), context.terminal.settings().out);
    let answer = Answer::new(json!({ "call": call }), text).about(Some(org)).ending(outcome);
    context.report(&CommandReport::of_answer(COMMAND, &answer, None), code)
}

fn watch(context: &Context<'_>, minutes: u16) -> Result<(OrgReport, TestCall), Failure> {
    let loaded = configuration::read_for(context)?;
    let Some(connector) = loaded.desired.connectors.first() else {
        let message = "The configuration does not include a Salesforce org, which is where calls create their Task.";
        return Err(Failure::usage(message));
    };
    let patience = CallPatience {
        between: Duration::from_secs(5),
        settle: Duration::from_secs(10),
        limit: Duration::from_secs(u64::from(minutes) * 60),
    };
    looking(context, async |connection, _| {
        let client = &connection.client;
        let wish = CallWish {
            namespace: &connector.recipe.namespace,
            filled: fields_filled_by_calls(client, &connector.call_center).await?,
        };
        let org = org_of_call(client, context.globals.org.as_deref(), Timestamp::now()).await?;
        let told = |text: &str| context.terminal.note(text);
        Ok((org, watch_for_call(client, &wish, patience, &told).await?))
    })
}
