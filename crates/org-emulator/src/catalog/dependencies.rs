//! What refers to what, and which Apex is scheduled, as queries see it.

use serde_json::json;

use super::row::row;
use crate::soql::catalog::Row;
use crate::world::World;

/// Types of components that the Dependency API does not look at.
const UNSEEN: [&str; 3] = ["ListView", "Report", "Dashboard"];

/// `MetadataComponentDependency`
pub(super) fn dependencies(world: &World) -> Vec<Row> {
    let all = world.dependencies().into_iter();
    let seen = all.filter(|it| !UNSEEN.contains(&it.from.kind.as_str()));
    seen.map(|it| {
        row(&json!({
            "MetadataComponentId": it.from.id,
            "MetadataComponentName": it.from.name,
            "MetadataComponentNamespace": it.from.namespace,
            "MetadataComponentType": it.from.kind,
            "RefMetadataComponentId": it.to.id,
            "RefMetadataComponentName": it.to.name,
            "RefMetadataComponentNamespace": it.to.namespace,
            "RefMetadataComponentType": it.to.kind,
        }))
    })
    .collect()
}

/// `AsyncApexJob`
pub(super) fn apex_jobs(world: &World) -> Vec<Row> {
    let jobs = world.scheduled_jobs.iter();
    jobs.map(|job| {
        row(&json!({
            "Id": job.id.as_kind("707"), "ApexClassId": job.apex_class_id,
            "JobType": "ScheduledApex", "Status": "Queued", "CronTriggerId": job.id,
        }))
    })
    .collect()
}

/// `CronTrigger`
pub(super) fn triggers(world: &World) -> Vec<Row> {
    let jobs = world.scheduled_jobs.iter();
    jobs.map(|job| {
        row(&json!({
            "Id": job.id, "CronJobDetailId": job.id.as_kind("08a"),
            "CronExpression": job.cron_expression, "State": "WAITING",
        }))
    })
    .collect()
}

/// `CronJobDetail`
pub(super) fn trigger_details(world: &World) -> Vec<Row> {
    let jobs = world.scheduled_jobs.iter();
    // Type 7: scheduled Apex.
    jobs.map(|job| row(&json!({"Id": job.id.as_kind("08a"), "Name": job.name, "JobType": "7"})))
        .collect()
}
