//! What no API does, done in a browser: the whole program with a real one, which has no window.

#![cfg(unix)]

mod run;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use org_emulator::Emulator;
use serde_json::{Value, json};

use crate::desk::{Desk, Outcome};
use crate::support::{Org, demo};

/// What the demo says of its softphone layout.
const DEFAULT: &str = "default = true\n";

/// A browser as `--browser` may name it: it writes down what it is started with. `None`, saying so,
/// where this machine has no Chromium.
#[expect(clippy::print_stdout, reason = "a test that skips says so")]
pub(crate) fn browser(desk: &Desk) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .flat_map(|folder| ["chromium", "google-chrome"].map(|name| folder.join(name)))
        .find(|path| path.is_file());
    let Some(found) = found else {
        let message = "no Chrome or Chromium here";
        assert!(std::env::var_os("PROVISION_REQUIRE_CLIENTS").is_none(), "{message}");
        println!("skipped: {message}");
        return None;
    };
    let log = desk.folder().join("started");
    let script = format!(
        "#!/bin/sh\nexport PATH='{}'\nprintf '%s\\n' \"$@\" >> '{}'\nenv >> '{}'\necho $$ >> '{}'\n\
         exec '{}' --headless --no-sandbox --disable-gpu \"$@\"\n",
        path.to_string_lossy(),
        log.display(),
        log.display(),
        desk.folder().join(PIDS).display(),
        found.display(),
    );
    let wrapper = desk.folder().join("browser.sh");
    fs::write(&wrapper, script).expect("a script");
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o700)).expect("it may be started");
    Some(wrapper)
}

/// The processes of the browsers that were started.
const PIDS: &str = "browsers";

/// Ends the browsers that a killed run has left, as a person closes their windows. Their numbers may have
/// become those of others: only who works in the desk's folder is ended.
pub(crate) fn close_all(desk: &Desk) {
    let pids = desk.folder().join(PIDS);
    let folder = desk.folder().to_string_lossy().into_owned();
    for pid in fs::read_to_string(&pids).unwrap_or_default().lines() {
        let words = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        if String::from_utf8_lossy(&words).contains(&folder) {
            let killed = std::process::Command::new("kill").args(["-9", pid]).status();
            killed.expect("kill is there");
        }
    }
    fs::remove_file(pids).ok();
}

fn org(pages: &Value) -> Org {
    let seed = json!({ "seed": 1, "setup_pages": pages });
    Org::from_file(&seed.to_string(), Emulator::builder())
}

fn run(desk: &Desk, org: &Org, arguments: &[&str]) -> Outcome {
    desk.run(&[["--instance-url", org.url.as_str()].as_slice(), arguments].concat())
}

fn item<'d>(document: &'d Value, id: &str) -> &'d Value {
    let items = document["items"].as_array().expect("items");
    items.iter().find(|item| item["id"] == id).expect("the item")
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let below = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    entries.flat_map(|entry| below(entry.path())).collect()
}

/// Neither the link that logs in, nor the token behind it, nor what forms bring along.
fn no_secret(desk: &Desk, org: &Org) {
    let token = crate::secrets::secret_half(&org.token);
    for path in files(desk.folder()) {
        let text = String::from_utf8_lossy(&fs::read(&path).expect("a file")).into_owned();
        for secret in [token, "otp=", "_CONFIRMATIONTOKEN", "PROVISION_ACCESS_TOKEN"] {
            assert!(!text.contains(secret), "{secret} is in {}", path.display());
        }
    }
}

#[test]
fn a_browser_makes_the_layout_and_takes_it_away_again() {
    let desk_org = org(&json!({}));
    let desk = Desk::of(&desk_org);
    let Some(browser) = browser(&desk) else { return };
    let browser = browser.to_str().expect("a path");
    desk.write("provision.toml", &demo());
    let first = ["apply", "--yes", "--browser", browser, "--output", "json", "--trace", "trace"];
    let document = run(&desk, &desk_org, &first).exits(0).json();
    let layout = item(&document, "softphone-layout");
    assert_eq!(layout["outcome"], "changed", "{document:#}");
    let left = document["items"].as_array().expect("items").iter();
    let left: Vec<&Value> =
        left.filter(|it| it["outcome"] == "needs-human").map(|it| &it["id"]).collect();
    assert_eq!(left, ["csp-allow-list"], "a browser leaves nothing else to a person");
    let world = desk_org.world();
    assert_eq!(world["softphone_layouts"]["Webex"]["is_default"], true);
    let document = run(&desk, &desk_org, &["verify", "--output", "json"]).exits(0).json();
    assert_eq!(item(&document, "softphone-layout")["outcome"], "already");
    // A second run starts no browser: there is nothing for it to do.
    let started = fs::metadata(desk.folder().join("started")).expect("it was started").len();
    run(&desk, &desk_org, &first).exits(0);
    assert_eq!(fs::metadata(desk.folder().join("started")).expect("the same").len(), started);

    let baseline = run(&desk, &desk_org, &["baseline", "show", "--all", "--output", "json"]);
    let baseline = baseline.exits(0).out.clone();
    assert!(baseline.contains("Standard Softphone Layout"), "{baseline}");
    let away =
        ["uninstall", "--yes-delete-data", &desk_org.id, "--no-export", "--browser", browser];
    let away = run(&desk, &desk_org, &away);
    away.exits(0);
    let layouts = desk_org.world()["softphone_layouts"].clone();
    assert_eq!(layouts["Webex"], Value::Null, "{away}");
    assert_eq!(layouts["Standard Softphone Layout"]["is_default"], true);
    no_secret(&desk, &desk_org);
}

