//! What no API does: a browser does it in Setup, where whoever the run is for has one.

use std::collections::BTreeMap;
use std::path::PathBuf;

use futures_util::future::BoxFuture;
use secrecy::SecretString;

use super::report::OrgReport;
use crate::model::{SetupBefore, SetupTask};

/// A browser that works in Setup while a person watches it.
pub trait SetupBrowser: Send + Sync {
    /// Does it, up to the page that shows that it was kept.
    fn carry_out<'a>(
        &'a self,
        work: &'a SetupWork,
        watch: &'a dyn SetupWatch,
    ) -> BoxFuture<'a, Result<(), SetupStopped>>;
}

/// What is to be done, and how to get there.
#[derive(Debug)]
pub struct SetupWork {
    /// What.
    pub task: SetupTask,
    /// The org.
    pub org: OrgReport,
    /// Labels of objects, by API name, as the caller reads them.
    pub labels: BTreeMap<String, String>,
    /// Where the browser goes first: a link that logs it in once, or the page of Setup.
    pub address: SecretString,
    /// The page of Setup, which says nothing of a login.
    pub page: String,
    /// The folder for what is kept of a page that does not look as expected.
    pub evidence: PathBuf,
}

/// Why it stopped. Whatever it is, a person can go on from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupStopped {
    /// What happened, in sentences.
    pub message: String,
    /// The folder in which the page is kept.
    pub evidence: Option<PathBuf>,
    /// Whether nothing is in the org but what was told as saved.
    pub all_told: bool,
}

/// Whoever watches the browser.
pub trait SetupWatch: Send + Sync {
    /// A page waits for the person.
    fn waits(&self, what: &str);
    /// Something was done.
    fn step(&self, what: &str);
    /// What is there before something is saved, told directly before it is sent. What cannot be written down is not changed.
    fn remember(&self, before: SetupBefore) -> BoxFuture<'_, Result<(), String>>;
    /// Something was saved, and seen in Setup afterwards.
    fn saved(&self, what: &str) -> BoxFuture<'_, ()>;
}
