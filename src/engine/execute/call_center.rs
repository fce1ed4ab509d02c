//! The call center in the one deploy.

use crate::checklist::Change;
use crate::failure::{Failure, Kind};
use crate::model::{
    CallCenter, CallCenterPart, GENERAL_SECTION, Item, ItemKey, OrgState, RESERVED_ITEMS, Target,
    Value,
};

/// What the changes make of the call center; `None` where none is about one.
///
/// A deploy replaces it as a whole, so that what no change names is what the org has. An org may leave out
/// of its answer what is empty: the definition tells what that is.
pub(super) fn changed(
    state: &OrgState,
    definition: &CallCenter,
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
    let there = || {
        let there = state.call_center.found().filter(|it| &it.internal_name == name)?;
        let is_its = definition.internal_name == there.internal_name;
        Some(if is_its { there.completed_by(definition) } else { there.clone() })
    };
    let Some(mut call_center) = call_center.or_else(there) else { return Err(unresolved(name)) };
    for change in changes {
        if let (Target::CallCenterField(_, part), Some(Value::Text(text))) =
            (change.target(), &change.operation.to)
            && let Some(place) = part.place_in(&mut call_center)
        {
            place.clone_from(text);
        }
    }
    Ok(Some(call_center))
}

/// How a call center is written: as it is first, and in other ways where the org refuses it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// Items without a value that the org does not show are left out: whether it has them, only it knows.
    no_empty: bool,
    /// Salesforce's own items are left out that neither the definition has nor Salesforce's documentation
    /// names: the org may tell of some that nobody has written.
    no_undocumented: bool,
}

impl Form {
    const ALL: [Self; 4] = [
        Self { no_empty: false, no_undocumented: false },
        Self { no_empty: true, no_undocumented: false },
        Self { no_empty: false, no_undocumented: true },
        Self { no_empty: true, no_undocumented: true },
    ];

    /// The next one in which the call center would be another.
    pub(super) fn next(
        self,
        whole: &CallCenter,
        state: &OrgState,
        definition: &CallCenter,
    ) -> Option<Self> {
        let written = |form: Self| form.of(whole, state, definition);
        let at = Self::ALL.iter().position(|it| *it == self)?;
        let (tried, left) = Self::ALL.split_at(at + 1);
        let is_new = |form: &&Self| tried.iter().all(|it| written(*it) != written(**form));
        left.iter().find(is_new).copied()
    }

    /// The call center in that form.
    pub(super) fn of(
        self,
        whole: &CallCenter,
        state: &OrgState,
        definition: &CallCenter,
    ) -> CallCenter {
        let shown = state.call_center.found();
        let shown = shown.filter(|it| it.internal_name == whole.internal_name);
        let is_left_out = |key: &ItemKey, item: &Item| {
            let is_shown = shown.is_some_and(|shown| shown.item(key).is_some());
            let is_undocumented = key.section == GENERAL_SECTION
                && definition.item(key).is_none()
                && !RESERVED_ITEMS.contains(&key.item.as_str());
            self.no_empty && item.value.is_empty() && !is_shown
                || self.no_undocumented && is_undocumented
        };
        let mut call_center = whole.clone();
        for section in &mut call_center.sections {
            let name = section.name.clone();
            section.items.retain(|item| !is_left_out(&ItemKey::new(&name, &item.name), item));
        }
        call_center.sections.retain(|section| !section.items.is_empty());
        call_center
    }
}

/// Names of the items that one form of a call center lacks beside another.
pub(super) fn lacking(whole: &CallCenter, written: &CallCenter) -> Vec<String> {
    let lacks = |key: &ItemKey| written.item(key).is_none();
    whole.items().filter(|(key, _)| lacks(key)).map(|(key, _)| key.item).collect()
}

/// Whether a change gives a value to an item that the org does not show.
pub(super) fn adds_item(state: &OrgState, change: &Change) -> bool {
    let Target::CallCenterField(of, CallCenterPart::Item(key)) = change.target() else {
        return false;
    };
    let there = state.call_center.found().filter(|it| it.internal_name == of.name);
    there.is_some_and(|there| there.item(key).is_none())
}

fn unresolved(name: &str) -> Failure {
    Failure::new(
        Kind::Failed,
        format!("The call center \"{name}\" cannot be deployed: the org does not show its values."),
    )
    .hint("Run this again.")
}
