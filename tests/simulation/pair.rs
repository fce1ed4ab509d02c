//! Stories of two machines at work on the same world at once, each with a disk of its own.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::time::sleep;

use crate::ended::Ended;
use crate::machine::{Command, Machine};
use crate::random::Random;
use crate::story::Story;
use crate::trouble::Trouble;

/// So many seconds before a request the org was looked at, answers that come late included.
const LOOKED_AT_BEFORE: i64 = 30;

/// What the two may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Acts {
    BothApply,
    OneUninstalls,
    BothUninstall,
}

impl Acts {
    pub(crate) fn any(random: &mut Random) -> Self {
        random.one(&[Self::BothApply, Self::OneUninstalls, Self::BothUninstall])
    }

    /// Whether they begin where everything is applied.
    pub(crate) fn begin_applied(self) -> bool {
        self != Self::BothApply
    }

    fn commands(self) -> [Command; 2] {
        match self {
            Self::BothApply => [Command::Apply, Command::Apply],
            Self::OneUninstalls => [Command::ApplyOther, Command::Uninstall],
            Self::BothUninstall => [Command::Uninstall, Command::Uninstall],
        }
    }
}

impl Story<'_> {
    /// Both act at once; then each of them alone.
    pub(crate) async fn of_two_machines(
        &mut self,
        one: &Machine,
        acts: Acts,
    ) -> Result<(), String> {
        // Whoever works at two machines has brought along what one of them knows.
        let other = one.copy();
        for ended in self.at_once([one, &other], acts.commands()).await {
            ended.is_told()?;
        }
        match acts {
            Acts::BothApply => {
                self.settle(one, Command::Apply).await?;
                self.settle(&other, Command::Apply).await?;
                let (end, left) = (&self.stage.course(Command::Apply).end, self.left(one));
                if left.worlds != end.worlds {
                    return Err(end.difference(&left));
                }
                is_installed_once(&self.stage.world.emulator.org().jobs())?;
            }
            Acts::OneUninstalls => {
                let knows = self.random.flip();
                let in_order = if knows { [one, &other] } else { [&other, one] };
                for machine in in_order {
                    self.settle(machine, Command::Uninstall).await?;
                }
                let (end, left) = (&self.stage.course(Command::Uninstall).end, self.left(one));
                if !is_out(&left.worlds, &end.worlds, knows) {
                    return Err(end.difference(&left));
                }
            }
            Acts::BothUninstall => {
                self.settle(one, Command::Uninstall).await?;
                self.settle(&other, Command::Uninstall).await?;
                self.is_restored(one)?;
            }
        }
        Ok(())
    }

    /// One begins; some time later, so does the other.
    async fn at_once(&mut self, machines: [&Machine; 2], commands: [Command; 2]) -> [Ended; 2] {
        let troubles = commands.map(|command| {
            let requests = self.stage.course(command).requests;
            let has_any = self.random.below(4) == 0;
            has_any.then(|| Trouble::of_line(self.random, requests)).into_iter().collect::<Vec<_>>()
        });
        let seeds = [0; 2].map(|_: i32| self.random.below(usize::MAX) as u64);
        let later = Duration::from_millis(self.random.below(30_000) as u64);
        let is_first = self.random.flip();
        let run = |at: usize| {
            let wait = if (at == 0) == is_first { Duration::ZERO } else { later };
            let (world, clock, troubles) = (&self.stage.world, self.clock, &troubles);
            async move {
                sleep(wait).await;
                machines[at].run(world, commands[at], clock, &troubles[at], seeds[at]).await
            }
        };
        let (one, other) = tokio::join!(run(0), run(1));
        [
            self.told.add(commands[0], &troubles[0], one),
            self.told.add(commands[1], &troubles[1], other),
        ]
    }
}

/// Nobody installs what another one installs or has installed. One installation alone may be asked for twice:
/// that which begins and ends between another one's last look and its request.
fn is_installed_once(jobs: &Value) -> Result<(), String> {
    let moment = |job: &Value, of: &str| {
        let text = job[of].as_str().expect("a moment");
        Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", text).expect("a moment")
    };
    let installs = jobs["installs"].as_array().expect("jobs").iter();
    let done: Vec<&Value> = installs.filter(|job| job["status"] == "SUCCESS").collect();
    let is_late = |pair: &[&Value]| {
        let waited = moment(pair[1], "created").duration_since(moment(pair[0], "finished"));
        waited.is_negative() || waited.as_secs() > LOOKED_AT_BEFORE
    };
    if done.is_empty() || done.windows(2).any(is_late) {
        return Err(format!("not installed once: {:#}", jobs["installs"]));
    }
    Ok(())
}

/// Whether the connector is out of an org, and all is as before that two machines can know. An assignment that
/// both write in the same second may end at the org's default layout; and of users whom one has put into the
/// connector's call center again, only that one `knows` where they were before.
fn is_out(now: &Value, before: &Value, knows: bool) -> bool {
    let [mut now, mut before] = [now, before].map(|it| it["org"].clone());
    let layouts = take(&mut now, "profile_layouts").to_string();
    take(&mut before, "profile_layouts");
    for (name, user) in now["users"].as_object_mut().expect("users") {
        let was = &before["users"][name]["CallCenterId"];
        if !knows && user["CallCenterId"].is_null() {
            user["CallCenterId"] = was.clone();
        }
    }
    now == before && !layouts.contains("ciscocjs__") && !layouts.contains("cisco_wxcc__")
}

fn take(world: &mut Value, part: &str) -> Value {
    world.as_object_mut().expect("a world").remove(part).expect("a part of it")
}
