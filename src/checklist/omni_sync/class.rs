//! The Apex class that the connector calls by name, and the test that production orgs want with it.

use crate::checklist::{Change, ItemId, Kept, Stop, Verdict};
use crate::model::{
    ApexClass, ApexSource, Baseline, OmniCode, OmniState, SourceValue, StatusValue, Target, Value,
    fnv,
};

const ACTIVE: &str = "Active";
/// Words for a class that does not run; a word that nobody knows is none of them.
const INACTIVE: [&str; 2] = ["Inactive", "Deleted"];

/// Ours are created, and kept up to date; a class that somebody else wrote is theirs, and has to
/// have the method.
pub(super) fn plan(verdict: &mut Verdict, code: &OmniCode, omni: &OmniState, baseline: &Baseline) {
    let there = find(omni, &code.class.name);
    let ours = there.is_none_or(|found| is_ours(found, &code.class, baseline));
    match there {
        Some(found) if !ours => foreign(verdict, code, found),
        _ => keep(verdict, code, &code.class, there),
    }
    // Whoever wrote their own class has their own test.
    if ours {
        match find(omni, &code.test.name) {
            Some(found) if !is_ours(found, &code.test, baseline) => verdict.note(format!(
                "The class {} was not created by provision and is not changed.",
                found.name
            )),
            found => keep(verdict, code, &code.test, found),
        }
    }
}

/// Our classes that are there. The test of a class that somebody else wrote is theirs too.
pub(super) fn in_place(code: &OmniCode, omni: &OmniState, baseline: &Baseline) -> Vec<Kept> {
    let is_there = |source: &&ApexSource| {
        find(omni, &source.name).is_some_and(|found| is_ours(found, source, baseline))
    };
    if !is_there(&&code.class) {
        return Vec::new();
    }
    let ours = [&code.class, &code.test].into_iter().filter(is_there);
    ours.map(|source| Kept {
        item: ItemId::OMNI_SYNC,
        target: whole(source),
        value: made(code, source),
    })
    .collect()
}

pub(in crate::checklist) fn find<'a>(omni: &'a OmniState, name: &str) -> Option<&'a ApexClass> {
    omni.classes.iter().find(|class| class.name.eq_ignore_ascii_case(name))
}

/// A class as a whole, as the target of a change.
pub(in crate::checklist) fn whole(source: &ApexSource) -> Target {
    Target::ApexClass(source.name.clone())
}

/// Whether a class is active, as the target of a change.
pub(in crate::checklist) fn status(source: &ApexSource) -> Target {
    Target::ApexStatus(source.name.clone())
}

/// The status of one of our classes.
pub(in crate::checklist) fn has_status(code: &OmniCode, status: &str) -> Value {
    let tested_by = Some(code.test.name.clone());
    Value::Status(StatusValue { status: status.to_owned(), tested_by })
}

/// Whether a class is as we make it.
pub(in crate::checklist) fn is_as_made(found: &ApexClass, source: &ApexSource) -> bool {
    fingerprint(&found.body) == fingerprint(&source.body)
}

/// What an org's class holds.
pub(in crate::checklist) fn held(found: &ApexClass) -> Value {
    Value::Source(SourceValue {
        fingerprint: fingerprint(&found.body),
        body: Some(found.body.clone()),
        tested_by: None,
    })
}

/// Whether the class is as we would make it, or as we once made it.
fn is_ours(found: &ApexClass, source: &ApexSource, baseline: &Baseline) -> bool {
    let (now, target) = (held(found), whole(source));
    let made = baseline.entry(&target).and_then(|entry| entry.ours.as_ref());
    is_as_made(found, source) || made.is_some_and(|made| target.holds_same(Some(made), Some(&now)))
}

/// Creates one of our classes, or brings it up to date.
fn keep(verdict: &mut Verdict, code: &OmniCode, source: &ApexSource, found: Option<&ApexClass>) {
    let mut change = |target: Target, before: Option<Value>, after: Value| {
        verdict.changes.push(Change::new(ItemId::OMNI_SYNC, target, before, Some(after)));
    };
    let wanted = made(code, source);
    let Some(found) = found else {
        return change(whole(source), None, wanted);
    };
    let now = held(found);
    if !whole(source).holds_same(Some(&now), Some(&wanted)) {
        change(whole(source), Some(now), wanted);
    }
    if INACTIVE.contains(&found.status.as_str()) {
        let now = has_status(code, &found.status);
        change(status(source), Some(now), has_status(code, ACTIVE));
    }
}

/// A class as we make it.
fn made(code: &OmniCode, source: &ApexSource) -> Value {
    Value::Source(SourceValue {
        fingerprint: fingerprint(&source.body),
        body: Some(source.body.clone()),
        tested_by: Some(code.test.name.clone()),
    })
}

/// A class of that name which somebody else wrote.
fn foreign(verdict: &mut Verdict, code: &OmniCode, found: &ApexClass) {
    let (name, method) = (&code.class.name, &code.method);
    if !has_method(&found.body, method) {
        verdict.stops.push(
            Stop::refused(format!(
                "This org has an Apex class {name} that provision did not make, and it has no \
                 method {method}, which the connector calls."
            ))
            .hint(format!(
                "In Setup > Apex Classes, add `public static String {method}()` to it, which \
                 answers with Id and MasterLabel of every ServicePresenceStatus as JSON; or \
                 delete the class so that provision can create it."
            )),
        );
        return;
    }
    verdict.note(format!(
        "The Apex class {name} was not created by provision. It has the method {method} and is \
        not changed."
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
/// Line ends and blanks at the end do not count, for orgs change them.
fn fingerprint(body: &str) -> String {
    let lines = body.trim_end().lines().map(str::trim_end);
    let hash = fnv(lines.flat_map(|line| line.bytes().chain([b'\n'])));
    format!("source {hash:016x}")
}
