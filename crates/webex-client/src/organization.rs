//! Whose contact center it is.

use serde::Deserialize;
use wire::{Call, size};

use crate::{Client, Error, OrganizationId};

/// The organization, as the service itself says.
///
/// The API's description does not have this resource; what is read is what others have seen of it, and
/// the name's field is a guess between the two that Webex uses.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name, where it is told.
    #[serde(alias = "displayName")]
    pub name: Option<String>,
}

impl Client {
    /// Asks the service which organization it is, so that a person can see the name before anything is
    /// changed. An organization with another id than the session's is an error.
    pub async fn organization(&self) -> Result<Organization, Error> {
        let operation = "ask which organization this is";
        let found: Organization =
            self.json(Call::get(self.path(""), operation).at_most(size::WORD)).await?;
        if found.id != *self.organization_id() {
            let (wanted, found) = (self.organization_id(), &found.id);
            let reason = format!("organization {wanted} was asked for, and {found} answered");
            return Err(self.without_secrets(Error::protocol(operation, reason)));
        }
        Ok(found)
    }
}
