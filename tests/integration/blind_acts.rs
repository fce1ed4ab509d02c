//! The proof of [`blindness`](crate::blindness) for runs that act: what is asked and told while a run works is
//! answered oddly too. Whatever that leaves behind, the next run, which sees, ends where a run ends that has
//! always seen; and a run that says that it is done is done.

use std::collections::BTreeSet;
use std::time::Duration;

use org_emulator::OrgSnapshot;
use provision::checklist::Blockers;
use provision::engine::{Goal, Outcome, Removal, Report};
use provision::journal::Store;
use provision::model::OrgId;
use serde_json::Value;
use tempfile::TempDir;

use crate::blindness::{ERRORS, Proof, copy_of, is_no_mistake, words};
use crate::rewriting_proxy::RewritingProxy;
use crate::support::{Org, differences, everything, is_every_trouble, is_whole_proof};
use crate::undo;
use crate::upgrade::{CLEAN, NEWEST, OLDER, wanting};
use crate::version_2::demo_of_version_2;

/// Each takes half a second or more, so that everyday runs try one odd answer of so many.
const SAMPLE: usize = 24;

/// The same for whole proofs.
const WHOLE_SAMPLE: usize = 12;

/// A job whose status nobody has heard of may still run, and is waited for: for as long as an installation may
/// take.
const WAITED_FOR: [(&str, &str); 2] =
    [("PackageInstallRequest", "(\"Status\")"), ("UninstallRequest", "(\"Status\")")];

/// An org at the point where a command begins, and the way to it that answers oddly.
struct Place {
    org: Org,
    behind: Org,
    world: OrgSnapshot,
    past: TempDir,
}

/// How the command ended, and what it and the next one have left.
struct Ended {
    before: Value,
    blind: Report,
    after_blind: Value,
    next: Report,
    world: Value,
    entries: usize,
}

fn place(prepare: &impl Fn(&mut Org)) -> (Place, RewritingProxy) {
    let mut org = Org::new();
    prepare(&mut org);
    // Not from memory: what a run has done is what it sees next.
    let proxy = RewritingProxy::to(&org.url);
    let mut behind = org.behind(&proxy.url);
    behind.delete_data.clone_from(&org.delete_data);
    behind.patience.silence = Duration::from_millis(200);
    behind.patience.lock_waits = 1;
    let (world, past) = (org.emulated.snapshot(), copy_of(org.state.path()));
    (Place { org, behind, world, past }, proxy)
}

fn act(place: &mut Place, command: &impl Fn(&Org) -> Report) -> Ended {
    place.org.emulated.restore(&place.world).expect("a world");
    place.behind.state = copy_of(place.past.path());
    let before = place.org.world();
    let blind = command(&place.behind);
    let after_blind = place.org.world();
    place.org.state = std::mem::replace(&mut place.behind.state, copy_of(place.past.path()));
    let next = command(&place.org);
    let id = OrgId::parse(&place.org.id).expect("an id");
    let baseline = Store::at(place.org.state.path()).org(&id).baseline().expect("a baseline");
    let (world, entries) = (place.org.world(), baseline.entries.len());
    Ended { before, blind, after_blind, next, world, entries }
}

fn judge(trial: Trial<'_>, sighted: &Ended, ended: &Ended, wrong: &mut Vec<String>) -> bool {
    is_no_mistake(ended.blind.failure.as_ref(), wrong);
    if let Some(failure) = &ended.next.failure {
        wrong.push(format!("the next run fails: {}", failure.message()));
    }
    // Whatever it does is what a run does that sees, or nothing.
    let mut neither = Vec::new();
    if !trial.takes_out_first {
        strange("", [&ended.before, &sighted.after_blind], &ended.after_blind, &mut neither);
    }
    wrong.extend(neither.iter().map(|place| format!("makes what nobody wants: {place}")));
    differences("next", &sighted.world, &ended.world, wrong);
    if sighted.entries != ended.entries {
        wrong.push(format!("{} entries are recorded, not {}", ended.entries, sighted.entries));
    }
    let says_done = matches!(ended.blind.outcome, Outcome::Done | Outcome::NeedsHuman);
    let tells = words(&ended.blind) != words(&sighted.blind);
    if says_done && ended.blind.failure.is_none() && !tells {
        differences("done", &sighted.after_blind, &ended.after_blind, wrong);
    }
    ended.blind.failure.is_some()
}

