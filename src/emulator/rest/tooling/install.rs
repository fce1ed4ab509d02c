//! `PackageInstallRequest`: asked for by create, watched by read or query.

use serde_json::{Map, Value};

use crate::emulator::ids::Id;
use crate::emulator::jobs;
use crate::emulator::org::Call;
use crate::emulator::schema::SObject;
use crate::emulator::world::refusal::Refusal;

/// Queues an install.
pub(super) fn create(
    call: &mut Call<'_>,
    object: &SObject,
    fields: &Map<String, Value>,
) -> Result<Id, Refusal> {
    for name in fields.keys().filter(|name| *name != "attributes") {
        let field = object
            .field(name)
            .ok_or_else(|| Refusal::no_column(&object.name, name))?;
        if !field.createable {
            return Err(Refusal::new(
                "INVALID_FIELD_FOR_INSERT_UPDATE",
                format!(
                    "Unable to create/update fields: {}. Please check the security settings of \
                     this field and verify that it is read/write for your profile or permission \
                     set.",
                    field.name
                ),
            )
            .about(&field.name));
        }
    }
    let time = call.org.settings().package_time;
    let guesses = call.org.settings().guesses;
    let (user, now) = (call.user.clone(), call.now);
    let id = call
        .org
        .world_mut()
        .request_install(&user, fields, time, now, guesses)?;
    jobs::advance(call.org, now);
    Ok(id)
}

/// A query that names an install by its id is a poll of that install, and says so.
pub(super) fn poll_by_query(call: &mut Call<'_>, text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    if !lower
        .split_whitespace()
        .any(|word| word == "packageinstallrequest")
    {
        return false;
    }
    let named: Vec<Id> = call
        .world()
        .jobs
        .installs
        .iter()
        .map(|job| job.id.clone())
        .filter(|id| text.contains(id.short()))
        .collect();
    for id in &named {
        jobs::poll_install(call.org, id, call.now);
    }
    !named.is_empty()
}
