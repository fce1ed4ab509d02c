//! What a person does where a login did not come about, or cannot be renewed.

use salesforce_client::oauth::{Denial, Error, KeyError};

use super::{after_denial, after_obstacle};
use crate::model::Hint;

/// What to do about an access token that nobody renews, once the org no longer accepts it.
pub const NEW_ACCESS_TOKEN: &str = "The access token is wrong, expired, or of another org. Get a new \
     one, for example with `sf org auth show-access-token`, and put it into PROVISION_ACCESS_TOKEN.";

/// What to do next, one sentence each.
pub fn after_login_error(error: &Error) -> Vec<Hint> {
    match error {
        Error::Denied(Denial { obstacle: Some(obstacle), .. }) => after_obstacle(obstacle),
        Error::Denied(denial) => after_denial(denial).iter().map(Hint::text).collect(),
        Error::Busy(_) => {
            vec![Hint::text("Run this again later. status.salesforce.com shows maintenance.")]
        }
        Error::CannotSign { .. } => vec![Hint::text("Look at the file that --jwt-key names.")],
        Error::WrongOrg { hint, .. } => vec![Hint::text(hint)],
        Error::Local { hints, .. } => hints.iter().map(Hint::text).collect(),
        _ => Vec::new(),
    }
}

/// What to do about a private key that cannot sign.
pub fn after_key_error(error: &KeyError) -> &'static str {
    match error {
        KeyError::Encrypted => {
            "Decrypt it into a file that only you can read: umask 077; openssl pkey -in KEY -out \
             server.key"
        }
        KeyError::Public => {
            "Upload the certificate to the app in Setup. Pass its private key, such as server.key, to \
             --jwt-key."
        }
        _ => {
            "Make one, with its certificate for the app: openssl req -x509 -newkey rsa:2048 -nodes \
             -days 730 -subj /CN=provision -keyout server.key -out server.crt"
        }
    }
}
