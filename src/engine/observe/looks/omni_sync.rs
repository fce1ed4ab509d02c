//! What state sync needs: the classes that the connector calls, and who may use them and the
//! presence statuses. Nothing where the generation of the connector has no state sync.

use salesforce_client::Soql;
use salesforce_client::soql::{in_list, quote};
use serde::Deserialize;

use super::{Fetch, short};
use crate::engine::observe::burst::ReadRefusals;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{Access, ApexClass, Granted, Holder, Observed, OmniState, ProfileId};

const CLASSES: &str = "classes";
const CLASS_ACCESS: &str = "class_access";
const STATUS_ACCESS: &str = "status_access";

pub(super) struct OmniSync;

impl Fetch for OmniSync {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        const ACCESS: &str = "SELECT Parent.Name, Parent.NamespacePrefix, Parent.ProfileId, \
                              SetupEntityId FROM SetupEntityAccess WHERE SetupEntityId IN ";
        let Some(omni) = inquiry.recipe.and_then(|recipe| recipe.omni_sync.as_ref()) else {
            return;
        };
        let Some(classes) = in_list([&omni.class.name, &omni.test.name]) else { return };
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
                .value(&quote(&omni.class.name))
                .text(")"),
        );
        // By the statuses' ids: the documented values of SetupEntityType leave them out.
        burst.read_refusals(STATUS_ACCESS, ReadRefusals::IfMissing);
        burst
            .query(STATUS_ACCESS, Soql::new(ACCESS).text("(SELECT Id FROM ServicePresenceStatus)"));
    }

    /// Statuses were seen before: their labels are known by now.
    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let classes = match answers.rows::<ClassRow>(CLASSES)? {
            Observed::Seen(classes) => classes,
            Observed::Unasked => return Ok(()),
            Observed::Refused(refused) => {
                taking.state.omni = Observed::Refused(refused);
                return Ok(());
            }
        };
        let mut access = Vec::new();
        for row in answers.rows::<AccessRow>(CLASS_ACCESS)?.take_seen() {
            let class =
                classes.iter().find(|class| short(&class.id) == short(&row.setup_entity_id));
            if let (Some(holder), Some(class)) = (row.holder(), class) {
                access.push(Access { holder, to: Granted::ApexClass(class.name.clone()) });
            }
        }
        let statuses = match answers.refusal(STATUS_ACCESS) {
            // Without Omni-Channel there are no statuses to ask about.
            Some(error) if error.is_missing() => Vec::new(),
            _ => answers.rows::<AccessRow>(STATUS_ACCESS)?.take_seen(),
        };
        for row in statuses {
            let label = taking.status_labels.get(&short(&row.setup_entity_id));
            if let (Some(holder), Some(label)) = (row.holder(), label) {
                access.push(Access { holder, to: Granted::PresenceStatus(label.clone()) });
            }
        }
        let classes = classes.into_iter().map(Into::into).collect();
        taking.state.omni = Observed::Seen(OmniState { classes, access });
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ClassRow {
    id: String,
    name: String,
    status: Option<String>,
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
    parent: Option<ParentRow>,
    setup_entity_id: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ParentRow {
    name: String,
    namespace_prefix: Option<String>,
    profile_id: Option<ProfileId>,
}

impl AccessRow {
    /// Who has the access; a profile has it by the permission set that it owns.
    fn holder(&self) -> Option<Holder> {
        let parent = self.parent.as_ref()?;
        Some(match (&parent.profile_id, &parent.namespace_prefix) {
            (Some(profile), _) => Holder::Profile(profile.clone()),
            (None, Some(namespace)) => {
                Holder::PermissionSet(format!("{namespace}__{}", parent.name))
            }
            (None, None) => Holder::PermissionSet(parent.name.clone()),
        })
    }
}
