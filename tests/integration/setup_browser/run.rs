//! What a run makes of a browser's work in Setup: what it writes down, what it forgets and what it tells.

use std::sync::Mutex;

use futures_util::future::BoxFuture;
use org_emulator::Fault;
use provision::checklist::{ItemId, Note};
use provision::engine::{
    Aim, Event, Goal, ItemOutcome, ItemReport, Removal, Report, SetupBrowser, SetupStopped,
    SetupWatch, SetupWork,
};
use provision::journal::{Entry, Store};
use provision::model::{Baseline, OrgId, SetupBefore, SetupTask};
use serde_json::{Value, json};

use crate::human::wanted;
use crate::support::{Org, demo};

const DESCRIBE: &str = "partner/describeSoftphoneLayout";
const STANDARD: &str = "Standard Softphone Layout";

/// What a browser does, and how it ends.
type Work = Box<dyn Fn(&Org) -> Result<(), SetupStopped> + Send + Sync>;

/// What is there afterwards.
type Makes = fn(&Org);

/// A browser that saves as a test has it.
struct Played<'o> {
    org: &'o Org,
    before: SetupBefore,
    saves: Vec<&'static str>,
    /// Told before a last save, which is not made.
    unmade: Option<SetupBefore>,
    work: Work,
    tasks: Mutex<Vec<SetupTask>>,
}

impl<'o> Played<'o> {
    fn new(
        org: &'o Org,
        work: impl Fn(&Org) -> Result<(), SetupStopped> + Send + Sync + 'static,
    ) -> Self {
        let former_default = Some(STANDARD.to_owned());
        let before = SetupBefore { former_default, made: true, ..SetupBefore::default() };
        Self {
            org,
            before,
            saves: Vec::new(),
            unmade: None,
            work: Box::new(work),
            tasks: Mutex::default(),
        }
    }

    fn saving(mut self, what: &'static str) -> Self {
        self.saves.push(what);
        self
    }

    fn tasks(&self) -> Vec<SetupTask> {
        self.tasks.lock().expect("a lock").clone()
    }
}

impl SetupBrowser for Played<'_> {
    fn carry_out<'a>(
        &'a self,
        work: &'a SetupWork,
        watch: &'a dyn SetupWatch,
    ) -> BoxFuture<'a, Result<(), SetupStopped>> {
        Box::pin(async move {
            self.tasks.lock().expect("a lock").push(work.task.clone());
            watch.remember(self.before.clone()).await.expect("it is written down");
            let ended = (self.work)(self.org);
            for what in &self.saves {
                watch.saved(what).await;
            }
            if let Some(before) = &self.unmade {
                watch.remember(before.clone()).await.expect("it is written down");
            }
            ended
        })
    }
}

fn stopped(all_told: bool) -> SetupStopped {
    SetupStopped { message: "The browser was closed.".to_owned(), evidence: None, all_told }
}

fn show(org: &Org, layouts: Value) {
    org.emulated.set_softphone_layouts(layouts).expect("layouts");
}

/// Our layout, made by a browser.
fn make(org: &Org) {
    let mut layouts = wanted();
    let standard = json!({"name": STANDARD, "is_default": false, "call_types": []});
    layouts.as_array_mut().expect("a list").push(standard);
    show(org, layouts);
}

/// The former default, given back; our layout is still there.
fn give_back(org: &Org) {
    let mut layouts = wanted();
    layouts[0]["is_default"] = json!(false);
    let standard = json!({"name": STANDARD, "is_default": true, "call_types": []});
    layouts.as_array_mut().expect("a list").push(standard);
    show(org, layouts);
}

/// A run, and what it has told.
fn run(org: &Org, aim: Aim<'_>, browser: &Played<'_>) -> (Report, Vec<String>) {
    let told = Mutex::new(Vec::new());
    let report = org.with_browser(aim, &demo(), browser, &|event| {
        if let Event::Note { text, .. } = event {
            told.lock().expect("a lock").push(text.clone());
        }
    });
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    (report, told.into_inner().expect("a lock"))
}

fn outcome(report: &Report) -> ItemOutcome {
    let item = report.items.iter().find(|item| item.id == ItemId::SOFTPHONE_LAYOUT);
    item.expect("every item is reported").outcome
}

