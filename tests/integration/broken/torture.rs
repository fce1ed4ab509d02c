//! Random kills, broken lines and failing disks, one after another and together, for as long as it is
//! told: `scripts/torture`. A seed is a story, and tells it again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use org_emulator::JobTime;

use super::line::{BREAKS, Break};
use super::proof::{APPLY, is_restored, is_told, undo, uninstall};
use super::scene::{Beginning, Ended, Half, Left, Scene, Trouble};
use crate::random::Random;

/// So many stories at once.
const WORKERS: usize = 8;

/// So many stories are told where nobody says how many.
const STORIES: u64 = 12;

/// How long the jobs of a world take.
const WORLDS: [JobTime; 3] =
    [JobTime::Polls(1), JobTime::Seconds(Duration::ZERO), JobTime::Polls(2)];

/// Commands that change nothing, whatever happens to them.
const LOOKS: [&[&str]; 4] = [&["plan"], &["verify"], &["status"], &["doctor"]];

/// Where a story begins, and how it ends without any trouble.
struct Course {
    beginning: Beginning,
    end: Left,
    requests: [usize; 2],
    operations: usize,
}

impl Course {
    fn of(scene: &Scene, command: &[&str]) -> Self {
        let beginning = scene.now();
        let ended = scene.run(command, &[]);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        let requests = ended.requests.map(|requests| requests.len());
        let operations = scene.disk_operations().len();
        Self { beginning, end: scene.left(), requests, operations }
    }

    /// A trouble somewhere in it, or soon after its end.
    fn trouble(&self, random: &mut Random) -> Trouble {
        let (half, of) =
            random.one(&[(Half::Salesforce, self.requests[0]), (Half::Webex, self.requests[1])]);
        let (request, operation) = (random.below(of + 2), 1 + random.below(self.operations + 4));
        match random.below(5) {
            0 => Trouble::KillAt(half, request, Break::HoldRequest),
            1 => Trouble::KillAt(half, request, Break::HoldAnswer),
            2 => Trouble::Disk(format!("kill@{operation}")),
            3 => {
                let kind = random.one(&["full", "read-only", "broken"]);
                Trouble::Disk(format!("{kind}@{operation}"))
            }
            _ => Trouble::Line(half, request, random.one(&BREAKS)),
        }
    }
}

/// A world with the courses of all commands in it.
struct World {
    scene: Scene,
    untouched: Left,
    apply: Course,
    uninstall: Course,
    undo: Course,
}

impl World {
    fn new(time: JobTime) -> Self {
        let scene = Scene::with(time);
        let untouched = scene.left();
        let apply = Course::of(&scene, &APPLY);
        let applied = scene.now();
        let id = scene.id().to_owned();
        let uninstall = Course::of(&scene, &uninstall(&id));
        scene.begin(&applied);
        let undo = Course::of(&scene, &undo(&id));
        Self { scene, untouched, apply, uninstall, undo }
    }

    /// Tells a story, and says what is wrong with its end.
    fn tell(&self, random: &mut Random) -> Result<Told, String> {
        let Self { scene, untouched, .. } = self;
        let id = scene.id().to_owned();
        let (away, back) = (uninstall(&id), undo(&id));
        let (takes_out, course, command): (_, _, &[&str]) = match random.below(5) {
            0 | 1 => (false, &self.apply, &APPLY),
            2 | 3 => (true, &self.uninstall, &away),
            _ => (true, &self.undo, &back),
        };
        scene.begin(&course.beginning);
        let mut told = Told::default();
        let mut story = Vec::new();
        for _ in 0..=random.below(3) {
            let troubles: Vec<Trouble> =
                (0..=random.below(2)).map(|_| course.trouble(random)).collect();
            let is_look = random.below(8) == 0;
            let command = if is_look { random.one(&LOOKS) } else { command };
            let before = is_look.then(|| scene.left());
            let ended = scene.run(command, &troubles);
            story.push(format!("{} {troubles:?}: {:?}", command[0], ended.code));
            told.add(&ended);
            let wrong = |what: String| format!("{}\n{what}", story.join("\n"));
            is_told(&ended, is_look).map_err(wrong)?;
            let left = scene.left();
            if let Some(before) = before.filter(|before| *before != left) {
                return Err(wrong(before.difference(&left)));
            }
            if takes_out && left.unfinished && random.below(3) == 0 {
                // What was begun to be taken out is not put back by somebody who does not know.
                let ended = scene.run(&APPLY, &[]);
                if ended.code != Some(5) || scene.left() != left {
                    return Err(wrong(format!("apply: {:?}\n{}", ended.code, ended.err)));
                }
            }
        }
        let ended = scene.run(command, &[]);
        let left = scene.left();
        let wrong = |what: &str| Err::<(), _>(format!("{}\n{what}", story.join("\n")));
        if ended.code != Some(0) {
            wrong(&format!("{:?}\n{}{}", ended.code, ended.out, ended.err))?;
        }
        if left != course.end {
            wrong(&course.end.difference(&left))?;
        }
        let follows = !takes_out && random.below(10) == 0;
        if follows {
            let ended = scene.run(&away, &[]);
            told.runs += 1;
            if ended.code != Some(0) {
                wrong(&format!("uninstall: {:?}\n{}", ended.code, ended.err))?;
            }
        }
        if takes_out || follows {
            is_restored(untouched, &scene.left()).or_else(|told| wrong(&told))?;
        }
        Ok(told)
    }
}

