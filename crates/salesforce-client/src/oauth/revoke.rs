//! `POST /services/oauth2/revoke`.

use secrecy::{ExposeSecret as _, SecretString};

use super::{Denial, Error, token::form};
use crate::wire::{Call, Class, Method, Transport};

/// Makes a token worthless; with a refresh token go the access tokens that it brought.
///
/// A token that is worthless already is fine.
///
/// <https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_revoke_token.htm>
pub async fn revoke(transport: &Transport, token: &SecretString) -> Result<(), Error> {
    let body = form(&[("token", token.expose_secret().to_owned())]);
    let call =
        Call::new(Method::POST, "/services/oauth2/revoke", "revoke the login's token", Class::Read)
            .with_body("application/x-www-form-urlencoded", body);
    transport.hide(token);
    let answer = transport.send(&call).await?;
    if answer.status.is_success() {
        return Ok(());
    }
    match Denial::error(&answer) {
        Error::Denied(denial)
            if ["invalid_token", "unsupported_token_type"].contains(&denial.error.as_str()) =>
        {
            Ok(())
        }
        error => Err(error),
    }
}
