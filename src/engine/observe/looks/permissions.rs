//! What the calling user may do.

use salesforce_client::Soql;
use salesforce_client::soql::Name;
use serde_json::Value;

use super::Fetch;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::engine::trouble;
use crate::failure::Failure;
use crate::model::{Observed, Permission};

/// They are asked for in groups, named by this and a number.
const PREFIX: &str = "permissions:";

pub(super) struct CallersPermissions;

impl Fetch for CallersPermissions {
    /// One row, which the org makes up for whoever asks. A query that names a field which the org
    /// lacks is refused as a whole, so that those which depend on what an org has are asked for one
    /// by one.
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        const OF_FEATURES: [Permission; 3] =
            [Permission::InstallPackages, Permission::ManageCallCenters, Permission::AuthorApex];
        let everywhere: Vec<Permission> =
            Permission::ALL.into_iter().filter(|each| !OF_FEATURES.contains(each)).collect();
        let groups = std::iter::once(everywhere).chain(OF_FEATURES.map(|each| vec![each]));
        for (number, group) in groups.enumerate() {
            let fields: Vec<Name> =
                group.iter().filter_map(|permission| Name::parse(permission.field())).collect();
            let soql = Soql::new("SELECT ").names(&fields).text(" FROM UserPermissionAccess");
            let name = format!("{PREFIX}{number}");
            burst.query(name, soql);
        }
    }

    /// An org that does not tell keeps nobody from anything.
    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let mut known = Vec::new();
        let mut words = None;
        for name in answers.data().names().filter(|name| name.starts_with(PREFIX)) {
            match answers.refusal(name) {
                // What is no answer tells of no permission.
                None => known.extend(read(&answers.data().value(name).unwrap_or_default())),
                Some(error) => words = words.or_else(|| Some(trouble::gist(error))),
            }
        }
        if !known.is_empty() {
            taking.state.permissions = Observed::Seen(known.into_iter().collect());
        } else if let Some(words) = words {
            taking.state.permissions = Observed::refused(words);
        }
        Ok(())
    }
}

/// The caller's row, as far as it was asked for.
fn read(answer: &Value) -> Vec<(Permission, bool)> {
    let row = answer.pointer("/records/0");
    Permission::ALL
        .into_iter()
        .filter_map(|permission| Some((permission, row?.get(permission.field())?.as_bool()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn permissions_that_an_org_lacks_are_not_known() {
        let answer = json!({"records": [{
            "PermissionsManageUsers": true,
            "PermissionsAuthorApex": false,
            "PermissionsModifyMetadata": null,
        }]});
        let known = read(&answer);
        assert_eq!(known, [(Permission::ManageUsers, true), (Permission::AuthorApex, false)]);
        assert_eq!(read(&json!({"records": []})), []);
    }
}
