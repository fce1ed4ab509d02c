//! Decisions on the way of a run: whom one talks to, what stops it, what was not kept.

use std::collections::{BTreeMap, BTreeSet};

use salesforce_client::{ApiVersion, Client};

use super::trouble;
use crate::checklist::{
    Change, ChangeRow, ItemId, Places, Plan, Selection, Stop, StopKind, Unseen,
};
use crate::failure::{Failure, Kind};
use crate::journal::Hints;
use crate::model::{
    Command, Diagnostic, Hint, Look, OrgId, OrgState, Organization, Refused, Subject, SubjectKind,
    Wave, Way,
};

/// The org's id: most tokens show it, and whoever gave out one that does not is asked.
pub async fn org_id(client: &Client) -> Result<OrgId, Failure> {
    let id = match client.session().org_id_hint() {
        Some(id) => id,
        None => client.userinfo().await?.organization_id,
    };
    OrgId::parse(&id).map_err(|error| Failure::new(Kind::Failed, error.to_string()))
}

/// Makes sure that the org that answers is the one that the login is for: a refreshed sandbox, or
/// an address that was given to another org, is not what somebody agreed to.
pub(super) fn is_the_org(
    client: &Client,
    expected: &OrgId,
    organization: &Organization,
) -> Result<(), Failure> {
    if &organization.id == expected {
        return Ok(());
    }
    Err(Failure::refused(format!(
        "The login is for the org {}, but the org that answers is {} (\"{}\").",
        expected.long(),
        organization.id.long(),
        organization.name
    ))
    .hint("Nothing was changed. A sandbox that was refreshed is a new org, under the old address.")
    .hint(format!(
        "If this org is meant, log in to it under this alias with --replace. {}",
        client.session().remedy()
    )))
}

/// The org shows no record of itself to whoever looks, for the reason that it gives.
pub(super) fn no_organization(refused: Option<&Refused>) -> Failure {
    let message = "The org does not identify itself";
    match refused {
        Some(refused) => {
            let kind = if refused.forbidden { Kind::Refused } else { Kind::Failed };
            let words = refused.words.trim_end_matches('.');
            Failure::new(kind, format!("{message}: {words}."))
        }
        None => {
            Failure::new(Kind::Failed, format!("{message}: it returns no Organization record."))
        }
    }
    .hint(
        "Nothing was changed: provision needs to know which org it works in. The calling user \
        needs \"API Enabled\" and access to the Organization record.",
    )
}

/// The client in the API version of the last run, or in the newest that is known here.
pub(super) fn remembered(client: &Client, hints: &Hints) -> Client {
    let version = hints.api_version.as_ref().and_then(|version| version.parse().ok());
    client.with_version(version.unwrap_or(ApiVersion::NEWEST_KNOWN))
}

/// The newest API version that both sides know.
pub(super) async fn version(client: &Client) -> Result<ApiVersion, Failure> {
    choose(&client.versions().await?)
}

/// The newest of these that is known here.
pub(super) fn choose(offered: &[ApiVersion]) -> Result<ApiVersion, Failure> {
    ApiVersion::choose(offered).ok_or_else(|| {
        Failure::new(Kind::Failed, "The org offers no API version that provision supports.")
    })
}

/// What the org is not ready for yet, where nothing else keeps the run from going on.
pub(super) fn not_yet(plan: &Plan) -> Option<(ItemId, &Stop)> {
    let mut stops = plan.stops();
    let first = stops.next().filter(|(_, stop)| stop.kind == StopKind::NotYet)?;
    stops.all(|(_, stop)| stop.kind == StopKind::NotYet).then_some(first)
}

/// Whether anything stops the run, all of it in one failure.
pub(super) fn nothing_stops(plan: &Plan) -> Result<(), Failure> {
    let stops: Vec<(ItemId, &Stop)> = plan.stops().collect();
    combined(&stops).map_or(Ok(()), Err)
}

/// The same once something has been done: what was done stays.
pub(super) fn nothing_stops_midway(plan: &Plan) -> Result<(), Failure> {
    nothing_stops(plan).map_err(|failure| {
        failure.hint("What was done before is kept; the next run continues from there.")
    })
}

