//! Names change while the connector is installed: people speak other languages, and rename things.

use provision::engine::{Goal, Removal};
use serde_json::json;

use crate::support::{Org, assert_same_world, everything};

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
