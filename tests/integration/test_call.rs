//! A test call: an agent takes it, and the Task of it is shown.

use std::thread;
use std::time::Duration;

use provision::engine::{CallPatience, CallWish, TestCall, fields_filled_by_calls, watch_for_call};
use provision::failure::{Failure, Kind};
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::support::{Org, demo, load, wait};

const PATIENCE: CallPatience = CallPatience {
    between: Duration::from_millis(50),
    settle: Duration::from_millis(300),
    limit: Duration::from_secs(3),
};

/// The demo, which has call notes, with two mappings.
fn configuration() -> String {
    let activity = "[call_center.activity]\n";
    let text = demo();
    assert!(text.contains(activity));
    text.replace(
        activity,
        "[call_center.activity]\nupdate_fields = true\nmappings = [\n  { variable = \"Reason\", field = \
         \"CallDisposition\" },\n  { variable = \"Ticket\", field = \"CallObject\" },\n]\n",
    )
}

fn create(org: &Org, fields: &Value) -> String {
    wait(org.client().create("Task", fields)).expect("a Task")
}

fn watch(org: &Org, patience: CallPatience) -> Result<TestCall, Failure> {
    let desired = load(&configuration()).desired;
    let connector = &desired.connectors[0];
    let client = org.client();
    wait(async {
        let filled = fields_filled_by_calls(&client, &connector.call_center).await?;
        let wish = CallWish { namespace: &connector.recipe.namespace, filled };
        watch_for_call(&client, &wish, patience, &|_| {}).await
    })
}

#[test]
fn the_task_of_a_call_is_waited_for_until_nothing_more_comes() {
    let org = Org::new();
    org.apply(&configuration());
    let agents =
        org.query("SELECT Id, Name FROM User WHERE CallCenterId != null AND IsActive = true");
    let agent = &agents[0];
    let call = thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(200));
            // Somebody makes a Task of their own meanwhile, which is no call.
            create(&org, &json!({ "Subject": "Send the quote" }));
            let id = create(
                &org,
                &json!({ "Subject": "Inbound Call", "TaskSubtype": "Call", "OwnerId": agent["Id"],
                    "CallType": "Inbound", "Description": "Angry", "ciscocjs__ANI__c": "+4930123456" }),
            );
            thread::sleep(Duration::from_millis(150));
            // The wrap-up adds to it.
            let fields = json!({ "CallDisposition": "Solved",
                "ciscocjs__Recording_Link__c": "https://recordings.example/1" });
            wait(org.client().update("Task", &id, &fields)).expect("an update");
        });
        watch(&org, PATIENCE).expect("a call")
    });
    assert_eq!(call.subject.as_deref(), Some("Inbound Call"));
    assert_eq!(call.owner.as_deref(), agent["Name"].as_str());
    let value = |name: &str| {
        let field = call.fields.iter().find(|field| field.field == name).expect("the field");
        field.value.as_deref()
    };
    assert_eq!(value("CallDisposition"), Some("Solved"));
    assert_eq!(value("ciscocjs__ANI__c"), Some("+4930123456"));
    let empty: Vec<&str> = call.empty().map(|field| field.field.as_str()).collect();
    assert_eq!(empty, ["CallObject"]);
    let links: Vec<(&str, &str)> =
        call.links().map(|(field, link)| (field.field.as_str(), link)).collect();
    assert_eq!(links, [("ciscocjs__Recording_Link__c", "https://recordings.example/1")]);
    assert!(call.settled);
}

#[test]
fn where_no_call_comes_a_person_is_asked_for_one() {
    let org = Org::new();
    org.apply(&configuration());
    create(&org, &json!({ "Subject": "Yesterday's", "TaskSubtype": "Call" }));
    let limit = Duration::from_millis(300);
    let failure = watch(&org, CallPatience { limit, ..PATIENCE }).expect_err("no call");
    assert_eq!(failure.kind, Kind::Failed);
    assert!(failure.message().contains("No Task of a call has come"), "{failure}");
}

#[test]
fn people_and_scripts_read_what_came_of_it() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &configuration());
    desk.run(&["--instance-url", &org.url, "--yes"]).exits(0);
    for (output, words) in [
        (
            "text",
            ["every field that settings fill has a value", "CallDisposition", "play the recording"],
        ),
        ("json", ["\"outcome\": \"done\"", "\"CallObject\"", "\"instance_url\": \"http"]),
    ] {
        let done = thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_secs(2));
                let call = json!({ "Subject": "Call", "TaskSubtype": "Call", "CallDisposition": "Solved",
                    "CallObject": "4711", "Description": "Angry" });
                create(&org, &call);
            });
            desk.run(&[
                "--instance-url",
                &org.url,
                "verify",
                "--call",
                "--minutes",
                "1",
                "--output",
                output,
            ])
        });
        done.exits(0);
        for word in words {
            assert!(done.out.contains(word), "{word}: {done}");
        }
    }
    let empty = Org::new();
    let other = Desk::of(&empty);
    other.write("provision.toml", &configuration());
    let refused = other.run(&["--instance-url", &empty.url, "verify", "--call"]);
    refused.exits(5);
    assert!(refused.err.contains("This org has no call center"), "{refused}");
    desk.run(&["verify", "--call", "--full"]).exits(2);
    desk.run(&["verify", "--minutes", "3"]).exits(2);
}
