//! Check users: what agents get is looked at with their own logins.

use org_emulator::AnnouncedUser;
use serde_json::{Value, json};

use crate::desk::{Desk, Outcome};
use crate::human::wanted;
use crate::logins::{administrator, run};
use crate::secrets::{Search, secret_half};
use crate::support::{Org, demo};

/// A desk whose configuration names these check users, with the administrator logged in as `uat`.
fn desk(org: &Org, aliases: &[&str]) -> Desk {
    let desk = Desk::new();
    let line = format!(
        "name = \"Webex\"\ndefault = true\ncheck_users = {aliases:?}\n\n[softphone_layout.inbound]"
    );
    let wanted = "name = \"Webex\"\ndefault = true\n\n[softphone_layout.inbound]";
    desk.write("provision.toml", &demo().replace(wanted, &line));
    log_in(&desk, "uat", org, administrator(org));
    desk
}

fn log_in(desk: &Desk, alias: &str, org: &Org, user: &AnnouncedUser) {
    let line = format!("login {alias} --login-url {} --access-token-stdin --vault file", org.url);
    let token = user.access_token.as_deref().expect("a token");
    run(desk, &line, &format!("{token}\n"), &[]).exits(0);
}

/// Somebody of that profile who is active and has a token.
fn of_profile<'o>(org: &'o Org, profile: &str) -> &'o AnnouncedUser {
    let mut users = org.announcement.orgs[0].users.iter();
    let found =
        users.find(|it| it.profile.as_deref() == Some(profile) && it.access_token.is_some());
    found.expect("a user of the profile")
}

/// What an item says in a JSON document.
fn item(outcome: &Outcome) -> Value {
    let document = outcome.json();
    let items = document["items"].as_array().expect("items");
    items.iter().find(|it| it["id"] == "softphone-layout").expect("the item").clone()
}

fn look(desk: &Desk, command: &str) -> Outcome {
    run(desk, &format!("--org uat {command} --only softphone-layout --output json"), "", &[])
}

fn asked(org: &Org, operation: &str) -> usize {
    org.requests().iter().filter(|it| it["operation"] == operation).count()
}

/// The wanted layout for everybody, and another for standard users.
fn layouts() -> Value {
    let mut layouts = wanted();
    let other = json!({"name": "Sales", "is_default": false, "profiles": ["Standard User"],
                       "call_types": layouts[0]["call_types"]});
    layouts.as_array_mut().expect("a list").push(other);
    layouts
}

