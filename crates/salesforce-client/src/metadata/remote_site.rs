//! Remote site settings: the hosts that an org's code may call.

use futures_util::future::try_join_all;
use serde_json::Value;

use super::Metadata;
use super::call_center::{read_records, write_read};
use crate::Error;
use crate::soap::Api;

/// How many names one read takes.
const MAX_NAMES: usize = 10;

const OPERATION: &str = "read the remote site settings";

/// A remote site setting.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RemoteSiteRecord {
    /// The full name.
    pub full_name: String,
    /// The site's address.
    pub url: String,
    /// Whether it is switched on.
    pub is_active: bool,
}

impl Metadata<'_> {
    /// The remote site settings of these full names; those that are not there, or do not show, are left
    /// out.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_remotesitesetting.htm>
    pub async fn read_remote_sites<S: AsRef<str>>(
        &self,
        names: &[S],
    ) -> Result<Vec<RemoteSiteRecord>, Error> {
        let reads = names.chunks(MAX_NAMES).map(async |names| {
            let response = self.client.soap(Api::Metadata, OPERATION, "readMetadata", |xml| {
                write_read(xml, "RemoteSiteSetting", names);
            });
            Ok::<_, Error>(records(&read_records(response.await?)))
        });
        let read: Vec<Vec<RemoteSiteRecord>> = try_join_all(reads).await?;
        Ok(read.into_iter().flatten().collect())
    }
}

fn records(read: &Value) -> Vec<RemoteSiteRecord> {
    let text = |site: &Value, field: &str| site[field].as_str().unwrap_or_default().to_owned();
    let sites = read.as_array().into_iter().flatten();
    sites
        .map(|site| RemoteSiteRecord {
            full_name: text(site, "fullName"),
            url: text(site, "url"),
            is_active: text(site, "isActive").eq_ignore_ascii_case("true"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_site_that_says_less_is_not_switched_on() {
        let read = json!([
            { "fullName": "Webex", "url": "https://webexapis.com", "isActive": "true" },
            { "fullName": "Odd" },
        ]);
        let found = records(&read);
        assert_eq!((found[0].url.as_str(), found[0].is_active), ("https://webexapis.com", true));
        assert_eq!((found[1].url.as_str(), found[1].is_active), ("", false));
    }
}
