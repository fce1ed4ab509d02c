//! What an item of the Webex organization is.

use super::TenantCase;
use crate::checklist::{About, ChangeRow, Nouns, Verdict};
use crate::model::TenantLook;

/// An item of the Webex organization: everything that is known about it.
pub trait TenantItem: Sync {
    /// What it is called, and what it builds on.
    fn about(&self) -> &'static About;

    /// What it has to see; nothing where nothing is wanted of it.
    fn looks(&self, case: &TenantCase<'_>) -> Vec<TenantLook>;

    /// What is to be changed so that the contact center is as wanted.
    fn plan(&self, case: &TenantCase<'_>) -> Verdict;

    /// What is to be changed so that it is as it was. There is no default: an item that leaves
    /// something behind says so.
    fn removal(&self, case: &TenantCase<'_>) -> Verdict;

    /// How its changes are counted where people read it.
    fn nouns(&self, change: &ChangeRow) -> Nouns;
}
