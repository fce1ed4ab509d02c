//! Everything deployable in one deploy: the call center, what state sync needs, profiles with
//! nothing but their layout assignments and access, and values of custom metadata.

use salesforce_client::metadata::{DeployId, DeployOptions, DeployResult};
use salesforce_client::wire::Schedule;
use salesforce_client::{Client, Error};

use super::blame::blamed;
use super::lost::begun_unseen;
use super::pack::{Forms, bundle, definition};
use super::tries::{Tries, left_out};
use super::unlocked::unlocked;
use super::until_ended::until_ended;
use super::{Carried, announce, apex, items, word};
use crate::checklist::Change;
use crate::engine::event::Event;
use crate::engine::org_run::OrgRun;
use crate::failure::Failure;
use crate::journal::Entry;
use crate::model::{OrgState, Wave};

/// Deploys all changes of the wave and waits for the result. What no deploy can change
/// or delete is left out, and the rest is deployed once more.
pub(super) async fn deploy(run: &mut OrgRun<'_>, changes: &[Change]) -> Result<Carried, Failure> {
    let mut carried = Carried::default();
    let mut rest = changes.to_vec();
    let (mut tries, mut told) = (Tries::default(), 0);
    while !rest.is_empty() {
        let result = match deploy_once(run, &rest, tries.forms()).await {
            Ok(result) => result,
            Err(failure) => return carried.or_failure(failure),
        };
        if result.success {
            break;
        }
        let left_out = match tries.after(run, &result, &mut rest).await {
            Ok(left_out) => left_out,
            Err(failure) => {
                let state = run.state()?;
                run.work.blamed = blamed(&result, state.profiles.as_slice(), &rest);
                return carried.or_failure(failure);
            }
        };
        carried.refused.extend(left_out.refused);
        told = run.work.keep_rejected(&carried.refused, told);
        carried.locked.extend(left_out.locked);
    }
    Ok(carried)
}

async fn deploy_once(
    run: &mut OrgRun<'_>,
    changes: &[Change],
    forms: &Forms,
) -> Result<DeployResult, Failure> {
    let state = run.state()?;
    let bundle = bundle(&state, definition(run), changes, forms, run.client().version())?;
    let options = apex::options(&state, changes);
    let archive = bundle.to_zip()?;
    let components: Vec<String> =
        bundle.members().map(|(kind, name)| format!("{kind} {name}")).collect();
    let doomed = bundle.doomed().map(|(kind, name)| format!("delete {kind} {name}"));
    let components: Vec<String> = components.into_iter().chain(doomed).collect();
    announce(run, Wave::Deploy, &format!("deploy {}", components.join(", ")), changes).await?;
    for item in items(changes) {
        run.tell(Event::Doing { item, what: "deploying".to_owned() });
    }
    send(run, &archive, &options, &state, changes).await
}

/// The same deploy, checked only and without a journal, for the org keeps nothing of it.
pub(super) async fn rehearse(run: &mut OrgRun<'_>, changes: &[Change]) -> Result<(), Failure> {
    let state = run.state()?;
    let mut options = apex::options(&state, changes);
    options.check_only = true;
    let (mut rest, mut tries) = (changes.to_vec(), Tries::of_rehearsal());
    while !rest.is_empty() {
        let definition = definition(run);
        let bundle = bundle(&state, definition, &rest, tries.forms(), run.client().version())?;
        let result = send(run, &bundle.to_zip()?, &options, &state, &rest).await?;
        if result.success {
            break;
        }
        // What is locked is told already.
        for (change, words) in tries.after(run, &result, &mut rest).await?.refused {
            let text = left_out(&change, &words, tries.goes_on(&rest));
            run.tell(Event::Note { warning: true, text });
        }
    }
    Ok(())
}

/// Sends an archive and waits for the org's verdict.
pub(super) async fn send(
    run: &mut OrgRun<'_>,
    archive: &[u8],
    options: &DeployOptions,
    state: &OrgState,
    changes: &[Change],
) -> Result<DeployResult, Failure> {
    let client = run.client().clone();
    let metadata = client.metadata();
    let attempt = || metadata.deploy(archive.to_vec(), options);
    let id = match unlocked(run, attempt).await {
        Ok(id) => id,
        Err(error) if error.is_ambiguous() => {
            begun_unseen(run, error, || adopt(&client, state)).await?
        }
        Err(error) => return Err(error.into()),
    };
    run.work.deploying = Some(id.clone());
    run.note_down(Entry::Job { wave: word(Wave::Deploy), id: id.to_string() }).await?;
    let result = wait(run, &id, changes).await;
    run.work.deploying = None;
    result
}

/// After a lost answer: the deploy that the org began all the same. Only one that was not there
/// when the org was last looked at, and only when it is the only one, can be ours. Where nobody
/// looked for deploys before, none can be told from somebody else's.
async fn adopt(client: &Client, before: &OrgState) -> Result<Option<DeployId>, Error> {
    let Some(known) = before.running_deploys.seen() else { return Ok(None) };
    let running = client.metadata().running_deploys().await?;
    let mut new =
        running.into_iter().filter(|deploy| !known.iter().any(|known| known.id == deploy.id.0));
    Ok(match (new.next(), new.next()) {
        (Some(only), None) => Some(only.id),
        _ => None,
    })
}

async fn wait(
    run: &OrgRun<'_>,
    id: &DeployId,
    changes: &[Change],
) -> Result<DeployResult, Failure> {
    let client = run.client();
    let items = items(changes);
    let look = || async {
        let result = client.metadata().deploy_status(id).await?;
        let (done, total) = (result.number_components_deployed, result.number_components_total);
        if !result.done && total > 0 {
            for item in &items {
                run.tell(Event::Progress {
                    item: *item,
                    done: done.try_into().unwrap_or(usize::MAX),
                    total: total.try_into().unwrap_or(usize::MAX),
                    unit: "components",
                });
            }
        }
        Ok::<_, Error>(result.done.then_some(result))
    };
    until_ended(run, &format!("deploy {id}"), &Schedule::deploy(), changes, look).await
}
