//! The loop: observe, plan, run the first wave, observe again.

mod busy;
mod findings;
mod look;
mod preflight;
mod records;
mod removal;
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
use super::host::OrgEvent;
use super::observe::{Observer, SetAssignmentRow};
use super::report::ItemReport;
use super::{Aim, Approval, Context, Goal, Patience, Request, SavedPlan, guard, start};
use crate::checklist::{Change, Plan};
use crate::failure::{Failure, Kind};
use crate::model::{CallCenterId, Desired, OrgState, PermissionSetId, UserId};
use findings::Findings;
use records::Records;
use work::Work;

/// One run: what was seen, what is carried out, what is written down, what there is to show.
pub(super) struct Run<'a> {
    request: &'a Request<'a>,
    context: &'a Context<'a>,
    pub(super) id: String,
    pub(super) observer: Observer<'a>,
    pub(super) work: Work,
    pub(super) records: Records,
    pub(super) findings: Findings,
}

impl<'a> Run<'a> {
    /// A run that has done nothing yet.
    pub(super) fn new(request: &'a Request<'a>, context: &'a Context<'a>) -> Self {
        let key = request.installation_key.as_ref();
        let client = context.client.clone();
        Self {
            request,
            context,
            id: context.host.new_run(),
            observer: Observer::of_run(client, request.desired, key, request.aim.way()),
            work: Work::default(),
            records: Records::default(),
            findings: Findings::default(),
        }
    }

    /// Goes as far as the goal asks.
    pub(super) async fn go(&mut self) -> Result<(), Failure> {
        let mut plan = match self.first_plan().await {
            Ok(plan) => plan,
            Err(failure) => return Err(self.explained(failure)),
        };
        // Nobody waits for others to hear that nothing can be done.
        let may = |run: &Self| -> Result<(), Failure> {
            let organization = run.state()?.organization.clone();
            guard::check(&organization, run.request.protected, run.request.confirm)?;
            run.preflight(&plan)
        };
        if start::nothing_stops(&plan).is_ok() && may(self).is_ok() {
            plan = self.until_idle(plan).await?;
        }
        self.warn_of_preflight(&mut plan)?;
        self.findings.progress.planned(&plan, self.request.goal);
        self.tell(Event::Planned { items: self.findings.progress.items().to_vec() });
        if self.request.goal == Goal::Verify {
            return start::no_problems(&plan).and_then(|()| start::only_names(&plan));
        }
        if let Some(saved) = self.request.saved {
            let organization = self.state()?.organization.clone();
            saved.belongs_to(&organization, self.request.configuration)?;
        }
        start::nothing_stops(&plan)?;
        start::no_problems(&plan)?;
        if let Some(saved) = self.request.saved {
            saved.still_holds(&plan)?;
        }
        self.preflight(&plan)?;
        match self.request.goal {
            Goal::Plan if self.request.validate => return rehearse::validate(self, &plan).await,
            Goal::Export => self.findings.files = rehearse::source_folder(self, &plan)?,
            _ => {}
        }
        if self.request.goal != Goal::Apply {
            return Ok(());
        }
        match self.request.aim {
            Aim::Installed => {
                self.remember_what_is_ours().await?;
                if !plan.is_empty() {
                    self.bring_about(plan).await?;
                }
                self.watch().await;
                Ok(())
            }
            Aim::Removed(_) if plan.is_empty() => self.nothing_left(&plan).await,
            Aim::Removed(removal) => {
                let plan = self.take_out(removal, plan).await?;
                self.nothing_left(&plan).await
            }
        }
    }

    /// Has the plan approved, and carries it out.
    async fn bring_about(&mut self, plan: Plan) -> Result<(), Failure> {
        let state = self.state()?;
        guard::check(&state.organization, self.request.protected, self.request.confirm)?;
        match self.approve() {
            // Who runs a script has agreed by running it.
            Approval::Yes | Approval::Unasked => {}
            Approval::No => return Err(not_approved()),
        }
        self.begin(&state, &plan).await?;
        self.carry_out(&state, plan).await?;
        Ok(())
    }

    /// Carries out the plan, step by step, and gives the last one.
    async fn carry_out(&mut self, state: &OrgState, mut plan: Plan) -> Result<Plan, Failure> {
        let agreed = SavedPlan::agreed(&state.organization, self.request.configuration, &plan);
        loop {
            if let Some((next, _)) = plan.next_stage() {
                plan = self.fresh(next, plan).await?;
                agreed.allows(&plan)?;
            }
            let Some((next, changes)) = plan.next_stage() else { break };
            let changes: Vec<Change> = changes.into_iter().cloned().collect();
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

    /// Shows the plan to whoever may say no.
    fn approve(&self) -> Approval {
        match &self.findings.org {
            Some(org) => self.context.host.approve(org, self.findings.progress.items()),
            // A plan for an org that nobody can name is not carried out.
            None => Approval::No,
        }
    }

    pub(super) fn desired(&self) -> &'a Desired {
        self.request.desired
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
        self.observer.state().cloned().ok_or_else(|| {
            Failure::new(Kind::Failed, "The org did not say who it is: it shows no Organization.")
        })
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
        let org_id = self.findings.org_id.clone();
        self.context.host.event(&OrgEvent { event, org_id });
    }
}

fn not_approved() -> Failure {
    Failure::refused("Nothing was changed: the plan was not approved.")
}
