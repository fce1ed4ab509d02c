//! Which value of the package's custom metadata is which.
//!
//! A value is taken only where all three together leave no doubt: they name one data centre, the
//! redirect URI is the API URL with `/auth` at its end, all of them came with the package (or all
//! were made in this org), and no other three do the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    CustomMetadata, CustomMetadataPlace, CustomMetadataWish, Recipe, RegionalValue, normalised,
    redirect_of,
};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Discovery<'a> {
    /// Places beyond doubt.
    pub(super) places: BTreeMap<RegionalValue, CustomMetadataPlace>,
    /// Values of the three shapes at other places.
    pub(super) seen: Vec<Candidate<'a>>,
    /// Why a place is missing; `None` where none is, or where whatever it is holds what is wanted.
    pub(super) doubt: Option<Doubt>,
}

/// Why a place is not beyond doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Nothing of the shape of these values shows.
    NotSeen(Vec<RegionalValue>),
    /// What shows does not fit together.
    Unrelated,
    /// Several places fit.
    Several,
}

/// A value that looks like one of the three.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'a> {
    pub(super) value: RegionalValue,
    pub(super) place: CustomMetadataPlace,
    pub(super) text: &'a str,
    packaged: bool,
    names: Center,
}

/// What a value says of the data centre.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Center {
    /// It is the wanted value.
    Wanted,
    /// It names this data centre, or belongs to this host.
    Named(String),
}

/// Looks for the three values. Places that the configuration names are taken as they are; those
/// that do not exist are the error.
pub(super) fn discover<'a>(
    recipe: &Recipe,
    wish: &CustomMetadataWish,
    known: &'a CustomMetadata,
) -> Result<Discovery<'a>, Vec<(RegionalValue, CustomMetadataPlace)>> {
    let mut found = Discovery::default();
    let mut missing = Vec::new();
    for (value, named) in &wish.places {
        match known.at(named) {
            Some((place, _)) => drop(found.places.insert(*value, place)),
            None => missing.push((*value, named.clone())),
        }
    }
    if !missing.is_empty() {
        return Err(missing);
    }
    let rest: Vec<RegionalValue> =
        RegionalValue::ALL.into_iter().filter(|value| !found.places.contains_key(value)).collect();
    if rest.is_empty() {
        return Ok(found);
    }
    let candidates = candidates(recipe, wish, known, &found.places);
    if let Some(places) = remembered(wish, known, &rest) {
        found.places.extend(places);
        return Ok(found);
    }
    match decide(&candidates, &rest, &found.places) {
        Ok(places) => found.places.extend(places),
        Err(doubt) => {
            found.doubt = doubt;
            found.seen = candidates;
        }
    }
    Ok(found)
}

/// Every value in the package's types that looks like one of the three.
fn candidates<'a>(
    recipe: &Recipe,
    wish: &CustomMetadataWish,
    known: &'a CustomMetadata,
    taken: &BTreeMap<RegionalValue, CustomMetadataPlace>,
) -> Vec<Candidate<'a>> {
    let prefix = format!("{}__", recipe.namespace);
    let is_packages = |kind: &str| {
        kind.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(&prefix))
    };
    let mut candidates = Vec::new();
    for record in known.records.iter().filter(|record| is_packages(&record.kind)) {
        for (field, text) in &record.values {
            let Some(text) = text.as_deref().map(normalised).filter(|text| !text.is_empty()) else {
                continue;
            };
            let place = CustomMetadataPlace {
                kind: record.kind.clone(),
                record: record.name.clone(),
                field: field.clone(),
            };
            for value in RegionalValue::ALL {
                // A value that the configuration places stands there and nowhere else, and its
                // place holds no other.
                let elsewhere = taken.get(&value).is_some_and(|named| named != &place)
                    || taken.iter().any(|(other, named)| *other != value && named == &place);
                let Some(names) = center(wish, value, text).filter(|_| !elsewhere) else {
                    continue;
                };
                let (place, packaged) = (place.clone(), record.is_packaged());
                candidates.push(Candidate { value, place, text, packaged, names });
            }
        }
    }
    candidates
}

/// What a text says of the data centre, where it looks like that value at all.
fn center(wish: &CustomMetadataWish, value: RegionalValue, text: &str) -> Option<Center> {
    if text == normalised(wish.value(value)) {
        return Some(Center::Wanted);
    }
    let named = match value {
        RegionalValue::DataCenter => is_data_center(text).then(|| text.to_ascii_lowercase()),
        RegionalValue::ApiUrl if is_redirect(text) => None,
        RegionalValue::RedirectUri if !is_redirect(text) => None,
        RegionalValue::ApiUrl | RegionalValue::RedirectUri => host(text).map(|host| {
            let name = host.strip_prefix("prod").and_then(|rest| rest.split('.').next());
            name.unwrap_or(host).to_ascii_lowercase()
        }),
    };
    named.map(Center::Named)
}

