//! Call centers as journals keep them: all that they held before they were deleted.

use crate::journal::{Entry, Record};
use crate::model::{BaselineEntry, Before, CallCenter, DefinitionValue, Target, Value, normalised};

/// The subject under which the journal keeps a call center.
pub(in crate::engine) fn call_center_subject(name: &str) -> String {
    format!("CallCenter {name}")
}

/// What a call center held that the run deleted; `None` where its journal does not tell.
pub(super) fn kept_call_center(records: &[Record], name: &str) -> Option<Box<CallCenter>> {
    let wanted = call_center_subject(name);
    records.iter().find_map(|record| match &record.entry {
        Entry::Recorded { subject, content } if *subject == wanted => {
            serde_json::from_value(content.clone()).ok().map(Box::new)
        }
        _ => None,
    })
}

/// Takes back in what a deleted call center held what runs had changed of it before: where it still held
/// what they had set.
pub(super) fn take_back_in(deleted: &mut BaselineEntry, parts: &[BaselineEntry]) {
    let Before::Known(Some(Value::Definition(DefinitionValue { content: Some(held), .. }))) =
        &mut deleted.before
    else {
        return;
    };
    for entry in parts {
        let (Target::CallCenterField(_, part), Before::Known(before)) =
            (&entry.target, &entry.before)
        else {
            continue;
        };
        let text = |value: Option<&Value>| match value {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        if let Some(place) = part.place_in(held)
            && normalised(place) == normalised(&text(entry.ours.as_ref()))
        {
            *place = text(before.as_ref());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CallCenterPart, Item, ItemKey, Ref, Section};

    fn field(name: &str, before: &str, ours: &str) -> BaselineEntry {
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        let part = CallCenterPart::Item(ItemKey::new("reqGeneralInfo", name));
        BaselineEntry {
            item: "cti-settings".to_owned(),
            target: Target::CallCenterField(Ref::named("CC"), part),
            before: Before::Known(text(before)),
            ours: text(ours),
            run: "1".to_owned(),
            recipe: None,
            giving_back: false,
        }
    }

    #[test]
    fn what_the_runs_had_set_in_it_is_taken_back_and_what_others_had_stays() {
        let item = |name: &str, value: &str| Item {
            name: name.to_owned(),
            value: value.to_owned(),
            ..Item::default()
        };
        let items = vec![item("height", "620"), item("width", "500")];
        let section = Section { name: "reqGeneralInfo".to_owned(), label: String::new(), items };
        let held = CallCenter {
            internal_name: "CC".to_owned(),
            internal_name_label: String::new(),
            display_name: "Ours".to_owned(),
            display_name_label: String::new(),
            sections: vec![section],
        };
        let value = DefinitionValue { summary: "Ours".to_owned(), content: Some(Box::new(held)) };
        let mut deleted = BaselineEntry {
            target: Target::CallCenter(Ref::named("CC")),
            before: Before::Known(Some(Value::Definition(value))),
            ours: None,
            ..field("", "", "")
        };
        take_back_in(&mut deleted, &[field("height", "600", "620"), field("width", "400", "450")]);
        let Some(Value::Definition(DefinitionValue { content: Some(held), .. })) =
            deleted.before.value()
        else {
            panic!("a call center")
        };
        let values: Vec<&str> = held.items().map(|(_, item)| item.value.as_str()).collect();
        assert_eq!(values, ["600", "500"]);
    }
}
