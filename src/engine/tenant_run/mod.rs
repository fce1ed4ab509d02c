//! What a run does in a Webex organization: observe, plan, carry out, observe again.
//!
//! [`run`](mod@super::run) leads it through the same steps as the parts of a Salesforce org, beside
//! them.

mod carry_out;
mod ended;
mod look;
mod read;
mod replace;
mod rows;
mod trouble;
mod work;

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::time::Instant;
use webex_client::{Client, Scope};

use super::event::Event;
use super::execute::word;
use super::host::{OrgEvent, Question};
use super::org_run::Consent;
use super::progress::{Progress, UnderWay};
use super::records::{Records, Whose};
use super::report::{StageReport, TenantReport};
use super::saved::Agreed;
use super::stage_clock::StageClock;
use super::undone::KeptChange;
use super::written::written;
use super::{Aim, Approval, Context, Goal, Request, start};
use crate::checklist::{
    Change, ChangeRow, Past, Plan, TenantCase, forget_undone, insides_needed, still_unseen,
    tenant_entries, tenant_looks, tenant_now, tenant_plan_selected, tenant_removal, tenant_undo,
    unconfigured_in_tenant,
};
use crate::failure::{Failure, Kind};
use crate::journal::Entry;
use crate::model::{
    Baseline, BaselineEntry, Command, ConnectorWish, Hint, Target, TenantRecordId, TenantState,
    TenantWish, Wave, in_full,
};
pub(super) use look::{known, take_all, tells_no_name};
pub(super) use read::read_insides;
pub(super) use trouble::told;

/// The Webex organization's part of a run.
pub(super) struct TenantRun<'a> {
    request: &'a Request<'a>,
    context: &'a Context<'a>,
    client: &'a Client,
    wish: &'a TenantWish,
    /// The connectors whose settings speak of the contact center, with what the org keeps of these.
    connectors: Vec<ConnectorWish>,
    id: String,
    /// What is to be done, once the organization was looked at.
    pub(super) plan: Option<Plan>,
    /// What has been seen.
    state: Option<TenantState>,
    /// When it was seen.
    looked_at: Instant,
    pub(super) records: Records,
    pub(super) progress: Progress,
    /// The organization, once it was reached.
    pub(super) tenant: Option<TenantReport>,
    /// What was carried out, in order.
    pub(super) stages: Vec<StageReport>,
    /// Changes that have begun and not ended.
    under_way: UnderWay,
    /// What was made in this run, with the ids that it got.
    created: Vec<(Change, TenantRecordId)>,
}

impl<'a> TenantRun<'a> {
    /// One that has done nothing yet.
    pub(super) fn new(
        request: &'a Request<'a>,
        context: &'a Context<'a>,
        client: &'a Client,
        wish: &'a TenantWish,
        id: &str,
    ) -> Self {
        Self {
            request,
            context,
            client,
            wish,
            connectors: request.desired.connectors.clone(),
            id: id.to_owned(),
            plan: None,
            state: None,
            looked_at: Instant::now(),
            records: Records::default(),
            progress: Progress::default(),
            tenant: None,
            stages: Vec::new(),
            under_way: UnderWay::default(),
            created: Vec::new(),
        }
    }

    /// Looks at the organization.
    pub(super) async fn look(&mut self) -> Result<(), Failure> {
        let store = self.context.store.tenant(Some(&self.wish.id));
        if self.request.goal == Goal::Apply {
            // Taken before the first look, so that nobody else's run can end in between.
            self.records.lock = Some(Arc::new(store.lock(&self.id)?));
        }
        let mut baseline = store.baseline()?;
        baseline.fill_in_layout_ids();
        self.records.past = Past {
            replaced: None,
            baseline,
            confirmations: store.confirmations().read()?,
            ..Past::default()
        };
        self.records.hints = store.hints();
        self.records.store = Some(store);
        self.is_the_tenant()?;
        let tenant = self.first_look().await?;
        self.tenant = Some(tenant.clone());
        self.tell(Event::TenantConnected { tenant });
        Ok(())
    }

    /// Plans, once the org's call centers were seen: what the configuration leaves out of them stays as the
    /// org has it, and names idle codes, variables and a data centre all the same.
    pub(super) fn plan(&mut self, connectors: Vec<ConnectorWish>) -> Result<(), Failure> {
        self.connectors = connectors;
        let plan = self.ask()?;
        self.progress.planned(&plan, self.request.goal);
        self.progress.unconfigured(&unconfigured_in_tenant(self.wish));
        self.plan = Some(plan);
        Ok(())
    }

    /// Makes sure that the login is for the organization that the configuration means.
    fn is_the_tenant(&self) -> Result<(), Failure> {
        let login = self.client.organization_id().as_str();
        if login == self.wish.id {
            return Ok(());
        }
        Err(Failure::refused(format!(
            "The Webex login is for the organization {login}, but the configuration means {} \
             (`webex.org_id`).",
            self.wish.id
        ))
        .hint(Hint::command(
            "Nothing was changed. Log in to the right organization:",
            Command::of_machine("login webex ALIAS"),
            ".",
        )))
    }

