//! What an item of the checklist is: one folder, behind one trait.

use std::cmp::Ordering;
use std::fmt;

use serde::{Serialize, Serializer};

use super::looks::Intent;
use super::{
    Adoptee, Case, ChangeRow, Check, Checkup, Holdings, ITEMS, Kept, Lookup, Noticed, Now, Scope,
    SnapshotCase, Stop, TENANT_ITEMS, Verdict, undo,
};
use crate::model::{ConnectorWish, Draft, Look, OrgState, Recipe, Subject, Target, Value, Wave};

/// An item of the checklist: everything that is known about one row of Cisco's article.
pub trait Item: Sync {
    /// What it is called, and what it builds on.
    fn about(&self) -> &'static About;

    /// What it has to see of the org: to bring itself about, or to take itself out. It is not asked
    /// for its answer where the org did not show one of these.
    fn looks(&self, intent: &Intent<'_>) -> Vec<Look>;

    /// What it looks at besides, to say more: where the org does not show that, it says so and goes
    /// on. It never takes what it did not see for nothing.
    fn glances(&self, _intent: &Intent<'_>) -> Vec<Look> {
        Vec::new()
    }

    /// What the org lacks without which nothing of it can be there, whatever else was seen.
    fn lacks(&self, _state: &OrgState) -> Option<Stop> {
        None
    }

    /// What is to be changed so that the org is as wanted.
    fn plan(&self, case: Case<'_>) -> Verdict;

    /// What is to be changed so that the org is without it. There is no default: an item that
    /// leaves something behind says so.
    fn removal(&self, case: Case<'_>) -> Verdict;

    /// How its changes are counted where people read it.
    fn nouns(&self, change: &ChangeRow) -> Nouns;

    /// When agents notice a change of it.
    fn noticed(&self, _change: &ChangeRow) -> Noticed {
        self.about().noticed
    }

    /// What the org has already as it is wanted, where an uninstall has to know of it.
    fn kept(&self, _case: Case<'_>) -> Vec<Kept> {
        Vec::new()
    }

    /// What the org has already as it is wanted, and a deploy of the whole configuration holds too.
    fn in_place(&self, case: Case<'_>) -> Vec<Kept> {
        self.kept(case)
    }

    /// Whether a value that is about to be replaced is the connector's own, so that it says nothing
    /// of what was there before the connector.
    fn is_connectors(&self, _value: &Value, _recipe: &Recipe) -> bool {
        false
    }

    /// What a person can confirm of it: whom it belongs to, and what is wanted, as one text. `None`
    /// where the program does the item, or where nothing is wanted of it.
    fn confirmable(&self, _desired: &ConnectorWish) -> Option<(Scope, String)> {
        None
    }

    /// The same of its absence, where an uninstall leaves it to a person and no API shows whether it is gone.
    fn confirmable_removal(&self, _desired: &ConnectorWish) -> Option<(Scope, String)> {
        None
    }

    /// What `doctor` says of it.
    fn checks(&self, _checkup: &Checkup<'_>) -> Vec<Check> {
        Vec::new()
    }

    /// Whether its part of the configuration names people, profiles or permission sets. `doctor`
    /// tells in one check which of those the org lacks.
    fn names_people(&self) -> bool {
        false
    }

    /// What a configuration would say that wants of it just what an org has.
    fn adopt(&self, _adoptee: &Adoptee<'_>) -> Draft {
        Draft::default()
    }

    /// What it holds in an org, value by value and whoever set it: its part of a snapshot.
    fn holds(&self, _case: &SnapshotCase<'_>, _into: &mut Holdings) {}

    /// What a target of its changes holds now.
    fn now(&self, _org: &Lookup<'_>, _target: &Target) -> Now {
        Now::Unseen
    }

    /// A recorded value as the org has it now; `None` where what it names is not there any more.
    fn recorded(&self, _state: &OrgState, value: &Value) -> Option<Value> {
        Some(value.clone())
    }

    /// What is to be changed so that its values are as the baseline of the case records them. What
    /// somebody else has changed since is theirs and stays.
    fn put_back(&self, case: Case<'_>) -> Verdict {
        let state = case.state;
        let org = Lookup::of(state);
        let now = |target: &Target| self.now(&org, target);
        let recorded = |value: &Value| self.recorded(state, value);
        undo::put_back(case, self.about().id, &now, &recorded)
    }

    /// What of it changed between two observations though no change asked for it.
    fn moved_elsewhere(
        &self,
        _before: &OrgState,
        _after: &OrgState,
        _expected: &[&Target],
    ) -> Vec<Subject> {
        Vec::new()
    }
}

/// What an item is called, and what it builds on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// Its id in documents and on the command line.
    pub id: ItemId,
    /// What it is called where people read it.
    pub title: &'static str,
    /// The items that it speaks of: they bring what it needs.
    pub needs: &'static [ItemId],
    /// The wave that carries most of what it wants; `None`: a person does it.
    pub wave: Option<Wave>,
    /// Whether its changes are single values of one thing, so that the field has to be told.
    pub of_fields: bool,
    /// When agents notice what it changes.
    pub noticed: Noticed,
    /// What a person may say of it.
    pub word: Word,
}

/// Whether a person may confirm that an item is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// No: the org shows it.
    NotAsked,
    /// Yes: nothing shows it.
    Asked,
    /// Yes, where the org does not show it to the calling user.
    AskedWhereUnseen,
}

/// How changes are counted: one, several, and what is to be done with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nouns {
    /// `user`
    pub one: &'static str,
    /// `users`
    pub many: &'static str,
    /// `to add to the call center`
    pub to_do: &'static str,
}

/// The id of an item: `task-layout`. Each item's folder declares its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ItemId(&'static str);

impl ItemId {
    /// An id.
    pub(super) const fn new(id: &'static str) -> Self {
        Self(id)
    }

