//! What the item wants.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::checklist::call_center::{
    generation_of, is_clone, is_one_of_connectors, recorded_call_center, reference,
};
use crate::checklist::names::{Found, Unknown, is_chosen, listed, no_profile, profile};
use crate::checklist::restore::{Restore, restore};
use crate::checklist::{Aside, Change, ItemId, Kept, Lookup, Loss, Now, Stop, Unseen, Verdict};
use crate::model::{
    Baseline, BaselineEntry, CallCenterId, Command, ConnectorWish, Hint, Look, OnConflict,
    OrgState, Profile, ProfileId, Ref, Selector, Target, User, Value, nearest,
};

/// What the users item wants.
pub(super) fn plan(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Verdict {
    if let Some(refused) = state.permission_set_groups.refusal()
        && desired.users.permission_sets.iter().any(|name| !is_known_set(state, name))
    {
        // It may be the name of a group.
        return Verdict::blind(vec![Unseen::in_org(Look::PermissionSets, refused)]);
    }
    let mut verdict = Verdict::default();
    check_names(&mut verdict, desired, state);
    let target = wanted(desired, state);
    let mut inactive = Vec::new();
    let mut others = Vec::new();
    let mut taken = BTreeMap::<String, Vec<&str>>::new();
    let mut of_other_version = BTreeMap::<&str, Vec<&str>>::new();
    let (mut moved, mut pulled) = (Vec::new(), BTreeMap::<&str, Vec<&str>>::new());
    let mut of_clones = BTreeMap::<String, Vec<&str>>::new();
    let groups = groups(state);
    for user in state.users.iter().filter(|user| !user.chosen_by.is_empty()) {
        if !user.active {
            inactive.push(user.username.as_str());
            continue;
        }
        if !user.standard {
            others.push(user.username.as_str());
            continue;
        }
        let now = current(state, user);
        if now.as_ref().is_some_and(|now| now.name == target.name) {
            continue;
        }
        if let Some(other) = &now
            && !is_one_of_connectors((desired, state, baseline), other)
        {
            match (desired.users.on_conflict, generation(desired, state, other)) {
                _ if is_in_clone(desired, state, other) => {
                    of_clones.entry(other.name.clone()).or_default().push(&user.username);
                }
                (OnConflict::Refuse, Some(generation)) => {
                    of_other_version.entry(generation).or_default().push(&user.username);
                    continue;
                }
                (OnConflict::Refuse, None) => {
                    taken.entry(other.name.clone()).or_default().push(&user.username);
                    continue;
                }
                (OnConflict::Move, None) => moved.push(user.username.as_str()),
                (OnConflict::Move, Some(generation)) => {
                    pulled.entry(generation).or_default().push(&user.username);
                }
                (OnConflict::Migrate, _) => {}
            }
        }
        let change = assign(user, now, Some(target.clone()));
        verdict.changes.push(Change { aside: beside(&groups, user), ..change });
    }
    let joining = verdict.changes.len();
    give_back(&mut verdict, desired, state, baseline);
    let leaving = verdict.changes.len() - joining;
    if leaving > 0 {
        let members = state.users.iter().filter(|user| {
            user.active && current(state, user).is_some_and(|now| now.name == target.name)
        });
        let of = members.count().max(leaving);
        verdict.losses.push(Loss { what: "their call center".to_owned(), losing: leaving, of });
    }
    verdict.stops.extend(taken.iter().map(|(vendors, names)| conflict(vendors, names)));
    let of_other_version = of_other_version.iter();
    verdict.stops.extend(of_other_version.map(|(generation, names)| stays_in(generation, names)));
    if !moved.is_empty() {
        verdict.warn(format!(
            "Users moved out of another vendor's call center, as configured: {}.",
            listed(&moved)
        ));
    }
    for (generation, names) in &pulled {
        verdict.warn(format!(
            "Users moved out of the call center of {generation} of the connector, as configured: {}.",
            listed(names)
        ));
    }
    for (clone, names) in &of_clones {
        verdict.warn(format!(
            "Users moved out of {clone}, a copy of the connector's call center: {}. To leave them there, \
             do not choose them.",
            listed(names)
        ));
    }
    if !others.is_empty() {
        verdict.note(format!(
            "Skipped, because they are not standard users (guests, customers, internal users of Salesforce): {}.",
            listed(&others)
        ));
    }
    if !inactive.is_empty() {
        verdict.note(format!("Skipped, because they are inactive: {}.", listed(&inactive)));
    }
    // Whoever names something that is not there has heard so already.
    let named = verdict.stops.is_empty() && chooses_somebody(desired);
    if named && state.users.iter().all(|user| user.chosen_by.is_empty()) {
        verdict.warn("[users] in the configuration matches nobody in this org.");
    }
    verdict
}

/// Whether a call center is a clone of the connector's: its users have the connector already, and
/// no other vendor's.
pub(super) fn is_in_clone(
    desired: &ConnectorWish,
    state: &OrgState,
    call_center: &Ref<CallCenterId>,
) -> bool {
    let mut rows = state.call_centers.iter();
    let row = rows.find(|row| Some(&row.id) == call_center.id.as_ref());
    row.is_some_and(|row| is_clone(&desired.recipe, row))
}

/// Chosen users who are in the wanted call center already.
pub(super) fn already(desired: &ConnectorWish, state: &OrgState) -> Vec<Kept> {
    let target = wanted(desired, state);
    state
        .users
        .iter()
        .filter(|user| !user.chosen_by.is_empty() && user.active && user.standard)
        .filter(|user| current(state, user).is_some_and(|now| now.name == target.name))
        .map(|user| Kept {
            item: ItemId::USERS,
            target: membership(user),
            value: Value::CallCenter(target.clone()),
        })
        .collect()
}

/// The call center that users are to be in.
fn wanted(desired: &ConnectorWish, state: &OrgState) -> Ref<CallCenterId> {
    reference(state, &desired.call_center.definition.call_center.internal_name)
}

/// The call center that a user is in.
pub(super) fn current(state: &OrgState, user: &User) -> Option<Ref<CallCenterId>> {
    let id = user.call_center.as_ref()?;
    let known = state.call_centers.iter().find(|row| &row.id == id);
    let name = known.map_or_else(|| id.to_string(), |row| row.internal_name.clone());
    Some(Ref::seen(name, id))
}

/// The call center that the user of a target is in now.
pub(super) fn now(org: &Lookup<'_>, target: &Target) -> Now {
    let Target::UserCallCenter(known) = target else { return Now::Unseen };
    if !org.state.users.is_seen() {
        return Now::Unseen;
    }
    match org.user(known) {
        Some(user) => Now::Held(current(org.state, user).map(Value::CallCenter)),
        None => Now::Gone,
    }
}

/// Moves a user from one call center to another; `None`: none.
pub(super) fn assign(
    user: &User,
    before: Option<Ref<CallCenterId>>,
    after: Option<Ref<CallCenterId>>,
) -> Change {
    let (before, after) = (before.map(Value::CallCenter), after.map(Value::CallCenter));
    Change::new(ItemId::USERS, membership(user), before, after)
}

/// What users of each profile have in common.
fn groups(state: &OrgState) -> BTreeMap<ProfileId, Arc<Aside>> {
    let group =
        |profile: &Profile| Aside { group: Some(profile.label.clone()), ..Aside::default() };
    state.profiles.iter().map(|profile| (profile.id, Arc::new(group(profile)))).collect()
}

/// What the user has in common with others.
fn beside(groups: &BTreeMap<ProfileId, Arc<Aside>>, user: &User) -> Option<Arc<Aside>> {
    groups.get(user.profile.as_ref()?).cloned()
}

/// The call center of a user, as the target of a change.
pub(super) fn membership(user: &User) -> Target {
    Target::UserCallCenter(Ref::seen(&user.username, &user.id))
}

/// The call center that a recorded value names.
pub(super) fn call_center_of(value: Option<&Value>) -> Option<&Ref<CallCenterId>> {
    match value {
        Some(Value::CallCenter(call_center)) => Some(call_center),
        _ => None,
    }
}

/// Users whom we assigned and whom the configuration no longer chooses go back to where they
/// were; those whom somebody has moved since stay.
fn give_back(
    verdict: &mut Verdict,
    desired: &ConnectorWish,
    state: &OrgState,
    baseline: &Baseline,
) {
    if state.refused_condition.is_some() {
        // Whom it chooses is not known, and nobody loses anything for that.
        return;
    }
    let (users, groups) = (state.users_by_ref(), groups(state));
    for entry in baseline.of_item(ItemId::USERS.as_str()) {
        let Target::UserCallCenter(known) = &entry.target else { continue };
        let user = users.find(known).filter(|user| !is_chosen(desired, state, user));
        let Some(user) = user else { continue };
        let Some(before) = goes_back(state, entry, user) else { continue };
        if before.as_ref().is_none_or(|before| before.id.is_some()) {
            let change = assign(user, current(state, user), before);
            verdict.changes.push(Change { aside: beside(&groups, user), ..change });
        } else {
            verdict.warn(format!(
                "{} is no longer chosen, but the earlier call center no longer exists, so the user stays.",
                user.username
            ));
        }
    }
}

/// Where a user goes back to whom nobody chooses any more: to the call center of before, without an id
/// where that is gone, or to none. `None` where the user stays, for we did not put them where they are.
pub fn goes_back(
    state: &OrgState,
    entry: &BaselineEntry,
    user: &User,
) -> Option<Option<Ref<CallCenterId>>> {
    let now = current(state, user).map(Value::CallCenter);
    let Restore::Back(before) = restore(entry, now.as_ref()) else { return None };
    Some(call_center_of(before).map(|before| recorded_call_center(state, before)))
}

fn chooses_somebody(desired: &ConnectorWish) -> bool {
    let users = &desired.users;
    !users.profiles.is_empty()
        || !users.usernames.is_empty()
        || !users.permission_sets.is_empty()
        || users.condition.is_some()
}

/// Everything that the configuration names must be there.
fn check_names(verdict: &mut Verdict, desired: &ConnectorWish, state: &OrgState) {
    let asked_by = Selector::Profiles.to_string();
    let mut unknown = Unknown::of(&asked_by);
    for (number, name) in desired.users.profiles.iter().enumerate() {
        match profile(name, state.profiles.as_slice(), state.profile_names.is_seen()) {
            Found::One(_) => {}
            Found::NotYet => verdict.ask(Look::ProfileNames),
            found @ (Found::None | Found::Several) => {
                let place = format!("{}[{number}]", Selector::Profiles);
                unknown.tell(name, &mut verdict.stops, || {
                    no_profile(&place, name, &found, state.profiles.as_slice())
                });
            }
        }
    }
    unknown.count_others(&mut verdict.stops);
    if let Some(words) = &state.refused_condition {
        let asked_by = Selector::Condition.to_string();
        verdict.stops.push(
            Stop::configuration(format!(
                "The org does not accept the condition in `{asked_by}`: {words}"
            ))
            .at(asked_by)
            .hint(
                "It must be a SOQL WHERE condition on User, with fields that your login can see, \
                     for example: Department = 'Support'.",
            ),
        );
    }
    let there: BTreeSet<String> = state
        .users
        .iter()
        .filter(|user| user.chosen_by.contains(&Selector::Usernames))
        .map(|user| folded(&user.username))
        .collect();
    let unknown: Vec<&String> =
        desired.users.usernames.iter().filter(|name| !there.contains(&folded(name))).collect();
    if let [first, rest @ ..] = unknown.as_slice() {
        let stop = Stop::configuration(format!(
            "`{}` names {}, but this org has no such user{}.",
            Selector::Usernames,
            listed(&unknown),
            if rest.is_empty() { "" } else { "s" }
        ));
        let place = desired.users.usernames.iter().position(|name| name == *first);
        let stop = match place {
            Some(number) => stop.at(format!("{}[{number}]", Selector::Usernames)),
            None => stop,
        };
        let near = nearest(first, state.users.iter().map(|user| user.username.as_str()));
        verdict.stops.push(match near {
            Some(near) => stop.hint(format!("Did you mean \"{near}\"?")),
            None => stop.hint(
                "Usernames look like email addresses; in a sandbox they end in the sandbox's name.",
            ),
        });
    }
    let asked_by = Selector::PermissionSets.to_string();
    let mut unknown = Unknown::of(&asked_by);
    for (number, name) in desired.users.permission_sets.iter().enumerate() {
        if !is_known_set(state, name) {
            unknown.tell(name, &mut verdict.stops, || {
                Stop::configuration(format!(
                    "`{asked_by}` names \"{name}\", but this org has no such permission set or \
                    permission set group."
                ))
                .at(format!("{asked_by}[{number}]"))
                .hint("Give permission sets by label or API name.")
            });
        }
    }
    unknown.count_others(&mut verdict.stops);
}

/// Whether an org has a permission set of that name, or a group of them.
fn is_known_set(state: &OrgState, name: &str) -> bool {
    let mut known = state.permission_sets.iter().chain(state.permission_set_groups.iter());
    known.any(|set| set.is_called(name))
}

/// A name as queries find it: whatever its letters' case.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// The generation of the connector that a call center is of.
fn generation(
    desired: &ConnectorWish,
    state: &OrgState,
    call_center: &Ref<CallCenterId>,
) -> Option<&'static str> {
    let mut rows = state.call_centers.iter();
    let row = rows.find(|row| Some(&row.id) == call_center.id.as_ref())?;
    Some(&generation_of(Some(&desired.recipe), row)?.recipe.title)
}

/// Users who work with another generation of the connector: whoever moves them means to.
fn stays_in(generation: &str, names: &[&str]) -> Stop {
    let who = if names.len() == 1 { "One chosen user works" } else { "Some chosen users work" };
    Stop::refused(format!("{who} with {generation} of the connector: {}.", listed(names)))
        .hint(Hint::command(
            "",
            Command::of_org("migrate --to RECIPE"),
            " moves users between the two versions, all at once or in waves.",
        ))
        .hint(
            "To move them without it, set on_conflict = \"move\" under [users]; to leave them \
            there, do not choose them.",
        )
}

fn conflict(call_center: &str, taken: &[&str]) -> Stop {
    let who = if taken.len() == 1 {
        "One chosen user is".to_owned()
    } else {
        format!("{} chosen users are", taken.len())
    };
    let names = listed(taken);
    Stop::refused(format!("{who} in another vendor's call center, {call_center}: {names}.")).hint(
        "A user can be in only one call center. To move them, set on_conflict = \"move\" under \
        [users]; to leave them there, do not choose them.",
    )
}
