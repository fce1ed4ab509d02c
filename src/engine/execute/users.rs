//! Assigning users: collections of 200, and in the same request what the org holds afterwards.

use std::collections::BTreeMap;

use salesforce_client::collections::{MAX_ROWS, MAX_ROWS_WITH_QUERY};
use salesforce_client::soql::quote;
use salesforce_client::{RowResult, RowUpdate, Soql};
use serde::Deserialize;
use serde_json::Value;

use super::{Carried, announce, words};
use crate::checklist::{Change, Item, Wave};
use crate::engine::event::Event;
use crate::engine::run::Run;
use crate::failure::{Failure, Kind};
use crate::model::{CallCenterId, OrgState, User, UserId};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Member {
    id: UserId,
}

/// Sets every user's call center.
pub(super) async fn assign(run: &mut Run<'_>, changes: &[Change]) -> Result<Carried, Failure> {
    let state = run.state()?;
    let mut carried = Carried { seen: true, ..Carried::default() };
    let mut done = 0;
    for (target, group) in by_target(changes) {
        let target = target.map(|name| call_center(&state, name)).transpose()?;
        for chunk in group.chunks(MAX_ROWS_WITH_QUERY) {
            let users: Vec<&User> =
                chunk.iter().map(|change| user(&state, change)).collect::<Result<_, _>>()?;
            match assign_chunk(run, target.as_ref(), chunk, &users, &mut carried).await {
                Ok(refused) => carried.refused.extend(refused),
                // What was assigned before stays, and is told.
                Err(failure) => {
                    carried.failure = Some(failure);
                    return Ok(carried);
                }
            }
            done += chunk.len();
            run.tell(&Event::Progress { item: Item::Users, done, total: changes.len() });
        }
    }
    Ok(carried)
}

async fn assign_chunk(
    run: &mut Run<'_>,
    target: Option<&CallCenterId>,
    chunk: &[&Change],
    users: &[&User],
    carried: &mut Carried,
) -> Result<Vec<(Change, String)>, Failure> {
    let value = target.map_or(Value::Null, |id| id.as_str().into());
    let rows: Vec<RowUpdate> = users
        .iter()
        .map(|user| RowUpdate::one_field(user.id.as_str(), "CallCenterId", value.clone()))
        .collect();
    announce(run, Wave::Records, "composite: User.CallCenterId", chunk)?;
    let what = match rows.len() {
        1 => "assigning one user".to_owned(),
        many => format!("assigning {many} users"),
    };
    run.tell(&Event::Doing { item: Item::Users, what });
    let client = run.client().clone();
    let members = Soql::new("SELECT Id FROM User WHERE CallCenterId = ");
    let results = if let Some(id) = target {
        let read_back = members.value(&quote(id.as_str()));
        let answer = client.update_and_read::<Member>("User", &rows, read_back).await?;
        match answer.records {
            Ok(found) => run.take_assigned(
                id,
                &found.into_iter().map(|member| member.id).collect(),
                &users.iter().map(|user| user.id.clone()).collect(),
            ),
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
    Ok(refused(chunk, &results))
}

/// The org's words for each user it refused.
fn refused(chunk: &[&Change], results: &[RowResult]) -> Vec<(Change, String)> {
    chunk
        .iter()
        .zip(results)
        .filter(|(_, result)| !result.success)
        .map(|(change, result)| ((*change).clone(), words(result)))
        .collect()
}

fn by_target(changes: &[Change]) -> BTreeMap<Option<&str>, Vec<&Change>> {
    let mut groups: BTreeMap<Option<&str>, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        groups.entry(change.known_after().flatten()).or_default().push(change);
    }
    groups
}

fn call_center(state: &OrgState, name: &str) -> Result<CallCenterId, Failure> {
    let found = state.call_centers.iter().find(|row| row.internal_name == name);
    found.map(|row| row.id.clone()).ok_or_else(|| {
        Failure::new(
            Kind::Failed,
            format!("Users cannot be assigned: the org does not list the call center \"{name}\"."),
        )
    })
}

fn user<'a>(state: &'a OrgState, change: &Change) -> Result<&'a User, Failure> {
    let found = state.users.iter().find(|user| user.username == change.subject.name);
    found.ok_or_else(|| {
        Failure::new(
            Kind::Failed,
            format!("User \"{}\" is not to be found any more.", change.subject.name),
        )
    })
}
