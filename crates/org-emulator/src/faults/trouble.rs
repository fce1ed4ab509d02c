//! What goes wrong inside a request, where only its handler can tell how.

use crate::world::jobs::DeployFailure;
use crate::world::refusal::Refusal;

/// What the request that is being answered meets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Nothing.
    #[default]
    None,
    /// Somebody else holds what it wants to write.
    Lock,
    /// The install that it starts will fail.
    Install(String),
    /// The uninstall that it starts will fail.
    Uninstall(String),
    /// The deploy that it starts will fail.
    Deploy(DeployFailure),
}

impl Trouble {
    /// Refuses to write a record that is locked.
    pub(crate) fn check_record(&self, id: Option<&str>) -> Result<(), Refusal> {
        if *self != Self::Lock {
            return Ok(());
        }
        let records = id.map_or_else(String::new, |id| format!(" or 1 records: {id}"));
        Err(Refusal::new(
            "UNABLE_TO_LOCK_ROW",
            format!("unable to obtain exclusive access to this record{records}"),
        ))
    }

    /// Refuses to change the setup while it is locked.
    pub(crate) fn check_setup(&self) -> Result<(), Refusal> {
        if *self == Self::Lock { Err(Refusal::setup_locked()) } else { Ok(()) }
    }

    /// Why the install that is being started will fail.
    pub(crate) fn install_error(&self) -> Option<String> {
        match self {
            Self::Install(message) => Some(message.clone()),
            _ => None,
        }
    }

    /// Why the uninstall that is being started will fail.
    pub(crate) fn uninstall_error(&self) -> Option<String> {
        match self {
            Self::Uninstall(message) => Some(message.clone()),
            _ => None,
        }
    }

    /// How the deploy that is being started will fail.
    pub(crate) fn deploy_failure(&self) -> Option<DeployFailure> {
        match self {
            Self::Deploy(failure) => Some(failure.clone()),
            _ => None,
        }
    }
}
