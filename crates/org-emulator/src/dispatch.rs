//! Answers a request, with what the script makes go wrong.

use crate::answer::HttpAnswer;
use crate::faults::{Delivery, Effect, Lag, Trouble};
use crate::org::Org;
use crate::outcome::Outcome;
use crate::request::{Request, RequestInfo};
use crate::routes;
use crate::state::State;
use crate::world::refusal::Refusal;

/// What came of a request, faults included.
pub(crate) struct Answered {
    pub(crate) outcome: Outcome,
    /// The org whose log it belongs to: what belongs to no org is worth seeing in the first.
    pub(crate) home: usize,
    /// The fault that hit it.
    pub(crate) fault: Option<&'static str>,
    pub(crate) delivery: Delivery,
}

/// Answers a request.
pub(crate) fn answer(state: &mut State, request: &Request, info: &RequestInfo) -> Answered {
    let token = info.token.as_deref().unwrap_or_default();
    let home = state.owner(token).map_or(0, |(place, _)| place);
    let script = state.orgs.get_mut(home).map(|org| &mut org.script);
    let expired = script.as_ref().is_some_and(|script| script.has_expired(token));
    let effect = script.and_then(|script| script.strike(request, info));
    let mut fault = effect.as_ref().map(Effect::name);
    if fault.is_none() && expired {
        fault = Some(Effect::ExpireSession.name());
    }
    let delivery = effect.as_ref().map_or(Delivery::Whole, |effect| Delivery::of(effect, request));
    if let Some(answer) = effect.as_ref().and_then(|effect| instead(effect, info)) {
        return Answered { outcome: Outcome::of(answer), home, fault, delivery };
    }
    let barrier = state.orgs.get(home).and_then(|org| org.world().login_policy.barrier);
    let url = &state.settings.url;
    if let Some(answer) = barrier.and_then(|it| it.answer(info.surface, url, &request.path)) {
        return Answered { outcome: Outcome::of(answer), home, fault, delivery };
    }
    let mut lag = None;
    let mut edit = None;
    if let Some(org) = state.orgs.get_mut(home) {
        match effect {
            Some(Effect::ExpireSession) => org.script.expire(token),
            Some(Effect::Lock) => org.script.trouble = Trouble::Lock,
            Some(Effect::FailInstall(message)) => org.script.trouble = Trouble::Install(message),
            Some(Effect::FailUninstall(message)) => {
                org.script.trouble = Trouble::Uninstall(message);
            }
            Some(Effect::FailDeploy(failure)) => org.script.trouble = Trouble::Deploy(failure),
            Some(Effect::Edit(changes)) => edit = Some(changes),
            Some(Effect::Lag(reads)) => org.script.lag = Some(Lag::of(org.world(), reads)),
            _ => {}
        }
        lag = begin_lag(org, request, info);
    }
    let mut outcome = routes::answer(state, request, info);
    if let Some(edit) = edit {
        outcome.answer.edit(&edit);
    }
    if let Some(org) = state.orgs.get_mut(home) {
        org.script.trouble = Trouble::None;
        if let Some(lag) = lag {
            end_lag(org, lag);
            fault = fault.or(Some("lag"));
        }
    }
    Answered { outcome, home, fault, delivery }
}

/// Puts the old world in the org's place if this request is to see it. [`end_lag`] puts the org's
/// own back; what jobs did meanwhile in the old one is lost with it, and the org's own jobs go on
/// with the next request.
fn begin_lag(org: &mut Org, request: &Request, info: &RequestInfo) -> Option<Lag> {
    if !Lag::concerns(request, info) {
        return None;
    }
    let mut lag = org.script.lag.take()?;
    org.exchange(&mut lag.world);
    Some(lag)
}

/// Puts the org's own world back, and counts the read.
fn end_lag(org: &mut Org, mut lag: Lag) {
    org.exchange(&mut lag.world);
    if let Some(lag) = lag.count() {
        org.script.lag = Some(lag);
    }
}

/// The answer that stands for the whole request, where it is not carried out at all.
fn instead(effect: &Effect, info: &RequestInfo) -> Option<HttpAnswer> {
    match effect {
        Effect::Status { status, code, message, retry_after } => {
            let refusal = Refusal::new(code, message);
            let answer = info.surface.refuse(&refusal);
            Some(HttpAnswer { status: *status, retry_after: *retry_after, ..answer })
        }
        Effect::Limit => Some(info.surface.refuse(&Refusal::limit_exceeded())),
        Effect::Html(status) => Some(HttpAnswer::page(*status)),
        Effect::Redirect(location) => Some(HttpAnswer::elsewhere(location.clone())),
        // It is never sent.
        Effect::DropBefore => Some(HttpAnswer::empty(204)),
        _ => None,
    }
}
