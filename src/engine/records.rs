//! What a part of a run writes down: its journal, the baseline that an uninstall goes by, and hints.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::blocking::blocking;
use super::undone::{FoundBy, found_by};
use super::written::written;
use super::{Context, Request};
use crate::checklist::{Now, Past, Plan};
use crate::failure::{Failure, Kind};
use crate::journal::{Entry, Hints, Lock, OrgStore, RunHead, RunLog};
use crate::model::{Baseline, BaselineEntry, Organization};

/// What is written down of a part of a run, and what was written down before it.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// The place in the state directory, once it is known whose setup the part is about.
    pub(super) store: Option<OrgStore>,
    /// Held while the run may write to what the part is about.
    pub(super) lock: Option<Arc<Lock>>,
    /// What is known of the past.
    pub(super) past: Past,
    /// Whether the baseline knows more ids than the state directory has.
    pub(super) completed: bool,
    /// The hints as the state directory has them.
    pub(super) hints: Hints,
    /// The run whose unfinished clean upgrade this one goes on with.
    pub(super) continues: Option<String>,
    /// The journal, once there is something to write.
    pub(super) log: Option<Arc<Mutex<RunLog>>>,
}

/// Whom a journal is about.
#[derive(Debug, Clone)]
pub(super) enum Whose {
    /// A Salesforce org.
    Org(Organization),
    /// A Webex organization, by its id.
    Tenant(String),
}

impl Records {
    /// Opens the journal with the plan, unless an earlier part of the run has opened it.
    pub(super) async fn begin(
        &mut self,
        context: &Context<'_>,
        request: &Request<'_>,
        run: &str,
        whose: Whose,
        plan: &Plan,
    ) -> Result<(), Failure> {
        let at = context.host.now();
        if self.log.is_none() {
            let store = self.place()?;
            let command = request.goal.command(&request.aim);
            let (run, configuration) = (run.to_owned(), request.configuration.to_owned());
            let undoes = request.aim.undone().and_then(|runs| runs.run.clone());
            let continues = self.continues.clone();
            let alias = match &whose {
                Whose::Org(_) => request.alias.map(str::to_owned),
                Whose::Tenant(_) => None,
            };
            let log = blocking(store, move |store| {
                let (organization, tenant) = match &whose {
                    Whose::Org(organization) => (Some(organization), None),
                    Whose::Tenant(id) => (None, Some(id.as_str())),
                };
                let (alias, configuration) = (alias.as_deref(), &configuration);
                store.begin(
                    &run,
                    &RunHead {
                        at,
                        command,
                        alias,
                        organization,
                        tenant,
                        undoes: undoes.as_deref(),
                        continues: continues.as_deref(),
                        configuration,
                    },
                )
            });
            self.log = Some(Arc::new(Mutex::new(log.await?)));
        }
        self.note_down(at, Entry::Planned { changes: written(plan.changes(), None) }).await
    }

    /// Writes to the journal, durably.
    pub(super) async fn note_down(&self, at: Timestamp, entry: Entry) -> Result<(), Failure> {
        let Some(log) = self.log.clone() else { return Ok(()) };
        blocking(self.place()?, move |_| {
            log.lock().unwrap_or_else(PoisonError::into_inner).record(at, entry)
        })
        .await
    }

    /// Where the records go. Without a place for them nothing may be changed.
    pub(super) fn place(&self) -> Result<OrgStore, Failure> {
        self.store.clone().ok_or_else(|| {
            Failure::new(
                Kind::Bug,
                "Nothing was changed: the run has no place for its records yet.",
            )
        })
    }

    /// Records what is there before it changes.
    ///
    /// A change that never came about, because its run was broken off or the org refused it, is tried again:
    /// what is there is what that run has found, and no work of somebody else.
    pub(super) fn record(&mut self, entries: impl IntoIterator<Item = BaselineEntry>) {
        let mut found: BTreeMap<String, FoundBy> = BTreeMap::new();
        let mut baseline = self.past.baseline.recorder();
        for entry in entries {
            if baseline.mark_given_back(&entry) {
                continue;
            }
            let known = baseline.replaced_by_others(&entry);
            let is_tried_again = known.is_some_and(|known| {
                let journal = |run: &String| {
                    let store = self.store.as_ref();
                    store.and_then(|store| store.journal(run).ok()).unwrap_or_default()
                };
                let found = found
                    .entry(known.run.clone())
                    .or_insert_with(|| found_by(&journal(&known.run)));
                let now = entry.before.value().map(|value| value.recorded_text(&entry.target));
                found.has(&entry.target, now.as_deref())
            });
            if is_tried_again {
                baseline.record_again(entry);
            } else {
                baseline.record(entry);
            }
        }
        drop(baseline);
        // They stay as long as the run, and had room to grow.
        self.past.baseline.entries.shrink_to_fit();
    }

    /// Records what was given back, as far as it is seen to be there.
    pub(super) async fn settle_given_back(
        &mut self,
        run: &str,
        now: impl Fn(&BaselineEntry) -> Now,
    ) -> Result<(), Failure> {
        let is_ours = |entry: &BaselineEntry| match now(entry) {
            Now::Held(value) => Some(entry.target.holds_same(value.as_ref(), entry.ours.as_ref())),
            // Who is in none of the connector's call centers is not looked for any further.
            Now::Gone => Some(false),
            Now::Unseen => None,
        };
        if self.past.baseline.settle_given_back(run, is_ours) {
            self.keep_baseline().await?;
        }
        Ok(())
    }

    /// Keeps the baseline as it is now, durably.
    pub(super) async fn keep_baseline(&self) -> Result<(), Failure> {
        let store = self.place()?;
        let baseline = self.past.baseline.clone();
        blocking(store, move |store| store.keep_baseline(&baseline)).await
    }

    /// Puts the baseline away that an uninstall went by; `rest` is what is left of it.
    pub(super) async fn retire(&mut self, run: &str, rest: &Baseline) -> Result<(), Failure> {
        let store = self.place()?;
        let (run, kept) = (run.to_owned(), rest.clone());
        blocking(store, move |store| store.retire_baseline(&run, &kept)).await?;
        self.past.baseline.clone_from(rest);
        Ok(())
    }

    /// Keeps what saves the next run some requests. Hints only save time: a state directory that
    /// cannot be written is no trouble here.
    pub(super) async fn keep_hints(&mut self, known: Hints) {
        let Some(store) = self.store.clone() else { return };
        if known != self.hints {
            let hints = known.clone();
            blocking(store, move |store| store.keep_hints(&hints)).await.ok();
            self.hints = known;
        }
    }
}
