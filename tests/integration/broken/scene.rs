//! An org and a Webex organization, the program beside them, and what a run of it leaves.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use org_emulator::tenant::TenantSnapshot;
use org_emulator::{Changes, Emulator, JobTime, OrgSnapshot, Seed};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::line::{Break, Line};
use crate::blindness::copy_of;
use crate::desk::Desk;
use crate::plain::{has_changed, names, plain};
use crate::support::Org;
use crate::webex;

/// The org, the same in every scene.
const ID: &str = "00DNxJ7C0000001MFA";

/// What is wanted.
const CONFIGURATION: &str = "provision.toml";

/// Where what is there of Version 2 is written down.
pub(crate) const OF_VERSION_2: &str = "v2.toml";

/// Where an uninstall is told to export to.
pub(crate) const EXPORT: &str = "data";

/// So many tasks have values in the package's fields, more than fit on a page.
const TASKS: usize = 2_100;

/// After so long a run hangs, on a machine with other work to do, too.
const HANGS: Duration = Duration::from_secs(300);

/// One of the two services that a run talks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    Salesforce,
    Webex,
}

/// What goes wrong in a run.
#[derive(Debug, Clone)]
pub(crate) enum Trouble {
    /// The program is killed at that request.
    KillAt(Half, usize, Break),
    /// The line breaks at that request.
    Line(Half, usize, Break),
    /// As `PROVISION_TEST_DISK` has it: `kill@17`.
    Disk(String),
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// None where it was killed.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
    /// What it asked of both services.
    pub(crate) requests: [Vec<String>; 2],
}

/// Both services with a line to each, and a desk from which they are set up.
pub(crate) struct Scene {
    org: Org,
    lines: [Line; 2],
    desk: Desk,
}

/// Where a run begins.
pub(crate) struct Beginning {
    org: OrgSnapshot,
    tenant: TenantSnapshot,
    state: TempDir,
    configuration: String,
}

/// What there is after a run, without what differs from one run to the next.
#[derive(Debug, PartialEq)]
pub(crate) struct Left {
    pub(crate) worlds: Value,
    /// How many installations and uninstalls there were, and deploys that changed nothing any more.
    pub(crate) jobs: [usize; 3],
    pub(crate) baselines: Value,
    /// What says that an uninstall is not through.
    pub(crate) unfinished: bool,
    /// What was exported; a table that a disturbed run had exported before stays beside it.
    pub(crate) exported: BTreeMap<String, String>,
}

impl Left {
    /// What another has less or more, in short.
    pub(crate) fn difference(&self, other: &Self) -> String {
        let lines = |left: &Self| -> Vec<String> {
            format!("{left:#?}").lines().map(|line| line.trim().to_owned()).collect()
        };
        let (expected, found) = (lines(self), lines(other));
        let missing = expected.iter().filter(|it| !found.contains(it)).map(|it| format!("-{it}"));
        let more = found.iter().filter(|it| !expected.contains(it)).map(|it| format!("+{it}"));
        let mut all: Vec<String> = missing.chain(more).take(20).collect();
        if all.is_empty() {
            // The same lines, in another order or more often.
            let first = expected.iter().zip(&found).position(|(one, other)| one != other);
            let from = first.unwrap_or(expected.len().min(found.len())).saturating_sub(30);
            let around = |lines: &[String]| lines.iter().skip(from).take(45).cloned().collect();
            let (one, other): (Vec<String>, Vec<String>) = (around(&expected), around(&found));
            all = vec![format!("expected {one:#?}\nfound {other:#?}")];
        }
        format!("jobs {:?} instead of {:?}\n{}", other.jobs, self.jobs, all.join("\n"))
    }
}

impl Scene {
    /// Services that nobody has set up, whose jobs are still running when they were accepted.
    pub(crate) fn new() -> Self {
        Self::with(JobTime::Polls(1))
    }

    /// Services that nobody has set up, whose jobs take that long.
    pub(crate) fn with(time: JobTime) -> Self {
        let builder = Emulator::builder()
            .seed(Seed::default().organization("Id", ID))
            .package_time(time)
            .deploy_time(time);
        let org = Org::with(builder).with_tenant();
        let lines = [Line::in_place_of(&org.url), Line::to(org.tenant().url())];
        let desk = Desk::of(&org);
        desk.write(CONFIGURATION, &configuration(&org));
        desk.write("layout.json", &webex::layout());
        fs::create_dir(desk.state()).expect("a state directory");
        Self { org, lines, desk }
    }

