//! What only people do: their steps, their word, and what the org shows of it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use provision::checklist::ItemId;
use provision::engine::{Event, Goal, ItemOutcome, ItemReport, Outcome, Report};
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::support::{Org, demo};

/// The layout that the demo's configuration wants, as a person makes it.
pub(crate) fn wanted() -> Value {
    let section = |object: &str, field: &str| json!({"entity_api_name": object, "items": [field]});
    let call_type = |name: &str, pops: Value| {
        json!({
            "name": name, "info_fields": ["ANI"], "screen_pop_options": pops,
            "screen_pops_open_within": "ExistingWindow",
            "sections": [section("Account", "Name"), section("Contact", "Name"),
                         section("Case", "CaseNumber")],
        })
    };
    let pops = json!([
        {"match_type": "SingleMatch", "screen_pop_type": "PopToEntity"},
        {"match_type": "MultipleMatches", "screen_pop_type": "PopToSearch"},
    ]);
    json!([{
        "name": "Webex", "is_default": true,
        "call_types": [call_type("Inbound", pops), call_type("Outbound", json!([])),
                       call_type("Internal", json!([]))],
    }])
}

fn of(report: &Report, item: ItemId) -> &ItemReport {
    report.items.iter().find(|report| report.id == item).expect("every item is reported")
}

fn of_document(document: &Value, id: &str) -> Value {
    let items = document["items"].as_array().expect("items").clone();
    items.into_iter().find(|item| item["id"] == id).expect("the item")
}

fn fields(item: &ItemReport) -> Vec<&str> {
    item.changes.iter().map(|change| change.field.as_str()).collect()
}

#[test]
fn what_a_person_did_is_seen_field_by_field() {
    let org = Org::new();
    let first = org.apply(&demo());
    let layout = of(&first, ItemId::SOFTPHONE_LAYOUT);
    assert_eq!(layout.outcome, ItemOutcome::NeedsHuman);
    assert_eq!(
        fields(layout),
        ["Name", "Inbound: salesforce.com objects", "Inbound: Multiple-matching records"]
    );
    assert!(layout.steps[0].contains(&format!("{}/lightning/setup/", org.url)), "{layout:#?}");

    // Almost right: only what is wrong is left.
    let mut almost = wanted();
    almost[0]["call_types"][0]["screen_pop_options"][1]["screen_pop_type"] = json!("PopToFlow");
    almost[0]["call_types"][0]["screen_pop_options"][1]["screen_pop_data"] = json!("Greet");
    org.make_softphone_layouts(&almost);
    let second = org.run(Goal::Verify, &demo());
    let layout = of(&second, ItemId::SOFTPHONE_LAYOUT);
    assert_eq!(fields(layout), ["Inbound: Multiple-matching records"]);
    assert_eq!(layout.changes[0].before.as_deref(), Some("Pop to flow Greet"));
    assert_eq!(second.outcome, Outcome::Differs, "what is seen is a difference");

    org.make_softphone_layouts(&wanted());
    let third = org.run(Goal::Plan, &demo());
    let layout = of(&third, ItemId::SOFTPHONE_LAYOUT);
    assert_eq!((layout.outcome, layout.steps.len()), (ItemOutcome::Already, 0));

    // No layout at all, and an org that does not answer the question, are a person's matter too.
    org.make_softphone_layouts(&json!([]));
    let fourth = org.run(Goal::Verify, &demo());
    assert_eq!(of(&fourth, ItemId::SOFTPHONE_LAYOUT).outcome, ItemOutcome::NeedsHuman);
    assert!(fourth.failure.is_none());
}

