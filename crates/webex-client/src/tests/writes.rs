//! Changes: what is sent, what is left out, and what was not kept.

use serde_json::{Value, json as value};

use super::{Reply, Scripted, json};
use crate::{Error, Id, Scope};

fn layout(content: &str, teams: &[&str]) -> Value {
    value!({
        "id": "l1", "version": 7, "name": "Support", "editedBy": "Ada", "jsonFileName": "a.json",
        "jsonFileContent": content, "global": false, "status": true, "defaultJsonModified": false,
        "validated": true, "teamIds": teams, "unheardOf": { "kept": ["as", "it", "is"] },
    })
}

#[tokio::test]
async fn everything_that_is_not_changed_is_sent_as_it_came() {
    let before = layout(r#"{"a":1}"#, &["t1"]);
    let after = layout(r#"{"a":1}"#, &["t2", "t1"]);
    let org = Scripted::new(vec![json(&before), json(&after), json(&after)]).await;
    let done = org
        .desktop_layouts()
        .change(&Id::new("l1"), |layout| layout.team_ids = Some(vec!["t1".into(), "t2".into()]))
        .await
        .unwrap();
    assert!(done.unkept.is_empty(), "the order of teams does not count: {:?}", done.unkept);
    let mut sent = org.body(1);
    assert_eq!(sent["teamIds"].take(), value!(["t1", "t2"]));
    sent["teamIds"] = value!(["t1"]);
    assert_eq!(sent, before);
    assert_eq!(
        org.lines(),
        ["GET /desktop-layout/l1", "PUT /desktop-layout/l1", "GET /desktop-layout/l1"]
    );
}

#[tokio::test]
async fn what_a_silent_put_keeps_is_told() {
    let before = layout(r#"{"a":1}"#, &[]);
    let org = Scripted::new(vec![json(&before), json(&before), json(&before)]).await;
    let done = org
        .desktop_layouts()
        .change(&Id::new("l1"), |layout| {
            layout.json_file_content = Some(r#"{"a":2}"#.to_owned());
            layout.edited_by = Some("Ada".to_owned());
        })
        .await
        .unwrap();
    assert_eq!(done.unkept, ["jsonFileContent"]);
}

#[tokio::test]
async fn the_same_content_written_otherwise_is_kept() {
    let after = layout("{ \"b\": [2],\n \"a\": 1 }", &[]);
    let org = Scripted::new(vec![json(&layout("{}", &[])), json(&after), json(&after)]).await;
    let done = org
        .desktop_layouts()
        .change(&Id::new("l1"), |layout| {
            layout.json_file_content = Some(r#"{"a":1,"b":[2]}"#.to_owned());
        })
        .await
        .unwrap();
    assert!(done.unkept.is_empty(), "{:?}", done.unkept);
}

#[tokio::test]
async fn nothing_is_sent_where_nothing_changes() {
    let org = Scripted::new(vec![json(&layout("{}", &[]))]).await;
    let layout = org.desktop_layouts().get(&Id::new("l1")).await.unwrap();
    org.desktop_layouts().update(&layout).await.unwrap();
    assert_eq!(org.lines().len(), 1);
}

#[tokio::test]
async fn a_field_that_is_taken_away_is_left_out() {
    let team = value!({ "id": "t1", "version": 1, "name": "A", "active": true, "siteId": "s", "teamStatus": "IN_SERVICE",
        "teamType": "AGENT", "desktopLayoutId": "l1" });
    let org = Scripted::new(vec![json(&team), json(&team)]).await;
    let mut record = org.teams().get(&Id::new("t1")).await.unwrap();
    record.desktop_layout_id = None;
    assert_eq!(record.changed().unwrap(), ["desktopLayoutId"]);
    org.teams().update(&record).await.unwrap();
    assert_eq!(org.body(1).get("desktopLayoutId"), None);
}

fn multimedia() -> Value {
    value!({ "id": "m1", "version": 1, "name": "Default", "active": true, "chat": 1, "email": 1, "telephony": 1,
        "social": 1, "blendingMode": "BLENDED", "blendingModeEnabled": true, "workItem": 0 })
}

fn refusing(field: &str) -> Reply {
    let words = format!("{field} is not allowed when feature flag is disabled");
    let body = value!({ "trackingId": "t", "error": { "key": "400", "message": [{ "description": words }] } });
    Reply::json(400, body.to_string())
}

#[tokio::test]
async fn what_the_service_refuses_by_name_is_left_out_once() {
    let org =
        Scripted::new(vec![json(&multimedia()), refusing("workItem"), json(&multimedia())]).await;
    let mut profile = org.multimedia_profiles().get(&Id::new("m1")).await.unwrap();
    profile.chat = Some(2);
    let done = org.multimedia_profiles().update(&profile).await.unwrap();
    assert_eq!(done.left_out, ["workItem"]);
    let mut first = org.body(1);
    first.as_object_mut().unwrap().remove("workItem");
    assert_eq!(org.body(2), first, "nothing else is left out");
}

#[tokio::test]
async fn what_was_asked_for_is_never_left_out() {
    for (field, times) in [("chat", 1), ("somethingElse", 1)] {
        let org = Scripted::new(vec![json(&multimedia()), refusing(field)]).await;
        let mut profile = org.multimedia_profiles().get(&Id::new("m1")).await.unwrap();
        profile.chat = Some(2);
        let error = org.multimedia_profiles().update(&profile).await.unwrap_err();
        assert!(error.to_string().contains("is not allowed"), "{error}");
        assert_eq!(org.lines().len(), 1 + times);
    }
}

#[tokio::test]
async fn what_must_not_change_is_refused_before_it_is_sent() {
    let variable = value!({ "id": "v1", "name": "caseId", "variableType": "String" });
    let team = value!({ "id": "t1", "name": "A", "siteId": "s1" });
    let org = Scripted::new(vec![json(&variable), json(&team)]).await;
    let mut variable = org.cad_variables().get(&Id::new("v1")).await.unwrap();
    *variable = crate::CadVariable::new("other", crate::VariableType::Text, "");
    let error = org.cad_variables().update(&variable).await.unwrap_err();
    assert!(
        matches!(&error, Error::Protocol { reason, .. } if reason.contains("name cannot be changed")),
        "{error}"
    );
    let mut team = org.teams().get(&Id::new("t1")).await.unwrap();
    team.site_id = Some("s2".into());
    assert!(matches!(org.teams().update(&team).await, Err(Error::Protocol { .. })));
    assert_eq!(org.lines().len(), 2);
}

#[tokio::test]
async fn an_id_never_leads_to_all_records() {
    let org = Scripted::new(vec![]).await;
    for id in ["", ".", "..", "/", "-"] {
        let result = org.dial_numbers().delete(&Id::new(id)).await;
        assert!(matches!(result, Err(Error::Protocol { .. })), "{id}");
    }
    assert!(org.lines().is_empty());
    let error = org.dial_numbers().delete(&Id::new("../team/1")).await.unwrap_err();
    assert!(error.is_ambiguous());
    assert_eq!(org.lines(), ["DELETE /dial-number/..%2Fteam%2F1"]);
}

#[test]
fn scopes_have_the_services_names() {
    let all =
        [Scope::ReadConfiguration, Scope::WriteConfiguration, Scope::MintTokens].map(Scope::name);
    assert_eq!(all, ["cjp:config_read", "cjp:config_write", "spark:applications_token"]);
}
