//! Whoever looks at an org, again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use salesforce_client::{ApiVersion, Client};
use secrecy::SecretString;
use tokio::time::Instant;

use super::observation::Observation;
use super::pipeline::observe;
use super::{Inquiry, Refusals};
use crate::checklist::ItemId;
use crate::checklist::package::name_by_ids;
use crate::engine::host::Host;
use crate::engine::start;
use crate::failure::{Failure, Kind};
use crate::model::{ConnectorWish, InstalledPackage, Look, OrgState, Way};

/// Whoever looks at an org: what has been seen, and what decides what is looked at next.
#[derive(Debug)]
pub(in crate::engine) struct Observer<'a> {
    /// The org, in the API version that is spoken.
    pub(in crate::engine) client: Client,
    /// What is looked at.
    pub(in crate::engine) inquiry: Inquiry<'a>,
    /// What has been seen.
    pub(super) seen: Observation,
    /// Which looks are needed, and which items need each; those of no item are the run's own.
    needs: BTreeMap<Look, BTreeSet<ItemId>>,
    /// When each look was last taken.
    taken: BTreeMap<Look, Instant>,
    /// Labels of the profiles whose API names come from an earlier run, by id.
    pub(super) believed: BTreeMap<String, String>,
}

/// Looks that not every run needs.
const OPTIONAL: [Look; 8] = [
    Look::PermissionSets,
    Look::OmniSync,
    Look::References,
    Look::Uninstalls,
    Look::Added,
    Look::Apps,
    Look::AgentAccess,
    Look::UtilityBars,
];

impl<'a> Observer<'a> {
    /// Somebody who has seen nothing yet.
    pub(in crate::engine) fn new(client: Client, inquiry: Inquiry<'a>, refusals: Refusals) -> Self {
        Self {
            client,
            inquiry,
            seen: Observation::new(refusals),
            needs: BTreeMap::new(),
            taken: BTreeMap::new(),
            believed: BTreeMap::new(),
        }
    }

    /// The same for a run, of which a refusal ends only what needs what was refused.
    pub(in crate::engine) fn of_run(
        client: Client,
        desired: &'a ConnectorWish,
        installation_key: Option<&'a SecretString>,
        order: Way,
        host: &'a dyn Host,
    ) -> Self {
        let inquiry = Inquiry::of_run(desired, installation_key, order, host.now());
        Self::new(client, inquiry.with_check_users(host.check_users()), Refusals::WriteDown)
    }

    /// The same, of which that was seen before.
    #[cfg(test)]
    pub(in crate::engine) fn having_seen(mut self, state: OrgState) -> Self {
        self.seen.is_of(state.organization.clone(), None);
        if let Some(seen) = self.seen.state_mut() {
            *seen = state;
        }
        self
    }

    /// What has been seen; none until the org said which org it is.
    pub(in crate::engine) fn state(&self) -> Option<&Arc<OrgState>> {
        self.seen.state()
    }

    /// The same, or why there is none.
    pub(in crate::engine) fn known(&self) -> Result<Arc<OrgState>, Failure> {
        self.seen.known()
    }

    /// Everything that was seen, at the end.
    pub(in crate::engine) fn into_observation(self) -> Observation {
        self.seen
    }

    /// Looks at this from now on, with what decides what else is needed.
    pub(super) fn need(&mut self, needs: BTreeMap<Look, BTreeSet<ItemId>>) {
        self.needs = needs;
    }

    /// Everything that this run needs to be seen.
    pub(in crate::engine) fn everything(&self) -> BTreeSet<Look> {
        self.needs.keys().copied().collect()
    }

