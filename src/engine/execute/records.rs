//! The wave of records: users, then permission sets.

use super::{Carried, permission_sets, users};
use crate::checklist::Change;
use crate::engine::org_run::OrgRun;
use crate::failure::Failure;
use crate::model::Target;

/// Carries out what concerns users, and then who has which permission set.
pub(super) async fn carry_out(
    run: &mut OrgRun<'_>,
    changes: &[Change],
) -> Result<Carried, Failure> {
    let (assigned, given): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|change| matches!(change.target(), Target::UserCallCenter(_)));
    let mut carried = Carried { seen: true, ..Carried::default() };
    if !assigned.is_empty() {
        carried.and(users::assign(run, &assigned).await?);
    }
    if !given.is_empty() && carried.failure.is_none() {
        match permission_sets::assign(run, &given).await {
            Ok(more) => carried.and(more),
            // What concerns users was done before, and is told.
            Err(failure) => carried.failure = Some(failure),
        }
    }
    Ok(carried)
}
