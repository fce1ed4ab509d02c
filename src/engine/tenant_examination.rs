//! Looking at a Webex organization for `doctor`, `status` and `init`, which write nothing.

use std::collections::{BTreeMap, BTreeSet};

use webex_client::Client;

use super::report::TenantReport;
use super::tenant_run::{Named, read_contents, take_all, tells_no_name, told};
use crate::checklist::{
    INVENTORY_LOOKS, Plan, TenantCase, contents_needed, layouts_in_use, tenant_looks, tenant_plan,
};
use crate::failure::Failure;
use crate::journal::Store;
use crate::model::{
    Baseline, ConnectorWish, Tenant, TenantLook, TenantRecordId, TenantState, TenantWish, Way,
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
        let mut state = TenantState::new(Tenant { id: id.clone(), name: id, api_url });
        let TenantPatient { wish, connectors, looks } = patient;
        let case = TenantCase { wish, connectors, state: &state, baseline: &baseline };
        let mut asked: BTreeSet<TenantLook> = tenant_looks(&case, Way::Build);
        asked.extend(looks);
        let (nothing_known, named) = (BTreeSet::new(), Named::default());
        let (organization, taken) = tokio::join!(
            client.organization(),
            // It asks for everything at once, and its future is large.
            Box::pin(take_all(client, &asked, &nothing_known, &named, &mut state))
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
        let mut examined = Self { state, baseline };
        let case = examined.case(wish, connectors);
        let needed = contents_needed(&case, Way::Build);
        examined.read(client, &needed).await?;
        Ok(examined)
    }

    /// Reads the contents of more layouts.
    pub async fn read(
        &mut self,
        client: &Client,
        layouts: &BTreeSet<TenantRecordId>,
    ) -> Result<(), Failure> {
        let is_new = |id: &&TenantRecordId| !self.state.contents.contains_key(*id);
        let new: BTreeSet<TenantRecordId> = layouts.iter().filter(is_new).cloned().collect();
        let read: BTreeMap<_, _> = read_contents(client, &new).await?;
        self.state.contents.extend(read);
        Ok(())
    }

    /// Looks at what of the connector is in an organization of which nothing is wanted: two requests, and
    /// one for each layout that a team has.
    pub async fn survey(client: &Client, store: &Store) -> Result<Self, Failure> {
        let wish = TenantWish::nothing(client.organization_id().as_str());
        let patient = TenantPatient { wish: &wish, connectors: &[], looks: &INVENTORY_LOOKS };
        let mut seen = Self::take(client, store, patient).await?;
        let layouts = layouts_in_use(&seen.state);
        seen.read(client, &layouts).await?;
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
