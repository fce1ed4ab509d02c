//! Who may use the class and take the presence statuses.

use crate::checklist::names::{Found, Unknown, api_name_missing, listed, no_profile, profile};
use crate::checklist::{Change, ItemId, Kept, Verdict};
use crate::model::{
    Baseline, Before, ConnectorWish, Granted, Holder, Look, OmniAccess, OmniRecipe, OmniState,
    OrgState, PermissionSet, PermissionSetId, PermissionSetValue, Profile, Ref, Target, Value,
};

/// What our permission set says of itself.
const DESCRIPTION: &str = "Keeps agents' states in Webex and Omni-Channel in sync. Managed by \
        provision: changes by hand are overwritten.";

/// Gives access to a permission set of our own, or to the profiles that the configuration names.
pub(super) fn plan(
    verdict: &mut Verdict,
    desired: &ConnectorWish,
    state: &OrgState,
    recipe: &OmniRecipe,
    omni: &OmniState,
    baseline: &Baseline,
) {
    let mut missing = Missing { state, omni, baseline, unseen: Vec::new() };
    let grants = super::plan::grants(desired, state);
    match &desired.omni_sync.access {
        OmniAccess::PermissionSet => {
            let Some(set) = own_set(verdict, state, recipe) else { return };
            let holder = Holder::PermissionSet(set.name.clone());
            let access = |grant: &Granted| Target::PermissionSetAccess(set.clone(), grant.clone());
            let new = missing.of(&grants, &holder, access);
            let gone = given(
                state,
                omni,
                baseline,
                |target| matches!(target, Target::PermissionSetAccess(_, grant) if grants.contains(grant)),
            );
            let (of_set, of_profiles): (Vec<Target>, Vec<Target>) =
                gone.into_iter().partition(|it| matches!(it, Target::PermissionSetAccess(..)));
            let there = grants.iter().filter(|grant| !new.contains(grant)).cloned();
            let before: Vec<Granted> = there.chain(of_set.iter().filter_map(granted)).collect();
            if set.id.is_none() || before != grants {
                let from = set.id.is_some().then(|| whole(recipe, before));
                let target = Target::PermissionSet(set);
                let to = Some(whole(recipe, grants));
                verdict.changes.push(Change::new(ItemId::OMNI_SYNC, target, from, to));
            }
            verdict.changes.extend(of_profiles.into_iter().map(take));
            tell_of_unseen(verdict, state, omni, baseline, |target| {
                matches!(target, Target::PermissionSetAccess(..))
            });
        }
        OmniAccess::Profiles(names) => {
            let profiles = profiles(verdict, state, names);
            for profile in &profiles {
                let holder = Holder::Profile(profile.id);
                let access = |grant: &Granted| access_of(profile, grant);
                for grant in missing.of(&grants, &holder, access) {
                    let target = access_of(profile, &grant);
                    let change = Change::new(ItemId::OMNI_SYNC, target, None, Some(Value::Given));
                    verdict.changes.push(change);
                }
            }
            let is_wanted = |target: &Target| match target {
                Target::ProfileAccess(holder, grant) => {
                    let mut profiles = profiles.iter();
                    grants.contains(grant)
                        && profiles.any(|it| holder.is(&Ref::seen(&it.label, &it.id)))
                }
                _ => false,
            };
            let gone = given(state, omni, baseline, is_wanted);
            verdict.changes.extend(taken_back(recipe, &grants, gone));
            tell_of_unseen(verdict, state, omni, baseline, is_wanted);
        }
    }
    if !missing.unseen.is_empty() {
        verdict.warn(format!(
            "Access to {} was given by an earlier run, but this org does not show who may take a \
             presence status: look at Service Presence Statuses Access of the permission set or \
             profile in Setup.",
            listed(&missing.unseen)
        ));
    }
    if verdict.changes.iter().any(|change| api_name_missing(change, state)) {
        verdict.ask(Look::ProfileNames);
    }
}

/// All that agents need, in our permission set or one by one in the profiles.
pub(super) fn in_place(
    desired: &ConnectorWish,
    state: &OrgState,
    recipe: &OmniRecipe,
) -> Vec<Kept> {
    let grants = super::plan::grants(desired, state);
    let kept = |target: Target, value: Value| Kept { item: ItemId::OMNI_SYNC, target, value };
    match &desired.omni_sync.access {
        OmniAccess::PermissionSet => {
            vec![kept(Target::PermissionSet(set(state, recipe)), whole(recipe, grants))]
        }
        OmniAccess::Profiles(names) => profiles(&mut Verdict::default(), state, names)
            .into_iter()
            .flat_map(|profile| grants.iter().map(|grant| access_of(profile, grant)))
            .map(|target| kept(target, Value::Given))
            .collect(),
    }
}

