//! `[softphone_layout]`: what agents' softphones show and open.

use crate::model::{
    CallKind, CallTypeWish, Match, OpensIn, ScreenPop, SetupWay, SoftphoneLayoutWish,
};

use super::mistake::{Mistake, MistakeKind};
use super::scope::{Located, Scope};

/// The key of each outcome of the search.
const OUTCOMES: [&str; 3] = ["no_match", "single_match", "multiple_matches"];

/// Reads `[softphone_layout]`; without the table nothing is wanted.
pub(super) fn read(scope: Option<Scope<'_>>) -> Option<SoftphoneLayoutWish> {
    let scope = scope?;
    scope.only_known();
    let call_types = CallKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let key = kind.name().to_ascii_lowercase();
            scope.table(&key).map(|scope| (kind, read_call_type(&scope)))
        })
        .collect();
    let said = scope.boolean("default");
    let (default, is_default_said) = (said.unwrap_or(true), said.is_some());
    if scope.entry("name").is_none() {
        scope.mistakes.push(
            Mistake::new(
                MistakeKind::Missing,
                "softphone_layout.name",
                "`softphone_layout.name` is missing: it is the name of the layout.",
            )
            .help("For example: name = \"Webex\""),
        );
    }
    let apply = match scope.choice("apply").map(|found| found.value).as_deref() {
        Some("browser") => SetupWay::Browser,
        Some("guide") => SetupWay::Guide,
        Some("verify") => SetupWay::Verify,
        _ => SetupWay::Auto,
    };
    let profiles = scope.texts("profiles", "a list of profiles: `[\"Contact Center Agent\"]`");
    let check_users =
        scope.texts("check_users", "a list of aliases of logins (`login ALIAS`): `[\"agent-de\"]`");
    let name = scope.text("name", "the name of the softphone layout")?.value;
    Some(SoftphoneLayoutWish {
        name,
        default,
        is_default_said,
        call_types,
        profiles,
        check_users,
        apply,
    })
}

fn read_call_type(scope: &Scope<'_>) -> CallTypeWish {
    scope.only_known();
    let objects = scope
        .entry("objects")
        .map(|_| scope.texts("objects", "a list of objects: `[\"Account\", \"Contact\"]`"));
    let opens_in = scope.choice("opens_in");
    CallTypeWish {
        objects,
        opens_in: opens_in.map(|found| match found.value.as_str() {
            "new" => OpensIn::New,
            _ => OpensIn::Existing,
        }),
        pops: Match::ALL.map(|outcome| read_pop(scope, outcome)),
    }
}

fn read_pop(scope: &Scope<'_>, outcome: Match) -> Option<ScreenPop> {
    let key = OUTCOMES[outcome as usize];
    let allowed = scope.words(key);
    let found = scope.text(key, &format!("one of {}", shown(&allowed).join(", ")))?;
    let pop = match found.value.split_once(':') {
        None => match found.value.as_str() {
            "none" => Some(ScreenPop::Nothing),
            "detail" => Some(ScreenPop::Detail),
            "search" => Some(ScreenPop::Search),
            _ => None,
        },
        Some((kind, name)) if !name.trim().is_empty() => {
            let name = name.trim().to_owned();
            match kind {
                "new" => Some(ScreenPop::New(name)),
                "page" => Some(ScreenPop::Page(name)),
                "flow" => Some(ScreenPop::Flow(name)),
                _ => None,
            }
        }
        Some(_) => None,
    };
    let first = found.value.find(':').map_or(found.value.as_str(), |at| &found.value[..=at]);
    if pop.is_none() || !allowed.contains(&first) {
        wrong(scope, &found, &allowed);
        return None;
    }
    pop
}

fn wrong(scope: &Scope<'_>, found: &Located<String>, allowed: &[&str]) {
    let shown = shown(allowed);
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    scope.not_allowed(found, &shown);
}

/// What may be said, with an example behind each colon.
fn shown(allowed: &[&str]) -> Vec<String> {
    allowed
        .iter()
        .map(|word| match *word {
            "new:" => "new:Contact".to_owned(),
            "page:" => "page:NAME".to_owned(),
            "flow:" => "flow:NAME".to_owned(),
            word => word.to_owned(),
        })
        .collect()
}
