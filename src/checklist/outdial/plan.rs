//! What the item wants.

use std::collections::BTreeSet;

use crate::checklist::tenant::{
    add_steps, give_back, leave_to_person, of_profile, open, tell_agents,
};
use crate::checklist::{Change, ItemId, Now, Step, Stop, TenantCase, Unseen, Verdict};
use crate::definitions::desktop_layout::LayoutDocument;
use crate::model::tenant::field::{OUTDIAL_ANI, OUTDIAL_ENABLED, OUTDIAL_ENTRY_POINT};
use crate::model::{
    AgentProfileRow, AniRow, EntryPointRow, OutdialWish, Ref, Target, TenantRecord, TenantRecordId,
    Value, nearest,
};

/// Where what leads to an entry point is set.
const PAGE: &str = "Contact Center > Customer experience > Channels";

/// Where desktop profiles are.
const PROFILES: &str = "Contact Center > Desktop experience > Desktop profiles";

/// What the item wants.
pub(super) fn plan(case: &TenantCase<'_>) -> Verdict {
    let wish = case.wish.outdial.as_ref();
    let mut verdict = match (wish, case.state.entry_points.seen()) {
        (Some(wish), Some(entry_points)) => lacking(case, wish, entry_points),
        _ => Verdict::default(),
    };
    let is_wanted = |target: &Target| match (wish, target) {
        (Some(wish), Target::Tenant { field, .. }) => {
            wish.ani.is_some() || field.as_deref() != Some(OUTDIAL_ANI)
        }
        _ => false,
    };
    let manage = wish.is_none_or(|wish| wish.manage);
    give_back(&mut verdict, case, ItemId::OUTDIAL, manage, is_wanted);
    verdict
}

/// What the desktop profiles of the teams' agents lack.
fn lacking(case: &TenantCase<'_>, wish: &OutdialWish, entry_points: &[EntryPointRow]) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(entry_point) = entry_points.iter().find(|it| it.name == wish.entry_point) else {
        verdict.stops.push(unknown(
            "webex.outdial.entry_point",
            &wish.entry_point,
            "entry point",
            entry_points.iter().map(|it| it.name.as_str()),
        ));
        return verdict;
    };
    let ani = ani(&mut verdict, case, wish);
    let wanted = [
        (OUTDIAL_ENABLED, Some(Value::Text("true".to_owned()))),
        (
            OUTDIAL_ENTRY_POINT,
            Some(Value::TenantRecord(Ref::seen(&entry_point.name, &entry_point.id))),
        ),
        (OUTDIAL_ANI, ani.map(Value::TenantRecord)),
    ];
    let mut by_person = Vec::new();
    for (profile, _) in case.profiles() {
        if wish.ani.is_none() {
            check_profiles_ani(&mut verdict, case, profile, &mut by_person);
        }
        let before = verdict.changes.len();
        for (field, value) in &wanted {
            let Some(value) = value else { continue };
            let target = Target::Tenant {
                kind: TenantRecord::AgentProfile,
                record: Ref::seen(&profile.name, &profile.id),
                field: Some((*field).to_owned()),
            };
            let Now::Held(now) = of_profile(case.state, profile, field) else {
                by_person.push(Step::new(format!(
                    "Look at outdial in the desktop profile \"{}\", and switch it on: the API \
                    does not show its setting.",
                    profile.name
                )));
                continue;
            };
            if !target.holds_same(now.as_ref(), Some(value)) {
                let change = Change::new(ItemId::OUTDIAL, target, now, Some(value.clone()));
                verdict.changes.push(change);
            }
        }
        if verdict.changes.len() > before {
            tell_agents(&mut verdict, case, &Ref::seen(&profile.name, &profile.id));
        }
    }
    leave_to_person(&mut verdict, wish.manage, "webex.outdial", PROFILES);
    if !by_person.is_empty() {
        by_person.insert(0, open(PROFILES));
        add_steps(&mut verdict, "Some desktop profiles must be checked by hand.", by_person);
    }
    check_entry_point(&mut verdict, case, entry_point);
    verdict
}

/// The list of numbers that calls may show; the number of the layout has to be in it.
fn ani(
    verdict: &mut Verdict,
    case: &TenantCase<'_>,
    wish: &OutdialWish,
) -> Option<Ref<TenantRecordId>> {
    let (Some(name), Some(anis)) = (&wish.ani, case.state.anis.seen()) else { return None };
    let Some(list) = anis.iter().find(|list| &list.name == name) else {
        let names = anis.iter().map(|it| it.name.as_str());
        verdict.stops.push(unknown("webex.outdial.ani", name, "outdial ANI list", names));
        return None;
    };
    has_layouts_number(verdict, case, list);
    Some(Ref::seen(&list.name, &list.id))
}

