//! Everything deployable in one deploy: the call center, what state sync needs, profiles with
//! nothing but their layout assignments and access, and values of custom metadata.

use std::collections::BTreeMap;

use super::unlocked::unlocked;
use super::{Carried, announce, custom_metadata, items, omni_sync, word};
use crate::checklist::{Change, Item, Wave, find_assignment};
use crate::engine::event::Event;
use crate::engine::run::Run;
use crate::failure::{Failure, Kind};
use crate::journal::Entry;
use crate::model::{Desired, OrgState, SubjectKind};
use crate::salesforce::metadata::{
    Bundle, CallCenterRecord, DeployId, DeployOptions, DeployResult, LayoutAssignment,
    ProfileSettings, TestFailure, encode_name, running_deploys_query,
};
use crate::salesforce::{ApiVersion, Client, Error, metadata};
use crate::wire::{PollError, Schedule, poll};

/// Deploys all changes of the wave and waits for the result. What the package does not let anybody
/// change is left out, and the rest is deployed once more.
pub(super) async fn deploy(run: &mut Run<'_>, changes: &[Change]) -> Result<Carried, Failure> {
    let mut carried = Carried::default();
    let mut rest = changes.to_vec();
    while !rest.is_empty() {
        let result = deploy_once(run, &rest).await?;
        if result.success {
            break;
        }
        let locked = custom_metadata::not_editable(&result, &rest);
        if locked.is_empty() {
            return Err(failed(&result));
        }
        rest.retain(|change| !locked.iter().any(|(left, _)| left.same_place(change)));
        for (change, words) in &locked {
            run.tell(&Event::Note {
                warning: true,
                text: left_out(change, words, rest.is_empty()),
            });
        }
        carried.locked.extend(locked);
    }
    Ok(carried)
}

/// What is said of a change that is left out.
fn left_out(change: &Change, words: &str, nothing_else: bool) -> String {
    let rest = if nothing_else { "" } else { " The rest is deployed once more without it." };
    format!(
        "The package does not let this org change {} {}: {}.{rest}",
        change.subject.name,
        change.field,
        words.trim_end_matches('.')
    )
}

async fn deploy_once(run: &mut Run<'_>, changes: &[Change]) -> Result<DeployResult, Failure> {
    let state = run.state()?;
    let bundle = bundle(run.desired(), &state, changes, run.client().version())?;
    let options = omni_sync::options(run.desired(), &state, &bundle);
    let archive = bundle.to_zip()?;
    let components: Vec<String> =
        bundle.members().map(|(kind, name)| format!("{kind} {name}")).collect();
    announce(run, Wave::Deploy, &format!("deploy {}", components.join(", ")), changes)?;
    for item in items(changes) {
        run.tell(&Event::Doing { item, what: "deploying".to_owned() });
    }
    send(run, &archive, &options, &state, changes).await
}

/// The same deploy, checked only and without a journal, for the org keeps nothing of it.
pub(super) async fn rehearse(run: &mut Run<'_>, changes: &[Change]) -> Result<(), Failure> {
    let state = run.state()?;
    let bundle = bundle(run.desired(), &state, changes, run.client().version())?;
    let options =
        DeployOptions { check_only: true, ..omni_sync::options(run.desired(), &state, &bundle) };
    let archive = bundle.to_zip()?;
    let result = send(run, &archive, &options, &state, changes).await?;
    if result.success { Ok(()) } else { Err(failed(&result)) }
}

/// Sends an archive and waits for the org's verdict.
async fn send(
    run: &mut Run<'_>,
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
    run.deploying(Some(id.clone()));
    run.note_down(Entry::Job { wave: word(Wave::Deploy), id: id.to_string() })?;
    let result = wait(run, &id, changes).await;
    run.deploying(None);
    result
}

