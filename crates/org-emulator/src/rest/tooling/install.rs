//! `PackageInstallRequest`: asked for by create.

use serde_json::{Map, Value};

use crate::ids::Id;
use crate::jobs;
use crate::org::Call;
use crate::schema::SObject;
use crate::world::refusal::Refusal;

/// Queues an install.
pub(super) fn create(
    call: &mut Call<'_>,
    object: &SObject,
    fields: &Map<String, Value>,
) -> Result<Id, Refusal> {
    check_createable(object, fields)?;
    call.org.script.trouble.check_setup()?;
    let failure = call.org.script.trouble.install_error();
    let time = call.org.settings().package_time;
    let guesses = call.org.settings().guesses;
    let (user, now) = (call.user.clone(), call.now);
    let id = call.org.world_mut().request_install(&user, fields, time, now, guesses)?;
    if let Some(job) = call.org.world_mut().jobs.installs.last_mut() {
        job.failure = failure;
    }
    jobs::advance(call.org, now);
    Ok(id)
}

/// Refuses fields that the object lacks, or that only the org itself writes.
pub(super) fn check_createable(
    object: &SObject,
    fields: &Map<String, Value>,
) -> Result<(), Refusal> {
    for name in fields.keys().filter(|name| *name != "attributes") {
        let field = object.field(name).ok_or_else(|| Refusal::no_column(&object.name, name))?;
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
    Ok(())
}
