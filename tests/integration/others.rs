//! Other people work in the org while a run is under way.

use std::time::Duration;

use provision::engine::{Event, Goal, Report};
use provision::failure::Kind;
use provision::model::{Before, OrgId, Wave};
use serde_json::{Value, json};

use crate::support::{Org, demo, wait};

/// An agent, and another vendor's call center.
const AGENT: &str = "alan.turing@northwind.example";
const OTHER: &str = "BrightCTI";

fn id(org: &Org, query: &'static str, name: &str) -> String {
    let soql = salesforce_client::Soql::new(query).value(&salesforce_client::soql::quote(name));
    let found: Vec<Value> = wait(org.client().query(&soql)).expect("the org answers");
    found[0]["Id"].as_str().expect("an id").to_owned()
}

/// Applies while somebody puts an agent into another vendor's call center during the deploy.
fn applied_while_somebody_moves_an_agent(org: &mut Org, configuration: &str) -> Report {
    org.patience.fresh_for = Duration::ZERO;
    let user = id(org, "SELECT Id FROM User WHERE Username = ", AGENT);
    let other = id(org, "SELECT Id FROM CallCenter WHERE InternalName = ", OTHER);
    let client = org.client();
    org.watched(Goal::Apply, configuration, &|event| {
        if let Event::WaveStarted { wave: Wave::Deploy, .. } = event {
            let (client, user, other) = (client.clone(), user.clone(), other.clone());
            std::thread::spawn(move || {
                wait(client.update("User", &user, &json!({"CallCenterId": other})))
            })
            .join()
            .expect("a thread")
            .expect("the user is moved");
        }
    })
}

#[test]
fn an_agent_whom_somebody_takes_meanwhile_is_not_taken_back() {
    let mut org = Org::new();
    let report = applied_while_somebody_moves_an_agent(&mut org, &demo());
    let failure = report.failure.expect("a refusal");
    assert_eq!(failure.kind, Kind::Refused, "{failure:?}");
    assert!(failure.message().contains(AGENT), "{}", failure.message());
    assert_eq!(org.world()["users"][AGENT]["CallCenterId"], OTHER);
}

#[test]
fn what_somebody_did_meanwhile_is_what_was_there_before() {
    let mut org = Org::new();
    let configuration = demo().replace("[users]", "[users]\non_conflict = \"move\"");
    let report = applied_while_somebody_moves_an_agent(&mut org, &configuration);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    let store = provision::journal::Store::at(org.state.path());
    let baseline =
        store.org(&OrgId::parse(&org.id).expect("an id")).baseline().expect("a baseline");
    let entry = baseline
        .rows()
        .into_iter()
        .find(|entry| entry.subject.name == AGENT)
        .expect("the agent's entry");
    assert_eq!(entry.before, Before::Known(Some(OTHER.to_owned())));
}