#[test]
fn without_a_table_nobody_is_asked_for_a_layout() {
    let org = Org::new();
    let start = demo().find("[softphone_layout]").expect("the table");
    let end = demo().find("[task_layout]").expect("the next table");
    let configuration = format!("{}{}", &demo()[..start], &demo()[end..]);
    let report = org.apply(&configuration);
    assert_eq!(of(&report, ItemId::SOFTPHONE_LAYOUT).outcome, ItemOutcome::Already);
    let confirmed = Desk::of(&org);
    confirmed.write("provision.toml", &configuration);
    let refused = confirmed.run(&["--instance-url", &org.url, "confirm", "softphone-layout"]);
    assert!(refused.exits(2).err.contains("[softphone_layout]"), "{refused}");
}

#[test]
fn a_run_can_wait_for_the_layout_and_sees_it_appear() {
    let org = Org::new();
    let looks = AtomicUsize::new(0);
    let warned = AtomicUsize::new(0);
    let report = org.waiting(
        Goal::Apply,
        &demo(),
        &|item| {
            assert_eq!(item.id, ItemId::SOFTPHONE_LAYOUT);
            Some(Duration::from_millis(10))
        },
        &|event| {
            if let Event::Note { text, .. } = event
                && text.contains("this wait never ends. Press Ctrl-C")
            {
                warned.fetch_add(1, Ordering::Relaxed);
            }
            if let Event::Waiting { item: ItemId::SOFTPHONE_LAYOUT, .. } = event
                && looks.fetch_add(1, Ordering::Relaxed) == 2
            {
                // A person is not on the run's thread.
                std::thread::scope(|scope| {
                    scope.spawn(|| org.make_softphone_layouts(&wanted()));
                });
            }
        },
    );
    assert_eq!(looks.into_inner(), 3, "it stops as soon as it sees the layout");
    assert_eq!(warned.into_inner(), 1, "the caller's own may be another one for ever");
    let layout = of(&report, ItemId::SOFTPHONE_LAYOUT);
    assert_eq!((layout.outcome, layout.changes.len()), (ItemOutcome::Already, 0));
    assert_eq!(report.outcome, Outcome::NeedsHuman, "the allow-list is still left");
    assert_eq!(org.run(Goal::Verify, &demo()).outcome, Outcome::NeedsHuman);
}

/// The org shows the caller nobody else's layout, however long one waits.
#[test]
fn nobody_waits_for_what_the_caller_never_sees() {
    let org = Org::new();
    let of_agents = "default = false\nprofiles = [\"Standard User\"]\n";
    let configuration = demo().replace("default = true\n", of_agents);
    let asked = AtomicUsize::new(0);
    let report = org.waiting(
        Goal::Apply,
        &configuration,
        &|_| {
            asked.fetch_add(1, Ordering::Relaxed);
            None
        },
        &|_| {},
    );
    assert_eq!(asked.into_inner(), 0);
    let unseen = of(&report, ItemId::SOFTPHONE_LAYOUT).unseen.expect("why nobody sees it");
    assert!(unseen.contains("this one is for other profiles"), "{unseen}");
    let desk = Desk::of(&org);
    desk.write("provision.toml", &configuration);
    let todo = desk.run(&["--instance-url", &org.url, "todo"]);
    let words = todo.exits(0).out.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "No run can detect when it is done, because Salesforce shows you only your own softphone layout",
        "add that user's login to `softphone_layout.check_users`. Or confirm it:",
        "confirm softphone-layout",
    ] {
        assert!(words.contains(said), "{words}");
    }
}