/// What the baseline holds of softphone layouts: `field=before`.
fn recorded(org: &Org) -> Vec<String> {
    let id = OrgId::parse(&org.id).expect("an id");
    let baseline: Baseline = Store::at(org.state.path()).org(&id).baseline().expect("a baseline");
    let rows = baseline.of_item("softphone-layout").map(|entry| {
        let (_, field) = entry.target.place();
        format!("{field}={:?}", entry.before.value())
    });
    rows.collect()
}

/// The values that the baseline holds of the whole layout.
fn values(org: &Org) -> Option<String> {
    let id = OrgId::parse(&org.id).expect("an id");
    let baseline: Baseline = Store::at(org.state.path()).org(&id).baseline().expect("a baseline");
    let entry = baseline.of_item("softphone-layout").find(|it| it.target.place().1 == "Values")?;
    Some(entry.ours.as_ref()?.text(&entry.target))
}

/// What journals hold of browsers' work.
fn noted(org: &Org) -> Vec<Value> {
    let id = OrgId::parse(&org.id).expect("an id");
    let store = Store::at(org.state.path()).org(&id);
    let runs = store.runs().expect("runs");
    let records = runs.iter().flat_map(|run| store.journal(run).expect("a journal"));
    let of_setup = records.filter_map(|record| match record.entry {
        Entry::Recorded { subject, content } if subject.starts_with("SoftphoneLayout ") => {
            Some(content)
        }
        _ => None,
    });
    of_setup.collect()
}

#[test]
fn what_was_made_is_recorded_before_it_is_saved_and_each_save_is_noted() {
    let org = Org::new();
    let browser = Played::new(&org, |org| {
        make(org);
        Ok(())
    })
    .saving("the softphone layout");
    let (report, _) = run(&org, Aim::Installed, &browser);
    assert_eq!(outcome(&report), ItemOutcome::Changed);
    let rows = recorded(&org);
    assert!(rows.contains(&"Name=None".to_owned()), "{rows:?}");
    assert!(
        rows.iter().any(|row| row.starts_with("Default=") && row.contains(STANDARD)),
        "{rows:?}"
    );
    assert_eq!(noted(&org)[0], json!("saved: the softphone layout"));
}

#[test]
fn what_was_not_saved_has_replaced_nothing() {
    let org = Org::new();
    let browser = Played::new(&org, |_| Err(stopped(true)));
    let (report, _) = run(&org, Aim::Installed, &browser);
    assert_eq!(outcome(&report), ItemOutcome::NeedsHuman);
    assert_eq!(recorded(&org), Vec::<String>::new());
    // Where nobody knows, the past stays, and so does what was seen to be saved.
    let browser = Played::new(&org, |_| Err(stopped(false))).saving("the softphone layout");
    run(&org, Aim::Installed, &browser);
    assert_eq!(recorded(&org).len(), 3);
    assert_eq!(values(&org), Some("not read back".to_owned()));
    assert_eq!(noted(&org), [json!("saved: the softphone layout")]);
}

/// Also where the run has changed nothing else.
#[test]
fn a_browser_that_is_closed_leads_to_the_guide() {
    let org = Org::new();
    org.run(Goal::Apply, &demo());
    let browser = Played::new(&org, |_| Err(stopped(true)));
    let (asked, told) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let watch = |item: &ItemReport| {
        asked.lock().expect("a lock").push(item.id);
        None
    };
    let events = |event: &Event| {
        if let Event::Note { text, .. } = event {
            told.lock().expect("a lock").push(text.clone());
        }
    };
    org.with_browser_or_by_hand(Aim::Installed, &demo(), &browser, (&watch, &events));
    assert_eq!(asked.into_inner().expect("a lock"), [ItemId::SOFTPHONE_LAYOUT]);
    let told = told.into_inner().expect("a lock").join("\n");
    assert!(told.contains("The browser was closed. Follow the steps below instead."), "{told}");
}

