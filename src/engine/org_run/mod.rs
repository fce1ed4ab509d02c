//! What a run does for one connector in one Salesforce org: observe, plan, carry out the first
//! wave, observe again.
//!
//! [`run`](mod@super::run) leads it through its steps: look, check, proceed, watch. Nothing is changed before
//! `proceed`.

mod busy;
mod findings;
mod look;
mod parent;
mod preflight;
mod records;
mod removal;
mod setup;
mod source;
mod stages;
mod stop;
mod watch;
mod work;

use std::collections::BTreeSet;
use std::sync::Arc;

use salesforce_client::Client;
use secrecy::SecretString;

use super::event::Event;
use super::execute::rehearse;
use super::host::{OrgEvent, Question};
use super::observe::{Observer, SetAssignmentRow};
use super::records::Records;
use super::report::ItemReport;
use super::saved::Agreed;
use super::{Aim, Approval, Context, Patience, Removal, Request, guard, start};
use crate::checklist::{Change, ItemId, Loss, Plan, restored_losses, unconfigured};
use crate::failure::Failure;
use crate::journal::Lock;
use crate::model::{
    CallCenter, CallCenterId, ConnectorWish, OrgId, OrgState, PermissionSetId, Target, UserId,
};
use findings::Findings;
use work::Work;

/// One connector's part of a run: what was seen, what is carried out, what is written down, what there
/// is to show.
pub(super) struct OrgRun<'a> {
    request: &'a Request<'a>,
    context: &'a Context<'a>,
    connector: &'a ConnectorWish,
    pub(super) id: String,
    /// What is to be done, once the org was looked at.
    pub(super) plan: Option<Plan>,
    pub(super) observer: Observer<'a>,
    pub(super) work: Work,
    pub(super) records: Records,
    pub(super) findings: Findings,
}

/// What must be known before a plan is carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Consent {
    /// Nothing: nothing is changed, or it was agreed to on the command line.
    Settled,
    /// A person at a terminal is asked.
    Asked(Question),
}

impl<'a> OrgRun<'a> {
    /// One that has done nothing yet.
    pub(super) fn new(
        request: &'a Request<'a>,
        context: &'a Context<'a>,
        client: &'a Client,
        connector: &'a ConnectorWish,
        id: &str,
    ) -> Self {
        let key = request.installation_key.as_ref();
        Self {
            request,
            context,
            connector,
            id: id.to_owned(),
            plan: None,
            observer: Observer::of_run(
                client.clone(),
                connector,
                key,
                request.aim.way(),
                context.host,
            ),
            work: Work::default(),
            records: Records::default(),
            findings: Findings::default(),
        }
    }

    /// Looks at the org, plans, and waits until nobody else is in the way.
    pub(super) async fn look(
        &mut self,
        org: &OrgId,
        lock: Option<Arc<Lock>>,
    ) -> Result<(), Failure> {
        self.records.lock = lock;
        let mut plan = match self.first_plan(org).await {
            Ok(plan) => plan,
            Err(failure) => return Err(self.explained(failure)),
        };
        // Nobody waits for others to hear that nothing can be done.
        let may = |run: &Self, plan: &Plan| -> Result<(), Failure> {
            if !run.may_be_named() {
                run.guard()?;
            }
            run.preflight(plan)
        };
        if start::not_yet(&plan).is_some() && may(self, &plan).is_ok() {
            plan = self.until_ready(plan).await?;
        }
        if start::nothing_stops(&plan).is_ok() && may(self, &plan).is_ok() {
            plan = self.until_idle(plan).await?;
        }
        self.warn_of_preflight(&mut plan)?;
        self.findings.progress.planned(&plan, self.request.goal);
        for (item, loss) in self.great_losses(&plan)? {
            self.findings.progress.losing(item, &loss);
        }
        if self.request.aim == Aim::Installed {
            let baseline = self.records.past.baseline.of_recipe(&self.desired().recipe.name);
            self.findings.progress.unconfigured(&unconfigured(self.desired(), &baseline));
        }
        self.plan = Some(plan);
        Ok(())
    }

    /// Makes sure that the plan may be carried out, as far as the org is concerned.
    pub(super) fn check(&self) -> Result<(), Failure> {
        self.plan.as_ref().map_or(Ok(()), |plan| self.preflight(plan))
    }

    /// Has the org check the deploy of the plan.
    pub(super) async fn validate(&mut self) -> Result<(), Failure> {
        match self.plan.take() {
            Some(plan) => rehearse::validate(self, &plan).await,
            None => Ok(()),
        }
    }

