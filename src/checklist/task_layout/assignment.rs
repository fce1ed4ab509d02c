//! Assignments of page layouts, and the names by which plans and baselines know them.

use std::collections::BTreeMap;

use crate::checklist::{Lookup, Now};
use crate::model::{
    Layout, LayoutAssignment, LayoutId, OrgState, Profile, ProfileId, RecordType, RecordTypeId,
    Ref, Target, Value,
};

/// Every assignment by its profile and its record type: large companies have tens of thousands.
pub(in crate::checklist) struct Current<'a> {
    state: &'a OrgState,
    of: BTreeMap<(&'a ProfileId, Option<&'a RecordTypeId>), &'a LayoutAssignment>,
}

impl<'a> Current<'a> {
    /// The assignments of an org.
    pub(in crate::checklist) fn of(state: &'a OrgState) -> Self {
        let mut of = BTreeMap::new();
        for assignment in &state.layout_assignments {
            of.entry((&assignment.profile, assignment.record_type.as_ref())).or_insert(assignment);
        }
        Self { state, of }
    }

    /// The layout that a profile has now, in general or for a record type.
    pub(super) fn layout(
        &self,
        profile: &'a Profile,
        record_type: Option<&'a RecordType>,
    ) -> Option<Ref<LayoutId>> {
        assigned(self.state, self.assignment(profile, record_type)?)
    }

    /// The assignment of a profile, in general or for a record type.
    pub(super) fn assignment(
        &self,
        profile: &'a Profile,
        record_type: Option<&'a RecordType>,
    ) -> Option<&'a LayoutAssignment> {
        let place = (&profile.id, record_type.map(|found| &found.id));
        self.of.get(&place).copied()
    }
}

/// The layout of an assignment, where the org shows it.
pub(super) fn assigned(state: &OrgState, assignment: &LayoutAssignment) -> Option<Ref<LayoutId>> {
    let id = assignment.layout.as_ref()?;
    let layout = state.layouts.iter().find(|layout| &layout.id == id)?;
    Some(Ref::seen(layout.name.qualified(), id))
}

/// The assignment of a profile, in general or for a record type.
pub(super) fn target(profile: &Profile, record_type: Option<&RecordType>) -> Target {
    Target::TaskLayout {
        profile: Ref::seen(&profile.label, &profile.id),
        record_type: record_type.map(|found| Ref::seen(&found.api_name, &found.id)),
    }
}

/// The layout that the assignment of a target has now.
pub(super) fn now(org: &Lookup<'_>, target: &Target) -> Now {
    let state = org.state;
    let Target::TaskLayout { profile, record_type } = target else { return Now::Unseen };
    if !state.profiles.is_seen() || !state.layout_assignments.is_seen() {
        return Now::Unseen;
    }
    match find(state, profile, record_type.as_ref()) {
        Some((profile, record_type)) => {
            Now::Held(org.layouts().layout(profile, record_type).map(Value::Layout))
        }
        None => Now::Gone,
    }
}

/// The layout that a recorded value names, where the org has it.
pub(super) fn layout_of(state: &OrgState, value: &Value) -> Option<Ref<LayoutId>> {
    let Value::Layout(layout) = value else { return None };
    find_layout(&state.layouts, layout)
}

/// A recorded layout among those that there are: by its id, whatever it is called now, else by its
/// name.
pub(super) fn find_layout<'a>(
    among: impl IntoIterator<Item = &'a Layout> + Clone,
    wanted: &Ref<LayoutId>,
) -> Option<Ref<LayoutId>> {
    let by_id = wanted.id.as_ref().and_then(|id| among.clone().into_iter().find(|it| &it.id == id));
    let found = by_id.or_else(|| {
        let mut named = among.into_iter().filter(|it| it.name.qualified() == wanted.name);
        named.next().filter(|_| named.next().is_none())
    })?;
    Some(Ref::seen(found.name.qualified(), &found.id))
}

/// The profile and the record type of an assignment, as the org has them.
pub(super) fn find<'a>(
    state: &'a OrgState,
    profile: &Ref<ProfileId>,
    record_type: Option<&Ref<RecordTypeId>>,
) -> Option<(&'a Profile, Option<&'a RecordType>)> {
    let profile = profile.find(&state.profiles, |it| &it.id, |it| &it.label)?;
    match record_type {
        None => Some((profile, None)),
        Some(wanted) => {
            let known = wanted.find(&state.record_types, |it| &it.id, |it| &it.api_name)?;
            Some((profile, Some(known)))
        }
    }
}
