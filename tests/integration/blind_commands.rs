//! The proof of [`blindness`](crate::blindness) for the program as people type it: what a command answers
//! where it sees all is what it answers where it does not, or it says what it did not see; and it never
//! plans more.

use std::collections::BTreeSet;
use std::fs;

use org_emulator::{Changes, Emulator, Seed};
use serde_json::Value;

use crate::blindness::{ERRORS, Odd, Proof, behind_proxy, copy_of};
use crate::desk::{Desk, Outcome};
use crate::support::{Org, demo, differences, everything, is_every_trouble, is_whole_proof};
use crate::version_2::demo_of_version_2;

/// What another run of the same command answers otherwise.
const VOLATILE: [&str; 10] = [
    "requests",
    "polls",
    "api_calls",
    "duration_ms",
    "run",
    "at",
    "instance_url",
    "saved",
    "taken",
    "replaced",
];

/// Words that tell of something unseen.
const TELLING: [&str; 16] = [
    "visible",
    "not seen",
    "not shown",
    "does not show",
    "does not tell",
    "does not say",
    "did not",
    "could not",
    "cannot",
    "nobody",
    "refuse",
    "may not",
    "lacks",
    "expired",
    "not looked",
    "skipped",
];

/// What no client can tell from the truth: an installation whose status nobody has heard of may still run,
/// a package may protect all of its custom metadata, a caller may have no softphone layout, or one that pops
/// nothing; a profile may have no users. An org that does not say what it is counts as production, and a package
/// without a name is called by its namespace; an org without Open CTI has no call centers, and one without
/// Omni-Channel no presence statuses; that the org does not say who is logged in is told.
const BELIEVED: [(&str, &str); 24] = [
    ("FROM PackageInstallRequest", "(\"Status\")"),
    ("listMetadata CustomMetadata", "Empty"),
    ("listMetadata CustomMetadata", "Null"),
    ("readMetadata CustomMetadata", "Empty"),
    ("readMetadata CustomMetadata", "(\""),
    ("describeSoftphoneLayout", "Empty"),
    ("describeSoftphoneLayout", "Null"),
    ("describeSoftphoneLayout", "MissingField"),
    ("describeSoftphoneLayout", "UnknownWord"),
    ("FROM ApexClass", "UnknownWord(\"Status\")"),
    ("FROM InstalledSubscriberPackage", "(\"SubscriberPackage.Name\")"),
    ("FROM PackageLicense", "Empty"),
    ("FROM AppDefinition", "(\"Label\")"),
    ("FROM FlexiPage", "Empty"),
    ("readMetadata FlexiPage", "(\"componentName\")"),
    ("FROM Organization", ""),
    ("/oauth2/userinfo", ""),
    ("FROM User WHERE Profile.Name IN", "Empty"),
    ("FROM CallCenter", "INVALID_TYPE"),
    ("AND CallCenterId NOT IN (SELECT", "Empty"),
    ("MasterLabel FROM ServicePresenceStatus", "INVALID_TYPE"),
    ("FROM User WHERE Username =", "Empty"),
    ("/composite/batch", "Error(40"),
    ("describeSoftphoneLayout", "INVALID_SESSION_ID"),
];

/// A command in a folder of its own.
#[derive(Clone, Copy)]
struct Command<'a> {
    words: &'a [&'a str],
    configuration: &'a str,
    /// A file beside the configuration.
    file: Option<(&'a str, &'a str)>,
    /// The file that it writes, which is a part of its answer.
    writes: Option<&'a str>,
}

fn answer(command: Command<'_>, behind: &Org) -> Outcome {
    let desk = Desk::of(behind);
    desk.write("provision.toml", command.configuration);
    if let Some((name, text)) = command.file {
        desk.write(name, text);
    }
    let state = copy_of(behind.state.path());
    fs::rename(state.path(), desk.folder().join("state")).expect("a state directory");
    let at = ["--instance-url", &behind.url, "--output", "json"];
    let mut outcome = desk.run(&[&at[..], command.words].concat());
    if let Some(name) = command.writes.filter(|name| desk.has(name)) {
        let mut document = outcome.json();
        let written = desk.read(name);
        let lines = written.lines().filter(|line| !line.starts_with("taken"));
        // By lines, so that what differs is told line by line.
        document["written"] = lines.map(|line| (line.to_owned(), Value::Bool(true))).collect();
        outcome.out = document.to_string();
    }
    outcome
}