    /// Whether the plan needs a person's yes. Production is never touched by accident, and what many
    /// people have is not taken from them by accident.
    pub(super) fn consent(&self) -> Result<Consent, Failure> {
        let Some(plan) = self.plan.as_ref().filter(|plan| !plan.is_empty()) else {
            return Ok(Consent::Settled);
        };
        let mut question = Question::default();
        match self.guard() {
            Err(_) if self.may_be_named() => question.by_name = true,
            guarded => guarded?,
        }
        question.losses = self.losses(plan)?;
        let Some(removal) = self.removal(plan) else { return Ok(Consent::Asked(question)) };
        if Self::takes_package(plan) {
            if removal.delete_data.is_some() {
                // What was typed on the command line is judged before anything is changed.
                let org = &self.state()?.organization;
                guard::deletion(org, removal.delete_data, Approval::No)?;
                let is_all = question.losses.is_empty();
                return Ok(if is_all { Consent::Settled } else { Consent::Asked(question) });
            }
            question.by_name = true;
        }
        Ok(Consent::Asked(question))
    }

    /// Makes sure that what a person has said allows the plan, before anything of the run begins.
    pub(super) fn allowed(&self, answer: Approval) -> Result<(), Failure> {
        let Some(plan) = self.plan.as_ref().filter(|plan| !plan.is_empty()) else { return Ok(()) };
        let is_named_before =
            |removal: Removal<'_>| removal.delete_data.is_some() || !Self::takes_package(plan);
        if answer == Approval::No && self.removal(plan).is_none_or(is_named_before) {
            return Err(Failure::refused("Nothing was changed."));
        }
        match self.removal(plan) {
            Some(removal) if Self::takes_package(plan) => {
                guard::deletion(&self.state()?.organization, removal.delete_data, answer)
            }
            _ => Ok(()),
        }
    }

    /// What more people would lose than is usual, where nobody has agreed to that beforehand.
    fn losses(&self, plan: &Plan) -> Result<Vec<String>, Failure> {
        let losses = self.great_losses(plan)?;
        let losses: Vec<String> = losses.iter().map(|(_, loss)| loss.sentence()).collect();
        if losses.is_empty() || self.context.host.can_ask() {
            return Ok(losses);
        }
        Err(guard::removals(&losses))
    }

    /// The same by item. Where everything goes, or goes back, that is what was asked for.
    fn great_losses(&self, plan: &Plan) -> Result<Vec<(ItemId, Loss)>, Failure> {
        if self.request.allow_removals || self.request.aim.removal().is_some() {
            return Ok(Vec::new());
        }
        let of_plan = plan.great_losses().map(|(item, loss)| (item, loss.clone()));
        let mut losses: Vec<(ItemId, Loss)> = of_plan.collect();
        if let Aim::Restored(_) = self.request.aim {
            losses.extend(restored_losses(plan, &*self.state()?));
        }
        Ok(losses)
    }

    /// Whether a person can be asked to name the org, who has not named one yet.
    fn may_be_named(&self) -> bool {
        self.request.confirm.is_none() && self.context.host.can_ask()
    }

    /// Carries the plan out, which is agreed to.
    pub(super) async fn proceed(&mut self) -> Result<(), Failure> {
        let Some(plan) = self.plan.take() else { return Ok(()) };
        self.keep_completed_baseline().await?;
        if self.request.aim == Aim::Installed {
            self.remember_what_is_ours().await?;
        }
        if plan.is_empty() {
            return self.through(&plan).await;
        }
        let plan = if self.removal(&plan).is_some() {
            self.take_out(plan).await?
        } else {
            // Who runs a script has agreed by running it.
            let state = self.state()?;
            self.begin(&state, &plan).await?;
            if matches!(self.request.aim, Aim::Undone(_)) && !plan.leaves_out() {
                self.remember_goal(false).await?;
            }
            self.record_old_call_centers(&state, &plan).await?;
            if Self::upgrades_in_place(&plan) {
                self.begin_in_place(&state).await?;
            }
            drop(state);
            self.carry_out(plan).await?
        };
        self.through(&plan).await
    }

    /// Nothing is left to be done: what the run makes of the past is kept.
    async fn through(&mut self, plan: &Plan) -> Result<(), Failure> {
        self.settle_given_back().await?;
        match self.request.aim {
            Aim::Installed => self.upgraded(plan).await,
            Aim::Removed(_) => {
                let after = self.set_up_in_browser().await?;
                self.nothing_left(after.as_ref().unwrap_or(plan)).await
            }
            Aim::Undone(taking) => self.forget(taking.runs, plan).await,
            Aim::Restored(_) => Ok(()),
        }
    }

