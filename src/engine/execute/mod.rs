//! Carrying out a wave: the only requests that change an org.
//!
//! Each is announced to the journal, durably, before it is sent; the id of a job that the org
//! starts is kept as soon as it is known. Names become ids here.

mod apex;
mod blame;
mod call_center;
mod custom_metadata;
mod deploy;
mod deploy_failure;
mod lost;
mod pace;
mod pack;
mod package;
mod permission_set;
mod permission_sets;
mod profiles;
mod records;
pub(super) mod rehearse;
mod removal;
mod row_locks;
pub(super) mod sight;
mod tries;
mod uninstall;
mod unlocked;
mod until_ended;
mod users;
mod utility_bar;

use std::collections::BTreeSet;

use salesforce_client::RowResult;

use super::org_run::OrgRun;
use super::written::written;
use crate::checklist::{Change, ItemId, Stage};
use crate::failure::Failure;
use crate::journal::Entry;
use crate::model::{Wave, Way};

/// What became of a wave whose requests were answered.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// Changes that the org refused one by one: the place and the org's words.
    pub(super) refused: Vec<(Change, String)>,
    /// Why the rest was not sent any more.
    pub(super) failure: Option<Failure>,
    /// Changes that the package does not let anybody make: the place and the org's words.
    pub(super) locked: Vec<(Change, String)>,
    /// Whether the org has told already what it holds now, so that it need not be asked again.
    pub(super) seen: bool,
    /// What to do about refusals that are known.
    pub(super) hints: BTreeSet<&'static str>,
}

impl Carried {
    /// Adds what became of another part of the wave.
    fn and(&mut self, other: Self) {
        self.refused.extend(other.refused);
        self.seen &= other.seen;
        self.hints.extend(other.hints);
        self.failure = self.failure.take().or(other.failure);
    }

    /// Nothing more of the wave is sent. What was carried out before stays, and is told.
    fn ended_by(self, failure: Failure) -> Self {
        Self { failure: Some(failure), ..self }
    }

    /// The same, where anything is to be told beside the failure.
    fn or_failure(self, failure: Failure) -> Result<Self, Failure> {
        if self.refused.is_empty() && self.locked.is_empty() {
            return Err(failure);
        }
        Ok(self.ended_by(failure))
    }
}

/// The org's words for a row that it refused.
fn words(result: &RowResult) -> String {
    let words: Vec<String> = result
        .errors
        .iter()
        .map(|error| format!("{} ({})", error.message, error.status_code))
        .collect();
    words.join("; ")
}

/// Carries out one step of a plan.
pub(super) async fn carry_out(
    run: &mut OrgRun<'_>,
    stage: Stage,
    changes: &[Change],
) -> Result<Carried, Failure> {
    match (stage.wave, stage.way) {
        (Wave::Package, Way::Build) => package::install(run, changes).await,
        (Wave::Package, Way::Remove) => uninstall::uninstall(run, changes).await,
        (Wave::Deploy, _) => deploy::deploy(run, changes).await,
        (Wave::Records, _) => records::carry_out(run, changes).await,
        // Another part of the run carries those out.
        (Wave::Webex, _) => Ok(Carried::default()),
    }
}

/// The items of some changes, in order.
pub(super) fn items<'a>(changes: impl IntoIterator<Item = &'a Change>) -> BTreeSet<ItemId> {
    changes.into_iter().map(|change| change.item).collect()
}

/// Announces a request to the journal.
async fn announce<'a>(
    run: &OrgRun<'_>,
    wave: Wave,
    request: &str,
    changes: impl IntoIterator<Item = &'a Change>,
) -> Result<(), Failure> {
    let changes = written(changes, Some(run.recipe_name()));
    run.note_down(Entry::Attempt { wave: word(wave), request: request.to_owned(), changes }).await
}

/// A wave's word in journals.
pub(super) fn word(wave: Wave) -> String {
    match wave {
        Wave::Package => "package",
        Wave::Deploy => "deploy",
        Wave::Records => "records",
        Wave::Webex => "webex",
    }
    .to_owned()
}

#[cfg(test)]
mod tests;
