//! The loop: observe, plan, run the first wave, observe again.

mod busy;
mod look;
mod preflight;
mod record;
mod removal;
mod stop;
mod watch;
mod waves;

use std::cell::RefCell;
use std::collections::BTreeSet;

use salesforce_client::Client;
use salesforce_client::metadata::DeployId;
use secrecy::SecretString;

use super::event::Event;
use super::execute::rehearse;
use super::observe::{Observer, SetAssignmentRow};
use super::package_data::Exported;
use super::progress::Progress;
use super::report::{ItemReport, OrgReport};
use super::{Aim, Approval, Goal, Parties, Patience, Request, SavedPlan, guard, start};
use crate::checklist::{Change, Past, Plan};
use crate::failure::{Failure, Kind};
use crate::journal::{Hints, Lock, OrgStore, RunLog};
use crate::model::{CallCenterId, Desired, OrgState, PermissionSetId, UserId};

/// One run.
pub(super) struct Run<'a> {
    request: &'a Request<'a>,
    pub(super) parties: &'a Parties<'a>,
    pub(super) id: String,
    pub(super) observer: Observer<'a>,
    store: Option<OrgStore>,
    /// What the state directory holds of them.
    hints: Hints,
    pub(super) lock: Option<Lock>,
    past: Past,
    pub(super) log: Option<RunLog>,
    pub(super) org: Option<OrgReport>,
    pub(super) progress: Progress,
    /// Changes that the org refused; they are not tried again in this run.
    refused: Vec<Change>,
    /// Changes whose wave has begun and not ended.
    under_way: Vec<Change>,
    /// The package installation that is under way.
    pub(super) installing: Option<String>,
    deploying: RefCell<Option<DeployId>>,
    /// What would be deployed, where files were asked for.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// What was written into files before it was deleted.
    pub(super) exported: Vec<Exported>,
    /// Whether everything is done and only a person is waited for.
    pub(super) watching: bool,
}

impl<'a> Run<'a> {
    /// A run that has done nothing yet.
    pub(super) fn new(request: &'a Request<'a>, parties: &'a Parties<'a>) -> Self {
        let key = request.installation_key.as_ref();
        Self {
            request,
            parties,
            id: uuid::Uuid::now_v7().simple().to_string(),
            observer: Observer::new(
                parties.client.clone(),
                request.desired,
                key,
                request.aim.order(),
            ),
            store: None,
            hints: Hints::default(),
            lock: None,
            past: Past::default(),
            log: None,
            org: None,
            progress: Progress::default(),
            refused: Vec::new(),
            under_way: Vec::new(),
            installing: None,
            deploying: RefCell::new(None),
            files: Vec::new(),
            exported: Vec::new(),
            watching: false,
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
            let organization = run.state()?.organization;
            guard::check(&organization, run.request.protected, run.request.confirm)?;
            run.preflight(&plan)
        };
        if start::nothing_stops(&plan).is_ok() && may(self).is_ok() {
            plan = self.until_idle(plan).await?;
        }
        self.warn_of_preflight(&mut plan)?;
        self.progress.planned(&plan, self.request.goal);
        self.tell(&Event::Planned { items: self.progress.items().to_vec() });
        if self.request.goal == Goal::Verify {
            return start::no_problems(&plan).and_then(|()| start::only_names(&plan));
        }
        if let Some(saved) = self.request.saved {
            let organization = self.state()?.organization;
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
            Goal::Export => self.files = rehearse::source_folder(self, &plan)?,
            _ => {}
        }
        if self.request.goal != Goal::Apply {
            return Ok(());
        }
        match self.request.aim {
            Aim::Installed => {
                self.remember_what_is_ours()?;
                if !plan.is_empty() {
                    self.bring_about(plan).await?;
                }
                self.watch().await;
                Ok(())
            }
            Aim::Removed(_) if plan.is_empty() => self.nothing_left(&plan),
            Aim::Removed(removal) => {
                let plan = self.take_out(removal, plan).await?;
                self.nothing_left(&plan)
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
        self.begin(&state, &plan)?;
        self.carry_out(&state, plan).await?;
        Ok(())
    }

    /// Carries out the plan, wave by wave, and gives the last one.
    async fn carry_out(&mut self, state: &OrgState, mut plan: Plan) -> Result<Plan, Failure> {
        let agreed = SavedPlan::agreed(&state.organization, self.request.configuration, &plan);
        loop {
            if let Some((wave, _)) = plan.next_wave() {
                plan = self.fresh(wave, plan).await?;
                agreed.allows(&plan)?;
            }
            let Some((wave, changes)) = plan.next_wave() else { break };
            let changes: Vec<Change> = changes.into_iter().cloned().collect();
            plan = self.wave(wave, &changes).await?;
            self.progress.heard(&plan);
            start::nothing_stops_midway(&plan)?;
            agreed.allows(&plan)?;
        }
        self.keep_hints();
        self.progress.settled(&plan);
        self.progress.left_to_people(&plan);
        start::no_problems(&plan)?;
        Ok(plan)
    }

    /// Shows the plan to whoever may say no.
    fn approve(&self) -> Approval {
        match &self.org {
            Some(org) => (self.parties.approve)(org, self.progress.items()),
            None => Approval::Unasked,
        }
    }

    pub(super) fn desired(&self) -> &'a Desired {
        self.request.desired
    }

    pub(super) fn installation_key(&self) -> Option<&'a SecretString> {
        self.request.installation_key.as_ref()
    }

    pub(super) fn patience(&self) -> Patience {
        self.parties.patience
    }

    pub(super) fn client(&self) -> &Client {
        &self.observer.client
    }

    pub(super) fn items(&self) -> &[ItemReport] {
        self.progress.items()
    }

    /// What has been seen so far.
    pub(super) fn state(&self) -> Result<OrgState, Failure> {
        self.observer.sight.state().ok_or_else(|| {
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

    /// Remembers which deploy to cancel should somebody interrupt.
    pub(super) fn deploying(&self, id: Option<DeployId>) {
        *self.deploying.borrow_mut() = id;
    }

    /// Tells whoever watches.
    pub(super) fn tell(&self, event: &Event) {
        (self.parties.events)(event);
    }
}

fn not_approved() -> Failure {
    Failure::refused("Nothing was changed: the plan was not approved.")
}
