//! A wrong guess never locks anybody out: with every guess of the emulator turned over, alone and in
//! pairs, `apply`, `verify` and `uninstall` come to their end, or say step by step what a person does.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use org_emulator::{Changes, Emulator, Guesses, JobTime, Seed};
use provision::checklist::ItemId;
use provision::engine::{Goal, ItemOutcome, ItemReport, Removal, Report};

use crate::support::{Org, everything, is_whole_proof};
use crate::version_2::demo_of_version_2;

/// So many worlds at once: each of them mostly waits.
const WORKERS: usize = 8;
/// So often a command is run: what fails once may pass, what fails for ever may not.
const RUNS: usize = 3;

/// Unless the whole proof is wanted, each guess is tried with so many of those that follow it.
const FOLLOWING: usize = 2;

/// What is the other way round in a world, and its guesses.
type World = (Vec<&'static str>, Guesses);

/// With how many of those that follow it each guess is tried.
fn following() -> usize {
    if is_whole_proof() { usize::MAX } else { FOLLOWING }
}

fn turned(names: &[&'static str]) -> World {
    let turn = |guesses: Guesses, name: &&str| guesses.turned(name).expect("a guess");
    (names.to_vec(), names.iter().fold(Guesses::default(), turn))
}

/// Worlds in which one guess is the other way round.
fn alone() -> Vec<World> {
    Guesses::NAMES.iter().map(|name| turned(&[name])).collect()
}

/// Worlds in which two of these guesses are, each with so many of those that follow it.
fn pairs(guesses: &[&'static str], following: usize) -> Vec<World> {
    let with_others = |(at, first): (usize, &&'static str)| -> Vec<World> {
        let others = guesses[at + 1..].iter().take(following);
        others.map(|second| turned(&[first, second])).collect()
    };
    guesses.iter().enumerate().flat_map(with_others).collect()
}

/// How a command came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// At once.
    First,
    /// When it was run again.
    Again,
    /// A person has steps to take.
    Person,
}

/// Runs a command until it ends well, or leaves the rest to a person.
fn until_end(mut run: impl FnMut() -> Report) -> Result<End, String> {
    let mut told = Vec::new();
    for number in 0..RUNS {
        let report = run();
        let Some(failure) = report.failure else {
            if report.items.iter().any(is_persons) {
                return Ok(End::Person);
            }
            return Ok(if number == 0 { End::First } else { End::Again });
        };
        told.push(failure.message());
    }
    Err(told.join("\n-- again: "))
}

/// What is otherwise a machine's, and can be left to a person with exact steps.
fn is_persons(item: &ItemReport) -> bool {
    [ItemId::CALL_CENTER, ItemId::DATA_CENTER].contains(&item.id) && !item.steps.is_empty()
}

/// Where commands are run.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// An org in the data centre that the package is made for, whose jobs take no time.
    Plain,
    /// One in another data centre, whose package locks its values, and whose jobs take a while.
    Locked,
    /// An org that gets Version 2.
    SecondVersion,
    /// One whose package brings neither its app nor its report, and in which an installation and a row of an
    /// unknown status never ended.
    Bare,
}

fn through(guesses: Guesses, place: Place) -> Result<[End; 2], String> {
    let builder = Emulator::builder().guesses(guesses);
    let (org, wanted) = match place {
        Place::Plain => (Org::with(builder), everything()),
        Place::Bare => {
            let absent = serde_json::json!([
                "CustomApplication:Webex_Contact_Center",
                "Report:Call_Activity_Report"
            ]);
            let seed = Seed::number(1)
                .package("04tHp000000wXcZIAU", serde_json::json!({ "Absent": absent }))
                .changes(
                    Changes::new()
                        .old_install("04tHp000000wXcZIAU", "IN_PROGRESS", 400)
                        .old_install("04tHp000000wXcPIAU", "UNKNOWN", 400),
                );
            (Org::with(builder.seed(seed)), everything())
        }
        Place::SecondVersion => {
            let agents = "\n[permission_sets]\nassign = [\"Call Recording Review\"]\n";
            let sync = "[call_center.omni_sync]\nenabled = true\npresence_status = \"Busy\"\n\
                        idle_code = \"On a Salesforce call\"\n\n[call_center.softphone]";
            let wanted = demo_of_version_2().replace("[call_center.softphone]", sync);
            (Org::with(builder), wanted + agents)
        }
        Place::Locked => {
            let time = JobTime::Polls(2);
            let builder = builder.seed(13).package_time(time).deploy_time(time);
            let wanted = everything().replace("data_center = \"us1\"", "data_center = \"eu1\"");
            (Org::with(builder), wanted.replace("[users]", "[users]\non_conflict = \"move\""))
        }
    };
    let installed =
        until_end(|| org.run(Goal::Apply, &wanted)).map_err(|told| format!("apply: {told}"))?;
    let verified = org.run(Goal::Verify, &wanted);
    let differs = |item: &ItemReport| item.outcome == ItemOutcome::Differs && !is_persons(item);
    if verified.failure.is_some() || verified.items.iter().any(differs) {
        return Err(format!("verify: {:?} {:#?}", verified.outcome, verified.failure));
    }
    // A setting of what is there changes, and one that had no value gets one.
    let changed = wanted.replace("height = 600", "height = 620").replace(
        "[call_center.softphone]",
        "[call_center]\ndisplay_name = \"Another name\"\n[call_center.softphone]",
    );
    assert_ne!(changed, wanted);
    until_end(|| org.run(Goal::Apply, &changed)).map_err(|told| format!("change: {told}"))?;
    let removal = Removal::default();
    let removed = until_end(|| org.remove(Goal::Apply, removal, &wanted))
        .map_err(|told| format!("uninstall: {told}"))?;
    let left = org.remove(Goal::Plan, removal, &wanted);
    let ours = left.items.iter().flat_map(|item| &item.changes).filter(|row| row.is_ours()).count();
    if removed != End::Person && ours > 0 {
        return Err(format!("uninstall leaves {ours} changes"));
    }
    Ok([installed, removed])
}

#[test]
fn no_guess_alone_locks_anybody_out() {
    nobody_is_locked_out(&alone(), Place::Plain);
}

#[test]
fn no_guess_locks_anybody_out_where_the_package_locks_its_values() {
    nobody_is_locked_out(&alone(), Place::Locked);
}

#[test]
fn no_guess_locks_anybody_out_of_version_2() {
    nobody_is_locked_out(&alone(), Place::SecondVersion);
}

#[test]
fn no_guess_locks_anybody_out_where_the_package_is_bare_and_old_rows_never_ended() {
    nobody_is_locked_out(&alone(), Place::Bare);
}

/// Guesses about what is written only there: values of custom metadata, and what a package locks.
#[test]
fn no_guess_about_what_is_written_locks_anybody_out_together_with_another() {
    const WRITTEN: [&str; 4] = [
        "managed_refusals_in_known_words",
        "managed_refusals_name_the_field",
        "profile_deploy_fills_rows",
        "empty_call_center_values_kept",
    ];
    let mut worlds = pairs(Guesses::NAMES, usize::MAX);
    worlds.retain(|(names, _)| {
        let written = names.iter().filter(|name| WRITTEN.contains(name)).count();
        written == 2 || is_whole_proof() && written == 1 && names[1].starts_with("call_center")
    });
    assert!(worlds.len() >= 3, "{}", worlds.len());
    nobody_is_locked_out(&worlds, Place::Locked);
    nobody_is_locked_out(&worlds, Place::SecondVersion);
}

/// Guesses about what Version 2 looks at: state sync, presence statuses, classes, permission sets, and its package.
const LOOKED_AT: [&str; 15] = [
    "install_status_not_filterable",
    "install_sortable",
    "uninstall_sortable",
    "namespace_uninstall_takes_second_generation",
    "uninstall_errors_name_referrers",
    "components_need_own_permission",
    "duplicate_assignment_refused",
    "setup_objects_need_view_setup",
    "presence_status_access_shown",
    "tooling_batch",
    "call_center_semi_join",
    "presence_status_semi_join",
    "assignment_semi_join",
    "group_component_semi_join",
    "installed_packages_joinable",
];

/// Two questions that an org takes in one form only have stopped an uninstall of Version 2 together.
#[test]
fn no_two_guesses_about_what_it_looks_at_lock_anybody_out_of_version_2() {
    nobody_is_locked_out(&pairs(&LOOKED_AT, following()), Place::SecondVersion);
}

#[test]
fn no_two_guesses_together_lock_anybody_out() {
    nobody_is_locked_out(&pairs(Guesses::NAMES, following()), Place::Plain);
}

fn nobody_is_locked_out(worlds: &[World], place: Place) {
    let next = AtomicUsize::new(0);
    let ends: Mutex<Vec<[End; 2]>> = Mutex::new(Vec::new());
    let wrong: Mutex<Vec<String>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some((turned, guesses)) = worlds.get(next.fetch_add(1, Ordering::SeqCst))
                {
                    match through(*guesses, place) {
                        Ok(end) => ends.lock().expect("a lock").push(end),
                        Err(told) => {
                            let told = format!("{}: {told}", turned.join(" and "));
                            wrong.lock().expect("a lock").push(told);
                        }
                    }
                }
            });
        }
    });
    let ends = ends.into_inner().expect("a lock");
    let count = |end: End| ends.iter().flatten().filter(|it| **it == end).count();
    #[expect(clippy::print_stdout, reason = "the counts are what people want to know")]
    {
        println!(
            "{} worlds: {} commands ended at once, {} when run again, {} left steps to a person",
            worlds.len(),
            count(End::First),
            count(End::Again),
            count(End::Person)
        );
    }
    let wrong = wrong.into_inner().expect("a lock");
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), worlds.len(), wrong.join("\n"));
}
