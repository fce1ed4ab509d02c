//! Page layout assignments of Task in a snapshot.

use super::assignment::{assigned, target};
use crate::checklist::{Holdings, SnapshotCase};
use crate::model::{LayoutId, Look, Value};

/// Which profile uses which layout, in general and for each record type; those of other layouts too, for
/// the connector's may yet take their place.
pub(super) fn holds(case: &SnapshotCase<'_>, into: &mut Holdings) {
    let state = case.state;
    let profiles = into.part(&state.profiles, Look::Profiles);
    let types = into.part(&state.record_types, Look::RecordTypes);
    let layouts = into.part(&state.layouts, Look::Layouts);
    let assignments = into.part(&state.layout_assignments, Look::LayoutAssignments);
    let (Some(profiles), Some(types), Some(layouts), Some(assignments)) =
        (profiles, types, layouts, assignments)
    else {
        return;
    };
    let packaged = |id: Option<&LayoutId>| {
        let layout = layouts.iter().find(|layout| Some(&layout.id) == id);
        layout.and_then(|layout| layout.name.namespace.as_ref()) == Some(&case.recipe.namespace)
    };
    for profile in profiles {
        for assignment in assignments.iter().filter(|it| it.profile == profile.id) {
            let record_type = match &assignment.record_type {
                None => None,
                // A record type that the org does not show is no name for anybody.
                Some(id) => match types.iter().find(|it| &it.id == id) {
                    Some(found) => Some(found),
                    None => continue,
                },
            };
            let Some(layout) = assigned(state, assignment) else {
                let words = format!("Not seen: a page layout of Task that {} has.", profile.label);
                into.hide(Some(&profile.label), words);
                continue;
            };
            let recipe = packaged(layout.id.as_ref()).then_some(case.recipe);
            into.add(recipe, &target(profile, record_type), &Value::Layout(layout));
        }
    }
}
