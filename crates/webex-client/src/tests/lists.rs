//! Lists, page by page, and filters.

use serde_json::{Value, json as value};

use super::{Reply, Scripted, json};
use crate::{Error, Filter, Query, WorkTypeCode};

fn team(id: u32) -> Value {
    value!({ "id": format!("t{id}"), "name": format!("Team {id}") })
}

#[tokio::test]
async fn a_list_is_read_to_its_end() {
    let told = |page: u32, ids: &[u32]| {
        let data: Vec<Value> = ids.iter().map(|id| team(*id)).collect();
        json(
            &value!({ "meta": { "page": page, "totalPages": 3, "totalRecords": 5 }, "data": data }),
        )
    };
    // A record that was made meanwhile moves "2" on to the next page.
    let org = Scripted::new(vec![told(0, &[1, 2]), told(1, &[2, 3]), told(2, &[4])]).await;
    let teams = org.teams().list().await.unwrap();
    let mut names: Vec<&str> = teams.iter().map(|team| team.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Team 1", "Team 2", "Team 3", "Team 4"]);
    let mut lines = org.lines();
    lines.sort_unstable();
    assert_eq!(lines, [0, 1, 2].map(|page| format!("GET /v2/team?page={page}&pageSize=100")));
}

#[tokio::test]
async fn a_list_that_only_tells_the_next_page_is_read_too() {
    let page = |id: u32, next: Option<&str>| {
        json(&value!({ "meta": { "links": { "next": next } }, "data": [team(id)] }))
    };
    let org =
        Scripted::new(vec![page(1, Some("/x?page=1")), page(2, Some("/x?page=2")), page(3, None)])
            .await;
    assert_eq!(org.teams().list().await.unwrap().len(), 3);
    assert_eq!(org.lines()[2], "GET /v2/team?page=2&pageSize=100");
    let empty = json(&value!({ "meta": { "links": { "next": "/x" } }, "data": [] }));
    let org = Scripted::new(vec![page(1, Some("/x")), empty]).await;
    assert!(matches!(org.teams().list().await, Err(Error::Protocol { .. })));
    let endless = json(&value!({ "meta": { "totalPages": 4_000_000_000_u32 }, "data": [team(1)] }));
    let org = Scripted::new(vec![endless]).await;
    assert!(matches!(org.teams().list().await, Err(Error::Protocol { .. })));
}

#[tokio::test]
async fn names_are_asked_for_encoded_and_compared_strictly() {
    let found = json(
        &value!({ "data": [{ "id": "a", "name": "a+b \"c\"" }, { "id": "b", "name": "A+B \"c\"" }] }),
    );
    let org = Scripted::new(vec![found]).await;
    let code = org.teams().named("A+B \"c\"").await.unwrap().unwrap();
    assert_eq!(code.id.as_str(), "b");
    assert_eq!(
        org.lines()[0],
        "GET /v2/team?page=0&pageSize=100&filter=name%3D%3D%27A%2BB%20%22c%22%27"
    );
}

#[tokio::test]
async fn what_the_service_lets_through_a_filter_is_judged_again() {
    let codes = value!({ "data": [
        { "id": "a", "name": "Lunch", "workTypeCode": "IDLE_CODE" },
        { "id": "b", "name": "Sale", "workTypeCode": "WRAP_UP_CODE" },
    ] });
    let users = value!({ "data": [{ "id": "u", "email": "ADA@acme.example" }, { "id": "v", "email": "eve@acme.example" }] });
    let org = Scripted::new(vec![json(&codes), json(&users)]).await;
    let idle = org.auxiliary_codes().of(&WorkTypeCode::Idle).await.unwrap();
    assert_eq!(idle.iter().map(|code| code.name.as_str()).collect::<Vec<_>>(), ["Lunch"]);
    let users = org.users().with_emails(&["ada@acme.example", "bob+1@acme.example"]).await.unwrap();
    assert_eq!(users.iter().map(|user| user.id.as_str()).collect::<Vec<_>>(), ["u"]);
    assert!(org.lines()[1].contains(
        "filter=email%3Din%3D%28%22ada%40acme.example%22%2C%22bob%2B1%40acme.example%22%29"
    ));
}

#[tokio::test]
async fn a_query_may_ask_for_less() {
    let org =
        Scripted::new(vec![json(&value!({ "data": [] })), json(&value!({ "data": [] }))]).await;
    let query = Query::matching(Filter::equals("active", true)).page_size(5).search("a b");
    assert!(org.entry_points().query(&query).await.unwrap().is_empty());
    assert!(org.desktop_layouts().overview().await.unwrap().is_empty());
    assert_eq!(
        org.lines(),
        [
            "GET /v2/entry-point?page=0&pageSize=5&filter=active%3D%3D%22true%22&search=a%20b",
            "GET /v2/desktop-layout?page=0&pageSize=100&attributes=id%2Cname%2Cglobal%2CsystemDefault%2CteamIds%2Cstatus",
        ]
    );
}

#[tokio::test]
async fn a_used_up_allowance_is_waited_for() {
    let busy = Reply::Say(429, vec![("retry-after", "0".to_owned())], b"{}".to_vec());
    let org = Scripted::new(vec![busy, json(&value!({ "data": [] }))]).await;
    assert!(org.teams().list().await.unwrap().is_empty());
    assert_eq!(org.lines().len(), 2);
}
