//! What we made for state sync is gone; what somebody else made or has changed since stays.

use super::About;
use crate::checklist::names::listed;
use crate::checklist::omni_sync::{access, class};
use crate::checklist::restore::{Restore, restore};
use crate::checklist::{Action, After, Change, Human, Item, Verdict};
use crate::model::{
    ApexClass, ApexSource, Before, Granted, Look, OmniRecipe, OmniState, Subject, SubjectKind,
};

/// What the absence of state sync wants.
pub(super) fn plan(about: About<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(recipe) = &about.desired.recipe.omni_sync else { return verdict };
    let state = about.state;
    let (Some(omni), Some(sets)) = (state.omni.seen(), state.permission_sets.seen()) else {
        verdict.ask(Look::OmniSync);
        verdict.ask(Look::PermissionSets);
        return verdict;
    };
    // Asked before anything else: what goes as a whole need not be taken back bit by bit.
    access::give_back(&mut verdict, about.state, omni, about.baseline, &[], &[]);
    verdict.changes.retain(|change| !goes_anyway(about, recipe, omni, change));
    for source in [&recipe.class, &recipe.test] {
        if let Some(found) = class::find(omni, &source.name) {
            class(&mut verdict, about, source, found);
        }
    }
    let is_set = |name: &str| sets.iter().any(|set| set.qualified() == name);
    if is_set_leaving(about, &recipe.permission_set) && is_set(&recipe.permission_set) {
        verdict.changes.push(Change {
            item: Item::OmniSync,
            subject: Subject::new(SubjectKind::PermissionSet, &recipe.permission_set),
            field: access::LABEL.to_owned(),
            before: Some(recipe.permission_set_label.clone()),
            after: After::Known(None),
            action: Action::Delete,
        });
    }
    verdict.human = by_hand(about, recipe, omni);
    verdict
}

/// Whether a permission set is the one that we made for state sync, and goes.
pub(super) fn is_set_leaving(about: About<'_>, name: &str) -> bool {
    let is_its =
        about.desired.recipe.omni_sync.as_ref().is_some_and(|it| it.permission_set == name);
    let subject = Subject::new(SubjectKind::PermissionSet, name);
    let entry = about.baseline.entry(&subject, access::LABEL);
    is_its && entry.is_some_and(|entry| entry.before == Before::Known(None))
}

/// Whether a change is of something that goes as a whole: a permission set, or a class.
fn goes_anyway(about: About<'_>, recipe: &OmniRecipe, omni: &OmniState, change: &Change) -> bool {
    let of_class = matches!(
        Granted::of_field(&change.field),
        Some(Granted::ApexClass(name))
            if name == recipe.class.name
                && class::find(omni, &name).is_some_and(|it| is_leaving(about, &recipe.class, it))
    );
    let of_set = change.subject.kind == SubjectKind::PermissionSet
        && is_set_leaving(about, &change.subject.name);
    of_class || of_set
}

/// Whether a class is as we made it, where there was none.
fn is_leaving(about: About<'_>, source: &ApexSource, found: &ApexClass) -> bool {
    let now = class::fingerprint(&found.body);
    let entry = about.baseline.entry(&class::subject(source), class::BODY);
    entry.is_some_and(|entry| restore(entry, Some(&now)) == Restore::Back(None))
}

fn class(verdict: &mut Verdict, about: About<'_>, source: &ApexSource, found: &ApexClass) {
    let subject = class::subject(source);
    let now = class::fingerprint(&found.body);
    if is_leaving(about, source, found) {
        let stuck = about.state.removal.stuck_classes.contains_key(&source.name);
        verdict.changes.push(Change {
            item: Item::OmniSync,
            subject,
            field: class::BODY.to_owned(),
            before: Some(now),
            after: After::Known(None),
            action: if stuck { Action::Human } else { Action::Delete },
        });
        return;
    }
    if about.baseline.entry(&subject, class::BODY).is_some() {
        verdict.note(format!(
            "Somebody has changed the Apex class {} since, and it stays.",
            found.name
        ));
    } else if now == class::fingerprint(&source.body) {
        verdict.note(format!(
            "The Apex class {} is as provision makes it, but nobody recorded who made it, and it \
             stays. Where nothing else calls it, it can be deleted in Setup > Apex Classes.",
            found.name
        ));
    }
    let was = about.baseline.entry(&subject, class::STATUS);
    if let Some(Restore::Back(Some(before))) = was.map(|it| restore(it, Some(&found.status))) {
        verdict.changes.push(Change {
            item: Item::OmniSync,
            subject,
            field: class::STATUS.to_owned(),
            before: Some(found.status.clone()),
            after: After::value(before),
            action: Action::Update,
        });
    }
}

/// What a person does with classes that no deploy could delete.
fn by_hand(about: About<'_>, recipe: &OmniRecipe, omni: &OmniState) -> Option<Human> {
    let stuck = &about.state.removal.stuck_classes;
    let names: Vec<&str> = [&recipe.test, &recipe.class]
        .into_iter()
        .map(|source| source.name.as_str())
        .filter(|name| stuck.contains_key(*name) && class::find(omni, name).is_some())
        .collect();
    let words = stuck.get(*names.first()?)?;
    Some(Human {
        why: format!("The org did not let a deploy delete {}: {words}", listed(&names)),
        steps: vec![
            format!(
                "Open Setup > Apex Classes: {}/lightning/setup/ApexClasses/home",
                about.state.organization.instance_url
            ),
            format!(
                "Beside {}, click Del. A production org wants a deploy for that whose tests pass.",
                names.join(" and ")
            ),
        ],
        confirmed: None,
    })
}