#[test]
fn a_persons_word_counts_and_can_be_taken_back() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let provision = |arguments: &[&str]| {
        desk.run(&[["--instance-url", org.url.as_str()].as_slice(), arguments].concat())
    };
    provision(&["--strict"]).exits(6);
    provision(&[]).exits(0);
    let unseen = provision(&["verify"]);
    let words = unseen.exits(0).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("Softphone layout: your own differs from the configuration"),
        "{unseen}"
    );
    provision(&["plan", "--check"]).exits(0);

    let confirmed = provision(&["confirm", "csp-allow-list", "--output", "json"]).exits(0).json();
    let keys: Vec<&String> = confirmed.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["format", "command", "org", "outcome", "data"]);
    assert_eq!(confirmed["command"], "confirm");
    assert_eq!(confirmed["data"]["by"], "ada");
    assert_eq!(confirmed["data"]["scope"], "tenant");

    let item =
        |id: &str| of_document(&provision(&["verify", "--output", "json"]).exits(0).json(), id);
    let listed = item("csp-allow-list");
    assert_eq!(listed["outcome"], "confirmed");
    assert_eq!(listed["confirmed"]["by"], "ada");
    assert_eq!(listed["confirmed"]["at"], confirmed["data"]["at"]);
    assert_eq!(listed["steps"], Value::Null);
    assert!(provision(&["plan", "--full"]).exits(0).out.contains("confirmed by ada on 20"));

    // The layout is the org's own matter; what is seen speaks louder than any word.
    let said = provision(&["confirm", "softphone-layout"]);
    said.exits(0);
    assert!(said.out.contains("Your own layout differs: Name is"), "{said}");
    let layout = provision(&["confirm", "softphone-layout", "--output", "json"]).exits(0).json();
    assert_eq!(layout["org"]["id"], json!(org.id));
    assert_eq!(layout["data"]["scope"], "org");
    let seen = provision(&["verify", "--output", "json"]).exits(0).json();
    assert_eq!(of_document(&seen, "softphone-layout")["outcome"], "needs-human");
    assert_eq!(of_document(&seen, "softphone-layout")["confirmed"]["by"], "ada");
    // The same verdict as before it was confirmed: what agents get, nobody has seen.
    let shown = provision(&["verify"]);
    assert!(shown.exits(0).out.contains("your own differs from the configuration"), "{shown}");
    // What `verify` doubts, no other command believes.
    let all = provision(&["--strict"]);
    assert!(all.exits(6).out.contains("1 item needs a manual step. 1 item is confirmed"), "{all}");
    let planned = provision(&["plan", "--output", "json"]).exits(0).json();
    assert_eq!(of_document(&planned, "softphone-layout")["outcome"], "needs-human");
    assert_eq!(of_document(&planned, "softphone-layout")["confirmed"]["by"], "ada");
    let todo = provision(&["todo"]);
    assert!(todo.exits(0).out.contains("☞ Softphone layout"), "{todo}");
    assert!(todo.out.contains("ada confirmed this on 20"), "{todo}");
    assert!(!todo.out.contains("confirm softphone-layout"), "{todo}");
    assert!(!todo.out.contains("CSP allow-list"), "{todo}");
    org.make_softphone_layouts(&wanted());
    let all = provision(&["--strict"]);
    assert!(all.exits(0).out.contains("1 item is confirmed by a person, not verified."), "{all}");
    assert_eq!(item("softphone-layout")["outcome"], "already");
    let seen = provision(&["confirm", "softphone-layout"]);
    assert!(seen.exits(2).err.contains("Nothing to confirm"), "{seen}");

    provision(&["confirm", "--forget", "csp-allow-list"]).exits(0);
    assert_eq!(item("csp-allow-list")["outcome"], "needs-human");
    let nothing = provision(&["confirm", "--forget", "csp-allow-list"]);
    assert!(nothing.exits(0).out.contains("Nothing to withdraw"), "{nothing}");
    provision(&["--strict"]).exits(6);
}

#[test]
fn a_word_against_what_the_org_shows_is_refused() {
    let org = Org::new();
    org.apply(&demo());
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let mut almost = wanted();
    almost[0]["call_types"][0]["screen_pop_options"][1]["screen_pop_type"] = json!("PopToFlow");
    almost[0]["call_types"][0]["screen_pop_options"][1]["screen_pop_data"] = json!("Greet");
    org.make_softphone_layouts(&almost);
    let refused = desk.run(&["--instance-url", &org.url, "confirm", "softphone-layout"]);
    let told = "The org shows that `softphone-layout` is not as configured: Inbound: \
                Multiple-matching records is \"Pop to flow Greet\" instead of";
    let words = refused.exits(3).err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(told), "{refused}");
    assert!(refused.err.contains("Nothing was recorded."), "{refused}");
}

