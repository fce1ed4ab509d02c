//! What an org calls its things, for baselines, which speak of everything by name.

use std::collections::BTreeSet;

use jiff::Timestamp;
use salesforce_client::Client;

use super::observation::Observation;
use super::pipeline::observe;
use super::{Inquiry, Refusals};
use crate::checklist::OrgNames;
use crate::failure::Failure;
use crate::model::{Look, Organization};

/// What baselines speak of by name.
const LOOKS: [Look; 7] = [
    Look::Organization,
    Look::CallCenters,
    Look::Profiles,
    Look::RecordTypes,
    Look::PermissionSets,
    Look::Namesakes,
    Look::Layouts,
];

/// The org itself.
pub(in crate::engine) async fn organization(
    client: &Client,
    now: Timestamp,
) -> Result<Organization, Failure> {
    let mut seen = Observation::new(Refusals::End);
    observe(client, &Inquiry::org(now), &BTreeSet::from([Look::Organization]), &mut seen).await?;
    Ok(seen.known()?.organization.clone())
}

/// The org itself, its names, and its users whose names begin like these.
pub(in crate::engine) async fn names(
    client: &Client,
    users: &BTreeSet<&str>,
    now: Timestamp,
) -> Result<(Organization, OrgNames), Failure> {
    let namesakes_of = users.iter().map(|name| (*name).to_owned()).collect();
    let inquiry = Inquiry { namesakes_of, ..Inquiry::org(now) };
    let mut seen = Observation::new(Refusals::End);
    observe(client, &inquiry, &LOOKS.into(), &mut seen).await?;
    let users = seen.beside.namesakes.as_slice().iter().cloned().collect();
    let state = seen.known()?;
    Ok((state.organization.clone(), OrgNames::new(&state, users)))
}
