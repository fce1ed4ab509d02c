//! `[custom_metadata]`: where the region stands in the package's custom metadata, and other values
//! than the data centre's.

use std::collections::BTreeMap;

use crate::model::{CustomMetadataPlace, CustomMetadataWish, Region, RegionalValue, redirect_of};

use super::mistake::{Mistake, MistakeKind};
use super::scope::{Located, Scope, quoted};
use super::tree::Span;

const VALUES: &str = "values";

/// The longest text that a field of custom metadata holds by default.
const LONGEST: usize = 255;

/// Reads `[custom_metadata]`; `None` where the data centre is not known.
pub(super) fn read(
    scope: Option<Scope<'_>>,
    region: Option<&Located<&'static Region>>,
) -> Option<CustomMetadataWish> {
    let mut wish = region.map(|region| CustomMetadataWish::of(region.value, &region.path));
    let Some(scope) = scope else { return wish };
    scope.only_known();
    let places = read_places(&scope);
    let values = scope.table(VALUES);
    if let Some(values) = &values {
        values.only_known();
    }
    if let (Some(wish), Some(region)) = (&mut wish, region) {
        wish.places = places;
        if let Some(values) = values {
            read_values(&values, region, wish);
        }
    }
    wish
}

fn read_places(scope: &Scope<'_>) -> BTreeMap<RegionalValue, CustomMetadataPlace> {
    let wanted = "a place: \"ns__Type__mdt.Record.ns__Field__c\"";
    let mut places = BTreeMap::new();
    let mut seen: Vec<(CustomMetadataPlace, Located<String>)> = Vec::new();
    for value in RegionalValue::ALL {
        let Some(found) = scope.text(value.key(), wanted) else { continue };
        let Some(place) = CustomMetadataPlace::parse(found.value.trim()) else {
            scope.mistakes.push(no_place(value, &found));
            continue;
        };
        if let Some((_, earlier)) = seen.iter().find(|(known, _)| known == &place) {
            scope.mistakes.push(
                Mistake::new(
                    MistakeKind::TwoSources,
                    &found.path,
                    format!("`{}` and `{}` name the same place.", earlier.path, found.path),
                )
                .at(&found.span, "named here")
                .related(&earlier.span, "and here")
                .help("Each of the three values stands in a place of its own."),
            );
            continue;
        }
        seen.push((place.clone(), found));
        places.insert(value, place);
    }
    places
}

fn no_place(value: RegionalValue, found: &Located<String>) -> Mistake {
    let text = found.value.trim();
    let is_value = text.contains("://") || !text.contains(['.', '_']);
    let mistake = Mistake::new(
        MistakeKind::NotAllowed,
        &found.path,
        format!("`{}` names no place in custom metadata: {}.", found.path, quoted(text)),
    )
    .at(&found.span, "");
    if is_value {
        mistake.help(format!(
            "This key says where the {value} stands. Its value follows from `data_center`; \
             another one belongs into [custom_metadata.values]."
        ))
    } else {
        mistake.help(
            "Write type, record and field with dots between: \
             \"ciscocjs__Type__mdt.Record.ciscocjs__Field__c\", as Setup > Custom Metadata Types \
             names them.",
        )
    }
}

fn read_values(
    scope: &Scope<'_>,
    region: &Located<&'static Region>,
    wish: &mut CustomMetadataWish,
) {
    for value in RegionalValue::ALL {
        let Some(found) = scope.text(value.key(), "text") else { continue };
        let text = found.value.trim().to_owned();
        let is_address = value != RegionalValue::DataCenter;
        let problem = if is_address && !is_https(&text) {
            "is not an https address"
        } else if text.chars().count() > LONGEST {
            "is longer than the 255 letters that a field holds"
        } else {
            set(wish, value, &text, &found.path);
            warn(scope, region, value, wish, &found.span, &found.path);
            continue;
        };
        scope.mistakes.push(
            Mistake::new(
                MistakeKind::NotAllowed,
                &found.path,
                format!("`{}` {problem}: {}.", found.path, quoted(&text)),
            )
            .at(&found.span, "")
            .help(format!(
                "For `{}` it is {}.",
                region.value.name,
                value.of(region.value)
            )),
        );
    }
}

/// The redirect URI follows the API URL, until it is set itself.
fn set(wish: &mut CustomMetadataWish, value: RegionalValue, text: &str, path: &str) {
    let mut put = |value, text: String| {
        if let Some(wanted) = wish.values.get_mut(&value) {
            wanted.value = text;
            path.clone_into(&mut wanted.asked_by);
        }
    };
    put(value, text.to_owned());
    if value == RegionalValue::ApiUrl {
        put(RegionalValue::RedirectUri, redirect_of(text));
    }
}

/// Says that a value of one's own may disagree with the data centre.
fn warn(
    scope: &Scope<'_>,
    region: &Located<&'static Region>,
    value: RegionalValue,
    wish: &CustomMetadataWish,
    span: &Span,
    path: &str,
) {
    let expected = match value {
        RegionalValue::RedirectUri => redirect_of(wish.value(RegionalValue::ApiUrl)),
        other => other.of(region.value),
    };
    if wish.value(value) == expected {
        return;
    }
    scope.mistakes.push(
        Mistake::new(
            MistakeKind::Contradiction,
            path,
            format!(
                "`{path}` may disagree with `data_center`: for `{}` the {value} is {expected}.",
                region.value.name
            ),
        )
        .at(span, "")
        .related(&region.span, "the data centre")
        .help("Recordings play only where the three values name the tenant's data centre.")
        .warning(),
    );
}

fn is_https(text: &str) -> bool {
    let host = text.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
    host.is_some_and(|host| host.contains('.') && !host.starts_with('.'))
        && !text.contains(char::is_whitespace)
}
