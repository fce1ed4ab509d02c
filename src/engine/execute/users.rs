//! Assigning users: collections of 200, and in the same request what the org holds afterwards.

use std::collections::{BTreeMap, BTreeSet};

use salesforce_client::collections::MAX_ROWS;
use salesforce_client::soql::quote;
use salesforce_client::{RowResult, RowUpdate, Soql};
use serde::Deserialize;
use serde_json::Value;
use tokio::time::Instant;

use super::pace::Pace;
use super::row_locks::resend_locked;
use super::{Carried, announce, words};
use crate::checklist::Change;
use crate::engine::event::Event;
use crate::engine::org_run::OrgRun;
use crate::failure::Failure;
use crate::model::{ByRef, CallCenterId, OrgState, Ref, Target, User, UserId, Value as Held, Wave};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct MemberRow {
    id: UserId,
}

/// A user whose call center changes.
type Member<'a> = (&'a Change, UserId);

/// Sets every user's call center.
pub(super) async fn assign(run: &mut OrgRun<'_>, changes: &[&Change]) -> Result<Carried, Failure> {
    let mut carried = Carried { seen: true, ..Carried::default() };
    let (mut done, mut told) = (0, 0);
    let mut pace = Pace::default();
    let groups = by_target(&*run.state()?, changes, &mut carried);
    for (target, members) in groups {
        let mut rest = members.as_slice();
        let mut asked = BTreeSet::new();
        while !rest.is_empty() {
            let (chunk, later) = rest.split_at(rest.len().min(pace.rows()));
            rest = later;
            let begun = Instant::now();
            match assign_chunk(
                run,
                target.as_ref(),
                chunk,
                &mut asked,
                later.is_empty(),
                &mut carried,
            )
            .await
            {
                Ok(refused) => carried.refused.extend(refused),
                Err(failure) => return Ok(carried.ended_by(failure)),
            }
            told = run.work.keep_rejected(&carried.refused, told);
            pace.after(begun.elapsed());
            done += chunk.len();
            let item = chunk[0].0.item;
            run.tell(Event::Progress { item, done, total: changes.len(), unit: "users" });
        }
    }
    Ok(carried)
}

async fn assign_chunk(
    run: &mut OrgRun<'_>,
    target: Option<&CallCenterId>,
    chunk: &[Member<'_>],
    asked: &mut BTreeSet<UserId>,
    is_last: bool,
    carried: &mut Carried,
) -> Result<Vec<(Change, String)>, Failure> {
    let value = target.map_or(Value::Null, |id| id.as_str().into());
    let rows: Vec<RowUpdate> = chunk
        .iter()
        .map(|(_, user)| RowUpdate::one_field(user.as_str(), "CallCenterId", value.clone()))
        .collect();
    let changes = chunk.iter().map(|(change, _)| *change);
    announce(run, Wave::Records, "composite: User.CallCenterId", changes).await?;
    let what = match (rows.len(), target) {
        (1, Some(_)) => "adding one user to the call center".to_owned(),
        (1, None) => "removing one user from the call center".to_owned(),
        (many, Some(_)) => format!("adding {many} users to the call center"),
        (many, None) => format!("removing {many} users from the call center"),
    };
    run.tell(Event::Doing { item: chunk[0].0.item, what });
    let client = run.client().clone();
    let members = Soql::new("SELECT Id FROM User WHERE CallCenterId = ");
    let results = if let Some(id) = target {
        // Members are many, and read once: after the last request.
        let read_back = is_last.then(|| members.value(&quote(id.as_str())));
        asked.extend(chunk.iter().map(|(_, user)| *user));
        let answer = client.update_and_read::<MemberRow>("User", &rows, read_back).await?;
        match answer.records {
            Ok(_) if !is_last => {}
            Ok(found) => {
                let members = found.into_iter().map(|member| member.id).collect();
                run.take_assigned(id, &members, asked);
            }
            Err(_) => carried.seen = false,
        }
        answer.rows
    } else {
        carried.seen = false;
        let mut results = Vec::new();
        for part in rows.chunks(MAX_ROWS) {
            let answers = client.update_collection("User", part).await;
            results.extend(answers?);
        }
        results
    };
    let mut results = results;
    let resend = |places: Vec<usize>| {
        let rows: Vec<RowUpdate> = places.iter().map(|at| rows[*at].clone()).collect();
        let client = client.clone();
        async move {
            let mut results = Vec::new();
            for part in rows.chunks(MAX_ROWS) {
                results.extend(client.update_collection("User", part).await?);
            }
            Ok(results)
        }
    };
    match resend_locked(run, &mut results, resend).await {
        // What the org told before is of the time before.
        Ok(true) => carried.seen = false,
        Ok(false) => {}
        Err(error) => {
            carried.refused.extend(refused(chunk, &results));
            return Err(error.into());
        }
    }
    Ok(refused(chunk, &results))
}

/// The org's words for each user it refused.
fn refused(chunk: &[Member<'_>], results: &[RowResult]) -> Vec<(Change, String)> {
    chunk
        .iter()
        .zip(results)
        .filter(|(_, result)| !result.success)
        .map(|((change, _), result)| ((*change).clone(), words(result)))
        .collect()
}

/// The users whom the org shows, by the call center that they are to be in. Those of other call centers do not depend
/// on one that the org does not list.
fn by_target<'a>(
    state: &OrgState,
    changes: &[&'a Change],
    carried: &mut Carried,
) -> BTreeMap<Option<CallCenterId>, Vec<Member<'a>>> {
    let users = state.users_by_ref();
    let mut groups: BTreeMap<Option<CallCenterId>, Vec<Member<'a>>> = BTreeMap::new();
    for change in changes {
        let target = match &change.operation.to {
            Some(Held::CallCenter(target)) => call_center(state, target).map(Some),
            _ => Ok(None),
        };
        match (target, user(&users, change)) {
            (Ok(target), Some(user)) => {
                groups.entry(target).or_default().push((*change, user.id));
            }
            (Ok(_), None) => carried.refused.push(((*change).clone(), NOT_FOUND.to_owned())),
            (Err(why), _) => carried.refused.push(((*change).clone(), why)),
        }
    }
    groups
}

/// The id of a call center, which is only known once it was deployed.
fn call_center(state: &OrgState, target: &Ref<CallCenterId>) -> Result<CallCenterId, String> {
    let found =
        target.find_or_replaced(&state.call_centers, |row| &row.id, |row| &row.internal_name);
    found
        .map(|row| row.id)
        .ok_or_else(|| format!("the org does not list the call center \"{}\"", target.name))
}

/// What is said of a user who was there when the run began.
pub(super) const NOT_FOUND: &str = "the user can no longer be found";

fn user<'a>(users: &ByRef<'a, UserId, User>, change: &Change) -> Option<&'a User> {
    match change.target() {
        Target::UserCallCenter(user) => users.find(user),
        _ => None,
    }
}
