//! What must be given before anything is changed: permissions, and calls of the daily allowance.

use salesforce_client::wire::LimitInfo;

use super::OrgRun;
use crate::checklist::{
    Change, Note, Plan, PlannedItem, calls_needed, how_to_give_permission, missing_permissions,
};
use crate::engine::Goal;
use crate::engine::trouble::see_doctor;
use crate::failure::{Failure, Kind};
use crate::model::{Permission, Permissions};

/// What looking at an org takes.
const LOOKING: [Permission; 4] = [
    Permission::ViewSetup,
    Permission::CustomizeApplication,
    Permission::ModifyMetadata,
    Permission::ManageCallCenters,
];

impl OrgRun<'_> {
    /// Refuses a plan that cannot be carried out.
    pub(super) fn preflight(&self, plan: &Plan) -> Result<(), Failure> {
        let state = self.state()?;
        let mut missing = missing_permissions(plan, &state);
        // Where an item cannot see for want of a permission, giving it comes first.
        if let Some(permissions) = state.permissions.seen().filter(|_| plan.is_held()) {
            missing.extend(lacked(permissions, &LOOKING));
            missing.sort_unstable();
            missing.dedup();
        }
        match lacking(&missing).or_else(|| self.too_few_calls(plan)) {
            Some(failure) if self.request.goal == Goal::Apply => Err(failure),
            _ => Ok(()),
        }
    }

    /// Says in a plan that is only shown what would be refused.
    pub(super) fn warn_of_preflight(&self, plan: &mut Plan) -> Result<(), Failure> {
        if self.request.goal != Goal::Plan {
            return Ok(());
        }
        let missing = missing_permissions(plan, &*self.state()?);
        let each = missing.iter().filter_map(|permission| lacking(&[*permission]));
        let failures: Vec<Failure> = each.chain(self.too_few_calls(plan)).collect();
        let changes =
            |planned: &&mut PlannedItem| planned.verdict.changes.iter().any(Change::is_ours);
        if let Some(first) = plan.items.iter_mut().find(changes) {
            first.verdict.notes.extend(failures.into_iter().map(|failure| {
                Note::warning(format!("{} `apply` would refuse.", failure.message()))
            }));
        }
        Ok(())
    }

    /// Too little is left of the daily allowance: waiting helps, half a job does not.
    fn too_few_calls(&self, plan: &Plan) -> Option<Failure> {
        too_few_calls(plan, self.client().transport().counters().limit()?)
    }

    /// A refusal of the first look, with the permissions that are known to be missing by then.
    pub(super) fn explained(&self, failure: Failure) -> Failure {
        let seen = self.observer.state().and_then(|state| state.permissions.seen());
        let Some(permissions) = seen else { return failure };
        if failure.kind != Kind::Refused {
            return failure;
        }
        let missing = lacked(permissions, &LOOKING);
        match lacking(&missing) {
            Some(lacking) => lacking.after(failure.message()),
            None => failure,
        }
    }
}

fn lacked(permissions: &Permissions, of: &[Permission]) -> Vec<Permission> {
    of.iter().copied().filter(|each| permissions.has(*each) == Some(false)).collect()
}

/// Every missing permission by its label, what it is for, and how it is given.
fn lacking(missing: &[Permission]) -> Option<Failure> {
    let named = |permission: &Permission| {
        format!("\"{}\" (for {})", permission.label(), permission.purpose())
    };
    let message = match missing {
        [] => return None,
        [only] => format!("The calling user lacks the permission {}.", named(only)),
        many => {
            let lines: Vec<String> = many.iter().map(named).collect();
            format!(
                "The calling user lacks {} permissions:\n  - {}",
                many.len(),
                lines.join("\n  - ")
            )
        }
    };
    let how = match missing {
        [only] => how_to_give_permission(*only),
        _ => "Tick them in a permission set that the user has (Setup > Permission Sets > System \
              Permissions), or in the user's profile (Setup > Profiles)."
            .to_owned(),
    };
    let failure = Failure::refused(message).hint(how);
    Some(failure.hint(see_doctor()))
}

fn too_few_calls(plan: &Plan, limit: LimitInfo) -> Option<Failure> {
    let needed = calls_needed(plan);
    (limit.left() < needed).then(|| {
        Failure::new(
            Kind::Unreachable,
            format!(
                "This org has too few API calls left: {} of {} for the last 24 hours, and these \
                changes may need {needed}.",
                limit.left(),
                limit.max
            ),
        )
        .hint(
            "Run this again later: the limit covers the last 24 hours. Setup > Company \
            Information shows the current usage.",
        )
        .hint(see_doctor())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_missing_permission_is_named_with_its_purpose_and_remedy() {
        let failure = lacking(&[Permission::ManageUsers, Permission::AuthorApex]).unwrap();
        assert_eq!(failure.kind, Kind::Refused);
        for part in
            ["2 permissions", "\"Manage Users\" (for the call center's users)", "Author Apex"]
        {
            assert!(failure.message().contains(part), "{}", failure.message());
        }
        assert!(failure.advice()[0].contains("Setup > Permission Sets"), "{:?}", failure.advice());
        assert_eq!(failure.steps().last(), Some(&&see_doctor()));
        assert!(lacking(&[]).is_none());
    }
}