    /// Makes sure that the login may do what is planned, as far as its scopes are known: nothing of the
    /// other half is to be changed before this one is refused.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let is_empty = self.plan.as_ref().is_none_or(Plan::is_empty);
        let lacks = self.client.session().lacks(Scope::WriteConfiguration);
        if self.request.goal != Goal::Apply || is_empty || !lacks {
            return Ok(());
        }
        Err(Failure::refused(format!(
            "The Webex login is read-only: it lacks the scope {}, which these changes need.",
            Scope::WriteConfiguration
        ))
        .hint(format!("Nothing was changed. {}", self.client.session().remedy()))
        .hint("If you logged in with --read-only, log in again without it."))
    }

    /// Whether the plan needs a person's yes.
    pub(super) fn consent(&self) -> Consent {
        let is_empty = self.plan.as_ref().is_none_or(Plan::is_empty);
        if is_empty { Consent::Settled } else { Consent::Asked(Question::default()) }
    }

    /// Makes sure that what a person has said allows the plan.
    pub(super) fn allowed(&self, answer: Approval) -> Result<(), Failure> {
        let is_empty = self.plan.as_ref().is_none_or(Plan::is_empty);
        if answer == Approval::No && !is_empty {
            return Err(Failure::refused("Nothing was changed: the plan was not approved."));
        }
        Ok(())
    }

    /// Carries the plan out, which is agreed to.
    pub(super) async fn proceed(&mut self) -> Result<(), Failure> {
        let Some(mut plan) = self.plan.take() else { return Ok(()) };
        if plan.is_empty() {
            self.settle_given_back().await?;
            return self.nothing_left(&plan).await;
        }
        let agreed = Agreed::to(&plan);
        if self.looked_at.elapsed() > self.context.patience.fresh_for {
            // People take their time to agree, while others go on working in the contact center.
            self.look_again().await?;
            plan = self.ask()?;
            start::nothing_stops_midway(&plan)?;
            agreed.allows(&plan)?;
        }
        let whose = Whose::Tenant(self.wish.id.clone());
        self.records.begin(self.context, self.request, &self.id, whose, &plan).await?;
        let changes: Vec<Change> = plan.changes().cloned().collect();
        self.keep_layouts(&changes).await?;
        self.remember(&changes).await?;
        let begun = UnderWay::of(&changes);
        let (clock, begins) = StageClock::begin(
            self.context,
            self.records.store.as_ref(),
            (Wave::Webex, self.request.aim.way_of_tenant()),
            begun.items.iter().copied().collect(),
            begun.values,
        );
        self.tell(begins);
        self.under_way = begun;
        let result = self.stage(&changes).await;
        let failed = result.is_err();
        let recorded = self.settle_given_back().await;
        let made = match &result {
            Ok(_) => {
                self.under_way = UnderWay::default();
                let made = self.progress.made();
                self.note_down(Entry::Done { wave: word(Wave::Webex), made, rejected: Vec::new() })
                    .await?;
                made
            }
            Err(failure) => {
                let lost = std::mem::take(&mut self.under_way);
                self.progress.failed(&lost, &BTreeMap::new());
                let (made, message) =
                    (self.progress.made(), in_full(&failure.message()).into_owned());
                // The service's words matter more than a journal that cannot be written any more.
                self.note_down(Entry::Failed {
                    wave: word(Wave::Webex),
                    made,
                    message,
                    rejected: Vec::new(),
                })
                .await
                .ok();
                made
            }
        };
        for report in self.progress.items() {
            if changes.iter().any(|change| change.item == report.id) {
                self.tell(Event::ItemDone {
                    item: report.id,
                    outcome: report.outcome,
                    message: report.message.clone(),
                });
            }
        }
        let (report, ends) = clock.end(made, failed);
        self.stages.push(report);
        self.tell(ends);
        let plan = result?;
        recorded?;
        agreed.allows(&plan)?;
        self.progress.heard(&plan);
        self.progress.settled(&plan);
        self.progress.left_to_people(&plan);
        start::no_problems(&plan)?;
        self.nothing_left(&plan).await
    }

    /// Makes the changes, and makes sure that the service kept them. Reads may lag behind writes.
    async fn stage(&mut self, changes: &[Change]) -> Result<Plan, Failure> {
        let made = self.carry_out(changes).await;
        let schedule = webex_client::wire::Schedule::read_back();
        let mut looks = 0;
        loop {
            // What was made before something failed stays, and is told.
            let seen = match (self.look_again().await, &made) {
                (Err(failure), Ok(())) => return Err(failure),
                (Err(_), Err(_)) => return made.map(|()| Plan::default()),
                (Ok(()), _) => self.ask()?,
            };
            let again = start::planned_again(&seen, self.request.aim.way_of_tenant(), changes);
            looks += 1;
            let patient = made.is_ok() && looks <= self.context.patience.read_backs;
            if !again.is_empty() && patient {
                tokio::time::sleep(schedule.wait(looks)).await;
                continue;
            }
            let is_kept = |row: &ChangeRow| !again.iter().any(|lost| lost.same_place(row));
            self.progress.changed(changes.iter().flat_map(Change::rows).filter(is_kept));
            self.under_way = UnderWay::of_rows(&again);
            made?;
            if again.is_empty() {
                return Ok(seen);
            }
            return Err(start::not_kept(&start::lost(&seen, Wave::Webex, &again)));
        }
    }

    /// Asks every item.
    fn ask(&mut self) -> Result<Plan, Failure> {
        let state = self.state.as_ref().ok_or_else(unseen)?;
        let case = self.case(state);
        let mut plan = match self.request.aim {
            Aim::Installed => tenant_plan_selected(&case, self.request.selection),
            Aim::Removed(_) => tenant_removal(&case),
            Aim::Undone(taking) => tenant_undo(&case, &taking.runs.tenant),
            Aim::Restored(past) => tenant_undo(&case, past),
        };
        plan.select(self.request.selection, self.request.aim.way_of_tenant());
        self.progress.held(start::held(&plan, self.request.selection));
        Ok(plan)
    }

    fn case<'c>(&'c self, state: &'c TenantState) -> TenantCase<'c> {
        TenantCase {
            wish: self.wish,
            connectors: &self.connectors,
            state,
            baseline: &self.records.past.baseline,
        }
    }

    /// What decides what has to be seen: what runs have changed belongs to it where they are taken
    /// back.
    fn past(&self) -> Baseline {
        let mut past = self.records.past.baseline.clone();
        if let Some(undone) = self.request.aim.past_of_tenant() {
            past.entries.extend(undone.past.entries.iter().cloned());
        }
        past
    }

    /// Keeps what layouts hold and are to hold, which nothing else could bring back.
    async fn keep_layouts(&self, changes: &[Change]) -> Result<(), Failure> {
        for change in changes {
            let operation = &change.operation;
            let Target::Tenant { record, .. } = &operation.target else { continue };
            let Some(kept) = KeptChange::of(operation.from.as_ref(), operation.to.as_ref()) else {
                continue;
            };
            let subject = KeptChange::subject(&record.name);
            let content = serde_json::to_value(kept).unwrap_or_default();
            self.note_down(Entry::Recorded { subject, content }).await?;
        }
        Ok(())
    }

    /// Records what is there before it changes. What an uninstall replaces is our own work.
    async fn remember(&mut self, changes: &[Change]) -> Result<(), Failure> {
        if !self.request.aim.records_tenants_past() {
            return Ok(());
        }
        let id = &self.id;
        self.records.record(changes.iter().flat_map(|change| tenant_entries(change, id)));
        self.records.past.baseline.fill_in_layout_ids();
        self.records.keep_baseline().await
    }

    /// Records what was given back, as far as the organization shows it.
    async fn settle_given_back(&mut self) -> Result<(), Failure> {
        let Some(state) = &self.state else { return Ok(()) };
        let now = |entry: &BaselineEntry| tenant_now(state, &entry.target);
        self.records.settle_given_back(&self.id, now).await
    }

    /// Once everything is put back, the past that led here is put away.
    async fn nothing_left(&mut self, plan: &Plan) -> Result<(), Failure> {
        let Some(state) = &self.state else { return Ok(()) };
        let baseline = &self.records.past.baseline;
        let rest = match self.request.aim {
            Aim::Installed | Aim::Restored(_) => return Ok(()),
            Aim::Removed(_) => still_unseen(&self.case(state)),
            Aim::Undone(taking) => {
                let now = |entry: &BaselineEntry| tenant_now(state, &entry.target);
                forget_undone(baseline, &taking.runs.tenant, &self.id, &now)
            }
        };
        if !plan.is_empty() || plan.leaves_out() || rest == self.records.past.baseline {
            return Ok(());
        }
        self.records.retire(&self.id, &rest).await
    }

    /// Announces a request to the journal.
    async fn announce(&self, request: &str, changes: &[Change]) -> Result<(), Failure> {
        let changes = written(changes, None);
        let entry =
            Entry::Attempt { wave: word(Wave::Webex), request: request.to_owned(), changes };
        self.note_down(entry).await
    }

    pub(super) async fn note_down(&self, entry: Entry) -> Result<(), Failure> {
        self.records.note_down(self.context.host.now(), entry).await
    }

    /// What was under way when a person interrupted; `None`: nothing.
    pub(super) fn stop(&mut self) -> Option<Failure> {
        if self.under_way == UnderWay::default() {
            return None;
        }
        let failure = Failure::new(Kind::Interrupted, "The run was interrupted.")
            .hint("What was done so far is kept; run this again to continue.");
        let begun = std::mem::take(&mut self.under_way);
        self.progress.failed(&begun, &BTreeMap::new());
        Some(failure)
    }

    fn tell(&self, event: Event) {
        let tenant_id = Some(self.wish.id.clone());
        self.context.host.event(&OrgEvent { event, org_id: None, tenant_id });
    }
}

fn unseen() -> Failure {
    Failure::new(Kind::Failed, "The Webex organization was not seen.")
}
