//! Two machines at work on one org at once, each with a state directory of its own: neither can lock the
//! other out, and what comes of it is what docs/reliability.md says.

use std::sync::atomic::{AtomicUsize, Ordering};

use org_emulator::{Emulator, JobTime, OrgSnapshot};
use provision::engine::{Aim, Event, Goal, Removal, Report, Taking};
use provision::failure::Kind;
use serde_json::Value;
use tempfile::TempDir;

use crate::blindness::copy_of;
use crate::support::{
    Events, Org, assert_same_world, assert_settled, everything, is_every_trouble, is_whole_proof,
    load,
};
use crate::undo;

/// What a machine does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Apply,
    Uninstall,
    Undo,
}

/// Two machines in front of one org, and where both begin.
struct Pair {
    one: Org,
    other: Org,
    org: OrgSnapshot,
    states: [TempDir; 2],
    configuration: String,
}

/// What else an administrator may want.
fn changed() -> String {
    everything().replace("height = 600", "height = 620")
}

impl Pair {
    /// An org whose jobs are not through when they were accepted, after what was done in it.
    fn new(configuration: String, done: impl Fn(&Org)) -> Self {
        let builder = Emulator::builder();
        let builder = builder.package_time(JobTime::Polls(2)).deploy_time(JobTime::Polls(1));
        let one = Org::with(builder);
        done(&one);
        let mut other = one.behind(&one.url);
        // Whoever works at two machines has brought along what one of them knows.
        other.state = copy_of(one.state.path());
        let states = [copy_of(one.state.path()), copy_of(one.state.path())];
        let org = one.emulated.snapshot();
        Self { one, other, org, states, configuration }
    }

    fn begin(&mut self) {
        self.one.emulated.restore(&self.org).expect("the org goes back");
        for (machine, state) in [&mut self.one, &mut self.other].into_iter().zip(&self.states) {
            machine.state = copy_of(state.path());
        }
    }

    fn act(&self, machine: &Org, act: Act, events: Events<'_>) -> Report {
        let loaded = load(&self.configuration);
        let removal = Removal { delete_data: Some(&machine.id), ..Removal::default() };
        let run = |aim: Aim<'_>| machine.watch_loaded((Goal::Apply, aim), &loaded, events);
        match act {
            Act::Apply => run(Aim::Installed),
            Act::Uninstall => run(Aim::Removed(removal)),
            Act::Undo => {
                let runs = undo::find(machine, None, &loaded.desired).expect("readable journals");
                run(Aim::Undone(Taking { runs: &runs, removal }))
            }
        }
    }

    /// One machine does something; at the moment of that number, the other one begins something, too.
    /// Gives how many moments there were.
    fn at_once(&self, [one, other]: [Act; 2], moment: usize) -> ([Option<Report>; 2], usize) {
        let moments = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            let begun = std::sync::Mutex::new(None);
            let events = |event: &Event| {
                let is_one = matches!(
                    event,
                    Event::Planned { .. }
                        | Event::WaveStarted { .. }
                        | Event::WaveEnded { .. }
                        | Event::Doing { .. }
                        | Event::Waiting { .. }
                );
                if is_one && moments.fetch_add(1, Ordering::SeqCst) == moment {
                    let second = scope.spawn(|| self.act(&self.other, other, &|_| {}));
                    *begun.lock().expect("a lock") = Some(second);
                }
            };
            let first = self.act(&self.one, one, &events);
            let second = begun.lock().expect("a lock").take();
            let second = second.map(|it| it.join().expect("the other machine's run ends"));
            ([Some(first), second], moments.load(Ordering::SeqCst))
        })
    }

    /// Has both act at moments all over the run of the one, and looks at the org after each.
    fn collide(&mut self, acts: [Act; 2], settled: impl Fn(&Self, &str)) {
        self.begin();
        let (_, moments) = self.at_once(acts, usize::MAX);
        let tried = match (is_every_trouble(), is_whole_proof()) {
            (true, _) => moments,
            (false, true) => 3,
            (false, false) => 2,
        };
        for number in 0..tried {
            let moment = number * moments / tried;
            self.begin();
            let (reports, _) = self.at_once(acts, moment);
            let about = format!("{acts:?} at {moment} of {moments}");
            for report in reports.iter().flatten() {
                if let Some(failure) = &report.failure {
                    // Whoever is in the way of the other is told so, and nobody breaks down.
                    assert!(failure.kind != Kind::Bug, "{about}: {failure:#?}");
                    assert!(!failure.message().is_empty(), "{about}");
                }
            }
            settled(self, &about);
        }
    }

    /// A machine comes to its end when it is started again by itself.
    #[track_caller]
    fn again(&self, machine: &Org, act: Act, about: &str) -> Report {
        let report = self.act(machine, act, &|_| {});
        assert!(report.failure.is_none(), "{about}: {act:?} again\n{:#?}", report.failure);
        report
    }

    /// How many installations the org has carried out.
    fn installations(&self) -> usize {
        let jobs = self.one.emulated.jobs();
        let installs = jobs["installs"].as_array().expect("jobs").iter();
        installs.filter(|job| job["status"] == "SUCCESS").count()
    }

    /// How many deploys have taken the package out: this one is of the first generation.
    fn uninstallations(&self) -> usize {
        let jobs = self.one.emulated.jobs();
        let deploys = jobs["deploys"].as_array().expect("jobs").iter();
        let is_taken_out =
            |it: &Value| it["componentType"] == "InstalledPackage" && it["deleted"] == true;
        let takes_out = |deploy: &&Value| {
            let done = &deploy["outcome"]["details"]["componentSuccesses"];
            deploy["status"] == "Succeeded"
                && done.as_array().is_some_and(|done| done.iter().any(is_taken_out))
        };
        deploys.filter(takes_out).count()
    }
}

