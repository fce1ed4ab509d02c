//! What the item wants.

use std::collections::BTreeMap;

use super::discovery::{Discovery, discover};
use super::steps;
use crate::checklist::names::listed;
use crate::checklist::{Aside, By, Change, ItemId, Kept, Stop, Verdict, package};
use crate::model::{
    ConnectorWish, CustomMetadata, CustomMetadataPlace, CustomMetadataRecord, CustomMetadataWish,
    Look, Observed, OrgState, Recipe, RegionalValue, SeenRecords, Target, Upgrade, Value, nearest,
    normalised,
};

/// What the item wants.
pub(super) fn plan(desired: &ConnectorWish, state: &OrgState) -> Verdict {
    let mut verdict = Verdict::default();
    if desired.recipe.custom_metadata_types == 0 {
        return verdict;
    }
    if !is_there(desired, state) {
        verdict.changes =
            RegionalValue::ALL.into_iter().map(|value| later(desired, value)).collect();
        return verdict;
    }
    match state.custom_metadata.seen {
        Observed::Unasked | Observed::Refused(_) => verdict.ask(Look::CustomMetadata),
        Observed::Seen(SeenRecords::Remembered) if !is_as_remembered(desired, state) => {
            verdict.ask(Look::CustomMetadata);
        }
        Observed::Seen(_) => judge(&mut verdict, desired, state),
    }
    verdict
}

/// Whether the package shows where the values stand, or will show it where it stands now.
fn is_there(desired: &ConnectorWish, state: &OrgState) -> bool {
    let comes_over = desired.package.upgrade == Some(Upgrade::InPlace)
        && package::installed(desired, state).is_some();
    package::is_done(desired, state) || comes_over
}

/// Values that are as wanted, as far as the package lets anybody set them.
pub(super) fn in_place(desired: &ConnectorWish, state: &OrgState) -> Vec<Kept> {
    if desired.recipe.custom_metadata_types == 0 || !is_there(desired, state) {
        return Vec::new();
    }
    let (wish, known) = (&desired.custom_metadata, &state.custom_metadata);
    let in_place = places(desired, state).into_iter().filter(|(value, place)| {
        let now = known.at(place).and_then(|(_, now)| now);
        is_wanted(now, wish.value(*value)) && known.locked(place, wish.value(*value)).is_none()
    });
    in_place
        .map(|(value, place)| Kept {
            item: ItemId::DATA_CENTER,
            target: Target::CustomMetadata(place),
            value: Value::Text(wish.value(value).to_owned()),
        })
        .collect()
}

/// Where the region's values stand, as far as that is beyond doubt.
pub fn places(
    desired: &ConnectorWish,
    state: &OrgState,
) -> BTreeMap<RegionalValue, CustomMetadataPlace> {
    match state.custom_metadata.seen {
        Observed::Unasked | Observed::Refused(_) => BTreeMap::new(),
        Observed::Seen(SeenRecords::Remembered) => state.custom_metadata.remembered.clone(),
        Observed::Seen(SeenRecords::Everything) => {
            discover(&desired.recipe, &desired.custom_metadata, &state.custom_metadata)
                .map(|found| found.places)
                .unwrap_or_default()
        }
    }
}

/// What an org's custom metadata says of the region.
#[derive(Debug, Default)]
pub struct RegionalFind {
    /// The three values with their places, where they are beyond doubt.
    pub values: BTreeMap<RegionalValue, (CustomMetadataPlace, String)>,
    /// What looks like one of them, where there is a doubt.
    pub look_alikes: Vec<(RegionalValue, CustomMetadataPlace, String)>,
}

/// What an org's custom metadata says of the region, whatever anybody wants.
pub fn find(recipe: &Recipe, known: &CustomMetadata) -> RegionalFind {
    let nothing = CustomMetadataWish { places: BTreeMap::new(), values: BTreeMap::new() };
    // Only places that a wish names can be missing.
    let found = discover(recipe, &nothing, known).unwrap_or_default();
    let text = |place: &CustomMetadataPlace| {
        let now = known.at(place).and_then(|(_, now)| now);
        normalised(now.unwrap_or_default()).to_owned()
    };
    let seen = found.seen.into_iter();
    RegionalFind {
        look_alikes: seen.map(|seen| (seen.value, seen.place, seen.text.to_owned())).collect(),
        values: found
            .places
            .into_iter()
            .map(|(v, place)| (v, (place.clone(), text(&place))))
            .collect(),
    }
}

