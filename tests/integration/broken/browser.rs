//! The program is killed while its browser fills in and saves a softphone layout in Setup: the same command
//! again looks at what is there, and comes to the same end.

use super::courses::{APPLY, Command, applied};
use super::kills::moments;
use super::proof::{Counts, Proof};
use super::scene::{Scene, Trouble};
use crate::support::{is_every_trouble, is_whole_proof};

/// Browsers need more of a machine than the program does.
const WORKERS: usize = 2;

/// One moment of so many is tried: every day, and where the whole proof is wanted.
const SAMPLE: usize = 67;
const WHOLE: usize = 37;

const BROWSER: [&str; 2] = ["--browser", "./browser.sh"];

fn at_every_moment(what: &str, command: &[&str], prepare: &(dyn Fn(&Scene) + Sync)) {
    if !Scene::new().has_browser() {
        return;
    }
    let every = match (is_every_trouble(), is_whole_proof()) {
        (true, _) => 1,
        (false, true) => WHOLE,
        (false, false) => SAMPLE,
    };
    let after = |_: &Scene, _, _: &Trouble| Ok(false);
    let proof = Proof { command, prepare, after: &after };
    let counts = proof.try_side_by_side(WORKERS, what, 1, |whole| moments(whole, every, 0));
    let Counts { killed, tried, .. } = counts;
    // Browsers ask for more or less, so that a number is not always reached.
    assert!(killed * 2 > tried, "{counts:?}");
}

fn made(scene: &Scene) {
    assert!(scene.has_browser());
    let ended = scene.run(&[&APPLY, &BROWSER[..]].concat(), &[]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
}

#[test]
fn a_layout_that_was_being_saved_when_it_was_killed_is_made_once() {
    let command = [&APPLY, &BROWSER[..]].concat();
    let prepare = |scene: &Scene| {
        applied(scene);
        assert!(scene.has_browser());
    };
    at_every_moment("apply --browser", &command, &prepare);
}

#[test]
fn a_layout_that_was_being_taken_out_when_it_was_killed_goes() {
    let id = Scene::new().id().to_owned();
    let command = [&Command::Uninstall.words(&id)[..], &BROWSER[..]].concat();
    at_every_moment("uninstall --browser", &command, &made);
}
