//! What is being carried out.

use std::collections::{BTreeMap, BTreeSet};

use salesforce_client::metadata::DeployId;

use crate::checklist::{Change, ItemId};
use crate::engine::progress::UnderWay;
use crate::model::{TargetSet, Wave};

/// What of a plan is under way, and what is not tried any more.
#[derive(Debug, Default)]
pub(in crate::engine) struct Work {
    /// What the org refused to change; it is not tried again in this run.
    pub(super) refused: TargetSet,
    /// What of that belongs to the step under way, with the org's words.
    pub(super) rejected: Vec<(Change, String)>,
    /// What of the step that has begun has not ended.
    pub(super) under_way: UnderWay,
    /// The wave of the step under way.
    pub(super) wave: Option<Wave>,
    /// The items for which the step under way failed, and why, where the org tells.
    pub(in crate::engine) blamed: BTreeMap<ItemId, String>,
    /// The package installation or uninstallation that the org works on.
    pub(in crate::engine) installing: Option<String>,
    /// The deploy that the org works on.
    pub(in crate::engine) deploying: Option<DeployId>,
    /// Whether another connector's part of this run has changed the org before.
    pub(super) follows_changes: bool,
    /// Jobs of others that this run has waited for long enough, and goes on beside.
    pub(super) given_up: BTreeSet<String>,
    /// Jobs of others whose end this run has seen, while lists may still show them as running.
    pub(super) ended: BTreeSet<String>,
    /// Whether everything is done and only a person is waited for.
    pub(super) watching: bool,
}

impl Work {
    /// Keeps what the org has rejected since the last time, of a list of which so many are known: nobody knows
    /// how the step ends. Says how many are known now.
    pub(in crate::engine) fn keep_rejected(
        &mut self,
        so_far: &[(Change, String)],
        known: usize,
    ) -> usize {
        self.rejected.extend(so_far.iter().skip(known).cloned());
        so_far.len()
    }
}
