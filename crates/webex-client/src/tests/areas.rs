//! Each kind of record: what is created, where it is, and what it is made of.

use serde_json::{Value, json as value};

use super::{Reply, Scripted, json};
use crate::{
    Access, AgentProfile, AuxiliaryCode, CadVariable, Creatable, DesktopLayout, DialNumber,
    EntryPoint, Id, OutdialAni, OutdialAniEntry, Permission, PermissionAccess, RECORDINGS, Team,
    UserChange, UserProfile, VariableType,
};

fn sibling() -> AuxiliaryCode {
    serde_json::from_value(
        value!({ "name": "Lunch", "workTypeCode": "IDLE_CODE", "workTypeId": "w1" }),
    )
    .unwrap()
}

/// What the service makes of what was sent.
fn made(body: &impl Creatable) -> Reply {
    let mut made = serde_json::to_value(body).unwrap();
    made["id"] = "new".into();
    Reply::json(201, made.to_string())
}

#[tokio::test]
async fn new_records_have_all_that_the_service_asks_for() {
    let layout = DesktopLayout::new("Salesforce", "layout.json", "{}", "acme");
    let team = Team::new("Support", "s1".into());
    let code = AuxiliaryCode::like(&sibling(), "In a meeting");
    let variable = CadVariable::new("caseId", VariableType::Text, "");
    let profile = AgentProfile::new("Agents");
    let entry_point = EntryPoint::outdial("Outdial");
    let number = DialNumber::new("+14085550123", "e1".into(), "Outdial");
    let list = OutdialAni::new("Numbers");
    let entry = OutdialAniEntry::new("Main", "+14085550123");
    let permissions = vec![Permission::new(RECORDINGS, PermissionAccess::View)];
    let user_profile = UserProfile::supervisor("Supervisors", permissions);
    let org = Scripted::new(vec![
        made(&layout),
        made(&team),
        made(&code),
        made(&variable),
        made(&profile),
        made(&entry_point),
        made(&number),
        made(&list),
        made(&entry),
        made(&user_profile),
    ])
    .await;
    assert_eq!(org.desktop_layouts().create(&layout).await.unwrap().id().as_str(), "new");
    org.teams().create(&team).await.unwrap();
    org.auxiliary_codes().create(&code).await.unwrap();
    assert_eq!(org.cad_variables().create(&variable).await.unwrap().name(), "caseId");
    org.agent_profiles().create(&profile).await.unwrap();
    org.entry_points().create(&entry_point).await.unwrap();
    org.dial_numbers().create(&number).await.unwrap();
    org.outdial_anis().create(&list).await.unwrap();
    org.outdial_anis().entries(&Id::new("a1")).create(&entry).await.unwrap();
    org.user_profiles().create(&user_profile).await.unwrap();
    assert_eq!(
        org.lines(),
        [
            "POST /desktop-layout",
            "POST /team",
            "POST /auxiliary-code",
            "POST /cad-variable",
            "POST /agent-profile",
            "POST /entry-point",
            "POST /dial-number",
            "POST /outdial-ani",
            "POST /outdial-ani/a1/entry",
            "POST /v3/user-profile",
        ]
    );
    // What is not set is not sent. Drop judges every body by the API's description.
    assert!(
        (0..10).all(|number| org
            .body(number)
            .as_object()
            .unwrap()
            .values()
            .all(|it| !it.is_null()))
    );
}

#[tokio::test]
async fn a_user_is_changed_by_a_plain_object() {
    let user = value!({ "id": "u1", "email": "ada@acme.example", "teamIds": ["t2", "t1"] });
    let org = Scripted::new(vec![json(&user), json(&user)]).await;
    let change = UserChange::new().teams(&["t1".into(), "t2".into()]).agent_profile(&"p1".into());
    org.users().change(&Id::new("u1"), &change).await.unwrap();
    let nothing = UserChange::new().skill_profile(None);
    org.users().change(&Id::new("u1"), &nothing).await.unwrap();
    assert_eq!(org.lines(), ["PATCH /user/u1", "PATCH /user/u1"]);
    assert_eq!(org.body(0), value!({ "teamIds": ["t1", "t2"], "agentProfileId": "p1" }));
    assert_eq!(org.body(1), value!({ "skillProfileId": null }));
}

