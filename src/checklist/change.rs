//! A change that an item wants, and the rows in which people read it.

use std::sync::Arc;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use super::ItemId;
use crate::model::{Effect, Ids, Look, Operation, Subject, Target, Value, Wave, Way};

/// A change that an item wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The item that wants it.
    pub item: ItemId,
    /// What is to be done.
    pub operation: Operation,
    /// The item to wait for before the org can tell what the value will be.
    pub known_after: Option<ItemId>,
    /// Who carries it out.
    pub by: By,
    /// Whether it builds something up or takes it out.
    pub way: Way,
    /// What people are told beside it.
    pub aside: Option<Arc<Aside>>,
}

/// What people are told beside a change; nothing depends on it. Thousands of changes share one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aside {
    /// The key of the configuration that asks for it: `call_center.softphone.height`.
    pub key: Option<String>,
    /// The value that a new call center would have without it.
    pub default: Option<String>,
    /// What the one whom it is about has in common with others: a profile.
    pub group: Option<String>,
}

/// Who carries a change out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The program.
    Program,
    /// A person.
    Person,
}

/// A step of a plan: what travels together, one way or the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stage {
    /// What travels together.
    pub wave: Wave,
    /// Whether it builds something up or takes it out.
    pub way: Way,
}

/// One change of one value as people and documents read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeRow {
    /// The item that wants it.
    #[serde(skip)]
    pub item: ItemId,
    /// What it belongs to.
    pub subject: Subject,
    /// Which value of it.
    pub field: String,
    /// What is there; `None`: nothing.
    pub before: Option<String>,
    /// What is to be there.
    pub after: After,
    /// What happens to the subject.
    pub action: Action,
    /// Ids of what it speaks of.
    #[serde(skip)]
    pub ids: Ids,
    /// What people are told beside it.
    #[serde(skip)]
    pub aside: Option<Arc<Aside>>,
}

/// The value after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// This; `None`: nothing.
    Known(Option<String>),
    /// The org can only tell once that item is done; people are shown what is expected.
    KnownAfter {
        /// The item to wait for.
        item: ItemId,
        /// What it will be, as far as anybody can say.
        expected: String,
    },
}

/// What happens to a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It comes into being.
    Create,
    /// One of its values changes.
    Update,
    /// It goes.
    Delete,
    /// A person does it.
    Human,
}

impl Change {
    /// A change that the program carries out.
    pub fn new(item: ItemId, target: Target, from: Option<Value>, to: Option<Value>) -> Self {
        Self {
            item,
            operation: Operation::new(target, from, to),
            known_after: None,
            by: By::Program,
            way: Way::Build,
            aside: None,
        }
    }

    /// The same, with what people are told beside it.
    #[must_use]
    pub fn aside(mut self, aside: impl Into<Arc<Aside>>) -> Self {
        self.aside = Some(aside.into());
        self
    }

    /// The same, where only another item brings what it speaks of.
    #[must_use]
    pub fn known_after(mut self, item: Option<ItemId>) -> Self {
        self.known_after = item;
        self
    }

    /// The same, carried out by somebody.
    #[must_use]
    pub fn by(mut self, by: By) -> Self {
        self.by = by;
        self
    }

    /// What it is about.
    pub fn target(&self) -> &Target {
        &self.operation.target
    }

    /// Whether the program makes it, and not a person.
    pub fn is_ours(&self) -> bool {
        self.by == By::Program
    }

    /// The step of the plan that carries it out; `None` for what a person does.
    pub fn stage(&self) -> Option<Stage> {
        let wave = self.target().wave().filter(|_| self.is_ours())?;
        Some(Stage { wave, way: self.way })
    }

    /// What of the org it may have changed.
    pub fn touches(&self) -> &'static [Look] {
        self.operation.touches(self.way)
    }

    /// What of the org must not be old news when it is carried out.
    pub fn rests_on(&self) -> &'static [Look] {
        self.operation.rests_on(self.way)
    }

    /// The value that is to be there, where it is known already.
    pub fn known_value(&self) -> Option<Option<&Value>> {
        self.known_after.is_none().then_some(self.operation.to.as_ref())
    }

    /// The rows in which people read it: one a value that changes.
    pub fn rows(&self) -> Vec<ChangeRow> {
        self.operation.parts().iter().map(|part| self.row(part)).collect()
    }

    fn row(&self, part: &Operation) -> ChangeRow {
        let (subject, field) = part.target.place();
        let (before, after) = part.texts();
        ChangeRow {
            item: self.item,
            subject,
            field,
            before,
            after: match self.known_after {
                None => After::Known(after),
                Some(item) => After::KnownAfter { item, expected: after.unwrap_or_default() },
            },
            action: match (self.by, part.effect()) {
                (By::Person, _) => Action::Human,
                (By::Program, Effect::Create) => Action::Create,
                (By::Program, Effect::Update) => Action::Update,
                (By::Program, Effect::Delete) => Action::Delete,
            },
            ids: part.ids(),
            aside: self.aside.clone(),
        }
    }
}

impl ChangeRow {
    /// Whether both are about the same value: of the same record by its id where both are known,
    /// for two may have the same name.
    pub fn same_place(&self, other: &Self) -> bool {
        let same = |one: Option<&String>, other: Option<&String>, named: bool| match (one, other) {
            (Some(one), Some(other)) => one == other,
            _ => named,
        };
        let (ids, others) = (&self.ids, &other.ids);
        let (subject, others_subject) = (&self.subject, &other.subject);
        self.field == other.field
            && subject.kind == others_subject.kind
            && same(
                ids.subject.as_ref(),
                others.subject.as_ref(),
                subject.name == others_subject.name,
            )
            && same(
                ids.record_type.as_ref(),
                others.record_type.as_ref(),
                subject.record_type == others_subject.record_type,
            )
    }

    /// Whether the program makes it, and not a person.
    pub fn is_ours(&self) -> bool {
        self.action != Action::Human
    }

    /// The key of the configuration that asks for it.
    pub fn key(&self) -> Option<&str> {
        self.aside.as_ref()?.key.as_deref()
    }

    /// The value that a new call center would have without it.
    pub fn default_value(&self) -> Option<&str> {
        self.aside.as_ref()?.default.as_deref()
    }

    /// What the one whom it is about has in common with others.
    pub fn group(&self) -> Option<&str> {
        self.aside.as_ref()?.group.as_deref()
    }

    /// The value after it, where it is known.
    pub fn known_after(&self) -> Option<Option<&str>> {
        match &self.after {
            After::Known(value) => Some(value.as_deref()),
            After::KnownAfter { .. } => None,
        }
    }
}

impl After {
    /// A known value.
    pub fn value(text: impl Into<String>) -> Self {
        Self::Known(Some(text.into()))
    }
}

impl Serialize for After {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(value) => value.serialize(serializer),
            Self::KnownAfter { item, .. } => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("known_after", item)?;
                map.end()
            }
        }
    }
}
