//! What the changes of one deploy make of the org's components.

use salesforce_client::ApiVersion;
use salesforce_client::metadata::{Bundle, CallCenterRecord};

use super::profiles::LayoutNames;
use super::{apex, call_center, custom_metadata, permission_set, profiles, removal};
use crate::checklist::Change;
use crate::failure::Failure;
use crate::model::OrgState;

/// Packs what the changes make of the org's components.
pub(crate) fn bundle(
    state: &OrgState,
    changes: &[Change],
    layouts: &LayoutNames,
    version: ApiVersion,
) -> Result<Bundle, Failure> {
    let mut bundle = Bundle::new(version);
    removal::pack(&mut bundle, changes)?;
    let changes: Vec<&Change> =
        changes.iter().filter(|change| removal::deleted(change).is_none()).collect();
    if let Some(changed) = call_center::changed(state, &changes)? {
        bundle.call_center(&CallCenterRecord::from(&changed))?;
    }
    apex::pack(&mut bundle, state, &changes)?;
    for change in &changes {
        if let Some(record) = permission_set::record(state, &change.operation) {
            bundle.permission_set(&record)?;
        }
    }
    for settings in profiles::files(state, &changes, layouts)? {
        bundle.profile(&settings)?;
    }
    for record in custom_metadata::files(state, &changes)? {
        bundle.custom_metadata(&record)?;
    }
    Ok(bundle)
}