#[test]
fn what_each_check_user_gets_is_compared_and_named() {
    let org = Org::new();
    org.make_softphone_layouts(&layouts());
    let desk = desk(&org, &["agent", "sales"]);
    let (agent, sales) =
        (of_profile(&org, "Contact Center Agent"), of_profile(&org, "Standard User"));
    log_in(&desk, "agent", &org, agent);
    log_in(&desk, "sales", &org, sales);
    org.forget_requests();
    let outcome = look(&desk, "verify");
    let text = item(outcome.exits(3)).to_string();
    let of = |user: &AnnouncedUser, profile: &str| {
        format!(r#"Softphone layout of {} (profile \"{profile}\"): "#, user.username)
    };
    let right = format!(r#"{}\"Webex\", as configured."#, of(agent, "Contact Center Agent"));
    assert!(text.contains(&right), "{text}");
    let wrong = format!(r#"{}Name is \"Sales\" instead of \"Webex\"."#, of(sales, "Standard User"));
    assert!(text.contains(&wrong), "{text}");
    assert!(text.contains(r#"assign \"Webex\" to the profile \"Standard User\""#), "{text}");
    assert_eq!(asked(&org, "partner/describeSoftphoneLayout"), 3, "one each, and the caller's");
    assert_eq!(asked(&org, "partner/getUserInfo"), 2);

    // Where both are right, the administrator's own is of no interest.
    org.make_softphone_layouts(&wanted());
    let outcome = look(&desk, "verify");
    assert!(item(outcome.exits(0))["changes"].as_array().expect("changes").is_empty(), "{outcome}");
}

#[test]
fn a_check_user_who_cannot_be_asked_is_told_and_stops_nothing() {
    let org = Org::new();
    org.make_softphone_layouts(&layouts());
    let elsewhere = Org::seeded(7);
    let desk = desk(&org, &["ended", "elsewhere", "lent", "nobody"]);
    let sales = of_profile(&org, "Standard User");
    log_in(&desk, "ended", &org, sales);
    log_in(&desk, "elsewhere", &elsewhere, administrator(&elsewhere));
    let agent = of_profile(&org, "Contact Center Agent");
    let (own, others) =
        (agent.access_token.as_deref(), administrator(&org).access_token.as_deref());
    let line = format!("login lent --login-url {} --access-token-stdin --vault none", org.url);
    run(&desk, &line, own.expect("a token"), &[]).exits(0);
    org.back_door("DELETE", &format!("orgs/{}/sessions?user={}", org.id, sales.id));
    elsewhere.forget_requests();
    let mut search = vec![secret_half(sales.access_token.as_deref().expect("a token"))];
    search.extend(administrator(&elsewhere).access_token.as_deref().map(secret_half));
    let outcome = run(
        &desk,
        "--org uat verify --only softphone-layout --output json --trace trace.jsonl",
        "",
        &[("PROVISION_ACCESS_TOKEN", others.expect("a token"))],
    );
    let text = item(outcome.exits(0)).to_string();
    for told in [
        "`ended` could not be checked: Could not ask whose session it is: INVALID_SESSION_ID",
        "provision login ended --login-url",
        "`elsewhere` could not be checked: that login is for another org (",
        "`lent` could not be checked: the session is of ",
        "`nobody` could not be checked: nobody has logged in under that alias on this machine. Log in as that \
         user: `provision login nobody --login-url",
        "was checked for the calling user only",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    assert!(elsewhere.requests().is_empty(), "nothing is sent to another org");
    Search::of(&search).nowhere_in(desk.read("trace.jsonl").as_bytes(), "the trace");
    Search::of(&search).nowhere_in(outcome.out.as_bytes(), "the document");
}

/// What the item notes, as one text.
fn notes(document: &Value) -> String {
    let items = document["items"].as_array().expect("items");
    let item = items.iter().find(|it| it["id"] == "softphone-layout").expect("the item");
    item["notes"].to_string()
}

#[test]
fn users_of_other_vendors_are_told_by_profile_before_the_layout_becomes_the_default() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let look = |command: &str| {
        let at = ["--instance-url", org.url.as_str(), command, "--output", "json"];
        desk.run(&at).json()
    };
    let told = notes(&look("plan"));
    let users: Vec<Value> = org.query(
        "SELECT Profile.Name FROM User WHERE IsActive = true AND CallCenterId IN \
         (SELECT Id FROM CallCenter WHERE Name LIKE 'Bright%')",
    );
    assert!(!users.is_empty());
    for user in &users {
        let profile = user["Profile"]["Name"].as_str().expect("a label");
        assert!(told.contains(&format!(r#"\"{profile}\" ("#)), "{profile}: {told}");
    }
    assert!(told.contains("default = false, profiles = ["), "{told}");
    org.make_softphone_layouts(&wanted());
    assert!(!notes(&look("plan")).contains("other vendors"), "it is the default already");
}

#[test]
fn the_audit_trail_hints_at_who_changed_the_layout() {
    let org = Org::new();
    let mut almost = wanted();
    almost[0]["call_types"][0]["screen_pop_options"][1]["screen_pop_type"] = json!("PopToFlow");
    org.make_softphone_layouts(&almost);
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let verify = || {
        let at = ["--instance-url", org.url.as_str(), "verify", "--output", "json"];
        let outcome = desk.run(&at);
        notes(&outcome.exits(3).json())
    };
    assert!(!verify().contains("Audit Trail"), "an empty trail is no hint");
    org.patch(
        "world",
        &json!({"audited": [
            {"User": "grace.hopper@", "Section": "Softphone Layouts", "Display": "Changed softphone layout Webex"},
            {"User": "ada.lovelace@", "Section": "Manage Users", "Display": "Changed email of a user"},
        ]}),
    );
    let told = verify();
    assert!(told.contains(r#"Grace Hopper: \"Changed softphone layout Webex\""#), "{told}");
    assert!(!told.contains("email"), "{told}");
}
