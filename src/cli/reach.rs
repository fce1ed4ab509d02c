//! The ways into the two halves of a run, and what is left of it where one is out of reach.

use webex_client::Client;

use super::context::Context;
use super::org::{self, Chosen, Connection};
use super::webex;
use crate::config::Loaded;
use crate::engine::{Goal, Half};
use crate::failure::{Failure, Kind};
use crate::journal::Store;

/// The halves that can be reached. Nothing was sent yet.
pub(super) struct Reached {
    pub(super) connection: Option<Connection>,
    pub(super) tenant: Option<Client>,
    pub(super) unreached: Unreached,
}

/// Why a half cannot be reached: its secret is gone, say.
#[derive(Default)]
pub(super) struct Unreached {
    org: Option<Failure>,
    tenant: Option<Failure>,
}

impl Unreached {
    pub(super) fn of(&self, half: Half) -> Option<&Failure> {
        match half {
            Half::Org => self.org.as_ref(),
            Half::Tenant => self.tenant.as_ref(),
        }
    }
}

/// Reaches both halves of a configuration. A half out of reach ends a run that would change something; whoever
/// only looks goes on with the other, and is told.
pub(super) fn reach(
    context: &Context<'_>,
    chosen: Option<&Chosen>,
    goal: Goal,
    loaded: &Loaded,
    store: &Store,
) -> Result<Reached, Failure> {
    let mut unreached = Unreached::default();
    let can_go_on = |failure: &Failure, other: bool| {
        let is_end = matches!(failure.kind, Kind::Usage | Kind::Interrupted);
        goal != Goal::Apply && other && !is_end
    };
    let has_tenant = loaded.desired.tenant.is_some();
    let connection = match chosen.map(|it| org::connect(context, it, store)).transpose() {
        Ok(connection) => connection,
        // The emulated org brings the tenant along.
        Err(failure)
            if can_go_on(&failure, has_tenant) && !matches!(chosen, Some(Chosen::Demo(_))) =>
        {
            unreached.org = Some(failure);
            None
        }
        Err(failure) => return Err(failure),
    };
    let demo = connection.as_ref().and_then(|it| it.emulator.as_ref());
    let has_org = !loaded.desired.connectors.is_empty();
    let tenant = match webex::connect(context, loaded, store, demo) {
        Ok(tenant) => tenant,
        Err(failure) if can_go_on(&failure, has_org) => {
            unreached.tenant = Some(failure);
            None
        }
        Err(failure) => return Err(failure),
    };
    Ok(Reached { connection, tenant, unreached })
}
