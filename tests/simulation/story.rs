//! Stories of one machine: runs that are disturbed, and the undisturbed one that comes after them.

use provision::failure::Kind;
use serde_json::Value;

use crate::ended::Ended;
use crate::left::{Left, left};
use crate::line::Clock;
use crate::machine::{Command, Machine};
use crate::random::Random;
use crate::stage::{Course, Stage};
use crate::tell::Told;
use crate::trouble::Trouble;

/// A story while it is told.
pub(crate) struct Story<'a> {
    pub(crate) stage: &'a Stage,
    pub(crate) random: &'a mut Random,
    pub(crate) clock: Clock,
    pub(crate) told: Told,
}

impl<'a> Story<'a> {
    /// Runs a command that may meet troubles.
    pub(crate) async fn run(
        &mut self,
        machine: &Machine,
        command: Command,
        troubles: &[Trouble],
    ) -> Ended {
        let seed = self.random.below(usize::MAX) as u64;
        let ran = machine.run(&self.stage.world, command, self.clock, troubles, seed).await;
        self.told.add(command, troubles, ran)
    }

    /// Runs a command that nothing disturbs to its end.
    pub(crate) async fn settle(
        &mut self,
        machine: &Machine,
        command: Command,
    ) -> Result<(), String> {
        self.settle_in(self.stage.course(command).runs, machine, command).await
    }

    /// The same in as many runs at most.
    async fn settle_in(
        &mut self,
        runs: usize,
        machine: &Machine,
        command: Command,
    ) -> Result<(), String> {
        let mut ended = Vec::new();
        // What is refused once in this world may be refused once more.
        for _ in 0..runs {
            let end = self.run(machine, command, &[]).await;
            end.is_told()?;
            if end.is_well() {
                return Ok(());
            }
            ended.push(end.text());
        }
        Err(format!("{command:?} undisturbed: {}", ended.join(", again: ")))
    }

    pub(crate) fn left(&self, machine: &Machine) -> Left {
        left(&self.stage.world, machine)
    }

    /// One command, disturbed up to four times.
    pub(crate) async fn of_one_command(
        &mut self,
        machine: &Machine,
        command: Command,
        course: &'a Course,
    ) -> Result<(), String> {
        let takes_out = command.takes_out();
        for _ in 0..=self.random.below(4) {
            let troubles: Vec<Trouble> = (0..=self.random.below(2))
                .map(|_| Trouble::any(self.random, course.requests, course.operations))
                .collect();
            let ended = self.run(machine, command, &troubles).await;
            ended.is_told()?;
            match ended {
                Ended::Well => is_as(course, &self.left(machine))?,
                Ended::WithoutTenant(_) => has_org_of(course, &self.left(machine))?,
                Ended::Killed | Ended::Failed(_) => {}
            }
            if takes_out && self.random.below(4) == 0 {
                self.puts_nothing_back(machine).await?;
            }
        }
        self.settle(machine, command).await?;
        is_as(course, &self.left(machine))?;
        if !takes_out && self.random.below(4) == 0 {
            let out = self.stage.out_of(command);
            for (uninstall, runs) in &out.uninstalls {
                self.settle_in(*runs, machine, *uninstall).await?;
            }
            self.is_out(machine, &out.end)?;
        }
        Ok(())
    }

    /// Somebody who changes their mind: one configuration and another, disturbed, and then one of both.
    pub(crate) async fn of_two_minds(&mut self, machine: &Machine) -> Result<(), String> {
        let both = [Command::Apply, Command::ApplyOther];
        for _ in 0..=1 + self.random.below(3) {
            let command = self.random.one(&both);
            let course = self.stage.course(command);
            let trouble = Trouble::any(self.random, course.requests, course.operations);
            let ended = self.run(machine, command, &[trouble]).await;
            ended.is_told()?;
        }
        let command = self.random.one(&both);
        self.settle(machine, command).await?;
        // What the other one has made and nothing uses any more may still be there, or not have come to be.
        let (ends, left) = (self.stage.ends(command), self.left(machine));
        let is_as = |half: &str| ends.iter().any(|it| it.worlds[half] == left.worlds[half]);
        if left.unfinished || !is_as("org") || !is_as("tenant") {
            return Err(ends.map(|it| it.difference(&left)).join("\nand after another:\n"));
        }
        if self.random.flip() {
            self.settle(machine, Command::Uninstall).await?;
            self.is_restored(machine)?;
        }
        Ok(())
    }

    /// What was begun to be taken out is not put back by somebody who does not know.
    async fn puts_nothing_back(&mut self, machine: &Machine) -> Result<(), String> {
        let before = self.left(machine);
        // What a run has left to the org goes on beside this.
        if !before.unfinished || self.is_busy() {
            return Ok(());
        }
        let ended = self.run(machine, Command::Apply, &[]).await;
        let is_refused = matches!(&ended, Ended::Failed(it) if it.kind == Kind::Refused);
        let after = self.left(machine);
        if is_refused && after == before {
            return Ok(());
        }
        Err(format!("apply amid: {}\n{}", ended.text(), before.difference(&after)))
    }

    /// Whether the org is still at work on something.
    fn is_busy(&self) -> bool {
        let jobs = self.stage.world.emulator.org().jobs();
        let mut kinds = jobs.as_object().expect("kinds").values().filter_map(Value::as_array);
        kinds.any(|jobs| jobs.iter().any(|job| job["finished"].is_null()))
    }

    /// Both worlds are as an uninstall leaves them that nothing disturbs.
    pub(crate) fn is_restored(&self, machine: &Machine) -> Result<(), String> {
        self.is_out(machine, &self.stage.course(Command::Uninstall).end)
    }

    /// The same where that is left.
    fn is_out(&self, machine: &Machine, end: &Left) -> Result<(), String> {
        let left = self.left(machine);
        let restored = left.worlds == end.worlds && left.unfinished == end.unfinished;
        if restored { Ok(()) } else { Err(end.difference(&left)) }
    }
}

/// The org is as it is at the end of a course.
fn has_org_of(course: &Course, left: &Left) -> Result<(), String> {
    let is_same = course.end.worlds["org"] == left.worlds["org"];
    if is_same { Ok(()) } else { Err(course.end.difference(left)) }
}

/// Everything is as it is at the end of a course.
fn is_as(course: &Course, left: &Left) -> Result<(), String> {
    // What this org refuses at first is counted as often as it is tried.
    let jobs = if course.runs == 1 { course.end.jobs } else { left.jobs };
    let same = *left == Left { jobs, ..course.end.clone() };
    if same { Ok(()) } else { Err(course.end.difference(left)) }
}
