//! Apps, Apex classes and their scheduled jobs, reports, presence statuses.

use serde::{Deserialize, Serialize};

use crate::ids::Id;

/// An app: of Lightning Experience, or of Salesforce Classic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct App {
    pub(crate) id: Id,
    pub(crate) developer_name: String,
    pub(crate) label: String,
    pub(crate) namespace_prefix: Option<String>,
    /// `Lightning` or `Aloha`, which is Salesforce Classic.
    pub(crate) ui_type: String,
    /// `Standard` or `Console`.
    #[serde(default = "standard")]
    pub(crate) nav_type: String,
    /// The developer name of the page that is its utility bar.
    #[serde(default)]
    pub(crate) utility_bar: Option<String>,
    #[serde(default)]
    pub(crate) description: Option<String>,
}

fn standard() -> String {
    "Standard".to_owned()
}

impl App {
    /// An app of Lightning Experience, with standard navigation and no utility bar.
    pub(crate) fn lightning(
        id: Id,
        developer_name: &str,
        label: &str,
        namespace: Option<&str>,
    ) -> Self {
        Self {
            id,
            developer_name: developer_name.to_owned(),
            label: label.to_owned(),
            namespace_prefix: namespace.map(str::to_owned),
            ui_type: "Lightning".to_owned(),
            nav_type: standard(),
            utility_bar: None,
            description: None,
        }
    }
}

/// An Apex class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct ApexClass {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) namespace_prefix: Option<String>,
    /// The source; a managed class shows `(hidden)` instead.
    pub(crate) body: String,
    pub(crate) api_version: f64,
    pub(crate) status: String,
    pub(crate) is_valid: bool,
    pub(crate) manageable_state: String,
}

/// A scheduled Apex job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct ScheduledJob {
    /// The id of its trigger, `08e…`.
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) apex_class_id: Id,
    pub(crate) cron_expression: String,
}

/// A folder of reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct ReportFolder {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) developer_name: String,
    pub(crate) namespace_prefix: Option<String>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct Report {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) developer_name: String,
    pub(crate) namespace_prefix: Option<String>,
    /// The folder's developer name, which stays when its id changes.
    pub(crate) folder: String,
}

/// What an agent may be in Omni-Channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct PresenceStatus {
    pub(crate) id: Id,
    pub(crate) developer_name: String,
    pub(crate) master_label: String,
}
