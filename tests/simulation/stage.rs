//! A world with the courses of all commands in it that nothing disturbs.

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

/// A world, and the courses in it.
pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) apply: Course,
    pub(crate) apply_other: Course,
    pub(crate) uninstall: Course,
    pub(crate) undo: Course,
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
        let (apply_other, other) = course(&world, &beginning, Command::ApplyOther).map_err(told)?;
        let (apply, applied) = course(&world, &beginning, Command::Apply).map_err(told)?;
        let (uninstall, _) = course(&world, &applied, Command::Uninstall).map_err(told)?;
        // What an org lets nobody delete, an uninstall leaves to a person.
        if !world.is_odd && uninstall.end.worlds != untouched.worlds {
            return Err(told(untouched.difference(&uninstall.end)));
        }
        let (undo, _) = course(&world, &applied, Command::Undo).map_err(told)?;
        let (after_other, _) = course(&world, &other, Command::Apply).map_err(told)?;
        let (other_after, _) = course(&world, &applied, Command::ApplyOther).map_err(told)?;
        let (after_other, other_after) = (after_other.end, other_after.end);
        Ok(Self { world, apply, apply_other, uninstall, undo, after_other, other_after })
    }

    /// What a configuration leaves where another one may have been applied before.
    pub(crate) fn ends(&self, command: Command) -> [&Left; 2] {
        let after_another =
            if command == Command::ApplyOther { &self.other_after } else { &self.after_other };
        [&self.course(command).end, after_another]
    }

    /// The course of a command.
    pub(crate) fn course(&self, command: Command) -> &Course {
        match command {
            Command::Apply => &self.apply,
            Command::ApplyOther => &self.apply_other,
            Command::Uninstall => &self.uninstall,
            Command::Undo => &self.undo,
        }
    }

    /// Goes back to a beginning.
    pub(crate) fn begin(&self, at: &Beginning) -> (Machine, Clock) {
        begin(&self.world, at)
    }
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
