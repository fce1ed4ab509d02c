//! What agents need: objects, fields and user permissions, each with what asks for it.

use std::collections::BTreeSet;

use crate::checklist::Stop;
use crate::checklist::rules::{Fills, fills};
use crate::checklist::settings::existing_or_carried;
use crate::model::{ConnectorWish, Described, Granted, OrgState, ScreenPop, nearest};

/// Something that agents need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Need {
    /// What has to be given.
    pub(crate) granted: Granted,
    /// What asks for it, as people know it.
    pub(crate) by: String,
}

/// What gives access to records of an object. Tasks have no permissions of their own: a user permission
/// lets people create and edit them. Nobody confirmed that for every edition; an org that has
/// `ObjectPermissions` of Task is taken at its word by [`instead`].
fn of_object(object: &str) -> Granted {
    if object.eq_ignore_ascii_case(TASK) {
        Granted::User(EDIT_TASKS.to_owned())
    } else {
        Granted::Object(object.to_owned())
    }
}

/// An object as the org spells it: a configuration may write `case`.
fn spelled<'a>(state: &'a OrgState, object: &'a str) -> &'a str {
    match state.object(object) {
        Some(described) if described.name.eq_ignore_ascii_case(object) => &described.name,
        _ => object,
    }
}

/// Everything that is as good as that.
pub(super) fn instead(granted: &Granted) -> Vec<Granted> {
    match granted {
        Granted::User(name) if name == EDIT_TASKS => {
            vec![granted.clone(), Granted::Object(TASK.to_owned())]
        }
        granted => vec![granted.clone()],
    }
}

pub(super) const TASK: &str = "Task";
/// "Edit Tasks".
pub(super) const EDIT_TASKS: &str = "EditTask";

/// Objects whose records agents create and edit: they have to be described.
pub(crate) fn objects(desired: &ConnectorWish, state: &OrgState) -> BTreeSet<String> {
    let of_need = |(object, _): (String, String)| object;
    let mut objects: BTreeSet<String> =
        objects_by(desired, &found(desired, state)).into_iter().map(of_need).collect();
    let also = desired.agent_access.iter().flat_map(|wish| &wish.also);
    objects.extend(also.map(|name| object_of(name).to_owned()));
    objects
}

/// What agents need, as far as the org describes the objects. Fields that everybody has, and those that
/// nobody writes, are not among them.
pub(crate) fn needs(desired: &ConnectorWish, state: &OrgState) -> Vec<Need> {
    let found = found(desired, state);
    let is_left = |name: &str| {
        let mut except = desired.agent_access.iter().flat_map(|wish| &wish.except);
        except.any(|left| left.eq_ignore_ascii_case(name))
    };
    let mut needs: Vec<Need> = Vec::new();
    let mut add = |granted: Granted, by: &str| {
        if !needs.iter().any(|known| known.granted == granted) {
            needs.push(Need { granted, by: by.to_owned() });
        }
    };
    let objects = objects_by(desired, &found);
    for (object, by) in &objects {
        if !state.lacks_object(object) {
            add(of_object(spelled(state, object)), by);
        }
    }
    for (name, by) in fields_by(desired, &found) {
        let (object, field) = name.split_once('.').unwrap_or((&name, ""));
        let is_left_out =
            is_left(object) || (found.no_activity && object.eq_ignore_ascii_case(TASK));
        let is_wanted = by == ALSO || !is_left_out;
        let described = state.object(object).filter(|_| is_wanted);
        if let Some(field) = described.and_then(|it| securable(it, field)) {
            let name = format!("{}.{field}", spelled(state, object));
            if !is_left(&name) {
                add(Granted::Field(name), &by);
            }
        }
    }
    let namespace = format!("{}__", desired.recipe.namespace).to_lowercase();
    for (object, _) in &objects {
        let Some(described) = state.object(object) else { continue };
        for field in described.fields.keys() {
            let name = format!("{}.{field}", spelled(state, object));
            let is_packages = field.to_lowercase().starts_with(&namespace);
            if is_packages && securable(described, field).is_some() && !is_left(&name) {
                add(Granted::Field(name), "the package");
            }
        }
    }
    needs
}