/// What a browser has sent, and not seen in Setup afterwards, is done by the next run.
#[test]
fn values_are_recorded_once_they_were_read_back() {
    let org = Org::new();
    let of_agents = "default = false\nprofiles = [\"Standard User\"]\n";
    let configuration = demo().replace("default = true\n", of_agents);
    let before = SetupBefore {
        made: true,
        profiles: vec![("Standard User".to_owned(), None)],
        ..SetupBefore::default()
    };
    let attempt = |ended: Result<(), SetupStopped>| {
        let browser =
            Played { before: before.clone(), ..Played::new(&org, move |_| ended.clone()) };
        let report = org.with_browser(Aim::Installed, &configuration, &browser, &|_| {});
        (outcome(&report), browser.tasks().len())
    };
    assert_eq!(attempt(Err(stopped(false))), (ItemOutcome::NeedsHuman, 1));
    assert_eq!(values(&org), Some("not read back".to_owned()));
    assert_eq!(attempt(Ok(())), (ItemOutcome::Changed, 1), "nothing was on record");
    assert!(values(&org).is_some_and(|it| it.starts_with("Name=Webex; ")), "{:?}", values(&org));
    let last = noted(&org).last().cloned();
    assert_eq!(last, Some(json!("done in a browser, which has seen it in Setup")));
    assert_eq!(attempt(Ok(())), (ItemOutcome::Already, 0));
    assert_eq!(org.run(Goal::Verify, &configuration).failure.map(|it| it.message()), None);
}

/// The administrator's profile has a layout of its own, which the org goes on to show whatever the default is.
#[test]
fn a_default_that_the_administrator_does_not_get_opens_one_browser() {
    let org = Org::new();
    let browser = Played::new(&org, |org| {
        let mut layouts = wanted();
        let own = json!({"name": "Own", "is_default": false, "call_types": [],
            "profiles": ["System Administrator"]});
        layouts.as_array_mut().expect("a list").push(own);
        show(org, layouts);
        Ok(())
    });
    let (report, _) = run(&org, Aim::Installed, &browser);
    assert_eq!(outcome(&report), ItemOutcome::Changed);
    let item = report.items.iter().find(|item| item.id == ItemId::SOFTPHONE_LAYOUT);
    let notes: Vec<String> = item.expect("the item").notes.iter().map(Note::text).collect();
    assert!(notes.join("\n").contains("was not checked: your own is \"Own\""), "{notes:?}");
    let (report, _) = run(&org, Aim::Installed, &browser);
    assert_eq!((outcome(&report), browser.tasks().len()), (ItemOutcome::Already, 1));
    // Where the caller gets yet another one, somebody has changed something.
    show(&org, json!([{"name": STANDARD, "is_default": true, "call_types": []}]));
    let idle = Played::new(&org, |_| Err(stopped(true)));
    run(&org, Aim::Installed, &idle);
    assert_eq!(idle.tasks().len(), 1);
}

#[test]
fn what_was_saved_before_a_save_that_was_not_made_stays_recorded() {
    let org = Org::new();
    let mut browser = Played::new(&org, |_| Err(stopped(true))).saving("the softphone layout");
    let profiles = vec![("Sales".to_owned(), None)];
    browser.unmade = Some(SetupBefore { profiles, ..browser.before.clone() });
    run(&org, Aim::Installed, &browser);
    let rows = recorded(&org);
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(!rows.iter().any(|row| row.contains("Sales")), "nobody assigned it: {rows:?}");
}

#[test]
fn a_failing_look_afterwards_takes_nothing_from_what_the_browser_has_done() {
    let org = Org::new();
    let browser = Played::new(&org, |org| {
        make(org);
        org.emulated.set_faults([Fault::expire_session().operation(DESCRIBE)]);
        Ok(())
    })
    .saving("the softphone layout");
    let (report, told) = run(&org, Aim::Installed, &browser);
    assert_eq!(outcome(&report), ItemOutcome::NeedsHuman, "nobody has seen it");
    let told = told.join("\n");
    assert!(told.contains("Done in the browser; the org has not been checked since"), "{told}");
    assert!(told.contains("could not be checked afterwards"), "{told}");
    assert_eq!(noted(&org), [json!("saved: the softphone layout")]);
}

