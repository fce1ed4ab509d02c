//! One trouble after another in runs of one command, each followed by the same command again.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::courses::Course;
use super::scene::{Ended, Scene, Trouble};

/// So many scenes at once: the program mostly waits.
const WORKERS: usize = 4;

/// What became of the troubles of a table.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) tried: usize,
    /// How often the run was killed.
    pub(crate) killed: usize,
    /// How often it failed.
    pub(crate) failed: usize,
    /// How often it left something to do.
    pub(crate) undone: usize,
    /// How often whatever is to follow followed.
    pub(crate) followed: usize,
}

type After<'a> = &'a (dyn Fn(&Scene, usize, &Trouble) -> Result<bool, String> + Sync);

/// A command, from where it is run, and what has to be true once it came to its end.
pub(crate) struct Proof<'a> {
    pub(crate) command: &'a [&'a str],
    pub(crate) prepare: &'a (dyn Fn(&Scene) + Sync),
    /// Hears the trouble and its number, and says whether it did anything.
    pub(crate) after: After<'a>,
}

impl Proof<'_> {
    /// Tries one trouble of `every` of the table that `troubles` makes.
    pub(crate) fn try_each(
        &self,
        what: &str,
        every: usize,
        troubles: impl Fn(&Course) -> Vec<Trouble> + Sync,
    ) -> Counts {
        self.try_side_by_side(WORKERS, what, every, troubles)
    }

    /// The same in so many scenes at once.
    pub(crate) fn try_side_by_side(
        &self,
        workers: usize,
        what: &str,
        every: usize,
        troubles: impl Fn(&Course) -> Vec<Trouble> + Sync,
    ) -> Counts {
        let next = AtomicUsize::new(0);
        let all = Mutex::new((Counts::default(), Vec::new()));
        let work = || {
            let scene = Scene::new();
            (self.prepare)(&scene);
            let whole = Course::of(&scene, self.command);
            let troubles = troubles(&whole);
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                let Some(trouble) = troubles.get(number * every) else { break };
                let done = self.one(&scene, &whole, trouble, number);
                let mut all = all.lock().expect("a lock");
                match done {
                    Ok(counts) => all.0.add(counts),
                    Err(told) => all.1.push(format!("{trouble:?}: {told}")),
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(work);
            }
        });
        let (counts, wrong) = all.into_inner().expect("a lock");
        #[expect(clippy::print_stdout, reason = "the counts are what people want to know")]
        {
            let Counts { tried, killed, failed, undone, followed } = counts;
            println!(
                "{what}: {tried} troubles; {killed} runs killed, {failed} failed, {undone} left \
                 something to do; {followed} uninstalls followed"
            );
        }
        assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
        counts
    }

    fn one(
        &self,
        scene: &Scene,
        whole: &Course,
        trouble: &Trouble,
        number: usize,
    ) -> Result<Counts, String> {
        scene.begin(&whole.beginning);
        let first = scene.run(self.command, std::slice::from_ref(trouble));
        let left = scene.left();
        is_told(&first, false)?;
        if first.code == Some(0) && left != whole.end {
            return Err(format!("it ends well\n{}", whole.end.difference(&left)));
        }
        let second = scene.run(self.command, &[]);
        if second.code != Some(0) {
            let Ended { code, out, err, .. } = second;
            return Err(format!("after {:?}, again: {code:?}\n{out}{err}", first.code));
        }
        let end = scene.left();
        if end != whole.end {
            return Err(whole.end.difference(&end));
        }
        // What a line did not let through stands still, and is deployed by itself afterwards.
        let deploys = scene.deploys().count();
        if deploys != whole.deploys && !matches!(trouble, Trouble::Line(..)) {
            return Err(format!("{deploys} deploys instead of {}", whole.deploys));
        }
        let followed = (self.after)(scene, number, trouble)?;
        Ok(Counts {
            tried: 1,
            killed: usize::from(first.code.is_none()),
            failed: usize::from(first.code.is_some_and(|code| code != 0)),
            undone: usize::from(left != whole.end),
            followed: usize::from(followed),
        })
    }
}

/// A run that fails says why, and is no mistake of the program. One that only looks may say by its exit
/// code that something differs.
pub(crate) fn is_told(ended: &Ended, looks: bool) -> Result<(), String> {
    let Ended { code, err, .. } = ended;
    let is_mistake = *code == Some(70) || err.contains("panicked");
    let is_silent = !looks && code.is_some_and(|code| code != 0) && !err.contains("error: ");
    if is_mistake || is_silent { Err(format!("{code:?}\n{err}")) } else { Ok(()) }
}

impl Counts {
    fn add(&mut self, more: Self) {
        self.tried += more.tried;
        self.killed += more.killed;
        self.failed += more.failed;
        self.undone += more.undone;
        self.followed += more.followed;
    }
}
