//! The line breaks at each request, and the disk at each file operation, in every way: a run that is not
//! through says so, and the same command again comes to the end of an undisturbed one.

use super::courses::{Command, Course};
use super::line::BREAKS;
use super::proof::Proof;
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

fn of_lines(whole: &Course) -> Vec<Trouble> {
    let each = |(half, number)| BREAKS.map(|how| Trouble::Line(half, number, how));
    whole.each_request().flat_map(each).collect()
}

fn of_disks(whole: &Course) -> Vec<Trouble> {
    let kinds = ["full", "read-only", "broken"];
    let each = |number| kinds.map(|kind| Trouble::Disk(format!("{kind}@{number}")));
    (1..=whole.operations.len()).flat_map(each).collect()
}

fn proves(what: &str, troubles: fn(&Course) -> Vec<Trouble>) {
    let scene = Scene::new();
    let (id, untouched) = (scene.id().to_owned(), scene.left());
    for command in [Command::Apply, Command::Uninstall] {
        let after = |scene: &Scene, _, _: &Trouble| {
            if command.takes_out() {
                command.take_out(scene, &untouched)?;
            }
            Ok(false)
        };
        let prepare = |scene: &Scene| command.prepare(scene);
        let proof = Proof { command: &command.words(&id), prepare: &prepare, after: &after };
        let counts = proof.try_each(&format!("{command:?}, {what}"), every(), troubles);
        assert!(counts.failed > 0, "{counts:?}");
    }
}

#[test]
fn whatever_becomes_of_a_request_the_next_run_comes_to_the_end() {
    proves("lines", of_lines);
}

#[test]
fn whatever_becomes_of_a_file_the_next_run_comes_to_the_end() {
    proves("disks", of_disks);
}
