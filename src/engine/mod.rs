//! The only place where things happen: observe, plan, run the first wave, observe again.
//!
//! The org is the truth. One loop serves every command; `plan`, `verify` and `apply` differ in where
//! they stop, and `uninstall` in what it aims at. Whoever watches gets [`Event`]s; what remains is a [`Report`].

mod aim;
mod baseline_file;
mod blocking;
mod check_user;
mod event;
mod examination;
mod execute;
mod guard;
mod host;
mod identity;
mod import;
mod observe;
mod org_run;
pub mod package_data;
mod progress;
mod records;
mod report;
mod run;
mod saved;
mod setup;
mod snapshot;
mod snapshot_file;
mod stage_clock;
mod start;
mod survey;
mod tenant_examination;
mod tenant_run;
mod test_call;
mod trouble;
mod undone;
mod written;

use std::fmt;
use std::time::Duration;

use salesforce_client::Client;
use salesforce_client::wire::Schedule;
use secrecy::SecretString;
use tokio::time::Instant;

pub use aim::{Aim, Removal, Taking};
pub use baseline_file::{BaselineFile, FileConfirmation, FileOrg, file_confirmations};
pub use check_user::{CheckUser, unseen_by};
pub use event::Event;
pub use examination::{Examination, Patient};
pub use host::{Approval, Export, Half, Host, OrgEvent, Question, Unwatched};
pub use identity::{Identity, identify};
pub use import::{Import, Imported, ImportedConfirmations, import};
pub use progress::{LEFT_OUT, NOTHING_CONFIGURED, SEE_BELOW};
pub use report::{
    Confirmed, ItemOutcome, ItemReport, OrgReport, Outcome, Parties, Report, StageReport,
    TenantReport,
};
pub use saved::SavedPlan;
pub use setup::{SetupBrowser, SetupStopped, SetupWatch, SetupWork};
pub use snapshot::{Subjects, add_tenant, hide_tenant, namesakes_in, take_snapshot};
pub use snapshot_file::{is_snapshot, read_snapshot, write_snapshot};
pub use start::org_id;
pub use survey::{Extent, Survey, WhenUnseen};
pub use tenant_examination::{TenantExamination, TenantPatient};
pub use test_call::{
    CallField, CallPatience, CallWish, TestCall, fields_filled_by_calls, org_of_call,
    watch_for_call,
};
pub use undone::UndoneRuns;
pub use written::WrittenChange;

use crate::checklist::Selection;
use crate::failure::{Failure, Kind};
use crate::journal::Store;
use crate::model::Desired;
use run::Run;

/// How far a run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Until it is known what would change.
    Plan,
    /// Until it is known what differs.
    Verify,
    /// Until the org is as wanted.
    Apply,
    /// Until it is known what is to be deployed, as files.
    Export(SourceOf),
}

/// What files of a deploy are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceOf {
    /// All that the configuration wants, whether the org has it already or not.
    Configuration,
    /// What the org does not have yet.
    Changes,
}

/// What is asked of a run.
#[derive(Debug)]
pub struct Request<'a> {
    /// How far to go.
    pub goal: Goal,
    /// What to bring about.
    pub aim: Aim<'a>,
    /// What the person calls the org.
    pub alias: Option<&'a str>,
    /// What is wanted.
    pub desired: &'a Desired,
    /// Which items it is about.
    pub selection: &'a Selection,
    /// Hash of the resolved configuration.
    pub configuration: &'a str,
    /// Whether the configuration protects the org like a production org.
    pub protected: bool,
    /// The org that the person named to confirm a change.
    pub confirm: Option<&'a str>,
    /// Whether many people may lose what they have.
    pub allow_removals: bool,
    /// The org that the person named to confirm that data goes with a package that is replaced.
    pub delete_data: Option<&'a str>,
    /// Whether the org is to check the deploy of a plan.
    pub validate: bool,
    /// What to do while somebody else deploys or installs in the org.
    pub when_busy: WhenBusy,
    /// A plan that was saved and is to be carried out as it stands.
    pub saved: Option<&'a SavedPlan>,
    /// Key of the package, where it needs one.
    pub installation_key: Option<SecretString>,
    /// Which half is changed first.
    pub order: Order,
}

/// Which of both halves is changed first. Both are planned and approved together in any case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// Neither: one is changed beside the other.
    #[default]
    Beside,
    /// The Salesforce org; the Webex organization only once all of that has succeeded.
    OrgFirst,
    /// The Webex organization; the Salesforce org only once all of that has succeeded.
    TenantFirst,
}

/// What to do while somebody else deploys or installs in the org.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WhenBusy {
    /// Wait until it has ended, look again, and go on.
    #[default]
    Wait,
    /// Change nothing and say so.
    Refuse,
}

/// What a run works with.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The Salesforce org, where the run is about one.
    pub client: Option<&'a Client>,
    /// The Webex organization, where the run is about one.
    pub webex: Option<&'a webex_client::Client>,
    /// The state directory.
    pub store: &'a Store,
    /// Whoever the run is for.
    pub host: &'a dyn Host,
    /// How long things may take.
    pub patience: Patience,
}

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How often the org is looked at again when it does not show a change yet.
    pub read_backs: u32,
    /// How often a request is sent again while somebody else holds the org's setup.
    pub lock_waits: u32,
    /// How long a job goes on unseen before it is left to itself.
    pub silence: Duration,
    /// How long a job is waited for that does not end.
    pub job: Duration,
    /// How old what was seen may be when something is written over it.
    pub fresh_for: Duration,
}

