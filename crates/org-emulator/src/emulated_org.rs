//! An org in the hand of whoever started the emulator.

use std::sync::{MutexGuard, PoisonError};

use serde_json::Value;

use crate::announcement::{self, AnnouncedOrg};
use crate::catalog::OrgCatalog;
use crate::clock;
use crate::control;
use crate::error::Error;
use crate::faults::{Fault, Script};
use crate::ids::Id;
use crate::jobs;
use crate::log::RecordedRequest;
use crate::schema::Api;
use crate::seed::Changes;
use crate::server::SharedState;
use crate::setup_pages::BrowserSession;
use crate::soql;
use crate::state::State;
use crate::world::World;
use crate::world::writes::Writer;

/// The API version whose addresses a query's records have.
const BASE: &str = "/services/data/v66.0";

/// An org of a running emulator: what a test looks at, and what its administrator does there.
///
/// Nothing of this goes over the wire: it is not in the log, takes no latency and meets no fault.
/// It may outlive the emulator, which then serves no longer.
#[derive(Debug, Clone)]
pub struct EmulatedOrg {
    state: SharedState,
    place: usize,
    id: String,
    url: String,
    token: String,
}

/// An org as it was at a moment, with its sessions and jobs.
#[derive(Debug, Clone)]
pub struct OrgSnapshot(World);

impl EmulatedOrg {
    /// The org of that place, which there is.
    pub(crate) fn new(state: SharedState, place: usize) -> Self {
        let known = {
            let state = locked(&state);
            announcement::announced(state.orgs[place].world(), &state.settings.url)
        };
        let administrator = known.users.into_iter().next();
        Self {
            state,
            place,
            id: known.org_id,
            url: known.instance_url,
            token: administrator.and_then(|user| user.access_token).unwrap_or_default(),
        }
    }

    /// `00D…`, 18 characters.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Where its APIs are.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The access token that the administrator began with.
    pub fn access_token(&self) -> &str {
        &self.token
    }

    /// An access token of the user whose name begins so; `None` where there is no such user, or
    /// their sessions were ended.
    pub fn access_token_of(&self, user: &str) -> Option<String> {
        let state = self.state();
        let world = state.orgs[self.place].world();
        let user = world.users.iter().find(|it| it.username.starts_with(user))?;
        world.access_token(&user.id)
    }

    /// The org as it is announced, now.
    pub fn announcement(&self) -> AnnouncedOrg {
        let state = self.state();
        announcement::announced(state.orgs[self.place].world(), &state.settings.url)
    }

    /// Everything that can be set in the org, sorted and keyed by names; no ids, moments or jobs.
    pub fn world(&self) -> Value {
        self.state().orgs[self.place].world().export()
    }

    /// Installs, uninstalls and deploys, running and finished.
    pub fn jobs(&self) -> Value {
        control::job_list(&self.state(), self.place)
    }

    /// The records of a query of the data API, as its administrator sees them.
    pub fn query(&self, soql: &str) -> Result<Vec<Value>, Error> {
        self.asked(soql, Api::Data)
    }

    /// The records of a query of the Tooling API.
    pub fn tooling_query(&self, soql: &str) -> Result<Vec<Value>, Error> {
        self.asked(soql, Api::Tooling)
    }

    /// Changes a record as its administrator.
    pub fn update(&self, object: &str, id: &str, fields: &Value) -> Result<(), Error> {
        let refused = |problem: String| Error::Refused(problem);
        let id = Id::parse(id).ok_or_else(|| refused(format!("{id:?} is not a record id")))?;
        let fields = fields.as_object().cloned().unwrap_or_default();
        self.changed(|state| {
            let org = &mut state.orgs[self.place];
            let guesses = org.settings().guesses;
            let user = administrator(org.world());
            let writer = Writer { user, now: clock::now(), guesses };
            let done = org.world_mut().update(&writer, object, &id, &fields);
            done.map_err(|refusal| refused(refusal.to_string()))
        })
    }

