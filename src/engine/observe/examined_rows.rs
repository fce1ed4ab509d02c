//! Rows that only an examination reads, and what they become.

use serde::Deserialize;

use crate::model::{App, PackageLicence, UtilityBar};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct EditionRow {
    pub(super) organization_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct BarRow {
    id: String,
    developer_name: String,
    namespace_prefix: Option<String>,
}

impl From<BarRow> for UtilityBar {
    fn from(row: BarRow) -> Self {
        Self {
            id: row.id,
            name: row.developer_name,
            namespace: row.namespace_prefix.filter(|namespace| !namespace.is_empty()),
            components: None,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AppRow {
    label: Option<String>,
    developer_name: String,
    namespace_prefix: Option<String>,
    ui_type: Option<String>,
    utility_bar: Option<String>,
}

impl From<AppRow> for App {
    fn from(row: AppRow) -> Self {
        Self {
            label: row.label.unwrap_or_else(|| row.developer_name.clone()),
            name: row.developer_name,
            namespace: row.namespace_prefix.filter(|namespace| !namespace.is_empty()),
            lightning: row.ui_type.as_deref() == Some("Lightning"),
            utility_bar: row.utility_bar.filter(|name| !name.is_empty()),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct LicenceRow {
    id: String,
    namespace_prefix: Option<String>,
    status: Option<String>,
    allowed_licenses: Option<i64>,
    used_licenses: Option<i64>,
    expiration_date: Option<String>,
}

impl From<LicenceRow> for PackageLicence {
    fn from(row: LicenceRow) -> Self {
        Self {
            id: row.id,
            namespace: row.namespace_prefix,
            status: row.status.unwrap_or_default(),
            // A site licence says -1.
            allowed: row.allowed_licenses.and_then(|number| u64::try_from(number).ok()),
            used: row.used_licenses.and_then(|number| u64::try_from(number).ok()).unwrap_or(0),
            ends: row.expiration_date,
        }
    }
}
