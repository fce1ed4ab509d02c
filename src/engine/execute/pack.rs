//! What the changes of one deploy make of the org's components.

use std::collections::BTreeMap;

use salesforce_client::ApiVersion;
use salesforce_client::metadata::{
    Bundle, CallCenterRecord, LayoutAssignment, ProfileSettings, encode_name,
};

use super::{custom_metadata, omni_sync, removal};
use crate::checklist::{Change, Item, find_assignment};
use crate::failure::{Failure, Kind};
use crate::model::{Desired, OrgState, SubjectKind};

/// Packs what the changes make of the org's components.
pub(crate) fn bundle(
    desired: &Desired,
    state: &OrgState,
    changes: &[Change],
    version: ApiVersion,
) -> Result<Bundle, Failure> {
    let mut bundle = Bundle::new(version);
    removal::pack(&mut bundle, changes)?;
    let changes: Vec<Change> =
        changes.iter().filter(|change| removal::doomed(change).is_none()).cloned().collect();
    let changes = changes.as_slice();
    if changes.iter().any(|change| matches!(change.item, Item::CallCenter | Item::CtiSettings)) {
        let call_center = desired.call_center.effective(state.call_center.as_ref());
        bundle.call_center(&CallCenterRecord::from(&call_center))?;
    }
    omni_sync::pack(&mut bundle, desired, state, changes)?;
    for settings in profiles(state, changes)? {
        bundle.profile(&settings)?;
    }
    for record in custom_metadata::files(state, changes)? {
        bundle.custom_metadata(&record)?;
    }
    Ok(bundle)
}

/// One file a profile, by the API name that the org itself gave: any other would be a new profile.
fn profiles(state: &OrgState, changes: &[Change]) -> Result<Vec<ProfileSettings>, Failure> {
    let mut by_profile: BTreeMap<String, ProfileSettings> = BTreeMap::new();
    for change in changes.iter().filter(|change| change.item == Item::TaskLayout) {
        let (Some((profile, record_type)), Some(Some(layout))) =
            (find_assignment(state, &change.subject), change.known_after())
        else {
            return Err(unresolved(change));
        };
        let Some(api_name) = &profile.api_name else { return Err(unresolved(change)) };
        by_profile.entry(api_name.clone()).or_default().assignments.push(LayoutAssignment {
            layout: format!("Task-{}", encode_name(layout)),
            record_type: record_type.map(|found| format!("Task.{}", found.api_name)),
        });
    }
    for change in changes.iter().filter(|change| change.subject.kind == SubjectKind::Profile) {
        let profile = state.profiles.iter().find(|found| found.label == change.subject.name);
        let api_name = profile.and_then(|profile| profile.api_name.clone());
        let Some(api_name) = api_name else { return Err(unresolved(change)) };
        omni_sync::add_access(by_profile.entry(api_name).or_default(), state, change);
    }
    Ok(by_profile
        .into_iter()
        .map(|(profile, settings)| ProfileSettings { profile, ..settings })
        .collect())
}

fn unresolved(change: &Change) -> Failure {
    Failure::new(
        Kind::Failed,
        format!(
            "The settings of the profile \"{}\" cannot be deployed: the org does not tell the \
             API name of the profile.",
            change.subject.name
        ),
    )
    .hint("Reading profiles by the Metadata API needs \"Modify Metadata Through Metadata API Functions\".")
}
