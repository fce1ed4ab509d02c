//! `DeployResult`: one value, in the WSDL's order, for SOAP and REST alike.

use serde_json::{Map, Value, json};

use crate::clock::soap_time;
use crate::world::World;
use crate::world::jobs::{DeployJob, DeployStatus};

/// The result of a deploy, as far as it is.
pub(crate) fn of(world: &World, job: &DeployJob, include_details: bool) -> Value {
    let outcome = job.outcome.as_ref();
    let count = |of: fn(&crate::world::jobs::DeployOutcome) -> u32| outcome.map_or(0, of);
    let detail = |name: &str| outcome.and_then(|outcome| outcome.details.get(name));
    let author = world.user(&job.created_by).map(crate::world::people::User::name);
    let canceled = job.status == DeployStatus::Canceled;
    let last = job.finished.or(job.timer.started()).unwrap_or(job.created);
    let mut result = json!({
        "canceledBy": canceled.then(|| job.created_by.as_str()),
        "canceledByName": author.as_ref().filter(|_| canceled),
        "checkOnly": job.option("checkOnly"),
        "completedDate": job.finished.map(soap_time),
        "createdBy": job.created_by.as_str(),
        "createdByName": author.clone().unwrap_or_default(),
        "createdDate": soap_time(job.created),
        "details": details(outcome.map(|outcome| &outcome.details), include_details),
        "done": job.status.is_final(),
        "errorMessage": detail("errorMessage"),
        "errorStatusCode": detail("errorStatusCode"),
        "id": job.id.as_str(),
        "ignoreWarnings": job.option("ignoreWarnings"),
        "lastModifiedDate": soap_time(last),
        "numberComponentErrors": count(|outcome| outcome.component_errors),
        "numberComponentsDeployed": count(|outcome| outcome.components_deployed),
        "numberComponentsTotal": count(|outcome| outcome.components_total),
        "numberFiles": detail("numberFiles"),
        "numberTestErrors": count(|outcome| outcome.test_errors),
        "numberTestsCompleted": count(|outcome| outcome.tests_completed),
        "numberTestsTotal": count(|outcome| outcome.tests_total),
        "rollbackOnError": job.option("rollbackOnError"),
        "runTestsEnabled": job.runs_tests(),
        "startDate": job.timer.started().map(soap_time),
        "status": job.status.name(),
        "success": matches!(job.status, DeployStatus::Succeeded | DeployStatus::SucceededPartial),
        "zipSize": detail("zipSize"),
    });
    if let Some(fields) = result.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    result
}

/// Messages and test results; both are empty before the deploy has run.
fn details(known: Option<&Value>, wanted: bool) -> Value {
    let mut details = Map::new();
    if wanted {
        for (name, empty) in [
            ("componentFailures", json!([])),
            ("componentSuccesses", json!([])),
            ("runTestResult", json!({"numFailures": 0, "numTestsRun": 0, "totalTime": 0.0})),
        ] {
            let value = known.and_then(|known| known.get(name)).cloned();
            details.insert(name.to_owned(), value.unwrap_or(empty));
        }
    }
    Value::Object(details)
}
