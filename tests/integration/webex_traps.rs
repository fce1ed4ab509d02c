//! What Webex does against its own description, and what is only guessed of it, alone and in pairs, locks nobody
//! out: an organization is set up, changed, verified and left as it was, at once or when a command is run again.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use org_emulator::tenant::Traps;
use provision::config::Loaded;
use provision::engine::{Aim, Goal, Outcome, Removal, Report};

use provision::failure::Kind;

use crate::support::{Org, is_whole_proof};
use crate::webex::{alone, load, records};

/// So many worlds at once: each of them mostly waits.
const WORKERS: usize = 8;
/// So often a command is run: what fails once may pass, what fails for ever may not.
const RUNS: usize = 3;
/// Unless the whole proof is wanted, each trap is tried with so many of those that follow it.
const FOLLOWING: usize = 2;

/// A trap, and how it is set.
type Trap = (&'static str, fn(&mut Traps));

const TRAPS: [Trap; 11] = [
    ("silent_put", |traps| traps.silent_put = true),
    ("team_taken", |traps| traps.team_taken = true),
    ("mandatory_fields", |traps| traps.mandatory_fields = true),
    ("wrong_conflict", |traps| traps.wrong_conflict = true),
    ("work_item", |traps| traps.work_item = true),
    ("json_patch_500", |traps| traps.json_patch_500 = true),
    ("read_lag", |traps| traps.read_lag = 2),
    ("team_keeps_layout", |traps| traps.team_keeps_layout = true),
    ("lists_without_teams", |traps| traps.lists_without_teams = true),
    ("users_without_teams", |traps| traps.users_without_teams = true),
    ("nameless_organization", |traps| traps.nameless_organization = true),
];

/// Everything that is managed.
fn wanted(org: &Org, title: &str) -> String {
    let all = format!(
        "{}[webex.idle_codes]\nnames = [\"On a Salesforce call\"]\nmanage = true\n\
         [webex.variables]\nnames = [\"IsVip\"]\nmanage = true\n[webex.outdial]\nentry_point = \
         \"Outdial Entry Point\"\nani = \"Caller Numbers\"\nmanage = true\n",
        alone(org)
    );
    all.replace("outdial_ani = ", &format!("title = \"{title}\"\noutdial_ani = "))
}

/// Runs a command, by a client of its own as a process has it: so many requests a minute are allowed to each.
fn run(org: &mut Org, goal: (Goal, Aim<'_>), loaded: &Loaded) -> Report {
    org.webex = Some(org.webex_client("access_token"));
    org.run_loaded(goal, loaded)
}

/// Runs a command until it ends well; how often it had to be run.
fn until_end(what: &str, mut run: impl FnMut() -> Report) -> Result<usize, String> {
    let mut told = Vec::new();
    for number in 1..=RUNS {
        match run().failure {
            None => return Ok(number),
            Some(failure) => told.push(failure.message()),
        }
    }
    Err(format!("{what}: {}", told.join("\n-- again: ")))
}

/// Goes through a life of the connector; how many commands had to be run again.
fn through(traps: &Traps) -> Result<usize, String> {
    let mut org = Org::new().with_tenant();
    let before = records(&org);
    org.tenant().set_traps(traps.clone());
    let mut again = 0;
    for title in ["Webex", "Webex for Salesforce"] {
        let loaded = load(&wanted(&org, title));
        let apply = || run(&mut org, (Goal::Apply, Aim::Installed), &loaded);
        again += until_end("apply", apply)? - 1;
        let verified = run(&mut org, (Goal::Verify, Aim::Installed), &loaded);
        if verified.failure.is_some() || verified.outcome == Outcome::Differs {
            return Err(format!("verify: {:?} {:#?}", verified.outcome, verified.failure));
        }
    }
    let loaded = load(&wanted(&org, "Webex for Salesforce"));
    let removal = Aim::Removed(Removal::default());
    again += until_end("uninstall", || run(&mut org, (Goal::Apply, removal), &loaded))? - 1;
    org.tenant().set_traps(Traps::default());
    if records(&org) == before { Ok(again) } else { Err("it is not as it was".to_owned()) }
}

#[test]
fn no_trap_and_no_two_of_them_lock_anybody_out() {
    let mut worlds: Vec<Vec<Trap>> = Vec::new();
    for (at, first) in TRAPS.iter().enumerate() {
        worlds.push(vec![*first]);
        let most = if is_whole_proof() { TRAPS.len() } else { FOLLOWING };
        worlds.extend(TRAPS[at + 1..].iter().take(most).map(|second| vec![*first, *second]));
    }
    let next = AtomicUsize::new(0);
    let all: Mutex<(usize, Vec<String>)> = Mutex::default();
    let work = || {
        while let Some(set) = worlds.get(next.fetch_add(1, Ordering::SeqCst)) {
            let mut traps = Traps::default();
            for (_, set) in set {
                set(&mut traps);
            }
            let names: Vec<&str> = set.iter().map(|(name, _)| *name).collect();
            let end = through(&traps);
            let mut all = all.lock().expect("a lock");
            match end {
                Ok(again) => all.0 += again,
                Err(told) => all.1.push(format!("{}: {told}", names.join(" and "))),
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(work);
        }
    });
    let (again, wrong) = all.into_inner().expect("a lock");
    assert_eq!(again, 0, "each ends at once");
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), worlds.len(), wrong.join("\n"));
}