/// The same for a run that only compares: only wrong names keep it from comparing.
pub(super) fn only_names(plan: &Plan) -> Result<(), Failure> {
    let stops: Vec<(ItemId, &Stop)> =
        plan.stops().filter(|(_, stop)| stop.kind == StopKind::Configuration).collect();
    combined(&stops).map_or(Ok(()), Err)
}

fn combined(stops: &[(ItemId, &Stop)]) -> Option<Failure> {
    let kind = stops
        .iter()
        .map(|(_, stop)| match stop.kind {
            StopKind::Configuration => Kind::Usage,
            StopKind::Refused => Kind::Refused,
            StopKind::NotYet => Kind::Unreachable,
        })
        .reduce(Kind::worse)?;
    // Two items may look up the same name; it is wrong only once.
    let mut found: Vec<Diagnostic> = Vec::new();
    for (_, stop) in stops {
        let stop = stop.diagnostic.clone();
        if !found.iter().any(|it| it.text() == stop.text()) {
            found.push(stop);
        }
    }
    Failure::of_all(kind, found, |number| {
        format!("{number} things prevent this run from continuing:")
    })
}

/// What is wrong and cannot be mended by a change.
pub(super) fn no_problems(plan: &Plan) -> Result<(), Failure> {
    let problems = plan.items.iter().flat_map(|planned| &planned.verdict.problems);
    let problems: Vec<Diagnostic> = problems.map(|stop| stop.diagnostic.clone()).collect();
    let heading = |number| format!("{number} things are wrong that provision cannot fix:");
    Failure::of_all(Kind::Failed, problems, heading).map_or(Ok(()), Err)
}

/// Makes sure that nothing of that was refused, for whoever tells all that there is. The softphone
/// layout is one user's, and is told as not shown where it is not.
pub(super) fn is_seen(
    state: &OrgState,
    looks: impl IntoIterator<Item = Look>,
) -> Result<(), Failure> {
    let unseen = looks.into_iter().filter(|look| *look != Look::Softphone).find_map(|look| {
        let refused = state.refusal(look)?;
        let answered = refused.missing && look.may_be_missing();
        (!answered).then(|| Unseen::in_org(look, refused))
    });
    let Some(unseen) = unseen else { return Ok(()) };
    if unseen.forbidden {
        return Err(Failure::refused(unseen.text).hints(trouble::permissions()));
    }
    Err(Failure::new(Kind::Failed, unseen.text).hint(Hint::command(
        "Run this again. If the org keeps refusing,",
        Command::of_org("doctor"),
        " continues without it and shows the rest.",
    )))
}

/// Items that stand still, each reason once: what was not seen, and who waits.
pub(super) fn held(plan: &Plan, selection: &Selection) -> Option<Failure> {
    let mut lines: Vec<String> = Vec::new();
    let mut kind = Kind::Failed;
    let mut first = None;
    for (unseen, items) in plan.unseen() {
        if unseen.forbidden {
            kind = Kind::Refused;
        }
        first = first.or(items.first().copied());
        lines.push(format!("{} {} for that.", unseen.text, stand_still(&items)));
    }
    let waiting = plan.waiting();
    let on: BTreeSet<ItemId> = waiting.iter().map(|(_, on)| *on).collect();
    for on in on {
        let items: Vec<ItemId> =
            waiting.iter().filter(|(_, it)| *it == on).map(|(item, _)| *item).collect();
        first = first.or(Some(on));
        lines.push(format!("{} for {} ({on}).", wait(&items), on.title()));
    }
    let first = first?;
    let message = match lines.as_slice() {
        [only] => only.clone(),
        many => format!("Some items could not be handled:\n  - {}", many.join("\n  - ")),
    };
    let failure = Failure::new(kind, message)
        .hint(
            "The other items do not depend on this. Fix what is listed, or run this again later: it \
             does what is left.",
        )
        .hint(match selection {
            Selection::Only(items) if items.len() > 1 && waiting.is_empty() => {
                format!("To leave it out for now, remove {first} from --only.")
            }
            Selection::Only(_) if !waiting.is_empty() => {
                format!("Add {first} to --only: the selected items depend on it.")
            }
            Selection::Only(_) => {
                format!("Only {first} was selected, so nothing else is left to do.")
            }
            Selection::Without(skipped) if skipped.contains(&first) => {
                let depend: Vec<String> = waiting
                    .iter()
                    .filter(|(_, on)| *on == first)
                    .map(|(item, _)| format!("--skip {item}"))
                    .collect();
                format!("To leave out what depends on {first} too, add {}.", depend.join(" "))
            }
            _ => format!("To leave it out for now, add --skip {first}."),
        });
    Some(if kind == Kind::Refused { failure.hints(trouble::permissions()) } else { failure })
}