    /// Goes on where another connector's part of the same run in the same org has ended.
    pub(super) fn follow(&mut self, before: &Self) {
        self.records.past.baseline = before.records.past.baseline.clone();
        self.records.log.clone_from(&before.records.log);
        self.records.hints = before.records.hints.clone();
        self.observer.believe_given_up(&before.records.hints.given_up);
        self.work.given_up.extend(before.work.given_up.iter().cloned());
        self.work.follows_changes = before.has_begun();
    }

    /// Whether this run may change this org at all.
    fn guard(&self) -> Result<(), Failure> {
        let state = self.state()?;
        guard::check(&state.organization, self.request.protected, self.request.confirm)
    }

    /// Whether a plan takes the package out: for good, or to install another version.
    pub(super) fn takes_package(plan: &Plan) -> bool {
        let takes = |change: &Change| {
            matches!(change.target(), Target::Package(_)) && change.operation.removes()
        };
        plan.changes().any(takes)
    }

    /// Whether a plan installs a version of the package over another.
    fn upgrades_in_place(plan: &Plan) -> bool {
        let is_it = |change: &Change| {
            matches!(change.target(), Target::Package(_))
                && change.operation.from.is_some()
                && change.operation.to.is_some()
        };
        plan.changes().any(is_it)
    }

    /// How a plan takes something out, where it does. A clean upgrade takes the package out.
    fn removal(&self, plan: &Plan) -> Option<Removal<'a>> {
        let upgrades = self.request.aim == Aim::Installed && Self::takes_package(plan);
        let of_upgrade = Removal { delete_data: self.request.delete_data, ..Removal::default() };
        self.request.aim.removal().or_else(|| upgrades.then_some(of_upgrade))
    }

    /// Carries out the plan, step by step, and gives the last one.
    async fn carry_out(&mut self, mut plan: Plan) -> Result<Plan, Failure> {
        let agreed = Agreed::to(&plan);
        loop {
            if let Some((next, _)) = plan.next_stage() {
                plan = self.fresh(next, plan).await?;
                agreed.allows(&plan)?;
            }
            let Some((next, _)) = plan.next_stage() else { break };
            let changes = plan.into_changes_of(next);
            plan = self.stage(next, &changes).await?;
            self.findings.progress.heard(&plan);
            start::nothing_stops_midway(&plan)?;
            agreed.allows(&plan)?;
        }
        self.keep_hints().await;
        self.findings.progress.settled(&plan);
        self.findings.progress.left_to_people(&plan);
        start::no_problems(&plan)?;
        Ok(plan)
    }

    pub(super) fn desired(&self) -> &'a ConnectorWish {
        self.connector
    }

    /// The definition of the call center that is wanted: which items Cisco documents, for an org that
    /// does not take the others.
    pub(super) fn definition(&self) -> &'a CallCenter {
        &self.connector.call_center.definition.call_center
    }

    /// The recipe that what is written down belongs to.
    pub(super) fn recipe_name(&self) -> &'a str {
        &self.connector.recipe.name
    }

    pub(super) fn installation_key(&self) -> Option<&'a SecretString> {
        self.request.installation_key.as_ref()
    }

    pub(super) fn patience(&self) -> Patience {
        self.context.patience
    }

    pub(super) fn client(&self) -> &Client {
        &self.observer.client
    }

    pub(super) fn items(&self) -> &[ItemReport] {
        self.findings.progress.items()
    }

    /// What has been seen so far.
    pub(super) fn state(&self) -> Result<Arc<OrgState>, Failure> {
        self.observer.known()
    }

    pub(super) fn take_assigned(
        &mut self,
        target: &CallCenterId,
        members: &BTreeSet<UserId>,
        asked: &BTreeSet<UserId>,
    ) {
        self.observer.take_assigned(target, members, asked);
    }

    pub(super) fn take_set_assignments(
        &mut self,
        sets: &[PermissionSetId],
        found: Vec<SetAssignmentRow>,
    ) {
        self.observer.take_set_assignments(sets, found);
    }

    /// Tells whoever watches.
    pub(super) fn tell(&self, event: Event) {
        let org_id = self.findings.org_id;
        self.context.host.event(&OrgEvent { event, org_id, tenant_id: None });
    }
}
