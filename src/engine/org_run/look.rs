//! Seeing the org, and asking every item about what was seen.

use std::collections::BTreeSet;

use super::OrgRun;
use crate::checklist::{Change, Intent, Past, Plan, data_center, looks, plan, removal};
use crate::engine::event::Event;
use crate::engine::report::OrgReport;
use crate::engine::{Aim, start};
use crate::failure::Failure;
use crate::model::{Look, OrgId};

impl OrgRun<'_> {
    /// Looks at the org and asks every item, until no item has a question left.
    pub(super) async fn first_plan(&mut self, org: &OrgId) -> Result<Plan, Failure> {
        self.findings.org_id = Some(org.clone());
        let store = self.context.store.org(org);
        self.nothing_unfinished(&store)?;
        let tenant = self.context.store.tenant(self.connector.webex_org.as_deref());
        self.records.past = Past {
            baseline: store.baseline()?,
            confirmations: store.confirmations().read()?.and(tenant.confirmations().read()?),
        };
        let hints = store.hints();
        self.observer.client = start::remembered(self.client(), &hints);
        let way = self.request.aim.way();
        let needs =
            looks(&Intent { desired: self.desired(), baseline: &self.records.past.baseline, way });
        self.observer.expect(needs, &self.records.past.baseline);
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
        start::is_the_org(self.client(), org, &state.organization)?;
        self.records.hints = hints;
        self.records.store = Some(store);
        let report = OrgReport::new(&state.organization, self.request.alias);
        self.findings.org = Some(report.clone());
        self.tell(Event::Connected { org: report });
        let plan = self.ask().await;
        self.keep_hints().await;
        plan
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
            // What is seen from here on is not another copy.
            drop(state);
            let mut needs: BTreeSet<Look> = answer.needs().into_iter().collect();
            if self.observer.believes() && answer.names_profiles() {
                needs.insert(Look::ProfileNames);
            }
            if needs.is_subset(&asked) {
                let places = data_center::places(self.desired(), &*self.state()?);
                self.observer.settle(places);
                for planned in &mut answer.items {
                    planned.verdict.changes.retain(|change| {
                        !self.work.refused.iter().any(|it| it.is_same_place(change.target()))
                    });
                }
                return Ok(answer);
            }
            self.observer.look(&needs).await?;
            asked.extend(needs);
        }
    }

    /// Looks at what changes may have touched.
    pub(super) async fn look_at_what(&mut self, changes: &[Change]) -> Result<(), Failure> {
        let touched = self.observer.needed(changes.iter().flat_map(Change::touches));
        self.observer.look(&touched).await
    }

    /// Keeps what saves the next run some requests.
    pub(super) async fn keep_hints(&mut self) {
        self.records.keep_hints(self.observer.hints()).await;
    }
}