fn stand_still(items: &[ItemId]) -> String {
    let names = named(items);
    if items.len() == 1 { format!("{names} stands still") } else { format!("{names} stand still") }
}

fn wait(items: &[ItemId]) -> String {
    let names = named(items);
    if items.len() == 1 { format!("{names} waits") } else { format!("{names} wait") }
}

/// `Task page layout (task-layout) and Permission sets (permission-set)`
fn named(items: &[ItemId]) -> String {
    let names: Vec<String> = items.iter().map(|it| format!("{} ({it})", it.title())).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
        None => String::new(),
    }
}

/// Changes of a step that are planned again right after they were made. What a later step makes of the
/// same place is another change.
pub(super) fn planned_again(plan: &Plan, way: Way, changes: &[Change]) -> Vec<ChangeRow> {
    let made = || changes.iter().flat_map(Change::rows);
    let kinds: BTreeSet<SubjectKind> = made().map(|row| row.subject.kind).collect();
    let planned = plan.changes().filter(|change| change.way == way).flat_map(Change::rows);
    let planned: Vec<ChangeRow> = planned.filter(|row| kinds.contains(&row.subject.kind)).collect();
    if planned.is_empty() {
        return planned;
    }
    let places = Places::of(&planned);
    let again: BTreeSet<usize> = made().flat_map(|row| places.same(&planned, &row)).collect();
    let rows = planned.into_iter().enumerate();
    rows.filter(|(at, _)| again.contains(at)).map(|(_, row)| row).collect()
}

/// In words: what is planned again, and what the package should have brought and did not.
pub(super) fn lost(plan: &Plan, wave: Wave, again: &[ChangeRow]) -> Vec<String> {
    let again = again.iter().map(describe);
    let missing = plan
        .items
        .iter()
        .filter(|planned| planned.item.about().and_then(|it| it.wave) == Some(wave))
        .flat_map(|planned| &planned.verdict.problems)
        .map(Stop::message);
    again.chain(missing).collect()
}

/// A change that the org took and did not keep.
pub(super) fn not_kept(lost: &[String]) -> Failure {
    let message = match lost {
        [only] => format!("The org did not keep a change: {only}"),
        _ => format!("The org did not keep {} changes:\n  - {}", lost.len(), lost.join("\n  - ")),
    };
    Failure::new(Kind::Failed, message).hint(
        "The request succeeded, but the org still returns the old value. A trigger, another \
        administrator or replication delay may be the cause: check in Setup, then run this \
        again.",
    )
}

/// `Standard User: layout is still "Task Layout"`
fn describe(change: &ChangeRow) -> String {
    let record_type =
        change.subject.record_type.as_ref().map(|name| format!(" [{name}]")).unwrap_or_default();
    let now = change.before.as_ref().map_or_else(|| "empty".to_owned(), |now| format!("\"{now}\""));
    format!("{}{record_type}: {} is still {now}.", change.subject.name, change.field)
}

/// The proof that a deploy of layout assignments moved no other.
pub(super) fn nothing_else_moved(moved: &[Subject]) -> Result<(), Failure> {
    if moved.is_empty() {
        return Ok(());
    }
    let mut by_profile: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for subject in moved {
        let record_type = subject.record_type.as_deref().unwrap_or("master");
        by_profile.entry(&subject.name).or_default().push(record_type);
    }
    let places: Vec<String> = by_profile
        .into_iter()
        .map(|(profile, record_types)| format!("{profile} ({})", record_types.join(", ")))
        .collect();
    Err(Failure::new(
        Kind::Failed,
        format!(
            "Other page layout assignments have changed too: {}.",
            places.join("; ")
        ),
    )
    .hint("Somebody may have changed them during this run: look at Setup > Object Manager > Task > Page Layouts."))
}