#[tokio::test]
async fn a_user_comes_with_what_the_user_may_do() {
    let user = value!({ "id": "u1", "email": "ada@acme.example", "userProfileId": "p1",
        "userProfileGranularAccessData": { "name": "Supervisors", "profileType": "SUPERVISOR",
            "permissionAccessLevel": "SPECIFIC",
            "permissions": [{ "name": RECORDINGS, "access": "VIEW" }, { "name": "team", "access": "NEW_WORD" }] } });
    let org = Scripted::new(vec![json(&user), json(&value!({ "id": "u2" }))]).await;
    let (user, profile) = org.users().get_with_profile(&Id::new("u1")).await.unwrap();
    assert_eq!(user.email.as_deref(), Some("ada@acme.example"));
    let profile = profile.unwrap();
    assert_eq!(profile.permits(RECORDINGS), Some(PermissionAccess::View));
    assert_eq!(profile.permits("team").unwrap().as_str(), "NEW_WORD");
    assert_eq!(profile.permits("queue"), Some(PermissionAccess::None));
    assert!(org.users().get_with_profile(&Id::new("u2")).await.unwrap().1.is_none());
}

#[tokio::test]
async fn what_refers_to_a_record_is_told_by_kind_and_name() {
    let answer = value!({ "meta": { "referencedEntities": ["user", "queue"], "currentEntity": "user" },
        "data": [{ "id": "u1", "name": "Ada" }] });
    let org = Scripted::new(vec![json(&answer), json(&answer)]).await;
    let found = org.teams().references(&Id::new("t1"), None).await.unwrap();
    assert_eq!(found.entities, ["user", "queue"]);
    assert_eq!(found.records[0].name, "Ada");
    org.user_profiles().references(&Id::new("p1"), Some("user")).await.unwrap();
    assert_eq!(
        org.lines(),
        [
            "GET /team/t1/incoming-references?page=0&pageSize=100",
            "GET /user-profile/p1/incoming-references?page=0&pageSize=100&type=user",
        ]
    );
}

#[test]
fn an_agent_profile_tells_which_idle_codes_it_allows() {
    let code = Id::new("c1");
    let mut profile = AgentProfile::new("Agents");
    assert_eq!(profile.allows_idle_code(&code), Some(true));
    profile.access_idle_code = Some(Access::Specific);
    assert_eq!(profile.allows_idle_code(&code), None, "a list that is not there tells nothing");
    profile.idle_codes = Some(vec!["c2".into()]);
    assert_eq!(profile.allows_idle_code(&code), Some(false));
    profile.idle_codes = Some(vec!["c2".into(), code.clone()]);
    assert_eq!(profile.allows_idle_code(&code), Some(true));
    profile.access_idle_code = Some(Access::None);
    assert_eq!(profile.allows_idle_code(&code), Some(false));
}

#[tokio::test]
async fn the_organization_says_itself_who_it_is() {
    let own = value!({ "id": super::ORGANIZATION, "name": "Acme" });
    let other = value!({ "id": "2eb65fdf-9643-417f-9974-ad72cae0e10f", "displayName": "Other" });
    let org = Scripted::new(vec![json(&own), json(&other)]).await;
    assert_eq!(org.organization().await.unwrap().name.as_deref(), Some("Acme"));
    let error = org.organization().await.unwrap_err().to_string();
    assert!(error.contains(super::ORGANIZATION) && error.contains("2eb65fdf"), "{error}");
    assert_eq!(org.lines()[0], "GET ");
}

#[test]
fn words_that_are_new_are_kept() {
    let value: Value = "BRAND_NEW".into();
    let access: Access = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(access, Access::Other("BRAND_NEW".to_owned()));
    assert_eq!(serde_json::to_value(access).unwrap(), value);
}
