//! The calling user's softphone layout.

use crate::checklist::{Adoptee, Unseen};
use crate::model::{Draft, Look, Match, OpensIn, ScreenPop};

/// What the item would have a configuration say, as far as that has words for it.
pub(super) fn adopt(adoptee: &Adoptee<'_>) -> Draft {
    let mut draft = Draft::default();
    let Some(layout) = adoptee.state.softphone.found() else {
        draft.beside("softphone_layout");
        draft.comment(match adoptee.state.softphone.refusal() {
            Some(refused) => Unseen::in_org(Look::Softphone, refused).text,
            None => "You have no softphone layout, and Salesforce shows only your own.".to_owned(),
        });
        return draft;
    };
    draft.table("softphone_layout");
    draft.comment(
        "Your own; Salesforce does not show other users' layouts, nor which one is the default.",
    );
    draft.text("name", layout.name.trim());
    for (kind, call) in &layout.call_types {
        draft.table(format!("softphone_layout.{}", kind.name().to_ascii_lowercase()));
        if !call.objects.is_empty() {
            draft.texts("objects", &call.objects);
        }
        for (outcome, pop) in Match::ALL.into_iter().zip(&call.pops) {
            let (key, words) = (key(outcome), words(outcome, pop));
            match words {
                Some(words) => draft.text(key, words),
                None => draft.left_out(format!("{key} is \"{pop}\", which has no word here.")),
            }
        }
        match call.opens_in {
            Some(OpensIn::Existing) => draft.text("opens_in", "existing"),
            Some(OpensIn::New) => draft.text("opens_in", "new"),
            None => {}
        }
    }
    draft
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