#[test]
fn a_layout_that_something_refers_to_is_told_with_it_and_goes_once_it_is_free() {
    let org = Org::new().with_tenant();
    let before = records(&org);
    let loaded = load(&alone(&org));
    let applied = org.run_loaded((Goal::Apply, Aim::Installed), &loaded);
    assert!(applied.failure.is_none(), "{:#?}", applied.failure);
    let after = records(&org);
    let layouts = after["desktop-layout"].as_array().expect("layouts");
    let ours = layouts.iter().find(|it| it["name"] == "Salesforce").expect("ours");
    let mut traps = Traps::default();
    traps.held.push(ours["id"].as_str().expect("an id").to_owned());
    org.tenant().set_traps(traps);
    let removal = Aim::Removed(Removal::default());
    let refused = org.run_loaded((Goal::Apply, removal), &loaded);
    let failure = refused.failure.expect("it is refused");
    assert!(failure.message().starts_with("\"Salesforce\": "), "{failure:?}");
    assert!(failure.message().contains("used by flow (used by Main flow)"), "{failure:?}");
    assert!(failure.advice()[0].starts_with("Free it there"), "{failure:?}");
    // What could be given back was.
    let teams = records(&org)["team"].clone();
    assert_eq!(teams, before["team"]);
    org.tenant().set_traps(Traps::default());
    let done = org.run_loaded((Goal::Apply, removal), &loaded);
    assert!(done.failure.is_none(), "{:#?}", done.failure);
    assert_eq!(records(&org), before);
}

/// The live refusal tells kinds alone: which records they are is asked for.
#[test]
fn what_refers_to_a_layout_is_asked_for_where_the_refusal_does_not_name_it() {
    let org = Org::new().with_tenant();
    let loaded = load(&alone(&org));
    let applied = org.run_loaded((Goal::Apply, Aim::Installed), &loaded);
    assert!(applied.failure.is_none(), "{:#?}", applied.failure);
    // Somebody has given it to another team.
    let id = |kind: &str, name: &str| {
        let all = org.tenant_json(&format!("v2/{kind}"));
        let found = all["data"].as_array().and_then(|all| all.iter().find(|it| it["name"] == name));
        found.and_then(|it| it["id"].as_str()).expect("a record").to_owned()
    };
    let teams = [id("team", "Support"), id("team", "Sales")];
    let layout = format!("desktop-layout/{}", id("desktop-layout", "Salesforce"));
    org.patch_tenant(&layout, &serde_json::json!({ "teamIds": teams }));
    let mut traps = Traps::default();
    traps.unnamed_references = true;
    org.tenant().set_traps(traps);
    let refused = org.run_loaded((Goal::Apply, Aim::Removed(Removal::default())), &loaded);
    let failure = refused.failure.expect("it is refused");
    assert!(failure.message().contains("(used by Sales)"), "{failure:?}");
}

#[test]
fn a_limit_that_is_used_up_is_told_once_and_the_way_on() {
    let org = Org::new().with_tenant();
    let mut traps = Traps::default();
    traps.requests_a_minute = Some(1);
    traps.retry_after = Some(1);
    org.tenant().set_traps(traps);
    let report = org.run_loaded((Goal::Apply, Aim::Installed), &load(&wanted(&org, "Webex")));
    let failure = report.failure.expect("a limit");
    assert_eq!(failure.kind, Kind::Unreachable, "{failure:?}");
    assert_eq!(failure.message().matches("Too many requests").count(), 1, "{failure:?}");
    assert!(failure.advice().iter().any(|hint| hint.contains("in a minute")), "{failure:?}");
    org.tenant().set_traps(Traps::default());
    let done = org.run_loaded((Goal::Apply, Aim::Installed), &load(&wanted(&org, "Webex")));
    assert!(done.failure.is_none(), "{:#?}", done.failure);
}
