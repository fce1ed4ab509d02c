//! Seeing the org, and asking every item about what was seen.

use std::collections::BTreeSet;

use super::OrgRun;
use crate::checklist::{
    Blockers, Change, Intent, ItemId, Past, Plan, Selection, Undo, complete_undone, data_center,
    looks, needed_by_nobody, plan_selected, removal_selected, undo, undo_looks,
};
use crate::engine::event::Event;
use crate::engine::report::OrgReport;
use crate::engine::{Aim, Taking, start};
use crate::failure::Failure;
use crate::journal::{OrgStore, Unfinished};
use crate::model::{Confirmations, Look, OrgId, Target, Way};

impl OrgRun<'_> {
    /// Looks at the org and asks every item, until no item has a question left.
    pub(super) async fn first_plan(&mut self, org: &OrgId) -> Result<Plan, Failure> {
        self.findings.org_id = Some(*org);
        let store = self.context.store.org(org);
        self.nothing_unfinished(&store)?;
        let begun = self.begun_upgrade(&store)?;
        if self.request.aim == Aim::Installed {
            let clean = begun.as_ref().filter(|begun| !begun.in_place);
            self.records.continues = clean.map(|begun| begun.run.clone());
        }
        let tenant = self.context.store.tenant(self.connector.webex_org.as_deref());
        let removed = self.said_of_uninstall(&store)?;
        self.records.past = Past {
            replaces_package: false,
            baseline: store.baseline()?,
            confirmations: store.confirmations().read()?.and(tenant.confirmations().read()?),
            removed,
            stated: self.request.desired.confirmed.clone(),
            replaced: begun.as_ref().and_then(|begun| begun.replaced.clone()),
            carried: begun.map(|begun| begun.carried).unwrap_or_default(),
        };
        let hints = store.hints();
        self.observer.client = start::remembered(self.client(), &hints);
        let way = self.request.aim.way();
        let baseline = self.records.past.baseline.of_recipe(&self.desired().recipe.name);
        let (needs, expected) = match self.request.aim.past() {
            None => {
                (looks(&Intent { desired: self.desired(), baseline: &baseline, way }), baseline)
            }
            Some(undone) => {
                let mut expected = baseline;
                expected.entries.extend(undone.past.entries.iter().cloned());
                (undo_looks(self.desired(), undone), expected)
            }
        };
        self.observer.expect(needs, &expected);
        if let Some(undone) = self.request.aim.past() {
            self.observer.look_for_users_of(&undone.past);
        }
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
        self.observer.believe_given_up(&hints.given_up);
        let mut known = hints.custom_metadata.clone();
        if matches!(self.request.selection, Selection::Only(items) if items.contains(&ItemId::DATA_CENTER))
        {
            // Whoever names the item wants it tried again.
            known.locked.clear();
        }
        let knows_places = self.observer.believe_places(known);
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
        self.offer_baseline_of_parent(&state.organization);
        self.complete_baseline()?;
        let plan = self.ask().await;
        if let Ok(plan) = &plan {
            self.records.past.replaces_package = Self::takes_package(plan);
        }
        for unseen in &self.findings.unseen {
            self.tell(Event::Note { warning: true, text: unseen.text.clone() });
        }
        self.keep_hints().await;
        plan
    }

    /// What people have confirmed of the uninstall of this connector that this run goes on with.
    fn said_of_uninstall(&mut self, store: &OrgStore) -> Result<Confirmations, Failure> {
        if !matches!(self.request.aim, Aim::Removed(_)) {
            return Ok(Confirmations::default());
        }
        let begun = store.unfinished_uninstall(self.recipe_name())?;
        self.findings.uninstalls = begun.is_some();
        Ok(begun.map(|begun| begun.confirmed).unwrap_or_default())
    }

    /// An upgrade of this connector that has begun, and that this run goes on with or takes back.
    fn begun_upgrade(&self, store: &OrgStore) -> Result<Option<Unfinished>, Failure> {
        if !matches!(self.request.aim, Aim::Installed | Aim::Undone(_)) {
            return Ok(None);
        }
        Ok(store.unfinished_upgrade(self.recipe_name())?)
    }

    /// Asks every item, and the org where an item has a question, for a plan that is carried out.
    pub(in crate::engine) async fn ask(&mut self) -> Result<Plan, Failure> {
        let (plan, held) = self.asked().await?;
        self.findings.progress.held(held);
        Ok(plan)
    }

    /// Asks once more when everything was carried out. What stood still until then is not done, though the
    /// org may show by now what it did not show before.
    pub(super) async fn ask_afterwards(&mut self) -> Result<Plan, Failure> {
        let (plan, held) = self.asked().await?;
        self.findings.progress.held_afterwards(held);
        Ok(plan)
    }

    /// A plan, and why items stand still in it.
    async fn asked(&mut self) -> Result<(Plan, Option<Failure>), Failure> {
        let mut asked = BTreeSet::new();
        loop {
            let mut answer = self.answer(self.request.selection)?;
            let mut needs: BTreeSet<Look> = answer.needs().into_iter().collect();
            if self.observer.believes() && answer.names_profiles() {
                needs.insert(Look::ProfileNames);
            }
            if needs.is_subset(&asked) {
                let places = data_center::places(self.desired(), &*self.state()?);
                self.observer.settle(places);
                self.leave_out(&mut answer);
                self.findings.unseen = needed_by_nobody(&*self.state()?);
                let held =
                    start::held(&answer, self.request.selection).map(|held| self.explained(held));
                return Ok((answer, held));
            }
            self.observer.look(&needs).await?;
            asked.extend(needs);
        }
    }

    /// What every item answers, with what the org has refused in this run.
    pub(super) fn whole_answer(&self) -> Result<Plan, Failure> {
        self.answer(&Selection::All)
    }

    fn answer(&self, selection: &Selection) -> Result<Plan, Failure> {
        let (state, past) = (self.state()?, &self.records.past);
        Ok(match self.request.aim {
            Aim::Installed => plan_selected(self.desired(), &state, past, selection),
            Aim::Removed(how) => {
                removal_selected(self.desired(), &state, past, how.blockers, selection)
            }
            Aim::Undone(Taking { runs, removal }) => {
                let undone = complete_undone(&runs.org, &state);
                let taken = Undo { undone: &undone, blockers: removal.blockers };
                undo(self.desired(), &state, past, taken)
            }
            Aim::Restored(undone) => {
                let undone = complete_undone(undone, &state);
                let taken = Undo { undone: &undone, blockers: Blockers::default() };
                undo(self.desired(), &state, past, taken)
            }
        })
    }

    /// Leaves out of a plan what the org has refused in this run. Somebody whom it did not let out of a
    /// call center keeps that from being deleted. Where the connector is taken out,
    /// what others still build on waits too.
    fn leave_out(&self, plan: &mut Plan) {
        let is_refused = |change: &Change| self.work.refused.has(change.target());
        let waiting = self.waiting(plan);
        let stays = self.work.refused.iter().any(|it| matches!(it, Target::UserCallCenter(_)));
        let is_left = |change: &Change| {
            let is_old = self.request.aim == Aim::Installed && change.operation.removes();
            stays && is_old && matches!(change.target(), Target::CallCenter(_))
        };
        for planned in &mut plan.items {
            let waits = waiting.contains(&planned.item);
            let is_out = |it: &Change| is_refused(it) || is_left(it) || waits && it.is_ours();
            planned.verdict.changes.retain(|it| !is_out(it));
        }
    }

    /// The items that wait for others of which the org has refused something.
    pub(super) fn waiting(&self, plan: &Plan) -> BTreeSet<ItemId> {
        if self.request.aim.way() == Way::Build {
            return BTreeSet::new();
        }
        let is_refused = |change: &&Change| self.work.refused.has(change.target());
        let stuck = plan.changes().filter(is_refused).map(|change| change.item).collect();
        plan.waits_for(&stuck)
    }

    /// Looks at what changes may have touched.
    pub(super) async fn look_at_what(&mut self, changes: &[Change]) -> Result<(), Failure> {
        let mut touched = self.observer.needed(changes.iter().flat_map(Change::touches));
        let is_replaced = |change: &Change| {
            change.way == Way::Remove && matches!(change.target(), Target::Package(_))
        };
        if self.request.aim == Aim::Installed && changes.iter().any(is_replaced) {
            // What it has brought must not be taken for what the next version brings.
            touched.insert(Look::PackageContents);
        }
        self.observer.look(&touched).await
    }

    /// Keeps what saves the next run some requests.
    pub(super) async fn keep_hints(&mut self) {
        self.records.keep_hints(self.observer.hints()).await;
    }

    /// Waits no longer, in this run and in later ones, for a job of which the org tells neither an end nor a
    /// beginning.
    pub(in crate::engine) async fn give_up_job(&mut self, id: &str) {
        self.observer.give_up(id);
        self.keep_hints().await;
    }
}
