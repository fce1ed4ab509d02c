//! Single records, queries and descriptions.

use std::collections::BTreeMap;

use secrecy::SecretString;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{ApiError, Client, Error, Soql, decode, encode, soql};
use crate::wire::{Call, Class, Method, size};

/// Where it is told whose token it is.
pub(super) const USERINFO: &str = "/services/oauth2/userinfo";

/// Who is calling.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct UserInfo {
    /// The user's id.
    pub user_id: String,
    /// The org's id.
    pub organization_id: String,
    /// The user name; the identity service calls it so.
    #[serde(alias = "username")]
    pub preferred_username: Option<String>,
    /// The person's name.
    #[serde(alias = "display_name")]
    pub name: Option<String>,
}

/// What an org says about an object.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Describe {
    /// The object's API name.
    pub name: String,
    /// Its label.
    #[serde(default, deserialize_with = "decode::or_default")]
    pub label: String,
    /// Whether the caller may create records of it.
    #[serde(default, deserialize_with = "decode::flag")]
    pub createable: bool,
    /// Whether its records can be asked for by queries.
    #[serde(default, deserialize_with = "decode::flag")]
    pub queryable: bool,
    /// Its fields, as far as the caller may see them.
    #[serde(default, deserialize_with = "decode::list")]
    pub fields: Vec<Field>,
}

/// What an org says about a field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "the API's own fields")]
#[non_exhaustive]
pub struct Field {
    /// The API name.
    pub name: String,
    /// The label.
    #[serde(default, deserialize_with = "decode::or_default")]
    pub label: String,
    /// The type, such as `reference` or `picklist`.
    #[serde(rename = "type", default, deserialize_with = "decode::or_default")]
    pub kind: String,
    /// The longest text it takes.
    #[serde(default, deserialize_with = "decode::number")]
    pub length: Option<u64>,
    /// Whether the caller may set it on a new record.
    #[serde(default, deserialize_with = "decode::flag")]
    pub createable: bool,
    /// Whether the caller may change it.
    #[serde(default, deserialize_with = "decode::flag")]
    pub updateable: bool,
    /// Whether it may stand in a query's condition.
    #[serde(default, deserialize_with = "decode::flag")]
    pub filterable: bool,
    /// Whether field-level security can keep it from somebody; everybody has the others.
    #[serde(default, deserialize_with = "decode::flag")]
    pub permissionable: bool,
    /// Whether the org works it out by a formula.
    #[serde(default, deserialize_with = "decode::flag")]
    pub calculated: bool,
    /// Whether it may be empty.
    #[serde(default, deserialize_with = "decode::flag")]
    pub nillable: bool,
    /// Whether a new record gets a value without being told one.
    #[serde(rename = "defaultedOnCreate", default, deserialize_with = "decode::flag")]
    pub defaulted: bool,
    /// The objects it may refer to.
    #[serde(default, deserialize_with = "decode::list")]
    pub reference_to: Vec<String>,
    /// Its values, for a picklist.
    #[serde(default, deserialize_with = "decode::list")]
    pub picklist_values: Vec<PicklistValue>,
}

/// A value of a picklist.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct PicklistValue {
    /// The value.
    pub value: String,
    /// Its label.
    pub label: Option<String>,
    /// Whether it may still be chosen.
    #[serde(default, deserialize_with = "decode::flag")]
    pub active: bool,
}

/// One of an org's allowances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct Allowance {
    /// How much there is.
    pub max: i64,
    /// How much is left.
    pub remaining: i64,
}

#[derive(Deserialize)]
pub(super) struct Saved {
    id: Option<String>,
    #[serde(default, deserialize_with = "decode::flag")]
    success: bool,
    #[serde(default)]
    errors: Value,
}

impl Saved {
    pub(super) fn id(self, operation: &'static str) -> Result<String, Error> {
        match self.id {
            Some(id) if self.success => Ok(id),
            // A success without an id is as good as no answer.
            None if self.success => {
                Err(Error::protocol(operation, "it names no record").in_doubt(""))
            }
            _ => Err(Error::Api { operation, error: ApiError::from_json(200, &self.errors) }),
        }
    }
}

