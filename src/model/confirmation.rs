//! What people said that they have done, where no program can do or see it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{OrgId, Way};

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
    /// What is set up, one an item.
    pub entries: Vec<Confirmation>,
    /// What is taken out, one an item, until the uninstall that left it to a person is through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removals: Vec<Confirmation>,
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

    /// Those of setting up, or of taking out.
    pub fn of_way(&self, way: Way) -> &[Confirmation] {
        match way {
            Way::Build => &self.entries,
            Way::Remove => &self.removals,
        }
    }

    fn of_way_mut(&mut self, way: Way) -> &mut Vec<Confirmation> {
        match way {
            Way::Build => &mut self.entries,
            Way::Remove => &mut self.removals,
        }
    }

    /// Takes a confirmation of what is set up in; an earlier one of the same item goes.
    pub fn take(&mut self, confirmation: Confirmation) {
        self.take_of(Way::Build, confirmation);
    }

    /// The same of what is set up, or taken out.
    pub fn take_of(&mut self, way: Way, confirmation: Confirmation) {
        self.forget(way, &confirmation.item);
        self.of_way_mut(way).push(confirmation);
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
    pub fn forget(&mut self, way: Way, item: &str) -> Option<Confirmation> {
        let entries = self.of_way_mut(way);
        let at = entries.iter().position(|entry| entry.item == item)?;
        Some(entries.remove(at))
    }

    /// These and those.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.entries.extend(others.entries);
        self.removals.extend(others.removals);
        self
    }
}
