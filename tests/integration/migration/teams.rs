//! The desktop layouts of teams whose agents move.

use serde_json::{Value, json};

use crate::desk::{Desk, Outcome};
use crate::rewriting_proxy::{Rewrite, RewritingProxy};
use crate::support::Org;
use crate::webex;

/// The demo, whose Webex organization has agents of the same e-mail addresses.
fn with_version_1() -> Desk {
    let desk = Desk::new();
    demo(&desk, &["--yes"]).exits(0);
    desk
}

fn demo(desk: &Desk, arguments: &[&str]) -> Outcome {
    desk.run(&[&["--org", "demo"], arguments].concat())
}

fn forth(desk: &Desk, arguments: &[&str]) -> Outcome {
    demo(desk, &[&["--yes", "migrate", "--to", "webex-v2"], arguments].concat())
}

fn readiness(desk: &Desk, to: &str, arguments: &[&str]) -> Value {
    let plan = ["migrate", "--to", to, "--plan", "--output", "json"];
    demo(desk, &[&plan, arguments].concat()).exits(0).json()["data"]["readiness"].take()
}

/// Which teams have the connector in their layouts.
fn connected(desk: &Desk) -> Vec<String> {
    let document = demo(desk, &["status", "--output", "json"]).exits(0).json();
    let layouts = document["data"]["webex"]["desktop_layouts"].as_array().expect("layouts");
    let of = |layout: &Value| {
        let teams = layout["teams"].as_array().expect("teams").iter();
        teams.map(|it| it.as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    let mut teams: Vec<String> = layouts.iter().flat_map(of).collect();
    teams.sort();
    teams
}

#[test]
fn a_team_gets_its_former_layout_back_once_its_last_agent_has_moved() {
    let desk = with_version_1();
    assert_eq!(connected(&desk), ["Billing", "Support"]);
    let few = readiness(&desk, "webex-v2", &["--users", "1"]);
    assert_eq!(few["teams"]["given_back"], json!([]), "{few:#}");
    let kept = few["teams"]["keeping"].as_array().expect("teams");
    assert_eq!(kept.len(), 2, "{few:#}");
    forth(&desk, &["--users", "1"]).exits(0);
    assert_eq!(connected(&desk), ["Billing", "Support"]);

    // Two agents of Support are in no call center.
    let last = forth(&desk, &[]);
    let users = last.exits(0).err.find("Call center users: 10 of 10 users").expect("users move");
    let teams = last.err.find("Teams: changing \"Billing\"").expect("a team changes");
    assert!(users < teams, "{last}");
    assert!(last.err.contains("Team Support keeps the connector's desktop layout"), "{last}");
    assert_eq!(connected(&desk), ["Support"]);
    let again = readiness(&desk, "webex-v2", &[]);
    assert_eq!(again["teams"]["given_back"], json!([]), "{again:#}");

    // Whoever moves back finds it there before.
    let back = demo(&desk, &["--yes", "migrate", "--to", "webex-v1"]);
    let teams = back.exits(0).err.find("Teams: changing \"Billing\"").expect("a team changes");
    let users = back.err.find("Call center users: 11 of 11 users").expect("users move");
    assert!(teams < users, "{back}");
    assert_eq!(connected(&desk), ["Billing", "Support"]);
}

#[test]
fn a_selection_leaves_the_teams_alone() {
    let desk = with_version_1();
    forth(&desk, &["--skip", "teams"]).exits(0);
    assert_eq!(connected(&desk), ["Billing", "Support"]);
}

/// What keeps the teams from being seen keeps nobody from moving, and is told on both ways.
#[test]
fn teams_that_cannot_be_seen_are_told_of_on_both_ways() {
    let org = Org::new().with_tenant();
    let proxy = RewritingProxy::to(org.tenant().url());
    let desk = Desk::of(&org);
    desk.write("provision.toml", &webex::both(&org));
    desk.write("layout.json", &webex::layout());
    let token = org.tenant().announcement()["access_token"].as_str().expect("a token").to_owned();
    let run = |arguments: &[&str]| {
        let mut command =
            desk.command(&[&["--instance-url", &org.url, "--yes"], arguments].concat());
        command.env("PROVISION_WEBEX_ACCESS_TOKEN", &token).env("PROVISION_WEBEX_URL", &proxy.url);
        Outcome::of(command.output().expect("the program starts"))
    };
    run(&[]).exits(0);
    proxy.rewrite_all("desktop-layout", &Rewrite::Error(500, "down"));
    for (to, advice) in [
        ("webex-v2", "give a team its former one back once its last agent has moved"),
        ("webex-v1", "apply the configuration of Version 1 to give it to their team"),
    ] {
        let moved = run(&["migrate", "--to", to]);
        let told = moved.exits(0).err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains("Desktop layouts of teams stay. Webex does not show"), "{moved}");
        assert!(told.contains(advice), "{moved}");
    }
    assert!(proxy.leave() > 1);
}
