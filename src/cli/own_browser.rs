//! The person's own browser, for what no API does in Setup: which one it is.

use super::browser_rule::Rule;
use super::context::Context;
use super::job::Job;
use crate::engine::SetupBrowser;
use crate::failure::Failure;
use crate::view::RunView;

/// A browser, and when it may be used.
pub(super) struct OwnBrowser<'a> {
    pub(super) browser: Box<dyn SetupBrowser + 'a>,
    pub(super) rule: Rule,
}

/// The browser that `--browser` names, or the first that this machine has.
pub(super) fn find<'a>(
    context: &Context<'_>,
    job: &Job<'_>,
    view: &'a RunView<'_>,
    rule: Rule,
) -> Result<Option<OwnBrowser<'a>>, Failure> {
    #[cfg(feature = "browser")]
    {
        let variables = (context.surroundings.browser)();
        let found = super::setup_browser::find(job.browser, variables, view, rule)?;
        Ok(found.map(|browser| OwnBrowser { browser, rule }))
    }
    #[cfg(not(feature = "browser"))]
    {
        let (Context { .. }, RunView { .. }, Rule { .. }) = (context, view, rule);
        match job.browser {
            Some(_) => Err(Failure::usage("This build of provision has no browser support.")),
            None => Ok(None),
        }
    }
}