    /// The item of that id; `None` where this version has none.
    pub fn parse(id: &str) -> Option<Self> {
        Self::all().find(|item| item.0 == id)
    }

    /// Every id, in the order of the checklist.
    pub fn all() -> impl Iterator<Item = Self> {
        let of_org = ITEMS.iter().map(|item| item.about().id);
        of_org.chain(TENANT_ITEMS.iter().map(|item| item.about().id))
    }

    /// The id as it is written.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// What it is called, and what it builds on.
    pub fn about(self) -> Option<&'static About> {
        let of_org = ITEMS.iter().map(|item| item.about());
        of_org.chain(TENANT_ITEMS.iter().map(|item| item.about())).find(|it| it.id == self)
    }

    /// How its changes are counted where people read it.
    pub fn nouns(self, change: &ChangeRow) -> Option<Nouns> {
        let in_tenant = || TENANT_ITEMS.iter().find(|item| item.about().id == self);
        match self.item() {
            Some(item) => Some(item.nouns(change)),
            None => in_tenant().map(|item| item.nouns(change)),
        }
    }

    /// When agents notice a change of it.
    pub fn noticed(self, change: &ChangeRow) -> Noticed {
        match self.item() {
            Some(item) => item.noticed(change),
            None => self.about().map_or(Noticed::Never, |about| about.noticed),
        }
    }

    /// The item itself, where it is one of a Salesforce org.
    pub fn item(self) -> Option<&'static dyn Item> {
        ITEMS.iter().copied().find(|item| item.about().id == self)
    }

    /// What it is called where people read it.
    pub fn title(self) -> &'static str {
        self.about().map_or(self.0, |about| about.title)
    }

    /// Its place in the checklist.
    fn place(self) -> usize {
        Self::all().position(|item| item == self).unwrap_or(usize::MAX)
    }
}

impl Nouns {
    /// One, several, and what is to be done with them.
    pub(super) const fn new(one: &'static str, many: &'static str, to_do: &'static str) -> Self {
        Self { one, many, to_do }
    }

    /// What only a person does.
    pub(super) const STEPS: Self = Self::new("step", "steps", "for a person");
}

/// In the order of the checklist.
impl Ord for ItemId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place()).then_with(|| self.0.cmp(other.0))
    }
}

impl PartialOrd for ItemId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl Serialize for ItemId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}
