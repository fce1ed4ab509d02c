//! What we made for state sync is gone; what somebody else made or has changed since stays.

use super::plan::grants;
use super::{access, class};
use crate::checklist::names::listed;
use crate::checklist::restore::{Restore, restore};
use crate::checklist::{By, Case, Change, Human, ItemId, Link, Sight, Step, Verdict};
use crate::model::{
    ApexClass, ApexSource, Before, Granted, Look, OmniCode, OmniRecipe, OmniState, Ref, Target,
    Value,
};

/// What the absence of state sync wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let recipe = &case.desired.recipe.omni_sync;
    let (Some(omni), Some(_)) = (case.state.omni.seen(), case.state.permission_sets.seen()) else {
        verdict.ask(Look::OmniSync);
        verdict.ask(Look::PermissionSets);
        return verdict;
    };
    // What goes as a whole need not be taken back bit by bit.
    let gone = access::given(case.state, omni, case.baseline, |target| {
        goes_anyway(case, recipe, omni, target)
    });
    let grants = grants(case.desired, case.state);
    verdict.changes.extend(access::taken_back(recipe, &grants, gone));
    access::tell_of_unseen(&mut verdict, case.state, omni, case.baseline, |target| {
        goes_anyway(case, recipe, omni, target)
    });
    if let Some(code) = &recipe.code {
        for source in [&code.class, &code.test] {
            if let Some(found) = class::find(omni, &source.name) {
                class(&mut verdict, case, code, source, found);
            }
        }
    }
    let set = access::set(case.state, recipe);
    if is_set_leaving(case, &set.name) && set.id.is_some() {
        let now = access::whole(recipe, Vec::new());
        let target = Target::PermissionSet(set);
        verdict.changes.push(Change::new(ItemId::OMNI_SYNC, target, Some(now), None));
    }
    verdict.human = by_hand(case, recipe, omni);
    verdict
}

/// Whether a permission set is the one that we made for state sync, and goes.
pub(in crate::checklist) fn is_set_leaving(case: Case<'_>, name: &str) -> bool {
    let is_its = case.desired.recipe.omni_sync.permission_set == name;
    let entry = case.baseline.entry(&Target::PermissionSet(Ref::named(name)));
    is_its && entry.is_some_and(|entry| entry.before == Before::Known(None))
}

/// Whether an access is one of something that goes as a whole: a permission set, or a class.
fn goes_anyway(case: Case<'_>, recipe: &OmniRecipe, omni: &OmniState, access: &Target) -> bool {
    let (set, grant) = match access {
        Target::PermissionSetAccess(set, grant) => (Some(set), grant),
        Target::ProfileAccess(_, grant) => (None, grant),
        _ => return false,
    };
    let of_class = matches!(
        grant,
        Granted::ApexClass(name)
            if recipe.code.as_ref().is_some_and(|code| {
                *name == code.class.name
                    && class::find(omni, name).is_some_and(|it| is_leaving(case, &code.class, it))
            })
    );
    of_class || set.is_some_and(|set| is_set_leaving(case, &set.name))
}

/// Whether a class is as we made it, where there was none.
fn is_leaving(case: Case<'_>, source: &ApexSource, found: &ApexClass) -> bool {
    let entry = case.baseline.entry(&class::whole(source));
    entry.is_some_and(|entry| restore(entry, Some(&class::held(found))) == Restore::Back(None))
}

fn class(
    verdict: &mut Verdict,
    case: Case<'_>,
    code: &OmniCode,
    source: &ApexSource,
    found: &ApexClass,
) {
    let whole = class::whole(source);
    if is_leaving(case, source, found) {
        let stuck = case.state.removal.stuck_classes.contains_key(&source.name);
        let change = Change::new(ItemId::OMNI_SYNC, whole, Some(class::held(found)), None);
        verdict.changes.push(change.by(if stuck { By::Person } else { By::Program }));
        return;
    }
    if case.baseline.entry(&whole).is_some() {
        verdict
            .note(format!("Somebody has changed the Apex class {} since; it is kept.", found.name));
    } else if class::is_as_made(found, source) {
        verdict.note(format!(
            "The Apex class {} looks like the one that provision creates, but there is no record \
            of who created it, so it is kept. If nothing else calls it, delete it in Setup > \
            Apex Classes.",
            found.name
        ));
    }
    let status = class::status(source);
    let now = class::has_status(code, &found.status);
    let was = case.baseline.entry(&status);
    if let Some(Restore::Back(Some(Value::Status(before)))) = was.map(|it| restore(it, Some(&now)))
    {
        let before = class::has_status(code, &before.status);
        verdict.changes.push(Change::new(ItemId::OMNI_SYNC, status, Some(now), Some(before)));
    }
}

/// What a person does with classes that no deploy could delete.
fn by_hand(case: Case<'_>, recipe: &OmniRecipe, omni: &OmniState) -> Option<Human> {
    let stuck = &case.state.removal.stuck_classes;
    let names: Vec<&str> = recipe
        .sources()
        .map(|source| source.name.as_str())
        .filter(|name| stuck.contains_key(*name) && class::find(omni, name).is_some())
        .collect();
    let words = stuck.get(*names.first()?)?;
    let page = Link::setup(&case.state.organization.instance_url, "ApexClasses");
    Some(Human {
        why: format!("The org did not let a deploy delete {}: {words}", listed(&names)),
        steps: vec![
            Step::new("Open Setup > Apex Classes: ").link(page),
            Step::new(format!(
                "Beside {}, click Del. In a production org this needs a deployment with passing tests.",
                names.join(" and ")
            )),
        ],
        sight: Sight::Undone,
        unseen: None,
        confirmed: None,
    })
}