    /// Where this scene is now.
    pub(crate) fn now(&self) -> Beginning {
        Beginning {
            org: self.org.emulated.snapshot(),
            tenant: self.org.tenant().snapshot(),
            state: copy_of(&self.desk.state()),
            configuration: self.desk.read(CONFIGURATION),
        }
    }

    /// Goes back there.
    pub(crate) fn begin(&self, at: &Beginning) {
        self.org.emulated.restore(&at.org).expect("the org goes back");
        self.org.tenant().restore(&at.tenant);
        fs::remove_dir_all(self.desk.state()).expect("the state directory");
        let state = copy_of(at.state.path()).keep();
        fs::rename(state, self.desk.state()).expect("another state directory");
        self.desk.write(CONFIGURATION, &at.configuration);
        fs::remove_dir_all(self.desk.folder().join(EXPORT)).ok();
        fs::remove_file(self.desk.folder().join(OF_VERSION_2)).ok();
    }

    /// Runs the program.
    pub(crate) fn run(&self, command: &[&str], troubles: &[Trouble]) -> Ended {
        let [org, tenant] = &self.lines;
        let (tell, told) = channel();
        let mut disk = None;
        for line in &self.lines {
            line.mend();
        }
        let line = |half: &Half| if *half == Half::Salesforce { org } else { tenant };
        for trouble in troubles {
            match trouble {
                Trouble::KillAt(half, number, how) => {
                    line(half).break_at(*number, *how, Some(tell.clone()));
                }
                Trouble::Line(half, number, how) => line(half).break_at(*number, *how, None),
                Trouble::Disk(text) => disk = Some(text),
            }
        }
        let arguments = [&["--instance-url", org.url.as_str()], command].concat();
        let mut command = self.desk.command(&arguments);
        let announced = self.org.tenant().announcement();
        let token = announced["access_token"].as_str().expect("a token");
        command.env("PROVISION_WEBEX_ACCESS_TOKEN", token).env("PROVISION_WEBEX_URL", &tenant.url);
        if let Some(disk) = disk {
            command.env("PROVISION_TEST_DISK", disk);
        }
        command.env("TMPDIR", self.desk.folder());
        command.env("PROVISION_TEST_DISK_LOG", self.desk.folder().join("disk.log"));
        fs::remove_file(self.desk.folder().join("disk.log")).ok();
        let [out, err] = ["out", "err"].map(|name| self.desk.folder().join(name));
        let file = |path: &Path| Stdio::from(fs::File::create(path).expect("a file"));
        let mut child =
            command.stdout(file(&out)).stderr(file(&err)).spawn().expect("the program starts");
        let begun = Instant::now();
        let status = loop {
            match told.recv_timeout(Duration::from_millis(3)) {
                Ok(()) => {
                    child.kill().expect("it can be killed");
                    break child.wait().expect("it ends");
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => unreachable!("this thread has a sender"),
            }
            if let Some(status) = child.try_wait().expect("a process") {
                break status;
            }
            if begun.elapsed() > HANGS {
                child.kill().expect("it can be killed");
                child.wait().expect("it ends");
            }
            assert!(begun.elapsed() < HANGS, "{troubles:?}: it hangs\n{}", read(&err));
        };
        #[cfg(unix)]
        crate::setup_browser::close_all(&self.desk);
        self.lines.iter().for_each(Line::settle);
        let requests = self.lines.each_ref().map(Line::mend);
        Ended { code: status.code(), out: read(&out), err: read(&err), requests }
    }

    /// The file operations of the last run: `rename …/baseline.json`.
    pub(crate) fn disk_operations(&self) -> Vec<String> {
        read(&self.desk.folder().join("disk.log")).lines().map(str::to_owned).collect()
    }

    /// Configures the same with other words in the place of some.
    pub(crate) fn configure(&self, from: &str, to: &str) {
        let text = self.desk.read(CONFIGURATION);
        assert!(text.contains(from), "{text}");
        self.desk.write(CONFIGURATION, &text.replace(from, to));
    }

    /// Takes away what this machine knows of earlier runs; what they recorded for an uninstall stays.
    pub(crate) fn forget_runs(&self) {
        for place in ["orgs", "tenants"] {
            let folder = fs::read_dir(self.desk.state().join(place)).expect("a folder");
            for entry in folder {
                let runs = entry.expect("an entry").path().join("runs");
                fs::remove_dir_all(&runs).expect("runs to forget");
            }
        }
    }

    /// The org's id, which an uninstall has to name.
    pub(crate) fn id(&self) -> &str {
        &self.org.id
    }

    /// What there is now.
    pub(crate) fn left(&self) -> Left {
        let jobs = self.org.emulated.jobs();
        let count = |kind: &str| jobs[kind].as_array().expect("jobs").len();
        let idle = self.deploys().filter(|deploy| !has_changed(deploy)).count();
        let records = self.tenant_records();
        let names = names(&records);
        let mut worlds = json!({ "org": self.org.emulated.world(), "tenant": records });
        plain(&mut worlds, &names);
        // Records of a kind are made at once, in whatever order.
        let kinds = worlds["tenant"].as_object_mut().expect("kinds").values_mut();
        for list in kinds.filter_map(Value::as_array_mut) {
            list.sort_by_key(ToString::to_string);
        }
        let state = self.desk.state();
        let tenant = self.org.tenant().announcement();
        let tenant = state.join("tenants").join(tenant["organization_id"].as_str().expect("an id"));
        let org = state.join("orgs").join(&self.org.id);
        let baseline = |folder: &Path| {
            let text = fs::read_to_string(folder.join("baseline.json")).ok();
            let document = text.map(|text| serde_json::from_str::<Value>(&text).expect("JSON"));
            let mut entries = document.map_or(json!([]), |mut it| it["data"]["entries"].take());
            plain(&mut entries, &names);
            let entries = entries.as_array_mut().expect("entries");
            entries.sort_by_key(ToString::to_string);
            json!(entries)
        };
        Left {
            worlds,
            jobs: [count("installs"), count("uninstalls"), idle],
            baselines: json!([baseline(&org), baseline(&tenant)]),
            unfinished: [org, tenant].iter().any(|it| it.join("unfinished.json").exists()),
            exported: self.exported(),
        }
    }

    fn exported(&self) -> BTreeMap<String, String> {
        let files = fs::read_dir(self.desk.folder().join(EXPORT)).into_iter().flatten().flatten();
        let files = files.map(|it| (it.file_name().to_string_lossy().into_owned(), it.path()));
        let is_older =
            |name: &str| name.rsplit_once(".csv.").is_some_and(|(_, it)| it.parse::<u32>().is_ok());
        files.filter(|(name, _)| !is_older(name)).map(|(name, path)| (name, read(&path))).collect()
    }

    /// People have worked with the connector.
    pub(crate) fn work(&self) {
        self.org.emulated.change(&Changes::new().tasks(TASKS)).expect("people work");
    }

    /// Has a browser at hand, as `./browser.sh`; whether this machine has any.
    #[cfg(unix)]
    pub(crate) fn has_browser(&self) -> bool {
        crate::setup_browser::browser(&self.desk).is_some()
    }

    /// The deploys that went through.
    pub(crate) fn deploys(&self) -> impl Iterator<Item = Value> {
        let mut jobs = self.org.emulated.jobs();
        let Value::Array(deploys) = jobs["deploys"].take() else { unreachable!("{jobs}") };
        deploys.into_iter().filter(|deploy| deploy["status"] == "Succeeded")
    }

    fn tenant_records(&self) -> Value {
        let url = format!("{}/_tenant/records", self.org.tenant().url());
        crate::support::wait(async {
            let answer =
                crate::support::loopback_client().get(url).send().await.expect("an answer");
            answer.json().await.expect("JSON")
        })
    }
}

/// The demo's configuration with everything switched on that it leaves out, for both halves.
fn configuration(org: &Org) -> String {
    format!(
        "{}[webex.idle_codes]\nnames = [\"On a Salesforce call\"]\nmanage = true\n\
         [webex.variables]\nnames = [\"IsVip\"]\nmanage = true\n[webex.outdial]\nentry_point = \
         \"Outdial Entry Point\"\nani = \"Caller Numbers\"\nmanage = true\n\
         [webex.recording_rights]\nuser_profiles = [\"Recording Supervisors\"]\n\
         [call_center.omni_sync]\nenabled = true\npresence_status = \"Busy\"\n[omni_sync]\n\
         presence_statuses = [\"Available\", \"Обед (Lunch)\"]\n[permission_sets]\nassign = \
         [\"Call Recording Review\", \"Record_View\"]\n",
        webex::both(org)
    )
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}
