//! What a call center, and a value of it, holds now.

use crate::checklist::Now;
use crate::model::{
    CallCenter, CallCenterPart, DefinitionValue, Observed, OrgState, Ref, Target, Value,
};

/// What a target of this item holds.
pub(super) fn now(state: &OrgState, target: &Target) -> Now {
    let Target::CallCenter(known) = target else { return field(state, target) };
    let Some(rows) = state.call_centers.seen() else { return Now::Unseen };
    let found = known.find_or_replaced(rows, |row| &row.id, |row| &row.internal_name);
    // What it consists of is not compared: a call center that is there is the one of before.
    Now::Held(
        found.map(|row| {
            Value::Definition(DefinitionValue { summary: row.name.clone(), content: None })
        }),
    )
}

/// What a value or a label of a call center holds, where its values were read.
pub(in crate::checklist) fn field(state: &OrgState, target: &Target) -> Now {
    let Target::CallCenterField(of, part) = target else { return Now::Unseen };
    let is_it = |found: &&CallCenter| of.is_or_replaces(&Ref::named(&found.internal_name));
    match &state.call_center {
        Observed::Unasked | Observed::Refused(_) => Now::Unseen,
        Observed::Seen(None) => Now::Gone,
        Observed::Seen(Some(found)) => match Some(found).filter(is_it) {
            // The values of another call center were not read.
            None => Now::Unseen,
            Some(found) => text(found, part)
                .map_or(Now::Gone, |text| Now::Held(Some(Value::Text(text.to_owned())))),
        },
    }
}

fn text<'a>(of: &'a CallCenter, part: &CallCenterPart) -> Option<&'a str> {
    Some(match part {
        CallCenterPart::DisplayName => &of.display_name,
        CallCenterPart::DisplayNameLabel => &of.display_name_label,
        CallCenterPart::InternalNameLabel => &of.internal_name_label,
        CallCenterPart::SectionLabel(name) => {
            &of.sections.iter().find(|section| &section.name == name)?.label
        }
        CallCenterPart::ItemLabel(key) => &of.item(key)?.label,
        // An org may leave out of its answer what is empty.
        CallCenterPart::Item(key) => of.item(key).map_or("", |item| &item.value),
    })
}
