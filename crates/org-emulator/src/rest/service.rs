//! Versions, resources and limits.

use serde_json::{Map, Value, json};

use crate::answer::Reply;
use crate::org::Call;
use crate::world::access::Act;
use crate::world::refusal::Refusal;

/// The oldest version that is not retired.
const OLDEST: u32 = 31;
/// The newest version.
const NEWEST: u32 = 68;

/// Whether this API version exists; an error is the status of one that no longer does.
pub(crate) fn is_supported(version: &str) -> Result<(), u16> {
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if (OLDEST..=NEWEST).contains(&major) => Ok(()),
        Some(major) if (1..OLDEST).contains(&major) => Err(410),
        _ => Err(404),
    }
}

/// `GET /services/data`
pub(crate) fn versions() -> Value {
    (OLDEST..=NEWEST)
        .map(|version| {
            // Version 32 was Winter '15, and three follow each year.
            let (season, year) = match version {
                31 => ("Summer", 14),
                _ => (
                    ["Winter", "Spring", "Summer"][(version as usize - 32) % 3],
                    15 + (version - 32) / 3,
                ),
            };
            json!({
                "label": format!("{season} '{year}"),
                "url": format!("/services/data/v{version}.0"),
                "version": format!("{version}.0"),
            })
        })
        .collect()
}

/// `GET /services/data/vXX.X`
pub(super) fn resources(call: &Call<'_>) -> Reply {
    let base = format!("/services/data/v{}", call.version);
    let names = ["composite", "limits", "metadata", "query", "queryAll", "sobjects", "tooling"];
    let mut resources: Map<String, Value> =
        names.into_iter().map(|name| (name.to_owned(), format!("{base}/{name}").into())).collect();
    let url = &call.org.settings().url;
    let identity = format!("{url}/id/{}/{}", call.world().organization.id, call.user);
    resources.insert("identity".to_owned(), identity.into());
    Reply::ok(resources.into())
}

/// `GET /services/data/vXX.X/limits`
pub(super) fn limits(call: &Call<'_>) -> Result<Reply, Refusal> {
    if !call.may(Act::ViewSetup) {
        return Err(Refusal::new("API_DISABLED_FOR_ORG", "limits resource is not enabled"));
    }
    let features = &call.world().features;
    let max = features.daily_api_requests;
    // This request counts too, as the header of its own answer says.
    let used = call.org.api_used + 1;
    let storage = features.data_storage;
    let whole = |max: u64| json!({"Max": max, "Remaining": max});
    Ok(Reply::ok(json!({
        "DailyApiRequests": {"Max": max, "Remaining": max.saturating_sub(used)},
        "DailyAsyncApexExecutions": whole(250_000),
        "DailyBulkV2QueryJobs": whole(10_000),
        "DataStorageMB": {
            "Max": storage, "Remaining": features.data_storage_remaining.min(storage),
        },
        "FileStorageMB": whole(10_240),
    })))
}
