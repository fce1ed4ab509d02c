//! The call center in the one deploy.

use crate::checklist::Change;
use crate::failure::{Failure, Kind};
use crate::model::{CallCenter, CallCenterPart, Item, ItemKey, OrgState, Section, Target, Value};

/// What the changes make of the call center; `None` where none is about one.
///
/// A deploy replaces it as a whole, so that what no change names is what the org has.
pub(super) fn changed(
    state: &OrgState,
    changes: &[&Change],
) -> Result<Option<CallCenter>, Failure> {
    let mut call_center = None;
    let mut name = None;
    for change in changes {
        match (change.target(), &change.operation.to) {
            (Target::CallCenter(it), Some(Value::Definition(definition))) => {
                name = Some(&it.name);
                call_center = definition.content.as_deref().cloned();
            }
            (Target::CallCenterField(it, _), _) => name = Some(&it.name),
            _ => {}
        }
    }
    let Some(name) = name else { return Ok(None) };
    let there = || state.call_center.found().cloned().filter(|it| &it.internal_name == name);
    let Some(mut call_center) = call_center.or_else(there) else { return Err(unresolved(name)) };
    for change in changes {
        if let (Target::CallCenterField(_, part), Some(Value::Text(text))) =
            (change.target(), &change.operation.to)
        {
            if let CallCenterPart::Item(key) = part {
                add_missing(&mut call_center, key);
            }
            if let Some(place) = place(&mut call_center, part) {
                place.clone_from(text);
            }
        }
    }
    Ok(Some(call_center))
}

/// Adds an item that the org does not show, for it had no value.
fn add_missing(call_center: &mut CallCenter, key: &ItemKey) {
    if call_center.item(key).is_some() {
        return;
    }
    let item = Item { name: key.item.clone(), label: key.item.clone(), value: String::new() };
    let sections = &mut call_center.sections;
    match sections.iter_mut().find(|section| section.name == key.section) {
        Some(section) => section.items.push(item),
        None => sections.push(Section {
            name: key.section.clone(),
            label: key.section.clone(),
            items: vec![item],
        }),
    }
}

/// Takes the items out that have no value; whether there were any.
pub(super) fn leave_out_empty(call_center: &mut CallCenter) -> bool {
    let count = |call_center: &CallCenter| call_center.items().count();
    let before = count(call_center);
    for section in &mut call_center.sections {
        section.items.retain(|item| !item.value.is_empty());
    }
    call_center.sections.retain(|section| !section.items.is_empty());
    count(call_center) < before
}

/// Where a part of it stands.
fn place<'a>(call_center: &'a mut CallCenter, part: &CallCenterPart) -> Option<&'a mut String> {
    Some(match part {
        CallCenterPart::DisplayName => &mut call_center.display_name,
        CallCenterPart::DisplayNameLabel => &mut call_center.display_name_label,
        CallCenterPart::InternalNameLabel => &mut call_center.internal_name_label,
        CallCenterPart::SectionLabel(name) => {
            &mut call_center.sections.iter_mut().find(|section| &section.name == name)?.label
        }
        CallCenterPart::ItemLabel(key) => &mut call_center.item_mut(key)?.label,
        CallCenterPart::Item(key) => &mut call_center.item_mut(key)?.value,
    })
}

fn unresolved(name: &str) -> Failure {
    Failure::new(
        Kind::Failed,
        format!("The call center \"{name}\" cannot be deployed: the org does not show its values."),
    )
    .hint("Run this again: it looks at the org anew.")
}
