//! Carrying out a wave: the only requests that change an org.
//!
//! Each is announced to the journal, durably, before it is sent; the id of a job that the org
//! starts is kept as soon as it is known. Names become ids here.

mod custom_metadata;
mod deploy;
mod package;
mod users;

use std::collections::BTreeSet;

use serde::Serialize;

use super::run::Run;
use crate::checklist::{Change, Item, Wave};
use crate::failure::Failure;
use crate::journal::Entry;

/// What became of a wave whose requests were answered.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// Changes that the org refused one by one: the place and the org's words.
    pub(super) refused: Vec<(Change, String)>,
    /// Changes that the package does not let anybody make: the place and the org's words.
    pub(super) locked: Vec<(Change, String)>,
    /// Whether the org has told already what it holds now, so that it need not be asked again.
    pub(super) seen: bool,
}

/// Carries out a wave.
pub(super) async fn carry_out(
    run: &mut Run<'_>,
    wave: Wave,
    changes: &[Change],
) -> Result<Carried, Failure> {
    match wave {
        Wave::Package => package::install(run, changes).await,
        Wave::Deploy => deploy::deploy(run, changes).await,
        Wave::Records => users::assign(run, changes).await,
    }
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
