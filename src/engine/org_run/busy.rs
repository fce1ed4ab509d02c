//! An org in which somebody else deploys or installs right now.

use std::collections::BTreeSet;
use std::time::Duration;

use salesforce_client::metadata::DeployId;
use salesforce_client::wire::{PollError, Schedule, Waiting, poll};
use salesforce_client::{ApiError, Error};
use tokio::time::Instant;

use super::OrgRun;
use crate::checklist::{ItemId, Plan};
use crate::engine::event::Event;
use crate::engine::execute::sight::Sight;
use crate::engine::observe::read_moment;
use crate::engine::{Goal, WhenBusy, start};
use crate::failure::{Failure, Kind};
use crate::model::{
    Look, OrgState, PackageRequest, PackageVersionId, Target, Value, Wave, Way, moment_for_people,
};

/// A job of somebody else that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OthersJob {
    kind: JobKind,
    id: String,
    since: Option<String>,
    by: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum JobKind {
    Deploy,
    Installation,
    Uninstallation,
}

/// Whether the end of a job was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    Yes,
    /// The time was up first.
    NotYet,
    /// The org does not tell how it stands.
    Unseen,
}

impl OrgRun<'_> {
    /// A plan that the org is ready for: a version that is still on its way to the org, or that another
    /// installation keeps waiting, is waited for, and so is a deploy that may be deleting what is to be
    /// recorded. Jobs of others are waited for until they have ended. After some minutes more the plan stays as it
    /// is, and says what it waits for.
    pub(super) async fn until_ready(&mut self, mut plan: Plan) -> Result<Plan, Failure> {
        if self.request.goal != Goal::Apply || self.request.when_busy == WhenBusy::Refuse {
            return Ok(plan);
        }
        let schedule = Schedule::lock();
        let begun = Instant::now();
        let mut waited = BTreeSet::new();
        for look in 1..=self.patience().lock_waits {
            let Some((item, stop)) = start::not_yet(&plan) else { break };
            if look == 1 {
                let text = format!("{} Waiting a few minutes.", stop.message());
                self.tell(Event::Note { warning: true, text });
            }
            self.tell(Event::Waiting {
                item,
                what: "the org to be ready".to_owned(),
                elapsed_ms: begun.elapsed().as_millis().try_into().unwrap_or(u64::MAX),
            });
            // The package that leaves keeps the next one waiting, too, whoever takes it out.
            let under_way = jobs_of_others(&*self.state()?, self.coming(), None);
            let is_news = |job: &OthersJob| !job.has_no_date() && !waited.contains(&job.id);
            if let Some(job) = under_way.into_iter().find(is_news) {
                self.tell_waiting_for(&job);
                // All of them together have the time that one has.
                match self.wait_until_ended(&job, item, begun).await {
                    Ok(_) => {}
                    // Nothing has begun: the next look may see again.
                    Err(failure) if failure.kind == Kind::Unreachable => {}
                    Err(failure) => return Err(failure),
                }
                waited.insert(job.id);
            } else {
                tokio::time::sleep(schedule.wait(look)).await;
            }
            let mut looks = self.observer.everything();
            if self.request.aim.way() == Way::Build {
                looks.insert(Look::OfferedVersion);
            }
            match self.observer.look(&looks).await {
                Ok(()) => plan = self.ask().await?,
                // Nothing has begun: the next look may see again.
                Err(failure) if failure.kind == Kind::Unreachable => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(plan)
    }

    /// A plan for an org in which nobody else deploys or installs: waited for, or refused. Records
    /// can be changed beside a deploy. A run that has begun is never ended by that: an upgrade would leave an
    /// org without its package, and the org lines up what comes.
    pub(super) async fn until_idle(&mut self, mut plan: Plan) -> Result<Plan, Failure> {
        let in_the_way =
            plan.changes().find(|change| change.target().wave() != Some(Wave::Records));
        let Some(item) = in_the_way.map(|change| change.item) else { return Ok(plan) };
        if self.request.goal != Goal::Apply {
            return Ok(plan);
        }
        let has_begun = self.has_begun();
        let refuses = self.request.when_busy == WhenBusy::Refuse;
        if refuses && has_begun {
            return Ok(plan);
        }
        if refuses && self.state()?.running_deploys.is_unasked() {
            // The first look in an org asks for the offered version in their place.
            self.observer.look(&[Look::Deploys].into()).await?;
        }
        let mut begun = Instant::now();
        let mut waited_for: Option<(String, Instant)> = None;
        let mut looks = 0;
        while let Some(job) = self.others_job(&plan)? {
            if refuses {
                return Err(refused(&job));
            }
            let first_seen = match &waited_for {
                Some((id, first_seen)) if *id == job.id => *first_seen,
                _ => {
                    self.tell_waiting_for(&job);
                    Instant::now()
                }
            };
            waited_for = Some((job.id.clone(), first_seen));
            match self.wait_until_ended(&job, item, begun).await? {
                // A list may show it for longer.
                Ended::Yes => drop(self.work.ended.insert(job.id.clone())),
                Ended::Unseen if begun.elapsed() < self.job_schedule(&job).total => {
                    // Whether the org still lists it tells as much, though not at once.
                    looks += 1;
                    self.tell_elapsed(&job, item, begun.elapsed());
                    tokio::time::sleep(Schedule::lock().wait(looks)).await;
                    let jobs = [Look::Deploys, Look::Installs, Look::Uninstalls];
                    self.observer.look(&jobs.into()).await?;
                    if self.others_job(&plan)?.is_some_and(|listed| listed.id == job.id) {
                        continue;
                    }
                }
                Ended::Unseen | Ended::NotYet => {
                    self.give_up(&job, begun, first_seen).await?;
                    // What else is under way has its own time.
                    begun = Instant::now();
                }
            }
            let everything = self.observer.everything();
            self.observer.look(&everything).await?;
            plan = self.ask().await?;
            if start::nothing_stops(&plan).is_err() {
                break;
            }
        }
        Ok(plan)
    }

    /// What runs and is not what this run would join.
    fn others_job(&self, plan: &Plan) -> Result<Option<OthersJob>, Failure> {
        let of_others = jobs_of_others(&*self.state()?, self.coming(), leaving(plan));
        Ok(of_others.into_iter().find(|job| {
            !self.work.given_up.contains(&job.id) && !self.work.ended.contains(&job.id)
        }))
    }

    /// The version that this run installs.
    fn coming(&self) -> Option<&PackageVersionId> {
        match self.request.aim.way() {
            Way::Build => Some(&self.desired().package.version),
            Way::Remove => None,
        }
    }

    /// Waits no longer for a job that does not end, or fails. An org that does not say since when something runs
    /// may show it for ever.
    async fn give_up(
        &mut self,
        job: &OthersJob,
        begun: Instant,
        first_seen: Instant,
    ) -> Result<(), Failure> {
        let named = job.named();
        let total = self.job_schedule(job).total;
        let may_be_old = job.has_no_date() && had_nearly_all_the_time(begun, first_seen, total);
        let text = if may_be_old {
            format!(
                "The org still lists {named} as running but does not say when it started; provision stops \
                 waiting for it."
            )
        } else if self.has_begun() {
            format!(
                "Still running: {named}. provision goes on, and the org decides what comes first."
            )
        } else {
            let minutes = begun.elapsed().as_secs() / 60;
            let text = format!(
                "The org is still busy with {named} after {minutes} minutes. Nothing was changed in the org."
            );
            return Err(
                Failure::new(Kind::Unreachable, text).hint("Run this again when it has finished.")
            );
        };
        self.tell(Event::Note { warning: true, text });
        if may_be_old {
            self.give_up_job(&job.id).await;
        }
        // Not every look asks for every kind of job again.
        self.work.given_up.insert(job.id.clone());
        Ok(())
    }

    fn tell_waiting_for(&self, job: &OthersJob) {
        let text = format!("The org is busy with {}. Waiting for it to finish.", job.named());
        self.tell(Event::Note { warning: true, text });
    }

    fn tell_elapsed(&self, job: &OthersJob, item: ItemId, elapsed: Duration) {
        self.tell(Event::Waiting {
            item,
            what: format!("{} {}", job.word(), job.id),
            elapsed_ms: elapsed.as_millis().try_into().unwrap_or(u64::MAX),
        });
    }

    /// Whether this run has changed anything in the org, or another connector's part of it before.
    pub(super) fn has_begun(&self) -> bool {
        self.work.follows_changes || !self.findings.stages.is_empty()
    }

    fn job_schedule(&self, job: &OthersJob) -> Schedule {
        self.patience().job_schedule(&match job.kind {
            JobKind::Deploy => Schedule::deploy(),
            JobKind::Installation | JobKind::Uninstallation => Schedule::install(),
        })
    }

    async fn wait_until_ended(
        &self,
        job: &OthersJob,
        item: ItemId,
        begun: Instant,
    ) -> Result<Ended, Failure> {
        let usual = self.job_schedule(job);
        let left = usual.total.saturating_sub(begun.elapsed());
        let schedule = Schedule { total: left.max(Duration::from_secs(1)), ..usual };
        let sight = Sight::new(self.patience().silence);
        let look = || async {
            let ended = self.has_ended(job).await;
            sight.survive(ended.map(|ended| ended.then_some(())))
        };
        let waiting = |waited: Waiting| self.tell_elapsed(job, item, waited.elapsed);
        match poll(&schedule, look, waiting).await {
            Ok(()) => Ok(Ended::Yes),
            // The org lists the job, and does not let everybody ask about it.
            Err(PollError::Look(error)) if is_refused(&error) => Ok(Ended::Unseen),
            Err(PollError::Look(error)) => Err(error.into()),
            Err(PollError::StillRunning { .. }) => Ok(Ended::NotYet),
        }
    }

    async fn has_ended(&self, job: &OthersJob) -> Result<bool, Error> {
        let client = self.client();
        match job.kind {
            JobKind::Deploy => {
                let id = DeployId(job.id.clone());
                Ok(client.metadata().deploy_status(&id).await?.done)
            }
            JobKind::Installation => {
                Ok(client.packages().install_status(&job.id).await?.state.is_final())
            }
            JobKind::Uninstallation => {
                Ok(client.packages().uninstall_status(&job.id).await?.state.is_final())
            }
        }
    }
}

/// Whether a job that was first seen then has had nearly all of the time that passed. One that came last may have
/// begun just now.
fn had_nearly_all_the_time(begun: Instant, first_seen: Instant, total: Duration) -> bool {
    first_seen.duration_since(begun) <= (total / 10).max(Duration::from_secs(1))
}

/// Whether the org does not answer that question, while it answers others.
fn is_refused(error: &Error) -> bool {
    error.obstacle().is_none() && error.api().is_some_and(ApiError::is_of_question)
}

/// What runs: deploys, installations of other versions than the one that comes, uninstallations of other packages
/// than the one that leaves.
fn jobs_of_others(
    state: &OrgState,
    coming: Option<&PackageVersionId>,
    leaving: Option<&PackageVersionId>,
) -> Vec<OthersJob> {
    let is_of = |version: Option<&PackageVersionId>, ours: Option<&PackageVersionId>| {
        ours.is_some() && version == ours
    };
    let deploys = state.running_deploys.iter().filter(|it| !it.given_up).map(|deploy| OthersJob {
        kind: JobKind::Deploy,
        id: deploy.id.clone(),
        since: deploy.since.clone(),
        by: deploy.by.clone(),
    });
    let request = |kind| {
        move |request: &PackageRequest| OthersJob {
            kind,
            id: request.id.clone(),
            since: request.since.clone(),
            by: request.by.clone(),
        }
    };
    let installs = state.installs.iter();
    let installs = installs.filter(|it| it.running && !is_of(it.version_id.as_ref(), coming));
    let installs = installs.map(request(JobKind::Installation));
    let uninstalls = state.removal.uninstalls.iter();
    let uninstalls = uninstalls.filter(|it| it.running && !is_of(it.version_id.as_ref(), leaving));
    let uninstalls = uninstalls.map(request(JobKind::Uninstallation));
    deploys.chain(installs).chain(uninstalls).collect()
}

/// The version that a plan takes out.
fn leaving(plan: &Plan) -> Option<&PackageVersionId> {
    plan.changes().filter(|change| change.operation.removes()).find_map(|change| {
        match (change.target(), &change.operation.from) {
            (Target::Package(_), Some(Value::Package(there))) => there.id.as_ref(),
            _ => None,
        }
    })
}

impl OthersJob {
    fn has_no_date(&self) -> bool {
        self.since.as_deref().and_then(read_moment).is_none()
    }

    fn word(&self) -> &'static str {
        match self.kind {
            JobKind::Deploy => "deploy",
            JobKind::Installation => "package installation",
            JobKind::Uninstallation => "package uninstallation",
        }
    }

    /// `the deploy 0Af… of Ada Park, begun 2026-11-22 18:00 UTC`
    fn named(&self) -> String {
        let by = self.by.as_ref().map(|name| format!(" of {name}")).unwrap_or_default();
        let since = self.since.as_deref().map(|at| format!(", begun {}", moment_for_people(at)));
        format!("the {} {}{by}{}", self.word(), self.id, since.unwrap_or_default())
    }
}

