//! One call center with all its values.

use salesforce_client::metadata::CallCenterRecord;

use super::Fetch;
use crate::engine::observe::{Burst, Inquiry, Observation};
use crate::model::{CallCenter, Item, Section};

pub(super) struct CallCenterValues;

impl Fetch for CallCenterValues {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        let (client, name) = (burst.client(), inquiry.call_center.as_str());
        let request = async move { client.metadata().read_call_centers(&[name]).await };
        burst.call(request, move |answer, taking| {
            let found = taking.observed(answer)?;
            let is_it = |record: &CallCenterRecord| record.full_name == name;
            taking.state.call_center =
                found.map(|found| found.into_iter().find(is_it).map(call_center));
            Ok(())
        });
    }
}

/// A call center as the org stores it.
pub(in crate::engine) fn call_center(record: CallCenterRecord) -> CallCenter {
    CallCenter {
        internal_name: record.full_name,
        internal_name_label: record.internal_name_label,
        display_name: record.display_name,
        display_name_label: record.display_name_label,
        sections: record
            .sections
            .into_iter()
            .map(|section| Section {
                name: section.name,
                label: section.label,
                items: section
                    .items
                    .into_iter()
                    .map(|item| Item { name: item.name, label: item.label, value: item.value })
                    .collect(),
            })
            .collect(),
    }
}
