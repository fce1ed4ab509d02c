//! One call center with all its values.

use salesforce_client::metadata::CallCenterRecord;

use super::Fetch;
use crate::engine::observe::{Burst, Inquiry, Observation};
use crate::model::{CallCenter, Item, MissingPart, Observed, Section};

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
pub(super) fn find_odd(found: &CallCenter) -> Option<MissingPart> {
    let is_nameless = |section: &Section| {
        section.name.is_empty() || section.items.iter().any(|item| item.name.is_empty())
    };
    if found.sections.iter().any(is_nameless) {
        return Some(MissingPart::FieldNames);
    }
    if found.display_name.is_empty() {
        return Some(MissingPart::DisplayName);
    }
    // A deploy that changes a value sends every label back as it was read. One item may have none; an answer that has
    // none at all has left them out.
    let sections = found.sections.iter().map(|section| &section.label);
    let items = found.sections.iter().flat_map(|section| &section.items).map(|item| &item.label);
    let lacks_labels = found.display_name_label.is_empty()
        || found.internal_name_label.is_empty()
        || all_are_empty(sections)
        || all_are_empty(items);
    lacks_labels.then_some(MissingPart::Labels)
}

/// Whether there are labels, and all of them are empty.
fn all_are_empty<'a>(labels: impl Iterator<Item = &'a String>) -> bool {
    let mut labels = labels.peekable();
    labels.peek().is_some() && labels.all(String::is_empty)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn section(label: &str, items: &[&str]) -> Section {
        let item = |label: &&str| Item {
            name: "reqSoftphoneHeight".to_owned(),
            label: (*label).to_owned(),
            value: "550".to_owned(),
        };
        let (name, label) = ("reqGeneralInfo".to_owned(), label.to_owned());
        Section { name, label, items: items.iter().map(item).collect() }
    }

    #[test]
    fn labels_that_an_answer_leaves_out_are_not_taken_for_empty_ones() {
        let whole = CallCenter {
            internal_name: "Webex".to_owned(),
            internal_name_label: "InternalName".to_owned(),
            display_name: "Webex".to_owned(),
            display_name_label: "Display Name".to_owned(),
            sections: vec![section("General", &["Height", ""])],
        };
        assert_eq!(find_odd(&whole), None, "one item may have no label");
        assert_eq!(find_odd(&CallCenter { sections: Vec::new(), ..whole.clone() }), None);
        let (mut display, mut internal) = (whole.clone(), whole.clone());
        display.display_name_label.clear();
        internal.internal_name_label.clear();
        let of_sections = vec![section("", &["Height"])];
        let of_items = vec![section("General", &["", ""]), section("More", &[""])];
        let with = |sections| CallCenter { sections, ..whole.clone() };
        for odd in [display, internal, with(of_sections), with(of_items)] {
            assert_eq!(find_odd(&odd), Some(MissingPart::Labels), "{odd:?}");
        }
    }
}
