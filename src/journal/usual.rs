//! How long a step usually takes, as earlier runs' journals tell.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Deserialize;

use super::files::Files;
use super::org_store::RUNS;
use super::run_log::FILE;
use super::{OrgStore, Store, document};

/// So many of the latest runs are read at most.
const RUNS_READ: usize = 8;
/// So many times are enough to tell what is usual.
const ENOUGH: usize = 5;
/// How the line of a plan goes on after its moment: it tells every change, which nobody asks for here.
const PLAN: &[u8] = br#""entry":"planned""#;
/// The request that installs a package; whatever else a package's step begins with takes one out.
const INSTALLS: &str = "PackageInstallRequest";

/// As much of a journal's line as tells when a step began and ended.
#[derive(Deserialize)]
struct Line {
    at: Timestamp,
    entry: String,
    wave: Option<String>,
    request: Option<String>,
    instance_url: Option<String>,
}

/// A step that a run has brought to its end.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    wave: String,
    /// Whether it installs a package.
    installs: bool,
    ms: u64,
}

impl Store {
    /// How long a wave usually takes in an org: the median of its latest runs. Where it had none, that of
    /// the runs in other orgs, emulated ones left out. `None` where nothing tells it; no trouble with a
    /// journal is worth a word here.
    pub fn usual_ms(&self, org: &OrgStore, wave: &str, installs: bool) -> Option<u64> {
        let is_it =
            |step: &Step| step.wave == wave && (wave != "package" || step.installs == installs);
        let own = self.files.folders(&org.folder.join(RUNS)).unwrap_or_default();
        median(&times(&self.files, own, true, &is_it)).or_else(|| {
            let all = self.files.folders(&self.orgs()).unwrap_or_default();
            let others = all.iter().filter(|folder| **folder != org.folder);
            let runs = others
                .flat_map(|folder| self.files.folders(&folder.join(RUNS)).unwrap_or_default());
            median(&times(&self.files, runs.collect(), false, &is_it))
        })
    }
}

/// How long such steps took in the latest of these runs.
fn times(
    files: &Files,
    mut runs: Vec<PathBuf>,
    emulated_too: bool,
    is_it: &dyn Fn(&Step) -> bool,
) -> Vec<u64> {
    // Ids are made of time, so that their order is the order of the runs.
    runs.sort_by(|one, other| other.file_name().cmp(&one.file_name()));
    let steps = runs.iter().take(RUNS_READ).flat_map(|run| steps(files, run, emulated_too));
    steps.filter(is_it).map(|step| step.ms).take(ENOUGH).collect()
}

/// The steps of a run that came to their end; none of a journal that cannot be read.
fn steps(files: &Files, run: &Path, emulated_too: bool) -> Vec<Step> {
    let mut begun: Option<(Timestamp, String, bool)> = None;
    let mut steps = Vec::new();
    let is_plan = |line: &[u8]| line.windows(PLAN.len()).any(|part| part == PLAN);
    for line in files.lines(&run.join(FILE), is_plan) {
        let read = document::read_line(&line);
        let Some(line) = read.and_then(|line| serde_json::from_slice::<Line>(&line).ok()) else {
            continue;
        };
        // An org without encryption is one on this machine.
        if !emulated_too && line.instance_url.is_some_and(|url| url.starts_with("http://")) {
            return Vec::new();
        }
        match (line.entry.as_str(), line.wave, line.request) {
            // Whatever else a step asks for belongs to what it began with.
            ("attempt", Some(wave), Some(request))
                if begun.as_ref().is_none_or(|(_, known, _)| *known != wave) =>
            {
                begun = Some((line.at, wave, request == INSTALLS));
            }
            ("done", Some(wave), _) => {
                let ended = begun.take().filter(|(_, known, _)| *known == wave);
                steps.extend(ended.map(|(at, wave, installs)| {
                    let ms = line.at.duration_since(at).as_millis();
                    Step { wave, installs, ms: ms.try_into().unwrap_or(0) }
                }));
            }
            ("failed", ..) => begun = None,
            _ => {}
        }
    }
    steps
}

