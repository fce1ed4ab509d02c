//! Which objects there are, which fields they have, and what may be done with them.
//!
//! One table serves queries, describes and writes, so that they cannot disagree.

mod apps;
mod business;
mod children;
mod dynamic;
mod field;
mod object;
mod people;
mod setup;
mod tooling;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

pub(crate) use self::children::children;
pub(crate) use self::field::{Field, Kind};
pub(crate) use self::object::SObject;
use super::soql::catalog::ObjectSchema;
use super::world::World;

/// Which API is asked: each shows its own objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Api {
    /// `/services/data/vXX.X/…`
    Data,
    /// `/services/data/vXX.X/tooling/…`
    Tooling,
}
type Table = BTreeMap<String, (SObject, Arc<ObjectSchema>)>;

fn table(objects: Vec<SObject>) -> Table {
    objects
        .into_iter()
        .map(|object| {
            let schema = Arc::new(object.schema());
            (object.name.to_ascii_lowercase(), (object, schema))
        })
        .collect()
}

static DATA: LazyLock<Table> =
    LazyLock::new(|| table([setup::objects(), business::objects()].concat()));
static TOOLING: LazyLock<Table> = LazyLock::new(|| table(tooling::objects()));

fn fixed(api: Api) -> &'static Table {
    match api {
        Api::Data => &DATA,
        Api::Tooling => &TOOLING,
    }
}

/// The object of that name that every org has, as long as the feature that it belongs to is on.
fn known(world: &World, api: Api, name: &str) -> Option<&'static (SObject, Arc<ObjectSchema>)> {
    let found = fixed(api).get(&name.to_ascii_lowercase());
    found.filter(|(object, _)| (object.exists)(&world.features))
}

/// The names of all objects that every org may have.
#[cfg(test)]
pub(crate) fn fixed_names() -> impl Iterator<Item = &'static str> {
    DATA.values().chain(TOOLING.values()).map(|(object, _)| object.name.as_str())
}

/// The object of that name as this org has it; `None` where the API does not show it.
pub(crate) fn object(world: &World, api: Api, name: &str) -> Option<SObject> {
    if api == Api::Data
        && let Some(object) = of_this_org(world, name)
    {
        return Some(object);
    }
    let (object, _) = known(world, api, name)?;
    Some(dynamic::with_custom_fields(world, object.clone()))
}

/// The object of that name that this org or a package in it made.
fn of_this_org(world: &World, name: &str) -> Option<SObject> {
    dynamic::custom_metadata(world, name).or_else(|| dynamic::custom_object(world, name))
}

/// The object of that name as the SOQL engine wants it.
pub(crate) fn query_schema(world: &World, api: Api, name: &str) -> Option<Arc<ObjectSchema>> {
    let (object, schema) = known(world, api, name)
        .map_or_else(
            || {
                let object = (api == Api::Data).then(|| of_this_org(world, name));
                object.flatten().map(|object| Err(Arc::new(object.schema())))
            },
            |entry| Some(Ok(entry)),
        )?
        .map_or_else(|own| (None, own), |(object, schema)| (Some(object), schema.clone()));
    let changed = object.filter(|object| dynamic::has_custom_fields(world, &object.name));
    Some(changed.map_or(schema, |object| {
        Arc::new(dynamic::with_custom_fields(world, object.clone()).schema())
    }))
}

/// Every object that the API shows in this org, by name.
pub(crate) fn all(world: &World, api: Api) -> Vec<SObject> {
    let mut objects: Vec<SObject> = fixed(api)
        .values()
        .filter(|(object, _)| (object.exists)(&world.features))
        .map(|(object, _)| dynamic::with_custom_fields(world, object.clone()))
        .collect();
    if api == Api::Data {
        objects.extend(dynamic::all_custom_metadata(world));
        objects.extend(dynamic::all_custom_objects(world));
    }
    objects.sort_by(|one, other| one.name.cmp(&other.name));
    objects
}