/// Packs what the changes make of the org's components.
pub(crate) fn bundle(
    desired: &Desired,
    state: &OrgState,
    changes: &[Change],
    version: ApiVersion,
) -> Result<Bundle, Failure> {
    let mut bundle = Bundle::new(version);
    if changes.iter().any(|change| matches!(change.item, Item::CallCenter | Item::CtiSettings)) {
        let call_center = desired.call_center.effective(state.call_center.as_ref());
        bundle.call_center(&CallCenterRecord::from(&call_center))?;
    }
    omni_sync::pack(&mut bundle, desired, state, changes)?;
    for settings in profiles(state, changes)? {
        bundle.profile(&settings)?;
    }
    for record in custom_metadata::files(state, changes)? {
        bundle.custom_metadata(&record)?;
    }
    Ok(bundle)
}

/// One file a profile, by the API name that the org itself gave: any other would be a new profile.
fn profiles(state: &OrgState, changes: &[Change]) -> Result<Vec<ProfileSettings>, Failure> {
    let mut by_profile: BTreeMap<String, ProfileSettings> = BTreeMap::new();
    for change in changes.iter().filter(|change| change.item == Item::TaskLayout) {
        let (Some((profile, record_type)), Some(Some(layout))) =
            (find_assignment(state, &change.subject), change.known_after())
        else {
            return Err(unresolved(change));
        };
        let Some(api_name) = &profile.api_name else { return Err(unresolved(change)) };
        by_profile.entry(api_name.clone()).or_default().assignments.push(LayoutAssignment {
            layout: format!("Task-{}", encode_name(layout)),
            record_type: record_type.map(|found| format!("Task.{}", found.api_name)),
        });
    }
    for change in changes.iter().filter(|change| change.subject.kind == SubjectKind::Profile) {
        let profile = state.profiles.iter().find(|found| found.label == change.subject.name);
        let api_name = profile.and_then(|profile| profile.api_name.clone());
        let Some(api_name) = api_name else { return Err(unresolved(change)) };
        omni_sync::add_access(by_profile.entry(api_name).or_default(), state, change);
    }
    Ok(by_profile
        .into_iter()
        .map(|(profile, settings)| ProfileSettings { profile, ..settings })
        .collect())
}

fn unresolved(change: &Change) -> Failure {
    Failure::new(
        Kind::Failed,
        format!(
            "The settings of the profile \"{}\" cannot be deployed: the org does not tell the \
             API name of the profile.",
            change.subject.name
        ),
    )
    .hint("Reading profiles by the Metadata API needs \"Modify Metadata Through Metadata API Functions\".")
}

/// After a lost answer: the deploy that the org began all the same. Only one that was not there
/// when the org was last looked at, and only when it is the only one, can be ours. Where nobody
/// looked for deploys before, none can be told from somebody else's.
async fn adopt(client: &Client, before: &OrgState) -> Result<Option<DeployId>, Failure> {
    let Some(known) = &before.running_deploys else { return Ok(None) };
    let running: Vec<metadata::RunningDeploy> =
        client.tooling().query(&running_deploys_query()).await?;
    let mut new = running.into_iter().filter(|deploy| !known.contains(&deploy.id.0));
    Ok(match (new.next(), new.next()) {
        (Some(only), None) => Some(only.id),
        _ => None,
    })
}

async fn wait(run: &Run<'_>, id: &DeployId, changes: &[Change]) -> Result<DeployResult, Failure> {
    let client = run.client();
    let items = items(changes);
    let look = || async {
        let result = client.metadata().deploy_status(id).await?;
        let (done, total) = (result.number_components_deployed, result.number_components_total);
        if !result.done && total > 0 {
            for item in &items {
                run.tell(&Event::Progress {
                    item: *item,
                    done: done.try_into().unwrap_or(usize::MAX),
                    total: total.try_into().unwrap_or(usize::MAX),
                });
            }
        }
        Ok::<_, Error>(result.done.then_some(result))
    };
    let waiting = |waited: crate::wire::Waiting| {
        for item in &items {
            run.tell(&Event::Waiting {
                item: *item,
                what: format!("deploy {id}"),
                elapsed_ms: waited.elapsed.as_millis().try_into().unwrap_or(u64::MAX),
            });
        }
    };
    match poll(&Schedule::deploy(), look, waiting).await {
        Ok(result) => Ok(result),
        Err(PollError::Look(error)) => Err(error.into()),
        Err(PollError::StillRunning { elapsed, .. }) => Err(Failure::new(
            Kind::Unreachable,
            format!("The deploy {id} is still running after {} minutes.", elapsed.as_secs() / 60),
        )
        .hint("Setup > Deployment Status shows it. Run this again when it has ended.")),
    }
}

