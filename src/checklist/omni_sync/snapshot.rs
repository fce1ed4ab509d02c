//! State sync in a snapshot: its classes, our permission set, and who has access.

use super::{access, class};
use crate::checklist::{Holdings, SnapshotCase};
use crate::model::{
    Holder, Look, PermissionSet, PermissionSetValue, Ref, StatusValue, Target, Value,
};

/// The classes of the names that the connector calls, and every access to them and to presence statuses.
pub(super) fn holds(case: &SnapshotCase<'_>, into: &mut Holdings) {
    let (state, recipe) = (case.state, case.recipe);
    let wanted = &recipe.omni_sync;
    let omni = into.part(&state.omni, Look::OmniSync);
    let sets = into.part(&state.permission_sets, Look::PermissionSets);
    let profiles = into.part(&state.profiles, Look::Profiles);
    let (Some(omni), Some(sets), Some(profiles)) = (omni, sets, profiles) else { return };
    for source in wanted.sources() {
        let Some(found) = class::find(omni, &source.name) else { continue };
        let status = StatusValue { status: found.status.clone(), tested_by: None };
        into.add(Some(recipe), &class::whole(source), &class::held(found));
        into.add(Some(recipe), &class::status(source), &Value::Status(status));
    }
    let own = access::set(state, wanted);
    if let Some(found) = PermissionSet::recorded(sets, &own).filter(|_| own.id.is_some()) {
        let value = Value::PermissionSet(PermissionSetValue {
            label: found.label.clone(),
            description: String::new(),
            grants: Vec::new(),
        });
        into.add(Some(recipe), &Target::PermissionSet(own), &value);
    }
    for access in &omni.access {
        let target = match &access.holder {
            Holder::PermissionSet(name) => {
                let found = sets.iter().find(|set| set.qualified() == *name);
                let set = found.map_or_else(|| Ref::named(name), |it| Ref::seen(name, &it.id));
                Target::PermissionSetAccess(set, access.to.clone())
            }
            Holder::Profile(id) => {
                let Some(found) = profiles.iter().find(|profile| &profile.id == id) else {
                    continue;
                };
                Target::ProfileAccess(Ref::seen(&found.label, id), access.to.clone())
            }
        };
        into.add(Some(recipe), &target, &Value::Given);
    }
}
