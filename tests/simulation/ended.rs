//! How a run ended.

use provision::engine::Report;
use provision::failure::{Failure, Kind};

/// How a run ended.
#[derive(Debug)]
pub(crate) enum Ended {
    /// Nobody was told.
    Killed,
    /// It came to its own end.
    Well,
    /// So did what it did; what it did not see of the Webex organization, which keeps nobody from moving, it says.
    WithoutTenant(String),
    /// It says why it did not do all.
    Failed(Box<Failure>),
}

impl Ended {
    pub(crate) fn of(report: Report) -> Self {
        report.failure.map_or(Self::Well, Self::failed)
    }

    pub(crate) fn failed(failure: Failure) -> Self {
        Self::Failed(Box::new(failure))
    }

    pub(crate) fn is_well(&self) -> bool {
        matches!(self, Self::Well)
    }

    /// A failure is told, and is no mistake of the program.
    pub(crate) fn is_told(&self) -> Result<(), String> {
        match self {
            Self::Failed(failure) if failure.kind == Kind::Bug || failure.message().is_empty() => {
                Err(format!("a mistake of the program: {failure:#?}"))
            }
            _ => Ok(()),
        }
    }

    /// In short.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Killed => "killed".to_owned(),
            Self::Well => "done".to_owned(),
            Self::WithoutTenant(why) => format!("done but for the Webex organization: {why}"),
            Self::Failed(failure) => format!("{:?}: {}", failure.kind, failure.message()),
        }
    }
}
