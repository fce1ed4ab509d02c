//! What a run has to show for itself.

use std::time::Duration;

use crate::checklist::Unseen;
use crate::engine::package_data::Exported;
use crate::engine::progress::Progress;
use crate::engine::report::{OrgReport, StageReport};
use crate::model::OrgId;

/// What the report will tell.
#[derive(Debug, Default)]
pub(in crate::engine) struct Findings {
    /// Id of the org, as the login tells it.
    pub(in crate::engine) org_id: Option<OrgId>,
    /// The org, once it was reached.
    pub(in crate::engine) org: Option<OrgReport>,
    /// What every run looks at and the org did not show, though no item needs it.
    pub(super) unseen: Vec<Unseen>,
    /// How far each item has come.
    pub(in crate::engine) progress: Progress,
    /// What was carried out, in order.
    pub(in crate::engine) stages: Vec<StageReport>,
    /// Whether an uninstall of this connector is on record as begun.
    pub(in crate::engine) uninstalls: bool,
    /// How long a person was waited for.
    pub(in crate::engine) watched: Duration,
    /// What would be deployed, where files were asked for.
    pub(in crate::engine) files: Vec<(String, Vec<u8>)>,
    /// What was written into files before it was deleted.
    pub(in crate::engine) exported: Vec<Exported>,
}
