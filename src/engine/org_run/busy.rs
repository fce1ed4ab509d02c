//! An org in which somebody else deploys or installs right now.

use std::time::Duration;

use salesforce_client::Error;
use salesforce_client::metadata::DeployId;
use salesforce_client::wire::{PollError, Schedule, Waiting, poll};
use tokio::time::Instant;

use super::OrgRun;
use crate::checklist::{ItemId, Plan};
use crate::engine::event::Event;
use crate::engine::execute::sight::Sight;
use crate::engine::{Goal, WhenBusy, start};
use crate::failure::{Failure, Kind};
use crate::model::{Look, OrgState, PackageVersionId, Wave, Way};

/// Work of somebody else that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Foreign {
    kind: Work,
    id: String,
    since: Option<String>,
    by: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    Deploy,
    Installation,
    Uninstallation,
}

impl OrgRun<'_> {
    /// A plan that the org is ready for: a version that is still on its way to the org, or that another
    /// installation keeps waiting, is waited for. After some minutes the plan stays as it is, and says
    /// what it waits for.
    pub(super) async fn until_ready(&mut self, mut plan: Plan) -> Result<Plan, Failure> {
        if self.request.goal != Goal::Apply || self.request.when_busy == WhenBusy::Refuse {
            return Ok(plan);
        }
        let schedule = Schedule::lock();
        let begun = Instant::now();
        for look in 1..=self.patience().lock_waits {
            let Some((item, stop)) = start::not_yet(&plan) else { break };
            if look == 1 {
                let text = format!("{} Waiting a few minutes.", stop.message());
                self.tell(Event::Note { warning: true, text });
            }
            self.tell(Event::Waiting {
                item,
                what: "the org to be ready for the package".to_owned(),
                elapsed_ms: begun.elapsed().as_millis().try_into().unwrap_or(u64::MAX),
            });
            tokio::time::sleep(schedule.wait(look)).await;
            let mut looks = self.observer.everything();
            looks.insert(Look::OfferedVersion);
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
    /// can be changed beside a deploy.
    pub(super) async fn until_idle(&mut self, mut plan: Plan) -> Result<Plan, Failure> {
        let in_the_way =
            plan.changes().find(|change| change.target().wave() != Some(Wave::Records));
        let Some(item) = in_the_way.map(|change| change.item) else { return Ok(plan) };
        if self.request.goal != Goal::Apply {
            return Ok(plan);
        }
        let refuses = self.request.when_busy == WhenBusy::Refuse;
        if refuses && self.state()?.running_deploys.is_unasked() {
            // The first look in an org asks for the offered version in their place.
            self.observer.look(&[Look::Deploys].into()).await?;
        }
        let begun = Instant::now();
        while let Some(work) = self.foreign(&*self.state()?) {
            if refuses {
                return Err(refused(&work));
            }
            self.wait_for(&work, item, begun).await?;
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
    fn foreign(&self, state: &OrgState) -> Option<Foreign> {
        let joins = |version: Option<&PackageVersionId>| match self.request.aim.way() {
            Way::Build => version == Some(&self.desired().package.version),
            Way::Remove => false,
        };
        let deploys = state.running_deploys.iter().map(|deploy| Foreign {
            kind: Work::Deploy,
            id: deploy.id.clone(),
            since: deploy.since.clone(),
            by: deploy.by.clone(),
        });
        let installs = state
            .installs
            .iter()
            .filter(|install| install.running && !joins(install.version_id.as_ref()))
            .map(|install| Foreign {
                kind: Work::Installation,
                id: install.id.clone(),
                since: install.since.clone(),
                by: install.by.clone(),
            });
        let ours: Vec<&PackageVersionId> = state
            .packages
            .iter()
            .filter(|package| package.namespace.as_ref() == Some(&self.desired().recipe.namespace))
            .filter_map(|package| package.version_id.as_ref())
            .collect();
        let uninstalls = state
            .removal
            .uninstalls
            .iter()
            .filter(|request| request.running)
            // Our own package's is joined.
            .filter(|request| !request.version_id.as_ref().is_some_and(|id| ours.contains(&id)))
            .map(|request| Foreign {
                kind: Work::Uninstallation,
                id: request.id.clone(),
                since: request.since.clone(),
                by: request.by.clone(),
            });
        deploys.chain(installs).chain(uninstalls).next()
    }

    async fn wait_for(&self, work: &Foreign, item: ItemId, begun: Instant) -> Result<(), Failure> {
        let what = work.named();
        self.tell(Event::Note {
            warning: true,
            text: format!("The org is busy with {what}. Waiting for it to finish."),
        });
        let usual = match work.kind {
            Work::Deploy => Schedule::deploy(),
            Work::Installation | Work::Uninstallation => Schedule::install(),
        };
        let left = usual.total.saturating_sub(begun.elapsed());
        let schedule = Schedule { total: left.max(Duration::from_secs(1)), ..usual };
        let sight = Sight::new(self.patience().silence);
        let look = || async {
            let ended = self.has_ended(work).await;
            sight.survive(ended.map(|ended| ended.then_some(())))
        };
        let waiting = |waited: Waiting| {
            self.tell(Event::Waiting {
                item,
                what: format!("{} {}", work.word(), work.id),
                elapsed_ms: waited.elapsed.as_millis().try_into().unwrap_or(u64::MAX),
            });
        };
        match poll(&schedule, look, waiting).await {
            Ok(()) => Ok(()),
            Err(PollError::Look(error)) => Err(error.into()),
            Err(PollError::StillRunning { .. }) => Err(Failure::new(
                Kind::Unreachable,
                format!(
                    "The org is still busy with {what} after {} minutes. Nothing was changed.",
                    begun.elapsed().as_secs() / 60
                ),
            )
            .hint("Run this again when it has finished.")),
        }
    }

    async fn has_ended(&self, work: &Foreign) -> Result<bool, Error> {
        let client = self.client();
        match work.kind {
            Work::Deploy => {
                let id = DeployId(work.id.clone());
                Ok(client.metadata().deploy_status(&id).await?.done)
            }
            Work::Installation => {
                Ok(client.packages().install_status(&work.id).await?.state.is_final())
            }
            Work::Uninstallation => {
                Ok(client.packages().uninstall_status(&work.id).await?.state.is_final())
            }
        }
    }
}

impl Foreign {
    fn word(&self) -> &'static str {
        match self.kind {
            Work::Deploy => "deploy",
            Work::Installation => "package installation",
            Work::Uninstallation => "package uninstallation",
        }
    }

    /// `the deploy 0Af… of Ada Park, begun 2026-11-22 18:00 UTC`
    fn named(&self) -> String {
        let by = self.by.as_ref().map(|name| format!(" of {name}")).unwrap_or_default();
        let since = self.since.as_deref().map(|at| format!(", begun {}", moment(at)));
        format!("the {} {}{by}{}", self.word(), self.id, since.unwrap_or_default())
    }
}

/// An org's way to write a moment, as people write it; as it came where it is another.
fn moment(text: &str) -> String {
    match (text.get(..10), text.get(11..16)) {
        (Some(day), Some(time)) if text.as_bytes().get(10) == Some(&b'T') => {
            format!("{day} {time} UTC")
        }
        _ => text.to_owned(),
    }
}

fn refused(work: &Foreign) -> Failure {
    Failure::refused(format!(
        "The org is busy with {}, and --when-busy refuse was given. Nothing was changed.",
        work.named()
    ))
    .hint(match work.kind {
        Work::Deploy => "Setup > Deployment Status shows it. Run this again when it has finished.",
        Work::Installation | Work::Uninstallation => {
            "Setup > Installed Packages shows it. Run this again when it has finished."
        }
    })
    .hint("With --when-busy wait, provision waits for it to finish and continues by itself.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_told_with_who_and_since_when_as_far_as_known() {
        let mut work = Foreign {
            kind: Work::Deploy,
            id: "0Af1".to_owned(),
            since: Some("2026-11-22T18:01:02.000+0000".to_owned()),
            by: Some("Ada Park".to_owned()),
        };
        assert_eq!(work.named(), "the deploy 0Af1 of Ada Park, begun 2026-11-22 18:01 UTC");
        work.since = Some("yesterday".to_owned());
        work.by = None;
        assert_eq!(work.named(), "the deploy 0Af1, begun yesterday");
        assert_eq!(moment("ééééééééééééééé"), "ééééééééééééééé");
    }
}