#[test]
fn what_the_org_tells_afterwards_is_said_for_what_it_is() {
    let refused = || {
        let fault = Fault::status(500, "INSUFFICIENT_ACCESS", "No rights for this");
        fault.operation(DESCRIBE).times(99)
    };
    let other = |org: &Org| {
        let webex = json!({"name": "Webex", "is_default": true, "call_types": []});
        show(org, json!([webex]));
    };
    let cases: [(Makes, &str); 2] = [
        (|org| show(org, json!([])), "returns no softphone layout for you"),
        (other, "still returns different content of \"Webex\" for you"),
    ];
    for (makes, said) in cases {
        let org = Org::new();
        let browser = Played::new(&org, move |org| {
            makes(org);
            Ok(())
        });
        let (report, told) = run(&org, Aim::Installed, &browser);
        assert_eq!(outcome(&report), ItemOutcome::NeedsHuman);
        let told = told.join("\n");
        assert!(told.contains("Done in Setup, as the browser has seen"), "{told}");
        assert!(told.contains(said), "{told}");
    }
    // What the org refuses to show, the browser has seen.
    let org = Org::new();
    let browser = Played::new(&org, move |org| {
        org.emulated.set_faults([refused()]);
        Ok(())
    });
    let (report, _) = run(&org, Aim::Installed, &browser);
    assert_eq!(outcome(&report), ItemOutcome::Changed);
    let last = noted(&org).last().cloned();
    assert_eq!(last, Some(json!("done in a browser, which has seen it in Setup")));
}

#[test]
fn an_uninstall_that_was_broken_off_between_its_saves_goes_on() {
    let org = Org::new();
    let browser = Played::new(&org, |org| {
        make(org);
        Ok(())
    });
    run(&org, Aim::Installed, &browser);
    let away = Aim::Removed(Removal::default());
    let broken_off = Played::new(&org, |org| {
        give_back(org);
        Err(stopped(false))
    });
    let (report, _) = run(&org, away, &broken_off);
    assert_eq!(outcome(&report), ItemOutcome::NeedsHuman);
    let left = recorded(&org);
    assert!(left.contains(&"Name=None".to_owned()), "what is left to be done: {left:?}");
    assert!(!left.iter().any(|row| row.starts_with("Default")), "{left:?}");
    let deletes = Played::new(&org, |org| {
        show(org, json!([{"name": STANDARD, "is_default": true, "call_types": []}]));
        Ok(())
    });
    let (report, _) = run(&org, away, &deletes);
    assert_eq!(outcome(&report), ItemOutcome::Changed);
    assert!(
        matches!(deletes.tasks().as_slice(), [SetupTask::RemoveLayout { deletes: true, .. }]),
        "{:?}",
        deletes.tasks()
    );
    assert_eq!(recorded(&org), Vec::<String>::new());
    let idle = Played::new(&org, |_| Ok(()));
    run(&org, away, &idle);
    assert_eq!(idle.tasks(), [], "nothing is left to be done");
}

#[test]
fn a_deleted_layout_that_the_org_still_tells_is_not_taken_for_gone() {
    let org = Org::new();
    let makes = Played::new(&org, |org| {
        make(org);
        Ok(())
    });
    run(&org, Aim::Installed, &makes);
    let away = Aim::Removed(Removal::default());
    let noted_before = noted(&org).len();
    let deletes = Played::new(&org, |_| Ok(()));
    let (report, told) = run(&org, away, &deletes);
    assert_eq!(outcome(&report), ItemOutcome::NeedsHuman);
    assert!(recorded(&org).contains(&"Name=None".to_owned()), "nobody has seen that it is gone");
    assert_eq!(noted(&org).len(), noted_before, "{:?}", noted(&org));
    let told = told.join("\n");
    assert!(told.contains("but the org still returns \"Webex\" for you."), "{told}");
}

#[test]
fn a_deletion_that_the_org_refuses_to_show_is_noted_as_the_browser_saw_it() {
    let org = Org::new();
    let makes = Played::new(&org, |org| {
        make(org);
        Ok(())
    });
    run(&org, Aim::Installed, &makes);
    let deletes = Played::new(&org, |org| {
        let fault = Fault::status(500, "INSUFFICIENT_ACCESS", "No rights for this");
        org.emulated.set_faults([fault.operation(DESCRIBE).times(99)]);
        Ok(())
    });
    let (report, _) = run(&org, Aim::Removed(Removal::default()), &deletes);
    assert_eq!(outcome(&report), ItemOutcome::Changed);
    assert_eq!(recorded(&org), Vec::<String>::new());
    let last = noted(&org).last().cloned();
    assert_eq!(last, Some(json!("done in a browser, which has seen it in Setup")));
}

#[test]
fn a_layout_of_the_administrator_stays() {
    let org = Org::new();
    make(&org);
    let idle = Played::new(&org, |_| Ok(()));
    run(&org, Aim::Installed, &idle);
    run(&org, Aim::Removed(Removal::default()), &idle);
    assert_eq!(idle.tasks(), [], "nobody made it for the connector");
}