/// `US1`, `ANZ1`
fn is_data_center(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    matches!(letters, 2 | 3)
        && text.len() == letters + 1
        && text.bytes().last().is_some_and(|byte| byte.is_ascii_digit())
}

/// The host of `https://audioconnector.…` behind its first word.
fn host(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("https://audioconnector.")?;
    rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}

fn is_redirect(text: &str) -> bool {
    text.trim_end_matches('/').ends_with("/auth")
}

/// The places where an earlier run found the values, where all of them are still there and hold
/// something of the kind. What somebody changed there since is what this run puts right.
fn remembered(
    wish: &CustomMetadataWish,
    known: &CustomMetadata,
    rest: &[RegionalValue],
) -> Option<BTreeMap<RegionalValue, CustomMetadataPlace>> {
    rest.iter()
        .map(|value| {
            let (place, now) = known.at(known.remembered.get(value)?)?;
            let now = normalised(now.unwrap_or_default());
            (now.is_empty() || center(wish, *value, now).is_some()).then_some((*value, place))
        })
        .collect()
}

/// The one answer that the values give together. Without a doubt in the error, there are several
/// answers and each is as wanted already.
fn decide(
    candidates: &[Candidate<'_>],
    rest: &[RegionalValue],
    taken: &BTreeMap<RegionalValue, CustomMetadataPlace>,
) -> Result<BTreeMap<RegionalValue, CustomMetadataPlace>, Option<Doubt>> {
    let unseen: Vec<RegionalValue> = rest
        .iter()
        .copied()
        .filter(|value| !candidates.iter().any(|candidate| candidate.value == *value))
        .collect();
    if !unseen.is_empty() {
        return Err(Some(Doubt::NotSeen(unseen)));
    }
    // What came with the package is what its code reads; what people made comes after it.
    for packaged in [true, false] {
        // A place that the configuration names counts wherever it came from.
        let here: Vec<&Candidate<'_>> = candidates
            .iter()
            .filter(|candidate| {
                candidate.packaged == packaged || taken.contains_key(&candidate.value)
            })
            .collect();
        let centers: BTreeSet<&Center> = here.iter().map(|candidate| &candidate.names).collect();
        let mut answers = centers.into_iter().filter_map(|names| answer(&here, names, rest));
        match (answers.next(), answers.next()) {
            (None, _) => {}
            (Some(_), Some(_)) => return Err(Some(Doubt::Several)),
            (Some((names, answer)), None) => {
                let only: Option<BTreeMap<_, _>> = answer
                    .into_iter()
                    .map(|(value, places)| match places.as_slice() {
                        [only] => Some((value, (*only).clone())),
                        _ => None,
                    })
                    .collect();
                return only.ok_or_else(|| (names != &Center::Wanted).then_some(Doubt::Several));
            }
        }
    }
    Err(Some(Doubt::Unrelated))
}

type Answer<'a> = BTreeMap<RegionalValue, Vec<&'a CustomMetadataPlace>>;

/// The places of all values that name a data centre; `None` where one is missing.
fn answer<'a>(
    here: &[&'a Candidate<'_>],
    names: &'a Center,
    rest: &[RegionalValue],
) -> Option<(&'a Center, Answer<'a>)> {
    let all = |value: RegionalValue| {
        here.iter().filter(move |found| found.value == value && &found.names == names)
    };
    let is_placed = |value: RegionalValue| !rest.contains(&value);
    // A place of the configuration that names another data centre contradicts this one; one that
    // names none leaves it open.
    let contradicts = |value: RegionalValue| {
        let mut placed = here.iter().filter(|found| found.value == value);
        is_placed(value) && placed.clone().next().is_some() && placed.all(|f| &f.names != names)
    };
    if RegionalValue::ALL.into_iter().any(contradicts) {
        return None;
    }
    let fits = |found: &&&&'a Candidate<'_>| {
        let urls: Vec<_> = all(RegionalValue::ApiUrl).collect();
        found.value != RegionalValue::RedirectUri
            || names == &Center::Wanted
            || (urls.is_empty() && is_placed(RegionalValue::ApiUrl))
            || urls.iter().any(|url| redirect_of(url.text) == found.text.trim_end_matches('/'))
    };
    let mut answer = Answer::new();
    for value in rest {
        let places: Vec<_> = all(*value).filter(|found| fits(&found)).map(|f| &f.place).collect();
        if places.is_empty() {
            return None;
        }
        answer.insert(*value, places);
    }
    Some((names, answer))
}
