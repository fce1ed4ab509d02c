//! Seeing the org, and asking every item about what was seen.

use std::collections::BTreeSet;

use super::Run;
use crate::checklist::{Past, Plan, data_center, plan, removal};
use crate::engine::event::Event;
use crate::engine::observe::{Look, answering};
use crate::engine::report::OrgReport;
use crate::engine::{Aim, Goal, start};
use crate::failure::{Failure, Kind};
use crate::journal::Hints;
use crate::model::Wave;

impl Run<'_> {
    /// Looks at the org and asks every item, until no item has a question left.
    pub(super) async fn first_plan(&mut self) -> Result<Plan, Failure> {
        self.tell(Event::Observing);
        let org = start::org_id(&self.context.client).await?;
        self.findings.org_id = Some(org.clone());
        let store = self.context.store.org(&org);
        if self.request.goal == Goal::Apply {
            // Taken before the first look, so that nobody else's run can end in between.
            self.records.lock = Some(store.lock(&self.id)?);
        }
        self.nothing_unfinished(&store)?;
        let tenant = self.context.store.tenant(self.request.desired.webex_org.as_deref());
        self.records.past = Past {
            baseline: store.baseline()?,
            confirmations: store.confirmations().read()?.and(tenant.confirmations().read()?),
        };
        let hints = store.hints();
        self.observer.client = start::remembered(&self.context.client, &hints);
        self.observer.expect(&self.records.past.baseline);
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
        self.first_look(&looks, &hints).await?;
        let state = self.state()?;
        start::is_the_org(&self.context.client, &org, &state.organization)?;
        self.records.hints = hints;
        self.records.store = Some(store);
        let report = OrgReport::new(&state.organization, self.request.alias);
        self.findings.org = Some(report.clone());
        self.tell(Event::Connected { org: report });
        let plan = self.ask().await;
        self.keep_hints().await;
        plan
    }

    /// Looks at everything in the API version of the last run, or in the newest one known here
    /// while the org is asked for its versions. Where the org speaks another, it is looked at anew.
    pub(super) async fn first_look(
        &mut self,
        looks: &BTreeSet<Look>,
        hints: &Hints,
    ) -> Result<(), Failure> {
        let client = self.context.client.clone();
        let believed = self.observer.client.version();
        if hints.api_version.is_none() {
            let (seen, spoken) = tokio::join!(self.observer.look(looks), start::version(&client));
            let spoken = spoken?;
            if spoken == believed {
                return seen;
            }
            self.observer.client = client.with_version(spoken);
            return self.observer.look(looks).await;
        }
        let Err(failure) = self.observer.look(looks).await else { return Ok(()) };
        if failure.kind != Kind::Failed {
            return Err(failure);
        }
        let spoken = start::version(&client).await?;
        if spoken == believed {
            return Err(failure);
        }
        self.observer.client = client.with_version(spoken);
        self.observer.look(looks).await
    }

    /// Asks every item, and the org where an item has a question.
    pub(in crate::engine) async fn ask(&mut self) -> Result<Plan, Failure> {
        let mut asked = BTreeSet::new();
        loop {
            let state = self.state()?;
            let mut answer = match self.request.aim {
                Aim::Installed => plan(self.desired(), &state, &self.records.past),
                Aim::Removed(how) => {
                    removal(self.desired(), &state, &self.records.past, how.blockers)
                }
            };
            let mut needs: BTreeSet<Look> = answer.needs().into_iter().map(answering).collect();
            if self.observer.believes() && answer.names_profiles() {
                needs.insert(Look::ProfileNames);
            }
            if needs.is_subset(&asked) {
                let places = data_center::places(self.desired(), &self.state()?);
                self.observer.settle(places);
                for planned in &mut answer.items {
                    planned.verdict.changes.retain(|change| {
                        let target = change.target();
                        !self.work.refused.iter().any(|refused| refused.is_same_place(target))
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
    pub(super) async fn keep_hints(&mut self) {
        self.records.keep_hints(self.observer.hints()).await;
    }
}
