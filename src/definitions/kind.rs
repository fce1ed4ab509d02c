//! The words for types in data files.

use toml::Spanned;

use super::data_file::DataItem;

/// The type of the item that is a call center's internal name.
pub(super) const INTERNAL_NAME: &str = "internal-name";
/// The type of the item that is a call center's display name.
pub(super) const DISPLAY_NAME: &str = "display-name";

/// What a setting may hold, with keys where [`crate::model::SettingKind`] has items.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TemplateKind {
    /// One that stands for itself.
    Plain(crate::model::SettingKind),
    /// A record mapping of a fixed object.
    RecordOf(String),
    /// A record mapping of the object that the setting of this key names.
    RecordNamedBy(String),
    /// A conditional mapping that completes the mapping of this key.
    ConditionalOf(String),
}

/// Reads the type of an item, or says what is wrong with it.
pub(super) fn read_kind(item: &DataItem) -> Result<TemplateKind, String> {
    use crate::model::{DateTokens, Mapping, SettingKind as Kind};
    let plain = match item.kind.get_ref().as_str() {
        "boolean" => Kind::Boolean,
        "integer" => Kind::Integer { min: item.min },
        "text" => Kind::Text,
        "url" => Kind::Url,
        "host" => Kind::Host,
        "region" => Kind::Region,
        "choice" => Kind::Choice(item.choices.clone().ok_or("A choice needs `choices`.")?),
        "constant" => Kind::Constant,
        "prefixes" => Kind::Prefixes,
        "cad-variable" => Kind::CadVariable { placeholder: item.placeholder.clone() },
        "object" => Kind::Object,
        "field" => {
            Kind::Field { object: item.object.clone().ok_or("A field needs its `object`.")? }
        }
        "date-format" => Kind::DateFormat(DateTokens::Java),
        "moment-date-format" => Kind::DateFormat(DateTokens::Moment),
        "template" => Kind::Template,
        "presence-status" => Kind::PresenceStatus,
        "idle-code" => Kind::IdleCode,
        "mapping" => match (item.shape.as_deref(), &item.object, &item.object_from, &item.rows) {
            (Some("record"), Some(object), None, None) => {
                return Ok(TemplateKind::RecordOf(object.clone()));
            }
            (Some("record"), None, Some(key), None) => {
                return Ok(TemplateKind::RecordNamedBy(key.clone()));
            }
            (Some("conditional"), None, None, Some(key)) => {
                return Ok(TemplateKind::ConditionalOf(key.clone()));
            }
            (Some("activity"), None, None, None) => Kind::Mapping(Mapping::Activity),
            (Some("pairs"), object, None, None) => {
                Kind::Mapping(Mapping::Pairs { object: object.clone() })
            }
            _ => {
                return Err("A mapping has the shape `record` (with `object` or `object_from`), \
                            `conditional` (with `rows`), `activity` or `pairs`."
                    .to_owned());
            }
        },
        other => return Err(format!("`{other}` is not a type of setting.")),
    };
    Ok(TemplateKind::Plain(plain))
}

/// Keys that a kind refers to, each with its place.
pub(super) fn keys_of(kind: &TemplateKind, offset: usize) -> Option<Spanned<String>> {
    match kind {
        TemplateKind::Plain(_) | TemplateKind::RecordOf(_) => None,
        TemplateKind::RecordNamedBy(key) | TemplateKind::ConditionalOf(key) => {
            Some(Spanned::new(offset..offset, key.clone()))
        }
    }
}
