//! Looking at an org without wanting anything of it.

use std::sync::Arc;

use jiff::Timestamp;
use salesforce_client::Client;

use super::observe::{Inquiry, Observer, Refusals};
use super::report::OrgReport;
use super::start;
use crate::failure::Failure;
use crate::journal::{Hints, Store};
use crate::model::{CallCenter, Look, OrgState, ProfileId, Recipe};

/// Whatever of the connector may be in an org: four requests, and a fifth that reads the custom
/// metadata which the fourth has listed.
const LOOKS: [Look; 16] = [
    Look::Organization,
    Look::CallCenters,
    Look::Profiles,
    Look::RecordTypes,
    Look::Users,
    Look::PresenceStatuses,
    Look::PermissionSets,
    Look::OmniSync,
    Look::Licences,
    Look::Packages,
    Look::Layouts,
    Look::LayoutAssignments,
    Look::Installs,
    Look::Softphone,
    Look::CustomMetadata,
    Look::VoiceParts,
];

/// Who is in which call center: one request.
const PEOPLE: [Look; 4] = [Look::Organization, Look::CallCenters, Look::Profiles, Look::Users];

/// What is looked at closer, for whoever wants to write down what is there.
const CLOSER: [Look; 3] = [Look::Outsiders, Look::CallCenter, Look::ProfileNames];

/// How much of an org is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Whatever of the connector may be there.
    Everything,
    /// Who is in which call center.
    People,
}

/// What becomes of a look at an org that does not show all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenUnseen {
    /// It is a failure, for whoever needs the whole.
    Fails,
    /// Whoever asked tells what was not seen. Where nothing at all was seen, that is a failure.
    Told,
}

impl Extent {
    fn looks(self) -> &'static [Look] {
        match self {
            Self::Everything => &LOOKS,
            Self::People => &PEOPLE,
        }
    }
}

/// An org that was looked at.
#[derive(Debug)]
pub struct Survey<'a> {
    /// Which org it is.
    pub org: OrgReport,
    /// What is there.
    pub state: Arc<OrgState>,
    observer: Observer<'a>,
}

impl<'a> Survey<'a> {
    /// Looks at an org: what of the connector is there. Nothing is written, neither there nor here.
    /// `others` are generations that the org may have instead, or beside it.
    pub async fn take(
        client: &Client,
        store: &Store,
        alias: Option<&str>,
        recipe: &'a Recipe,
        others: Vec<&'a Recipe>,
        (extent, unseen): (Extent, WhenUnseen),
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let looks = extent.looks().iter().copied();
        let id = start::org_id(client).await?;
        let hints: Hints = store.org(&id).hints();
        let client = start::remembered(client, &hints);
        let inquiry = Inquiry::of_survey(recipe, now).beside(others).without_jobs(&hints.given_up);
        let mut observer = Observer::new(client, inquiry, Refusals::WriteDown);
        observer.first_look(&looks.clone().collect(), false).await?;
        let state = observer.known()?;
        start::is_the_org(&observer.client, &id, &state.organization)?;
        let sees_some = || {
            looks.clone().any(|look| look != Look::Organization && state.refusal(look).is_none())
        };
        if unseen == WhenUnseen::Fails || !sees_some() {
            start::is_seen(&state, looks)?;
        }
        let org = OrgReport::new(&state.organization, alias);
        Ok(Self { org, state, observer })
    }

    /// Looks closer at one call center and the profiles of its users: three requests more.
    pub async fn look_closer(
        self,
        call_center: &str,
        profiles: &[ProfileId],
    ) -> Result<Self, Failure> {
        let Self { org, state, mut observer } = self;
        observer.inquiry.look_closer(call_center, profiles);
        // What was seen is not held twice.
        drop(state);
        observer.look(&CLOSER.into()).await?;
        let state = observer.known()?;
        start::is_seen(&state, CLOSER)?;
        Ok(Self { org, state, observer })
    }

    /// Reads the values of one call center: one request. `None` where there is none of that name, or the
    /// org does not show it.
    pub async fn read_call_center(&mut self, name: &str) -> Result<Option<CallCenter>, Failure> {
        self.observer.inquiry.look_closer(name, &[]);
        self.observer.look(&[Look::CallCenter].into()).await?;
        self.state = self.observer.known()?;
        start::is_seen(&self.state, [Look::CallCenter])?;
        Ok(self.state.call_center.found().cloned())
    }
}
