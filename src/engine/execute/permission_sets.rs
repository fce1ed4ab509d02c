//! Giving and taking permission sets: collections of 200, and in the same request who has them
//! afterwards.

use salesforce_client::collections::MAX_ROWS;
use salesforce_client::composite::MAX_QUERIES;
use salesforce_client::{Error, Fields, RowResult};
use tokio::time::Instant;

use super::pace::Pace;
use super::row_locks::resend_locked;
use super::users::NOT_FOUND;
use super::{Carried, announce, items, words};
use crate::checklist::Change;
use crate::checklist::permission_set::Given;
use crate::engine::event::Event;
use crate::engine::observe::{SetAssignmentRow, assignments_of};
use crate::engine::org_run::OrgRun;
use crate::failure::Failure;
use crate::model::{
    ByRef, OrgState, PermissionSet, PermissionSetId, Ref, Target, User, UserId, Wave,
};

const OBJECT: &str = "PermissionSetAssignment";

/// Changes that travel in one collection, with what is sent for each.
enum Part<'a> {
    Give(&'a [(&'a Change, Giving)]),
    Take(&'a [(&'a Change, String)]),
}

/// Whom a permission set is given to, and which.
struct Giving {
    user: UserId,
    set: PermissionSetId,
}

/// Gives and takes permission sets.
pub(super) async fn assign(run: &mut OrgRun<'_>, changes: &[&Change]) -> Result<Carried, Failure> {
    let state = run.state()?;
    let mut carried = Carried { seen: true, ..Carried::default() };
    let users = state.users_by_ref();
    let known = Given::of(&state);
    let (mut given, mut taken) = (Vec::new(), Vec::new());
    let mut sets: Vec<PermissionSetId> = Vec::new();
    for change in changes.iter().copied() {
        let Target::PermissionSetAssignment { user, set: wanted } = change.target() else {
            continue;
        };
        let set = match set(&state, wanted) {
            Ok(set) => set,
            Err(why) => {
                // Other sets do not depend on it.
                carried.refused.push((change.clone(), why));
                continue;
            }
        };
        if change.operation.to.is_some() {
            match user_id(&users, user) {
                Some(user) => given.push((change, Giving { user, set })),
                None => carried.refused.push((change.clone(), NOT_FOUND.to_owned())),
            }
        } else if let Some(found) = known.find(user, wanted) {
            taken.push((change, found.id.clone()));
        }
        if !sets.contains(&set) {
            sets.push(set);
        }
    }
    // What was seen is not held while the org is written to: it changes with each answer.
    drop(known);
    drop(users);
    drop(state);
    let (mut done, mut told, mut pace) = (0, 0, Pace::default());
    let (mut given, mut taken) = (given.as_slice(), taken.as_slice());
    while !given.is_empty() || !taken.is_empty() {
        let begun = Instant::now();
        let parts = next(pace.rows(), &mut given, &mut taken);
        let is_last = given.is_empty() && taken.is_empty();
        match request(run, &parts, &sets, is_last, &mut carried).await {
            Ok(count) => done += count,
            // What was given before stays, and is told.
            Err(failure) => return Ok(carried.ended_by(failure)),
        }
        told = run.work.keep_rejected(&carried.refused, told);
        pace.after(begun.elapsed());
        let item = changes[0].item;
        run.tell(Event::Progress { item, done, total: changes.len(), unit: "assignments" });
    }
    Ok(carried)
}

/// The collections of the next request: so many rows at most, and as many collections as it may have.
fn next<'a>(
    mut rows: usize,
    given: &mut &'a [(&'a Change, Giving)],
    taken: &mut &'a [(&'a Change, String)],
) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    while parts.len() < MAX_QUERIES - 1 && rows > 0 && !(given.is_empty() && taken.is_empty()) {
        if given.is_empty() {
            let (part, later) = taken.split_at(taken.len().min(MAX_ROWS).min(rows));
            rows -= part.len();
            *taken = later;
            parts.push(Part::Take(part));
        } else {
            let (part, later) = given.split_at(given.len().min(MAX_ROWS).min(rows));
            rows -= part.len();
            *given = later;
            parts.push(Part::Give(part));
        }
    }
    parts
}