/// Accesses that a holder lacks.
struct Missing<'a> {
    state: &'a OrgState,
    omni: &'a OmniState,
    baseline: &'a Baseline,
    /// Labels of presence statuses to which an earlier run gave access that the org does not show.
    unseen: Vec<String>,
}

impl Missing<'_> {
    /// Those of these grants that the holder lacks, as far as the org shows them.
    fn of(
        &mut self,
        grants: &[Granted],
        holder: &Holder,
        access: impl Fn(&Granted) -> Target,
    ) -> Vec<Granted> {
        let mut missing = Vec::new();
        for grant in grants.iter().filter(|grant| !self.omni.has(holder, grant)) {
            let entry = self.baseline.entry(&access(grant));
            let given = entry.is_some_and(|entry| entry.ours == Some(Value::Given));
            match grant {
                Granted::PresenceStatus(name) if given && !self.omni.shows_statuses() => {
                    let label = self.state.status_label(name);
                    if !self.unseen.contains(&label) {
                        self.unseen.push(label);
                    }
                }
                grant => missing.push(grant.clone()),
            }
        }
        missing
    }
}

/// Our permission set, with its id where the org has it.
fn own_set(
    verdict: &mut Verdict,
    state: &OrgState,
    recipe: &OmniRecipe,
) -> Option<Ref<PermissionSetId>> {
    if !state.permission_sets.is_seen() {
        verdict.ask(Look::PermissionSets);
        return None;
    }
    Some(set(state, recipe))
}

/// Our permission set, with its id where the org shows it.
pub(in crate::checklist) fn set(state: &OrgState, recipe: &OmniRecipe) -> Ref<PermissionSetId> {
    let mut known = state.permission_sets.iter();
    let found = known.find(|set| set.qualified() == recipe.permission_set);
    Ref { name: recipe.permission_set.clone(), id: found.map(|set| set.id) }
}

/// All that our permission set consists of.
pub(in crate::checklist) fn whole(recipe: &OmniRecipe, grants: Vec<Granted>) -> Value {
    Value::PermissionSet(PermissionSetValue {
        label: recipe.permission_set_label.clone(),
        description: DESCRIPTION.to_owned(),
        grants,
    })
}

/// The profiles, by label or API name. A name that the org lacks is an error: deploying it would
/// create a profile.
fn profiles<'a>(verdict: &mut Verdict, state: &'a OrgState, names: &[String]) -> Vec<&'a Profile> {
    const ASKED_BY: &str = "omni_sync.profiles";
    let mut chosen: Vec<&Profile> = Vec::new();
    let mut unknown = Unknown::of(ASKED_BY);
    for (number, name) in names.iter().enumerate() {
        match profile(name, state.profiles.as_slice(), state.profile_names.is_seen()) {
            Found::One(found) if chosen.iter().any(|known| known.id == found.id) => {}
            Found::One(found) => chosen.push(found),
            Found::NotYet => verdict.ask(Look::ProfileNames),
            found @ (Found::None | Found::Several) => {
                let place = format!("{ASKED_BY}[{number}]");
                unknown.tell(name, &mut verdict.stops, || {
                    no_profile(&place, name, &found, state.profiles.as_slice())
                });
            }
        }
    }
    unknown.count_others(&mut verdict.stops);
    chosen
}

fn access_of(profile: &Profile, grant: &Granted) -> Target {
    Target::ProfileAccess(Ref::seen(&profile.label, &profile.id), grant.clone())
}

pub(super) fn granted(target: &Target) -> Option<Granted> {
    match target {
        Target::PermissionSetAccess(_, grant) | Target::ProfileAccess(_, grant) => {
            Some(grant.clone())
        }
        _ => None,
    }
}

fn take(target: Target) -> Change {
    Change::new(ItemId::OMNI_SYNC, target, Some(Value::Given), None)
}

