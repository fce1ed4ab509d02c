//! An entry of a baseline as it is written down: names and texts, and ids beside them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::baseline::at;
use super::{BaselineEntry, Before, Ids, Subject, Target, Value};

/// An entry of a baseline as files hold it and people read it. Files of older versions have no
/// ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaselineRow {
    /// Id of the checklist item that changed it.
    pub item: String,
    /// What it belongs to.
    pub subject: Subject,
    /// Which value of it.
    pub field: String,
    /// What was there before the first change.
    pub before: Before<String>,
    /// What `provision` last set; `None`: nothing was to be there.
    pub ours: Option<String>,
    /// The run that last set it.
    pub run: String,
    /// Ids of what the entry speaks of; that of what `provision` set is the one `after`.
    #[serde(default, skip_serializing_if = "Ids::is_empty")]
    pub ids: Ids,
}

impl BaselineRow {
    /// When the run that last set the value began: ids of runs are made of time.
    pub fn at(&self) -> Option<Timestamp> {
        at(&self.run)
    }
}

impl From<BaselineEntry> for BaselineRow {
    fn from(entry: BaselineEntry) -> Self {
        let BaselineEntry { item, target, before, ours, run } = entry;
        let (subject, field) = target.place();
        let id = |value: Option<&Value>| value.and_then(Value::id).map(str::to_owned);
        let ids = Ids { before: id(before.value()), after: id(ours.as_ref()), ..target.ids() };
        let text = |value: &Value| value.recorded_text(&target);
        let (before, ours) = (before.map(text), ours.as_ref().map(text));
        Self { item, subject, field, before, ours, run, ids }
    }
}

impl From<BaselineRow> for BaselineEntry {
    fn from(row: BaselineRow) -> Self {
        let BaselineRow { item, subject, field, before, ours, run, ids } = row;
        let target = Target::read(&subject, &field, &ids);
        let before = before.map(|text| Value::read(&target, text, ids.before.as_deref()));
        let ours = ours.map(|text| Value::read(&target, &text, ids.after.as_deref()));
        Self { item, target, before, ours, run }
    }
}