#[test]
fn two_that_apply_the_same_install_it_once() {
    let mut pair = Pair::new(everything(), |_| ());
    pair.again(&pair.one, Act::Apply, "alone");
    let applied = pair.one.world();
    pair.collide([Act::Apply, Act::Apply], |pair, about| {
        pair.again(&pair.one, Act::Apply, about);
        pair.again(&pair.other, Act::Apply, about);
        assert_same_world(&pair.one.world(), &applied, about);
        assert_eq!(pair.installations(), 1, "{about}");
        for machine in [&pair.one, &pair.other] {
            assert_settled(&machine.run(Goal::Verify, &pair.configuration));
        }
    });
}

#[test]
fn whoever_uninstalls_beside_one_that_applies_is_done_once_both_have_taken_it_out() {
    let untouched = Org::new().world();
    let mut pair = Pair::new(changed(), |org| drop(org.apply(&everything())));
    for acts in [[Act::Apply, Act::Uninstall], [Act::Uninstall, Act::Apply]] {
        pair.collide(acts, |pair, about| {
            // What the one that applied has set since is known to its machine alone.
            let (applies, uninstalls) = match acts[0] {
                Act::Apply => (&pair.one, &pair.other),
                _ => (&pair.other, &pair.one),
            };
            pair.again(uninstalls, Act::Uninstall, about);
            pair.again(applies, Act::Uninstall, about);
            // An assignment that both write in the same second may end at the org's default layout.
            let without = |mut world: Value| {
                world.as_object_mut().expect("a world").remove("profile_layouts");
                world
            };
            let left = pair.one.world();
            assert!(!left["profile_layouts"].to_string().contains("ciscocjs"), "{about}");
            assert_same_world(&without(left), &without(untouched.clone()), about);
            // And it can come back.
            assert_settled(&pair.again(applies, Act::Apply, about));
        });
    }
}

#[test]
fn two_that_uninstall_take_it_out_once() {
    let untouched = Org::new().world();
    let mut pair = Pair::new(everything(), |org| drop(org.apply(&everything())));
    pair.collide([Act::Uninstall, Act::Uninstall], |pair, about| {
        pair.again(&pair.one, Act::Uninstall, about);
        pair.again(&pair.other, Act::Uninstall, about);
        assert_same_world(&pair.one.world(), &untouched, about);
        assert_eq!(pair.uninstallations(), 1, "{about}");
    });
}

#[test]
fn whoever_is_last_wins_where_one_takes_back_what_the_other_applies() {
    let untouched = Org::new().world();
    let mut pair = Pair::new(changed(), |org| {
        org.apply(&everything());
        org.apply(&changed());
    });
    for acts in [[Act::Undo, Act::Apply], [Act::Apply, Act::Undo]] {
        pair.collide(acts, |pair, about| {
            let (applies, undoes) = match acts[0] {
                Act::Apply => (&pair.one, &pair.other),
                _ => (&pair.other, &pair.one),
            };
            assert_settled(&pair.again(applies, Act::Apply, about));
            assert_settled(&applies.run(Goal::Verify, &pair.configuration));
            pair.again(applies, Act::Uninstall, about);
            pair.again(undoes, Act::Uninstall, about);
            assert_same_world(&pair.one.world(), &untouched, about);
        });
    }
}
