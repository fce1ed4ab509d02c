//! Record types, page layouts and who sees which.

use serde::{Deserialize, Serialize};

#[cfg(test)]
use super::names::decoded;
use crate::ids::Id;

/// A record type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct RecordType {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) developer_name: String,
    pub(crate) namespace_prefix: Option<String>,
    pub(crate) sobject_type: String,
    pub(crate) description: Option<String>,
    pub(crate) is_active: bool,
}

impl RecordType {
    /// The name that the Metadata API uses, e.g. `Task.Cisco_Webex`.
    pub(crate) fn full_name(&self) -> String {
        match &self.namespace_prefix {
            Some(namespace) => {
                format!("{}.{namespace}__{}", self.sobject_type, self.developer_name)
            }
            None => format!("{}.{}", self.sobject_type, self.developer_name),
        }
    }
}

/// A page layout.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the real fields have these names")]
pub(crate) struct Layout {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) namespace_prefix: Option<String>,
    /// The object's name, e.g. `Task`; the id of a custom object.
    pub(crate) table_enum_or_id: String,
    pub(crate) layout_type: String,
    pub(crate) manageable_state: String,
}

impl Layout {
    /// The name that deploys and reads want: `Task-ns__Name`, percent-encoded.
    pub(crate) fn full_name(&self) -> String {
        let name = encoded_layout(&self.name);
        match &self.namespace_prefix {
            Some(namespace) => format!("{}-{namespace}__{name}", self.table_enum_or_id),
            None => format!("{}-{name}", self.table_enum_or_id),
        }
    }

    /// The name that `listMetadata` gives, which lacks the namespace.
    pub(crate) fn listed_name(&self) -> String {
        format!("{}-{}", self.table_enum_or_id, encoded_layout(&self.name))
    }
}

/// One cell of the page layout assignment: a profile, and a record type or the master.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct ProfileLayout {
    pub(crate) id: Id,
    pub(crate) profile_id: Id,
    pub(crate) record_type_id: Option<Id>,
    pub(crate) layout_id: Option<Id>,
    pub(crate) table_enum_or_id: String,
}

/// A Metadata API name: special characters as percent codes, blanks and letters as they are.
///
/// Which characters are encoded is known from real files: `(`, `)`, `.`, `%` and their like.
pub(crate) fn encoded(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_alphanumeric() || matches!(letter, ' ' | '_' | '-') {
            text.push(letter);
        } else {
            let mut buffer = [0; 4];
            let bytes = letter.encode_utf8(&mut buffer).bytes();
            text.extend(bytes.map(|byte| format!("%{byte:02X}")));
        }
    }
    text
}

/// A layout's own half of its full name, as the one complete pair of a name and its full name that
/// was published has it: ASCII letters and digits, blanks, `-`, `*` and single `_` stay; `__` and
/// everything else, other scripts included, are the percent codes of their UTF-8 bytes.
pub(crate) fn encoded_layout(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for (place, part) in name.split("__").enumerate() {
        if place > 0 {
            text.push_str("%5F%5F");
        }
        for letter in part.chars() {
            if letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '-' | '*' | '_') {
                text.push(letter);
            } else {
                let mut buffer = [0; 4];
                let bytes = letter.encode_utf8(&mut buffer).bytes();
                text.extend(bytes.map(|byte| format!("%{byte:02X}")));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_are_encoded_as_in_the_published_pair() {
        let pairs = [
            ("^ ° ! \" §", "%5E %C2%B0 %21 %22 %C2%A7"),
            (": - _ __ * ä ß 製 ", "%3A - _ %5F%5F * %C3%A4 %C3%9F %E8%A3%BD "),
            ("Call-Back Task (EMEA)", "Call-Back Task %28EMEA%29"),
        ];
        for (name, wire) in pairs {
            assert_eq!(encoded_layout(name), wire);
            assert_eq!(decoded(wire), name);
        }
        let layout = |namespace: Option<&str>| Layout {
            id: Id::parse("00h000000000001AAA").unwrap(),
            name: "A__B".to_owned(),
            namespace_prefix: namespace.map(str::to_owned),
            table_enum_or_id: "Task".to_owned(),
            layout_type: "Standard".to_owned(),
            manageable_state: "unmanaged".to_owned(),
        };
        assert_eq!(layout(Some("ns")).full_name(), "Task-ns__A%5F%5FB");
        assert_eq!(layout(Some("ns")).listed_name(), "Task-A%5F%5FB");
        assert_eq!(layout(None).full_name(), "Task-A%5F%5FB");
    }

    #[test]
    fn names_are_encoded_as_in_real_files() {
        assert_eq!(encoded("Commercial Combined (Synergus)"), "Commercial Combined %28Synergus%29");
        assert_eq!(encoded("Work.com Only User"), "Work%2Ecom Only User");
        assert_eq!(encoded("Обращение – 100%"), "Обращение %E2%80%93 100%25");
    }
}
