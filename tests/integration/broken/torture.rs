//! Random kills, broken lines and failing disks, one after another and together, for as long as it is
//! told: `scripts/torture`. A seed is a story, and tells it again.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use org_emulator::JobTime;

use super::courses::{APPLY, Command, Course};
use super::line::{BREAKS, Break};
use super::proof::is_told;
use super::scene::{Beginning, Ended, Half, Left, Scene, Trouble};
use crate::random::Random;

/// So many stories at once.
const WORKERS: usize = 8;

/// So many stories are told where nobody says how many.
const STORIES: u64 = 12;

/// How long the jobs of a world take.
const WORLDS: [JobTime; 3] =
    [JobTime::Polls(1), JobTime::Seconds(Duration::ZERO), JobTime::Polls(2)];

/// After one in so many that leaves the connector there, it is taken out.
const RESTORED: usize = 5;

/// Commands that change nothing, whatever happens to them.
const LOOKS: [&[&str]; 4] = [&["plan"], &["verify"], &["status"], &["doctor"]];

impl Course {
    /// A trouble somewhere in it, or soon after its end.
    fn trouble(&self, random: &mut Random) -> Trouble {
        let (half, of) =
            random.one(&[(Half::Salesforce, self.requests[0]), (Half::Webex, self.requests[1])]);
        let (request, operation) =
            (random.below(of + 2), 1 + random.below(self.operations.len() + 4));
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

/// A world, with the courses of the commands that any story in it was about.
struct World {
    scene: Scene,
    pristine: Beginning,
    untouched: Left,
    courses: BTreeMap<Command, Course>,
}

impl World {
    fn new(time: JobTime) -> Self {
        let scene = Scene::with(time);
        let (pristine, untouched) = (scene.now(), scene.left());
        Self { scene, pristine, untouched, courses: BTreeMap::new() }
    }

    /// Begins where a command does.
    fn begin(&mut self, command: Command) {
        let Self { scene, pristine, untouched, courses } = self;
        let course = courses.entry(command).or_insert_with(|| {
            scene.begin(pristine);
            command.prepare(scene);
            let id = scene.id().to_owned();
            let course = Course::of(scene, &command.words(&id));
            let restored = command.take_out(scene, untouched);
            assert_eq!(restored, Ok(()), "{command:?} undisturbed");
            course
        });
        scene.begin(&course.beginning);
    }

    /// Tells a story, and says what is wrong with its end.
    fn tell(&mut self, random: &mut Random) -> Result<Told, String> {
        let command = random.one(&Command::ALL);
        self.begin(command);
        let Self { scene, untouched, courses, .. } = self;
        let (scene, course) = (&*scene, &courses[&command]);
        let id = scene.id().to_owned();
        let words = command.words(&id);
        let mut told = Told::default();
        let mut story = vec![format!("{command:?}")];
        for _ in 0..=random.below(3) {
            let troubles: Vec<Trouble> =
                (0..=random.below(2)).map(|_| course.trouble(random)).collect();
            let is_look = random.below(8) == 0;
            let words = if is_look { random.one(&LOOKS) } else { &words[..] };
            let before = is_look.then(|| scene.left());
            let ended = scene.run(words, &troubles);
            story.push(format!("{} {troubles:?}: {:?}", words[0], ended.code));
            told.add(&ended);
            let wrong = |what: String| format!("{}\n{what}", story.join("\n"));
            is_told(&ended, is_look).map_err(wrong)?;
            let left = scene.left();
            if let Some(before) = before.filter(|before| *before != left) {
                return Err(wrong(before.difference(&left)));
            }
            if !is_look && ended.code == Some(0) && !command.is_done(&ended, course, &left) {
                let (difference, err) = (course.end.difference(&left), ended.err);
                return Err(wrong(format!("it ends well\n{difference}\n{err}")));
            }
            if command.takes_out() && left.unfinished && random.below(3) == 0 {
                // What was begun to be taken out is not put back by somebody who does not know.
                let ended = scene.run(&APPLY, &[]);
                let now = scene.left();
                if ended.code != Some(5) || now != left {
                    let (difference, err) = (left.difference(&now), ended.err);
                    return Err(wrong(format!("apply: {:?}\n{difference}\n{err}", ended.code)));
                }
            }
        }
        let ended = scene.run(&words, &[]);
        let left = scene.left();
        let wrong = |what: &str| Err::<(), _>(format!("{}\n{what}", story.join("\n")));
        if ended.code != Some(0) {
            wrong(&format!("{:?}\n{}{}", ended.code, ended.out, ended.err))?;
        }
        if left != course.end {
            wrong(&course.end.difference(&left))?;
        }
        let follows = !command.takes_out() && random.below(RESTORED) == 0;
        if follows || command.takes_out() {
            command.take_out(scene, untouched).or_else(|told| wrong(&told))?;
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
