//! Whose session it is, as the Partner API tells it: with the profile, which the identity service leaves out.

use serde::Deserialize;
use serde_json::Value;

use super::soap::Api;
use super::{Client, Error, decode};

const OPERATION: &str = "ask whose session it is";

/// The user of a session.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SessionUser {
    /// The org's id.
    pub organization_id: String,
    /// The user's id.
    pub user_id: String,
    /// The user name.
    pub user_name: String,
    /// The profile's id.
    #[serde(default, deserialize_with = "decode::or_default")]
    pub profile_id: String,
}

impl Client {
    /// The user of the session, and the org.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_getuserinfo.htm>
    pub async fn session_user(&self) -> Result<SessionUser, Error> {
        let mut response = self.soap(Api::Partner, OPERATION, "getUserInfo", |_| {}).await?;
        let result = response.get_mut("result").map_or(Value::Null, Value::take);
        decode::value(OPERATION, result)
    }
}
