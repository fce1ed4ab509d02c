//! The program is killed at each request and at each file operation, and started again with the same
//! words: what there is then is what an undisturbed run leaves, and nothing was done twice.

use super::courses::{Command, Course};
use super::line::Break;
use super::proof::{Counts, Proof};
use super::scene::{Half, Scene, Trouble};
use crate::support::{is_every_trouble, is_whole_proof};

/// Unless the whole proof is wanted, one moment of so many is tried.
const SAMPLE: usize = 31;

/// In the whole proof: every moment of the commands that people type, and one of so many of their other ways.
const EVERY: usize = 1;
const ONE_OF: usize = 13;

/// After every so manyth that leaves the connector there, an uninstall follows, for the same world with the
/// same baseline is the same to it; and wherever the id of something new was never heard of.
const RESTORED: usize = 8;

/// What a run does with files in the end is tried by every proof: so short before it says that it is
/// through, little is left that tells the next run what is missing.
const LAST: usize = 8;

/// Every so manyth moment at which a run can be killed, and so many of the last ones.
pub(super) fn moments(whole: &Course, every: usize, last: usize) -> Vec<Trouble> {
    let requests = whole.each_request().flat_map(|(half, number)| {
        [Break::HoldRequest, Break::HoldAnswer].map(|how| Trouble::KillAt(half, number, how))
    });
    let writes =
        |operation: &str| !operation.starts_with("read ") && !operation.starts_with("list ");
    let operations = whole.operations.iter().enumerate().filter(|(_, it)| writes(it));
    let operations = operations.map(|(number, _)| Trouble::Disk(format!("kill@{}", number + 1)));
    let all: Vec<Trouble> = requests.chain(operations).collect();
    let last = all.len().saturating_sub(last);
    let chosen = all.into_iter().enumerate();
    chosen.filter(|(at, _)| at % every == 0 || *at >= last).map(|(_, moment)| moment).collect()
}

/// Kills a command at every moment, or where the whole proof is wanted at one of `of_whole`.
fn at_every_moment(command: Command, of_whole: usize) {
    let every = match (is_every_trouble(), is_whole_proof()) {
        (true, _) => 1,
        (false, true) => of_whole,
        (false, false) => SAMPLE,
    };
    let scene = Scene::new();
    let (id, untouched) = (scene.id().to_owned(), scene.left());
    let after = |scene: &Scene, number: usize, moment: &Trouble| {
        let unheard = command == Command::Apply
            && matches!(moment, Trouble::KillAt(Half::Webex, _, Break::HoldAnswer));
        let follows = !command.takes_out() && (number.is_multiple_of(RESTORED) || unheard);
        if follows || command.takes_out() {
            command.take_out(scene, &untouched)?;
        }
        Ok(follows)
    };
    let prepare = |scene: &Scene| command.prepare(scene);
    let proof = Proof { command: &command.words(&id), prepare: &prepare, after: &after };
    let what = format!("{command:?}");
    let counts = proof.try_each(&what, 1, |whole| {
        if command == Command::UninstallAndExport {
            // That each next run exports the same is a part of what is compared.
            let tasks = whole.end.exported.get("Task.csv").map_or(0, |it| it.lines().count());
            assert!(tasks > 1_000, "{tasks} lines");
        }
        moments(whole, every, LAST)
    });
    // Both halves work at once, so that a number is not always the same moment, nor the last ones there.
    let Counts { tried, killed, undone, .. } = counts;
    assert!((killed + LAST) * 10 > tried * 9 && undone * 3 > tried, "{counts:?}");
}

#[test]
fn an_apply_that_was_killed_is_finished_by_the_next() {
    at_every_moment(Command::Apply, EVERY);
}

#[test]
fn an_apply_that_gives_back_and_was_killed_is_finished_by_the_next() {
    at_every_moment(Command::GiveBack, ONE_OF);
}

#[test]
fn an_uninstall_that_was_killed_is_finished_by_the_next() {
    at_every_moment(Command::Uninstall, EVERY);
}

#[test]
fn an_uninstall_that_was_killed_while_it_exported_goes_on_in_its_folder() {
    at_every_moment(Command::UninstallAndExport, ONE_OF);
}

#[test]
fn an_undo_that_was_killed_is_finished_by_the_next() {
    at_every_moment(Command::Undo, EVERY);
}

#[test]
fn an_upgrade_that_was_killed_is_finished_by_the_next() {
    at_every_moment(Command::Upgrade, EVERY);
}

#[test]
fn an_upgrade_in_place_that_was_killed_is_finished_by_the_next() {
    at_every_moment(Command::UpgradeInPlace, ONE_OF);
}

#[test]
fn an_undo_of_an_upgrade_that_was_killed_is_finished_by_the_next() {
    at_every_moment(Command::UndoUpgrade, ONE_OF);
    at_every_moment(Command::UndoUpgradeInPlace, ONE_OF);
}

#[test]
fn a_takeover_from_an_older_definition_that_was_killed_is_finished_by_the_next() {
    at_every_moment(Command::DeleteOld, ONE_OF);
}

#[test]
fn a_migration_that_was_killed_is_finished_by_the_next() {
    at_every_moment(Command::Migrate, EVERY);
}