fn refused(job: &OthersJob) -> Failure {
    Failure::refused(format!(
        "The org is busy with {}, and --when-busy refuse was given. Nothing was changed in the org.",
        job.named()
    ))
    .hint(match job.kind {
        JobKind::Deploy => {
            "Setup > Deployment Status shows it. Run this again when it has finished."
        }
        JobKind::Installation | JobKind::Uninstallation => {
            "Setup > Installed Packages shows it. Run this again when it has finished."
        }
    })
    .hint("With --when-busy wait, provision waits for it to finish and continues by itself.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::org_fixture::OrgFixture;
    use crate::model::{Observed, PackageRequest};

    #[test]
    fn a_job_is_told_with_who_and_since_when_as_far_as_known() {
        let mut job = OthersJob {
            kind: JobKind::Deploy,
            id: "0Af1".to_owned(),
            since: Some("2026-11-22T18:01:02.000+0000".to_owned()),
            by: Some("Ada Park".to_owned()),
        };
        assert_eq!(job.named(), "the deploy 0Af1 of Ada Park, begun 2026-11-22 18:01 UTC");
        job.since = Some("yesterday".to_owned());
        job.by = None;
        assert_eq!(job.named(), "the deploy 0Af1, begun yesterday");
        assert!(job.has_no_date());
        job.since = Some("2026-11-22T18:01:02.000+0000".to_owned());
        assert!(!job.has_no_date());
    }

    #[test]
    fn a_job_has_had_all_the_time_where_it_was_there_from_the_beginning() {
        let (begun, hour) = (Instant::now(), Duration::from_secs(60 * 60));
        let seen_after = |seconds: u64| {
            had_nearly_all_the_time(begun, begun + Duration::from_secs(seconds), hour)
        };
        assert!(seen_after(0) && seen_after(300));
        assert!(!seen_after(600) && !seen_after(3_590));
    }

    #[test]
    fn only_what_a_run_does_itself_is_joined() {
        let version =
            |number: usize| PackageVersionId::parse(&format!("04t{number:012}")).expect("an id");
        let mut state = OrgFixture::new().build();
        let request = |id: &str, number: usize| PackageRequest {
            id: id.to_owned(),
            version_id: Some(version(number)),
            running: true,
            given_up: false,
            since: None,
            by: None,
        };
        state.removal.uninstalls = Observed::Seen(vec![request("ours", 1), request("sister", 2)]);
        let ids = |leaving: Option<&PackageVersionId>| -> Vec<String> {
            jobs_of_others(&state, None, leaving).into_iter().map(|job| job.id).collect()
        };
        assert_eq!(ids(Some(&version(1))), ["sister"]);
        assert_eq!(ids(None), ["ours", "sister"]);
    }
}
