//! Tells one story after another, each from a seed: `scripts/simulate`.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use crate::ended::Ended;
use crate::machine::{Command, Machine, Ran};
use crate::pair::Acts;
use crate::random::Random;
use crate::stage::{Endless, Stage, in_time};
use crate::story::Story;
use crate::trouble::Trouble;

/// So many stories are told where nobody says how many.
const STORIES: u64 = 32;

/// So many of them where the proofs are to be whole.
const WHOLE: u64 = 64;

/// So many seeds after one another tell their stories in the same world.
const IN_A_WORLD: u64 = 16;

/// What happened in a story.
#[derive(Debug, Default)]
pub(crate) struct Told {
    runs: u64,
    killed: u64,
    failed: u64,
    requests: u64,
    /// A line a run.
    lines: Vec<String>,
    /// What went over the lines.
    log: Vec<String>,
}

impl Told {
    /// Adds a run.
    pub(crate) fn add(&mut self, command: Command, troubles: &[Trouble], ran: Ran) -> Ended {
        self.runs += 1;
        self.killed += u64::from(matches!(ran.ended, Ended::Killed));
        self.failed += u64::from(matches!(ran.ended, Ended::Failed(_)));
        self.requests += ran.requests.iter().sum::<usize>() as u64;
        self.lines.push(format!("{command:?} {troubles:?}: {}", ran.ended.text()));
        self.log.extend(ran.log);
        ran.ended
    }
}

/// Tells the story of a seed on its stage, and says what is wrong with it and what somebody sees who looks at
/// its end.
fn tell<T>(
    seed: u64,
    stage: &Stage,
    look: impl FnOnce(&Story<'_>, &Machine) -> T,
) -> (Told, Result<(), String>, T) {
    let mut random = Random(seed);
    // What the clients leave to chance goes by the seed, too.
    fastrand::seed(seed);
    in_time(async {
        let kind = random.below(8);
        let acts = Acts::any(&mut random);
        let command = random.one(&stage.commands());
        let course = match kind {
            0 | 1 if acts.begin_applied() => stage.course(Command::Uninstall),
            0..=3 => stage.course(Command::Apply),
            _ => stage.course(command),
        };
        let (machine, clock) = stage.begin(&course.beginning);
        let mut story = Story { stage, random: &mut random, clock, told: Told::default() };
        let end = match kind {
            0 | 1 => story.of_two_machines(&machine, acts).await,
            2 | 3 => story.of_two_minds(&machine).await,
            _ => story.of_one_command(&machine, command, course).await,
        };
        let view = look(&story, &machine);
        (story.told, end, view)
    })
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().expect("a number"))
}

#[test]
fn no_story_ends_with_a_loss_or_a_duplicate() {
    let first = number("PROVISION_SIMULATION_SEED").unwrap_or(1);
    let is_whole = std::env::var_os("PROVISION_WHOLE_PROOFS").is_some();
    let usual = if is_whole { WHOLE } else { STORIES };
    let count = number("PROVISION_SIMULATION_RUNS").unwrap_or(usual);
    let begun = Instant::now();
    let next = AtomicU64::new(first / IN_A_WORLD);
    let all: Mutex<(u64, Told, Vec<String>, Vec<String>)> = Mutex::default();
    let work = || {
        loop {
            let world = next.fetch_add(1, Ordering::SeqCst);
            let seeds = world * IN_A_WORLD..(world + 1) * IN_A_WORLD;
            let mut seeds = seeds.filter(|seed| (first..first + count).contains(seed)).peekable();
            if seeds.peek().is_none() {
                break;
            }
            let stage = match catch_unwind(|| Stage::new(world)) {
                Ok(Ok(stage)) => stage,
                Ok(Err(Endless { is_odd, why })) => {
                    let mut all = all.lock().expect("a lock");
                    if is_odd {
                        all.3.push(why);
                    } else {
                        all.2.push(why);
                    }
                    continue;
                }
                Err(_) => {
                    let seed = seeds.next().expect("a seed");
                    let what = format!("seed {seed}: its world panics");
                    all.lock().expect("a lock").2.push(what);
                    continue;
                }
            };
            for seed in seeds {
                let told = catch_unwind(AssertUnwindSafe(|| tell(seed, &stage, |_, _| ())));
                let mut all = all.lock().expect("a lock");
                all.0 += 1;
                let wrong = match told {
                    Ok((told, end, ())) => {
                        all.1.runs += told.runs;
                        all.1.killed += told.killed;
                        all.1.failed += told.failed;
                        all.1.requests += told.requests;
                        // Whoever tells one story alone wants to know all of it.
                        let log = if count == 1 { told.log } else { Vec::new() };
                        let lines: Vec<String> = log.into_iter().chain(told.lines).collect();
                        end.map_err(|what| format!("{}\n{what}", lines.join("\n"))).err()
                    }
                    Err(_) => Some("what it panicked over stands above".to_owned()),
                };
                if let Some(what) = wrong {
                    say(&format!("seed {seed} fails in {}\n{what}\n", stage.world));
                    all.2.push(format!("scripts/simulate --seed {seed} --runs 1"));
                }
            }
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    let (stories, Told { runs, killed, failed, requests, .. }, wrong, without_end) =
        all.into_inner().expect("a lock");
    for why in &without_end {
        say(&format!("nobody comes to an end in {why}"));
    }
    say(&format!(
        "{stories} stories from seed {first} on in {:.1} s: {runs} runs, {requests} requests, {killed} \
         killed, {failed} failed; {} worlds without stories; {} stories ended wrong",
        begun.elapsed().as_secs_f64(),
        without_end.len(),
        wrong.len()
    ));
    assert!(wrong.is_empty(), "again by:\n{}", wrong.join("\n"));
    assert!(stories >= count / 2, "too few worlds have stories:\n{}", without_end.join("\n"));
    assert!(count < STORIES || killed > 0 && failed > 0);
}

#[test]
fn a_seed_tells_the_same_story_twice() {
    let whole = |seed: u64| {
        let stage = Stage::new(seed / IN_A_WORLD).expect("a world with stories");
        // What there is in both services, and each byte on the disk.
        tell(seed, &stage, |story, machine| (story.left(machine), format!("{:?}", machine.disk)))
    };
    let mut stories = BTreeSet::new();
    for seed in [0, 17] {
        let [(one, end, left), (again, _, left_again)] = [whole(seed), whole(seed)];
        assert_eq!(end, Ok(()), "seed {seed}");
        assert_eq!(one.lines, again.lines, "seed {seed}");
        let different = one.log.iter().zip(&again.log).find(|(one, again)| one != again);
        assert_eq!(different, None, "seed {seed}");
        assert!(one.log.len() == again.log.len() && one.log.len() > 50, "seed {seed}");
        assert!(left == left_again, "seed {seed}");
        stories.insert(one.log);
    }
    assert_eq!(stories.len(), 2, "another seed tells another story");
}

#[expect(clippy::print_stdout, reason = "whoever waits wants to know")]
fn say(text: &str) {
    println!("{text}");
}
