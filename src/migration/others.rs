//! Several call centers of Version 1: the settings of one are carried over, and the users of all move.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Conversion;
use super::convert::TO;
use crate::definitions::{RecipeData, recipe};
use crate::model::ItemKey;

/// A call center of Version 1 whose users move, and whose settings are not carried over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherCallCenter {
    /// Its internal name.
    pub call_center: String,
    /// How many active users are in it.
    pub users: usize,
    /// What they find otherwise than they had it.
    pub differences: Vec<Difference>,
}

/// A setting that whoever comes from another call center finds otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Its key below `[call_center]`.
    pub key: String,
    /// What Version 2 would have for it if the other call center were carried over.
    pub had: String,
    /// What Version 2 has for it.
    pub has: String,
}

/// What whoever comes from another call center finds otherwise.
pub fn compare(carried: &Conversion, other: &Conversion) -> Vec<Difference> {
    let Some(definition) = recipe(TO).and_then(RecipeData::newest_definition) else {
        return Vec::new();
    };
    let items: BTreeSet<&ItemKey> = carried.values.keys().chain(other.values.keys()).collect();
    let value = |of: &Conversion, item: &ItemKey| of.values.get(item).cloned().unwrap_or_default();
    let of_item = |item: &ItemKey| Difference {
        key: definition.setting_of(item).map_or_else(|| item.to_string(), |it| it.key.clone()),
        had: value(other, item),
        has: value(carried, item),
    };
    let object = |of: &Conversion| of.no_match.clone().unwrap_or_default();
    let no_match =
        Difference { key: "no_match.object".to_owned(), had: object(other), has: object(carried) };
    let all = items.into_iter().map(of_item).chain([no_match]);
    all.filter(|it| it.had != it.has).collect()
}
