//! What a run writes down: its journal, and the baseline that an uninstall goes by.

use super::Run;
use crate::checklist::{Change, Plan, already_ours, baseline_entries, unknown_entry};
use crate::engine::Aim;
use crate::engine::execute;
use crate::failure::Failure;
use crate::journal::{Entry, RunHead};
use crate::model::OrgState;

impl Run<'_> {
    /// Opens the journal.
    pub(super) fn begin(&mut self, state: &OrgState, plan: &Plan) -> Result<(), Failure> {
        let Some(store) = &self.store else { return Ok(()) };
        let head = RunHead {
            command: self.request.goal.command(&self.request.aim),
            organization: &state.organization,
            configuration: self.request.configuration,
        };
        self.log = Some(store.begin(&self.id, &head)?);
        let changes = execute::written(plan.changes());
        self.note_down(Entry::Planned { changes })
    }

    /// Records what is the connector's already and in no baseline.
    pub(super) fn remember_what_is_ours(&mut self) -> Result<(), Failure> {
        let (Some(store), state) = (&self.store, self.state()?) else { return Ok(()) };
        let known = self.past.baseline.entries.len();
        for kept in already_ours(self.request.desired, &state, &self.past.baseline) {
            if self.past.baseline.entry(&kept.target).is_none() {
                self.past.baseline.record(unknown_entry(kept, &self.id));
            }
        }
        if self.past.baseline.entries.len() > known {
            store.keep_baseline(&self.past.baseline)?;
        }
        Ok(())
    }

    /// Records what is there before it changes.
    ///
    /// What an uninstall replaces is our own work, and no new past.
    pub(super) fn remember(&mut self, changes: &[Change]) -> Result<(), Failure> {
        let (Some(store), Aim::Installed) = (&self.store, self.request.aim) else { return Ok(()) };
        for change in changes {
            for entry in baseline_entries(change, self.request.desired, &self.id) {
                self.past.baseline.record(entry);
            }
        }
        store.keep_baseline(&self.past.baseline).map_err(Failure::from)
    }

    /// Writes to the journal, durably.
    pub(in crate::engine) fn note_down(&mut self, entry: Entry) -> Result<(), Failure> {
        match &mut self.log {
            Some(log) => log.record(entry).map_err(Failure::from),
            None => Ok(()),
        }
    }
}
