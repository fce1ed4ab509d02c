//! The program is killed at each request and at each file operation, and started again with the same
//! words: what there is then is what an undisturbed run leaves, and nothing was done twice.

use super::line::Break;
use super::proof::{APPLY, Counts, Proof, Undisturbed, applied, is_restored, undo, uninstall};
use super::scene::{EXPORT, Half, Left, Scene, Trouble};
use crate::newer_definition::OLD;
use crate::support::{is_every_trouble, is_whole_proof};
use crate::upgrade::{CLEAN, IN_PLACE, NEWEST, OLDER};

/// Unless the whole proof is wanted, one moment of so many is tried.
const SAMPLE: usize = 31;

/// After every so manyth killed `apply`, an uninstall follows, for the same world with the same baseline
/// is the same to it; and wherever the id of something new was never heard of.
const RESTORED: usize = 8;

/// What a run does with files in the end is tried by every proof: so short before it says that it is
/// through, little is left that tells the next run what is missing.
const LAST: usize = 8;

/// Every so manyth moment at which a run can be killed, and so many of the last ones.
pub(super) fn moments(whole: &Undisturbed, every: usize, last: usize) -> Vec<Trouble> {
    let requests = whole.requests().flat_map(|(half, number)| {
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

/// Kills at every moment, or where the whole proof is wanted at one of so many.
fn at_every_moment(what: &str, of_whole: usize, proof: &Proof<'_>) {
    let every = match (is_every_trouble(), is_whole_proof()) {
        (true, _) => 1,
        (false, true) => of_whole,
        (false, false) => SAMPLE,
    };
    let counts = proof.try_each(what, 1, |whole| moments(whole, every, LAST));
    // Both halves work at once, so that a number is not always the same moment, nor the last ones there.
    let Counts { tried, killed, undone, .. } = counts;
    assert!((killed + LAST) * 10 > tried * 9 && undone * 3 > tried, "{counts:?}");
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
    at_every_moment("apply", 5, &Proof { command: &APPLY, prepare: &|_| (), after: &after });
}

/// Agents, and page layouts of their profile, that the configuration names no more.
#[test]
fn an_apply_that_gives_back_and_was_killed_is_finished_by_the_next() {
    let scene = Scene::new();
    let untouched = scene.left();
    let prepare = |scene: &Scene| {
        let users = |more: &str| {
            format!(
                "[users]\non_conflict = \"move\"\nprofiles = [\"Contact Center Agent\"{more}]\n"
            )
        };
        let many = users(", \"Standard User\"");
        scene.configure("[users]\nprofiles = [\"Contact Center Agent\"]\n", &many);
        applied(scene);
        scene.configure(&many, &users(""));
        scene.configure("[\"System Administrator\", \"Standard User\", ", "[");
    };
    let after = |scene: &Scene, number, _: &Trouble| is_taken_out(scene, &untouched, number);
    let command = ["apply", "--yes", "--allow-removals"];
    at_every_moment(
        "giving back",
        9,
        &Proof { command: &command, prepare: &prepare, after: &after },
    );
}

#[test]
fn an_uninstall_that_was_killed_is_finished_by_the_next() {
    let scene = Scene::new();
    let (id, untouched) = (scene.id().to_owned(), scene.left());
    let after =
        |scene: &Scene, _, _: &Trouble| is_restored(&untouched, &scene.left()).map(|()| false);
    let command = uninstall(&id);
    at_every_moment("uninstall", 5, &Proof { command: &command, prepare: &applied, after: &after });
}

#[test]
fn an_uninstall_that_was_killed_while_it_exported_goes_on_in_its_folder() {
    let id = Scene::new().id().to_owned();
    let command = ["uninstall", "--yes-delete-data", &id, "--export", EXPORT];
    let prepare = |scene: &Scene| {
        applied(scene);
        scene.work();
    };
    // That the exported tables are the same and whole is a part of what is compared.
    let after = |scene: &Scene, _, _: &Trouble| {
        let tables = scene.left().exported;
        let lines = tables.get("Task.csv").map_or(0, |table| table.lines().count());
        if lines > 1_000 { Ok(false) } else { Err(format!("{lines} lines")) }
    };
    at_every_moment(
        "uninstall --export",
        17,
        &Proof { command: &command, prepare: &prepare, after: &after },
    );
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

/// After every so manyth, an uninstall takes all of it out.
fn is_taken_out(scene: &Scene, untouched: &Left, number: usize) -> Result<bool, String> {
    if !number.is_multiple_of(RESTORED) {
        return Ok(false);
    }
    let ended = scene.run(&uninstall(scene.id()), &[]);
    is_restored(untouched, &scene.left()).map_err(|told| format!("{}{told}", ended.err))?;
    Ok(true)
}

#[test]
fn an_upgrade_that_was_killed_is_finished_by_the_next() {
    let scene = Scene::new();
    let (id, untouched) = (scene.id().to_owned(), scene.left());
    let prepare = |scene: &Scene| older(scene, CLEAN);
    let command = ["apply", "--yes", "--yes-delete-data", &id];
    let after = |scene: &Scene, number, _: &Trouble| is_taken_out(scene, &untouched, number);
    at_every_moment("upgrade", 17, &Proof { command: &command, prepare: &prepare, after: &after });
}

/// The older version as configured, and a configuration that asks for the newest one in that way.
fn older(scene: &Scene, way: &str) {
    let [newest, older] = [NEWEST, OLDER].map(|version| format!("version = \"{version}\"\n"));
    scene.configure(&newest, &older);
    applied(scene);
    scene.configure(&older, &format!("{newest}{way}"));
}

#[test]
fn an_upgrade_in_place_that_was_killed_is_finished_by_the_next() {
    let untouched = Scene::new().left();
    let prepare = |scene: &Scene| older(scene, IN_PLACE);
    let after = |scene: &Scene, number, _: &Trouble| is_taken_out(scene, &untouched, number);
    at_every_moment(
        "upgrade in place",
        17,
        &Proof { command: &APPLY, prepare: &prepare, after: &after },
    );
}

#[test]
fn an_undo_of_an_upgrade_that_was_killed_is_finished_by_the_next() {
    for way in [CLEAN, IN_PLACE] {
        undone_at_every_moment(way);
    }
}

/// An undo of an upgrade of that kind.
fn undone_at_every_moment(way: &str) {
    let scene = Scene::new();
    let (id, untouched) = (scene.id().to_owned(), scene.left());
    let prepare = |scene: &Scene| {
        older(scene, way);
        // Somebody else has installed the connector: an undo that is through finds no other run to take back.
        scene.forget_runs();
        scene.configure("height = 600", "height = 620");
        let ended = scene.run(&["apply", "--yes", "--yes-delete-data", &id], &[]);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
    };
    let after = |scene: &Scene, number, _: &Trouble| is_taken_out(scene, &untouched, number);
    let command = ["undo", "--yes"];
    at_every_moment(
        "undo of an upgrade",
        17,
        &Proof { command: &command, prepare: &prepare, after: &after },
    );
}

#[test]
fn a_takeover_from_an_older_definition_that_was_killed_is_finished_by_the_next() {
    let untouched = Scene::new().left();
    let prepare = |scene: &Scene| {
        let own = format!("[call_center]\ninternal_name = \"{OLD}\"\n\n");
        scene.configure("[call_center.softphone]\n", &format!("{own}[call_center.softphone]\n"));
        applied(scene);
        scene.configure(&own, "");
    };
    let command = ["apply", "--yes", "--delete-old"];
    let after = |scene: &Scene, number, _: &Trouble| is_taken_out(scene, &untouched, number);
    at_every_moment(
        "apply --delete-old",
        13,
        &Proof { command: &command, prepare: &prepare, after: &after },
    );
}

#[test]
fn a_migration_that_was_killed_is_finished_by_the_next() {
    let command = ["migrate", "--to", "webex-v2", "--yes"];
    let after = |_: &Scene, _, _: &Trouble| Ok(false);
    at_every_moment("migrate", 13, &Proof { command: &command, prepare: &applied, after: &after });
}
