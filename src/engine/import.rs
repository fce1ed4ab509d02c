//! A baseline comes from a file into the state directory: back to its org, or to a copy of it.
//!
//! Nothing in the org is changed. The run has a journal, so that it is seen later where the
//! baseline comes from.

use std::path::PathBuf;

use salesforce_client::Client;

use super::baseline_file::{BaselineFile, FileConfirmation, FileOrg};
use super::host::Host;
use super::report::OrgReport;
use super::{observe, start};
use crate::checklist::{Transfer, transfer, users_of};
use crate::failure::Failure;
use crate::journal::{Entry, OrgStore, RunHead, Store};
use crate::model::{OrgId, Organization};

/// The command, in journals and documents.
const COMMAND: &str = "baseline import";

/// What is to be brought in, and how.
pub struct Import<'a> {
    /// The org.
    pub client: Client,
    /// The state directory.
    pub store: &'a Store,
    /// Where time and the run's id come from.
    pub host: &'a dyn Host,
    /// What the person calls the org.
    pub alias: Option<&'a str>,
    /// The file.
    pub file: &'a BaselineFile,
    /// Whether it may be that of another org, of which this one is a copy.
    pub from_other_org: bool,
    /// Whether it may take the place of a baseline that is there.
    pub replace: bool,
}

/// What was brought in.
#[derive(Debug)]
pub struct Imported {
    /// Into which org.
    pub org: OrgReport,
    /// From which org.
    pub from: FileOrg,
    /// What became of it.
    pub transfer: Transfer,
    /// What became of what people have confirmed.
    pub confirmations: ImportedConfirmations,
    /// Where the baseline is now that was there before.
    pub replaced: Option<PathBuf>,
    /// The run's id.
    pub run: String,
}

/// What became of confirmations.
#[derive(Debug, Default)]
pub struct ImportedConfirmations {
    /// How many were taken in.
    pub taken: usize,
    /// Ids of the items whose confirmation is for another org.
    pub left_out: Vec<String>,
}

/// Brings a baseline in.
pub async fn import(import: Import<'_>) -> Result<Imported, Failure> {
    let id = start::org_id(&import.client).await?;
    let at_home = import.file.org.id == id;
    if !at_home && !import.from_other_org {
        return Err(another_org(&import.file.org, &id));
    }
    let store = import.store.org(&id);
    let run = import.host.new_run();
    let _lock = store.lock(&run)?;
    let confirmed = &import.file.confirmations;
    // A file may hold nothing but confirmations: they take no baseline's place.
    let has_values = !import.file.baseline().entries.is_empty() || confirmed.is_empty();
    if has_values && !import.replace {
        nothing_is_there(&store)?;
    }
    let client = import.client.with_version(start::version(&import.client).await?);
    let baseline = import.file.baseline();
    let values = baseline.entries.len();
    let (organization, transfer) = if at_home {
        (observe::organization(&client, import.host.now()).await?, Transfer::home(baseline))
    } else {
        let users = users_of(&baseline);
        let (organization, names) = observe::names(&client, &users, import.host.now()).await?;
        (organization, transfer(&baseline, &names))
    };
    start::is_the_org(&client, &id, &organization)?;
    if has_values && transfer.baseline.entries.is_empty() {
        return Err(nothing_fits(&import.file.org, values));
    }
    let replaced = keep(&store, import.host, &run, &organization, &transfer)?;
    let confirmations = confirm(import.store, &store, confirmed, at_home)?;
    let Organization { id, name, kind, instance_url } = organization;
    Ok(Imported {
        org: OrgReport { alias: import.alias.map(str::to_owned), id, name, kind, instance_url },
        from: import.file.org.clone(),
        transfer,
        confirmations,
        replaced,
        run,
    })
}

/// Takes confirmations in: those of a Webex organization are its own wherever they come from, those of
/// an org say nothing of its copy.
fn confirm(
    store: &Store,
    org: &OrgStore,
    confirmed: &[FileConfirmation],
    at_home: bool,
) -> Result<ImportedConfirmations, Failure> {
    let mut done = ImportedConfirmations::default();
    for FileConfirmation { webex_org_id, said } in confirmed {
        let place = match webex_org_id {
            Some(id) => store.tenant(Some(id)).confirmations(),
            None if at_home => org.confirmations(),
            None => {
                done.left_out.push(said.item.clone());
                continue;
            }
        };
        done.taken += usize::from(place.change(|all| all.take_later(said.clone()))?);
    }
    Ok(done)
}

/// Writes it down, with a journal around it.
fn keep(
    store: &OrgStore,
    host: &dyn Host,
    run: &str,
    organization: &Organization,
    transfer: &Transfer,
) -> Result<Option<PathBuf>, Failure> {
    // No configuration has any part in it.
    let head = RunHead {
        alias: None,
        at: host.now(),
        command: COMMAND,
        organization: Some(organization),
        tenant: None,
        undoes: None,
        continues: None,
        configuration: "",
    };
    let mut log = store.begin(run, &head)?;
    let kept = match transfer.baseline.entries.as_slice() {
        [] => Ok(None),
        _ => store.replace_baseline(&transfer.baseline, run),
    };
    let outcome = if kept.is_ok() { "done" } else { "failed" };
    log.record(host.now(), Entry::Finished { outcome: outcome.to_owned() })?;
    Ok(kept?)
}

fn another_org(from: &FileOrg, here: &OrgId) -> Failure {
    Failure::refused(format!(
        "The file holds the baseline of the org {}, and this is another: {}.",
        from.shown(),
        here.long()
    ))
    .hint(
        "If this org is a copy of that one (a new or refreshed sandbox), add --from-other-org: \
        users are then matched by username, without the suffix that sandboxes append.",
    )
}

/// A baseline is the only memory of an org's past; none is overwritten by mistake.
fn nothing_is_there(store: &OrgStore) -> Result<(), Failure> {
    let values = store.baseline()?.entries.len();
    if values == 0 {
        return Ok(());
    }
    Err(Failure::refused(format!(
        "This machine already has a baseline of this org, with {values} values."
    ))
    .hint(
        "See it with `baseline show`. With --replace the file takes its place, and the old baseline is kept as a copy.",
    ))
}

fn nothing_fits(from: &FileOrg, values: usize) -> Failure {
    if values == 0 {
        return Failure::usage("The baseline in the file is empty.");
    }
    Failure::refused(format!(
        "None of the {values} values fits this org: it has none of the users in the baseline of \
        {}.",
        from.shown()
    ))
    .hint("Is this org really a copy of that one?")
}
