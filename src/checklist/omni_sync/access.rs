//! Who may use the class and take the presence statuses.

use crate::checklist::names::{Found, listed, no_profile, profile};
use crate::checklist::{Action, After, Change, Item, Verdict};
use crate::model::{
    Baseline, BaselineEntry, Before, Desired, Granted, Holder, Look, OmniAccess, OmniRecipe,
    OmniState, OrgState, Subject, SubjectKind,
};

/// The value of an access that is given.
const ENABLED: &str = "enabled";
/// The value that a new permission set begins with.
pub(in crate::checklist) const LABEL: &str = "label";

/// Gives access to a permission set of our own, or to the profiles that the configuration names.
pub(super) fn plan(
    verdict: &mut Verdict,
    desired: &Desired,
    state: &OrgState,
    recipe: &OmniRecipe,
    omni: &OmniState,
    baseline: &Baseline,
) {
    let holders = match &desired.omni_sync.access {
        OmniAccess::PermissionSet => own_set(verdict, state, recipe),
        OmniAccess::Profiles(names) => profiles(verdict, state, names),
    };
    let grants = super::grants(desired, state);
    let mut unseen = Vec::new();
    for (holder, subject) in &holders {
        for grant in &grants {
            if omni.has(holder, grant) {
                continue;
            }
            let given = baseline
                .entry(subject, &grant.field())
                .is_some_and(|entry| entry.ours.as_deref() == Some(ENABLED));
            if let Granted::PresenceStatus(label) = grant
                && given
                && !omni.shows_statuses()
            {
                if !unseen.contains(label) {
                    unseen.push(label.clone());
                }
                continue;
            }
            verdict.changes.push(change(subject, grant, None, Some(ENABLED)));
        }
    }
    if !unseen.is_empty() {
        verdict.warn(format!(
            "Access to {} was given by an earlier run, but this org does not show who may take a \
             presence status: look at Service Presence Statuses Access of the permission set or \
             profile in Setup.",
            listed(&unseen)
        ));
    }
    give_back(verdict, state, omni, baseline, &holders, &grants);
    let nameless = |change: &Change| {
        change.subject.kind == SubjectKind::Profile
            && find_profile(state, &change.subject).is_some_and(|found| found.api_name.is_none())
    };
    if verdict.changes.iter().any(nameless) {
        verdict.ask(Look::ProfileNames);
    }
}

/// The permission set, which is created where the org lacks it.
fn own_set(verdict: &mut Verdict, state: &OrgState, recipe: &OmniRecipe) -> Vec<(Holder, Subject)> {
    let Some(sets) = state.permission_sets.seen() else {
        verdict.ask(Look::PermissionSets);
        return Vec::new();
    };
    let subject = Subject::new(SubjectKind::PermissionSet, &recipe.permission_set);
    if !sets.iter().any(|set| set.qualified() == recipe.permission_set) {
        verdict.changes.push(Change {
            item: Item::OmniSync,
            subject: subject.clone(),
            field: LABEL.to_owned(),
            before: None,
            after: After::value(&recipe.permission_set_label),
            action: Action::Create,
        });
    }
    vec![(Holder::PermissionSet(recipe.permission_set.clone()), subject)]
}

/// The profiles, by label or API name. A name that the org lacks is an error: deploying it would
/// create a profile.
fn profiles(verdict: &mut Verdict, state: &OrgState, names: &[String]) -> Vec<(Holder, Subject)> {
    const ASKED_BY: &str = "omni_sync.profiles";
    let mut chosen: Vec<(Holder, Subject)> = Vec::new();
    for (number, name) in names.iter().enumerate() {
        match profile(name, state.profiles.as_slice(), state.profile_names.is_seen()) {
            Found::One(found) => {
                let holder = Holder::Profile(found.id.clone());
                if !chosen.iter().any(|(known, _)| known == &holder) {
                    chosen.push((holder, Subject::new(SubjectKind::Profile, &found.label)));
                }
            }
            Found::NotYet => verdict.ask(Look::ProfileNames),
            found @ (Found::None | Found::Several) => {
                let place = format!("{ASKED_BY}[{number}]");
                verdict.stops.push(no_profile(&place, name, &found, state.profiles.as_slice()));
            }
        }
    }
    chosen
}

fn change(subject: &Subject, grant: &Granted, before: Option<&str>, after: Option<&str>) -> Change {
    Change {
        item: Item::OmniSync,
        subject: subject.clone(),
        field: grant.field(),
        before: before.map(str::to_owned),
        after: After::Known(after.map(str::to_owned)),
        action: if after.is_some() { Action::Create } else { Action::Delete },
    }
}

/// Access that we gave and that the configuration no longer wants is taken back.
pub(in crate::checklist) fn give_back(
    verdict: &mut Verdict,
    state: &OrgState,
    omni: &OmniState,
    baseline: &Baseline,
    holders: &[(Holder, Subject)],
    grants: &[Granted],
) {
    for entry in baseline.of_item(Item::OmniSync.id()) {
        let Some(grant) = Granted::of_field(&entry.field) else { continue };
        let wanted =
            grants.contains(&grant) && holders.iter().any(|(_, subject)| subject == &entry.subject);
        let is_ours = entry.before == Before::Known(None) && entry.ours.as_deref() == Some(ENABLED);
        if wanted || !is_ours || !can_be_taken(state, &grant) {
            continue;
        }
        if holder_of(state, entry).is_some_and(|holder| omni.has(&holder, &grant)) {
            verdict.changes.push(change(&entry.subject, &grant, Some(ENABLED), None));
        }
    }
}

/// A status that is gone has taken its access along.
fn can_be_taken(state: &OrgState, grant: &Granted) -> bool {
    match grant {
        Granted::ApexClass(_) => true,
        Granted::PresenceStatus(label) => {
            state.presence_statuses.iter().any(|status| &status.label == label)
        }
    }
}

fn holder_of(state: &OrgState, entry: &BaselineEntry) -> Option<Holder> {
    match entry.subject.kind {
        SubjectKind::PermissionSet => Some(Holder::PermissionSet(entry.subject.name.clone())),
        SubjectKind::Profile => {
            find_profile(state, &entry.subject).map(|found| Holder::Profile(found.id.clone()))
        }
        _ => None,
    }
}

/// The profile that a subject names.
fn find_profile<'a>(state: &'a OrgState, subject: &Subject) -> Option<&'a crate::model::Profile> {
    state.profiles.iter().find(|profile| profile.label == subject.name)
}
