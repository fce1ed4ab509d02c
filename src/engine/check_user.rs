//! Logins of agents, with which a run looks at what only their users can see.

use salesforce_client::Client;

use crate::failure::Failure;
use crate::model::UnseenLayout;

/// The login of a check user.
#[derive(Debug)]
pub struct CheckUser {
    /// What the person calls it.
    pub alias: String,
    /// The id of the user whom it is for.
    pub user_id: String,
    /// The way into the org, or why there is none.
    pub client: Result<Client, UnseenLayout>,
}

/// Why there is no way in, or no answer.
pub fn unseen_by(failure: &Failure) -> UnseenLayout {
    UnseenLayout {
        why: failure.message().trim_end_matches('.').to_owned(),
        remedy: failure.steps().into_iter().cloned().collect(),
    }
}
