//! The line breaks at each request, and the disk at each file operation, in every way: a run that is not
//! through says so, and the same command again comes to the end of an undisturbed one.

use super::line::BREAKS;
use super::proof::{APPLY, Proof, Undisturbed, applied, is_restored, uninstall};
use super::scene::{Scene, Trouble};
use crate::support::{is_every_trouble, is_whole_proof};

/// One trouble of so many is tried: every day, and where the whole proof is wanted. `PROVISION_EVERY_TROUBLE=1`
/// tries all of them.
const SAMPLE: usize = 173;
const WHOLE: usize = 41;

fn every() -> usize {
    if is_every_trouble() {
        1
    } else if is_whole_proof() {
        WHOLE
    } else {
        SAMPLE
    }
}

fn of_lines(whole: &Undisturbed) -> Vec<Trouble> {
    let each = |(half, number)| BREAKS.map(|how| Trouble::Line(half, number, how));
    whole.requests().flat_map(each).collect()
}

fn of_disks(whole: &Undisturbed) -> Vec<Trouble> {
    let kinds = ["full", "read-only", "broken"];
    let each = |number| kinds.map(|kind| Trouble::Disk(format!("{kind}@{number}")));
    (1..=whole.operations.len()).flat_map(each).collect()
}

fn proves(what: &str, troubles: fn(&Undisturbed) -> Vec<Trouble>) {
    let scene = Scene::new();
    let (id, untouched) = (scene.id().to_owned(), scene.left());
    let after = |_: &Scene, _, _: &Trouble| Ok(false);
    let proof = Proof { command: &APPLY, prepare: &|_| (), after: &after };
    let counts = proof.try_each(&format!("apply, {what}"), every(), troubles);
    assert!(counts.failed > 0, "{counts:?}");
    let after =
        |scene: &Scene, _, _: &Trouble| is_restored(&untouched, &scene.left()).map(|()| false);
    let command = uninstall(&id);
    let proof = Proof { command: &command, prepare: &applied, after: &after };
    let counts = proof.try_each(&format!("uninstall, {what}"), every(), troubles);
    assert!(counts.failed > 0, "{counts:?}");
}

#[test]
fn whatever_becomes_of_a_request_the_next_run_comes_to_the_end() {
    proves("lines", of_lines);
}

#[test]
fn whatever_becomes_of_a_file_the_next_run_comes_to_the_end() {
    proves("disks", of_disks);
}
