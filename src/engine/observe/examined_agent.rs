//! The user whom somebody asks about who has no phone.

use jiff::Timestamp;
use salesforce_client::soql::quote;
use salesforce_client::{Answers, Batch, Client, Soql};
use serde::Deserialize;

use super::examination::gist;
use crate::model::{Agent, AgentFound, CallCenterId, PermissionSetId, ProfileId, Told, UserId};

/// Name of the answer to [`search`].
pub(super) const AGENT: &str = "agent";

const LOGIN: &str = "login";
const SEATS: &str = "seats";
const SETS: &str = "sets";

/// Users of that user name, full name or mail address.
pub(super) fn search(name: &str) -> Soql {
    let name = quote(name.trim());
    Soql::new(
        "SELECT Id, Username, Name, Email, IsActive, ProfileId, CallCenterId, LastLoginDate \
         FROM User WHERE Username = ",
    )
    .value(&name)
    .text(" OR Name = ")
    .value(&name)
    .text(" OR Email = ")
    .value(&name)
    .text(" LIMIT 50")
}

/// Whom the search has found, and is to be looked at closer.
pub(super) fn agent(asked: &str, answers: &Answers) -> Option<AgentFound> {
    let rows = match answers.get(AGENT)? {
        Err(error) => return Some(AgentFound::Refused(gist(error))),
        Ok(_) => match answers.records::<AgentRow>(AGENT) {
            Ok(rows) => rows,
            Err(error) => return Some(AgentFound::Refused(error.to_string())),
        },
    };
    Some(only(asked, rows))
}

/// One of them is meant: the only one, or the only one who is active.
fn only(asked: &str, mut rows: Vec<AgentRow>) -> AgentFound {
    let active = rows.iter().filter(|row| row.is_active).count();
    if rows.len() > 1 && active == 1 {
        rows.retain(|row| row.is_active);
    }
    if rows.len() > 1 {
        return AgentFound::Several(rows.into_iter().map(|row| row.username).collect());
    }
    let nobody = || AgentFound::Nobody(asked.to_owned());
    rows.pop().map_or_else(nobody, |row| AgentFound::One(Box::new(row.into())))
}

/// Looks closer at the one who was found.
pub(super) async fn look_at_agent(
    client: &Client,
    found: Option<AgentFound>,
) -> Option<AgentFound> {
    let Some(AgentFound::One(mut agent)) = found else { return found };
    let id = quote(agent.id.as_str());
    let batch = Batch::new()
        .query(LOGIN, Soql::new("SELECT IsFrozen FROM UserLogin WHERE UserId = ").value(&id))
        .query(
            SEATS,
            Soql::new("SELECT PackageLicenseId FROM UserPackageLicense WHERE UserId = ").value(&id),
        )
        .query(
            SETS,
            Soql::new("SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ")
                .value(&id),
        );
    match client.batch(&batch).await {
        Ok(answers) => {
            agent.frozen =
                rows(&answers, LOGIN, |rows: Vec<LoginRow>| rows.iter().any(|row| row.is_frozen));
            agent.seats = rows(&answers, SEATS, |rows: Vec<SeatRow>| {
                rows.into_iter().map(|row| row.package_license_id).collect()
            });
            agent.permission_sets = rows(&answers, SETS, |rows: Vec<SetRow>| {
                rows.into_iter().map(|row| row.permission_set_id).collect()
            });
        }
        Err(error) => {
            let words = error.to_string();
            agent.frozen = Told::Refused(words.clone());
            agent.seats = Told::Refused(words.clone());
            agent.permission_sets = Told::Refused(words);
        }
    }
    Some(AgentFound::One(agent))
}

fn rows<R: serde::de::DeserializeOwned, T>(
    answers: &Answers,
    name: &str,
    read: impl FnOnce(Vec<R>) -> T,
) -> Told<T> {
    match answers.get(name) {
        Some(Err(error)) => Told::Refused(gist(error)),
        _ => match answers.records(name) {
            Ok(rows) => Told::This(read(rows)),
            Err(error) => Told::Refused(error.to_string()),
        },
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AgentRow {
    id: UserId,
    username: String,
    name: String,
    is_active: bool,
    profile_id: Option<ProfileId>,
    call_center_id: Option<CallCenterId>,
    last_login_date: Option<String>,
}

impl From<AgentRow> for Agent {
    fn from(row: AgentRow) -> Self {
        Self {
            id: row.id,
            username: row.username,
            name: row.name,
            active: row.is_active,
            profile: row.profile_id,
            call_center: row.call_center_id,
            last_login: row.last_login_date.as_deref().and_then(moment),
            assigned: None,
            frozen: Told::Unasked,
            seats: Told::Unasked,
            permission_sets: Told::Unasked,
        }
    }
}

/// Orgs write `2026-11-22T18:01:02.000+0000`, without the colon that others want.
fn moment(text: &str) -> Option<Timestamp> {
    let with_colon = text
        .len()
        .checked_sub(2)
        .filter(|at| text.is_char_boundary(*at) && !text.ends_with('Z'))
        .map(|at| format!("{}:{}", &text[..at], &text[at..]));
    text.parse().ok().or_else(|| with_colon?.parse().ok())
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LoginRow {
    is_frozen: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SeatRow {
    package_license_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SetRow {
    permission_set_id: PermissionSetId,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: usize, active: bool) -> AgentRow {
        AgentRow {
            id: UserId::parse(&format!("005{number:012}")).unwrap(),
            username: format!("user{number}@example.com"),
            name: "Ada Park".to_owned(),
            is_active: active,
            profile_id: None,
            call_center_id: None,
            last_login_date: Some("2026-11-22T18:01:02.000+0000".to_owned()),
        }
    }

    #[test]
    fn of_namesakes_the_only_active_one_is_meant() {
        assert_eq!(only("Ada", Vec::new()), AgentFound::Nobody("Ada".to_owned()));
        let AgentFound::One(found) = only("Ada", vec![row(1, false), row(2, true)]) else {
            panic!()
        };
        assert_eq!(found.username, "user2@example.com");
        assert_eq!(found.last_login.unwrap().to_string(), "2026-11-22T18:01:02Z");
        assert!(matches!(only("Ada", vec![row(1, true), row(2, true)]), AgentFound::Several(_)));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for odd in ["", "0", "é", "yesterday", "2026-11-22"] {
            assert_eq!(moment(odd), None, "{odd}");
        }
    }
}
