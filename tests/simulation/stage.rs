//! A world with the courses of all commands in it that nothing disturbs.

use std::collections::BTreeMap;

use org_emulator::tenant::TenantSnapshot;
use org_emulator::{OrgSnapshot, hold_clock};

use crate::left::{Left, left};
use crate::line::Clock;
use crate::machine::{Command, Machine};
use crate::world::World;

/// When every world begins: 2 September 2026.
const BEGINNING: u64 = 1_788_343_200_000;

/// So often a command is run: what fails once may pass, what fails for ever may not.
const RUNS: usize = 3;

/// A command from Version 1 to Version 2, and what comes before it.
const MIGRATION: (Command, Command) = (Command::Migrate, Command::Apply);

/// Commands that build upon what another one has left.
const UPON: [(Command, Command); 3] = [
    (Command::UpgradeInPlace, Command::ApplyOlder),
    (Command::UpgradeClean, Command::ApplyOlder),
    MIGRATION,
];

/// Where a story begins.
#[derive(Clone)]
pub(crate) struct Beginning {
    org: OrgSnapshot,
    tenant: TenantSnapshot,
    machine: Machine,
    at: u64,
}

/// What a command does from a beginning on, undisturbed.
pub(crate) struct Course {
    pub(crate) beginning: Beginning,
    pub(crate) end: Left,
    /// In how many runs.
    pub(crate) runs: usize,
    pub(crate) requests: [usize; 2],
    pub(crate) operations: usize,
}

/// What takes the connector out that a command has left.
pub(crate) struct Out {
    /// The uninstalls, each with the number of its runs.
    pub(crate) uninstalls: Vec<(Command, usize)>,
    pub(crate) end: Left,
}

/// A world, and the courses in it.
pub(crate) struct Stage {
    pub(crate) world: World,
    courses: BTreeMap<Command, Course>,
    /// What takes out what these have left.
    outs: BTreeMap<Command, Out>,
    /// What is left by one configuration after the other: by what is wanted in the end, and by the other.
    after_other: Left,
    other_after: Left,
}

/// A world in which nobody comes to an end.
#[derive(Debug)]
pub(crate) struct Endless {
    /// Whether guesses are turned over in it; in any other it is a fault.
    pub(crate) is_odd: bool,
    pub(crate) why: String,
}

impl Stage {
    /// The stage of that number; why nobody comes to an end on it, where that is so.
    pub(crate) fn new(number: u64) -> Result<Self, Endless> {
        hold_clock(Some(BEGINNING));
        let world = World::new(number);
        let machine = Machine::new();
        let beginning = now(&world, &machine, BEGINNING);
        let untouched = left(&world, &machine);
        let told = |told: String| Endless { is_odd: world.is_odd, why: format!("{world}: {told}") };
        let run = |from: &Beginning, command| course(&world, from, command);
        let (apply_other, other) = run(&beginning, Command::ApplyOther).map_err(told)?;
        let (apply, applied) = run(&beginning, Command::Apply).map_err(told)?;
        let (uninstall, _) = run(&applied, Command::Uninstall).map_err(told)?;
        let (undo, _) = run(&applied, Command::Undo).map_err(told)?;
        let (after_other, _) = run(&other, Command::Apply).map_err(told)?;
        let (other_after, _) = run(&applied, Command::ApplyOther).map_err(told)?;
        let out = Out {
            uninstalls: vec![(Command::Uninstall, uninstall.runs)],
            end: uninstall.end.clone(),
        };
        let mut outs = BTreeMap::from([(Command::Apply, out)]);
        let mut courses = BTreeMap::from([
            (Command::Apply, apply),
            (Command::ApplyOther, apply_other),
            (Command::Uninstall, uninstall),
            (Command::Undo, undo),
        ]);
        for (command, first) in UPON.into_iter().filter(|it| world.is_first || *it != MIGRATION) {
            match upon(&world, &beginning, first, command) {
                Ok((course, out)) => {
                    courses.insert(command, course);
                    outs.insert(command, out);
                }
                // There, stories are of other commands.
                Err(_) if world.is_odd => {}
                Err(why) => return Err(told(why)),
            }
        }
        // What an org lets nobody delete, an uninstall leaves to a person.
        let wrong = outs.iter().find(|(_, out)| out.end.worlds != untouched.worlds);
        if !world.is_odd
            && let Some((command, out)) = wrong
        {
            return Err(told(format!("{command:?}: {}", untouched.difference(&out.end))));
        }
        let (after_other, other_after) = (after_other.end, other_after.end);
        Ok(Self { world, courses, outs, after_other, other_after })
    }