#[test]
fn of_several_words_none_is_recorded_where_one_is_refused() {
    let org = Org::new();
    org.apply(&demo());
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let mut almost = wanted();
    almost[0]["call_types"][0]["screen_pop_options"][1]["screen_pop_type"] = json!("PopToFlow");
    almost[0]["call_types"][0]["screen_pop_options"][1]["screen_pop_data"] = json!("Greet");
    org.make_softphone_layouts(&almost);
    let provision = |arguments: &[&str]| {
        desk.run(&[["--instance-url", org.url.as_str()].as_slice(), arguments].concat())
    };
    let list = || {
        let document = provision(&["plan", "--output", "json"]).exits(0).json();
        of_document(&document, "csp-allow-list")["outcome"].clone()
    };
    let refused = provision(&["confirm", "csp-allow-list", "softphone-layout"]);
    assert!(refused.exits(3).err.contains("Nothing was recorded."), "{refused}");
    assert_eq!(list(), "needs-human", "the first word was not recorded either");
    org.make_softphone_layouts(&json!([]));
    let both = provision(&["confirm", "csp-allow-list", "softphone-layout", "csp-allow-list"]);
    assert_eq!(both.exits(0).out.matches("Recorded:").count(), 2, "{both}");
    assert_eq!(list(), "confirmed");
}

#[cfg(target_os = "linux")]
#[test]
fn the_page_of_the_first_open_step_is_opened() {
    use std::os::unix::fs::PermissionsExt as _;

    let org = Org::new();
    org.apply(&demo());
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    // What opens addresses on Linux. This one writes them down.
    desk.write("xdg-open", "#!/bin/sh\nprintf %s \"$1\" > opened.part && mv opened.part opened\n");
    let program = desk.folder().join("xdg-open");
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).expect("rights");
    let open = || {
        let mut command = desk.command(&["--instance-url", &org.url, "todo", "--open"]);
        command.env("PATH", format!("{}:/usr/bin:/bin", desk.folder().display()));
        crate::desk::Outcome::of(command.output().expect("it runs"))
    };
    let opened = || {
        let begun = std::time::Instant::now();
        while !desk.has("opened") {
            assert!(begun.elapsed() < Duration::from_secs(20), "no page was opened");
            std::thread::sleep(Duration::from_millis(10));
        }
        let page = desk.read("opened");
        std::fs::remove_file(desk.folder().join("opened")).expect("it was there");
        page
    };
    open().exits(0);
    assert!(opened().ends_with("/lightning/setup/SoftphoneLayouts/home"));
    org.make_softphone_layouts(&wanted());
    open().exits(0);
    assert!(opened().starts_with("https://admin.webex.com"), "the allow-list is what is left");
    desk.run(&["--instance-url", &org.url, "confirm", "csp-allow-list"]).exits(0);
    let none = open();
    assert!(none.exits(0).err.contains("No page was opened: no manual step is left."), "{none}");
    assert!(!desk.has("opened"));
}

