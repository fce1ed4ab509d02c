//! The caller's softphone layout, the one thing about these layouts that an API tells, and those of the
//! check users beside it.

use salesforce_client::softphone as api;

use super::{Fetch, checked_layouts};
use crate::engine::observe::refusals::of_org;
use crate::engine::observe::{Burst, Inquiry, Observation};
use crate::model::{
    CallKind, CallTypeLayout, Match, Observed, OpensIn, ProfileId, ScreenPop, SoftphoneLayout,
    SoftphoneLayoutWish,
};

pub(super) struct Softphone;

impl Fetch for Softphone {
    /// Whoever has no layout, or may not ask, leaves the question open.
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, seen: &Observation, burst: &mut Burst<'a>) {
        checked_layouts::ask(inquiry, burst);
        // Whose profile it is does not change while a run waits for a layout.
        if seen.state().is_none_or(|state| state.softphone_hints.own_profile.is_none()) {
            ask_own_profile(inquiry, burst);
        }
        burst.call(burst.client().softphone_layout(), |answer, taking| {
            let seen = match answer {
                Ok(found) => Observed::Seen(found),
                Err(error) => Observed::Refused(of_org(error)?),
            };
            taking.state.softphone = seen.map(|found| found.map(layout));
            Ok(())
        });
    }
}

/// Asks for the caller's profile, where that may be one of those that get the layout. Without an answer, the
/// caller's own layout says nothing of theirs.
fn ask_own_profile<'a>(inquiry: &'a Inquiry<'a>, burst: &mut Burst<'a>) {
    let wish = inquiry.desired.and_then(|desired| desired.softphone_layout.as_ref());
    let may_be_for_profiles = |wish: &SoftphoneLayoutWish| {
        wish.is_for_profiles() || (wish.default && !wish.is_default_said)
    };
    if inquiry.is_removal() || !wish.is_some_and(may_be_for_profiles) {
        return;
    }
    burst.call(burst.client().session_user(), |answer, taking| {
        let profile = answer.ok().and_then(|user| ProfileId::parse(&user.profile_id).ok());
        taking.state.softphone_hints.own_profile = profile;
        Ok(())
    });
}

/// What a layout does.
pub(super) fn layout(layout: api::SoftphoneLayout) -> SoftphoneLayout {
    SoftphoneLayout {
        call_types: layout.call_types.iter().filter_map(call_type).collect(),
        name: layout.name,
    }
}

fn call_type(call: &api::CallType) -> Option<(CallKind, CallTypeLayout)> {
    let kind =
        CallKind::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(&call.kind))?;
    let layout = CallTypeLayout {
        objects: call.objects.iter().map(|object| object.name.clone()).collect(),
        opens_in: match call.pops_open_within.as_deref() {
            Some("ExistingWindow") => Some(OpensIn::Existing),
            Some("NewWindow") => Some(OpensIn::New),
            _ => None,
        },
        pops: Match::ALL.map(|outcome| screen_pop(call, outcome)),
    };
    Some((kind, layout))
}

/// What pops up. That nothing does is told by leaving the option out, as far as anybody knows.
/// An option for an outcome that nobody has heard of may be any of them.
fn screen_pop(call: &api::CallType, outcome: Match) -> ScreenPop {
    const NAMES: [&str; 3] = ["NoMatch", "SingleMatch", "MultipleMatches"];
    let name = match outcome {
        Match::None => NAMES[0],
        Match::Single => NAMES[1],
        Match::Multiple => NAMES[2],
    };
    let mut pops = call.screen_pops.iter();
    let Some(pop) = pops.clone().find(|pop| pop.match_type == name) else {
        let unknown = pops.find(|pop| !NAMES.contains(&pop.match_type.as_str()));
        return unknown.map_or(ScreenPop::Nothing, |pop| {
            ScreenPop::Other(format!("{} ({})", pop.kind, pop.match_type))
        });
    };
    match (pop.kind.as_str(), outcome) {
        ("", _) => ScreenPop::Nothing,
        ("PopToEntity", Match::None) => ScreenPop::New(pop.data.clone()),
        ("PopToEntity", _) => ScreenPop::Detail,
        ("PopToSearch", _) => ScreenPop::Search,
        ("PopToVisualforce", _) => ScreenPop::Page(pop.data.clone()),
        ("PopToFlow", _) => ScreenPop::Flow(pop.data.clone()),
        (other, _) => ScreenPop::Other(format!("{other} {}", pop.data).trim_end().to_owned()),
    }
}
