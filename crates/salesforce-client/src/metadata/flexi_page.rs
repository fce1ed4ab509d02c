//! Lightning pages, as far as it matters what components are in them.

use futures_util::future::try_join_all;
use serde_json::Value;

use super::Metadata;
use super::call_center::{read_records, write_read};
use crate::Error;
use crate::soap::Api;

/// How many names one read takes.
const MAX_NAMES: usize = 10;

const OPERATION: &str = "read the utility bars";

/// A Lightning page and the components in it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FlexiPageRecord {
    /// The full name.
    pub full_name: String,
    /// Names of the components: `opencti:softPhone`.
    pub components: Vec<String>,
}

impl Metadata<'_> {
    /// The Lightning pages of these full names; those that are not there, or do not show, are left
    /// out.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_flexipage.htm>
    pub async fn read_flexi_pages<S: AsRef<str>>(
        &self,
        names: &[S],
    ) -> Result<Vec<FlexiPageRecord>, Error> {
        let reads = names.chunks(MAX_NAMES).map(async |names| {
            let response = self.client.soap(Api::Metadata, OPERATION, "readMetadata", |xml| {
                write_read(xml, "FlexiPage", names);
            });
            Ok::<_, Error>(records(&read_records(response.await?)))
        });
        let read: Vec<Vec<FlexiPageRecord>> = try_join_all(reads).await?;
        Ok(read.into_iter().flatten().collect())
    }
}

fn records(read: &Value) -> Vec<FlexiPageRecord> {
    let pages = read.as_array().into_iter().flatten();
    pages
        .map(|page| {
            let mut components = Vec::new();
            collect(page, &mut components);
            let full_name = page["fullName"].as_str().unwrap_or_default().to_owned();
            FlexiPageRecord { full_name, components }
        })
        .collect()
}

/// Where components stand in a page has changed over the years; what names one has not.
fn collect(value: &Value, components: &mut Vec<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|one| collect(one, components)),
        Value::Object(object) => {
            for (key, value) in object {
                match value.as_str() {
                    Some(name) if key == "componentName" => components.push(name.to_owned()),
                    _ => collect(value, components),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn components_are_found_wherever_a_version_of_the_api_puts_them() {
        let read = json!([
            {
                "fullName": "New",
                "flexiPageRegions": {"itemInstances": [
                    {"componentInstance": {"componentName": "opencti:softPhone"}},
                    {"componentInstance": {"componentName": "omni:util"}}
                ]}
            },
            {
                "fullName": "Old",
                "flexiPageRegions": [{"componentInstances": {"componentName": "force:x"}}]
            },
            {"fullName": "Empty"}
        ]);
        let found = records(&read);
        assert_eq!(found[0].components, ["opencti:softPhone", "omni:util"]);
        assert_eq!(found[1].components, ["force:x"]);
        assert_eq!(found[2].components, [""; 0]);
    }
}
