//! The calling user's softphone layout.

use super::Draft;
use crate::model::{Match, OpensIn, OrgState, ScreenPop};

/// Writes it, as far as the configuration has words for it.
pub(super) fn write(draft: &mut Draft<'_>, state: &OrgState) {
    let Some(layout) = state.softphone.found() else {
        draft.blank();
        draft.say("You have no softphone layout, and nobody else's can be asked for.");
        return;
    };
    draft.header("softphone_layout");
    draft.say("Your own; nobody else's can be asked for. Whether it is the default shows nowhere.");
    draft.text("name", layout.name.trim());
    for (kind, call) in &layout.call_types {
        draft.header(&format!("softphone_layout.{}", kind.name().to_ascii_lowercase()));
        if !call.objects.is_empty() {
            draft.texts("objects", &call.objects);
        }
        for (outcome, pop) in Match::ALL.into_iter().zip(&call.pops) {
            let (key, words) = (key(outcome), words(outcome, pop));
            match words {
                Some(words) => draft.text(key, &words),
                None => draft.cannot(&format!("{key} is \"{pop}\", which has no word here.")),
            }
        }
        match call.opens_in {
            Some(OpensIn::Existing) => draft.text("opens_in", "existing"),
            Some(OpensIn::New) => draft.text("opens_in", "new"),
            None => {}
        }
    }
}

fn key(outcome: Match) -> &'static str {
    match outcome {
        Match::None => "no_match",
        Match::Single => "single_match",
        Match::Multiple => "multiple_matches",
    }
}

/// What a configuration calls it, where it may say so of that outcome.
fn words(outcome: Match, pop: &ScreenPop) -> Option<String> {
    match (pop, outcome) {
        (ScreenPop::Nothing, _) => Some("none".to_owned()),
        (ScreenPop::New(object), Match::None) => Some(format!("new:{object}")),
        (ScreenPop::Detail, Match::Single) => Some("detail".to_owned()),
        (ScreenPop::Search, Match::Multiple) => Some("search".to_owned()),
        (ScreenPop::Page(name), _) => Some(format!("page:{name}")),
        (ScreenPop::Flow(name), _) => Some(format!("flow:{name}")),
        _ => None,
    }
}
