//! Looking at an org without wanting anything of it.

use salesforce_client::Client;

use super::observe::{look_closer, survey};
use super::report::OrgReport;
use super::start;
use crate::failure::{Failure, Kind};
use crate::journal::{Hints, Store};
use crate::model::{OrgState, ProfileId, Recipe};

/// An org that was looked at.
#[derive(Debug)]
pub struct Survey {
    /// Which org it is.
    pub org: OrgReport,
    /// What is there.
    pub state: OrgState,
    client: Client,
}

impl Survey {
    /// Looks at an org: what of the connector is there, in five requests. Nothing is written,
    /// neither there nor here.
    pub async fn take(
        client: &Client,
        store: &Store,
        alias: Option<&str>,
        recipe: &Recipe,
    ) -> Result<Self, Failure> {
        let id = start::org_id(client).await?;
        let hints: Hints = store.org(&id).hints();
        let mut client = start::remembered(client, &hints);
        let seen = match survey(&client, recipe).await {
            Err(failure) if failure.kind == Kind::Failed => {
                // An org that does not speak this version says so in many ways.
                let spoken = start::version(&client).await?;
                if spoken == client.version() {
                    return Err(failure);
                }
                client = client.with_version(spoken);
                survey(&client, recipe).await?
            }
            seen => seen?,
        };
        let Some(state) = seen else {
            return Err(Failure::new(Kind::Failed, "The org does not say which org it is."));
        };
        start::is_the_org(&client, &id, &state.organization)?;
        let org = OrgReport::new(&state.organization, alias);
        Ok(Self { org, state, client })
    }

    /// Looks closer at one call center and the profiles of its users: three requests more.
    pub async fn look_closer(
        &mut self,
        call_center: &str,
        profiles: &[ProfileId],
    ) -> Result<(), Failure> {
        look_closer(&self.client, &mut self.state, call_center, profiles).await
    }
}
