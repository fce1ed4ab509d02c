//! What has been seen of an org so far.

use std::collections::BTreeMap;
use std::sync::Arc;

use salesforce_client::Error;

use super::refusals::Refusals;
use crate::engine::start;
use crate::failure::Failure;
use crate::model::{
    AgentFound, Caller, Calls, CustomMetadataPlace, LockedPlace, Observed, OrgState, Organization,
    PackageLicence, Refused, RegionalValue,
};

/// What has been seen, and what is known from earlier runs until it is.
#[derive(Debug)]
pub(in crate::engine) struct Observation {
    /// None until the org said which org it is.
    state: Option<Arc<OrgState>>,
    /// What is no state that anybody plans by.
    pub(in crate::engine) beside: Beside,
    /// Why the org did not say which org it is.
    pub(super) nameless: Option<Refused>,
    /// What refusals mean.
    pub(super) refusals: Refusals,
    /// API names of presence statuses by their ids.
    status_names: BTreeMap<String, String>,
    /// What an earlier run has seen.
    pub(super) remembered: Remembered,
}

/// What was seen of an org beside its state.
#[derive(Debug, Default)]
pub(in crate::engine) struct Beside {
    /// Who is calling.
    pub(in crate::engine) caller: Observed<Caller>,
    /// What is left of the daily allowance.
    pub(in crate::engine) calls: Observed<Calls>,
    /// Licences of packages.
    pub(in crate::engine) licences: Observed<Vec<PackageLicence>>,
    /// The user who is asked about.
    pub(in crate::engine) agent: Observed<AgentFound>,
    /// Users whose names begin like those that were asked for.
    pub(super) namesakes: Observed<Vec<String>>,
}

/// What an earlier run has seen, believed until the org contradicts it.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    /// API names of profiles by ids.
    pub(super) profile_names: Observed<BTreeMap<String, String>>,
    /// Where the region's values stand.
    pub(super) places: BTreeMap<RegionalValue, CustomMetadataPlace>,
    /// What the package does not let anybody change.
    pub(super) locked: Vec<LockedPlace>,
}

/// An observation into which the answers of a burst are taken.
pub(super) struct Taking<'a> {
    /// What has been seen.
    pub(super) state: &'a mut OrgState,
    /// What has been seen beside it.
    pub(super) beside: &'a mut Beside,
    /// API names of presence statuses by their ids.
    pub(super) status_names: &'a mut BTreeMap<String, String>,
    refusals: Refusals,
}

impl Observation {
    /// Nothing has been seen yet.
    pub(super) fn new(refusals: Refusals) -> Self {
        Self {
            state: None,
            beside: Beside::default(),
            nameless: None,
            refusals,
            status_names: BTreeMap::new(),
            remembered: Remembered::default(),
        }
    }

    /// What has been seen; none until the org said which org it is.
    pub(in crate::engine) fn state(&self) -> Option<&Arc<OrgState>> {
        self.state.as_ref()
    }

    /// The same, or why there is none.
    pub(in crate::engine) fn known(&self) -> Result<Arc<OrgState>, Failure> {
        self.state.clone().ok_or_else(|| start::no_organization(self.nameless.as_ref()))
    }

    /// The same, to be changed; whoever holds what was seen before keeps it as it was.
    pub(super) fn state_mut(&mut self) -> Option<&mut OrgState> {
        self.state.as_mut().map(Arc::make_mut)
    }

    /// Takes in which org it is, and of which edition, where it says so.
    pub(super) fn is_of(&mut self, organization: Organization, edition: Option<String>) {
        match self.state_mut() {
            Some(state) => state.organization = organization,
            None => self.state = Some(Arc::new(self.remembered.begin(organization))),
        }
        if let (Some(edition), Some(state)) = (edition, self.state_mut()) {
            state.edition = Observed::Seen(edition);
        }
    }

    /// Ids of presence statuses, of 15 characters, as far as they were seen.
    pub(super) fn status_ids(&self) -> impl Iterator<Item = &String> {
        self.status_names.keys()
    }

    /// Where the region's values stand, as far as that is known.
    pub(super) fn places(&self) -> &BTreeMap<RegionalValue, CustomMetadataPlace> {
        match &self.state {
            Some(state) => &state.custom_metadata.remembered,
            None => &self.remembered.places,
        }
    }

    /// The observation, to take answers in.
    pub(super) fn taking(&mut self) -> Option<Taking<'_>> {
        Some(Taking {
            state: self.state.as_mut().map(Arc::make_mut)?,
            beside: &mut self.beside,
            status_names: &mut self.status_names,
            refusals: self.refusals,
        })
    }

    /// Two answers that cannot both be true are none: a call center that is listed has values, and
    /// one that has values is listed. Where users are in call centers, there is one.
    pub(super) fn believe_no_contradiction(&mut self, call_center: &str) {
        let Some(state) = self.state_mut() else { return };
        let has_members = state.users.iter().any(|user| user.call_center.is_some())
            || state.softphone_hints.memberships.iter().next().is_some();
        // An org without call centers says that it knows none; it has no users in them either.
        if state.call_centers.refusal().is_some_and(|refused| refused.missing)
            && (has_members || matches!(state.call_center, Observed::Seen(Some(_))))
        {
            state.call_centers =
                Observed::refused("it shows what is in call centers, and says that it knows none");
            return;
        }
        let Some(listed) = state.call_centers.seen() else { return };
        if listed.is_empty() && has_members {
            state.call_centers =
                Observed::refused("it shows users in call centers, and lists no call center");
            return;
        }
        let is_listed = listed.iter().any(|row| row.internal_name == call_center);
        match state.call_center {
            Observed::Seen(None) if is_listed => {
                state.call_center = Observed::refused(format!(
                    "it lists the call center \"{call_center}\", and does not show what it holds; \
                     reading that needs the permission \"Modify Metadata Through Metadata API \
                     Functions\" or \"Modify All Data\""
                ));
            }
            Observed::Seen(Some(_)) if !is_listed => {
                state.call_centers = unlisted_but_shown(call_center);
            }
            _ => {}
        }
    }

    /// Forgets what was seen beside the state, before the org is looked at once more.
    pub(super) fn begin_again(&mut self) {
        self.nameless = None;
        self.beside = Beside::default();
    }
}

/// A list of call centers in which one is missing whose values the org shows.
pub(super) fn unlisted_but_shown<T>(call_center: &str) -> Observed<T> {
    Observed::refused(format!(
        "it shows what the call center \"{call_center}\" holds, and does not list it"
    ))
}

impl Remembered {
    /// An org of which only that is known.
    fn begin(&mut self, organization: Organization) -> OrgState {
        let mut state = OrgState::new(organization);
        state.profile_names = std::mem::take(&mut self.profile_names);
        state.custom_metadata.remembered = std::mem::take(&mut self.places);
        state.custom_metadata.locked = std::mem::take(&mut self.locked);
        state
    }
}

impl Taking<'_> {
    /// What a call was answered: whatever kept it from an answer ends the observation, or is
    /// written down.
    pub(super) fn observed<T>(&self, answer: Result<T, Error>) -> Result<Observed<T>, Failure> {
        match answer {
            Ok(found) => Ok(Observed::Seen(found)),
            Err(error) => self.refusals.read(error).map(Observed::Refused),
        }
    }
}
