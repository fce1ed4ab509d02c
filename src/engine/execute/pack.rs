//! What the changes of one deploy make of the org's components.

use salesforce_client::ApiVersion;
use salesforce_client::metadata::{Bundle, CallCenterRecord};

use super::profiles::LayoutNames;
use super::{apex, call_center, custom_metadata, permission_set, profiles, removal, utility_bar};
use crate::checklist::Change;
use crate::engine::org_run::OrgRun;
use crate::failure::Failure;
use crate::model::{CallCenter, OrgState};

/// How the components of a deploy are written: the plain way first, and another where the org refuses it.
#[derive(Debug, Clone, Default)]
pub(super) struct Forms {
    /// What deploys call page layouts, where queries call them otherwise.
    pub(super) layouts: Option<LayoutNames>,
    /// What is written of the call center.
    pub(super) call_center: call_center::Form,
}

/// The definition of the call center that is wanted.
pub(super) fn definition<'a>(run: &OrgRun<'a>) -> &'a CallCenter {
    run.definition()
}

/// Packs what the changes make of the org's components.
pub(super) fn bundle(
    state: &OrgState,
    definition: &CallCenter,
    changes: &[Change],
    forms: &Forms,
    version: ApiVersion,
) -> Result<Bundle, Failure> {
    let mut bundle = Bundle::new(version);
    removal::pack(&mut bundle, changes)?;
    let changes: Vec<&Change> =
        changes.iter().filter(|change| removal::deleted(change).is_none()).collect();
    if let Some(whole) = call_center::changed(state, definition, &changes)? {
        let written = forms.call_center.of(&whole, state, definition);
        bundle.call_center(&CallCenterRecord::from(&written))?;
    }
    apex::pack(&mut bundle, state, &changes)?;
    for change in &changes {
        if let Some(record) = permission_set::record(state, &change.operation) {
            bundle.permission_set(&record)?;
        }
    }
    for settings in profiles::files(state, &changes, forms.layouts.as_ref())? {
        bundle.profile(&settings)?;
    }
    for page in utility_bar::files(state, &changes)? {
        bundle.flexi_page(&page)?;
    }
    for record in custom_metadata::files(state, &changes)? {
        bundle.custom_metadata(&record)?;
    }
    Ok(bundle)
}