/// The middle one of some times.
fn median(times: &[u64]) -> Option<u64> {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Changes, Entry, RunHead};
    use crate::model::{OrgId, OrgKind, Organization};

    fn at(second: i64) -> Timestamp {
        Timestamp::new(1_795_352_400 + second, 0).unwrap()
    }

    fn org(number: u32, url: &str) -> Organization {
        Organization {
            id: OrgId::parse(&format!("00D00000000000{number}AAA")).unwrap(),
            name: "Acme".to_owned(),
            kind: OrgKind::Sandbox,
            instance_url: url.to_owned(),
        }
    }

    /// A run with a package's step and a deploy of that many seconds each, the deploy in two requests.
    fn run(store: &Store, org: &Organization, id: &str, request: &str, seconds: i64) {
        let head = RunHead {
            alias: None,
            at: at(0),
            command: "apply",
            organization: Some(org),
            tenant: None,
            undoes: None,
            continues: None,
            configuration: "c",
        };
        let mut log = store.org(&org.id).begin(id, &head).unwrap();
        let attempt = |wave: &str, request: &str| Entry::Attempt {
            wave: wave.to_owned(),
            request: request.to_owned(),
            changes: Changes::of([1]),
        };
        let done =
            |wave: &str| Entry::Done { wave: wave.to_owned(), made: 1, rejected: Vec::new() };
        log.record(at(1), attempt("package", request)).unwrap();
        log.record(at(1 + seconds), done("package")).unwrap();
        log.record(at(100), attempt("deploy", "deploy CallCenter")).unwrap();
        log.record(at(101), attempt("deploy", "deploy again")).unwrap();
        log.record(at(100 + seconds), done("deploy")).unwrap();
        log.record(at(200), attempt("records", "composite")).unwrap();
        let failed = Entry::Failed {
            wave: "records".to_owned(),
            made: 0,
            message: "no".to_owned(),
            rejected: Vec::new(),
        };
        log.record(at(201), failed).unwrap();
        log.record(at(202), done("records")).unwrap();
    }

    #[test]
    fn the_median_of_an_orgs_own_runs_counts_before_that_of_others() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        let (own, other) = (org(1, "https://a.example"), org(2, "https://b.example"));
        let usual = |org: &Organization, wave: &str, installs| {
            store.usual_ms(&store.org(&org.id), wave, installs)
        };
        assert_eq!(usual(&own, "deploy", true), None);
        run(&store, &org(3, "http://127.0.0.1:1"), "00", INSTALLS, 1);
        assert_eq!(usual(&own, "deploy", true), None, "an emulated org tells nothing of another");
        run(&store, &other, "01", INSTALLS, 30);
        assert_eq!(usual(&own, "package", true), Some(30_000));
        assert_eq!(usual(&own, "package", false), None, "nothing was uninstalled");
        for (id, seconds) in [("02", 2), ("03", 9), ("04", 4)] {
            run(&store, &own, id, INSTALLS, seconds);
        }
        run(&store, &own, "05", "SubscriberPackageVersionUninstallRequest", 50);
        assert_eq!(usual(&own, "package", true), Some(4_000));
        assert_eq!(usual(&own, "package", false), Some(50_000));
        assert_eq!(usual(&own, "deploy", true), Some(9_000));
        assert_eq!(usual(&own, "records", true), None, "what failed tells nothing");
    }

    #[test]
    fn a_damaged_journal_tells_nothing_and_stops_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        let own = org(1, "https://a.example");
        run(&store, &own, "01", INSTALLS, 3);
        let damaged = store.org(&own.id).run_folder("02");
        std::fs::create_dir_all(&damaged).unwrap();
        std::fs::write(damaged.join(FILE), b"\xff\n{}\n").unwrap();
        assert_eq!(store.usual_ms(&store.org(&own.id), "deploy", true), Some(3_000));
    }
}
