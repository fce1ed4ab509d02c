//! Whatever is being written when the power is cut: what is read afterwards was written once.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;

use super::past_run::records;
use super::{
    Entry, Error, Hints, MemoryDisk, OrgStore, Record, RunHead, RunLog, Store, Unfinished, Unsynced,
};
use crate::model::{
    Baseline, BaselineEntry, Before, Confirmation, Confirmations, OrgId, OrgKind, Organization,
    Ref, Target,
};

/// One change of the state directory. The numbers make contents that can be told apart.
#[derive(Debug, Clone)]
enum Step {
    Baseline(u8),
    Replace(u8),
    Retire(u8),
    Hints(u8),
    Confirm(u8),
    ConfirmForTenant(u8),
    BeginTakingAway(u8),
    Finish,
    Forget,
    /// The first one of a run begins its journal.
    Record(u8),
    /// The next record begins another journal.
    End,
}

/// Everything that can be read.
#[derive(Debug, Clone, PartialEq)]
struct Read {
    baseline: Baseline,
    /// Those that were replaced or retired.
    old_baselines: BTreeMap<PathBuf, Baseline>,
    hints: Hints,
    confirmations: Confirmations,
    of_tenant: Confirmations,
    unfinished: Vec<Unfinished>,
    journals: BTreeMap<PathBuf, Vec<Record>>,
}

/// A program that works with a state directory.
struct Program {
    disk: MemoryDisk,
    store: Store,
    log: Option<RunLog>,
    runs: usize,
}

impl Program {
    fn new() -> Self {
        let disk = MemoryDisk::new();
        let store = Store::on(Arc::new(disk.clone()), "state");
        Self { disk, store, log: None, runs: 0 }
    }

    fn org(&self) -> OrgStore {
        self.store.org(&organization().id)
    }

    fn does(&mut self, step: &Step) -> Result<(), Error> {
        let org = self.org();
        match step {
            Step::Baseline(number) => org.keep_baseline(&baseline(*number)),
            Step::Replace(number) => {
                org.replace_baseline(&baseline(*number), &number.to_string()).map(drop)
            }
            Step::Retire(number) => org.retire_baseline(&number.to_string(), &baseline(number / 2)),
            Step::Hints(number) => {
                org.keep_hints(&Hints { api_version: Some(text(*number)), ..Hints::default() })
            }
            Step::Confirm(number) => {
                org.confirmations().change(|all| all.take(confirmation(*number)))
            }
            Step::ConfirmForTenant(number) => self
                .store
                .tenant(None)
                .confirmations()
                .change(|all| all.take(confirmation(*number))),
            Step::BeginTakingAway(number) => org.begin_taking_away(&Unfinished {
                recipe: None,
                replaced: None,
                in_place: false,
                confirmed: Confirmations::default(),
                undoes: None,
                command: "uninstall".to_owned(),
                run: text(*number),
                began: at(),
                carried: Baseline::default(),
            }),
            Step::Finish => org.finish(|_| true),
            Step::Forget => org.forget(),
            Step::Record(number) => self.record(&org, *number),
            Step::End => {
                self.log = None;
                Ok(())
            }
        }
    }

    fn record(&mut self, org: &OrgStore, number: u8) -> Result<(), Error> {
        if let Some(log) = &mut self.log {
            return log.record(at(), Entry::Finished { outcome: text(number) });
        }
        let organization = organization();
        let head = RunHead {
            alias: None,
            at: at(),
            command: "apply",
            organization: Some(&organization),
            tenant: None,
            undoes: None,
            continues: None,
            configuration: "c",
        };
        self.runs += 1;
        self.log = Some(org.begin(&format!("run-{}", self.runs), &head)?);
        Ok(())
    }

    /// Reads all there is. Nothing may be damaged.
    fn reads(&self) -> Read {
        let org = self.org();
        let hints = org.files.read(&org.folder.join("hints.json")).unwrap();
        let runs = org.files.folders(&org.folder.join("runs")).unwrap();
        let old = |file: &PathBuf| {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            name.starts_with("baseline") && *file != org.folder.join("baseline.json")
        };
        let files =
            [&org.folder].into_iter().chain(&runs).flat_map(|it| org.files.list(it).unwrap());
        let old_baselines = files.map(|file| file.path).filter(old).map(|file| {
            let baseline = org.files.read(&file).unwrap().unwrap();
            (file, baseline)
        });
        let journals = runs.iter().map(|run| (run.clone(), records(&org.files, run).unwrap()));
        Read {
            baseline: org.baseline().unwrap(),
            old_baselines: old_baselines.collect(),
            hints: hints.unwrap_or_default(),
            confirmations: org.confirmations().read().unwrap(),
            of_tenant: self.store.tenant(None).confirmations().read().unwrap(),
            unfinished: org.unfinished().unwrap(),
            // A run that came to write no line is none.
            journals: journals.filter(|(_, records)| !records.is_empty()).collect(),
        }
    }
}

