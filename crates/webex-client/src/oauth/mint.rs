//! `POST /v1/applications/{applicationId}/token`: tokens for a service app.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use wire::{Call, Class, Method, Transport, size};

use super::{Error, Issued};
use crate::OrganizationId;
use crate::encode::component;

/// A service app, as developer.webex.com shows it to whoever made it.
#[derive(Clone)]
pub struct ServiceApp {
    /// The app's id.
    pub application_id: String,
    /// Its client id.
    pub client_id: String,
    /// Its client secret.
    pub client_secret: SecretString,
}

/// Gets tokens for a service app in an organization whose administrator has authorised it. `token` is
/// that of an integration with the scope [`Scope::MintTokens`](crate::Scope::MintTokens).
///
/// Repeated like a read: each call brings tokens of its own and takes none away.
pub async fn mint(
    transport: &Transport,
    token: &SecretString,
    app: &ServiceApp,
    organization: &OrganizationId,
) -> Result<Issued, Error> {
    let path = format!("/v1/applications/{}/token", component(&app.application_id));
    let body = json!({
        "clientId": app.client_id,
        "clientSecret": app.client_secret.expose_secret(),
        "targetOrgId": organization.as_str(),
    });
    transport.hide(&app.client_secret);
    let operation = "get tokens for the service app";
    let mut call =
        Call::new(Method::POST, path, operation, Class::Read).with_json(&body).at_most(size::WORD);
    call.bearer = Some(token.clone());
    let answer = transport.send(&call).await?;
    Issued::read(transport, &answer)
}

impl fmt::Debug for ServiceApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceApp")
            .field("application_id", &self.application_id)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}
