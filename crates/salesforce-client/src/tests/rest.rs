//! Queries and single records.

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json as value;

use super::{TOKEN, body, json, line, org};
use crate::testing::Reply;
use crate::wire::Url;
use crate::{ApiVersion, Client, Error, Session, Soql, soql};

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
struct User {
    id: String,
}

fn page(ids: &[&str], next: Option<&str>) -> Reply {
    let records: Vec<_> = ids.iter().map(|id| value!({ "Id": id })).collect();
    let mut page = value!({ "totalSize": 3, "done": next.is_none(), "records": records });
    if let Some(next) = next {
        page["nextRecordsUrl"] = next.into();
    }
    json(&page)
}

#[tokio::test]
async fn a_query_reads_all_pages() {
    let next = "/services/data/v68.0/query/01g-2000";
    let (server, client) = org(vec![page(&["1", "2"], Some(next)), page(&["3"], None)]).await;
    let query = Soql::new("SELECT Id FROM User WHERE Name = ").value(&soql::quote("a+b & c"));
    let users: Vec<User> = client.query(&query).await.unwrap();
    let ids: Vec<&str> = users.iter().map(|user| user.id.as_str()).collect();
    assert_eq!(ids, ["1", "2", "3"]);
    let heard = server.heard();
    let first = "GET /services/data/v68.0/query?q=SELECT%20Id%20FROM%20User%20WHERE%20Name%20%3D%20%27a%2Bb%20%26%20c%27";
    assert_eq!(line(&heard[0]), first);
    assert_eq!(line(&heard[1]), format!("GET {next}"));
    assert!(
        heard.iter().all(|request| request.contains(&format!("authorization: Bearer {TOKEN}")))
    );
}

#[tokio::test]
async fn pages_that_lead_nowhere_are_an_error() {
    let round = "/services/data/v68.0/query/01g-1";
    for script in [
        vec![page(&["1"], Some("https://evil.example/x"))],
        vec![page(&["1"], Some("//evil.example/x"))],
        vec![page(&["1"], Some(round)), page(&["1"], Some(round)), page(&["1"], Some(round))],
        vec![json(&value!({ "totalSize": 1, "done": false, "records": [] }))],
    ] {
        let (_server, client) = org(script).await;
        let result = client.query::<User>(&Soql::new("SELECT Id FROM User")).await;
        assert!(matches!(result, Err(Error::Protocol { .. })), "{result:?}");
    }
}

#[tokio::test]
async fn a_record_of_another_shape_is_named() {
    let reply =
        json(&value!({ "totalSize": 2, "done": true, "records": [{"Id": "1"}, {"Id": 2}] }));
    let (_server, client) = org(vec![reply]).await;
    let error = client.query::<User>(&Soql::new("SELECT Id FROM User")).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("records[1].Id") && text.contains("query records"), "{text}");
}

#[tokio::test]
async fn an_overlong_query_is_refused_before_it_is_sent() {
    let (server, client) = org(vec![]).await;
    let query =
        Soql::new("SELECT Id FROM User WHERE Name = ").value(&soql::quote(&"é".repeat(5000)));
    let error = client.query::<User>(&query).await.unwrap_err();
    assert!(matches!(error, Error::Protocol { .. }), "{error}");
    assert!(server.heard().is_empty());
}

#[tokio::test]
async fn a_page_with_status_200_is_no_answer() {
    let (_server, client) = org(vec![Reply::xml(200, "<html><body>Log in</body></html>")]).await;
    let error = client.userinfo().await.unwrap_err().to_string();
    assert!(error.contains("look up the logged-in user") && error.contains("Log in"), "{error}");
}