/// Where the configuration names no list, each desktop profile has to have one.
fn check_profiles_ani(
    verdict: &mut Verdict,
    case: &TenantCase<'_>,
    profile: &AgentProfileRow,
    by_person: &mut Vec<Step>,
) {
    let Some(anis) = case.state.anis.seen() else { return };
    match anis.iter().find(|list| profile.ani.as_ref() == Some(&list.id)) {
        Some(list) => has_layouts_number(verdict, case, list),
        None => by_person.push(Step::new(format!(
            "In the desktop profile \"{}\", choose an outdial ANI (it has none); or name one as `ani` \
             in [webex.outdial].",
            profile.name
        ))),
    }
}

/// The lists whose numbers have to be read: the configured one, else those of the desktop profiles. Where the
/// layout names no number, nothing has to be in them.
pub(in crate::checklist) fn lists_needed(case: &TenantCase<'_>) -> BTreeSet<TenantRecordId> {
    let Some(wish) = case.wish.outdial.as_ref().filter(|_| layouts_number(case).is_some()) else {
        return BTreeSet::new();
    };
    let profiles = case.profiles();
    let is_meant = |list: &&AniRow| match &wish.ani {
        Some(name) => &list.name == name,
        None => profiles.iter().any(|(profile, _)| profile.ani.as_ref() == Some(&list.id)),
    };
    case.state.anis.iter().filter(is_meant).map(|list| list.id.clone()).collect()
}

/// The number that the layout shows on outgoing calls.
fn layouts_number(case: &TenantCase<'_>) -> Option<String> {
    let layout = case.wish.desktop_layout.as_ref()?;
    let document = LayoutDocument::read(&layout.content).ok()?;
    document.outdial_ani().filter(|number| !number.is_empty()).map(str::to_owned)
}

/// The number that the layout shows on outgoing calls has to be in the list.
fn has_layouts_number(verdict: &mut Verdict, case: &TenantCase<'_>, list: &AniRow) {
    let Some(number) = layouts_number(case) else { return };
    let Some(numbers) = &list.numbers else {
        let unseen =
            Unseen::in_tenant(&format!("the numbers of the outdial ANI list \"{}\"", list.name));
        if !verdict.unseen.contains(&unseen) {
            verdict.unseen.push(unseen);
        }
        return;
    };
    if numbers.contains(&number) {
        return;
    }
    let problem = Stop::refused(format!(
        "The desktop layout shows {number} on outgoing calls, and the outdial ANI list \"{}\" does not \
         have it.",
        list.name
    ))
    .hint(
        "Add it to the list in Control Hub, or name a number of the list in \
         `webex.desktop_layout.outdial_ani`.",
    );
    // Several profiles may have the same list.
    if !verdict.problems.contains(&problem) {
        verdict.problems.push(problem);
    }
}

/// What a flow does is a person's.
fn check_entry_point(verdict: &mut Verdict, case: &TenantCase<'_>, entry_point: &EntryPointRow) {
    let name = &entry_point.name;
    let mut steps = Vec::new();
    if !entry_point.outdial {
        steps.push(Step::new(format!(
            "\"{name}\" is not an entry point for outgoing calls: choose one of type Outdial."
        )));
    }
    if !entry_point.active {
        steps.push(Step::new(format!("Switch \"{name}\" on.")));
    }
    if !entry_point.handled {
        steps.push(Step::new(format!(
            "Give \"{name}\" a flow, a routing strategy or an outdial queue: nothing handles its \
             calls."
        )));
    }
    let mapped = case.state.dial_numbers.seen().map(|numbers| {
        numbers.iter().any(|number| number.entry_point.as_ref() == Some(&entry_point.id))
    });
    if mapped == Some(false) {
        steps.push(Step::new(format!("Map a dial number to \"{name}\".")));
    }
    if !steps.is_empty() {
        steps.insert(0, open(PAGE));
        add_steps(verdict, "How a call is handled is configured in the contact center.", steps);
    }
}

fn unknown<'a>(place: &str, name: &str, what: &str, names: impl Iterator<Item = &'a str>) -> Stop {
    let stop = Stop::configuration(format!(
        "`{place}` names \"{name}\", and the contact center has no {what} of that name."
    ))
    .at(place);
    match nearest(name, names) {
        Some(near) => stop.hint(format!("Did you mean \"{near}\"?")),
        None => stop.hint("Control Hub lists them under Contact Center."),
    }
}