/// A value whose place nobody knows before the package is there.
fn later(desired: &ConnectorWish, value: RegionalValue) -> Change {
    let wish = &desired.custom_metadata;
    let namespace = desired.recipe.namespace.clone();
    let target = Target::RegionalValue(namespace, value, wish.places.get(&value).cloned());
    let expected = Some(Value::Text(wish.value(value).to_owned()));
    // Where nobody knows the place yet, the value stands for it.
    let key = wish.places.contains_key(&value).then(|| value.key().to_owned());
    Change::new(ItemId::DATA_CENTER, target, None, expected)
        .known_after(Some(ItemId::PACKAGE))
        .aside(Aside { key, ..Aside::default() })
}

/// Whether the remembered places are enough to say that there is nothing to do for the program.
/// Before anything is written, everything is looked at again.
fn is_as_remembered(desired: &ConnectorWish, state: &OrgState) -> bool {
    let (wish, known) = (&desired.custom_metadata, &state.custom_metadata);
    RegionalValue::ALL.into_iter().all(|value| {
        let Some(place) = known.remembered.get(&value) else { return false };
        let Some((here, now)) = known.at(place) else { return false };
        let named = wish
            .places
            .get(&value)
            .is_none_or(|named| known.at(named).is_some_and(|(named, _)| named == here));
        let wanted = wish.value(value);
        named && (is_wanted(now, wanted) || known.locked(&here, wanted).is_some())
    })
}

fn is_wanted(now: Option<&str>, wanted: &str) -> bool {
    normalised(now.unwrap_or_default()) == normalised(wanted)
}

fn judge(verdict: &mut Verdict, desired: &ConnectorWish, state: &OrgState) {
    let (wish, known) = (&desired.custom_metadata, &state.custom_metadata);
    let found = if known.seen == Observed::Seen(SeenRecords::Everything) {
        match discover(&desired.recipe, wish, known) {
            Ok(found) => found,
            Err(missing) => {
                verdict.stops.extend(
                    missing
                        .into_iter()
                        .map(|(value, place)| not_there(value, &place, &known.records)),
                );
                return;
            }
        }
    } else {
        Discovery { places: known.remembered.clone(), ..Discovery::default() }
    };
    let mut locked = Vec::new();
    for (value, place) in &found.places {
        let now = known.at(place).and_then(|(_, now)| now);
        if is_wanted(now, wish.value(*value)) {
            continue;
        }
        let words = known.locked(place, wish.value(*value));
        let by = if words.is_some() { By::Person } else { By::Program };
        locked.extend(words.map(|words| (*value, place, words)));
        let text = |text: &str| Value::Text(text.to_owned());
        let target = Target::CustomMetadata(place.clone());
        let change =
            Change::new(ItemId::DATA_CENTER, target, now.map(text), Some(text(wish.value(*value))));
        let aside = Aside { key: Some(value.key().to_owned()), ..Aside::default() };
        verdict.changes.push(change.by(by).aside(aside));
    }
    let url = wish.value(RegionalValue::ApiUrl);
    if !desired.region.audio_listed
        && url == desired.region.audio_url
        && verdict.changes.iter().any(Change::is_ours)
    {
        verdict.note(format!(
            "Cisco has published the URL for recordings only for us1; {url} follows the same pattern."
        ));
    }
    verdict.human = steps::steps(desired, state, &found, &locked);
}

/// The configuration names a place that the org does not show.
fn not_there(
    value: RegionalValue,
    place: &CustomMetadataPlace,
    records: &[CustomMetadataRecord],
) -> Stop {
    let all: Vec<String> = records
        .iter()
        .flat_map(|record| {
            record
                .values
                .keys()
                .map(move |field| format!("{}.{}.{field}", record.kind, record.name))
        })
        .collect();
    let name = place.to_string();
    let stop = Stop::configuration(format!(
        "`custom_metadata.{}` names {place}, but this org shows no such value.",
        value.key()
    ));
    let stop = match nearest(&name, all.iter().map(String::as_str)) {
        Some(near) => stop.hint(format!("Did you mean \"{near}\"?")),
        None if all.is_empty() => stop,
        None => stop.hint(format!("It shows {}.", listed(&all))),
    };
    stop.hint(
        "Setup > Custom Metadata Types shows the names of types and fields, Manage Records those \
         of records. Protected settings are not visible and can be changed only by the package.",
    )
}