/// What happened in a story.
#[derive(Debug, Default, Clone, Copy)]
struct Told {
    runs: u64,
    killed: u64,
    failed: u64,
}

impl Told {
    fn add(&mut self, ended: &Ended) {
        self.runs += 1;
        self.killed += u64::from(ended.code.is_none());
        self.failed += u64::from(ended.code.is_some_and(|code| code != 0));
    }
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().expect("a number"))
}

#[test]
fn no_story_ends_with_a_loss_or_a_duplicate() {
    let first = number("PROVISION_TORTURE_SEED").unwrap_or(1);
    let until = number("PROVISION_TORTURE_MINUTES").map(|it| Duration::from_secs(60 * it));
    let count = number("PROVISION_TORTURE_RUNS").unwrap_or(if until.is_some() {
        u64::MAX - first
    } else {
        STORIES
    });
    let begun = Instant::now();
    let next = AtomicU64::new(first);
    let all: Mutex<(u64, Told, Vec<String>)> = Mutex::default();
    let work = || {
        let mut worlds: Vec<Option<World>> = (0..WORLDS.len()).map(|_| None).collect();
        while until.is_none_or(|until| begun.elapsed() < until) {
            let seed = next.fetch_add(1, Ordering::SeqCst);
            if seed >= first + count {
                break;
            }
            let mut random = Random(seed);
            let kind = random.below(WORLDS.len());
            // A story that breaks a test's own assumptions is one that fails, and no reason to tell no others.
            let end = catch_unwind(AssertUnwindSafe(|| {
                let world = worlds[kind].get_or_insert_with(|| World::new(WORLDS[kind]));
                world.tell(&mut random)
            }));
            let end = end.unwrap_or_else(|_| {
                worlds[kind] = None;
                Err("what it panicked over stands above".to_owned())
            });
            let mut all = all.lock().expect("a lock");
            all.0 += 1;
            let told = all.0;
            match end {
                Ok(Told { runs, killed, failed }) => {
                    all.1.runs += runs;
                    all.1.killed += killed;
                    all.1.failed += failed;
                }
                Err(what) => {
                    say(&format!("seed {seed} fails: {what}"));
                    all.2.push(format!("scripts/torture --seed {seed} --runs 1"));
                }
            }
            if told.is_multiple_of(100) {
                let (Told { runs, killed, failed }, wrong) = (all.1, all.2.len());
                say(&format!(
                    "{told} stories in {} s: {runs} disturbed runs, {killed} killed, {failed} failed; \
                     {wrong} stories ended wrong",
                    begun.elapsed().as_secs()
                ));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(work);
        }
    });
    let (stories, Told { runs, killed, failed }, wrong) = all.into_inner().expect("a lock");
    say(&format!(
        "{stories} stories from seed {first} on in {} s: {runs} disturbed runs, {killed} killed, \
         {failed} failed; {} stories ended wrong",
        begun.elapsed().as_secs(),
        wrong.len()
    ));
    assert!(wrong.is_empty(), "again by:\n{}", wrong.join("\n"));
    // One story may be without either.
    assert!(stories < STORIES || killed > 0 && failed > 0);
}

#[expect(clippy::print_stdout, reason = "whoever waits wants to know")]
fn say(text: &str) {
    println!("{text}");
}