/// Words of known component problems, and what to do about them.
const REMEDIES: &[(&str, &str)] = &[
    (
        "no Layout named",
        "The layout's full name is guessed from its namespace and name; compare with Setup > Object \
         Manager > Task > Page Layouts.",
    ),
    (
        "sortOrder invalid",
        "The definition was sent in the format of the Setup import, which no deploy takes: this is \
         a mistake in provision.",
    ),
    (
        "The name \"null\" is not valid",
        "An item of the definition has no name: check the definition file.",
    ),
    ("CANNOT_MODIFY_MANAGED_OBJECT", "The package does not let subscribers change this."),
    (
        "ServicePresenceStatus",
        "The class needs Omni-Channel: switch it on in Setup > Omni-Channel Settings, and see that \
         the presence statuses are in Setup > Presence Statuses.",
    ),
    (
        "est coverage",
        "Production orgs take Apex only with enough test coverage, and other local classes or a \
         trigger may be what lacks it: run Setup > Apex Test Execution, or deploy to a sandbox \
         first.",
    ),
    (
        "Test failure",
        "A test of the org failed, which keeps production orgs from taking Apex: run it in Setup > \
         Apex Test Execution and mend it.",
    ),
    (
        "is invalid and needs recompilation",
        "Other Apex of the org does not compile: Setup > Apex Classes > Compile all classes names it.",
    ),
];

/// A deploy that the org refused, in its own words: component, file, line.
fn failed(result: &DeployResult) -> Failure {
    let mut lines: Vec<String> = result.failures().map(ToString::to_string).collect();
    lines.extend(
        result
            .tests()
            .failures
            .iter()
            .map(|test| format!("Test failure in {}: {}", test_name(test), test.message)),
    );
    lines.extend(result.tests().coverage_warnings().map(|text| format!("Test coverage: {text}")));
    lines.extend(result.error_message.clone());
    let count = lines.len();
    let message = match lines.as_slice() {
        [] => format!("The deploy {} ended as {} and gives no reason.", result.id, result.status),
        [only] => format!("The deploy {} failed: {only}", result.id),
        _ => format!(
            "The deploy {} failed with {count} problems:\n  {}",
            result.id,
            lines.join("\n  ")
        ),
    };
    let mut failure = Failure::new(Kind::Failed, message.clone())
        .hint("The org has undone the whole deploy: nothing of it was kept.");
    for (words, remedy) in REMEDIES {
        if message.contains(words) {
            failure = failure.hint(*remedy);
        }
    }
    failure
}

/// `Class.method`, or the class alone where it could not be run at all.
fn test_name(test: &TestFailure) -> String {
    match (test.name.as_str(), test.method_name.as_str()) {
        (class, "") => class.to_owned(),
        (class, method) => format!("{class}.{method}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tests_and_coverage_are_told_in_the_orgs_words() {
        let result = json!({
            "id": "0AfA", "status": "Failed", "done": true, "success": false,
            "details": { "runTestResult": {
                "numTestsRun": 1,
                "failures": [{ "name": "OtherTest", "methodName": "works", "message": "System.AssertException: 1 <> 2" }],
                "codeCoverageWarnings": [{ "name": "sfdcOmniChannel", "message": "Test coverage of selected Apex Class is 0%, at least 75% test coverage is required" }],
            }},
        });
        let failure = failed(&serde_json::from_value(result).unwrap());
        assert!(
            failure
                .message
                .contains("Test failure in OtherTest.works: System.AssertException: 1 <> 2")
                && failure.message.contains("Test coverage: sfdcOmniChannel: Test coverage of"),
            "{}",
            failure.message
        );
        let hints = failure.hints.join("\n");
        assert!(hints.contains("undone the whole deploy"), "{hints}");
        assert!(hints.contains("enough test coverage") && hints.contains("mend it"), "{hints}");
    }
}