    /// Those of some looks that this run needs.
    pub(in crate::engine) fn needed<'l>(
        &self,
        looks: impl IntoIterator<Item = &'l Look>,
    ) -> BTreeSet<Look> {
        let needed = |look: &&Look| !OPTIONAL.contains(look) || self.needs.contains_key(look);
        looks.into_iter().filter(needed).copied().collect()
    }

    /// Those of some looks that were taken longer ago than that, or never.
    pub(in crate::engine) fn older_than(
        &self,
        age: Duration,
        looks: BTreeSet<Look>,
    ) -> BTreeSet<Look> {
        let is_old = |look: &Look| self.taken.get(look).is_none_or(|at| at.elapsed() > age);
        looks.into_iter().filter(is_old).collect()
    }

    /// Looks at all of that at once, however many requests it takes.
    pub(in crate::engine) async fn look(&mut self, looks: &BTreeSet<Look>) -> Result<(), Failure> {
        // What was needed once is looked at again with everything else.
        for look in OPTIONAL.into_iter().filter(|look| looks.contains(look)) {
            self.needs.entry(look).or_default();
        }
        self.observe(looks).await?;
        if looks.contains(&Look::Profiles) && self.names_are_stale() {
            self.forget_names();
            self.observe(&BTreeSet::from([Look::ProfileNames])).await?;
        }
        // A user selector may name a profile by its API name, which a query cannot filter by.
        let may_name = looks.contains(&Look::Users) || looks.contains(&Look::ProfileNames);
        if may_name && self.finds_more_profiles() {
            let mut again = BTreeSet::from([Look::Users]);
            // What they may do was not asked of those who were not known.
            again.extend(looks.contains(&Look::AgentAccess).then_some(Look::AgentAccess));
            self.observe(&again).await?;
        }
        Ok(())
    }

    async fn observe(&mut self, looks: &BTreeSet<Look>) -> Result<(), Failure> {
        // What is seen is at least as old as the moment before it was asked for.
        let now = Instant::now();
        self.taken.extend(looks.iter().map(|look| (*look, now)));
        observe(&self.client, &self.inquiry, looks, &mut self.seen).await?;
        if let (Some(desired), Some(state)) = (self.inquiry.desired, self.seen.state()) {
            let is_nameless = |it: &InstalledPackage| it.namespace.is_none();
            if state.packages.iter().any(is_nameless)
                && let Some(state) = self.seen.state_mut()
            {
                name_by_ids(desired, state);
            }
        }
        if looks.contains(&Look::ProfileNames) {
            self.believed.clear();
        }
        Ok(())
    }

    /// Looks for the first time, in the API version that the client speaks. The org is asked for its
    /// own beside that, or only when it does not answer; where it speaks another, it is looked at
    /// anew. Gives the newest version that the org offers, where it was asked beside.
    pub(in crate::engine) async fn first_look(
        &mut self,
        looks: &BTreeSet<Look>,
        asks_versions: bool,
    ) -> Result<Option<ApiVersion>, Failure> {
        let client = self.client.clone();
        let (seen, offered) = if asks_versions {
            let (seen, offered) = tokio::join!(self.look(looks), client.versions());
            match offered {
                Ok(offered) => (seen, Some(offered)),
                Err(_) if self.seen.refusals == Refusals::WriteDownAll => (seen, None),
                Err(error) => return Err(error.into()),
            }
        } else {
            (self.look(looks).await, None)
        };
        let spoken = match (&seen, &offered) {
            (_, Some(offered)) => match start::choose(offered) {
                Err(_) if self.seen.refusals == Refusals::WriteDownAll => None,
                chosen => Some(chosen?),
            },
            // An org that does not speak this version says so in many ways.
            (Err(failure), None) if failure.kind == Kind::Failed => {
                Some(start::version(&client).await?)
            }
            (Ok(()), None) if self.state().is_none() => start::version(&client).await.ok(),
            _ => None,
        };
        match spoken.filter(|spoken| *spoken != client.version()) {
            Some(spoken) => {
                self.client = client.with_version(spoken);
                self.seen.begin_again();
                self.look(looks).await?;
            }
            None => seen?,
        }
        Ok(offered.and_then(|offered| offered.into_iter().max()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_observation_may_move_between_threads() {
        fn moves<F: Future + Send>(
            _: impl FnOnce(&'static mut Observer<'static>, &'static BTreeSet<Look>) -> F,
        ) {
        }
        moves(Observer::look);
        moves(|observer, looks| observer.first_look(looks, true));
    }
}
