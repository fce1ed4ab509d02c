//! Permission sets to users, and back.

use super::*;
use crate::checklist::ItemId;
use crate::model::org_fixture::{OrgFixture, id, user};
use crate::model::{
    Observed, PermissionSet, PermissionSetAssignment, PermissionSetId, Ref, Target, Value as Held,
};

const SET: &str = "Agents";

fn set_id() -> PermissionSetId {
    PermissionSetId::parse(&id("0PS", 1)).unwrap()
}

/// An org in which the users of those numbers have the set.
fn org(users: usize, having: &[usize]) -> OrgState {
    let set = PermissionSet {
        id: set_id(),
        namespace: None,
        name: SET.to_owned(),
        label: SET.to_owned(),
    };
    let given = |number: &usize| PermissionSetAssignment {
        id: id("0Pa", *number),
        user: user(*number).id,
        username: user(*number).username,
        permission_set: set_id(),
    };
    OrgFixture::new()
        .users((1..=users).map(user))
        .with(|state| {
            state.permission_sets = Observed::Seen(vec![set]);
            state.permission_set_assignments = Observed::Seen(having.iter().map(given).collect());
        })
        .build()
}

fn change(number: usize, from: Option<Held>, to: Option<Held>) -> Change {
    let user = user(number);
    let target = Target::PermissionSetAssignment {
        user: Ref::seen(user.username, &user.id),
        set: Ref::seen(SET, &set_id()),
    };
    Change::new(ItemId::PERMISSION_SET, target, from, to)
}

fn give(number: usize) -> Change {
    change(number, None, Some(Held::Given))
}

fn take(number: usize) -> Change {
    change(number, Some(Held::Given), None)
}

fn good(id: &str) -> Value {
    json!({ "id": id, "success": true, "errors": [] })
}

fn bad(code: &str, words: &str) -> Value {
    let error = json!({ "statusCode": code, "message": words, "fields": [] });
    json!({ "success": false, "errors": [error] })
}

/// Results of what is given and of what is taken, and who has the set afterwards.
fn answer(created: &[Value], deleted: &[Value], having: &[usize]) -> Reply {
    let part = |name: &str, body: Value| json!({ "referenceId": name, "httpStatusCode": 200, "body": body });
    let records: Vec<Value> = having
        .iter()
        .map(|number| {
            json!({
                "Id": id("0Pa", *number), "AssigneeId": user(*number).id.as_str(),
                "Assignee": { "Username": user(*number).username },
                "PermissionSetId": set_id().as_str(),
            })
        })
        .collect();
    let page = json!({ "totalSize": records.len(), "done": true, "records": records });
    let mut parts = Vec::new();
    if !created.is_empty() {
        parts.push(part("created0", json!(created)));
    }
    if !deleted.is_empty() {
        parts.push(part("deleted0", json!(deleted)));
    }
    parts.push(part("readBack", page));
    reply(&json!({ "compositeResponse": parts }))
}

/// Who is known to have the set.
fn having(played: &Played) -> Vec<String> {
    let given = played.known.permission_set_assignments.iter();
    given.map(|it| it.username.clone()).collect()
}

#[tokio::test]
async fn what_is_given_and_taken_and_who_has_it_afterwards_are_one_request() {
    let script = vec![answer(&[good(&id("0Pa", 1))], &[good(&id("0Pa", 2))], &[1])];
    let played = play(Wave::Records, org(2, &[2]), &[give(1), take(2)], script).await;
    assert_eq!(played.lines(), ["POST /services/data/v68.0/composite HTTP/1.1"]);
    let body = played.body(0);
    let parts = body["compositeRequest"].as_array().unwrap();
    let names: Vec<&str> = parts.iter().map(|it| it["referenceId"].as_str().unwrap()).collect();
    assert_eq!(names, ["created0", "deleted0", "readBack"]);
    let record = &parts[0]["body"]["records"][0];
    assert_eq!(record["AssigneeId"], user(1).id.as_str());
    assert_eq!(record["PermissionSetId"], set_id().as_str());
    assert!(parts[1]["url"].as_str().unwrap().contains(&id("0Pa", 2)), "{body:#}");
    assert_eq!(played.written(), ["composite: PermissionSetAssignment (2)"]);
    assert_eq!(having(&played), ["user1@example.com"], "what the org has told is known at once");
    let carried = played.carried.unwrap();
    assert!(carried.refused.is_empty() && carried.failure.is_none() && carried.seen);
}

#[tokio::test]
async fn a_refused_assignment_is_told_with_its_remedy_and_what_is_so_already_is_none() {
    let license = bad("FIELD_INTEGRITY_EXCEPTION", "user license doesn't allow the permission");
    let already = bad("DUPLICATE_VALUE", "duplicate value found");
    let gone = bad("ENTITY_IS_DELETED", "entity is deleted");
    let script = vec![answer(&[license, already], &[gone], &[2])];
    let changes = [give(1), give(2), take(3)];
    let played = play(Wave::Records, org(3, &[3]), &changes, script).await;
    let carried = played.carried.unwrap();
    let [(left, words)] = carried.refused.as_slice() else { panic!("{carried:?}") };
    assert_eq!(left, &changes[0]);
    assert!(words.contains("user license doesn't allow"), "{words}");
    assert!(carried.failure.is_none());
}

#[tokio::test]
async fn nothing_is_sent_for_a_set_that_the_org_does_not_list() {
    let state = OrgFixture::new()
        .users([user(1)])
        .with(|state| {
            state.permission_sets = Observed::Seen(Vec::new());
            state.permission_set_assignments = Observed::Seen(Vec::new());
        })
        .build();
    let played = play(Wave::Records, state, &[give(1)], Vec::new()).await;
    let carried = played.carried.as_ref().unwrap();
    let [(_, words)] = carried.refused.as_slice() else { panic!("{carried:?}") };
    assert!(words.contains(SET), "{words}");
    assert!(played.heard.is_empty() && played.written().is_empty());
}

/// Whether the org has done it, nobody knows: it is announced, and not sent again.
#[tokio::test]
async fn an_assignment_whose_answer_is_lost_is_sent_once() {
    let played = play(Wave::Records, org(1, &[]), &[give(1)], vec![Reply::Drop]).await;
    assert_eq!(played.heard.len(), 1);
    assert_eq!(played.written(), ["composite: PermissionSetAssignment (1)"]);
    let carried = played.carried.as_ref().unwrap();
    assert!(carried.failure.is_some(), "{carried:?}");
    assert!(having(&played).is_empty());
}

/// More than a request takes: who has the set is read with the last one alone.
#[tokio::test]
async fn many_assignments_are_few_requests_and_read_back_once() {
    let results = |numbers: std::ops::RangeInclusive<usize>| {
        numbers.map(|number| good(&id("0Pa", number))).collect::<Vec<_>>()
    };
    let first = reply(&json!({ "compositeResponse": [
        { "referenceId": "created0", "httpStatusCode": 200, "body": results(1..=200) }
    ]}));
    let everybody: Vec<usize> = (1..=250).collect();
    let script = vec![first, answer(&results(201..=250), &[], &everybody)];
    let changes: Vec<Change> = (1..=250).map(give).collect();
    let played = play(Wave::Records, org(250, &[]), &changes, script).await;
    let written = played.written();
    assert_eq!(
        written,
        ["composite: PermissionSetAssignment (200)", "composite: PermissionSetAssignment (50)"]
    );
    let reads = |number| played.body(number).to_string().contains("readBack");
    assert_eq!((reads(0), reads(1)), (false, true));
    assert_eq!(having(&played).len(), 250);
}
