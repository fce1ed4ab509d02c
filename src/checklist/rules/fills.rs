//! Which records a call center makes, and which of their fields it fills.

use crate::model::{CallCenter, CallCenterWish, MappedObject, Mapping, SettingKind};

use super::subject::Subject;

/// Where the call center writes activities.
const TASK: &str = "Task";
/// Its setting of Version 2 by which it writes none.
pub(super) const NO_ACTIVITY: &str = "activity.disabled";
pub(super) const NO_MATCH: &str = "no_match.enabled";
const NO_MATCH_OBJECT: &str = "no_match.object";
/// The field for an agent's notes, which is only filled where notes are on.
const NOTES_FIELD: &str = "activity.notes_field";
const NOTES: &str = "activity.live_notes";
/// Version 1 ignores the mapping of activities without it.
const ACTIVITY_FIELDS: &str = "activity.update_fields";

/// A field that a call center fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::checklist) struct Filled {
    /// The object.
    pub(in crate::checklist) object: String,
    /// The field, as it is spelled there.
    pub(in crate::checklist) field: String,
    /// What says so: `call_center.activity.mappings`.
    pub(in crate::checklist) by: String,
}

/// What a call center does to records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::checklist) struct Fills {
    /// Whether it writes no activities.
    pub(in crate::checklist) no_activity: bool,
    /// The object of the record that opens for an unknown caller, where it makes one itself.
    pub(in crate::checklist) no_match: Option<String>,
    /// The fields.
    pub(in crate::checklist) fields: Vec<Filled>,
}

/// What a call center with the values that will hold does to records. `new_record` is the object of the
/// record that the softphone layout opens for unknown callers, which a call center of Version 2 fills.
pub(in crate::checklist) fn fills(
    wish: &CallCenterWish,
    existing: Option<&CallCenter>,
    new_record: Option<&str>,
) -> Fills {
    let effective = wish.effective(existing);
    let subject = Subject::new(wish, &effective);
    let by_itself = subject.setting(NO_MATCH).is_some();
    let makes_one = by_itself && subject.is_on(NO_MATCH);
    let no_match = subject.value_of(NO_MATCH_OBJECT).filter(|it| makes_one && !it.is_empty());
    let mut found = Fills {
        no_activity: subject.is_on(NO_ACTIVITY),
        no_match: no_match.map(str::to_owned),
        fields: Vec::new(),
    };
    let object_of = |mapping: &Mapping| match mapping {
        Mapping::Record { object: MappedObject::Fixed(object) }
        | Mapping::Pairs { object: Some(object) } => Some(object.clone()),
        Mapping::Record { object: MappedObject::NamedBy(_) } => found.no_match.clone(),
        Mapping::Activity => {
            let used = subject.setting(ACTIVITY_FIELDS).is_none() || subject.is_on(ACTIVITY_FIELDS);
            used.then(|| TASK.to_owned())
        }
        Mapping::Pairs { object: None } => new_record.map(str::to_owned),
        Mapping::Conditional { .. } => None,
    };
    let mut fields = Vec::new();
    let mut add = |object: &str, field: &str, by: String| {
        let is_left = found.no_activity && object == TASK;
        if !field.is_empty() && !is_left {
            fields.push(Filled { object: object.to_owned(), field: field.to_owned(), by });
        }
    };
    for (setting, mapping) in subject.mappings() {
        let Some(object) = object_of(mapping) else { continue };
        for row in subject.rows(setting, mapping) {
            add(&object, &row.field, subject.name(&setting.item));
        }
    }
    for setting in subject.settings() {
        let is_used = setting.key != NOTES_FIELD || subject.is_on(NOTES);
        if let (SettingKind::Field { object }, true) = (&setting.kind, is_used) {
            add(object, subject.value(&setting.item), subject.name(&setting.item));
        }
    }
    found.fields = fields;
    found
}
