//! `SubscriberPackageVersionUninstallRequest`: asked for by create.

use serde_json::{Map, Value};

use super::install::check_createable;
use crate::ids::Id;
use crate::jobs;
use crate::org::Call;
use crate::schema::SObject;
use crate::world::refusal::Refusal;

/// Queues an uninstall.
pub(super) fn create(
    call: &mut Call<'_>,
    object: &SObject,
    fields: &Map<String, Value>,
) -> Result<Id, Refusal> {
    check_createable(object, fields)?;
    call.org.script.trouble.check_setup()?;
    let failure = call.org.script.trouble.uninstall_error();
    let (time, guesses) = (call.org.settings().package_time, call.org.settings().guesses);
    let (user, now) = (call.user.clone(), call.now);
    let id = call.org.world_mut().request_uninstall(&user, fields, time, now, guesses)?;
    if let Some(job) = call.org.world_mut().jobs.uninstalls.last_mut() {
        job.failure = failure;
    }
    jobs::advance(call.org, now);
    Ok(id)
}