impl Read {
    /// Whether each part is as it was in one of the two.
    fn is_between(&self, before: &Self, after: &Self) -> bool {
        fn one<T: PartialEq>(it: &T, before: &T, after: &T) -> bool {
            it == before || it == after
        }
        fn each<T: PartialEq>(
            it: &BTreeMap<PathBuf, T>,
            before: &BTreeMap<PathBuf, T>,
            after: &BTreeMap<PathBuf, T>,
        ) -> bool {
            let mut all = it.keys().chain(before.keys()).chain(after.keys());
            all.all(|path| one(&it.get(path), &before.get(path), &after.get(path)))
        }
        one(&self.baseline, &before.baseline, &after.baseline)
            && each(&self.old_baselines, &before.old_baselines, &after.old_baselines)
            && one(&self.hints, &before.hints, &after.hints)
            && one(&self.confirmations, &before.confirmations, &after.confirmations)
            && one(&self.of_tenant, &before.of_tenant, &after.of_tenant)
            && one(&self.unfinished, &before.unfinished, &after.unfinished)
            && each(&self.journals, &before.journals, &after.journals)
    }
}

fn organization() -> Organization {
    Organization {
        id: OrgId::parse("00D000000000001AAA").unwrap(),
        name: "Acme".to_owned(),
        kind: OrgKind::Sandbox,
        instance_url: "http://127.0.0.1:1".to_owned(),
    }
}

fn at() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

/// Longer or shorter, so that neither is the beginning of another.
fn text(number: u8) -> String {
    format!("{number} {}", "x".repeat(usize::from(number) * 3))
}

/// The baseline of that number; 0 is the empty one.
fn baseline(number: u8) -> Baseline {
    let entries = (number > 0).then(|| BaselineEntry {
        item: "users".to_owned(),
        target: Target::UserCallCenter(Ref::named(text(number))),
        before: Before::Known(None),
        ours: None,
        run: "01".to_owned(),
        recipe: None,
        giving_back: false,
    });
    Baseline { entries: entries.into_iter().collect() }
}

fn confirmation(number: u8) -> Confirmation {
    Confirmation {
        item: text(number % 3),
        by: text(number),
        at: at(),
        wanted: "*.force.com".to_owned(),
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        1 => (0..9u8).prop_map(Step::Baseline),
        1 => (0..9u8).prop_map(Step::Replace),
        1 => (0..9u8).prop_map(Step::Retire),
        1 => (0..9u8).prop_map(Step::Hints),
        1 => (0..9u8).prop_map(Step::Confirm),
        1 => (0..9u8).prop_map(Step::ConfirmForTenant),
        1 => (0..9u8).prop_map(Step::BeginTakingAway),
        1 => Just(Step::Finish),
        1 => Just(Step::Forget),
        4 => (0..9u8).prop_map(Step::Record),
        1 => Just(Step::End),
    ]
}

fn unsynced() -> impl Strategy<Value = Unsynced> {
    prop_oneof![
        1 => Just(Unsynced::Lost),
        1 => Just(Unsynced::Kept),
        4 => any::<u64>().prop_map(Unsynced::Torn),
    ]
}

proptest! {
    #[test]
    fn a_power_cut_leaves_what_was_written_once(
        steps in proptest::collection::vec(step(), 1..12),
        cut in 1..120u64,
        unsynced in unsynced(),
    ) {
        // The same steps on a disk with power tell what was to be there.
        let (mut program, mut unharmed) = (Program::new(), Program::new());
        program.disk.cut_power_at(cut);
        let (mut before, mut after) = (unharmed.reads(), unharmed.reads());
        for step in &steps {
            before = after;
            unharmed.does(step).unwrap();
            after = unharmed.reads();
            if program.does(step).is_err() {
                break;
            }
            before.clone_from(&after);
        }
        program.disk.restart(unsynced);
        let read = program.reads();
        prop_assert!(
            read.is_between(&before, &after),
            "read {read:#?}\nbefore {before:#?}\nafter {after:#?}"
        );
    }
}

#[test]
fn a_line_that_failed_stays_the_last_and_is_forgiven() {
    let mut program = Program::new();
    program.does(&Step::Record(1)).unwrap();
    program.disk.fail_at(1);
    assert!(program.does(&Step::Record(2)).is_err());
    let error = program.does(&Step::Record(3)).unwrap_err().to_string();
    assert!(error.ends_with("an earlier line could not be written"), "{error}");
    assert_eq!(program.reads().journals.values().next().unwrap().len(), 1);
}

#[test]
fn a_change_that_fails_leaves_what_was_there() {
    let begun = || {
        let mut program = Program::new();
        program.does(&Step::Baseline(1)).unwrap();
        program
    };
    let mut unharmed = begun();
    let before = unharmed.disk.operations();
    unharmed.does(&Step::Baseline(2)).unwrap();
    for nth in 1..=unharmed.disk.operations() - before {
        let mut program = begun();
        program.disk.fail_at(nth);
        assert!(program.does(&Step::Baseline(2)).is_err(), "{nth}");
        let read = program.reads().baseline;
        assert!(read == baseline(1) || read == baseline(2), "{nth}: {read:?}");
    }
}
