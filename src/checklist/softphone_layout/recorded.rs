//! What a baseline holds of softphone layouts: what a browser has made, replaced and changed in Setup.

use super::plan::{NAME, fields};
use crate::checklist::{By, Change, ItemId};
use crate::model::{
    Baseline, BaselineEntry, Before, CallKind, SetupBefore, SetupTask, SoftphoneField,
    SoftphoneLayoutWish, Target, Value,
};

/// Whether a layout is the default: the value is the name of the one that is.
const DEFAULT: &str = "Default";
/// What begins the place of a profile's assignment.
const PROFILE: &str = "Profile ";

/// What the baseline holds of a layout that a browser is about to save, from what it found in Setup.
pub fn recorded_softphone_layout(wish: &SoftphoneLayoutWish, before: &SetupBefore) -> Vec<Change> {
    let name = &wish.name;
    let change = |target: Target, from: Option<&String>, to: &str| {
        let text = |text: &str| Value::Text(text.to_owned());
        let from = from.map(|from| text(from));
        Change::new(ItemId::SOFTPHONE_LAYOUT, target, from, Some(text(to))).by(By::Person)
    };
    let mut changes = Vec::new();
    if before.made {
        changes.push(change(name_of(name), None, name));
    }
    if let Some(former) = before.former_default.as_ref().filter(|former| *former != name) {
        changes.push(change(default_of(name), Some(former), name));
    }
    for (profile, from) in &before.profiles {
        changes.push(change(assignment_of(name, profile), from.as_ref(), name));
    }
    for (kind, call) in &wish.call_types {
        for value in fields(call, None) {
            let is_it = |(of, field, _): &&(CallKind, SoftphoneField, String)| {
                of == kind && *field == value.field
            };
            if let Some((.., from)) = before.replaced.iter().find(is_it) {
                changes.push(change(value_of(name, *kind, value.field), Some(from), &value.wanted));
            }
        }
    }
    changes
}

/// Takes out of a baseline what a browser has given back: it has seen that in Setup.
pub fn forget_given_back(baseline: &mut Baseline, task: &SetupTask) {
    let SetupTask::RemoveLayout { name, deletes, .. } = task else { return };
    let is_back = |target: &Target| match target {
        // With a layout goes all that it held.
        Target::SoftphoneField { layout, .. } if *deletes => layout == name,
        Target::SoftphoneField { layout, field } => {
            layout == name && (field == DEFAULT || field.starts_with(PROFILE))
        }
        _ => false,
    };
    baseline.entries.retain(|entry| !is_back(&entry.target));
}

/// What is recorded of a layout.
pub(super) struct Recorded<'a> {
    /// Whether it was made for the connector.
    pub(super) made: bool,
    /// The layout that was the default before it.
    pub(super) former_default: Option<&'a str>,
    /// Profiles that have got it by assignment, and what they had before; nothing: the default.
    pub(super) profiles: Vec<(&'a str, Option<&'a str>)>,
}

impl<'a> Recorded<'a> {
    pub(super) fn of(baseline: &'a Baseline, name: &str) -> Self {
        let made = baseline.entry(&name_of(name));
        let profiles = baseline.entries.iter().filter_map(|entry| match &entry.target {
            Target::SoftphoneField { layout, field } if layout == name => {
                Some((field.strip_prefix(PROFILE)?, text_before(entry)))
            }
            _ => None,
        });
        // Who had it already has nothing to give back.
        let profiles = profiles.filter(|(_, had)| *had != Some(name));
        Self {
            profiles: profiles.collect(),
            made: made.is_some_and(|entry| entry.before == Before::Known(None)),
            former_default: baseline.entry(&default_of(name)).and_then(text_before),
        }
    }
}

/// The text that was there before.
pub(super) fn text_before(entry: &BaselineEntry) -> Option<&str> {
    match entry.before.value() {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// The place of a layout's name: nothing before it means that there was no such layout.
pub(super) fn name_of(layout: &str) -> Target {
    Target::SoftphoneField { layout: layout.to_owned(), field: NAME.to_owned() }
}

/// The place of the default.
pub(super) fn default_of(layout: &str) -> Target {
    Target::SoftphoneField { layout: layout.to_owned(), field: DEFAULT.to_owned() }
}

/// The place of a profile's assignment.
pub(super) fn assignment_of(layout: &str, profile: &str) -> Target {
    Target::SoftphoneField { layout: layout.to_owned(), field: format!("{PROFILE}{profile}") }
}

/// Whether that place is a profile's assignment, which no API tells.
pub(in crate::checklist) fn is_assignment(target: &Target) -> bool {
    matches!(target, Target::SoftphoneField { field, .. } if field.starts_with(PROFILE))
}

/// The place of a value for a kind of call.
pub fn value_of(layout: &str, kind: CallKind, field: SoftphoneField) -> Target {
    let label = field.label().trim_start_matches("Display these ");
    let field = format!("{}: {label}", kind.name());
    Target::SoftphoneField { layout: layout.to_owned(), field }
}
