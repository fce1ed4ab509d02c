//! Looking at a Webex organization for `doctor`, `status` and `init`, which write nothing.

use std::collections::BTreeSet;

use webex_client::Client;

use super::report::TenantReport;
use super::tenant_run::{known, read_insides, take_all, tells_no_name, told};
use crate::checklist::{
    INVENTORY_LOOKS, Plan, TenantCase, insides_needed, layouts_in_use, profiles_to_read,
    tenant_looks, tenant_plan,
};
use crate::failure::Failure;
use crate::journal::Store;
use crate::model::{
    Baseline, ConnectorWish, Insides, Tenant, TenantLook, TenantState, TenantWish, Way,
};

/// What to look at.
#[derive(Debug, Clone, Copy)]
pub struct TenantPatient<'a> {
    /// What is wanted; nothing of what is absent.
    pub wish: &'a TenantWish,
    /// The connectors whose settings speak of the contact center.
    pub connectors: &'a [ConnectorWish],
    /// What is looked at besides that which the wish needs.
    pub looks: &'a [TenantLook],
}

/// A Webex organization that was looked at.
#[derive(Debug)]
pub struct TenantExamination {
    /// What is there.
    pub state: TenantState,
    /// What was there before us; empty where it cannot be read.
    baseline: Baseline,
    /// What was read by itself.
    read: Insides,
}

impl TenantExamination {
    /// Looks at it. Nothing is written. What Webex refuses to show is written down, and ends nothing;
    /// an error is that nothing can be seen at all.
    pub async fn take(
        client: &Client,
        store: &Store,
        patient: TenantPatient<'_>,
    ) -> Result<Self, Failure> {
        let id = client.organization_id().as_str().to_owned();
        // A baseline that cannot be read is told by whoever would write it.
        let mut baseline = store.tenant(Some(&id)).baseline().unwrap_or_default();
        baseline.fill_in_layout_ids();
        let api_url = client.transport().base_url().to_string();
        let mut state = TenantState::new(Tenant { id: id.clone(), name: id.clone(), api_url });
        let TenantPatient { wish, connectors, looks } = patient;
        let case = TenantCase { wish, connectors, state: &state, baseline: &baseline };
        let mut asked: BTreeSet<TenantLook> = tenant_looks(&case, Way::Build);
        asked.extend(looks);
        let known = known(&asked, store.tenant(Some(&id)).hints().webex);
        let (organization, taken) = tokio::join!(
            client.organization(),
            // It asks for everything at once, and its future is large.
            Box::pin(take_all(client, &asked, &known, &mut state))
        );
        match organization {
            Ok(organization) => {
                if let Some(name) = organization.name {
                    state.tenant.name = name;
                }
            }
            Err(error) if tells_no_name(&error) => {}
            Err(error) => return Err(told(error)),
        }
        taken?;
        let mut examined = Self { state, baseline, read: known };
        let case = examined.case(wish, connectors);
        let needed = insides_needed(&case, Way::Build);
        examined.read(client, &needed).await?;
        Ok(examined)
    }

    /// Reads more records by themselves.
    pub async fn read(&mut self, client: &Client, insides: &Insides) -> Result<(), Failure> {
        let new = insides.without(&self.read);
        read_insides(client, &new, &mut self.state).await?;
        self.read = std::mem::take(&mut self.read).and(new);
        Ok(())
    }

    /// The desktop profiles of the wanted teams' agents that allow some idle codes.
    pub fn profiles_to_read(&self, wish: &TenantWish) -> Insides {
        let profiles = profiles_to_read(&self.case(wish, &[]));
        Insides { profiles, ..Insides::default() }
    }

    /// Looks at what of the connector is in an organization of which nothing is wanted: two requests, and
    /// one for each layout that a team has.
    pub async fn survey(client: &Client, store: &Store) -> Result<Self, Failure> {
        let wish = TenantWish::nothing(client.organization_id().as_str());
        let patient = TenantPatient { wish: &wish, connectors: &[], looks: &INVENTORY_LOOKS };
        let mut seen = Self::take(client, store, patient).await?;
        let layouts = layouts_in_use(&seen.state);
        seen.read(client, &Insides { layouts, ..Insides::default() }).await?;
        Ok(seen)
    }

    /// What `apply` would change.
    pub fn plan(&self, wish: &TenantWish, connectors: &[ConnectorWish]) -> Plan {
        tenant_plan(&self.case(wish, connectors))
    }

    /// Which organization it is.
    pub fn report(&self) -> TenantReport {
        let Tenant { id, name, .. } = self.state.tenant.clone();
        TenantReport { id, name }
    }

    fn case<'a>(&'a self, wish: &'a TenantWish, connectors: &'a [ConnectorWish]) -> TenantCase<'a> {
        TenantCase { wish, connectors, state: &self.state, baseline: &self.baseline }
    }
}
