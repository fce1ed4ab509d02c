//! The program is killed at each request and at each file operation, and started again with the same
//! words: what there is then is what an undisturbed run leaves, and nothing was done twice.

use super::line::Break;
use super::proof::{APPLY, Counts, Proof, Undisturbed, applied, is_restored, undo, uninstall};
use super::scene::{Half, Scene, Trouble};
use crate::support::{is_every_trouble, is_whole_proof};

/// Unless the whole proof is wanted, one moment of so many is tried.
const SAMPLE: usize = 31;

/// After every so manyth killed `apply`, an uninstall follows, for the same world with the same baseline
/// is the same to it; and wherever the id of something new was never heard of.
const RESTORED: usize = 8;

/// Every moment at which a run can be killed.
fn moments(whole: &Undisturbed) -> Vec<Trouble> {
    let requests = whole.requests().flat_map(|(half, number)| {
        [Break::HoldRequest, Break::HoldAnswer].map(|how| Trouble::KillAt(half, number, how))
    });
    let writes =
        |operation: &str| !operation.starts_with("read ") && !operation.starts_with("list ");
    let operations = whole.operations.iter().enumerate().filter(|(_, it)| writes(it));
    let operations = operations.map(|(number, _)| Trouble::Disk(format!("kill@{}", number + 1)));
    requests.chain(operations).collect()
}

/// Kills at every moment, or where the whole proof is wanted at one of so many.
fn at_every_moment(what: &str, of_whole: usize, proof: &Proof<'_>) {
    let every = match (is_every_trouble(), is_whole_proof()) {
        (true, _) => 1,
        (false, true) => of_whole,
        (false, false) => SAMPLE,
    };
    let counts = proof.try_each(what, every, moments);
    // Both halves work at once, so that a number is not always the same moment; but it is one.
    let Counts { tried, killed, undone, .. } = counts;
    assert!(killed * 10 > tried * 9 && undone * 2 > tried, "{counts:?}");
}

#[test]
fn an_apply_that_was_killed_is_finished_by_the_next() {
    let scene = Scene::new();
    let (id, untouched) = (scene.id().to_owned(), scene.left());
    let after = |scene: &Scene, number: usize, moment: &Trouble| {
        let unheard = matches!(moment, Trouble::KillAt(Half::Webex, _, Break::HoldAnswer));
        if !number.is_multiple_of(RESTORED) && !unheard {
            return Ok(false);
        }
        let ended = scene.run(&uninstall(&id), &[]);
        is_restored(&untouched, &scene.left()).map_err(|told| format!("{}{told}", ended.err))?;
        Ok(true)
    };
    at_every_moment("apply", 3, &Proof { command: &APPLY, prepare: &|_| (), after: &after });
}

#[test]
fn an_uninstall_that_was_killed_is_finished_by_the_next() {
    let scene = Scene::new();
    let (id, untouched) = (scene.id().to_owned(), scene.left());
    let after =
        |scene: &Scene, _, _: &Trouble| is_restored(&untouched, &scene.left()).map(|()| false);
    let command = uninstall(&id);
    at_every_moment("uninstall", 3, &Proof { command: &command, prepare: &applied, after: &after });
}

#[test]
fn an_undo_that_was_killed_is_finished_by_the_next() {
    let scene = Scene::new();
    let (id, untouched) = (scene.id().to_owned(), scene.left());
    let after =
        |scene: &Scene, _, _: &Trouble| is_restored(&untouched, &scene.left()).map(|()| false);
    let command = undo(&id);
    at_every_moment("undo", 9, &Proof { command: &command, prepare: &applied, after: &after });
}
