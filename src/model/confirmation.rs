//! What people said that they have done, where no program can do or see it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::OrgId;

/// Somebody's word that an item is done. It is never called verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Id of the checklist item.
    pub item: String,
    /// Who said so: the operating system's user.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What was wanted then. When something else is wanted, the word no longer counts.
    pub wanted: String,
}

/// Every confirmation that holds for an org: its own, and those of its Webex tenant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmations {
    /// One an item.
    pub entries: Vec<Confirmation>,
}

/// A confirmation that the configuration states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedConfirmation {
    /// The confirmation.
    pub said: Confirmation,
    /// Whom it is for.
    pub of: Confirmed,
    /// The key path of the table that states it: `confirmed.csp-allow-list`, or below `orgs.ALIAS`.
    pub place: String,
}

/// Whom a confirmation is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// The Salesforce org of that id.
    Org(OrgId),
    /// The Webex organization of that id, and so every Salesforce org that works with it.
    Tenant(String),
}

impl StatedConfirmation {
    /// Whether it counts for an org that works with a Webex organization.
    pub fn counts_for(&self, org: &OrgId, tenant: Option<&str>) -> bool {
        match &self.of {
            Confirmed::Org(id) => id == org,
            Confirmed::Tenant(id) => tenant == Some(id.as_str()),
        }
    }
}

impl Confirmation {
    /// The day, as it is told: `2026-11-22`, in Greenwich.
    pub fn day(&self) -> String {
        self.at.strftime("%Y-%m-%d").to_string()
    }
}

impl Confirmations {
    /// The confirmation of an item.
    pub fn of(&self, item: &str) -> Option<&Confirmation> {
        self.entries.iter().find(|entry| entry.item == item)
    }

    /// Takes a confirmation in; an earlier one of the same item goes.
    pub fn take(&mut self, confirmation: Confirmation) {
        self.forget(&confirmation.item);
        self.entries.push(confirmation);
    }

    /// Takes in what comes from elsewhere: of two confirmations of one item, the later one stays. Whether it
    /// was taken, or is there already.
    pub fn take_later(&mut self, confirmation: Confirmation) -> bool {
        let known = self.of(&confirmation.item);
        if known.is_some_and(|known| known.at > confirmation.at) {
            return false;
        }
        self.take(confirmation);
        true
    }

    /// Forgets the confirmation of an item, and tells which it was.
    pub fn forget(&mut self, item: &str) -> Option<Confirmation> {
        let at = self.entries.iter().position(|entry| entry.item == item)?;
        Some(self.entries.remove(at))
    }

    /// Whether nobody has confirmed anything.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// These and those.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.entries.extend(others.entries);
        self
    }
}
