//! Changes as journals hold them, value by value: how they are written, and how they are read again.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::checklist::{Action, After, Aside, Change, ChangeRow, ItemId};
use crate::journal::Changes;
use crate::model::{Ids, Subject};

/// A change of one value as a journal holds it.
#[derive(Debug, Clone, Deserialize)]
pub struct WrittenChange {
    /// The item that wanted it; journals of version 0.1.0 may not tell.
    #[serde(default)]
    pub item: Option<String>,
    /// The recipe of the connector whose value it is.
    #[serde(default)]
    pub recipe: Option<String>,
    /// What it belongs to.
    pub subject: Subject,
    /// Which value of it.
    pub field: String,
    /// What was there; `None`: nothing.
    pub before: Option<String>,
    /// What was to be there: text, nothing, or what it was to be known after.
    after: Json,
    action: Action,
    /// Ids of what it speaks of.
    #[serde(default)]
    pub ids: Ids,
    /// The key of the configuration that asked for it.
    #[serde(default)]
    key: Option<String>,
    /// What the one whom it is about has in common with others.
    #[serde(default)]
    group: Option<String>,
}

impl WrittenChange {
    /// Changes as a journal has them.
    pub fn read(changes: &Changes) -> Result<Vec<Self>, serde_json::Error> {
        changes.read()
    }

    /// What was to be there, once that was known; the inner `None`: nothing.
    pub fn after(&self) -> Option<Option<&str>> {
        match &self.after {
            Json::String(text) => Some(Some(text)),
            Json::Null => Some(None),
            _ => None,
        }
    }

    /// The same as a row of a plan; `None` where it was not known yet, or of no item that is known.
    pub fn row(&self) -> Option<ChangeRow> {
        Some(ChangeRow {
            item: ItemId::parse(self.item.as_deref()?)?,
            subject: self.subject.clone(),
            field: self.field.clone(),
            before: self.before.clone(),
            after: After::Known(self.after()?.map(str::to_owned)),
            action: self.action,
            ids: self.ids.clone(),
            aside: Some(
                Aside { key: self.key.clone(), default: None, group: self.group.clone() }.into(),
            ),
        })
    }
}

/// A row as a journal holds it: with the item, and ids beside the names.
#[derive(Serialize)]
struct WrittenRow<'a> {
    #[serde(flatten)]
    row: ChangeRow,
    item: ItemId,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipe: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    #[serde(skip_serializing_if = "Ids::is_empty")]
    ids: Ids,
}

/// Changes as journals hold them.
pub(super) fn written<'a>(
    changes: impl IntoIterator<Item = &'a Change>,
    recipe: Option<&str>,
) -> Changes {
    let written = |mut row: ChangeRow| WrittenRow {
        item: row.item,
        recipe,
        key: row.key().map(str::to_owned),
        group: row.group().map(str::to_owned),
        ids: std::mem::take(&mut row.ids),
        row,
    };
    Changes::of(changes.into_iter().flat_map(Change::rows).map(written))
}
