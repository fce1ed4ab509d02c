//! What the item wants.

use super::assigned::{by_label, misassigned, unassigned};
use super::audit;
use super::others;
use super::recorded::{
    assignment_of, has_content, is_callers, name_of, seen_profile, tell_of_others, value_of,
};
use super::sightings::{Sighting, is_checked, shown, sightings, summary, tell, to_assign};
use super::steps;
use super::unseen::unseen;
use crate::checklist::names::listed;
use crate::checklist::settings::existing_or_carried;
use crate::checklist::{By, Change, Human, ItemId, Sight, Verdict};
use crate::model::{
    Baseline, CallKind, CallTypeLayout, CallTypeWish, ConnectorWish, Match, Observed, OrgState,
    SetupTask, SoftphoneField, SoftphoneLayout, SoftphoneLayoutWish, Target, Value, normalised,
};

/// A label of the Setup page.
pub(super) const NAME: &str = "Name";

/// A value of the page.
pub(super) struct PageValue {
    /// Which one.
    pub(super) field: SoftphoneField,
    /// What was seen there.
    now: Option<String>,
    /// What is to be there.
    pub(super) wanted: String,
    /// Whether both are the same.
    pub(super) same: bool,
}

/// What the item wants.
pub(super) fn plan(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Verdict {
    let mut verdict = Verdict::default();
    let name = desired.softphone_layout.as_ref().map(|wish| wish.name.as_str());
    tell_of_others(&mut verdict, name, baseline);
    let Some(wish) = &desired.softphone_layout else {
        return verdict;
    };
    if handled_twice(desired, state, wish) {
        verdict.warn(
            "CC020: Unknown callers would be handled twice, by the call center \
             (`call_center.no_match.enabled`) and by the softphone layout \
             (`softphone_layout.inbound.no_match`). Set one of them to none.",
        );
    }
    let wish = by_label(&mut verdict, wish, state);
    let instead = others::assigned_instead(&mut verdict, (desired, &wish), state, baseline);
    let wish = &instead.unwrap_or(wish);
    let sightings = sightings(state);
    let checked = is_checked(&sightings);
    let seen = shown(wish, &sightings, state.softphone.found());
    let unassigned: Vec<String> =
        unassigned(wish, state, baseline).into_iter().map(str::to_owned).collect();
    let is_recorded = !checked
        && !is_named(wish, seen)
        && unassigned.is_empty()
        && is_on_record(wish, state, baseline);
    if !is_recorded {
        verdict.changes = differences_of_any(wish, &sightings);
    }
    let differs = !verdict.changes.is_empty();
    let mut unassigned = to_assign(wish, &sightings, unassigned, checked && is_named(wish, seen));
    // Whoever calls has one of the profiles, and can see that it gets another layout.
    let misassigned = misassigned(wish, state).filter(|_| is_recorded);
    unassigned.extend(misassigned.clone());
    let unassigned: Vec<&str> = unassigned.iter().map(String::as_str).collect();
    let wished = unassigned.iter().filter(|it| wish.profiles.iter().any(|wished| wished == *it));
    verdict.changes.extend(wished.map(|profile| assignment(wish, profile, state)));
    tell(&mut verdict, wish, &sightings, state);
    if differs && !is_named(wish, seen) {
        others::tell(&mut verdict, (desired, wish), state, baseline);
    }
    // Somebody has changed what was there before, or given it to others.
    let was_there = is_named(wish, seen) || has_content(baseline, wish);
    if was_there && (differs || misassigned.is_some()) {
        audit::tell(&mut verdict, state);
    }
    if !verdict.changes.is_empty() {
        let unseen = unseen(wish, state, (differs, &sightings), &unassigned, baseline);
        verdict.human = Some(Human {
            why: match (differs, checked) {
                (false, _) if misassigned.is_some() => why_misassigned(wish, state, &unassigned),
                (true, true) => why_checked(wish, &sightings),
                (true, false) => why(wish, &state.softphone),
                (false, _) => why_assigned(wish, &unassigned),
            },
            steps: steps::list(wish, (seen, misassigned.is_some()), &unassigned, state),
            sight: match () {
                () if misassigned.is_some() => Sight::Undone,
                // The caller's own layout, another one, says nothing.
                () if unseen.is_some() && !checked && !is_named(wish, seen) => Sight::Nothing,
                // What profiles have been assigned shows nowhere but to their users.
                () if !differs => Sight::Nothing,
                () if checked || is_named(wish, seen) => Sight::Undone,
                // Whoever has no layout of their own has the default one.
                () if wish.default && state.softphone.found().is_some() => Sight::Doubtful,
                () => Sight::Nothing,
            },
            unseen,
            confirmed: None,
        });
        // Where no profiles are named, nobody says who is to get one that is not the default.
        let is_somebodys = wish.default || !wish.profiles.is_empty();
        verdict.setup = is_somebodys.then(|| SetupTask::Layout(wish.clone()));
    }
    verdict
}

/// Whether a browser has read back the layout with the values that are wanted, and the calling user's own, another one
/// or none that is shown, says nothing of it.
fn is_on_record(wish: &SoftphoneLayoutWish, state: &OrgState, baseline: &Baseline) -> bool {
    let is_hidden = state.softphone.refusal().is_some() || is_callers(wish, state, baseline);
    has_content(baseline, wish) && (wish.is_for_profiles() || (wish.default && is_hidden))
}

/// Everything that is wanted, as one text: a person's word counts for this and for nothing else.
pub(super) fn wanted(desired: &ConnectorWish) -> Option<String> {
    let wish = desired.softphone_layout.as_ref()?;
    let mut parts = vec![format!("{NAME}={}, default={}", wish.name, wish.default)];
    if !wish.profiles.is_empty() {
        parts.push(format!("profiles={}", wish.profiles.join(", ")));
    }
    parts.extend(values(wish));
    Some(parts.join("; "))
}

/// The wanted values of all kinds of calls, as texts.
pub(super) fn values(wish: &SoftphoneLayoutWish) -> impl Iterator<Item = String> {
    wish.call_types.iter().flat_map(|(kind, wish)| {
        let fields = fields(wish, None).into_iter();
        fields.map(|field| format!("{} {}={}", kind.name(), field.field.label(), field.wanted))
    })
}

/// Whether the call center of the org opens something for unknown callers, and the layout is to do so
/// too. Where the configuration says both, the rules tell it before any org is asked.
fn handled_twice(desired: &ConnectorWish, state: &OrgState, wish: &SoftphoneLayoutWish) -> bool {
    let call_center = &desired.call_center;
    let values = call_center.effective(existing_or_carried(desired, state).as_ref());
    let by_call_center = call_center
        .definition
        .setting("no_match.enabled")
        .filter(|setting| !call_center.values.contains_key(&setting.item))
        .and_then(|setting| values.item(&setting.item))
        .is_some_and(|item| normalised(&item.value) == "true");
    by_call_center && wish.inbound_no_match().is_some()
}

/// What differs for anybody whose layout counts, each value once, in the order of the page.
fn differences_of_any(wish: &SoftphoneLayoutWish, sightings: &[Sighting<'_>]) -> Vec<Change> {
    let found: Vec<Change> =
        sightings.iter().flat_map(|sighting| differences(wish, sighting.layout)).collect();
    let everything = differences(wish, None);
    let of_place = |place: &Change| found.iter().find(|it| it.target() == place.target()).cloned();
    everything.iter().filter_map(of_place).collect()
}

/// What differs of a layout; everything where there is none.
pub(super) fn differences(
    wish: &SoftphoneLayoutWish,
    seen: Option<&SoftphoneLayout>,
) -> Vec<Change> {
    let change = |target: Target, before: Option<String>, after: &str| {
        let after = Some(Value::Text(after.to_owned()));
        Change::new(ItemId::SOFTPHONE_LAYOUT, target, before.map(Value::Text), after).by(By::Person)
    };
    let mut changes = Vec::new();
    if !is_named(wish, seen) {
        let now = seen.map(|seen| seen.name.clone());
        changes.push(change(name_of(&wish.name), now, &wish.name));
    }
    for (kind, call) in &wish.call_types {
        for field in fields(call, of(seen, *kind)).into_iter().filter(|field| !field.same) {
            let target = value_of(&wish.name, *kind, field.field);
            changes.push(change(target, field.now, &field.wanted));
        }
    }
    changes
}

fn assignment(wish: &SoftphoneLayoutWish, profile: &str, state: &OrgState) -> Change {
    let after = Some(Value::Text(wish.name.clone()));
    let target = assignment_of(&wish.name, seen_profile(profile, state.profiles.as_slice()));
    Change::new(ItemId::SOFTPHONE_LAYOUT, target, None, after).by(By::Person)
}

/// Whether the layout that was seen has the wanted name.
pub(super) fn is_named(wish: &SoftphoneLayoutWish, seen: Option<&SoftphoneLayout>) -> bool {
    seen.is_some_and(|seen| normalised(&seen.name) == normalised(&wish.name))
}

/// What was seen for that kind of call.
pub(super) fn of(seen: Option<&SoftphoneLayout>, kind: CallKind) -> Option<&CallTypeLayout> {
    seen.and_then(|seen| seen.of(kind))
}

/// The configured values of one kind of call, in the order of the page.
pub(super) fn fields(wish: &CallTypeWish, seen: Option<&CallTypeLayout>) -> Vec<PageValue> {
    let mut fields = Vec::new();
    if let Some(objects) = &wish.objects {
        fields.push(PageValue {
            field: SoftphoneField::Objects,
            now: seen.map(|seen| seen.objects.join(", ")),
            wanted: objects.join(", "),
            same: seen.is_some_and(|seen| same_objects(&seen.objects, objects)),
        });
    }
    if let Some(wanted) = wish.opens_in {
        let now = seen.and_then(|seen| seen.opens_in);
        fields.push(PageValue {
            field: SoftphoneField::OpensIn,
            now: now.map(|now| now.label().to_owned()),
            wanted: wanted.label().to_owned(),
            same: now == Some(wanted),
        });
    }
    for (place, outcome) in Match::ALL.into_iter().enumerate() {
        let Some(wanted) = &wish.pops[place] else { continue };
        let now = seen.map(|seen| &seen.pops[place]);
        fields.push(PageValue {
            field: SoftphoneField::Pop(outcome),
            now: now.map(ToString::to_string),
            wanted: wanted.to_string(),
            same: now.is_some_and(|now| now.same(wanted)),
        });
    }
    fields
}

/// Whether both name the same objects. Nobody has confirmed that the org tells them in the order
/// of the page, so the order does not count.
fn same_objects(seen: &[String], wanted: &[String]) -> bool {
    let has =
        |list: &[String], name: &String| list.iter().any(|one| one.eq_ignore_ascii_case(name));
    seen.iter().all(|name| has(wanted, name)) && wanted.iter().all(|name| has(seen, name))
}

/// Why a person is asked where nothing differs of what can be seen.
fn why_assigned(wish: &SoftphoneLayoutWish, unassigned: &[&str]) -> String {
    let (name, has) = (listed(&[&wish.name]), if unassigned.len() == 1 { "has" } else { "have" });
    format!(
        "Salesforce has no API to assign softphone layouts to profiles or to see the assignment. \
        There is no record that {} {has} {name}.",
        listed(unassigned)
    )
}

/// Why a person is asked where the caller gets another layout than the caller's profile was given.
fn why_misassigned(wish: &SoftphoneLayoutWish, state: &OrgState, profiles: &[&str]) -> String {
    let own = state.softphone.found().map_or("", |own| own.name.as_str());
    format!(
        "Your own profile {} is in `softphone_layout.profiles` and was assigned {}, but your \
        softphone layout is {}: somebody has changed the assignment.",
        listed(profiles),
        listed(&[&wish.name]),
        listed(&[own])
    )
}

fn why_checked(wish: &SoftphoneLayoutWish, sightings: &[Sighting<'_>]) -> String {
    let who = summary(wish, sightings);
    format!("Salesforce has no API for changing softphone layouts. Check users: {who}.")
}

fn why(wish: &SoftphoneLayoutWish, observed: &Observed<Option<SoftphoneLayout>>) -> String {
    let seen = observed.found();
    let own = match (seen, observed.refusal()) {
        (None, Some(refused)) => {
            format!("was not shown by the org ({})", refused.words.trim_end_matches('.'))
        }
        (None, None) => "does not exist: that user has none".to_owned(),
        (Some(layout), _) if is_named(wish, seen) => {
            format!("is {}, and differs", listed(&[&layout.name]))
        }
        (Some(layout), _) => format!("is {}", listed(&[&layout.name])),
    };
    format!("Salesforce has no API for changing softphone layouts. The calling user's own {own}.")
}