impl Default for Patience {
    /// Half a minute for reads that lag, some minutes for locks, ten for a job that cannot be seen, an hour
    /// for one that does not end, ten seconds between looking and writing.
    fn default() -> Self {
        Self {
            read_backs: 14,
            lock_waits: 20,
            silence: Duration::from_secs(10 * 60),
            job: Duration::from_secs(60 * 60),
            fresh_for: Duration::from_secs(10),
        }
    }
}

impl Patience {
    /// The schedule, cut to the time that a job may take.
    fn job_schedule(self, usual: &Schedule) -> Schedule {
        Schedule { total: usual.total.min(self.job), ..usual.clone() }
    }
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Context")
            .field("client", &self.client)
            .field("store", &self.store)
            .finish_non_exhaustive()
    }
}

impl Goal {
    /// The command's word in documents.
    pub fn command(self, aim: &Aim<'_>) -> &'static str {
        match self {
            _ if matches!(aim, Aim::Removed(_)) => crate::journal::Unfinished::UNINSTALL,
            _ if matches!(aim, Aim::Undone(_)) => undone::UNDO,
            _ if matches!(aim, Aim::Restored(_)) => "snapshot restore",
            Self::Plan => "plan",
            Self::Verify => "verify",
            Self::Apply => "apply",
            Self::Export(_) => "export",
        }
    }
}

/// Runs until the goal is reached, something fails, or `interrupt` comes true.
pub async fn run(
    request: &Request<'_>,
    context: &Context<'_>,
    interrupt: impl Future<Output = ()>,
) -> Report {
    let begun = Instant::now();
    let mut run = Run::new(request, context);
    let ended = tokio::select! {
        ended = run.go() => Some(ended),
        () = interrupt => None,
    };
    let failure = match ended {
        Some(Ok(())) => None,
        Some(Err(failure)) => Some(failure),
        None => run.stop().await,
    };
    finish(run, request, context, failure, begun).await
}

async fn finish(
    mut run: Run<'_>,
    request: &Request<'_>,
    context: &Context<'_>,
    failure: Option<Failure>,
    begun: Instant,
) -> Report {
    let goal = request.goal;
    let mut failures = run.failures();
    failures.splice(0..0, failure);
    let mut failure = Failure::joined(failures);
    if failure.is_some() && goal == Goal::Apply {
        run.not_reached();
    }
    let items = run.items();
    let mut outcome = failure
        .as_ref()
        .map_or_else(|| ended_well(goal, &items), |failure| Outcome::of(failure.kind));
    if let Err(trouble) = run.note_down_end(outcome.word()).await
        && failure.is_none()
    {
        // Everything was done; only the journal has no end.
        let trouble = Failure { kind: Kind::Failed, ..trouble };
        outcome = Outcome::of(trouble.kind);
        failure = Some(trouble);
    }
    let counted = context.client.map(|client| client.transport().counters().read());
    let counted = counted.unwrap_or_default();
    let of_webex = context.webex.map(|client| client.transport().counters().read());
    let of_webex = of_webex.unwrap_or_default();
    let mut report = Report {
        format: 1,
        command: goal.command(&request.aim),
        undoes: request.aim.undone().and_then(|runs| runs.run.clone()),
        org: None,
        tenant: None,
        outcome,
        items,
        requests: counted.requests + of_webex.requests,
        polls: counted.polls + of_webex.polls,
        api_calls: counted.api_calls,
        duration_ms: begun.elapsed().as_millis().try_into().unwrap_or(u64::MAX),
        person_ms: run.watched().as_millis().try_into().unwrap_or(u64::MAX),
        stages: run.stages(),
        run: run.journal(),
        uninstalls: false,
        files: Vec::new(),
        exported: Vec::new(),
        failure,
    };
    let (parts, tenant) = run.into_parts();
    report.tenant = tenant;
    for part in parts {
        report.org = report.org.or(part.findings.org);
        report.uninstalls |= part.findings.uninstalls;
        report.files.extend(part.findings.files);
        report.exported.extend(part.findings.exported);
    }
    report
}

fn ended_well(goal: Goal, items: &[ItemReport]) -> Outcome {
    let any = |outcome| items.iter().any(|item| item.outcome == outcome);
    match goal {
        Goal::Plan | Goal::Export(_) if any(ItemOutcome::Planned) => Outcome::Changes,
        Goal::Verify if any(ItemOutcome::Differs) => Outcome::Differs,
        // Steps for people never make a difference that the program could mend.
        _ if any(ItemOutcome::NeedsHuman) => Outcome::NeedsHuman,
        Goal::Verify => Outcome::Done,
        Goal::Apply if any(ItemOutcome::Changed) => Outcome::Done,
        Goal::Plan | Goal::Export(_) | Goal::Apply => Outcome::NothingToDo,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fleets run many at once, on many threads. That this compiles is the test.
    #[expect(dead_code, reason = "it is never called")]
    fn a_run_is_send(request: &Request<'_>, context: &Context<'_>) {
        fn needs<T: Send>(_: T) {}
        needs(run(request, context, std::future::ready(())));
    }
}
