//! When agents notice a change.

use serde::Serialize;

/// When agents notice a change: what is done to their browser, or comes by itself, before they do.
///
/// Cisco's guides say of desktop layouts that agents reload, of call centers that they log in again,
/// and of desktop profiles that the next sign-in shows them. Of the data centre and of state sync
/// nobody says it; the earlier moment is assumed, so that a change is rather announced too early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Noticed {
    /// As soon as it is made, even in the middle of a call.
    AtOnce,
    /// With the next call.
    NextCall,
    /// When they reload a page of Salesforce.
    SalesforceReload,
    /// When they log in to Salesforce the next time.
    SalesforceLogin,
    /// When they reload the Agent Desktop.
    DesktopReload,
    /// When they sign in to the Agent Desktop the next time.
    DesktopLogin,
    /// Not by itself: something else has to change as well.
    Never,
}
