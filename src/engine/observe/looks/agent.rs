//! The user whom somebody asks about who has no phone.

use jiff::Timestamp;
use salesforce_client::soql::quote;
use salesforce_client::{Answers as Answered, Batch, Client, Error, Soql};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Fetch, present};
use crate::engine::observe::refusals::refused;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{Agent, AgentFound, CallCenterId, Observed, PermissionSetId, ProfileId, UserId};

const NAME: &str = "agent";
const LOGIN: &str = "login";
const SEATS: &str = "seats";
const SETS: &str = "sets";

pub(super) struct TheAgent;

impl Fetch for TheAgent {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        if let Some(user) = inquiry.user {
            burst.query(NAME, search(user));
        }
    }

    fn take(
        &self,
        inquiry: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let Some(asked) = inquiry.user else { return Ok(()) };
        let found = answers.told(NAME, |answers| answers.records::<AgentRow>(NAME));
        taking.beside.agent = found.map(|rows| only(asked, rows));
        Ok(())
    }

    /// Looks closer at the one who was found.
    fn follow<'a>(&self, _: &'a Inquiry<'a>, seen: &Observation, burst: &mut Burst<'a>) {
        let Some(AgentFound::One(agent)) = seen.beside.agent.seen() else { return };
        burst.call(look_closer(burst.client(), agent.id), |answer, taking| {
            if let Some(AgentFound::One(agent)) = taking.beside.agent.seen_mut() {
                take_closer(agent, answer);
            }
            Ok(())
        });
    }
}

/// Users of that user name, full name or email address.
fn search(name: &str) -> Soql {
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

async fn look_closer(client: &Client, id: UserId) -> Result<Answered, Error> {
    let id = quote(id.as_str());
    let of = |text: &'static str| Soql::new(text).value(&id);
    let batch = Batch::new()
        .query(LOGIN, of("SELECT IsFrozen FROM UserLogin WHERE UserId = "))
        .query(SEATS, of("SELECT PackageLicenseId FROM UserPackageLicense WHERE UserId = "))
        .query(SETS, of("SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = "));
    client.batch(&batch).await
}

fn take_closer(agent: &mut Agent, answer: Result<Answered, Error>) {
    match answer {
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
            agent.frozen = Observed::refused(&words);
            agent.seats = Observed::refused(&words);
            agent.permission_sets = Observed::refused(&words);
        }
    }
}

fn rows<R: DeserializeOwned, T>(
    answers: &Answered,
    name: &str,
    read: impl FnOnce(Vec<R>) -> T,
) -> Observed<T> {
    match answers.refusal(name) {
        Some(error) => Observed::Refused(refused(error)),
        None => match answers.records(name) {
            Ok(rows) => Observed::Seen(read(rows)),
            Err(error) => Observed::refused(error.to_string()),
        },
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AgentRow {
    id: UserId,
    username: String,
    name: String,
    email: Option<String>,
    is_active: bool,
    #[serde(deserialize_with = "present")]
    profile_id: Option<ProfileId>,
    #[serde(deserialize_with = "present")]
    call_center_id: Option<CallCenterId>,
    last_login_date: Option<String>,
}

impl From<AgentRow> for Agent {
    fn from(row: AgentRow) -> Self {
        Self {
            id: row.id,
            username: row.username,
            name: row.name,
            email: row.email.unwrap_or_default(),
            active: row.is_active,
            profile: row.profile_id,
            call_center: row.call_center_id,
            last_login: row.last_login_date.as_deref().and_then(read_moment),
            assigned: None,
            frozen: Observed::Unasked,
            seats: Observed::Unasked,
            permission_sets: Observed::Unasked,
        }
    }
}

/// Orgs write `2026-11-22T18:01:02.000+0000`, without the colon that others want.
pub(in crate::engine) fn read_moment(text: &str) -> Option<Timestamp> {
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
            email: None,
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
            assert_eq!(read_moment(odd), None, "{odd}");
        }
    }
}
