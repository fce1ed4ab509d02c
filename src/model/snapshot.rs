//! What of the connector an org had at one moment, value by value.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Ids, OrgId, OrgKind, Organization, Subject, SubjectKind, Target, TenantRecord, Value};

/// What of the connector an org had at one moment. What is not among its rows was not there, unless it
/// was not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// When it was taken.
    pub taken: Timestamp,
    /// Version of the program that took it.
    pub program: String,
    /// Of which org.
    pub org: SnapshotOrg,
    /// Id of the Webex organization that was looked at beside it, where one was.
    pub webex: Option<String>,
    /// API names of the permission sets of which it knows who has them.
    pub permission_sets: BTreeSet<String>,
    /// The values, in the order of the checklist.
    pub rows: Vec<SnapshotRow>,
    /// What was not shown.
    pub unseen: Vec<NotSeen>,
}

/// The org of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotOrg {
    /// Its id.
    pub id: OrgId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: OrgKind,
    /// Its My Domain name, where its address has one.
    pub my_domain: Option<String>,
}

/// A value: names always, and ids where they were seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotRow {
    /// Id of the checklist item that it belongs to.
    pub item: String,
    /// The recipe of the connector whose value it is; `None`: somebody else's, which may yet become
    /// the connector's.
    pub recipe: Option<String>,
    /// What it is a value of.
    pub subject: Subject,
    /// Which value of it.
    pub field: String,
    /// The value.
    pub value: String,
    /// All that it consists of, where the value only stands for it: the JSON of a desktop layout.
    pub content: Option<String>,
    /// Ids of what the row speaks of; that of the value is the one `after`.
    pub ids: Ids,
}

/// What was not shown, so that nothing is known of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotSeen {
    /// Id of the checklist item that it belongs to.
    pub item: String,
    /// The one subject that was not shown; `None`: nothing of the item.
    pub subject: Option<String>,
    /// What it is, and what was said instead.
    pub words: String,
}

impl SnapshotOrg {
    /// The org that was looked at.
    pub fn new(organization: &Organization) -> Self {
        Self {
            id: organization.id,
            name: organization.name.clone(),
            kind: organization.kind,
            my_domain: organization.my_domain().map(str::to_owned),
        }
    }

    /// As people read it: `"Acme" (production, acme)`.
    pub fn shown(&self) -> String {
        let domain = self.my_domain.clone().unwrap_or_else(|| self.id.long());
        format!("\"{}\" ({}, {domain})", self.name, self.kind.name())
    }
}

impl SnapshotRow {
    /// A value as it is written down.
    pub fn new(item: &str, recipe: Option<&str>, target: &Target, value: &Value) -> Self {
        let (subject, field) = target.place();
        let content = match value {
            Value::DesktopLayout(layout) => Some(layout.content.clone()),
            _ => None,
        };
        Self {
            item: item.to_owned(),
            recipe: recipe.map(str::to_owned),
            subject,
            field,
            value: value.text(target),
            content,
            ids: Ids { after: value.id().map(str::to_owned), ..target.ids() },
        }
    }

    /// What it is about.
    pub fn target(&self) -> Target {
        Target::read(&self.subject, &self.field, &self.ids)
    }

    /// The value, as far as a text tells it.
    pub fn read(&self) -> Value {
        let text = self.content.as_ref().unwrap_or(&self.value);
        Value::read(&self.target(), text, self.ids.after.as_deref())
    }

    /// The user whose value it is.
    pub fn user(&self) -> Option<&str> {
        let is_users =
            matches!(self.subject.kind, SubjectKind::User | SubjectKind::PermissionSetAssignment);
        is_users.then_some(self.subject.name.as_str())
    }

    /// Whether it is of the connector, in the Salesforce org or in the Webex organization.
    pub fn is_connectors(&self) -> bool {
        self.recipe.is_some() || self.in_tenant().is_some()
    }

    /// The record of the Webex organization that it belongs to, where it does.
    pub fn in_tenant(&self) -> Option<TenantRecord> {
        self.subject.kind.in_tenant()
    }
}

impl NotSeen {
    /// Whether that row would be among what was not shown.
    pub fn hides(&self, row: &SnapshotRow) -> bool {
        let is_subject = self.subject.as_ref().is_none_or(|name| *name == row.subject.name);
        self.item == row.item && is_subject
    }
}

impl Snapshot {
    /// Why nothing is known of such a value, where its absence says nothing.
    pub fn blindness(&self, row: &SnapshotRow) -> Option<String> {
        if let Some(unseen) = self.unseen.iter().find(|unseen| unseen.hides(row)) {
            return Some(unseen.words.clone());
        }
        if row.in_tenant().is_some() && self.webex.is_none() {
            return Some("No Webex organization was looked at.".to_owned());
        }
        let is_assignment = row.subject.kind == SubjectKind::PermissionSetAssignment;
        (is_assignment && !self.permission_sets.contains(&row.field))
            .then(|| format!("Nobody looked for who has the permission set {}.", row.field))
    }

    /// User names of whom its rows speak.
    pub fn users(&self) -> BTreeSet<&str> {
        self.rows.iter().filter_map(SnapshotRow::user).collect()
    }
}
