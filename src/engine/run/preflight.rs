//! What must be given before anything is changed: permissions, and calls of the daily allowance.

use super::Run;
use crate::checklist::{Plan, calls_needed, how_to_give_permission, missing_permissions};
use crate::engine::Goal;
use crate::engine::event::Event;
use crate::failure::{Failure, Kind};
use crate::model::{Permission, Permissions, Told};
use crate::wire::LimitInfo;

/// The command that tells more.
const DOCTOR: &str =
    "To see everything that stands in the way in one table, run `provision doctor`.";

impl Run<'_> {
    /// Refuses a plan that cannot be carried out, or warns of it where nothing is to be changed.
    pub(super) fn preflight(&self, plan: &Plan) -> Result<(), Failure> {
        for failure in self.unmet(plan)? {
            if self.request.goal == Goal::Apply {
                return Err(failure);
            }
            self.tell(&Event::Note { warning: true, text: failure.message });
        }
        Ok(())
    }

    /// What is not given of what a plan needs.
    pub(super) fn unmet(&self, plan: &Plan) -> Result<Vec<Failure>, Failure> {
        let missing = missing_permissions(plan, &self.state()?);
        let limit = self.client().transport().counters().limit();
        let calls = limit.and_then(|limit| too_few_calls(plan, limit));
        Ok(lacking(&missing).into_iter().chain(calls).collect())
    }

    /// A refusal of the first look, with the permissions that are known to be missing by then.
    pub(super) fn explained(&self, failure: Failure) -> Failure {
        let Told::This(permissions) = &self.observer.sight.permissions else { return failure };
        if failure.kind != Kind::Refused {
            return failure;
        }
        let looking = [
            Permission::ViewSetup,
            Permission::CustomizeApplication,
            Permission::ModifyMetadata,
            Permission::ManageCallCenters,
        ];
        let missing = lacked(permissions, &looking);
        match lacking(&missing) {
            Some(lacking) => {
                Failure { message: format!("{} {}", failure.message, lacking.message), ..lacking }
            }
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
    let failure = Failure::refused(message);
    let failure = missing
        .iter()
        .fold(failure, |failure, permission| failure.hint(how_to_give_permission(*permission)));
    Some(failure.hint(DOCTOR))
}

/// Too little is left of the daily allowance: waiting helps, half a job does not.
fn too_few_calls(plan: &Plan, limit: LimitInfo) -> Option<Failure> {
    let needed = calls_needed(plan);
    (limit.left() < needed).then(|| {
        Failure::new(
            Kind::Unreachable,
            format!(
                "Too few API calls are left in this org: {} of {} for 24 hours, and these changes \
                 may take {needed}.",
                limit.left(),
                limit.max
            ),
        )
        .hint(
            "Run this again later: calls come back as the last 24 hours move on. Setup > Company \
             Information shows how many are used.",
        )
        .hint(DOCTOR)
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
            assert!(failure.message.contains(part), "{}", failure.message);
        }
        assert_eq!(failure.hints.len(), 3);
        assert!(lacking(&[]).is_none());
    }
}