/// Where a world is neither as it was nor as it was to be.
fn strange(place: &str, known: [&Value; 2], found: &Value, into: &mut Vec<String>) {
    if known.contains(&found) {
        return;
    }
    let Some(fields) = found.as_object() else {
        into.push(format!("{place}: {found}"));
        return;
    };
    let names = known.iter().filter_map(|it| it.as_object()).flat_map(|it| it.keys());
    let names: BTreeSet<&String> = names.chain(fields.keys()).collect();
    for name in names {
        let of = |value: &Value| value.get(name).cloned().unwrap_or_default();
        let place = format!("{place}/{name}");
        strange(&place, [&of(known[0]), &of(known[1])], &of(found), into);
    }
}

/// What is tried.
#[derive(Clone, Copy)]
struct Trial<'a> {
    what: &'a str,
    /// One odd answer of so many as of the others.
    share: usize,
    /// Whether it takes something out first that it brings back, so that half of it is neither as it was nor as it
    /// is to be.
    takes_out_first: bool,
}

fn proved(what: &str, prepare: impl Fn(&mut Org) + Sync, command: impl Fn(&Org) -> Report + Sync) {
    tried(Trial { what, share: 1, takes_out_first: false }, prepare, command);
}

fn tried(
    trial: Trial<'_>,
    prepare: impl Fn(&mut Org) + Sync,
    command: impl Fn(&Org) -> Report + Sync,
) {
    let every = match (is_every_trouble(), is_whole_proof()) {
        (true, _) => 1,
        (false, true) => WHOLE_SAMPLE,
        (false, false) => SAMPLE,
    };
    let every = if is_every_trouble() { every } else { every * trial.share };
    let proof = Proof { what: trial.what, every, errors: &ERRORS, leaves_out: &WAITED_FOR };
    proof.try_all(
        || place(&prepare),
        |place| act(place, &command),
        |sighted, ended, odd, wrong| {
            assert!(sighted.blind.failure.is_none(), "{:#?}", sighted.blind.failure);
            let told = judge(trial, sighted, ended, wrong);
            if odd.is_honest() {
                // Nobody can tell it from the truth: what the org says not to be there is left alone.
                wrong.retain(|it| it.starts_with("exit 70") || it.starts_with("the next run"));
            }
            told
        },
    );
}

/// The settings of an org that has been at work for a while.
fn other_settings() -> String {
    everything().replace("height = 600", "height = 620")
}

fn apply(org: &Org) -> Report {
    org.run(Goal::Apply, &everything())
}

fn uninstall(org: &Org) -> Report {
    let removal = Removal { delete_data: Some(&org.id), blockers: Blockers::Stop };
    org.remove(Goal::Apply, removal, &everything())
}

#[test]
fn an_apply_that_is_answered_oddly_is_finished_by_the_next() {
    proved("apply", |_| (), apply);
}

#[test]
fn changed_settings_that_are_answered_oddly_are_finished_by_the_next() {
    let command = |org: &Org| org.run(Goal::Apply, &other_settings());
    proved("apply of other settings", |org| drop(org.apply(&everything())), command);
}

#[test]
fn an_uninstall_that_is_answered_oddly_is_finished_by_the_next() {
    proved("uninstall", |org| drop(org.apply(&everything())), uninstall);
}

#[test]
fn an_undo_that_is_answered_oddly_is_finished_by_the_next() {
    let prepare = |org: &mut Org| {
        org.apply(&everything());
        org.apply(&other_settings());
    };
    let command = |org: &Org| {
        // The run that is taken back is named: the newest may be the first try.
        let runs = org.runs();
        let run = runs.iter().map(|run| run.run.clone()).min().expect("a run");
        undo::undo_to(org, Goal::Apply, Some(&run), &other_settings())
    };
    proved("undo", prepare, command);
}

#[test]
fn version_2_that_is_answered_oddly_is_finished_by_the_next() {
    proved("apply of Version 2", |_| (), |org| org.run(Goal::Apply, &demo_of_version_2()));
}

/// What the old version of the package was used for is given back, whichever of the runs does it.
#[test]
fn a_clean_upgrade_that_is_answered_oddly_is_finished_by_the_next() {
    let trial = Trial { what: "apply of a clean upgrade", share: 3, takes_out_first: true };
    let prepare = |org: &mut Org| {
        org.apply(&wanting(&everything(), OLDER, ""));
        org.delete_data = Some(org.id.clone());
    };
    tried(trial, prepare, |org| org.run(Goal::Apply, &wanting(&everything(), NEWEST, CLEAN)));
}
