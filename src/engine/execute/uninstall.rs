//! Uninstalling the package: a request for the second generation, a destructive deploy for the
//! first, and the org's words where it refuses.

use salesforce_client::metadata::{Bundle, DeployOptions, DeployResult};
use salesforce_client::packages::{InstallState, UninstallStatus};
use salesforce_client::{Client, Error};

use super::lost::begun_unseen;
use super::package::has_failed;
use super::unlocked::{Waits, passes, unlocked_or};
use super::until_ended::until_request_ended;
use super::{Carried, announce, deploy, items, word};
use crate::checklist::Change;
use crate::engine::event::Event;
use crate::engine::org_run::OrgRun;
use crate::failure::Failure;
use crate::journal::Entry;
use crate::model::{
    Generation, InstalledPackage, Look, OrgState, PackageRequest, PackageVersionId, Target, Value,
    Wave,
};

/// Uninstalls the package and waits until the org is rid of it.
pub(super) async fn uninstall(
    run: &mut OrgRun<'_>,
    changes: &[Change],
) -> Result<Carried, Failure> {
    let state = run.state()?;
    let Some((namespace, package)) = wanted(&state, changes) else {
        return Ok(Carried::default());
    };
    match (package.generation, package.version_id) {
        (Generation::Second, Some(version)) => by_request(run, &version, changes).await?,
        _ => by_deploy(run, &state, namespace, changes).await?,
    }
    Ok(Carried::default())
}

/// What is to be uninstalled: the namespace, and the package as the org has it.
fn wanted<'a>(
    state: &'a OrgState,
    changes: &'a [Change],
) -> Option<(&'a str, &'a InstalledPackage)> {
    let (namespace, version) =
        changes.iter().find_map(|change| match (change.target(), &change.operation.from) {
            (Target::Package(namespace), Some(Value::Package(there))) => {
                Some((namespace, there.id.as_ref()))
            }
            _ => None,
        })?;
    let is_it = |package: &&InstalledPackage| {
        package.namespace.as_ref() == Some(namespace) && package.version_id.as_ref() == version
    };
    Some((namespace, state.packages.iter().find(is_it)?))
}

/// The second generation: a request of its own.
async fn by_request(
    run: &mut OrgRun<'_>,
    version: &PackageVersionId,
    changes: &[Change],
) -> Result<(), Failure> {
    let mut waits = Waits::default();
    let mut state = run.state()?;
    loop {
        let mut requests = state.removal.uninstalls.iter();
        let running = requests.find(|it| it.running && it.version_id.as_ref() == Some(version));
        let id = match running {
            // Starting a second one would only fail.
            Some(request) => request.id.clone(),
            None => start(run, &state, version, changes).await?,
        };
        run.work.installing = Some(id.clone());
        run.note_down(Entry::Job { wave: word(Wave::Package), id: id.clone() }).await?;
        let waited = wait(run, &id, changes).await;
        run.work.installing = None;
        if waited? == InstallState::Success {
            return Ok(());
        }
        // That it has failed is known; why, the org may not tell.
        let words = match run.client().packages().uninstall_errors(&id).await {
            Ok(words) => words,
            Err(error) => {
                return Err(blocked(&[]).hint(format!("Why it failed could not be read: {error}")));
            }
        };
        if !passes(&words) || !waits.wait(run, &words.join(" ")).await {
            return Err(blocked(&words));
        }
        // The request that has failed is none that was begun since.
        run.observer.look(&[Look::Uninstalls].into()).await?;
        state = run.state()?;
    }
}

async fn start(
    run: &mut OrgRun<'_>,
    state: &OrgState,
    version: &PackageVersionId,
    changes: &[Change],
) -> Result<String, Failure> {
    announce(run, Wave::Package, "SubscriberPackageVersionUninstallRequest", changes).await?;
    for item in items(changes) {
        run.tell(Event::Doing { item, what: format!("uninstalling {version}") });
    }
    let client = run.client().clone();
    let packages = client.packages();
    // Where the org is busy, it may be with the same removal, begun from another machine.
    let begun = || async {
        let found = newest(&client, state, version).await?;
        Ok(found.filter(|it| !has_failed(&it.state)).map(|it| it.id))
    };
    match unlocked_or(run, || packages.uninstall(version.as_str()), begun).await {
        Ok(id) => Ok(id),
        Err(error) if error.is_ambiguous() => {
            // What the org began all the same may have ended, well or not.
            let found = begun_unseen(run, error, || newest(&client, state, version)).await?;
            Ok(found.id)
        }
        Err(error) => Err(error.into()),
    }
}