/// Names under `also` that lead nowhere in this org. Of the package's own, only the package tells.
pub(super) fn unknown_names(
    desired: &ConnectorWish,
    state: &OrgState,
    is_there: bool,
) -> Vec<Stop> {
    const KEY: &str = "agent_access.also";
    let namespace = format!("{}__", desired.recipe.namespace).to_lowercase();
    let mut stops = Vec::new();
    for name in desired.agent_access.iter().flat_map(|wish| &wish.also) {
        let (object, field) = name.split_once('.').unwrap_or((name, ""));
        let is_packages = |part: &str| part.to_lowercase().starts_with(&namespace);
        if !is_there && (is_packages(object) || is_packages(field)) {
            continue;
        }
        if state.lacks_object(object) {
            let text = format!(
                "`{KEY}` names {name}, but this org has no object {object}, or does not show it to the \
                 calling user."
            );
            stops.push(Stop::configuration(text).at(KEY));
            continue;
        }
        let Some(described) = state.object(object).filter(|_| !field.is_empty()) else { continue };
        if described.fields.keys().any(|known| known.eq_ignore_ascii_case(field)) {
            continue;
        }
        let text = format!(
            "`{KEY}` names {name}, but {object} has no such field in this org, or it is not shown to the \
             calling user."
        );
        let stop = Stop::configuration(text).at(KEY);
        stops.push(match nearest(field, described.fields.keys().map(String::as_str)) {
            Some(near) => stop.hint(format!("Did you mean {object}.{near}?")),
            None => stop,
        });
    }
    stops
}

/// What the call center does to records.
fn found(desired: &ConnectorWish, state: &OrgState) -> Fills {
    let wished = desired.softphone_layout.as_ref().and_then(|it| it.configured_no_match());
    let pops = match wished {
        Some(pops) => Some(pops),
        None => state.softphone.found().and_then(|layout| layout.inbound_no_match()),
    };
    let new_record = match pops {
        Some(ScreenPop::New(object)) => Some(object.as_str()),
        _ => None,
    };
    let mut found =
        fills(&desired.call_center, existing_or_carried(desired, state).as_ref(), new_record);
    if found.no_match.is_none() {
        found.no_match = new_record.map(str::to_owned);
    }
    found
}

/// The objects with what asks for each; `also` may name one, `except` leaves one out.
fn objects_by(desired: &ConnectorWish, found: &Fills) -> Vec<(String, String)> {
    let wish = desired.agent_access.as_ref();
    let recipe = &desired.recipe;
    let of_recipe = recipe.agent_access.objects.iter();
    let of_recipe = of_recipe.filter(|object| !(found.no_activity && *object == TASK));
    let of_recipe = of_recipe.map(|object| (object.clone(), "the connector".to_owned()));
    let no_match = found.no_match.iter();
    let no_match = no_match.map(|object| (object.clone(), "unknown callers".to_owned()));
    let also = wish.into_iter().flat_map(|wish| &wish.also).filter(|name| !name.contains('.'));
    let also = also.map(|object| (object.clone(), ALSO.to_owned()));
    let mut objects: Vec<(String, String)> = Vec::new();
    for (object, by) in of_recipe.chain(no_match).chain(also) {
        let is_left =
            wish.is_some_and(|it| it.except.iter().any(|left| left.eq_ignore_ascii_case(&object)));
        if !is_left && !objects.iter().any(|(known, _)| known.eq_ignore_ascii_case(&object)) {
            objects.push((object, by));
        }
    }
    objects
}

/// The fields with what asks for each: `Task.Subject`.
fn fields_by(desired: &ConnectorWish, found: &Fills) -> Vec<(String, String)> {
    let of_settings = found.fields.iter();
    let of_settings = of_settings
        .map(|filled| (format!("{}.{}", filled.object, filled.field), filled.by.clone()));
    let of_recipe = desired.recipe.agent_access.fields.iter();
    let of_recipe = of_recipe.map(|name| (name.clone(), "the connector".to_owned()));
    let also = desired.agent_access.iter().flat_map(|wish| &wish.also);
    let also = also.filter(|name| name.contains('.')).map(|name| (name.clone(), ALSO.to_owned()));
    of_settings.chain(of_recipe).chain(also).collect()
}

const ALSO: &str = "agent_access.also";

/// The field as the org spells it, where it can be written and can be kept from somebody.
fn securable<'a>(described: &'a Described, field: &str) -> Option<&'a str> {
    let exact = described.fields.get_key_value(field);
    let any_case = || described.fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(field));
    let (name, found) = exact.or_else(any_case)?;
    let is_written = found.createable || found.updateable;
    (is_written && found.permissionable).then_some(name)
}

/// The object that a name of `also` or `except` is about.
fn object_of(name: &str) -> &str {
    name.split_once('.').map_or(name, |(object, _)| object)
}
