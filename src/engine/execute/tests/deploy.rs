//! The one deploy: what travels in it, what is written down before, and what becomes of refusals.

use super::*;
use crate::checklist::ItemId;
use crate::failure::Kind;
use crate::model::org_fixture::{OrgFixture, id};
use crate::model::{
    LayoutId, LayoutName, Observed, ProfileId, Ref, RunningDeploy, Target, Value as Held,
};

const JOB: &str = "0Af000000000001AAA";

/// An org with two profiles and the package's layout, in which somebody else may deploy.
fn org(running: Option<&str>) -> OrgState {
    let own = LayoutName { namespace: None, name: "Task Layout".to_owned() };
    let deploy =
        |id: &str| RunningDeploy { id: id.to_owned(), since: None, by: None, given_up: false };
    OrgFixture::new()
        .profiles(&[("Agent", "Agent"), ("Sales", "Sales")])
        .layouts([own, LayoutName::managed("ciscocjs", "Webex Task Layout")])
        .with(|state| {
            state.running_deploys = Observed::Seen(running.into_iter().map(deploy).collect());
        })
        .build()
}

/// Gives the profile of that number the package's layout.
fn layout(name: &str, number: usize) -> Change {
    let profile = Ref::seen(name, &ProfileId::parse(&id("00e", number)).unwrap());
    let target = Target::TaskLayout { profile, record_type: None };
    let layout = |name: &str, number| {
        Held::Layout(Ref::seen(name, &LayoutId::parse(&id("00h", number)).unwrap()))
    };
    let (from, to) = (layout("Task Layout", 1), layout("ciscocjs__Webex Task Layout", 2));
    Change::new(ItemId::TASK_LAYOUT, target, Some(from), Some(to))
}

/// Deletes a call center, which no deploy may be able to.
fn deletion(name: &str) -> Change {
    let target = Target::CallCenter(Ref::named(name));
    Change::new(ItemId::CALL_CENTER, target, Some(Held::Text("x".to_owned())), None)
}

fn started() -> Reply {
    Reply::json(201, json!({ "id": JOB, "deployResult": {} }).to_string())
}

fn running(done: usize) -> Reply {
    reply(&json!({ "deployResult": {
        "id": JOB, "done": false, "numberComponentsDeployed": done, "numberComponentsTotal": 2,
    }}))
}

fn ended(failures: &[(&str, &str, &str)]) -> Reply {
    let failures: Vec<Value> = failures
        .iter()
        .map(|(kind, name, problem)| {
            json!({ "componentType": kind, "fullName": name, "problem": problem, "success": false })
        })
        .collect();
    reply(&json!({ "deployResult": {
        "id": JOB, "done": true, "success": failures.is_empty(),
        "details": { "componentFailures": failures },
    }}))
}

const BEGIN: &str = "POST /services/data/v68.0/metadata/deployRequest HTTP/1.1";

/// How many deploys were sent.
fn begun(played: &Played) -> usize {
    played.lines().into_iter().filter(|line| *line == BEGIN).count()
}