/// The first thing that people type, at a terminal, with a browser: what was done in it can be read afterwards.
#[test]
fn the_demo_with_a_browser_leaves_a_person_nothing_but_the_allow_list() {
    let desk = Desk::new();
    let Some(browser) = browser(&desk) else { return };
    let browser = browser.to_str().expect("a path");
    let Some(shown) = desk.at_terminal(&["--org", "demo", "--yes", "--browser", browser]) else {
        return;
    };
    let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
    for done in ["Name: Webex", "press Save", "the list has \"Webex\", as the default"] {
        assert!(
            lines.iter().any(|line| line.contains('\u{2713}') && line.ends_with(done)),
            "{shown}"
        );
    }
    let verify = ["--org", "demo", "verify", "--output", "json"];
    let document = desk.run(&verify).exits(0).json();
    let left = document["items"].as_array().expect("items").iter();
    let left: Vec<&Value> =
        left.filter(|it| it["outcome"] == "needs-human").map(|it| &it["id"]).collect();
    assert_eq!(left, ["csp-allow-list"], "{document:#}");
    assert_eq!(item(&document, "softphone-layout")["outcome"], "already");
}

/// A layout that the administrator had under that name is changed and made the default; an uninstall gives
/// the default back and deletes nothing.
#[test]
fn a_layout_that_was_there_before_outlives_the_connector() {
    let desk_org = org(&json!({"introduction": false}));
    let desk = Desk::of(&desk_org);
    let Some(browser) = browser(&desk) else { return };
    let browser = browser.to_str().expect("a path");
    desk.write("provision.toml", &demo());
    desk_org.make_softphone_layouts(&json!([
        {"name": "Old", "is_default": true, "call_types": []},
        {"name": "Webex", "is_default": false, "call_types": [
            {"name": "Inbound", "info_fields": ["ANI"], "sections": [], "screen_pop_options": [
                {"match_type": "SingleMatch", "screen_pop_type": "PopToVisualforce",
                 "screen_pop_data": "Own_Page"}]}]},
    ]));
    let document =
        run(&desk, &desk_org, &["apply", "--yes", "--browser", browser, "--output", "json"]);
    let document = document.exits(0).json();
    assert_eq!(item(&document, "softphone-layout")["outcome"], "changed", "{document:#}");
    assert_eq!(desk_org.world()["softphone_layouts"]["Webex"]["is_default"], true);
    let baseline = run(&desk, &desk_org, &["baseline", "show", "--all", "--output", "json"]);
    let baseline = baseline.exits(0).out.clone();
    assert!(baseline.contains("Pop to Visualforce page Own_Page"), "{baseline}");

    let away =
        ["uninstall", "--yes-delete-data", &desk_org.id, "--no-export", "--browser", browser];
    let away = run(&desk, &desk_org, &away);
    away.exits(0);
    let layouts = desk_org.world()["softphone_layouts"].clone();
    assert_eq!(layouts["Old"]["is_default"], true, "{away}");
    assert_eq!(layouts["Webex"]["is_default"], false, "{away}");
    assert!(away.out.contains("existed before the connector and is kept"), "{away}");
    assert!(away.out.contains("Pop to Visualforce page Own_Page"), "{away}");
}

/// Where others would get our default, the layout is given to single profiles, and taken from them again.
#[test]
fn profiles_get_the_layout_by_assignment_and_give_it_back() {
    let desk_org = org(&json!({"introduction": false}));
    let desk = Desk::of(&desk_org);
    let Some(browser) = browser(&desk) else { return };
    let browser = browser.to_str().expect("a path");
    let table = "default = false\nprofiles = [\"System Administrator\"]\n";
    assert!(demo().contains(DEFAULT), "what is replaced");
    desk.write("provision.toml", &demo().replace(DEFAULT, table));
    let document =
        run(&desk, &desk_org, &["apply", "--yes", "--browser", browser, "--output", "json"]);
    let document = document.exits(0).json();
    assert_eq!(item(&document, "softphone-layout")["outcome"], "changed", "{document:#}");
    let document = run(&desk, &desk_org, &["verify", "--output", "json"]).json();
    assert_eq!(item(&document, "softphone-layout")["outcome"], "already", "{document:#}");
    let webex = desk_org.world()["softphone_layouts"]["Webex"].clone();
    assert_eq!(
        (&webex["is_default"], &webex["profiles"]),
        (&json!(false), &json!(["System Administrator"]))
    );
    let away =
        ["uninstall", "--yes-delete-data", &desk_org.id, "--no-export", "--browser", browser];
    let away = run(&desk, &desk_org, &away);
    away.exits(0);
    let layouts = desk_org.world()["softphone_layouts"].clone();
    assert_eq!(layouts["Webex"], Value::Null, "{away}");
    assert_eq!(layouts["Standard Softphone Layout"]["is_default"], true);
}