impl Client {
    /// All records that a query finds, page after page.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm>
    pub async fn query<T: DeserializeOwned>(&self, soql: &Soql) -> Result<Vec<T>, Error> {
        let operation = "query records";
        let path = self.path(&query_path(operation, "query", soql)?);
        self.all_records(operation, path).await
    }

    pub(super) async fn all_records<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        path: String,
    ) -> Result<Vec<T>, Error> {
        let mut answers = super::Answers::new(operation);
        answers.insert("query".to_owned(), Ok(self.json(Call::get(path, operation)).await?));
        self.complete_all(&mut answers).await?;
        answers.records("query")
    }

    /// Who is calling, and which org this is.
    ///
    /// <https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_using_userinfo_endpoint.htm>
    pub async fn userinfo(&self) -> Result<UserInfo, Error> {
        self.json(Call::get(USERINFO, "look up the logged-in user").at_most(size::WORD)).await
    }

    /// A link that logs a browser in, once, and opens a page of the org. It needs a login with the scope
    /// `web`.
    ///
    /// <https://help.salesforce.com/s/articleView?id=xcloud.frontdoor_singleaccess.htm>
    pub async fn single_access(&self, page: &str) -> Result<SecretString, Error> {
        #[derive(Deserialize)]
        struct Link {
            frontdoor_uri: String,
        }
        let page = encode::component(page);
        let path = format!("/services/oauth2/singleaccess?redirect_uri={page}");
        let call = Call::get(path, "ask for a link into Setup").at_most(size::WORD);
        let link: Link = self.json(call).await?;
        let link = SecretString::from(link.frontdoor_uri);
        self.transport().hide(&link);
        Ok(link)
    }

    /// What an object looks like to the caller.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm>
    pub async fn describe(&self, object: &str) -> Result<Describe, Error> {
        let path = self.path(&format!("sobjects/{}/describe", encode::component(object)));
        self.json(Call::get(path, "describe an object").at_most(size::REPORT)).await
    }

    /// The org's allowances.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_limits.htm>
    pub async fn limits(&self) -> Result<BTreeMap<String, Allowance>, Error> {
        self.json(Call::get(self.path("limits"), "read the org's limits").at_most(size::RECORD))
            .await
    }

    /// Creates a record and returns its id.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_sobject_create.htm>
    pub async fn create(&self, object: &str, fields: &Value) -> Result<String, Error> {
        let operation = "create a record";
        let path = self.path(&format!("sobjects/{}", encode::component(object)));
        let call = Call::new(Method::POST, path, operation, Class::Write)
            .with_json(fields)
            .at_most(size::WORD);
        self.json::<Saved>(call).await?.id(operation)
    }

    /// Changes a record.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_update_fields.htm>
    pub async fn update(&self, object: &str, id: &str, fields: &Value) -> Result<(), Error> {
        let path = self.path(&record_path(object, id));
        let call =
            Call::new(Method::PATCH, path, "change a record", Class::Write).with_json(fields);
        self.send(call).await.map(drop)
    }

    /// Deletes a record.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_delete_record.htm>
    pub async fn delete(&self, object: &str, id: &str) -> Result<(), Error> {
        let path = self.path(&record_path(object, id));
        self.send(Call::new(Method::DELETE, path, "delete a record", Class::Write)).await.map(drop)
    }
}

pub(super) fn record_path(object: &str, id: &str) -> String {
    format!("sobjects/{}/{}", encode::component(object), encode::component(id))
}

/// The path of a query; one that no address can hold is refused before it is sent.
pub(super) fn query_path(
    operation: &'static str,
    resource: &str,
    soql: &Soql,
) -> Result<String, Error> {
    let encoded = soql.encoded();
    if encoded.len() > soql::MAX_ENCODED {
        let reason = format!(
            "the query needs {} bytes in an address, {} at most are possible; split its lists",
            encoded.len(),
            soql::MAX_ENCODED
        );
        return Err(Error::protocol(operation, reason));
    }
    Ok(format!("{resource}?q={encoded}"))
}