/// A document without what every run has of its own.
fn settled(outcome: &Outcome) -> Value {
    fn settle(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.retain(|key, _| !VOLATILE.contains(&key.as_str()));
                fields.values_mut().for_each(settle);
            }
            Value::Array(values) => {
                values.iter_mut().for_each(settle);
                // What has an id is compared with its like.
                let id = |value: &Value| value["id"].as_str().map(str::to_owned);
                let ids: Option<Vec<String>> = values.iter().map(id).collect();
                if let Some(ids) = ids.filter(|ids| !ids.is_empty()) {
                    let named = ids.into_iter().zip(values.drain(..));
                    *value = Value::Object(named.collect());
                }
            }
            _ => {}
        }
    }
    // What is no document is taken line by line.
    let lines = || outcome.out.lines().map(Value::from).collect();
    let mut document = serde_json::from_str(&outcome.out).unwrap_or_else(|_| lines());
    settle(&mut document);
    document
}

/// Changes anywhere in a document: what they are about, and what would be there afterwards.
fn changes(document: &Value, into: &mut Vec<String>) {
    match document {
        Value::Object(fields) => {
            if let (Some(subject), Some(field), true) = (
                fields.get("subject"),
                fields.get("field"),
                fields.get("action").is_some_and(|it| it != "human"),
            ) {
                into.push(format!("{subject} {field} -> {}", fields["after"]));
            }
            fields.values().for_each(|value| changes(value, into));
        }
        Value::Array(values) => values.iter().for_each(|value| changes(value, into)),
        _ => {}
    }
}

fn telling(outcome: &Outcome) -> usize {
    let text = format!("{}{}", outcome.out, outcome.err).to_lowercase();
    TELLING.iter().map(|word| text.matches(word).count()).sum()
}

/// How often something is called so in one word.
fn not_seen(outcome: &Outcome) -> usize {
    outcome.out.matches("Not seen").count() + outcome.err.matches("Not seen").count()
}

/// What of that which Salesforce Voice needs could not be looked at.
fn unseen_of_voice(document: &Value) -> BTreeSet<&str> {
    let unseen = document["data"]["salesforce_voice"]["not_seen"].as_array();
    unseen.into_iter().flatten().filter_map(Value::as_str).collect()
}

fn judge(sighted: &Outcome, blind: &Outcome, odd: &Odd<'_>, wrong: &mut Vec<String>) -> bool {
    if blind.code == Some(70) || blind.code.is_none() || blind.err.contains("panicked") {
        wrong.push(format!("ends as a bug: {blind}"));
        return false;
    }
    let (known, found) = (settled(sighted), settled(blind));
    if odd.is_honest() || known == found {
        return false;
    }
    let (mut before, mut now) = (Vec::new(), Vec::new());
    changes(&known, &mut before);
    changes(&found, &mut now);
    for change in now.iter().filter(|change| !before.contains(change)) {
        wrong.push(format!("plans {change}"));
    }
    if odd.is_one_of(&BELIEVED) {
        return false;
    }
    let mut places = Vec::new();
    differences("", &known, &found, &mut places);
    // What was found is told; what was expected, other tests tell.
    for place in &mut places {
        if let Some((path, found)) = place
            .split_once(": ")
            .zip(place.rsplit_once(" was expected, "))
            .map(|(a, b)| (a.0, b.1))
        {
            *place = format!("{path}: {found}");
        }
    }
    if let (Some(known), Some(found)) =
        (known["data"]["checks"].as_object(), found["data"]["checks"].as_object())
    {
        // A check that finds otherwise says that nobody could tell.
        for (id, check) in known.iter().filter(|(_, check)| check["verdict"] != "unknown") {
            let now = found.get(id).unwrap_or(&Value::Null);
            // One that lists what there is says of each part whether it was shown.
            let lists = now["evidence"].to_string().contains("Not shown by the org");
            if now != check && now["verdict"] != "unknown" && !now.is_null() && !lists {
                let (words, verdict) = (&now["evidence"], &now["verdict"]);
                wrong.push(format!("{id}: {} is {verdict}: {words}", check["verdict"]));
            }
        }
    } else if found["failure"].is_null()
        && not_seen(blind) <= not_seen(sighted)
        && telling(blind) <= telling(sighted)
        && unseen_of_voice(&found).is_subset(&unseen_of_voice(&known))
    {
        wrong.push(format!("answers otherwise without saying why: {}", places.join("; ")));
    }
    true
}

fn proved(org: &Org, command: Command<'_>) {
    proved_of(org, command, 1);
}