#[tokio::test]
async fn everything_travels_in_one_deploy_that_is_looked_at_until_it_has_ended() {
    let script = vec![started(), running(1), ended(&[])];
    let changes = [layout("Agent", 1), layout("Sales", 2)];
    let played = play(Wave::Deploy, org(None), &changes, script).await;
    let lines = played.lines();
    let [begin, looks @ ..] = lines.as_slice() else { panic!("{:?}", played.heard) };
    assert_eq!((*begin, looks.len()), (BEGIN, 2), "{looks:?}");
    assert!(looks.iter().all(|look| look.starts_with("GET ") && look.contains(JOB)), "{looks:?}");
    assert!(played.heard[0].contains(r#""rollbackOnError":true"#), "one error undoes everything");
    assert_eq!(
        played.written(),
        ["deploy Profile Agent, Profile Sales (2)".to_owned(), format!("job {JOB}")]
    );
    let carried = played.carried.unwrap();
    assert!(carried.refused.is_empty() && carried.locked.is_empty() && carried.failure.is_none());
}

#[tokio::test]
async fn what_no_deploy_can_delete_is_left_out_and_the_rest_is_sent_once_more() {
    let refused = [("CallCenter", "V1", "cannot be deleted by the Metadata API")];
    let script = vec![started(), ended(&refused), started(), ended(&[])];
    let changes = [deletion("V1"), layout("Agent", 1)];
    let played = play(Wave::Deploy, org(None), &changes, script).await;
    assert_eq!(begun(&played), 2);
    let job = format!("job {JOB}");
    assert_eq!(
        played.written(),
        ["deploy Profile Agent, delete CallCenter V1 (2)", &job, "deploy Profile Agent (1)", &job]
    );
    let carried = played.carried.unwrap();
    let [(left, words)] = carried.locked.as_slice() else { panic!("{carried:?}") };
    assert_eq!((left, words.as_str()), (&changes[0], refused[0].2));
}

#[tokio::test]
async fn a_refusal_that_nothing_can_be_done_about_ends_the_wave_with_the_orgs_words() {
    let script = vec![started(), ended(&[("Profile", "Agent", "no such layout")])];
    let played = play(Wave::Deploy, org(None), &[layout("Agent", 1)], script).await;
    let failure = played.carried.as_ref().unwrap_err();
    assert_eq!((failure.kind, begun(&played)), (Kind::Failed, 1));
    assert!(failure.message().contains("no such layout"), "{failure}");
    assert!(failure.advice().iter().any(|hint| hint.contains("rolled back the whole deployment")));
}

fn listed(deploys: &[&str]) -> Reply {
    let records: Vec<Value> = deploys
        .iter()
        .map(|id| {
            json!({ "Id": id, "Status": "InProgress", "CheckOnly": false,
                          "CreatedDate": null, "CreatedBy": null })
        })
        .collect();
    reply(&json!({ "totalSize": records.len(), "done": true, "records": records }))
}

/// The org may have begun it: the one deploy that was not there before is ours.
#[tokio::test]
async fn a_deploy_whose_answer_is_lost_is_joined_and_not_sent_again() {
    const OTHER: &str = "0Af000000000009AAA";
    let script = vec![Reply::Drop, listed(&[OTHER, JOB]), ended(&[])];
    let played = play(Wave::Deploy, org(Some(OTHER)), &[layout("Agent", 1)], script).await;
    assert_eq!(begun(&played), 1, "{:?}", played.lines());
    assert_eq!(played.written(), ["deploy Profile Agent (1)".to_owned(), format!("job {JOB}")]);
    assert!(played.carried.is_ok());
}

#[tokio::test]
async fn which_of_two_new_deploys_is_ours_is_not_guessed() {
    let script = vec![Reply::Drop, listed(&[JOB, "0Af000000000002AAA"])];
    let played = play(Wave::Deploy, org(None), &[layout("Agent", 1)], script).await;
    assert_eq!((begun(&played), played.heard.len()), (1, 2), "{:?}", played.lines());
    assert_eq!(played.written(), ["deploy Profile Agent (1)"]);
    assert!(played.carried.is_err());
}

/// One that nobody waits for any more is still somebody else's.
#[tokio::test]
async fn a_deploy_that_was_given_up_is_never_taken_for_ours() {
    const OTHER: &str = "0Af000000000009AAA";
    let mut state = org(Some(OTHER));
    for deploy in state.running_deploys.seen_mut().unwrap() {
        deploy.given_up = true;
    }
    let script = vec![Reply::Drop, listed(&[OTHER])];
    let played = play(Wave::Deploy, state, &[layout("Agent", 1)], script).await;
    assert_eq!(played.written(), ["deploy Profile Agent (1)"], "{:?}", played.lines());
    assert!(played.carried.is_err());
}
