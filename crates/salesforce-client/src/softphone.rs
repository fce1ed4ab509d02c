//! The softphone layout of the calling user: the one thing about these layouts that an API tells.

use serde::Deserialize;

use super::soap::Api;
use super::{Client, Error, decode};

const OPERATION: &str = "read the softphone layout";

/// The softphone layout that the calling user gets.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SoftphoneLayout {
    /// The layout's id.
    pub id: String,
    /// The layout's name.
    pub name: String,
    /// What it does for each kind of call.
    pub call_types: Vec<CallType>,
}

/// What a layout does for one kind of call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallType {
    /// `Inbound`, `Outbound` or `Internal`.
    pub kind: String,
    /// The call-related fields that are shown.
    pub info_fields: Vec<String>,
    /// Where a screen pop opens.
    pub pops_open_within: Option<String>,
    /// What pops up.
    pub screen_pops: Vec<ScreenPop>,
    /// The objects whose records are shown.
    pub objects: Vec<SoftphoneObject>,
}

/// What pops up for one outcome of the search.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ScreenPop {
    /// `NoMatch`, `SingleMatch` or `MultipleMatches`.
    #[serde(default, deserialize_with = "decode::or_default")]
    pub match_type: String,
    /// What to open: an object, a page, a flow; empty where nothing is to be named.
    #[serde(rename = "screenPopData", default, deserialize_with = "decode::or_default")]
    pub data: String,
    /// `PopToEntity`, `PopToVisualforce`, `PopToSearch`, `PopToFlow`.
    #[serde(rename = "screenPopType", default, deserialize_with = "decode::or_default")]
    pub kind: String,
}

/// An object whose records are shown, and the fields of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SoftphoneObject {
    /// The object's API name.
    pub name: String,
    /// The fields' API names.
    pub fields: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Layout {
    #[serde(default, deserialize_with = "decode::list")]
    call_types: Vec<Type>,
    #[serde(default, deserialize_with = "decode::or_default")]
    id: String,
    #[serde(default, deserialize_with = "decode::or_default")]
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Type {
    #[serde(default, deserialize_with = "decode::list")]
    info_fields: Vec<InfoField>,
    #[serde(default, deserialize_with = "decode::or_default")]
    name: String,
    #[serde(default, deserialize_with = "decode::list")]
    screen_pop_options: Vec<ScreenPop>,
    #[serde(default, deserialize_with = "decode::text")]
    screen_pops_open_within: Option<String>,
    #[serde(default, deserialize_with = "decode::list")]
    sections: Vec<Section>,
}

#[derive(Deserialize)]
struct InfoField {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Section {
    entity_api_name: String,
    #[serde(default, deserialize_with = "decode::list")]
    items: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    item_api_name: String,
}

impl Client {
    /// The calling user's softphone layout; none where the user has none.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesoftphonelayout.htm>
    pub async fn softphone_layout(&self) -> Result<Option<SoftphoneLayout>, Error> {
        let answer = self.soap(Api::Partner, OPERATION, "describeSoftphoneLayout", |_| {}).await;
        match answer {
            Ok(response) => read(response),
            Err(Error::Api { error, .. }) if error.code == "NO_SOFTPHONE_LAYOUT" => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn read(mut response: serde_json::Value) -> Result<Option<SoftphoneLayout>, Error> {
    // An empty response is text, and a nil result null: there is no layout in either.
    let result =
        response.get_mut("result").map_or(serde_json::Value::Null, serde_json::Value::take);
    if !result.is_object() {
        return Ok(None);
    }
    decode::value::<Layout>(OPERATION, result).map(|layout| Some(layout.into()))
}

impl From<Layout> for SoftphoneLayout {
    fn from(layout: Layout) -> Self {
        // The guide's table gives the two names the other way round than its own examples do,
        // so the one that is a kind of call is taken for it.
        let swapped = is_call_kind(&layout.name)
            && !layout.call_types.is_empty()
            && !layout.call_types.iter().any(|kind| is_call_kind(&kind.name));
        let name = match layout.call_types.first() {
            Some(first) if swapped => first.name.clone(),
            _ => layout.name.clone(),
        };
        let call_type = |kind: Type| CallType {
            kind: if swapped { layout.name.clone() } else { kind.name },
            info_fields: kind.info_fields.into_iter().map(|field| field.name).collect(),
            pops_open_within: kind.screen_pops_open_within,
            screen_pops: kind.screen_pop_options,
            objects: kind.sections.into_iter().map(SoftphoneObject::from).collect(),
        };
        let call_types = layout.call_types.into_iter().map(call_type).collect();
        SoftphoneLayout { id: layout.id, name, call_types }
    }
}

impl From<Section> for SoftphoneObject {
    fn from(section: Section) -> Self {
        SoftphoneObject {
            name: section.entity_api_name,
            fields: section.items.into_iter().map(|item| item.item_api_name).collect(),
        }
    }
}

fn is_call_kind(name: &str) -> bool {
    ["Inbound", "Outbound", "Internal"].iter().any(|kind| name.eq_ignore_ascii_case(kind))
}
