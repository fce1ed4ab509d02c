//! Seeing the org, and asking every item about what was seen.

use std::collections::BTreeSet;

use super::Run;
use crate::checklist::{Past, Plan, Wave, looks, plan, regional_places, removal};
use crate::engine::event::Event;
use crate::engine::report::OrgReport;
use crate::engine::{Aim, Goal, start};
use crate::failure::Failure;
use crate::model::Look;

impl Run<'_> {
    /// Looks at the org and asks every item, until no item has a question left.
    pub(super) async fn first_plan(&mut self) -> Result<Plan, Failure> {
        self.tell(&Event::Observing);
        let org = start::org_id(&self.parties.client).await?;
        let store = self.parties.store.org(&org);
        if self.request.goal == Goal::Apply {
            // Taken before the first look, so that nobody else's run can end in between.
            self.lock = Some(store.lock(&self.id)?);
        }
        self.nothing_unfinished(&store)?;
        let tenant = self.parties.store.tenant(self.request.desired.webex_org.as_deref());
        self.past = Past {
            baseline: store.baseline()?,
            confirmations: store.confirmations().read()?.and(tenant.read()?),
        };
        let hints = store.hints();
        self.observer.client = start::remembered(&self.parties.client, &hints);
        let order = self.request.aim.order();
        let needs = looks(self.desired(), &self.past.baseline, order);
        self.observer.expect(needs, &self.past.baseline);
        let mut looks = self.observer.everything();
        if hints.profiles.is_empty() {
            looks.insert(Look::ProfileNames);
        }
        if hints.api_version.is_none() && self.request.aim == Aim::Installed {
            // The first run in an org most likely installs: ask what it offers in the same request,
            // in the place of the running deploys.
            looks.insert(Look::OfferedVersion);
            looks.remove(&Look::Deploys);
        }
        self.observer.believe(&hints.profiles);
        let knows_places = self.observer.believe_places(hints.custom_metadata.clone());
        if !knows_places && self.request.aim == Aim::Installed {
            looks.insert(Look::CustomMetadata);
        }
        self.observer.first_look(&looks, hints.api_version.is_none()).await?;
        let state = self.state()?;
        start::is_the_org(&self.parties.client, &org, &state.organization)?;
        self.hints = hints;
        self.store = Some(store);
        let report = OrgReport::new(&state.organization, self.request.alias);
        self.org = Some(report.clone());
        // What is seen from here on is not another copy.
        drop(state);
        self.tell(&Event::Connected { org: report });
        let plan = self.ask().await;
        self.keep_hints();
        plan
    }

    /// Asks every item, and the org where an item has a question.
    pub(in crate::engine) async fn ask(&mut self) -> Result<Plan, Failure> {
        let mut asked = BTreeSet::new();
        loop {
            let state = self.state()?;
            let mut answer = match self.request.aim {
                Aim::Installed => plan(self.desired(), &state, &self.past),
                Aim::Removed(how) => removal(self.desired(), &state, &self.past, how.blockers),
            };
            // What is seen from here on is not another copy.
            drop(state);
            let mut needs: BTreeSet<Look> = answer.needs().into_iter().collect();
            if self.observer.believes() && answer.names_profiles() {
                needs.insert(Look::ProfileNames);
            }
            if needs.is_subset(&asked) {
                let places = regional_places(self.desired(), &*self.state()?);
                self.observer.settle(places);
                for planned in &mut answer.items {
                    planned.verdict.changes.retain(|change| {
                        !self.refused.iter().any(|refused| refused.same_place(change))
                    });
                }
                return Ok(answer);
            }
            self.observer.look(&needs).await?;
            asked.extend(needs);
        }
    }

    /// Looks at what a wave may have changed.
    pub(super) async fn look_at_what(&mut self, wave: Wave) -> Result<(), Failure> {
        let touched = self.observer.touched_by(wave);
        self.observer.look(&touched).await
    }

    /// Keeps what saves the next run some requests.
    pub(super) fn keep_hints(&mut self) {
        let known = self.observer.hints();
        if let Some(store) = &self.store
            && known != self.hints
        {
            // Hints only save time; a state directory that cannot be written is no trouble here.
            store.keep_hints(&known).ok();
            self.hints = known;
        }
    }
}