    /// What a configuration leaves where another one may have been applied before.
    pub(crate) fn ends(&self, command: Command) -> [&Left; 2] {
        let after_another =
            if command == Command::ApplyOther { &self.other_after } else { &self.after_other };
        [&self.course(command).end, after_another]
    }

    /// The course of a command that has one here.
    pub(crate) fn course(&self, command: Command) -> &Course {
        self.courses.get(&command).expect("a command of this stage")
    }

    /// What takes out what a command has left.
    pub(crate) fn out_of(&self, command: Command) -> &Out {
        self.outs.get(&command).expect("a command that leaves something")
    }

    /// The commands that stories may be about here.
    pub(crate) fn commands(&self) -> Vec<Command> {
        let all = self.courses.keys().copied();
        all.filter(|command| *command != Command::ApplyOther).collect()
    }

    /// Goes back to a beginning.
    pub(crate) fn begin(&self, at: &Beginning) -> (Machine, Clock) {
        begin(&self.world, at)
    }
}

/// What a command does upon what another one has left, and what takes that out.
fn upon(
    world: &World,
    from: &Beginning,
    first: Command,
    command: Command,
) -> Result<(Course, Out), String> {
    let (_, from) = course(world, from, first)?;
    let (whole, mut at) = course(world, &from, command)?;
    let mut out = Out { uninstalls: Vec::new(), end: whole.end.clone() };
    let second = (command == Command::Migrate).then_some(Command::UninstallVersion2);
    for uninstall in [Command::Uninstall].into_iter().chain(second) {
        let (whole, after) = course(world, &at, uninstall)?;
        out.uninstalls.push((uninstall, whole.runs));
        (out.end, at) = (whole.end, after);
    }
    Ok((whole, out))
}

/// Where a world is now.
fn now(world: &World, machine: &Machine, at: u64) -> Beginning {
    let (org, tenant) = (world.emulator.org().snapshot(), world.emulator.tenant().snapshot());
    Beginning { org, tenant, machine: machine.copy(), at }
}

fn begin(world: &World, at: &Beginning) -> (Machine, Clock) {
    let clock = Clock::at(at.at);
    world.emulator.org().restore(&at.org).expect("the org goes back");
    world.emulator.tenant().restore(&at.tenant);
    (at.machine.copy(), clock)
}

/// Runs a command until it ends well, and gives where that leads.
fn course(
    world: &World,
    from: &Beginning,
    command: Command,
) -> Result<(Course, Beginning), String> {
    in_time(async {
        let (machine, clock) = begin(world, from);
        let (mut requests, mut operations) = ([0; 2], 0);
        let mut told = Vec::new();
        for runs in 1..=RUNS {
            let ran = machine.run(world, command, clock, &[], 0).await;
            requests = [0, 1].map(|half| requests[half].max(ran.requests[half]));
            operations = operations.max(ran.operations);
            if ran.ended.is_well() {
                let end = left(world, &machine);
                let beginning = from.clone();
                // The next story begins later.
                let after = now(world, &machine, clock.millis() + 60_000);
                return Ok((Course { beginning, end, runs, requests, operations }, after));
            }
            told.push(ran.ended.text());
        }
        Err(format!("{command:?}: {}", told.join(", again: ")))
    })
}

/// Does something in a time of its own, which passes as quickly as it can. Whoever works on a thread holds the
/// clock of its emulators from then on.
pub(crate) fn in_time<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    runtime.block_on(work)
}
