//! Installing the package: one request, then waiting.

use salesforce_client::packages::{
    self, InstallRequest, InstallState, InstallStatus, ProfileMapping,
};
use salesforce_client::{Client, Error};

use super::unlocked::unlocked;
use super::until_ended::until_ended;
use super::{Carried, announce, word};
use crate::checklist::{Change, Item, Wave};
use crate::engine::event::Event;
use crate::engine::run::Run;
use crate::failure::{Failure, Kind};
use crate::journal::Entry;
use crate::model::{Audience, OrgState, PackageVersionId};

/// Installs the wanted version and waits until the org has it.
pub(super) async fn install(run: &mut Run<'_>, changes: &[Change]) -> Result<Carried, Failure> {
    let state = run.state()?;
    let version = run.desired().package.version.clone();
    let id = match joined(&state, &version) {
        // Starting a second installation of what is being installed would only fail.
        Some(id) => id,
        None => start(run, &state, &version, changes).await?,
    };
    run.installing = Some(id.clone());
    run.note_down(Entry::Job { wave: word(Wave::Package), id: id.clone() })?;
    let waited = wait(run, &id).await;
    run.installing = None;
    waited?;
    Ok(Carried::default())
}

/// An installation of the same version that is already running.
fn joined(state: &OrgState, version: &PackageVersionId) -> Option<String> {
    let mut running = state.installs.iter().filter(|install| install.running);
    running.find(|install| install.version_id.as_ref() == Some(version)).map(|it| it.id.clone())
}

async fn start(
    run: &mut Run<'_>,
    state: &OrgState,
    version: &PackageVersionId,
    changes: &[Change],
) -> Result<String, Failure> {
    let audience = audience(&run.desired().package.audience, state);
    let mut request = InstallRequest::new(version.to_string(), audience);
    // Every site that the package asks for was approved, or the plan would have stopped.
    request.allow_sites = true;
    request.key = run.installation_key().cloned();
    announce(run, Wave::Package, "PackageInstallRequest", changes)?;
    run.tell(&Event::Doing { item: Item::Package, what: format!("installing {version}") });
    let client = run.client().clone();
    let packages = client.packages();
    match unlocked(run, || packages.install(&request)).await {
        Ok(id) => Ok(id),
        Err(error) if error.is_ambiguous() => {
            adopt(&client, state, version).await?.ok_or_else(|| Failure::from(error))
        }
        Err(error) => Err(error.into()),
    }
}

/// After a lost answer: the installation that the org began all the same, and may have ended. It
/// is of the wanted version, and was not there when the org was last looked at.
async fn adopt(
    client: &Client,
    before: &OrgState,
    version: &PackageVersionId,
) -> Result<Option<String>, Failure> {
    let recent = client.packages().recent_installs().await?;
    let ours = |status: &InstallStatus| {
        let asked = status.version_id.as_deref().and_then(|id| PackageVersionId::parse(id).ok());
        asked.as_ref() == Some(version)
            && !before.installs.iter().any(|install| install.id == status.id)
    };
    Ok(recent.into_iter().find(ours).map(|status| status.id))
}

fn audience(audience: &Audience, state: &OrgState) -> packages::Audience {
    match audience {
        Audience::Admins => packages::Audience::AdminsOnly,
        Audience::AllUsers => packages::Audience::AllUsers,
        Audience::Profiles(names) => packages::Audience::Profiles(
            names
                .iter()
                .map(|name| {
                    let is = |profile: &&crate::model::Profile| {
                        &profile.label == name || profile.api_name.as_ref() == Some(name)
                    };
                    let profile = state.profiles.iter().find(is);
                    let label = profile.map_or(name, |profile| &profile.label);
                    ProfileMapping { source: "Full".to_owned(), target: label.clone() }
                })
                .collect(),
        ),
    }
}

async fn wait(run: &Run<'_>, id: &str) -> Result<(), Failure> {
    let client = run.client();
    let look = || async {
        let status = client.packages().install_status(id).await?;
        Ok::<_, Error>(status.state.is_final().then_some(status))
    };
    let status = until_ended(run, &format!("package installation {id}"), look).await?;
    if status.state == InstallState::Success {
        return Ok(());
    }
    let words = if status.errors.is_empty() {
        "the org gives no reason".to_owned()
    } else {
        status.errors.join("; ")
    };
    Err(Failure::new(Kind::Failed, format!("The package installation {id} failed: {words}"))
        .hint("Nothing of the package was installed. Mend what the org names, then run this again.")
        .hint("Setup > Installed Packages shows the installation; its administrators got a mail."))
}
