//! `doctor` over both halves, as a person starts it.

use crate::desk::Desk;

/// Every check with its verdict.
fn checks(desk: &Desk, arguments: &[&str]) -> Vec<(String, String)> {
    let mut all = vec!["--org", "demo", "doctor", "--output", "json"];
    all.extend(arguments);
    let document = desk.run(&all).json();
    let of_user = document["data"]["user"]["checks"].as_array().cloned().unwrap_or_default();
    let all = document["data"]["checks"].as_array().expect("checks").iter().chain(&of_user);
    let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    all.map(|check| (text(&check["id"]), text(&check["verdict"]))).collect()
}

fn verdict<'a>(checks: &'a [(String, String)], id: &str) -> &'a str {
    &checks.iter().find(|(known, _)| known == id).expect(id).1
}

#[test]
fn both_halves_are_examined_before_and_after() {
    let desk = Desk::new();
    let user = ["--user", "Alan Turing"];
    let both = |user: &[&str]| [checks(&desk, &[]), checks(&desk, user)].concat();
    let before = both(&user);
    for (id, health) in [
        ("webex-login", "ok"),
        ("desktop-layout", "warning"),
        ("teams", "warning"),
        ("user-webex", "ok"),
        ("user-webex-team", "problem"),
        ("user-webex-outdial", "ok"),
        ("user-webex-voice", "ok"),
        // The configuration gives them to others.
        ("user-webex-recording", "ok"),
    ] {
        assert_eq!(verdict(&before, id), health, "{id}");
    }
    desk.run(&["--org", "demo", "--yes"]).exits(0);
    let after = both(&user);
    for id in ["desktop-layout", "teams", "idle-codes", "variables", "user-webex-team"] {
        assert_eq!(verdict(&after, id), "ok", "{id}");
    }
    assert!(!checks(&desk, &[]).iter().any(|(id, _)| id.starts_with("user-")));
}
