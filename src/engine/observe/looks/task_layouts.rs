//! Page layouts of Task, and who uses them.

use salesforce_client::Soql;
use serde::Deserialize;

use super::{Fetch, all, present};
use crate::engine::observe::burst::Place;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{Layout, LayoutAssignment, LayoutId, LayoutName, ProfileId, RecordTypeId};

const LAYOUTS: &str = "layouts";
const ASSIGNMENTS: &str = "assignments";

pub(super) struct Layouts;

impl Fetch for Layouts {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.setup(
            LAYOUTS,
            Soql::new(
                "SELECT Id, Name, NamespacePrefix FROM Layout \
                 WHERE TableEnumOrId = 'Task' AND LayoutType = 'Standard'",
            ),
        );
        burst.or_plainer(LAYOUTS, Place::Setup, |_| {
            Some(Soql::new(
                "SELECT Id, Name, NamespacePrefix, LayoutType FROM Layout \
                 WHERE TableEnumOrId = 'Task'",
            ))
        });
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let found = answers.setup_rows_of_every_org::<LayoutRow>(LAYOUTS)?;
        taking.state.layouts = found.map(|mut rows| {
            rows.retain(|row| row.layout_type.as_deref().is_none_or(|it| it == "Standard"));
            all(rows)
        });
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LayoutRow {
    id: LayoutId,
    name: String,
    #[serde(deserialize_with = "present")]
    namespace_prefix: Option<String>,
    /// Only in the plainer form.
    layout_type: Option<String>,
}

impl From<LayoutRow> for Layout {
    fn from(row: LayoutRow) -> Self {
        Self { id: row.id, name: LayoutName { namespace: row.namespace_prefix, name: row.name } }
    }
}

pub(super) struct Assignments;

impl Fetch for Assignments {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.setup(
            ASSIGNMENTS,
            Soql::new(
                "SELECT ProfileId, LayoutId, RecordTypeId FROM ProfileLayout \
                 WHERE TableEnumOrId = 'Task'",
            ),
        );
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let found = answers.setup_rows_of_every_org::<AssignmentRow>(ASSIGNMENTS)?;
        taking.state.layout_assignments =
            found.map(|rows| rows.into_iter().filter_map(AssignmentRow::read).collect());
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(clippy::struct_field_names, reason = "the API's own names")]
struct AssignmentRow {
    #[serde(deserialize_with = "present")]
    profile_id: Option<ProfileId>,
    #[serde(deserialize_with = "present")]
    layout_id: Option<LayoutId>,
    #[serde(deserialize_with = "present")]
    record_type_id: Option<RecordTypeId>,
}

impl AssignmentRow {
    /// Rows of hidden profiles have no profile; nobody can assign anything there.
    fn read(self) -> Option<LayoutAssignment> {
        Some(LayoutAssignment {
            profile: self.profile_id?,
            record_type: self.record_type_id,
            layout: self.layout_id,
        })
    }
}
