//! Carrying out a wave: the only requests that change an org.
//!
//! Each is announced to the journal, durably, before it is sent; the id of a job that the org
//! starts is kept as soon as it is known. Names become ids here.

mod custom_metadata;
mod deploy;
mod deploy_failure;
mod omni_sync;
mod pack;
mod package;
mod permission_sets;
mod records;
pub(super) mod rehearse;
mod removal;
mod uninstall;
mod unlocked;
mod until_ended;
mod users;

use std::collections::BTreeSet;

use salesforce_client::RowResult;
use serde::Serialize;

use super::run::Run;
use crate::checklist::{Action, Change, Item, Wave};
use crate::failure::Failure;
use crate::journal::Entry;

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

/// Carries out a wave.
pub(super) async fn carry_out(
    run: &mut Run<'_>,
    wave: Wave,
    changes: &[Change],
) -> Result<Carried, Failure> {
    match wave {
        Wave::Package if removes_package(changes) => uninstall::uninstall(run, changes).await,
        Wave::Package => package::install(run, changes).await,
        Wave::Deploy => deploy::deploy(run, changes).await,
        Wave::Records => records::carry_out(run, changes).await,
    }
}

fn removes_package(changes: &[Change]) -> bool {
    changes.iter().any(|change| change.action == Action::Delete)
}

/// The items of some changes, in order.
pub(super) fn items(changes: &[Change]) -> BTreeSet<Item> {
    changes.iter().map(|change| change.item).collect()
}

/// Announces a request to the journal.
fn announce(
    run: &mut Run<'_>,
    wave: Wave,
    request: &str,
    changes: &[impl Serialize],
) -> Result<(), Failure> {
    let changes = serde_json::to_value(changes).unwrap_or_default();
    run.note_down(Entry::Attempt { wave: word(wave), request: request.to_owned(), changes })
}

/// A wave's word in journals.
pub(super) fn word(wave: Wave) -> String {
    match wave {
        Wave::Package => "package",
        Wave::Deploy => "deploy",
        Wave::Records => "records",
    }
    .to_owned()
}
