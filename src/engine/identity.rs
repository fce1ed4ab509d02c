//! Who a login is, and which org it is for.

use jiff::Timestamp;
use salesforce_client::soql::quote;
use salesforce_client::{Client, Soql};
use serde::Deserialize;

use super::observe::organization;
use super::start;
use crate::failure::{Failure, Kind};
use crate::model::Organization;

/// Who a login is, and which org it is for, in the org's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The org.
    pub organization: Organization,
    /// The user's 18-character id.
    pub user_id: String,
    /// The user name.
    pub username: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UserRow {
    id: String,
    username: String,
}

/// Asks the org, in three requests, and one more where the user is not known yet.
pub async fn identify(
    client: &Client,
    user_id: Option<&str>,
    now: Timestamp,
) -> Result<Identity, Failure> {
    let client = client.with_version(start::version(client).await?);
    let user_id = match user_id {
        Some(id) => id.to_owned(),
        None => client.userinfo().await?.user_id,
    };
    let user = Soql::new("SELECT Id, Username FROM User WHERE Id = ").value(&quote(&user_id));
    let (organization, users) = tokio::try_join!(organization(&client, now), async {
        client.query::<UserRow>(&user).await.map_err(Failure::from)
    })?;
    let user = users.into_iter().next().ok_or_else(|| {
        Failure::new(Kind::Refused, "The org does not show the login's own user.")
            .hint("Give the user the permission \"API Enabled\", and access to the object User.")
    })?;
    Ok(Identity { organization, user_id: user.id, username: user.username })
}