#[test]
fn a_machine_without_state_takes_a_word_from_the_configuration() {
    let org = Org::new();
    org.apply(&demo());
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let provision = |arguments: &[&str]| {
        desk.run(&[["--instance-url", org.url.as_str()].as_slice(), arguments].concat())
    };
    let lines = provision(&["confirm", "csp-allow-list", "softphone-layout", "--print"]);
    lines.exits(0);
    let outcomes = || {
        let document = provision(&["plan", "--output", "json"]).exits(0).json();
        ["csp-allow-list", "softphone-layout"]
            .map(|id| of_document(&document, id)["outcome"].as_str().map(str::to_owned))
            .map(Option::unwrap_or_default)
    };
    assert_eq!(outcomes(), ["needs-human"; 2], "nothing was recorded");
    desk.write("provision.toml", &format!("{}\n{}", demo(), lines.out));
    assert_eq!(outcomes(), ["confirmed", "needs-human"], "what is seen speaks against the layout");
    let full = provision(&["plan", "--full"]);
    assert!(full.exits(0).out.contains("ada confirmed it on"), "the word is known: {full}");
    let forgotten = provision(&["confirm", "--forget", "csp-allow-list"]);
    forgotten.exits(0);
    assert!(forgotten.out.contains("remove [confirmed.csp-allow-list] from it"), "{forgotten}");
    // Another org, and another wish.
    let elsewhere = lines.out.replace(&org.id[..15], "00D000000000009");
    let elsewhere = elsewhere.replace("*.force.com", "*.other.com");
    let elsewhere = elsewhere.replace(&org.id[15..], "EAA");
    desk.write("provision.toml", &format!("{}\n{elsewhere}", demo()));
    assert_eq!(outcomes(), ["needs-human"; 2]);
    let told = provision(&["plan", "--full"]);
    told.exits(0);
    let words = told.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("is for the org 00D000000000009EAA, so it does not count here"),
        "{told}"
    );
    assert!(words.contains("is no longer what is configured"), "{told}");
}

#[test]
fn a_word_about_webex_counts_for_every_org_of_the_tenant() {
    let (one, other) = (Org::new(), Org::seeded(2));
    let desk = Desk::of(&one);
    desk.write("provision.toml", &demo());
    desk.write("elsewhere.toml", &demo().replace("7c1d2a90-", "8c1d2a90-"));
    desk.run(&["confirm", "csp-allow-list"]).exits(0);
    let outcome = |org: &Org, configuration: &str| {
        let mut desk_of_org = desk.command(&[
            "--instance-url",
            &org.url,
            "--config",
            configuration,
            "plan",
            "--output",
            "json",
        ]);
        let output =
            desk_of_org.env("PROVISION_ACCESS_TOKEN", &org.token).output().expect("it runs");
        let document: Value = serde_json::from_slice(&output.stdout).expect("a document");
        let items = document["items"].as_array().expect("items").clone();
        items.into_iter().find(|item| item["id"] == "csp-allow-list").expect("the item")["outcome"]
            .clone()
    };
    assert_eq!(outcome(&one, "provision.toml"), "confirmed");
    assert_eq!(outcome(&other, "provision.toml"), "confirmed");
    assert_eq!(outcome(&one, "elsewhere.toml"), "needs-human");
}

#[test]
fn only_what_people_do_can_be_confirmed() {
    let desk = Desk::new();
    let unknown = desk.run(&["--org", "demo", "confirm", "csp-alow-list"]);
    assert!(unknown.exits(2).err.contains("Did you mean `csp-allow-list`?"), "{unknown}");
    let own = desk.run(&["--org", "demo", "confirm", "users", "--output", "json"]);
    let failure = own.exits(2).json()["failure"].clone();
    assert!(failure["message"].as_str().expect("words").contains("needs no confirmation"), "{own}");
    assert!(failure["hints"][0].as_str().expect("a hint").contains("`csp-allow-list`"), "{own}");
    desk.run(&["--org", "demo", "confirm"]).exits(2);
    // Without an org there is nothing to look at; the Webex side needs none.
    let nowhere = desk.run(&["confirm", "softphone-layout"]);
    assert!(nowhere.exits(2).err.contains("provision.toml"), "{nowhere}");
}

#[test]
fn the_demo_starts_over_without_anybodys_word() {
    let desk = Desk::new();
    desk.run(&["--org", "demo"]).exits(0);
    for item in ["csp-allow-list", "softphone-layout"] {
        desk.run(&["--org", "demo", "confirm", item]).exits(0);
    }
    let said = desk.run(&["--org", "demo", "--strict"]);
    assert!(said.exits(6).out.contains("1 item is confirmed by"), "{said}");
    desk.run(&["demo", "reset"]).exits(0);
    let first = desk.run(&["--org", "demo", "--strict"]);
    assert!(first.exits(6).out.contains("2 items need manual steps."), "{first}");
}