/// One request; says how many changes it carried.
async fn request(
    run: &mut OrgRun<'_>,
    parts: &[Part<'_>],
    sets: &[PermissionSetId],
    is_last: bool,
    carried: &mut Carried,
) -> Result<usize, Failure> {
    let (mut gives, mut takes) = (Vec::new(), Vec::new());
    let (mut fields, mut ids) = (Vec::new(), Vec::new());
    for part in parts {
        match part {
            Part::Give(rows) => {
                gives.extend(rows.iter().map(|(change, _)| *change));
                fields.extend(rows.iter().map(|(_, giving)| giving.fields()));
            }
            Part::Take(rows) => {
                takes.extend(rows.iter().map(|(change, _)| *change));
                ids.extend(rows.iter().map(|(_, id)| id.clone()));
            }
        }
    }
    let all = || gives.iter().chain(&takes).copied();
    announce(run, Wave::Records, "composite: PermissionSetAssignment", all()).await?;
    let what = doing(fields.len(), ids.len());
    for item in items(all()) {
        run.tell(Event::Doing { item, what: what.clone() });
    }
    let names: Vec<&str> = sets.iter().map(PermissionSetId::as_str).collect();
    // Who has the sets is a long list, and read once: after the last request.
    let read_back = is_last.then(|| assignments_of(&names)).flatten();
    let client = run.client().clone();
    let answer = client.make_and_read::<SetAssignmentRow>(OBJECT, &fields, &ids, read_back).await?;
    match answer.records {
        Ok(_) if !is_last => {}
        Ok(found) => run.take_set_assignments(sets, found),
        Err(_) => carried.seen = false,
    }
    let (mut created, mut deleted) = (answer.created, answer.deleted);
    let again = |places: Vec<usize>, rows: &[Fields], ids: &[String]| {
        let rows: Vec<Fields> = places.iter().filter_map(|at| rows.get(*at).cloned()).collect();
        let ids: Vec<String> = places.iter().filter_map(|at| ids.get(*at).cloned()).collect();
        let client = client.clone();
        async move {
            let answer =
                client.make_and_read::<SetAssignmentRow>(OBJECT, &rows, &ids, None).await?;
            Ok([answer.created, answer.deleted].concat())
        }
    };
    let resent = async {
        let some_created =
            resend_locked(run, &mut created, |places| again(places, &fields, &[])).await?;
        let some_deleted =
            resend_locked(run, &mut deleted, |places| again(places, &[], &ids)).await?;
        Ok::<_, Error>(some_created || some_deleted)
    };
    let resent = resent.await;
    note_refusals(&gives, &created, "DUPLICATE_VALUE", carried);
    note_refusals(&takes, &deleted, "ENTITY_IS_DELETED", carried);
    if resent? {
        // What the org told before is of the time before.
        carried.seen = false;
    }
    Ok(all().count())
}

/// `assigning 11 permission sets, removing 3`
fn doing(gives: usize, takes: usize) -> String {
    let noun = |count| if count == 1 { "permission set" } else { "permission sets" };
    match (gives, takes) {
        (gives, 0) => format!("assigning {gives} {}", noun(gives)),
        (0, takes) => format!("removing {takes} {}", noun(takes)),
        (gives, takes) => format!("assigning {gives} {}, removing {takes}", noun(gives)),
    }
}

/// Keeps what the org refused; a row that already is as wanted is none.
fn note_refusals(changes: &[&Change], results: &[RowResult], already: &str, carried: &mut Carried) {
    for (change, result) in changes.iter().zip(results).filter(|(_, result)| !result.success) {
        if result.errors.iter().any(|error| error.status_code == already) {
            continue;
        }
        let words = format!("{}: {}", change.target().place().1, words(result));
        carried.hints.extend(remedy(&words));
        carried.refused.push(((*change).clone(), words));
    }
}

/// What to do about refusals that are known.
fn remedy(words: &str) -> Option<&'static str> {
    const REMEDIES: [(&str, &str); 4] = [
        (
            "LICENSE_LIMIT_EXCEEDED",
            "No licence is left for the permission set. For one of a managed package, free or buy \
             seats in Setup > Installed Packages > Manage Licenses; for others, look at Setup > \
             Company Information > Permission Set Licenses.",
        ),
        (
            "license",
            "The users' licence does not allow what the permission set gives: choose other users \
             under [users], or another permission set. Seats of a managed package are given in \
             Setup > Installed Packages > Manage Licenses.",
        ),
        (
            "INSUFFICIENT_ACCESS",
            "The calling user needs \"Assign Permission Sets\" and \"View Setup and Configuration\".",
        ),
        (
            "INVALID_CROSS_REFERENCE_KEY",
            "The permission set or the user has been deleted during this run: run it again.",
        ),
    ];
    REMEDIES.iter().find(|(part, _)| words.contains(part)).map(|(_, remedy)| *remedy)
}

/// The id of a permission set, which is only known once it was deployed or installed.
fn set(state: &OrgState, wanted: &Ref<PermissionSetId>) -> Result<PermissionSetId, String> {
    let found = PermissionSet::recorded(&state.permission_sets, wanted);
    found
        .map(|set| set.id)
        .ok_or_else(|| format!("the org does not list the permission set \"{}\"", wanted.name))
}

/// The id of a user. Whoever gets back what an upgrade has taken need not be among the users that were looked
/// for.
fn user_id(users: &ByRef<'_, UserId, User>, user: &Ref<UserId>) -> Option<UserId> {
    user.id.or_else(|| users.find(user).map(|it| it.id))
}

impl Giving {
    /// What a new assignment says.
    fn fields(&self) -> Fields {
        Fields::from_iter([
            ("AssigneeId".to_owned(), self.user.as_str().into()),
            ("PermissionSetId".to_owned(), self.set.as_str().into()),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_refusals_say_what_to_do() {
        for (words, part) in [
            ("license limit exceeded (LICENSE_LIMIT_EXCEEDED)", "Manage Licenses"),
            ("The user license doesn't allow it (FIELD_INTEGRITY_EXCEPTION)", "other users"),
            ("no (INSUFFICIENT_ACCESS_OR_READONLY)", "Assign Permission Sets"),
        ] {
            assert!(remedy(words).unwrap().contains(part), "{words}");
        }
        assert_eq!(remedy("strange (UNKNOWN_EXCEPTION)"), None);
    }
}
