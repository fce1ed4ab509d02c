//! Users into a call center.

use super::*;
use crate::checklist::ItemId;
use crate::model::org_fixture::{OrgFixture, id, user};
use crate::model::{CallCenterId, Ref, Target, Value as Held};

const CALL_CENTER: &str = "WebexCCAgentDesktopV2";

fn org(users: usize) -> OrgState {
    OrgFixture::new()
        .call_centers(&[(CALL_CENTER, "Webex", None)])
        .users((1..=users).map(user))
        .build()
}

/// Puts those users into the connector's call center.
fn assign(users: impl IntoIterator<Item = usize>) -> Vec<Change> {
    let call_center = CallCenterId::parse(&id("04v", 1)).unwrap();
    let into = Held::CallCenter(Ref::seen(CALL_CENTER, &call_center));
    let change = |number| {
        let user = user(number);
        let target = Target::UserCallCenter(Ref::seen(user.username, &user.id));
        Change::new(ItemId::USERS, target, None, Some(into.clone()))
    };
    users.into_iter().map(change).collect()
}

/// Results of rows, and the members of the call center that are read behind them.
fn answer(rows: &[Value], members: Option<&[usize]>) -> Reply {
    let mut parts: Vec<Value> = rows
        .chunks(200)
        .enumerate()
        .map(|(number, rows)| {
            json!({"referenceId": format!("rows{number}"), "httpStatusCode": 200, "body": rows})
        })
        .collect();
    if let Some(members) = members {
        let records: Vec<Value> =
            members.iter().map(|number| json!({"Id": user(*number).id.as_str()})).collect();
        let page = json!({"totalSize": records.len(), "done": true, "records": records});
        parts.push(json!({"referenceId": "readBack", "httpStatusCode": 200, "body": page}));
    }
    reply(&json!({ "compositeResponse": parts }))
}

fn good(number: usize) -> Value {
    json!({"id": user(number).id.as_str(), "success": true, "errors": []})
}

/// The ids that a request sends, and whether it reads the members behind them.
fn sent(played: &Played, number: usize) -> (Vec<String>, bool) {
    let body = played.body(number);
    let parts = body["compositeRequest"].as_array().unwrap();
    let rows =
        parts.iter().flat_map(|part| part["body"]["records"].as_array().into_iter().flatten());
    let ids = rows.map(|row| {
        assert_eq!(row["CallCenterId"].as_str().unwrap().get(..15), Some(&*id("04v", 1)), "{row}");
        row["id"].as_str().unwrap().to_owned()
    });
    let reads = parts.iter().any(|part| part["referenceId"] == "readBack");
    (ids.collect(), reads)
}

#[tokio::test]
async fn users_and_who_is_in_the_call_center_afterwards_are_one_request() {
    let script = vec![answer(&[good(1), good(2)], Some(&[1, 2]))];
    let played = play(Wave::Records, org(3), &assign([1, 2]), script).await;
    assert_eq!(played.lines(), ["POST /services/data/v68.0/composite HTTP/1.1"]);
    let ids = [1, 2].map(|number| user(number).id.as_str().to_owned());
    assert_eq!(sent(&played, 0), (ids.to_vec(), true));
    assert_eq!(played.written(), ["composite: User.CallCenterId (2)"]);
    let carried = played.carried.unwrap();
    assert!(carried.refused.is_empty() && carried.failure.is_none() && carried.seen);
    let inside: Vec<bool> =
        played.known.users.iter().map(|user| user.call_center.is_some()).collect();
    assert_eq!(inside, [true, true, false], "what the org has told is known at once");
}

#[tokio::test]
async fn a_user_whom_the_org_refuses_is_told_with_its_words_and_the_others_stay() {
    let refused = json!({"success": false, "errors": [
        {"statusCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "not her", "fields": []}
    ]});
    let script = vec![answer(&[good(1), refused], Some(&[1]))];
    let played = play(Wave::Records, org(2), &assign([1, 2]), script).await;
    let carried = played.carried.unwrap();
    let [(change, words)] = carried.refused.as_slice() else { panic!("{carried:?}") };
    let Target::UserCallCenter(who) = change.target() else { panic!("{change:?}") };
    assert_eq!(who.name, "user2@example.com");
    assert_eq!(words, "not her (FIELD_CUSTOM_VALIDATION_EXCEPTION)");
    assert!(carried.failure.is_none());
}

#[tokio::test]
async fn nothing_is_sent_for_a_call_center_that_the_org_does_not_list() {
    let state = OrgFixture::new().call_centers(&[]).users([user(1)]).build();
    let played = play(Wave::Records, state, &assign([1]), Vec::new()).await;
    let carried = played.carried.as_ref().unwrap();
    let [(_, words)] = carried.refused.as_slice() else { panic!("{carried:?}") };
    assert!(words.contains(CALL_CENTER), "{words}");
    assert!(played.heard.is_empty() && played.written().is_empty());
}

#[tokio::test]
async fn a_user_who_is_gone_keeps_nobody_else_from_being_assigned() {
    let script = vec![answer(&[good(2)], Some(&[2]))];
    let mut state = org(2);
    state.users.seen_mut().unwrap().remove(0);
    let played = play(Wave::Records, state, &assign([1, 2]), script).await;
    assert_eq!(sent(&played, 0).0, [user(2).id.as_str()]);
    let carried = played.carried.unwrap();
    let [(_, words)] = carried.refused.as_slice() else { panic!("{carried:?}") };
    assert_eq!(words, "the user can no longer be found");
}

/// Whether the org has done it, nobody knows: it is announced, and not sent again.
#[tokio::test]
async fn a_request_whose_answer_is_lost_is_sent_once() {
    let played = play(Wave::Records, org(1), &assign([1]), vec![Reply::Drop]).await;
    assert_eq!(played.heard.len(), 1);
    assert_eq!(played.written(), ["composite: User.CallCenterId (1)"]);
    assert!(played.carried.unwrap().failure.is_some());
}

/// The first request has one collection; the org was quick, so that the second takes the rest.
#[tokio::test]
async fn many_users_are_few_requests_and_members_are_read_with_the_last() {
    let rows = |numbers: std::ops::RangeInclusive<usize>| numbers.map(good).collect::<Vec<_>>();
    let everybody: Vec<usize> = (1..=450).collect();
    let script = vec![answer(&rows(1..=200), None), answer(&rows(201..=450), Some(&everybody))];
    let played = play(Wave::Records, org(450), &assign(1..=450), script).await;
    let (first, second) = (sent(&played, 0), sent(&played, 1));
    assert_eq!(((first.0.len(), first.1), (second.0.len(), second.1)), ((200, false), (250, true)));
    assert_eq!(
        played.written(),
        ["composite: User.CallCenterId (200)", "composite: User.CallCenterId (250)"]
    );
    assert!(played.carried.unwrap().refused.is_empty());
}
