//! Ctrl-C, a stopped service, a closed terminal: each ends a run in order, also while a file keeps it waiting.

#![cfg(unix)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use org_emulator::{Emulator, JobTime};
use rcgen::{CertificateParams, KeyPair};
use serde_json::json;

use crate::desk::{Desk, Outcome};
use crate::logins::administrator;
use crate::support::{Org, demo};

/// What people and systems send.
const SIGNALS: [&str; 3] = ["INT", "TERM", "HUP"];

/// Longer than a run takes to stop.
const ENDS_IN: Duration = Duration::from_secs(20);

fn send(signal: &str, child: &Child) {
    let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
    assert!(sent.expect("kill is there").success(), "{signal}");
}

/// Starts the program, whose streams are kept.
fn start(desk: &Desk, arguments: &[&str]) -> Child {
    let mut command = desk.command(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

/// Waits for something that soon comes true.
#[track_caller]
fn soon(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < ENDS_IN, "{what} takes too long");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[track_caller]
fn ends(mut child: Child) -> Outcome {
    soon("to stop", || child.try_wait().expect("a process").is_some());
    Outcome::of(child.wait_with_output().expect("its streams"))
}

/// An org in which an installation takes an hour, and a desk from which one has begun.
fn installing() -> (Org, Desk) {
    let hour = JobTime::Seconds(Duration::from_secs(3600));
    let org = Org::with(Emulator::builder().package_time(hour));
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    (org, desk)
}

fn has_begun(org: &Org) -> bool {
    let jobs = org.emulated.jobs();
    jobs["installs"].as_array().is_some_and(|installs| !installs.is_empty())
}

#[test]
fn each_signal_stops_a_run_and_says_what_goes_on_without_it() {
    for signal in SIGNALS {
        let (org, desk) = installing();
        let child = start(&desk, &["--instance-url", &org.url, "apply", "--yes"]);
        soon("to begin", || has_begun(&org));
        send(signal, &child);
        let ended = ends(child);
        assert_eq!(ended.code, Some(130), "{signal}: {ended}");
        assert!(
            ended.err.contains("Stopping. Press Ctrl-C again to quit at once"),
            "{signal}: {ended}"
        );
        // It is in the journal, and nobody has to clean up before the next run.
        let runs = desk.run(&["runs", "--output", "json"]).exits(0).json();
        assert_eq!(runs["data"][0]["outcome"], "interrupted", "{signal}: {runs:#}");
    }
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let (org, desk) = installing();
    let child = start(&desk, &["--instance-url", &org.url, "apply", "--yes"]);
    soon("to begin", || has_begun(&org));
    send("HUP", &child);
    send("TERM", &child);
    assert_eq!(ends(child).code, Some(130));
}

#[cfg(target_os = "linux")]
#[test]
fn whoever_wants_it_to_outlive_the_terminal_gets_that() {
    let (org, desk) = installing();
    let mut command = Command::new("sh");
    let line = "trap '' HUP; exec \"$0\" \"$@\"";
    let program = desk.command(&["--instance-url", &org.url, "apply", "--yes"]);
    command.args(["-c", line]).arg(program.get_program()).args(program.get_args());
    command.current_dir(desk.folder()).env_clear();
    for (name, value) in program.get_envs() {
        command.env(name, value.expect("a value"));
    }
    let streams = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = streams.spawn().expect("a shell");
    soon("to begin", || has_begun(&org));
    send("HUP", &child);
    std::thread::sleep(Duration::from_millis(400));
    assert!(child.try_wait().expect("a process").is_none(), "it goes on");
    send("TERM", &child);
    assert_eq!(ends(child).code, Some(130));
}

#[test]
fn a_configuration_that_never_comes_keeps_no_signal_from_it() {
    for signal in SIGNALS {
        let org = Org::new();
        let desk = Desk::of(&org);
        let pipe = desk.folder().join("provision.toml");
        assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
        let mut child = start(&desk, &["--instance-url", &org.url, "plan"]);
        std::thread::sleep(Duration::from_millis(300));
        assert!(child.try_wait().expect("a process").is_none(), "it waits for the file");
        send(signal, &child);
        let ended = ends(child);
        assert!(matches!(ended.code, None | Some(130)), "{signal}: {ended}");
    }
}

#[test]
fn a_key_that_never_comes_keeps_no_run_waiting() {
    let org = Org::new();
    let desk = Desk::new();
    let key = KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).expect("a key");
    let certificate = CertificateParams::default().self_signed(&key).expect("a certificate");
    let app = json!([{ "ConsumerKey": "3MVG9jwt", "Certificate": certificate.pem(),
        "ApprovedProfiles": ["System Administrator"] }]);
    org.put("connected-apps", &app);
    desk.write("provision.toml", &demo());
    desk.write("server.key", &key.serialize_pem());
    let name = &administrator(&org).username;
    let login = ["login", "uat", "--login-url", &org.url, "--vault", "none", "--username", name];
    desk.run(&[&login[..], &["--client-id", "3MVG9jwt", "--jwt-key", "server.key"]].concat())
        .exits(0);
    let pipe = desk.folder().join("server.key");
    fs::remove_file(&pipe).expect("the key");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    // Each run gets a token by it, in the midst of what else waits there: signals, too.
    let ended = ends(start(&desk, &["--org", "uat", "apply", "--yes"]));
    let told = ended.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("server.key cannot be used: it is not a file."), "{ended}");
    assert_eq!(ended.code, Some(4), "{ended}");
    let again = [&login[..], &["--client-id", "3MVG9jwt", "--jwt-key", "server.key"]].concat();
    let refused = ends(start(&desk, &again));
    assert!(refused.err.contains("`server.key` cannot be read"), "{refused}");
}

/// The locks below a folder.
fn locks(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|it| it.expect("an entry").path());
    let below = |path: PathBuf| if path.is_dir() { locks(&path) } else { vec![path] };
    let files = entries.flat_map(below);
    files.filter(|it| it.extension().is_some_and(|extension| extension == "lock")).collect()
}

#[test]
fn a_lock_that_somebody_holds_keeps_no_signal_from_it() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let at = ["--instance-url", org.url.as_str()];
    let confirm = [&at[..], &["confirm", "csp-allow-list"]].concat();
    desk.run(&confirm).exits(0);
    let locks = locks(&desk.state());
    assert!(!locks.is_empty(), "what is confirmed is written behind a lock");
    let held: Vec<File> = locks
        .iter()
        .map(|path| {
            let file = File::options().write(true).open(path).expect("a lock");
            file.lock().expect("it is free");
            file
        })
        .collect();
    for signal in SIGNALS {
        let mut child = start(&desk, &confirm);
        std::thread::sleep(Duration::from_millis(500));
        assert!(child.try_wait().expect("a process").is_none(), "it waits for the lock");
        send(signal, &child);
        let ended = ends(child);
        assert!(matches!(ended.code, None | Some(130)), "{signal}: {ended}");
    }
    drop(held);
    desk.run(&confirm).exits(0);
}
