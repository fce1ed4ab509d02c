//! What is left to a person, and what there is to know for it.

use super::discovery::{Discovery, Doubt};
use crate::checklist::{Human, Link, Sight, Step};
use crate::model::{ConnectorWish, CustomMetadataPlace, OrgState, RegionalValue, either};

/// How many look-alikes are told in short.
const SHOWN: usize = 10;

/// A value, its place, and what the org said when it was to be changed.
pub(super) type Locked<'a> = (RegionalValue, &'a CustomMetadataPlace, &'a str);

/// The steps for a person, where there is something that the program cannot do.
pub(super) fn steps(
    desired: &ConnectorWish,
    state: &OrgState,
    found: &Discovery<'_>,
    locked: &[Locked<'_>],
) -> Option<Human> {
    let why = match (&found.doubt, locked) {
        (Some(doubt), _) => doubtful(doubt, found, state, desired),
        (None, []) => return None,
        (None, locked) => refused(locked),
    };
    let page = Link::setup(&state.organization.instance_url, "CustomMetadata");
    let mut steps = Vec::new();
    if found.doubt.is_some() {
        steps.push(Step::new(
            "Either tell provision where the values are and run this again: under \
            [custom_metadata], set data_center, api_url and redirect_uri to \
            \"ns__Type__mdt.Record.ns__Field__c\". Or set the values by hand:",
        ));
    }
    steps.push(Step::new("Open Setup > Custom Metadata Types: ").link(page));
    for (value, place, words) in locked {
        let step =
            Step::new(format!("{} > Manage Records > {} > Edit: ", place.kind, place.record))
                .set(&place.field, desired.custom_metadata.value(*value))
                .words(format!(
                    " ({value}) and save. The org said: {words}. If Setup does not let you edit \
                    it either, ask Cisco: only a new version of the package can change it. To \
                    have provision try again, use --only data-center."
                ));
        steps.push(step);
    }
    if found.doubt.is_some() {
        steps.extend(by_hand(desired, found));
    }
    let sight = if locked.is_empty() { Sight::Nothing } else { Sight::Undone };
    Some(Human { why, steps, sight, unseen: None, confirmed: None })
}

fn doubtful(
    doubt: &Doubt,
    found: &Discovery<'_>,
    state: &OrgState,
    desired: &ConnectorWish,
) -> String {
    match doubt {
        Doubt::NotSeen(values) => {
            let names: Vec<&str> = values.iter().map(|value| value.title()).collect();
            let types = match state.contents.custom_metadata_types.seen() {
                Some(types) => types.len().to_string(),
                None => "an unknown number".to_owned(),
            };
            format!(
                "Nothing in the package's custom metadata looks like the {}: {types} of its types \
                 and {} of their records show ({} types are expected), and protected settings \
                 are not visible outside the package.",
                names.join(" or the "),
                state.custom_metadata.records.len(),
                desired.recipe.custom_metadata_types,
            )
        }
        Doubt::Unrelated => format!(
            "The package's custom metadata holds {} that could be meant, but they do not agree \
            on one data centre.",
            counted(found)
        ),
        Doubt::Several => format!(
            "The package's custom metadata holds {} that could be meant, and it is not clear \
            which of them is used.",
            counted(found)
        ),
    }
}

fn counted(found: &Discovery<'_>) -> String {
    match found.seen.len() {
        1 => "1 value".to_owned(),
        count => format!("{count} values"),
    }
}

fn refused(locked: &[Locked<'_>]) -> String {
    let names: Vec<String> = locked
        .iter()
        .map(|(value, place, words)| format!("the {value} ({place}): {words}"))
        .collect();
    format!("The org refuses to change {}", names.join("; "))
}

/// What to set, value by value, with every place that looks like it.
fn by_hand(desired: &ConnectorWish, found: &Discovery<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    for value in RegionalValue::ALL {
        if found.places.contains_key(&value) {
            continue;
        }
        let wanted = desired.custom_metadata.value(value);
        let seen: Vec<String> = found
            .seen
            .iter()
            .filter(|candidate| candidate.value == value)
            .map(|candidate| format!("{} = {}", candidate.place, candidate.text))
            .collect();
        let places = match seen.as_slice() {
            [] => "none visible; if the package hides it, only Cisco's own pages or a new \
            version of the package can change it"
                .to_owned(),
            seen => {
                let (first, rest) = seen.split_at(seen.len().min(SHOWN));
                let rest = match rest.len() {
                    0 => String::new(),
                    // A single one takes no more room than its number.
                    1 => format!("; {}", rest.concat()),
                    more => {
                        either(&format!("; {}", rest.join("; ")), &format!("; and {more} more"))
                    }
                };
                format!("seen: {}{rest}", first.join("; "))
            }
        };
        steps.push(
            Step::new(format!("Manage Records next to the type that holds the {value} > Edit: "))
                .set_it(wanted)
                .words(format!(" and save ({places}).")),
        );
    }
    steps
}