#[tokio::test]
async fn single_records_are_created_changed_and_deleted() {
    let created = Reply::json(201, r#"{"id":"001A","success":true,"errors":[]}"#);
    let refused = Reply::json(
        400,
        r#"[{"errorCode":"REQUIRED_FIELD_MISSING","message":"Name","fields":["Name"]}]"#,
    );
    let done = || Reply::Say(204, vec![], vec![]);
    let (server, client) = org(vec![created, done(), done(), refused]).await;
    let fields = value!({ "Name": "x" });
    assert_eq!(client.create("Account", &fields).await.unwrap(), "001A");
    client.update("Account", "001A", &fields).await.unwrap();
    client.delete("Account", "00/1").await.unwrap();
    let error = client.create("Account", &fields).await.unwrap_err();
    assert_eq!(error.api().unwrap().fields, ["Name"]);
    let heard = server.heard();
    assert_eq!(line(&heard[0]), "POST /services/data/v68.0/sobjects/Account");
    assert_eq!(body(&heard[0]), r#"{"Name":"x"}"#);
    assert_eq!(line(&heard[1]), "PATCH /services/data/v68.0/sobjects/Account/001A");
    assert_eq!(line(&heard[2]), "DELETE /services/data/v68.0/sobjects/Account/00%2F1");
}

#[tokio::test]
async fn a_change_whose_answer_is_lost_is_ambiguous() {
    let (server, client) = org(vec![Reply::Drop]).await;
    let error = client.create("Account", &value!({})).await.unwrap_err();
    assert!(error.is_ambiguous(), "{error}");
    assert_eq!(error.operation(), Some("create a record"));
    assert_eq!(server.heard().len(), 1);
    assert!(!format!("{error} {error:?} {client:?}").contains("canary"));
}

#[tokio::test]
async fn another_version_is_another_path() {
    let offered = json(&value!([{"version": "20.0", "url": "", "label": ""}, {"version": "66.0"}]));
    let (server, client) =
        org(vec![offered, json(&value!({"DailyApiRequests": {"Max": 5, "Remaining": 4}}))]).await;
    let versions = client.versions().await.unwrap();
    let client = client.with_version(ApiVersion::choose(&versions).unwrap());
    assert_eq!(client.limits().await.unwrap()["DailyApiRequests"].remaining, 4);
    let heard = server.heard();
    assert_eq!(line(&heard[0]), "GET /services/data/");
    assert_eq!(line(&heard[1]), "GET /services/data/v66.0/limits");
}

#[test]
fn an_org_is_reached_safely_or_not_at_all() {
    let session = |url: &str| Session::new(Url::parse(url).unwrap(), SecretString::from(TOKEN));
    assert!(Client::connect(session("http://127.0.0.1:1"), "tests").is_ok());
    let error = Client::connect(session("http://acme.my.salesforce.com"), "tests").unwrap_err();
    assert!(error.to_string().contains("https"), "{error}");
}

#[tokio::test]
async fn a_login_host_is_asked_which_address_the_org_has() {
    use crate::Obstacle;
    let refused = || {
        let words = "Destination URL not reset. The URL returned from login must be set";
        let body = value!([{"errorCode": "URL_NOT_RESET", "message": words}]);
        Reply::json(400, body.to_string())
    };
    let told = |urls: serde_json::Value| {
        json(&value!({"user_id": "005", "organization_id": "00D", "urls": urls}))
    };
    let acme = Some("https://acme.my.salesforce.com".to_owned());
    for (answer, own) in [
        (told(value!({"custom_domain": "https://acme.my.salesforce.com"})), acme.clone()),
        (told(value!({"rest": "https://acme.my.salesforce.com/services/data/v{version}/"})), acme),
        (told(value!({"custom_domain": "https://acme.my.salesforce.com.evil.example"})), None),
        (told(value!({"custom_domain": "http://acme.my.salesforce.com"})), None),
        (told(value!({})), None),
        (Reply::json(200, "<html>"), None),
        (refused(), None),
    ] {
        let (server, client) = org(vec![refused(), answer]).await;
        let error = client.limits().await.unwrap_err();
        assert_eq!(error.obstacle(), Some(Obstacle::NotItsAddress { own }));
        assert!(error.to_string().contains("URL_NOT_RESET"), "{error}");
        let asked = server.heard();
        assert_eq!(asked.len(), 2);
        assert_eq!(line(&asked[1]), "GET /services/oauth2/userinfo");
    }
}
