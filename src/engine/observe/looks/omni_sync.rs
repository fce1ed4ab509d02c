//! What state sync needs: the classes that the connector calls, and who may use them and the
//! presence statuses.

use salesforce_client::soql::{in_list, quote};
use salesforce_client::{ApiError, Soql};
use serde::Deserialize;

use super::{Fetch, presence_statuses, present, short};
use crate::engine::observe::answers::id_list;
use crate::engine::observe::burst::Place;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{
    Access, ApexClass, Granted, Holder, Look, Observed, OmniCode, OmniState, OrgState, ProfileId,
};

const CLASSES: &str = "classes";
const CLASS_ACCESS: &str = "class_access";
const STATUS_ACCESS: &str = "status_access";

const ACCESS: &str = "SELECT Parent.Name, Parent.NamespacePrefix, Parent.ProfileId, SetupEntityId \
                      FROM SetupEntityAccess WHERE SetupEntityId IN ";

pub(super) struct OmniSync;

impl Fetch for OmniSync {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, seen: &Observation, burst: &mut Burst<'a>) {
        let Some(recipe) = inquiry.recipe else { return };
        if let Some(code) = &recipe.omni_sync.code {
            ask_of_class(code, burst);
        }
        // By the statuses' ids: the documented values of SetupEntityType leave them out.
        burst
            .query(STATUS_ACCESS, Soql::new(ACCESS).text("(SELECT Id FROM ServicePresenceStatus)"));
        // A look midway may ask for the access alone: the statuses are known from an earlier one.
        let were_seen = seen.state().is_some_and(|it| it.presence_statuses.is_seen());
        let known = if were_seen { id_list(seen.status_ids()) } else { None };
        burst.or_plainer(STATUS_ACCESS, Place::Data, |answers| {
            let earlier = || Some(Soql::new(ACCESS).value(&known?));
            by_ids(answers, presence_statuses::NAME).or_else(earlier)
        });
    }

    /// Statuses were seen before: their labels are known by now.
    fn take(
        &self,
        inquiry: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let statuses = match answers.refusal(STATUS_ACCESS) {
            // Without Omni-Channel there are no statuses to ask about.
            Some(error) if error.is_missing() && lacks_statuses(answers, taking.state) => {
                Observed::Seen(Vec::new())
            }
            _ => answers.rows::<AccessRow>(STATUS_ACCESS)?,
        };
        let calls = inquiry.recipe.is_some_and(|recipe| recipe.omni_sync.code.is_some());
        let found = if calls {
            answers.rows::<ClassRow>(CLASSES)?.and(answers.rows::<AccessRow>(CLASS_ACCESS)?)
        } else {
            Observed::Seen((Vec::new(), Vec::new()))
        };
        let found = found.and(statuses);
        let ((classes, class_access), statuses) = match found {
            Observed::Seen(found) => found,
            Observed::Unasked => return Ok(()),
            Observed::Refused(refused) => {
                taking.state.omni = Observed::Refused(refused);
                return Ok(());
            }
        };
        let mut access = Vec::new();
        for row in class_access {
            let class =
                classes.iter().find(|class| short(&class.id) == short(&row.setup_entity_id));
            if let (Some(holder), Some(class)) = (row.holder(), class) {
                access.push(Access { holder, to: Granted::ApexClass(class.name.clone()) });
            }
        }
        for row in statuses {
            let name = taking.status_names.get(&short(&row.setup_entity_id));
            if let (Some(holder), Some(name)) = (row.holder(), name) {
                access.push(Access { holder, to: Granted::PresenceStatus(name.clone()) });
            }
        }
        let classes = classes.into_iter().map(Into::into).collect();
        taking.state.omni = Observed::Seen(OmniState { classes, access });
        Ok(())
    }
}

/// Whether the org knows no presence statuses at all, by this look or an earlier one.
fn lacks_statuses(answers: &Answers<'_>, state: &OrgState) -> bool {
    answers.refusal(presence_statuses::NAME).is_some_and(ApiError::is_missing)
        || state.refusal(Look::PresenceStatuses).is_some_and(|refused| refused.missing)
}

/// The classes that the connector calls, and who may use the one that is called.
fn ask_of_class(code: &OmniCode, burst: &mut Burst<'_>) {
    let Some(classes) = in_list([&code.class.name, &code.test.name]) else { return };
    burst.query(
        CLASSES,
        Soql::new(
            "SELECT Id, Name, Status, Body FROM ApexClass \
             WHERE NamespacePrefix = null AND Name IN ",
        )
        .value(&classes),
    );
    burst.query(
        CLASS_ACCESS,
        Soql::new(ACCESS)
            .text("(SELECT Id FROM ApexClass WHERE NamespacePrefix = null AND Name = ")
            .value(&quote(&code.class.name))
            .text(")"),
    );
    burst.or_plainer(CLASS_ACCESS, Place::Data, |answers| by_ids(answers, CLASSES));
}

/// Who has access to what another query has found, by ids instead of a semi-join.
fn by_ids(answers: &Answers<'_>, found_by: &str) -> Option<Soql> {
    Some(Soql::new(ACCESS).value(&answers.ids(found_by)?))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ClassRow {
    id: String,
    name: String,
    #[serde(deserialize_with = "present")]
    status: Option<String>,
    #[serde(deserialize_with = "present")]
    body: Option<String>,
}

impl From<ClassRow> for ApexClass {
    fn from(row: ClassRow) -> Self {
        Self {
            name: row.name,
            status: row.status.unwrap_or_else(|| "Active".to_owned()),
            body: row.body.unwrap_or_default(),
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AccessRow {
    #[serde(deserialize_with = "present")]
    parent: Option<ParentRow>,
    setup_entity_id: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ParentRow {
    name: String,
    #[serde(deserialize_with = "present")]
    namespace_prefix: Option<String>,
    #[serde(deserialize_with = "present")]
    profile_id: Option<ProfileId>,
}

impl AccessRow {
    /// Who has the access; a profile has it by the permission set that it owns.
    fn holder(&self) -> Option<Holder> {
        let parent = self.parent.as_ref()?;
        Some(match (&parent.profile_id, &parent.namespace_prefix) {
            (Some(profile), _) => Holder::Profile(*profile),
            (None, Some(namespace)) => {
                Holder::PermissionSet(format!("{namespace}__{}", parent.name))
            }
            (None, None) => Holder::PermissionSet(parent.name.clone()),
        })
    }
}
