//! The changes of a plan that is kept while others may change the org.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::checklist::{After, ChangeRow, ItemId};
use crate::failure::Failure;
use crate::model::{Ids, Subject, SubjectKind, either};

/// A change of a plan, value by value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SavedChange {
    pub(super) item: String,
    pub(super) subject: Subject,
    pub(super) field: String,
    pub(super) before: Option<String>,
    pub(super) after: SavedAfter,
    #[serde(default, skip_serializing_if = "Ids::is_empty")]
    pub(super) ids: Ids,
}

/// What is to be there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SavedAfter {
    Known(Option<String>),
    KnownAfter(String),
}

/// Changes by what they are about.
pub(super) fn by_subject(changes: &[SavedChange]) -> HashMap<&Subject, Vec<&SavedChange>> {
    let mut found: HashMap<&Subject, Vec<&SavedChange>> = HashMap::new();
    for change in changes {
        found.entry(&change.subject).or_default().push(change);
    }
    found
}

/// Those that are about the same as another one.
pub(super) fn near<'a>(
    known: &'a HashMap<&Subject, Vec<&'a SavedChange>>,
    change: &SavedChange,
) -> &'a [&'a SavedChange] {
    known.get(&change.subject).map_or(&[], Vec::as_slice)
}

impl SavedChange {
    pub(super) fn of(change: &ChangeRow) -> Self {
        Self {
            item: change.item.as_str().to_owned(),
            subject: change.subject.clone(),
            field: change.field.clone(),
            before: change.before.clone(),
            after: match &change.after {
                After::Known(value) => SavedAfter::Known(value.clone()),
                After::KnownAfter { item, .. } => SavedAfter::KnownAfter(item.as_str().to_owned()),
            },
            ids: change.ids.clone(),
        }
    }

    /// Whether a change of a later wave is this one, filled in or not.
    pub(super) fn covers(&self, later: &Self) -> bool {
        let open = matches!(self.after, SavedAfter::KnownAfter(_));
        let same_place = (&self.item, &self.subject, &self.field)
            == (&later.item, &later.subject, &later.field)
            && self.ids.is_of_same(&later.ids);
        // Names of custom metadata are only known once the package has brought them.
        let named_later = open
            && self.item == later.item
            && self.subject.kind == SubjectKind::CustomMetadata
            && later.subject.kind == SubjectKind::CustomMetadata;
        // So is the API name of a permission set that Cisco tells the label of.
        let set_later = open
            && self.item == later.item
            && self.subject.kind == SubjectKind::PermissionSetAssignment
            && self.subject == later.subject;
        // And which accesses agents need of what the package brings: its fields, and its app.
        let access_later = self.subject.kind == SubjectKind::InstalledPackage
            && matches!(self.after, SavedAfter::Known(Some(_)))
            && later.item == ItemId::AGENT_ACCESS.as_str()
            && later.subject.kind == SubjectKind::PermissionSet;
        named_later
            || set_later
            || access_later
            || (same_place && (open || self.after == later.after))
    }

    fn title(&self) -> &str {
        ItemId::parse(&self.item).map_or(self.item.as_str(), |item| item.title())
    }

    fn place(&self) -> String {
        let record_type =
            self.subject.record_type.as_ref().map(|name| format!(" [{name}]")).unwrap_or_default();
        format!("{}{record_type}, {}", self.subject.name, self.field)
    }
}

/// An error that names what is not as it was saved, an item a line; none where nothing is.
pub(super) fn moved_nothing(gone: &[&SavedChange], new: &[&SavedChange]) -> Result<(), Failure> {
    if gone.is_empty() && new.is_empty() {
        return Ok(());
    }
    let lines = [(gone, "no longer as planned"), (new, "not planned like this")]
        .into_iter()
        .flat_map(|(changes, words)| by_item(changes, words));
    Err(again(format!("The org has changed since the plan was made:{}", lines.collect::<String>())))
}

/// `CTI settings: 6 changes are no longer as planned, beginning with …`
fn by_item(changes: &[&SavedChange], words: &str) -> Vec<String> {
    let mut items: Vec<(&str, Vec<&SavedChange>)> = Vec::new();
    for change in changes {
        match items.iter_mut().find(|(title, _)| *title == change.title()) {
            Some((_, of_item)) => of_item.push(change),
            None => items.push((change.title(), vec![change])),
        }
    }
    let line = |(title, changes): (&str, Vec<&SavedChange>)| {
        let first = changes[0].place();
        match changes.len() {
            1 => format!("\n  - {title}: {first} is {words}"),
            many => {
                let all: Vec<String> = changes.iter().map(|it| it.place()).collect();
                let short =
                    format!("\n  - {title}: {many} changes are {words}, beginning with {first}");
                let long = format!("\n  - {title}: {many} changes are {words}: {}", all.join("; "));
                either(&long, &short)
            }
        }
    };
    items.into_iter().map(line).collect()
}

pub(super) fn again(message: String) -> Failure {
    Failure::refused(message)
        .hint("Nothing more was changed. Review a new plan before you continue.")
}
