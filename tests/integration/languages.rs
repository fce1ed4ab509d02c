//! Names change while the connector is installed: people speak other languages, and rename things.

use std::collections::BTreeSet;

use provision::engine::{Goal, Removal};
use salesforce_client::Soql;
use serde_json::{Value, json};

use crate::support::{Org, assert_same_world, everything, wait};

const ADMINISTRATOR: &str = "ada.lovelace@";

/// The administrator speaks a language, into which the org has translated names of its own.
fn speak(org: &Org, language: &str) {
    let translated = json!({
        "Task Layout": "Aufgabenlayout",
        "Call-Back Task (EMEA)": "Rückruf (EMEA)",
    });
    let users = json!({ ADMINISTRATOR: { "LanguageLocaleKey": language } });
    org.patch("world", &json!({ "users": users, "translations": { "de": translated } }));
}

/// A configuration that names profiles as every language does: by their API names.
fn configuration() -> String {
    everything()
        .replace("\"System Administrator\"", "\"Admin\"")
        .replace("\"Standard User\"", "\"Standard\"")
}

/// Takes the connector out.
fn take_out(org: &Org, about: &str) {
    let report = org.remove(Goal::Apply, Removal::default(), &configuration());
    assert!(report.failure.is_none(), "{about}: {:#?}", report.failure);
}

#[test]
fn an_uninstall_in_another_language_gives_back_the_layouts_of_before() {
    for (first, last) in [("en_US", "de"), ("de", "en_US"), ("de", "de")] {
        let org = Org::new();
        speak(&org, last);
        let before = org.world();
        speak(&org, first);
        let report = org.run(Goal::Apply, &configuration());
        let about = format!("{first}, then {last}");
        assert!(report.failure.is_none(), "{about}: {:#?}", report.failure);
        speak(&org, last);
        take_out(&org, &about);
        assert_same_world(&org.world(), &before, &about);
    }
}

#[test]
fn what_was_renamed_meanwhile_gets_back_what_it_had() {
    let renamed = |there: bool| {
        let name = |one: &str, other: &str| if there { other.to_owned() } else { one.to_owned() };
        json!({
            "profiles": { name("Contact Center Agent", "Agents"): {
                "Name": name("Agents", "Contact Center Agent")
            } },
            "layouts": { name("Task-Call-Back Task %28EMEA%29", "Task-Call-Back"): {
                "Name": name("Call-Back", "Call-Back Task (EMEA)")
            } },
            "users": { name("alan.turing@", "alan.t@"): {
                "Username": name("alan.t@northwind.example", "alan.turing@northwind.example")
            } },
        })
    };
    let org = Org::new();
    let before = org.world();
    org.apply(&configuration());
    org.patch("world", &renamed(false));
    take_out(&org, "renamed");
    org.patch("world", &renamed(true));
    assert_same_world(&org.world(), &before, "names apart");
}

/// The id of a profile.
fn profile(org: &Org, label: &str) -> String {
    let rows = org.query("SELECT Id, Name FROM Profile");
    let row = rows.iter().find(|row| row["Name"] == label).expect("a profile");
    row["Id"].as_str().expect("an id").to_owned()
}

/// Which page layouts of Task a profile has.
fn layouts(org: &Org, profile: &str) -> BTreeSet<String> {
    let soql =
        "SELECT ProfileId, RecordTypeId, LayoutId FROM ProfileLayout WHERE TableEnumOrId = 'Task'";
    let client = org.client();
    let rows: Vec<Value> = wait(client.tooling().query(&Soql::new(soql))).expect("the assignments");
    let of_profile = rows.iter().filter(|row| row["ProfileId"] == profile);
    of_profile.map(|row| format!("{} {}", row["RecordTypeId"], row["LayoutId"])).collect()
}

#[test]
fn two_profiles_of_one_label_are_told_apart() {
    let org = Org::new();
    let (agents, standard) =
        (profile(&org, "Contact Center Agent"), profile(&org, "Standard User"));
    let (of_agents, of_standard) = (layouts(&org, &agents), layouts(&org, &standard));
    assert!(!of_agents.is_empty() && !of_standard.is_empty());
    let twin = json!({ "Name": "Standard User", "FullName": "Contact Center Agent" });
    org.patch("world", &json!({ "profiles": { "Contact Center Agent": twin } }));
    let before = org.world();
    let all = "profiles = [\"Admin\", \"Standard\", \"Contact Center Agent\"]";
    let wanted = configuration();
    assert!(wanted.contains(all), "{wanted}");
    let wanted = wanted.replace(all, "profiles = [\"Contact Center Agent\"]");
    org.apply(&wanted);
    assert_ne!(layouts(&org, &agents), of_agents);
    assert_eq!(layouts(&org, &standard), of_standard);
    let report = org.remove(Goal::Apply, Removal::default(), &wanted);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_same_world(&org.world(), &before, "two of one label");
}
