//! The Apex class that the connector calls by name, and the test that production orgs want with it.

use crate::checklist::{Action, After, Change, Item, Stop, Verdict};
use crate::model::{ApexClass, ApexSource, Baseline, OmniRecipe, OmniState, Subject, SubjectKind};

/// The values that this part changes.
pub(in crate::checklist) const BODY: &str = "Body";
pub(in crate::checklist) const STATUS: &str = "Status";

const ACTIVE: &str = "Active";

/// Ours are created, and kept up to date; a class that somebody else wrote is theirs, and has to
/// have the method.
pub(super) fn plan(
    verdict: &mut Verdict,
    recipe: &OmniRecipe,
    omni: &OmniState,
    baseline: &Baseline,
) {
    let there = find(omni, &recipe.class.name);
    let ours = there.is_none_or(|found| is_ours(found, &recipe.class, baseline));
    match there {
        Some(found) if !ours => foreign(verdict, recipe, found),
        _ => keep(verdict, &recipe.class, there),
    }
    // Whoever wrote their own class has their own test.
    if ours {
        match find(omni, &recipe.test.name) {
            Some(found) if !is_ours(found, &recipe.test, baseline) => verdict.note(format!(
                "The class {} is not one that provision made, and stays as it is.",
                found.name
            )),
            found => keep(verdict, &recipe.test, found),
        }
    }
}

pub(in crate::checklist) fn find<'a>(omni: &'a OmniState, name: &str) -> Option<&'a ApexClass> {
    omni.classes.iter().find(|class| class.name.eq_ignore_ascii_case(name))
}

pub(in crate::checklist) fn subject(source: &ApexSource) -> Subject {
    Subject::new(SubjectKind::ApexClass, &source.name)
}

/// Whether the class is as we would make it, or as we once made it.
fn is_ours(found: &ApexClass, source: &ApexSource, baseline: &Baseline) -> bool {
    let now = fingerprint(&found.body);
    let made = baseline.entry(&subject(source), BODY).and_then(|entry| entry.ours.clone());
    now == fingerprint(&source.body) || Some(now) == made
}

/// Creates one of our classes, or brings it up to date.
fn keep(verdict: &mut Verdict, source: &ApexSource, found: Option<&ApexClass>) {
    let mut change = |field: &str, before: Option<String>, after: String, action| {
        verdict.changes.push(Change {
            item: Item::OmniSync,
            subject: subject(source),
            field: field.to_owned(),
            before,
            after: After::value(after),
            action,
        });
    };
    let wanted = fingerprint(&source.body);
    let Some(found) = found else {
        return change(BODY, None, wanted, Action::Create);
    };
    let now = fingerprint(&found.body);
    if now != wanted {
        change(BODY, Some(now), wanted, Action::Update);
    }
    if found.status != ACTIVE {
        change(STATUS, Some(found.status.clone()), ACTIVE.to_owned(), Action::Update);
    }
}

/// A class of that name which somebody else wrote.
fn foreign(verdict: &mut Verdict, recipe: &OmniRecipe, found: &ApexClass) {
    let (name, method) = (&recipe.class.name, &recipe.method);
    if !has_method(&found.body, method) {
        verdict.stops.push(
            Stop::refused(format!(
                "This org has an Apex class {name} that provision did not make, and it has no \
                 method {method}, which the connector calls."
            ))
            .hint(format!(
                "In Setup > Apex Classes, add `public static String {method}()` to it, which \
                 answers with Id and MasterLabel of every ServicePresenceStatus as JSON; or delete \
                 the class, and it is made anew."
            )),
        );
        return;
    }
    verdict.note(format!(
        "The Apex class {name} is not one that provision made. It has the method {method} and stays \
         as it is."
    ));
    if found.status != ACTIVE {
        verdict.warn(format!(
            "The Apex class {name} is {}: edit it in Setup > Apex Classes and tick Is Active.",
            found.status
        ));
    }
}

/// Whether a source names the method before a bracket. Apex does not tell letter cases apart.
fn has_method(body: &str, method: &str) -> bool {
    let (body, method) = (body.to_ascii_lowercase(), method.to_ascii_lowercase());
    body.match_indices(&method).any(|(at, _)| {
        let before = body[..at].chars().next_back();
        body[at + method.len()..].trim_start().starts_with('(')
            && before.is_some_and(char::is_whitespace)
    })
}

/// Stands for a source in plans, journals and baselines, where a whole class would be too long.
///
/// Line ends and blanks at the end do not count, for orgs change them (FNV-1a with 64 bits).
pub(in crate::checklist) fn fingerprint(body: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let lines = body.trim_end().lines().map(str::trim_end);
    for byte in lines.flat_map(|line| line.bytes().chain([b'\n'])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("source {hash:016x}")
}
