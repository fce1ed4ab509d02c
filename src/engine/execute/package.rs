//! Installing the package: one request, then waiting.

use salesforce_client::packages::{
    self, InstallRequest, InstallState, InstallStatus, ProfileMapping,
};
use salesforce_client::{Client, Error};

use super::lost::begun_unseen;
use super::unlocked::{Waits, passes, unlocked_or};
use super::until_ended::until_request_ended;
use super::{Carried, announce, items, word};
use crate::checklist::Change;
use crate::engine::event::Event;
use crate::engine::org_run::OrgRun;
use crate::failure::{Failure, Kind};
use crate::journal::Entry;
use crate::model::{
    InstallAudience, Look, OrgState, PackageRequest, PackageValue, PackageVersionId, ProfileId,
    Ref, Value, Wave,
};

/// Installs the wanted version and waits until the org has it.
pub(super) async fn install(run: &mut OrgRun<'_>, changes: &[Change]) -> Result<Carried, Failure> {
    let state = run.state()?;
    let Some((package, version)) = wanted(changes) else { return Ok(Carried::default()) };
    let id = match joined(&state, version) {
        // Starting a second installation of what is being installed would only fail.
        Some(id) => id,
        None => start(run, &state, package, version, changes).await?,
    };
    let mut id = id;
    let mut waits = Waits::default();
    loop {
        run.work.installing = Some(id.clone());
        run.note_down(Entry::Job { wave: word(Wave::Package), id: id.clone() }).await?;
        let waited = wait(run, &id, changes).await;
        run.work.installing = None;
        let status = waited?;
        if status.state == InstallState::Success {
            return Ok(Carried::default());
        }
        // The installation has ended without having begun: the org was busy, and is asked again.
        if !passes(&status.errors) || !waits.wait(run, &status.errors.join("; ")).await {
            return Err(failed(&status));
        }
        run.observer.look(&[Look::Installs].into()).await?;
        let state = run.state()?;
        id = match joined(&state, version) {
            Some(id) => id,
            None => start(run, &state, package, version, changes).await?,
        };
    }
}

/// What is to be installed.
fn wanted(changes: &[Change]) -> Option<(&PackageValue, &PackageVersionId)> {
    changes.iter().find_map(|change| match &change.operation.to {
        Some(Value::Package(package)) => Some((package, package.id.as_ref()?)),
        _ => None,
    })
}

/// An installation of the same version that is already running.
fn joined(state: &OrgState, version: &PackageVersionId) -> Option<String> {
    let mut running = state.installs.iter().filter(|it| it.running);
    running.find(|install| install.version_id.as_ref() == Some(version)).map(|it| it.id.clone())
}

async fn start(
    run: &mut OrgRun<'_>,
    state: &OrgState,
    package: &PackageValue,
    version: &PackageVersionId,
    changes: &[Change],
) -> Result<String, Failure> {
    let mut request = InstallRequest::new(version.to_string(), audience(package.audience.as_ref()));
    // Every site that the package asks for was approved, or the plan would have stopped.
    request.allow_sites = true;
    request.key = run.installation_key().cloned();
    announce(run, Wave::Package, "PackageInstallRequest", changes).await?;
    for item in items(changes) {
        run.tell(Event::Doing { item, what: format!("installing {version}") });
    }
    let client = run.client().clone();
    let packages = client.packages();
    // Where the org is busy, it may be with the same version, begun from another machine.
    let begun = || async {
        let found = newest(&client, state, version).await?;
        Ok(found.filter(|it| !has_failed(&it.state)).map(|it| it.id))
    };
    match unlocked_or(run, || packages.install(&request), begun).await {
        Ok(id) => Ok(id),
        Err(error) if error.is_ambiguous() => {
            // What the org began all the same may have ended, well or not.
            let found = begun_unseen(run, error, || newest(&client, state, version)).await?;
            Ok(found.id)
        }
        Err(error) => Err(error.into()),
    }
}

/// The newest installation of the wanted version that was not there when the org was last looked at, or that nobody
/// waited for any more and that has brought the version since.
async fn newest(
    client: &Client,
    before: &OrgState,
    version: &PackageVersionId,
) -> Result<Option<InstallStatus>, Error> {
    if !before.installs.is_seen() {
        // An old one of the same version would be taken for this one.
        return Ok(None);
    }
    let recent = client.packages().recent_installs().await?;
    let is_new = |status: &InstallStatus| {
        let asked = status.version_id.as_deref().and_then(|id| PackageVersionId::parse(id).ok());
        let known = before.installs.iter().find(|install| install.id == status.id);
        let has_come =
            |known: &PackageRequest| known.given_up && status.state == InstallState::Success;
        asked.as_ref() == Some(version) && known.is_none_or(has_come)
    };
    Ok(recent.into_iter().find(is_new))
}

pub(super) fn has_failed(state: &InstallState) -> bool {
    state.is_final() && *state != InstallState::Success
}

fn audience(audience: Option<&InstallAudience>) -> packages::Audience {
    match audience {
        // Whom nobody named gets the least.
        None | Some(InstallAudience::Admins) => packages::Audience::AdminsOnly,
        Some(InstallAudience::AllUsers) => packages::Audience::AllUsers,
        Some(InstallAudience::Profiles(profiles)) => {
            let full = |profile: &Ref<ProfileId>| ProfileMapping {
                source: "Full".to_owned(),
                target: profile.name.clone(),
            };
            packages::Audience::Profiles(profiles.iter().map(full).collect())
        }
    }
}

async fn wait(
    run: &mut OrgRun<'_>,
    id: &str,
    changes: &[Change],
) -> Result<InstallStatus, Failure> {
    let client = run.client().clone();
    let look = || async {
        let status = client.packages().install_status(id).await?;
        Ok::<_, Error>(status.state.is_final().then_some(status))
    };
    until_request_ended(run, "package installation", id, changes, look).await
}

/// An installation that the org gave up, in its own words.
fn failed(status: &InstallStatus) -> Failure {
    let words = if status.errors.is_empty() {
        "the org gives no reason".to_owned()
    } else {
        status.errors.join("; ")
    };
    let message = format!("The package installation {} failed: {words}", status.id);
    Failure::new(Kind::Failed, message)
        .hint("Nothing of the package was installed. Fix what the org names, then run this again.")
        .hint("Setup > Installed Packages shows the installation, and Salesforce has emailed the administrators.")
}
