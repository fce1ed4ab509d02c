//! The loop: observe, plan, run the first wave, observe again.

use std::cell::RefCell;
use std::collections::BTreeSet;

use secrecy::SecretString;

use super::event::Event;
use super::execute::{self, Carried, rehearse};
use super::observe::{Look, Observer, SetAssignmentRow, answering};
use super::progress::Progress;
use super::report::{ItemReport, OrgReport};
use super::{Goal, Parties, Patience, Request, SavedPlan, guard, remember, start};
use crate::checklist::{
    Change, Past, Plan, Wave, already_ours, moved_elsewhere, plan, regional_places,
};
use crate::failure::{Failure, Kind};
use crate::journal::{Entry, Hints, Lock, OrgStore, RunHead, RunLog};
use crate::model::{
    CallCenterId, CustomMetadataPlace, Desired, LockedPlace, OrgState, PermissionSetId, UserId,
};
use crate::salesforce::Client;
use crate::salesforce::metadata::DeployId;
use crate::wire::Schedule;

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
            observer: Observer::new(parties.client.clone(), request.desired, key),
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
            watching: false,
        }
    }

    /// Goes as far as the goal asks.
    pub(super) async fn go(&mut self) -> Result<(), Failure> {
        let plan = self.first_plan().await?;
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
        match self.request.goal {
            Goal::Plan if self.request.validate => return rehearse::validate(self, &plan).await,
            Goal::Export => self.files = rehearse::source_folder(self, &plan)?,
            _ => {}
        }
        if self.request.goal != Goal::Apply {
            return Ok(());
        }
        self.remember_what_is_ours()?;
        if !plan.is_empty() {
            self.bring_about(plan).await?;
        }
        self.watch().await;
        Ok(())
    }

    /// Carries out the plan, wave by wave.
    async fn bring_about(&mut self, mut plan: Plan) -> Result<(), Failure> {
        let state = self.state()?;
        guard::check(&state.organization, self.request.protected, self.request.confirm)?;
        self.approve()?;
        self.begin(&state, &plan)?;
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
        start::no_problems(&plan)
    }

    /// Looks at the org and asks every item, until no item has a question left.
    async fn first_plan(&mut self) -> Result<Plan, Failure> {
        self.tell(&Event::Observing);
        let org = start::org_id(&self.parties.client).await?;
        let store = self.parties.store.org(&org);
        if self.request.goal == Goal::Apply {
            // Taken before the first look, so that nobody else's run can end in between.
            self.lock = Some(store.lock(&self.id)?);
        }
        let tenant = self.parties.store.tenant(self.request.desired.webex_org.as_deref());
        self.past = Past {
            baseline: store.baseline()?,
            confirmations: store.confirmations().read()?.and(tenant.read()?),
        };
        let hints = store.hints();
        self.observer.client = start::remembered(&self.parties.client, &hints);
        self.observer.expect(&self.past.baseline);
        let mut looks = self.observer.everything();
        if hints.profiles.is_empty() {
            looks.insert(Look::ProfileNames);
        }
        if hints.api_version.is_none() {
            // The first run in an org most likely installs: ask what it offers in the same request,
            // in the place of the running deploys.
            looks.insert(Look::OfferedVersion);
            looks.remove(&Look::Deploys);
        }
        self.observer.believe(&hints.profiles);
        if !self.observer.believe_places(hints.custom_metadata.clone()) {
            looks.insert(Look::CustomMetadata);
        }
        self.first_look(&looks, &hints).await?;
        let state = self.state()?;
        start::is_the_org(&org, &state.organization)?;
        self.hints = hints;
        self.store = Some(store);
        let report = OrgReport::new(&state.organization, self.request.alias);
        self.org = Some(report.clone());
        self.tell(&Event::Connected { org: report });
        let plan = self.ask().await;
        self.keep_hints();
        plan
    }

    /// Keeps what saves the next run some requests.
    fn keep_hints(&mut self) {
        let known = self.observer.hints();
        if let Some(store) = &self.store
            && known != self.hints
        {
            // Hints only save time; a state directory that cannot be written is no trouble here.
            store.keep_hints(&known).ok();
            self.hints = known;
        }
    }

    /// Looks at everything in the API version of the last run, or in the newest one known here
    /// while the org is asked for its versions. Where the org speaks another, it is looked at anew.
    async fn first_look(&mut self, looks: &BTreeSet<Look>, hints: &Hints) -> Result<(), Failure> {
        let client = self.parties.client.clone();
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
    pub(super) async fn ask(&mut self) -> Result<Plan, Failure> {
        let mut asked = BTreeSet::new();
        loop {
            let mut answer = plan(self.desired(), &self.state()?, &self.past);
            let mut needs: BTreeSet<Look> = answer.needs().into_iter().map(answering).collect();
            if self.observer.believes() && answer.names_profiles() {
                needs.insert(Look::ProfileNames);
            }
            if needs.is_subset(&asked) {
                let places = regional_places(self.desired(), &self.state()?);
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

    /// A plan that knows what a wave is about to replace: people take their time to agree, and a
    /// package its time to install, while others go on working in the org.
    async fn fresh(&mut self, wave: Wave, plan: Plan) -> Result<Plan, Failure> {
        let old = self
            .observer
            .older_than(self.parties.patience.fresh_for, self.observer.written_by(wave));
        if old.is_empty() {
            return Ok(plan);
        }
        self.observer.look(&old).await?;
        let plan = self.ask().await?;
        self.progress.heard(&plan);
        start::nothing_stops_midway(&plan)?;
        Ok(plan)
    }

    /// Keeps what was there, carries out a wave, and makes sure that the org kept it.
    async fn wave(&mut self, wave: Wave, changes: &[Change]) -> Result<Plan, Failure> {
        let before = self.state()?;
        let items: Vec<_> = execute::items(changes).into_iter().collect();
        self.tell(&Event::WaveStarted { wave, items, changes: changes.len() });
        self.remember(changes)?;
        self.under_way = changes.to_vec();
        let result = self.try_wave(wave, changes, &before).await;
        match &result {
            Ok(_) => {
                self.under_way.clear();
                self.note_down(Entry::Done { wave: execute::word(wave) })?;
            }
            Err(failure) => {
                let message = failure.message.clone();
                let lost = std::mem::take(&mut self.under_way);
                self.progress.failed(&lost, &message);
                // The org's words matter more than a journal that cannot be written any more.
                self.note_down(Entry::Failed { wave: execute::word(wave), message }).ok();
            }
        }
        for report in self.progress.items() {
            if changes.iter().any(|change| change.item == report.id) {
                self.tell(&Event::ItemDone {
                    item: report.id,
                    outcome: report.outcome,
                    message: report.message.clone(),
                });
            }
        }
        result
    }

    async fn try_wave(
        &mut self,
        wave: Wave,
        changes: &[Change],
        before: &OrgState,
    ) -> Result<Plan, Failure> {
        let mut carried = execute::carry_out(self, wave, changes).await?;
        self.observer.lock(carried.locked.iter().filter_map(|(change, words)| {
            let place = CustomMetadataPlace::in_member(&change.subject.name, &change.field)?;
            Some(LockedPlace { place, words: words.clone() })
        }));
        if let Some(failure) = carried.failure.take() {
            // What was sent before it failed stays, as far as the org still tells.
            if self.look_at_what(wave).await.is_ok() {
                let again = start::planned_again(&self.ask().await?, changes);
                self.settle(changes, &again, &carried);
            }
            return Err(failure);
        }
        if !carried.seen {
            self.look_at_what(wave).await?;
        }
        self.refused.extend(carried.refused.iter().map(|(change, _)| change.clone()));
        let (plan, again) = self.kept(wave, changes).await?;
        self.settle(changes, &again, &carried);
        let lost = start::lost(&plan, wave, &again);
        if !lost.is_empty() {
            return Err(start::not_kept(&lost));
        }
        if wave == Wave::Deploy {
            let asked: Vec<&Change> = changes.iter().collect();
            start::nothing_else_moved(&moved_elsewhere(before, &self.state()?, &asked))?;
        }
        self.progress.left_out(&plan, &carried.locked);
        Ok(plan)
    }

    /// A change that is planned again right after it was made was not kept. Reads may lag behind
    /// writes, so the org is looked at some more before that is said.
    async fn kept(
        &mut self,
        wave: Wave,
        changes: &[Change],
    ) -> Result<(Plan, Vec<Change>), Failure> {
        let schedule = Schedule::read_back();
        let mut looks = 0;
        loop {
            let plan = self.ask().await?;
            let again = start::planned_again(&plan, changes);
            looks += 1;
            let fine = start::lost(&plan, wave, &again).is_empty();
            if fine || looks > self.parties.patience.read_backs {
                return Ok((plan, again));
            }
            tokio::time::sleep(schedule.wait(looks)).await;
            self.look_at_what(wave).await?;
        }
    }

    /// Looks at what a wave may have changed.
    async fn look_at_what(&mut self, wave: Wave) -> Result<(), Failure> {
        let touched = self.observer.touched_by(wave);
        self.observer.look(&touched).await
    }

    /// Tells the changes that the org has kept from those that it has not.
    fn settle(&mut self, changes: &[Change], again: &[Change], carried: &Carried) {
        let is_lost = |change: &&Change| again.iter().any(|lost| lost.same_place(change));
        let kept: Vec<Change> = changes.iter().filter(|change| !is_lost(change)).cloned().collect();
        self.done(&kept, carried);
        self.under_way = again.to_vec();
    }

    fn done(&mut self, changes: &[Change], carried: &Carried) {
        let is_refused =
            |change: &Change| carried.refused.iter().any(|(refused, _)| refused.same_place(change));
        let (refused, kept): (Vec<Change>, Vec<Change>) =
            changes.iter().cloned().partition(is_refused);
        let is_locked =
            |change: &Change| carried.locked.iter().any(|(locked, _)| locked.same_place(change));
        let kept: Vec<Change> = kept.into_iter().filter(|change| !is_locked(change)).collect();
        self.progress.changed(&kept);
        if !refused.is_empty() {
            self.progress.refused(changes.len(), &carried.refused, &carried.hints);
        }
    }

    /// Shows the plan to whoever may say no.
    fn approve(&self) -> Result<(), Failure> {
        let Some(org) = &self.org else { return Ok(()) };
        if (self.parties.approve)(org, self.progress.items()) {
            Ok(())
        } else {
            Err(Failure::refused("Nothing was changed: the plan was not approved."))
        }
    }

    /// Opens the journal.
    fn begin(&mut self, state: &OrgState, plan: &Plan) -> Result<(), Failure> {
        let Some(store) = &self.store else { return Ok(()) };
        let head = RunHead {
            command: "apply",
            organization: &state.organization,
            configuration: self.request.configuration,
        };
        self.log = Some(store.begin(&self.id, &head)?);
        let changes: Vec<&Change> = plan.changes().collect();
        let changes = serde_json::to_value(changes).unwrap_or_default();
        self.note_down(Entry::Planned { changes })
    }

    /// Records what is the connector's already and in no baseline.
    fn remember_what_is_ours(&mut self) -> Result<(), Failure> {
        let (Some(store), state) = (&self.store, self.state()?) else { return Ok(()) };
        let known = self.past.baseline.entries.len();
        for kept in already_ours(self.request.desired, &state) {
            if self.past.baseline.entry(&kept.subject, kept.field).is_none() {
                self.past.baseline.record(remember::unknown(kept, &self.id));
            }
        }
        if self.past.baseline.entries.len() > known {
            store.keep_baseline(&self.past.baseline)?;
        }
        Ok(())
    }

    /// Records what is there before it changes.
    fn remember(&mut self, changes: &[Change]) -> Result<(), Failure> {
        let Some(store) = &self.store else { return Ok(()) };
        for change in changes {
            self.past.baseline.record(remember::entry(change, self.request.desired, &self.id));
        }
        store.keep_baseline(&self.past.baseline).map_err(Failure::from)
    }

    /// Stops a deploy that is under way, for a person has interrupted the run.
    pub(super) async fn stop(&mut self) -> Failure {
        if self.watching {
            return Failure::new(
                Kind::Interrupted,
                "The waiting was ended. What provision does itself is done, and stays.",
            )
            .hint("Once the rest is done too, run this again: it sees it by itself.");
        }
        let failure = Failure::new(Kind::Interrupted, "The run was interrupted.");
        let running = self.deploying.borrow_mut().take();
        let failure = match (running, self.installing.take()) {
            (Some(id), _) => {
                self.note_down(Entry::Cancel { id: id.to_string() }).ok();
                match self.observer.client.metadata().cancel(&id).await {
                    Ok(()) => failure.hint(format!(
                        "The org was asked to cancel the deploy {id}; Setup > Deployment Status \
                         shows whether it could."
                    )),
                    Err(error) => failure.hint(format!(
                        "The deploy {id} may still be running: {}",
                        Failure::from(error).message
                    )),
                }
            }
            (None, Some(id)) => failure.hint(format!(
                "The package installation {id} goes on in the org; the next run joins it."
            )),
            (None, None) => failure.hint("What was done so far stays; run this again to go on."),
        };
        let begun = std::mem::take(&mut self.under_way);
        self.progress.failed(&begun, &failure.hints.join(" "));
        failure
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

    /// Writes to the journal, durably.
    pub(super) fn note_down(&mut self, entry: Entry) -> Result<(), Failure> {
        match &mut self.log {
            Some(log) => log.record(entry).map_err(Failure::from),
            None => Ok(()),
        }
    }
}
