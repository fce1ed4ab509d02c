//! What happens while a run is under way, for whoever watches: terminal, JSON Lines, tests.

use serde::Serialize;

use super::report::{ItemOutcome, ItemReport, OrgReport, TenantReport};
use crate::checklist::ItemId;
use crate::model::Wave;

/// Something that happened.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The org is being looked at.
    Observing,
    /// The org told who it is.
    Connected {
        /// Which org.
        org: OrgReport,
    },
    /// The Webex organization told who it is.
    TenantConnected {
        /// Which organization.
        tenant: TenantReport,
    },
    /// Every item was asked.
    Planned {
        /// The answers.
        items: Vec<ItemReport>,
    },
    /// A wave begins.
    WaveStarted {
        /// Which.
        wave: Wave,
        /// The items that it carries.
        items: Vec<ItemId>,
        /// How many changes it carries.
        changes: usize,
        /// How long that usually takes, where earlier runs tell it.
        #[serde(skip_serializing_if = "Option::is_none")]
        usual_ms: Option<u64>,
    },
    /// A wave is through.
    WaveEnded {
        /// Which.
        wave: Wave,
        /// The items that it carried.
        items: Vec<ItemId>,
        /// How many changes were kept.
        made: usize,
        /// How long it took.
        duration_ms: u64,
        /// Whether it failed.
        failed: bool,
    },
    /// An item is being worked on.
    Doing {
        /// Which.
        item: ItemId,
        /// What is being done, without a full stop: `installing version 1.10`.
        what: String,
    },
    /// Something was done in the person's browser, and stays readable: nobody has another record of it.
    Step {
        /// The item.
        item: ItemId,
        /// What was done: `Name: Webex`.
        what: String,
    },
    /// An item waits for the org.
    Waiting {
        /// Which.
        item: ItemId,
        /// What it waits for: `PackageInstallRequest 0Hf… (IN_PROGRESS)`.
        what: String,
        /// For how long.
        elapsed_ms: u64,
    },
    /// Part of an item's work is done.
    Progress {
        /// Which.
        item: ItemId,
        /// How much.
        done: usize,
        /// Of how much.
        total: usize,
        /// What is counted: `components`.
        unit: &'static str,
    },
    /// An item is through.
    ItemDone {
        /// Which.
        item: ItemId,
        /// How it ended.
        outcome: ItemOutcome,
        /// What there is to say about it.
        #[serde(skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    /// Something that people should know.
    Note {
        /// Whether it asks for attention.
        warning: bool,
        /// The sentence.
        text: String,
    },
}
