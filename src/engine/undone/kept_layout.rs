//! Desktop layouts as journals keep them: their whole content.

use serde::{Deserialize, Serialize};

use crate::journal::{Entry, Record};
use crate::model::{DesktopLayoutValue, Value};

/// What a desktop layout held before and after a run, as the journal keeps it.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::engine) struct KeptChange {
    pub(super) before: Option<KeptLayout>,
    pub(super) after: Option<KeptLayout>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptLayout {
    file: String,
    content: String,
}

impl KeptChange {
    /// What a change replaces and sets; `None` where it is about no layout.
    pub(in crate::engine) fn of(before: Option<&Value>, after: Option<&Value>) -> Option<Self> {
        let kept = |value: Option<&Value>| match value {
            Some(Value::DesktopLayout(it)) => {
                Some(KeptLayout { file: it.file.clone(), content: it.content.clone() })
            }
            _ => None,
        };
        let (before, after) = (kept(before), kept(after));
        (before.is_some() || after.is_some()).then_some(Self { before, after })
    }

    /// The subject under which the journal keeps a layout.
    pub(in crate::engine) fn subject(name: &str) -> String {
        format!("DesktopLayout {name}")
    }
}

impl KeptLayout {
    pub(super) fn value(self) -> Value {
        Value::DesktopLayout(DesktopLayoutValue::of(&self.file, self.content))
    }
}

/// What a run has kept of a layout that it changed, or deleted: one run may do both.
pub(super) fn kept_layout(records: &[Record], name: &str, deletes: bool) -> Option<KeptChange> {
    let wanted = KeptChange::subject(name);
    let mut kept = records.iter().filter_map(|record| match &record.entry {
        Entry::Recorded { subject, content } if *subject == wanted => {
            serde_json::from_value::<KeptChange>(content.clone()).ok()
        }
        _ => None,
    });
    kept.find(|kept| kept.after.is_none() == deletes)
}
