//! What keeps the calling user out of the org altogether: then it is all that there is to say.

use crate::checklist::{Check, Group, Topic};
use crate::model::{Hint, Obstacle};

/// The org lets the caller do nothing; `None` where that is known of the login only.
pub fn kept_out(
    obstacle: Option<&Obstacle>,
    message: &str,
    hints: impl IntoIterator<Item = Hint>,
) -> Check {
    Check::problem(topic(obstacle), message).steps(hints).blocking()
}

/// What the check is called.
fn topic(obstacle: Option<&Obstacle>) -> Topic<'static> {
    let (group, id, title) = match obstacle {
        Some(
            Obstacle::NotItsAddress { .. }
            | Obstacle::Moved { .. }
            | Obstacle::LedElsewhere { .. }
            | Obstacle::NoSuchHost { .. }
            | Obstacle::NoOrgThere,
        ) => (Group::Login, "address", "Address of the org"),
        Some(
            Obstacle::OrgLocked
            | Obstacle::TrialExpired
            | Obstacle::OrgNotReady
            | Obstacle::Maintenance,
        ) => (Group::Org, "org-open", "Org is open"),
        Some(
            Obstacle::PasswordExpired
            | Obstacle::PasswordLockout
            | Obstacle::PasskeyPage
            | Obstacle::SessionLevelTooLow,
        ) => (Group::Login, "password", "Password and passkey"),
        Some(Obstacle::NetworkRestricted | Obstacle::HourRestricted) => {
            (Group::Login, "restrictions", "Network and hours")
        }
        Some(Obstacle::AppNotAllowed | Obstacle::NoApiSession | Obstacle::ApiNotEnabled) => {
            (Group::Login, "api-access", "Access to the API")
        }
        _ => (Group::Login, "login", "Login"),
    };
    Topic::new(group, 10, id, title)
}