/// The newest uninstallation of that version that was not there when the org was last looked at, or that nobody
/// waited for any more and that has taken it out since.
async fn newest(
    client: &Client,
    before: &OrgState,
    version: &PackageVersionId,
) -> Result<Option<UninstallStatus>, Error> {
    let known = &before.removal.uninstalls;
    // An old one of the same version would be taken for this one. An org that knows no such object has
    // no old ones.
    if !known.is_seen() && !known.refusal().is_some_and(|refused| refused.missing) {
        return Ok(None);
    }
    let ours = |status: &UninstallStatus| {
        let asked = status.version_id.as_deref().and_then(|id| PackageVersionId::parse(id).ok());
        let known = known.iter().find(|request| request.id == status.id);
        let has_gone =
            |known: &PackageRequest| known.given_up && status.state == InstallState::Success;
        asked.as_ref() == Some(version) && known.is_none_or(has_gone)
    };
    let recent = client.packages().recent_uninstalls().await?;
    Ok(recent.into_iter().find(ours))
}

async fn wait(run: &mut OrgRun<'_>, id: &str, changes: &[Change]) -> Result<InstallState, Failure> {
    let client = run.client().clone();
    let look = || async {
        let status = client.packages().uninstall_status(id).await?;
        Ok::<_, Error>(status.state.is_final().then_some(status.state))
    };
    until_request_ended(run, "uninstallation", id, changes, look).await
}

/// The first generation: the package's own component is deleted, alone in its deploy.
async fn by_deploy(
    run: &mut OrgRun<'_>,
    state: &OrgState,
    namespace: &str,
    changes: &[Change],
) -> Result<(), Failure> {
    let mut bundle = Bundle::new(run.client().version());
    bundle.destroy("InstalledPackage", namespace)?;
    announce(run, Wave::Package, &format!("delete InstalledPackage {namespace}"), changes).await?;
    for item in items(changes) {
        run.tell(Event::Doing { item, what: format!("uninstalling {namespace}") });
    }
    let archive = bundle.to_zip()?;
    let options = DeployOptions::default();
    let mut waits = Waits::default();
    loop {
        let result = deploy::send(run, &archive, &options, state, changes).await?;
        // Success is not believed: the org is looked at again, as after every wave.
        if result.success {
            return Ok(());
        }
        let words = problems(&result);
        if !passes(&words) || !waits.wait(run, &words.join(" ")).await {
            return Err(blocked(&words));
        }
    }
}

fn problems(result: &DeployResult) -> Vec<String> {
    let problems: Vec<String> =
        result.failures().filter_map(|failure| failure.problem.clone()).collect();
    // What the deploy says as a whole only repeats that there are some.
    if problems.is_empty() { result.error_message.iter().cloned().collect() } else { problems }
}

/// What blocks an uninstall, in words that orgs are known to use, and what to do about it.
const REMEDIES: &[(&str, &str)] = &[
    (
        "extension depends on",
        "Another package builds on this one: uninstall it first, in Setup > Installed Packages.",
    ),
    (
        "ayout",
        "A page layout of the package is in use, or one of the org's holds something of the package: \
         look at Setup > Object Manager > Task > Page Layouts > Page Layout Assignment, and at the \
         layout that the org names.",
    ),
    (
        "ermission set",
        "Somebody has a permission set of the package: Setup > Permission Sets > Manage Assignments.",
    ),
    ("cheduled", "A job of the package is scheduled: delete it in Setup > Scheduled Jobs."),
    (
        "eport",
        "A folder of the package holds what people have added: move it to another folder or delete \
         it.",
    ),
    (
        "ustom metadata",
        "People have made records of the package's custom metadata types: delete them in Setup > \
         Custom Metadata Types > Manage Records.",
    ),
    (
        "n use by another",
        "Something outside the package refers to it. Setup shows what, under Where is this used? of \
         the component that the org names.",
    ),
    (
        "using the component",
        "Something outside the package refers to it. Setup shows what, under Where is this used? of \
         the component that the org names.",
    ),
];

/// The org refuses: everything that it names, word for word.
fn blocked(words: &[String]) -> Failure {
    let message = match words {
        [] => "The org refuses to uninstall the package and gives no reason.".to_owned(),
        [only] => format!("The org refuses to uninstall the package: {only}"),
        many => format!(
            "The org refuses to uninstall the package, for {} reasons:\n  - {}",
            many.len(),
            many.join("\n  - ")
        ),
    };
    let mut failure = Failure::refused(message);
    for (part, remedy) in REMEDIES {
        let known = failure.advice().iter().any(|hint| hint == remedy);
        if !known && words.iter().any(|words| words.contains(part)) {
            failure = failure.hint(*remedy);
        }
    }
    failure.hint(
        "What was done so far is kept. Fix this and run the same command again to do the rest.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_told_word_for_word_with_what_is_known_about_it() {
        let words = [
            "This extension depends on the package you are trying to uninstall: Pay Plus"
                .to_owned(),
            "Strange new words".to_owned(),
        ];
        let failure = blocked(&words);
        assert!(
            words.iter().all(|words| failure.message().contains(words)),
            "{}",
            failure.message()
        );
        assert!(failure.advice()[0].starts_with("Another package builds on this one"));
        assert_eq!(failure.advice().len(), 2, "{:?}", failure.advice());
        assert!(blocked(&[]).message().ends_with("gives no reason."));
    }
}