/// The same of one odd answer of so many as of the others.
fn proved_of(org: &Org, command: Command<'_>, share: usize) {
    let run = |behind: &mut Org| answer(command, behind);
    let sighted = answer(command, org);
    assert!(matches!(sighted.code, Some(0 | 3)), "{sighted}");
    // Each starts the program: CI tries every third odd answer, and everyday runs fewer.
    let every = match (is_every_trouble(), is_whole_proof()) {
        (true, _) => 1,
        (false, true) => 3,
        (false, false) => 6,
    };
    let every = if is_every_trouble() { every } else { every * share };
    let what = command.words.join(" ");
    let proof = Proof { what: &what, every, errors: &ERRORS, leaves_out: &[] };
    proof.try_all(|| behind_proxy(org), run, judge);
}

fn of<'a>(words: &'a [&'a str], configuration: &'a str) -> Command<'a> {
    Command { words, configuration, file: None, writes: None }
}

fn applied(configuration: &str) -> Org {
    let org = Org::new();
    org.apply(configuration);
    org.apply(configuration);
    org
}

#[test]
fn what_only_looks_says_what_it_did_not_see() {
    let configuration = everything();
    let org = applied(&configuration);
    let command = |words| of(words, &configuration);
    proved(&org, command(&["status"]));
    proved(&org, command(&["todo"]));
    proved(&org, command(&["doctor"]));
    proved(&org, command(&["doctor", "--user", "alan.turing@northwind.example"]));
    proved(&org, command(&["init", "--from-org", "--stdout"]));
}

#[test]
fn what_is_planned_beside_an_installation_rests_on_nothing_unseen() {
    let configuration = everything();
    let org = applied(&configuration);
    let desk = Desk::of(&org);
    desk.write("provision.toml", &configuration);
    desk.run(&["--instance-url", &org.url, "snapshot", "save", "before.toml"]).exits(0);
    let snapshot = desk.read("before.toml");
    let other = configuration.replace("height = 600", "height = 620");
    assert_ne!(other, configuration);
    org.apply(&other);
    let command = |words, file| Command { file, ..of(words, &other) };
    let saved = Some(("before.toml", snapshot.as_str()));
    proved(&org, command(&["undo", "--plan"], None));
    proved(&org, command(&["snapshot", "diff", "before.toml"], saved));
    proved(&org, command(&["snapshot", "restore", "before.toml", "--plan"], saved));
    proved(&org, command(&["export", "files"], None));
    proved(&org, command(&["export", "files", "--changes"], None));
}

#[test]
fn files_hold_nothing_unseen() {
    let configuration = everything();
    let org = applied(&configuration);
    let desk = Desk::of(&org);
    desk.write("provision.toml", &configuration);
    let state = copy_of(org.state.path());
    fs::rename(state.path(), desk.folder().join("state")).expect("a state directory");
    desk.run(&["--instance-url", &org.url, "baseline", "export", "baseline.json"]).exits(0);
    let baseline = desk.read("baseline.json");
    let words = &["snapshot", "save", "now.toml"];
    proved(&org, Command { writes: Some("now.toml"), ..of(words, &configuration) });
    let words = &["baseline", "import", "baseline.json", "--replace"];
    let file = Some(("baseline.json", baseline.as_str()));
    proved(&org, Command { file, ..of(words, &configuration) });
}

#[test]
fn what_agents_are_given_rests_on_nothing_unseen() {
    let configuration = format!("{}\n[agent_access]\nmanage = true\napp = \"Support\"\n", demo());
    let changes = Changes::new()
        .utility_bar("Support_UtilityBar", ["console:history"])
        .app("Support", "Support_UtilityBar");
    let org = Org::with(Emulator::builder().seed(Seed::number(1).changes(changes)));
    proved_of(&org, of(&["plan"], &configuration), 3);
    org.apply(&configuration);
    org.apply(&configuration);
    proved_of(&org, of(&["verify"], &configuration), 3);
}

#[test]
fn version_2_rests_on_nothing_unseen() {
    let configuration = demo_of_version_2();
    let org = applied(&configuration);
    let command = |words| of(words, &configuration);
    proved(&org, command(&["plan"]));
    proved(&org, command(&["verify"]));
    proved(&org, command(&["uninstall", "--plan"]));
    let fresh = Org::new();
    proved(&fresh, command(&["plan"]));
    let configuration = demo();
    let first = applied(&configuration);
    let words = &["migrate", "--to", "webex-v2", "--plan"];
    proved(&first, of(words, &configuration));
}