/// The administrator has another layout than the agents, and sees nothing of theirs.
#[test]
fn a_layout_of_agents_is_given_once() {
    let desk_org = org(&json!({"introduction": false}));
    let desk = Desk::of(&desk_org);
    let Some(browser) = browser(&desk) else { return };
    let browser = browser.to_str().expect("a path");
    let table = "default = false\nprofiles = [\"Standard User\"]\n";
    desk.write("provision.toml", &demo().replace(DEFAULT, table));
    let apply = ["apply", "--yes", "--browser", browser, "--output", "json"];
    let document = run(&desk, &desk_org, &apply).exits(0).json();
    assert_eq!(item(&document, "softphone-layout")["outcome"], "changed", "{document:#}");
    assert_eq!(
        desk_org.world()["softphone_layouts"]["Webex"]["profiles"],
        json!(["Standard User"])
    );
    // A second run starts no browser: nothing tells that anything is left.
    let started = fs::metadata(desk.folder().join("started")).expect("it was started").len();
    let document = run(&desk, &desk_org, &apply).exits(0).json();
    assert_eq!(item(&document, "softphone-layout")["outcome"], "already", "{document:#}");
    assert!(document.to_string().contains("was not checked"), "{document:#}");
    assert_eq!(fs::metadata(desk.folder().join("started")).expect("the same").len(), started);
    let away =
        ["uninstall", "--yes-delete-data", &desk_org.id, "--no-export", "--browser", browser];
    let away = run(&desk, &desk_org, &away);
    away.exits(0);
    assert_eq!(desk_org.world()["softphone_layouts"]["Webex"], Value::Null, "{away}");
}

/// No API tells what profiles have been assigned: what nobody recorded or confirmed is not done.
#[test]
fn a_profile_that_nobody_assigned_is_left_to_a_person() {
    let desk_org = org(&json!({}));
    let desk = Desk::of(&desk_org);
    desk_org.make_softphone_layouts(&crate::human::wanted());
    let naming = |profile: &str| {
        let table = format!("[softphone_layout]\nprofiles = [\"{profile}\"]\n");
        desk.write("provision.toml", &demo().replace("[softphone_layout]\n", &table));
    };
    let outcome = || {
        let document = run(&desk, &desk_org, &["verify", "--output", "json"]).json();
        item(&document, "softphone-layout")["outcome"].clone()
    };
    naming("Standard User");
    assert_eq!(outcome(), "needs-human");
    run(&desk, &desk_org, &["confirm", "softphone-layout"]).exits(0);
    assert_eq!(outcome(), "confirmed");
    naming("Standard Usr");
    let wrong = run(&desk, &desk_org, &["verify"]);
    assert!(wrong.err.contains("Did you mean \"Standard User\"?"), "{wrong}");
}

#[test]
fn a_page_that_nobody_expected_leaves_the_steps_to_the_person() {
    let desk_org = org(&json!({"surprise": "notice", "introduction": false}));
    let desk = Desk::of(&desk_org);
    let Some(browser) = browser(&desk) else { return };
    let browser = browser.to_str().expect("a path");
    desk.write("provision.toml", &demo());
    let before = desk_org.world()["softphone_layouts"].clone();
    let outcome = run(&desk, &desk_org, &["--yes", "--browser", browser]);
    outcome.exits(0);
    assert!(outcome.err.contains("something else covers it"), "{outcome}");
    assert!(outcome.out.contains("Choose New"), "{outcome}");
    assert_eq!(desk_org.world()["softphone_layouts"], before);
    let kept = files(&desk.state());
    let kept: Vec<&PathBuf> = kept
        .iter()
        .filter(|path| path.parent().is_some_and(|it| it.ends_with("browser")))
        .collect();
    let named = |name: &str| kept.iter().any(|path| path.ends_with(name));
    assert!(named("page.png") && named("page.json") && named("frame-1.html"), "{kept:?}");
    assert!(outcome.err.contains("browser"), "{outcome}");
    no_secret(&desk, &desk_org);
    // Whoever only wants it compared is asked for nothing and gets no browser.
    let verify = demo().replace("[softphone_layout]\n", "[softphone_layout]\napply = \"verify\"\n");
    desk.write("provision.toml", &verify);
    let started = fs::metadata(desk.folder().join("started")).expect("it was started").len();
    run(&desk, &desk_org, &["--yes", "--browser", browser]).exits(0);
    assert_eq!(fs::metadata(desk.folder().join("started")).expect("the same").len(), started);
    let missing = run(&desk, &desk_org, &["--yes", "--browser", "/nowhere/chrome"]);
    assert!(missing.exits(2).err.contains("There is no browser /nowhere/chrome"), "{missing}");
}
