//! What one connector's part of a run remembers of the org before it changes it.

use super::OrgRun;
use crate::checklist::{
    Change, ItemId, Lookup, Now, Plan, already_ours, baseline_entries, complete, unknown_entry,
};
use crate::engine::records::Whose;
use crate::failure::Failure;
use crate::journal::Entry;
use crate::model::{BaselineEntry, OrgState, Way};

impl OrgRun<'_> {
    /// Opens the journal, unless an earlier part of this run has.
    pub(super) async fn begin(&mut self, state: &OrgState, plan: &Plan) -> Result<(), Failure> {
        let whose = Whose::Org(state.organization.clone());
        self.records.begin(self.context, self.request, &self.id, whose, plan).await
    }

    /// Records what is the connector's already and in no baseline.
    pub(super) async fn remember_what_is_ours(&mut self) -> Result<(), Failure> {
        let state = self.state()?;
        let own = self.records.past.baseline.of_recipe(&self.connector.recipe.name);
        let known = self.records.past.baseline.entries.len();
        let mut baseline = self.records.past.baseline.recorder();
        for kept in already_ours(self.connector, &state, &own) {
            let entry = unknown_entry(kept, self.connector, &self.id);
            if !baseline.holds(&entry) {
                baseline.record(entry);
            }
        }
        if self.records.past.baseline.entries.len() > known {
            self.records.keep_baseline().await?;
        }
        Ok(())
    }

    /// Fills in the ids of records that the baseline knows by name alone.
    pub(super) fn complete_baseline(&mut self) -> Result<(), Failure> {
        let completed = complete(&self.records.past.baseline, &*self.state()?);
        if completed != self.records.past.baseline {
            self.records.completed = true;
            self.records.past.baseline = completed;
        }
        Ok(())
    }

    /// Keeps the ids that were filled in.
    pub(super) async fn keep_completed_baseline(&mut self) -> Result<(), Failure> {
        self.complete_baseline()?;
        if std::mem::take(&mut self.records.completed) {
            self.records.keep_baseline().await?;
        }
        Ok(())
    }

    /// Records what is there before it changes.
    ///
    /// What an uninstall replaces is our own work, and no new past.
    pub(super) async fn remember(&mut self, changes: &[Change]) -> Result<(), Failure> {
        if !self.request.aim.records_past() {
            return Ok(());
        }
        // Entries are made one by one while they are recorded: there can be tens of thousands.
        let carried = std::mem::take(&mut self.records.past.carried);
        // What an upgrade takes away for a while, and what it gives back of others', is no new past.
        let is_new =
            |change: &&Change| change.way == Way::Build && carried.entry(change.target()).is_none();
        let entries = changes
            .iter()
            .filter(is_new)
            .flat_map(|change| baseline_entries(change, self.connector, &self.id));
        self.records.record(entries);
        self.records.past.carried = carried;
        self.records.keep_baseline().await
    }

    /// Records what was given back, as far as the org shows it.
    pub(super) async fn settle_given_back(&mut self) -> Result<(), Failure> {
        let Ok(state) = self.state() else { return Ok(()) };
        // Of what other connectors have set, this one has not looked at everything.
        let recipe = self.recipe_name();
        let org = Lookup::of(&state);
        let now = |entry: &BaselineEntry| {
            if entry.recipe() == recipe { held(&org, entry) } else { Now::Unseen }
        };
        self.records.settle_given_back(&self.id, now).await
    }

    /// Writes to the journal, durably.
    pub(in crate::engine) async fn note_down(&self, entry: Entry) -> Result<(), Failure> {
        self.records.note_down(self.context.host.now(), entry).await
    }
}

/// What the org has in the place of a recorded value.
pub(super) fn held(org: &Lookup<'_>, entry: &BaselineEntry) -> Now {
    let item = ItemId::parse(&entry.item).and_then(ItemId::item);
    item.map_or(Now::Unseen, |item| item.now(org, &entry.target))
}
