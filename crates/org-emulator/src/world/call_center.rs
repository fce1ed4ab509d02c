//! Call centers.

use serde::{Deserialize, Serialize};

use crate::ids::Id;

/// A call center: what the object shows, and the sections that only the Metadata API shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct CallCenter {
    pub(crate) id: Id,
    /// The internal name, which is the Metadata API's full name; it never changes.
    pub(crate) internal_name: String,
    /// The display name.
    pub(crate) name: String,
    pub(crate) display_name_label: String,
    pub(crate) internal_name_label: String,
    pub(crate) adapter_url: Option<String>,
    pub(crate) custom_settings: Option<String>,
    /// Version of the CTI Toolkit that it was made for, written as in its file.
    pub(crate) version: Option<String>,
    pub(crate) sections: Vec<CallCenterSection>,
}

/// A section of a call center, in the order of its definition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct CallCenterSection {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) items: Vec<CallCenterItem>,
}

/// A value of a call center.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct CallCenterItem {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) value: String,
}

impl CallCenter {
    /// Renews what Salesforce derives from the reserved items, in its fixed order of keys.
    pub(crate) fn derive_custom_settings(&mut self) {
        const RESERVED: [&str; 6] = [
            "reqTimeout",
            "reqStandbyUrl",
            "reqSoftphoneHeight",
            "reqUseApi",
            "reqSoftphoneWidth",
            "reqSalesforceCompatibilityMode",
        ];
        let mut settings = serde_json::Map::new();
        for name in RESERVED {
            let items = self.sections.iter().flat_map(|section| &section.items);
            if let Some(item) = items.into_iter().find(|item| item.name == name) {
                settings.insert(name.to_owned(), item.value.clone().into());
            }
        }
        self.custom_settings =
            (!settings.is_empty()).then(|| serde_json::Value::Object(settings).to_string());
    }
}
