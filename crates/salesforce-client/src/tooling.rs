//! The Tooling API.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::rest::{Saved, query_path, record_path};
use super::{Answers, Client, Composite, Error, Soql, encode};
use crate::wire::{Call, Class, Method, size};

/// The Tooling API of an org.
#[derive(Debug, Clone, Copy)]
pub struct Tooling<'a> {
    client: &'a Client,
}

impl<'a> Tooling<'a> {
    pub(super) fn new(client: &'a Client) -> Self {
        Tooling { client }
    }

    /// All records that a query finds.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/intro_rest_resources.htm>
    pub async fn query<T: DeserializeOwned>(&self, soql: &Soql) -> Result<Vec<T>, Error> {
        self.query_for("query the org's setup", soql).await
    }

    pub(super) async fn query_for<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        soql: &Soql,
    ) -> Result<Vec<T>, Error> {
        let path = self.client.path(&query_path(operation, "tooling/query", soql)?);
        self.client.all_records(operation, path).await
    }

    /// Runs up to 25 steps, 5 of them queries, in one request.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_resources_composite_composite.htm>
    pub async fn composite(&self, composite: &Composite) -> Result<Answers, Error> {
        self.client.run_composite(composite, "tooling/").await
    }

    /// Creates a record and returns its id.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/intro_rest_resources.htm>
    pub async fn create(&self, object: &str, fields: &Value) -> Result<String, Error> {
        self.create_for("create a setup record", object, fields).await
    }

    pub(super) async fn create_for(
        &self,
        operation: &'static str,
        object: &str,
        fields: &Value,
    ) -> Result<String, Error> {
        let path = self.client.path(&format!("tooling/sobjects/{}", encode::component(object)));
        let call = Call::new(Method::POST, path, operation, Class::Write)
            .with_json(fields)
            .at_most(size::WORD);
        self.client.json::<Saved>(call).await?.id(operation)
    }

    /// Reads one record.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/intro_rest_resources.htm>
    pub async fn get<T: DeserializeOwned>(&self, object: &str, id: &str) -> Result<T, Error> {
        self.get_for("read a setup record", Class::Read, object, id).await
    }

    pub(super) async fn get_for<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        class: Class,
        object: &str,
        id: &str,
    ) -> Result<T, Error> {
        let path = self.client.path(&format!("tooling/{}", record_path(object, id)));
        let call = Call::new(Method::GET, path, operation, class).at_most(size::RECORD);
        self.client.json(call).await
    }
}
