//! Work that is under way in the org's setup: deploys, installations, uninstallations.

use jiff::{SignedDuration, Timestamp};
use salesforce_client::packages::InstallState;
use salesforce_client::{metadata, packages};

use super::Fetch;
use super::agent::read_moment;
use crate::engine::observe::burst::Place;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{Observed, PackageRequest, PackageVersionId, RunningDeploy};

const DEPLOYS: &str = "deploys";
const INSTALLS: &str = "installs";
const UNINSTALLS: &str = "uninstalls";

pub(super) struct Deploys;

impl Fetch for Deploys {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.setup(DEPLOYS, metadata::running_deploys_query());
        burst.or_plainer(DEPLOYS, Place::Setup, |_| Some(metadata::all_running_deploys_query()));
    }

    fn take(
        &self,
        inquiry: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let deploy = |row: metadata::RunningDeploy| {
            let since = row.created_date.as_deref();
            RunningDeploy {
                given_up: is_old(since, inquiry.now) || is_given_up(inquiry, &row.id.0, since),
                id: row.id.0,
                since: row.created_date,
                by: row.created_by,
            }
        };
        let found = answers.setup_rows(DEPLOYS)?;
        taking.state.running_deploys = found.map(|rows| rows.into_iter().map(deploy).collect());
        Ok(())
    }
}

pub(super) struct Installs;

impl Fetch for Installs {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.setup(INSTALLS, packages::recent_installs_query());
        burst.or_plainer(INSTALLS, Place::Setup, |_| Some(packages::all_installs_query()));
    }

    fn take(
        &self,
        inquiry: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let install = |row: packages::InstallStatus| {
            request(inquiry, &row.state, row.id, row.version_id, row.created, row.created_by)
        };
        let found = answers.setup_rows(INSTALLS)?;
        taking.state.installs = found.map(|rows| {
            let mut installs: Vec<PackageRequest> = rows.into_iter().map(install).collect();
            // Newest first, in whatever order the org tells them.
            installs.sort_by(|one, other| other.since.cmp(&one.since));
            installs
        });
        Ok(())
    }
}

/// No installation takes longer, no uninstallation and no deploy: a request that the org never called
/// ended is of the past.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

fn is_old(since: Option<&str>, now: Timestamp) -> bool {
    let since = since.and_then(read_moment);
    since.is_some_and(|since| now.duration_since(since) > LONGEST)
}

/// Whether a job was waited for long enough that might have begun at any time.
fn is_given_up(inquiry: &Inquiry<'_>, id: &str, since: Option<&str>) -> bool {
    since.and_then(read_moment).is_none() && inquiry.given_up.contains(id)
}

/// Whether a request is still worked on: one of which the org tells neither a state that is known here nor when
/// it began might be of any time, and is of the past.
fn is_running(inquiry: &Inquiry<'_>, id: &str, state: &InstallState, since: Option<&str>) -> bool {
    match state {
        InstallState::Other(_) if since.and_then(read_moment).is_none() => false,
        state => {
            !state.is_final() && !is_old(since, inquiry.now) && !is_given_up(inquiry, id, since)
        }
    }
}

/// A request by its id, its version, when it was made and by whom.
fn request(
    inquiry: &Inquiry<'_>,
    state: &InstallState,
    id: String,
    version_id: Option<String>,
    since: Option<String>,
    by: Option<String>,
) -> PackageRequest {
    let running = is_running(inquiry, &id, state, since.as_deref());
    PackageRequest {
        running,
        given_up: !state.is_final() && !running,
        version_id: version_id.and_then(|id| PackageVersionId::parse(&id).ok()),
        since,
        by,
        id,
    }
}

pub(super) struct Uninstalls;

impl Fetch for Uninstalls {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.more_setup(UNINSTALLS, packages::recent_uninstalls_query());
        burst.or_plainer(UNINSTALLS, Place::MoreSetup, |_| Some(packages::all_uninstalls_query()));
    }

    /// An org without second-generation packages may not know the object.
    fn take(
        &self,
        inquiry: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let uninstall = |row: packages::UninstallStatus| {
            request(inquiry, &row.state, row.id, row.version_id, row.created, row.created_by)
        };
        let found: Observed<Vec<_>> = answers.more_setup_rows(UNINSTALLS)?;
        taking.state.removal.uninstalls =
            found.map(|rows| rows.into_iter().map(uninstall).collect());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installation_that_never_ended_is_not_waited_for_for_ever() {
        let now: Timestamp = "2026-11-22T18:00:00Z".parse().unwrap();
        assert!(!is_old(Some("2026-11-22T17:00:00.000+0000"), now));
        assert!(is_old(Some("2026-11-20T17:00:00.000+0000"), now));
        assert!(!is_old(None, now) && !is_old(Some("yesterday"), now));
    }

    #[test]
    fn a_request_of_which_the_org_tells_nothing_is_of_the_past() {
        let now: Timestamp = "2026-11-22T18:00:00Z".parse().unwrap();
        let mut inquiry = Inquiry::org(now);
        let since = Some("2026-11-22T17:00:00.000+0000");
        let other = InstallState::Other("UNKNOWN".to_owned());
        for (state, since, running) in [
            (&InstallState::InProgress, None, true),
            (&InstallState::InProgress, Some("yesterday"), true),
            (&other, since, true),
            (&other, None, false),
            (&other, Some("yesterday"), false),
            (&InstallState::Success, None, false),
        ] {
            let found = is_running(&inquiry, "0Hf1", state, since);
            assert_eq!(found, running, "{state:?} since {since:?}");
        }
        // Whoever has waited for one long enough waits for it only where the org tells of it what it did not.
        inquiry.given_up.insert("0Hf1".to_owned());
        for (id, since, running) in [
            ("0Hf1", None, false),
            ("0Hf1", Some("yesterday"), false),
            ("0Hf1", since, true),
            ("0Hf2", None, true),
        ] {
            let found = is_running(&inquiry, id, &InstallState::InProgress, since);
            assert_eq!(found, running, "{id} since {since:?}");
        }
    }
}