    /// Makes changes by hand: all of them, or none.
    pub fn change(&self, changes: &Changes) -> Result<(), Error> {
        self.changed(|state| state.orgs[self.place].change(changes).map_err(Error::Change))
    }

    /// Puts these softphone layouts in the place of the org's, which no API does: the body of
    /// `PUT …/softphone-layouts`.
    pub fn set_softphone_layouts(&self, layouts: Value) -> Result<(), Error> {
        self.changed(|state| {
            let world = state.orgs[self.place].world_mut();
            world.set_softphone_layouts(layouts).map_err(Error::Change)
        })
    }

    /// Does what the login, passkey and verification pages wait for, in every browser that has one.
    pub fn finish_logins(&self) {
        let mut state = self.state();
        let browsers = &mut state.orgs[self.place].browsers;
        browsers.values_mut().for_each(BrowserSession::pass);
    }

    /// Has these things go wrong from now on, and what went wrong before no longer.
    pub fn set_faults(&self, faults: impl IntoIterator<Item = Fault>) {
        let faults: Vec<Fault> = faults.into_iter().collect();
        self.state().orgs[self.place].script = Script::new(&faults);
    }

    /// The requests since the log was emptied, oldest first.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().orgs[self.place].log.since(0).cloned().collect()
    }

    /// Empties the log.
    pub fn forget_requests(&self) {
        self.state().orgs[self.place].log.clear();
    }

    /// Ends every access token; refresh tokens stay.
    pub fn end_sessions(&self) -> Result<(), Error> {
        self.changed(|state| {
            state.orgs[self.place].world_mut().end_sessions(None).map_err(Error::Change)
        })
    }

    /// Ends the access tokens of one user: an id, or the beginning of a user name.
    pub fn end_sessions_of(&self, user: &str) -> Result<(), Error> {
        self.changed(|state| {
            state.orgs[self.place].world_mut().end_sessions(Some(user)).map_err(Error::Change)
        })
    }

    /// The org as it is now, to come back to with [`EmulatedOrg::restore`].
    pub fn snapshot(&self) -> OrgSnapshot {
        OrgSnapshot(self.state().orgs[self.place].world().clone())
    }

    /// Takes the org back to what it was: sessions and jobs too. What went wrong by script no longer
    /// does, and the log is empty.
    pub fn restore(&self, snapshot: &OrgSnapshot) -> Result<(), Error> {
        self.changed(|state| {
            state.restore(self.place, snapshot.0.clone());
            Ok(())
        })
    }

    /// Starts the org over, as its seed made it.
    pub fn reset(&self) -> Result<(), Error> {
        self.changed(|state| state.reset(self.place))
    }

    fn asked(&self, soql: &str, api: Api) -> Result<Vec<Value>, Error> {
        let state = self.state();
        let org = &state.orgs[self.place];
        let user = administrator(org.world());
        let catalog = OrgCatalog {
            world: org.world(),
            user: &user,
            api,
            guesses: org.settings().guesses,
            everything: false,
            installation_key: None,
        };
        let answer = soql::run(soql, &catalog, BASE);
        answer
            .map(|answer| answer.records)
            .map_err(|error| Error::Refused(format!("{}: {}", error.code, error.message)))
    }

    /// Changes the state and saves it.
    fn changed(&self, change: impl FnOnce(&mut State) -> Result<(), Error>) -> Result<(), Error> {
        let mut state = self.state();
        change(&mut state)?;
        state.save_changes()
    }

    /// The emulator's state, with its jobs as far as they are now.
    fn state(&self) -> MutexGuard<'_, State> {
        let mut state = locked(&self.state);
        jobs::advance(&mut state.orgs[self.place], clock::now());
        state
    }
}

fn locked(state: &SharedState) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The first user; every org has one.
fn administrator(world: &World) -> Id {
    world.users.first().map_or_else(|| world.organization.id.clone(), |user| user.id.clone())
}
