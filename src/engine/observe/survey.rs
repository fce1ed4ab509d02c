//! A look at an org without a configuration: whatever of the connector may be in it.

use std::collections::BTreeSet;

use salesforce_client::soql::quote;
use salesforce_client::{Batch, Client, Composite, Soql, packages};

use super::queries::{
    ASSIGNMENTS, CALL_CENTERS, LAYOUTS, ORGANIZATION, PERMISSION_SETS, PROFILES, RECORD_TYPES,
    SET_ASSIGNMENT, STATUSES, USER, name, omni_sync,
};
use super::{Sight, convert, regional};
use crate::failure::Failure;
use crate::model::{CallCenter, OrgState, PermissionSetAssignment, ProfileId, Recipe, User};

use super::access_rows::SetAssignmentRow;
use super::rows::UserRow;

/// Names of answers that only a survey asks for.
pub(super) const OWN_ASSIGNMENTS: &str = "own_assignments";
/// Outsiders are asked for profile by profile, named by this and a number.
const OUTSIDERS: &str = "outsiders:";

/// Looks at everything at once: four requests, and a fifth that reads the custom metadata which the
/// fourth has listed.
pub(in crate::engine) async fn survey(
    client: &Client,
    recipe: &Recipe,
) -> Result<Option<OrgState>, Failure> {
    let (data, tooling) = (data(recipe), tooling());
    let (data, tooling, softphone, records) = tokio::join!(
        client.batch(&data),
        async { client.tooling().composite(&tooling).await },
        client.softphone_layout(),
        regional::read(client.metadata(), &recipe.namespace),
    );
    let mut sight = Sight::default();
    let answers = data?;
    sight.take_data(&answers, client.session().instance_url.as_str())?;
    take_own_assignments(&mut sight, answers.records(OWN_ASSIGNMENTS)?);
    sight.take_tooling(&tooling?)?;
    sight.softphone = convert::softphone(softphone)?;
    regional::take_everything(&mut sight.custom_metadata, records?);
    Ok(sight.state())
}

/// Takes in who has the connector's own permission sets without being in a call center.
pub(super) fn take_own_assignments(sight: &mut Sight, own: Vec<SetAssignmentRow>) {
    let known: BTreeSet<String> =
        sight.permission_set_assignments.iter().map(|given| given.id.clone()).collect();
    let own = own.into_iter().map(PermissionSetAssignment::from);
    sight.permission_set_assignments.extend(own.filter(|given| !known.contains(&given.id)));
}

pub(super) fn data(recipe: &Recipe) -> Batch {
    let own = recipe.omni_sync.as_ref().map_or("", |omni| omni.permission_set.as_str());
    let batch = Batch::new()
        .query(name::ORGANIZATION, Soql::new(ORGANIZATION))
        .query(name::CALL_CENTERS, Soql::new(CALL_CENTERS))
        .query(name::PROFILES, Soql::new(PROFILES))
        .query(name::RECORD_TYPES, Soql::new(RECORD_TYPES))
        .query(name::MEMBERS, Soql::new(USER).text("CallCenterId != null"))
        .query(name::STATUSES, Soql::new(STATUSES))
        .query(name::PERMISSION_SETS, Soql::new(PERMISSION_SETS))
        .query(
            name::SET_ASSIGNMENTS,
            Soql::new(SET_ASSIGNMENT).text(
                "PermissionSet.IsOwnedByProfile = false \
                 AND AssigneeId IN (SELECT Id FROM User WHERE CallCenterId != null)",
            ),
        )
        // Who has them without being in a call center.
        .query(
            OWN_ASSIGNMENTS,
            Soql::new(SET_ASSIGNMENT)
                .text("PermissionSet.Name = ")
                .value(&quote(own))
                .text(" OR PermissionSet.NamespacePrefix = ")
                .value(&quote(&recipe.namespace)),
        );
    omni_sync(batch, recipe)
}

pub(super) fn tooling() -> Composite {
    Composite::new()
        .query(name::PACKAGES, packages::installed_query())
        .query(name::LAYOUTS, Soql::new(LAYOUTS))
        .query(name::ASSIGNMENTS, Soql::new(ASSIGNMENTS))
        .query(name::INSTALLS, packages::recent_installs_query())
}

/// Looks closer, for whoever wants to write down what is there: the values of one call center, the
/// profiles' API names, and of each profile one active user who is not in that call center, where
/// there is such a user.
pub(in crate::engine) async fn look_closer(
    client: &Client,
    state: &mut OrgState,
    call_center: &str,
    profiles: &[ProfileId],
) -> Result<(), Failure> {
    let row = state.call_centers.iter().find(|row| row.internal_name == call_center);
    let outsiders = row.map(|row| outsiders(row.id.as_str(), profiles));
    let metadata = client.metadata();
    let names = [call_center];
    let (found, names, outsiders) =
        tokio::join!(metadata.read_call_centers(&names), metadata.list("Profile"), async {
            match &outsiders {
                Some(batch) if !batch.is_empty() => client.batch(batch).await.map(Some),
                _ => Ok(None),
            }
        },);
    state.call_center = found?.into_iter().map(CallCenter::from).next();
    let names = convert::profile_names(names?);
    for profile in &mut state.profiles {
        profile.api_name = names.get(profile.id.short()).cloned();
    }
    state.profile_names_known = true;
    let Some(answers) = outsiders? else { return Ok(()) };
    for number in 0..profiles.len() {
        let found: Vec<UserRow> = answers.records(&format!("{OUTSIDERS}{number}"))?;
        for user in found.into_iter().map(User::from) {
            if !state.users.iter().any(|known| known.id == user.id) {
                state.users.push(user);
            }
        }
    }
    Ok(())
}

/// One is enough to know that a profile does not choose exactly the members.
fn outsiders(call_center: &str, profiles: &[ProfileId]) -> Batch {
    profiles.iter().enumerate().fold(Batch::new(), |batch, (number, profile)| {
        let soql = Soql::new(USER)
            .text("IsActive = true AND ProfileId = ")
            .value(&quote(profile.as_str()))
            .text(" AND CallCenterId != ")
            .value(&quote(call_center))
            .text(" LIMIT 1");
        batch.query(format!("{OUTSIDERS}{number}"), soql)
    })
}
