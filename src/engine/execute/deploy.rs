//! Everything deployable in one deploy: the call center, what state sync needs, profiles with
//! nothing but their layout assignments and access, and values of custom metadata.

use salesforce_client::metadata::{
    Component, DeployId, DeployOptions, DeployResult, running_deploys_query,
};
use salesforce_client::packages::is_passing;
use salesforce_client::wire::Schedule;
use salesforce_client::{Client, Error, metadata};

use super::deploy_failure::failed;
use super::pack::{Forms, bundle};
use super::profiles::{has_other_names, layout_names};
use super::unlocked::unlocked;
use super::until_ended::until_ended;
use super::{
    Carried, announce, apex, call_center, custom_metadata, items, removal, row_locks, word,
};
use crate::checklist::Change;
use crate::engine::event::Event;
use crate::engine::org_run::OrgRun;
use crate::failure::Failure;
use crate::journal::Entry;
use crate::model::{CallCenter, OrgState, Wave};

/// Deploys all changes of the wave and waits for the result. What no deploy can change
/// or delete is left out, and the rest is deployed once more.
pub(super) async fn deploy(run: &mut OrgRun<'_>, changes: &[Change]) -> Result<Carried, Failure> {
    let mut carried = Carried::default();
    let mut rest = changes.to_vec();
    let mut forms = Forms::default();
    while !rest.is_empty() {
        let result = deploy_once(run, &rest, &forms).await?;
        if result.success {
            break;
        }
        if let Some(text) = other_form(run, &result, &rest, &mut forms).await? {
            run.tell(Event::Note { warning: false, text: text.to_owned() });
            continue;
        }
        let refused = refused_items(run, &result, &rest)?;
        if !refused.is_empty() {
            rest.retain(|change| refused.iter().all(|(left, _)| left != change));
            carried.refused.extend(refused);
            continue;
        }
        let mut locked = custom_metadata::refused(&result, &rest);
        if locked.is_empty() {
            locked = removal::undeletable(&result, &rest);
        }
        if locked.is_empty() {
            return Err(failed(&result));
        }
        let is_left = |change: &Change| locked.iter().any(|(left, _)| left == change);
        rest.retain(|change| !is_left(change));
        for (change, words) in &locked {
            run.tell(Event::Note { warning: true, text: left_out(change, words, rest.is_empty()) });
        }
        carried.locked.extend(locked);
    }
    Ok(carried)
}

/// Another way to write the same that the org may take, where there is one that was not tried; what is said of
/// it.
async fn other_form(
    run: &OrgRun<'_>,
    result: &DeployResult,
    changes: &[Change],
    forms: &mut Forms,
) -> Result<Option<&'static str>, Failure> {
    let all: Vec<&Change> = changes.iter().collect();
    let state = run.state()?;
    if call_center_refused(result).is_some()
        && let Some(whole) = call_center::changed(&state, definition(run), &all)?
        && let Some(next) = forms.call_center.next(&whole, &state, definition(run))
    {
        forms.call_center = next;
        return Ok(Some(
            "The org refuses the call center: the deploy is sent once more, without items that have \
             no value, or that the definition does not have.",
        ));
    }
    let of_layouts =
        |failure: &Component| ["Profile", "Layout"].contains(&&*failure.component_type);
    if forms.layouts.is_none() && result.failures().any(of_layouts) {
        let names = forms.layouts.insert(layout_names(run, changes).await);
        if has_other_names(&state, changes, names) {
            return Ok(Some(
                "The org uses other names of page layouts in deploys than in queries: the deploy is \
                 sent once more, with those.",
            ));
        }
    }
    Ok(None)
}

/// The org's words where it refuses the call center for what it is, and not because it is busy.
fn call_center_refused(result: &DeployResult) -> Option<String> {
    let of_call_center = result.failures().find(|it| it.component_type == "CallCenter")?;
    let words = of_call_center.problem.clone().unwrap_or_default();
    let passes = words.contains(row_locks::LOCKED) || is_passing(&words);
    (!passes).then_some(words)
}

/// Items of a call center that the org does not let anybody add, with its words.
fn refused_items(
    run: &OrgRun<'_>,
    result: &DeployResult,
    changes: &[Change],
) -> Result<Vec<(Change, String)>, Failure> {
    let Some(words) = call_center_refused(result) else { return Ok(Vec::new()) };
    let state = run.state()?;
    let added = changes.iter().filter(|change| call_center::adds_item(&state, change));
    Ok(added.map(|change| (change.clone(), words.clone())).collect())
}

/// The definition of the call center that is wanted.
fn definition<'a>(run: &OrgRun<'a>) -> &'a CallCenter {
    &run.desired().call_center.definition.call_center
}

/// What is said of a change that is left out.
fn left_out(change: &Change, words: &str, nothing_else: bool) -> String {
    let rest = if nothing_else { "" } else { " The rest is deployed once more without it." };
    let what = if let Some((kind, name)) = removal::deleted(change) {
        format!("The org does not let a deploy delete the {kind} {name}")
    } else {
        let (subject, field) = change.target().place();
        format!("The org refuses to change {} {field}", subject.name)
    };
    format!("{what}: {}.{rest}", words.trim_end_matches('.'))
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
    let mut forms = Forms::default();
    loop {
        let archive =
            bundle(&state, definition(run), changes, &forms, run.client().version())?.to_zip()?;
        let result = send(run, &archive, &options, &state, changes).await?;
        if result.success {
            return Ok(());
        }
        if other_form(run, &result, changes, &mut forms).await?.is_none() {
            return Err(failed(&result));
        }
    }
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
            adopt(&client, state).await?.ok_or_else(|| Failure::from(error))?
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
async fn adopt(client: &Client, before: &OrgState) -> Result<Option<DeployId>, Failure> {
    let Some(known) = before.running_deploys.seen() else { return Ok(None) };
    let running: Vec<metadata::RunningDeploy> =
        client.tooling().query(&running_deploys_query()).await?;
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
