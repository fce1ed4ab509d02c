//! What an org calls its things, for baselines, which speak of everything by name.

use std::collections::BTreeSet;

use salesforce_client::Client;
use serde::Deserialize;

use super::queries::{self, name};
use super::sight::Sight;
use crate::checklist::OrgNames;
use crate::failure::{Failure, Kind};
use crate::model::Organization;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UserNameRow {
    username: String,
}

/// The org itself.
pub(in crate::engine) async fn organization(client: &Client) -> Result<Organization, Failure> {
    let mut sight = Sight::default();
    let answers = client.batch(&queries::organization()).await?;
    sight.take_data(&answers, client.session().instance_url.as_str())?;
    sight.organization.ok_or_else(nobody)
}

/// The org itself, its names, and its users whose names begin like these.
pub(in crate::engine) async fn names(
    client: &Client,
    users: &BTreeSet<&str>,
) -> Result<(Organization, OrgNames), Failure> {
    let (data, layouts) = (queries::names(users), queries::layouts());
    let tooling = client.tooling();
    let (answers, layouts) = tokio::try_join!(client.batch(&data), tooling.composite(&layouts))?;
    let mut sight = Sight::default();
    sight.take_data(&answers, client.session().instance_url.as_str())?;
    sight.take_tooling(&layouts)?;
    let mut users = BTreeSet::new();
    let found = answers.iter().map(|(name, _)| name);
    for answer in found.filter(|answer| answer.starts_with(name::NAMESAKES)) {
        let rows: Vec<UserNameRow> = answers.records(answer)?;
        users.extend(rows.into_iter().map(|row| row.username));
    }
    let state = sight.state().ok_or_else(nobody)?;
    let names = OrgNames::new(&state, users);
    Ok((state.organization, names))
}

fn nobody() -> Failure {
    Failure::new(Kind::Failed, "The org shows no record of itself.")
}
