//! One call center with all its values.

use salesforce_client::metadata::CallCenterRecord;

use super::Fetch;
use crate::engine::observe::{Burst, Inquiry, Observation};
use crate::model::{CallCenter, Item, Observed, Section};

pub(super) struct CallCenterValues;

impl Fetch for CallCenterValues {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        let (client, name) = (burst.client(), inquiry.call_center.as_str());
        let request = async move { client.metadata().read_call_centers(&[name]).await };
        burst.call(request, move |answer, taking| {
            taking.state.call_center = of_name(taking.observed(answer)?, name);
            Ok(())
        });
    }
}

/// The call center of that name among those that were read. Fields without names cannot be told from
/// those that are not there.
pub(super) fn of_name(
    read: Observed<Vec<CallCenterRecord>>,
    name: &str,
) -> Observed<Option<CallCenter>> {
    let is_it = |record: &CallCenterRecord| record.full_name == name;
    let found = read.map(|read| read.into_iter().find(is_it).map(call_center));
    if let Some(odd) = found.found().and_then(find_odd) {
        return Observed::refused(format!("it shows the call center \"{name}\" without {odd}"));
    }
    found
}

/// What every call center has, and an answer may lack.
fn find_odd(found: &CallCenter) -> Option<&'static str> {
    let is_nameless = |section: &Section| {
        section.name.is_empty() || section.items.iter().any(|item| item.name.is_empty())
    };
    if found.sections.iter().any(is_nameless) {
        return Some("the names of its fields");
    }
    found.display_name.is_empty().then_some("its display name")
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