/// Accesses that we gave, that are still there, and that nobody wants any more.
pub(in crate::checklist) fn given(
    state: &OrgState,
    omni: &OmniState,
    baseline: &Baseline,
    is_wanted: impl Fn(&Target) -> bool,
) -> Vec<Target> {
    recorded(state, baseline, is_wanted)
        .filter(|(holder, target)| granted(target).is_some_and(|grant| omni.has(holder, &grant)))
        .map(|(_, target)| target)
        .collect()
}

/// Says which accesses that we gave and nobody wants any more are not taken back, because the org does not
/// show who may take a presence status: they may be there still.
pub(super) fn tell_of_unseen(
    verdict: &mut Verdict,
    state: &OrgState,
    omni: &OmniState,
    baseline: &Baseline,
    is_wanted: impl Fn(&Target) -> bool,
) {
    if omni.shows_statuses() {
        return;
    }
    let unseen: Vec<String> = recorded(state, baseline, is_wanted)
        .filter_map(|(_, target)| match granted(&target)? {
            Granted::PresenceStatus(name) => {
                Some(format!("{} of {}", state.status_label(&name), target.place().0.name))
            }
            _ => None,
        })
        .collect();
    if !unseen.is_empty() {
        verdict.warn(format!(
            "An earlier run gave access to presence statuses, and this org does not show whether it is \
             still there: {}. Look at Service Presence Statuses Access of the permission set or profile \
             in Setup, and remove it.",
            listed(&unseen)
        ));
    }
}

/// Accesses that we gave and that nobody wants any more, with who holds them.
fn recorded(
    state: &OrgState,
    baseline: &Baseline,
    is_wanted: impl Fn(&Target) -> bool,
) -> impl Iterator<Item = (Holder, Target)> {
    let entries = baseline.of_item(ItemId::OMNI_SYNC.as_str());
    let ours = entries
        .filter(|entry| entry.before == Before::Known(None) && entry.ours == Some(Value::Given));
    let unwanted = ours.filter(move |entry| {
        granted(&entry.target).is_some_and(|grant| can_be_taken(state, &grant))
            && !is_wanted(&entry.target)
    });
    unwanted.filter_map(|entry| held(state, &entry.target))
}

/// The changes that take accesses back: from profiles one by one, from our permission set all in
/// one, for a deploy replaces it as a whole.
pub(in crate::checklist) fn taken_back(
    recipe: &OmniRecipe,
    grants: &[Granted],
    gone: Vec<Target>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut of_set: Option<(Ref<PermissionSetId>, Vec<Granted>)> = None;
    for target in gone {
        match target {
            Target::PermissionSetAccess(set, grant) => {
                of_set.get_or_insert_with(|| (set, Vec::new())).1.push(grant);
            }
            target => changes.push(take(target)),
        }
    }
    if let Some((set, taken)) = of_set {
        let left: Vec<Granted> =
            grants.iter().filter(|grant| !taken.contains(grant)).cloned().collect();
        let before = left.iter().cloned().chain(taken).collect();
        let (from, to) = (Some(whole(recipe, before)), Some(whole(recipe, left)));
        changes.insert(0, Change::new(ItemId::OMNI_SYNC, Target::PermissionSet(set), from, to));
    }
    changes
}

/// A status that is gone has taken its access along.
fn can_be_taken(state: &OrgState, grant: &Granted) -> bool {
    match grant {
        Granted::ApexClass(_) => true,
        Granted::PresenceStatus(name) => {
            state.presence_statuses.iter().any(|status| &status.api_name == name)
        }
        // Nothing of these is state sync's.
        Granted::Object(_) | Granted::Field(_) | Granted::User(_) | Granted::App(_) => false,
    }
}

/// Who holds a recorded access, and the access with the ids that the org shows now.
pub(super) fn held(state: &OrgState, target: &Target) -> Option<(Holder, Target)> {
    match target {
        Target::PermissionSetAccess(set, grant) => {
            let found = PermissionSet::recorded(&state.permission_sets, set);
            let set =
                found.map_or_else(|| Ref::named(&set.name), |it| Ref::seen(it.qualified(), &it.id));
            let holder = Holder::PermissionSet(set.name.clone());
            Some((holder, Target::PermissionSetAccess(set, grant.clone())))
        }
        Target::ProfileAccess(profile, grant) => {
            let found = profile.find(&state.profiles, |it| &it.id, |it| &it.label)?;
            Some((Holder::Profile(found.id), access_of(found, grant)))
        }
        _ => None,
    }
}
