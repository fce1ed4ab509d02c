//! Baselines that know records by names alone: those of older versions, and those that came from
//! another org. People and languages change names, so that the ids are filled in once the records
//! are seen.

use crate::model::{
    Baseline, BaselineEntry, Before, CallCenterId, Granted, LayoutId, OrgState, PermissionSet,
    PermissionSetId, PermissionSetValue, ProfileId, RecordTypeId, Ref, Target, Undone, UserId,
    Value,
};

/// The baseline with the ids of all records that it names and that the org shows.
///
/// A name that two have tells nothing, and neither does one that nobody has any more.
pub fn complete(baseline: &Baseline, state: &OrgState) -> Baseline {
    // Where every id is known, which is the rule, it stays the same one and is not copied.
    let mut completed = baseline.clone();
    for (at, entry) in baseline.entries.iter().enumerate() {
        let whole = complete_entry(entry, state);
        if whole != *entry {
            completed.entries[at] = whole;
        }
    }
    completed
}

fn complete_entry(entry: &BaselineEntry, state: &OrgState) -> BaselineEntry {
    BaselineEntry {
        target: target(&entry.target, state),
        before: match &entry.before {
            Before::Known(Some(before)) => Before::Known(Some(value(before, state))),
            other => other.clone(),
        },
        ours: entry.ours.as_ref().map(|ours| value(ours, state)),
        ..entry.clone()
    }
}

/// The same of what runs have changed, as their journals tell it.
pub fn complete_undone(undone: &Undone, state: &OrgState) -> Undone {
    Undone {
        past: complete(&undone.past, state),
        settled: complete(&undone.settled, state),
        set: undone.set.iter().map(|entry| complete_entry(entry, state)).collect(),
    }
}

fn target(known: &Target, state: &OrgState) -> Target {
    match known.clone() {
        Target::CallCenter(it) => Target::CallCenter(call_center(it, state)),
        Target::CallCenterField(it, part) => Target::CallCenterField(call_center(it, state), part),
        Target::UserCallCenter(it) => Target::UserCallCenter(user(it, state)),
        Target::TaskLayout { profile: it, record_type } => Target::TaskLayout {
            profile: profile(it, state),
            record_type: record_type.map(|it| self::record_type(it, state)),
        },
        Target::PermissionSet(it) => Target::PermissionSet(set(it, state)),
        Target::PermissionSetAccess(it, of) => {
            Target::PermissionSetAccess(set(it, state), granted(of, state))
        }
        Target::PermissionSetAssignment { user: it, set: of } => {
            Target::PermissionSetAssignment { user: user(it, state), set: set(of, state) }
        }
        Target::ProfileAccess(it, of) => {
            Target::ProfileAccess(profile(it, state), granted(of, state))
        }
        Target::SoftphoneAssignment { layout, profile: it } => {
            Target::SoftphoneAssignment { layout, profile: profile(it, state) }
        }
        other => other,
    }
}

fn value(known: &Value, state: &OrgState) -> Value {
    match known.clone() {
        Value::CallCenter(it) => Value::CallCenter(call_center(it, state)),
        Value::Layout(it) => Value::Layout(layout(it, state)),
        Value::PermissionSet(it) => {
            let grants = it.grants.into_iter().map(|each| granted(each, state)).collect();
            Value::PermissionSet(PermissionSetValue { grants, ..it })
        }
        other => other,
    }
}

/// Baselines of older versions name presence statuses by their labels.
fn granted(known: Granted, state: &OrgState) -> Granted {
    let Granted::PresenceStatus(name) = &known else { return known };
    let statuses = state.presence_statuses.as_slice();
    // A name that is one status's API name and another's label is left as it is.
    let named = statuses.iter().any(|status| status.api_name == *name);
    let mut labelled = statuses.iter().filter(|status| status.label == *name && !named);
    match (labelled.next(), labelled.next()) {
        (Some(only), None) => Granted::PresenceStatus(only.api_name.clone()),
        _ => known,
    }
}

/// The record with its id, where one of these is it.
fn with_id<I>(known: Ref<I>, id: Option<&I>) -> Ref<I>
where
    I: Clone,
{
    Ref { id: known.id.or_else(|| id.cloned()), ..known }
}

fn user(known: Ref<UserId>, state: &OrgState) -> Ref<UserId> {
    if known.id.is_some() {
        return known;
    }
    let found = known.find(&state.users, |it| &it.id, |it| &it.username);
    let given = state.permission_set_assignments.iter();
    let holder = given.clone().find(|it| it.username == known.name).map(|it| &it.user);
    with_id(known, found.map(|it| &it.id).or(holder))
}

fn profile(known: Ref<ProfileId>, state: &OrgState) -> Ref<ProfileId> {
    let found = known.find(&state.profiles, |it| &it.id, |it| &it.label);
    with_id(known, found.map(|it| &it.id))
}

fn record_type(known: Ref<RecordTypeId>, state: &OrgState) -> Ref<RecordTypeId> {
    let found = known.find(&state.record_types, |it| &it.id, |it| &it.api_name);
    with_id(known, found.map(|it| &it.id))
}

fn call_center(known: Ref<CallCenterId>, state: &OrgState) -> Ref<CallCenterId> {
    let found = known.find(&state.call_centers, |it| &it.id, |it| &it.internal_name);
    with_id(known, found.map(|it| &it.id))
}

fn set(known: Ref<PermissionSetId>, state: &OrgState) -> Ref<PermissionSetId> {
    let found = PermissionSet::recorded(&state.permission_sets, &known);
    let id = found.map(|it| it.id);
    with_id(known, id.as_ref())
}

fn layout(known: Ref<LayoutId>, state: &OrgState) -> Ref<LayoutId> {
    let mut named = state.layouts.iter().filter(|it| it.name.qualified() == known.name);
    let found = named.next().filter(|_| named.next().is_none());
    with_id(known, found.map(|it| &it.id))
}
