//! Each kind of record: found, read, made, changed, deleted.

use std::fmt::Debug;

use crate::{
    Access, AgentProfile, Area, AuxiliaryCode, CadVariable, Creatable, Deletable, DesktopLayout,
    DialNumber, EntryPoint, Error, Filter, Id, OutdialAni, OutdialAniEntry, Permission,
    PermissionAccess, Query, RECORDINGS, Replaceable, Stored, Team, UserChange, UserProfile,
    VariableType, WorkTypeCode,
};

use super::bench::Bench;

/// Makes a record, changes it, reads it, and deletes it.
async fn lives<T: Creatable + Replaceable + Deletable + Debug>(
    area: Area<'_, T>,
    new: &T,
    change: impl FnOnce(&mut T),
    changed: impl Fn(&T) -> bool,
) {
    let before = area.list().await.unwrap().len();
    let made = area.create(new).await.unwrap();
    assert!(!changed(&made), "{made:?}");
    let done = area.change(made.id(), change).await.unwrap();
    assert!(done.unkept.is_empty() && changed(&done.record), "{done:?}");
    let read: Stored<T> = area.get(made.id()).await.unwrap();
    assert_eq!(read.raw(), done.record.raw());
    assert_eq!(area.list().await.unwrap().len(), before + 1);
    area.delete(made.id()).await.unwrap();
    assert!(area.get(made.id()).await.unwrap_err().is_missing());
    assert_eq!(area.list().await.unwrap().len(), before);
}

#[tokio::test]
async fn desktop_layouts() {
    let bench = Bench::new();
    let new = DesktopLayout::new("Salesforce", "a.json", r#"{"agent":{}}"#, "tests");
    lives(
        bench.desktop_layouts(),
        &new,
        |layout| layout.json_file_content = Some(r#"{"agent":{"area":{}}}"#.to_owned()),
        |layout| layout.json_file_content.as_deref() == Some(r#"{"agent":{"area":{}}}"#),
    )
    .await;
    let listed = bench.desktop_layouts().list().await.unwrap();
    assert!(
        listed.iter().all(|layout| layout.json_file_content.is_none()),
        "lists have no content"
    );
}

#[tokio::test]
async fn a_team_has_one_layout_and_both_sides_say_so() {
    let bench = Bench::new();
    let (layouts, teams) = (bench.desktop_layouts(), bench.teams());
    let billing = teams.named("Billing").await.unwrap().unwrap();
    let old = billing.desktop_layout_id.clone().unwrap();
    let ours = layouts.create(&DesktopLayout::new("Ours", "a.json", "{}", "tests")).await.unwrap();
    let done = layouts
        .change(ours.id(), |layout| layout.team_ids = Some(vec![billing.id.clone()]))
        .await
        .unwrap();
    assert!(done.unkept.is_empty());
    assert_eq!(teams.get(&billing.id).await.unwrap().desktop_layout_id.as_ref(), Some(ours.id()));
    let overview = layouts.overview().await.unwrap();
    let of = |id: &Id<DesktopLayout>| {
        overview.iter().find(|it| it.id == *id).unwrap().team_ids.clone().unwrap()
    };
    assert_eq!((of(&old), of(ours.id())), (vec![], vec![billing.id.clone()]));
    // Its teams keep a layout from being deleted, and are named.
    let error = layouts.delete(ours.id()).await.unwrap_err();
    let refused = error.api().unwrap();
    assert!(refused.is_referenced(), "{error}");
    assert_eq!(refused.references().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Billing"]);
    assert_eq!(refused.referenced_entities, ["team"]);
    let found = layouts.references(ours.id(), None).await.unwrap();
    assert_eq!(
        (found.entities, found.records[0].name.as_str()),
        (vec!["team".to_owned()], "Billing")
    );
    // Back to the global one: there is no other value for it than none.
    let back = teams.change(&billing.id, |team| team.desktop_layout_id = None).await.unwrap();
    assert_eq!(back.record.desktop_layout_id, None);
    layouts.delete(ours.id()).await.unwrap();
}

#[tokio::test]
async fn what_the_service_made_is_not_changed() {
    let bench = Bench::new();
    let all = bench.desktop_layouts().overview().await.unwrap();
    let global = all.iter().find(|layout| layout.system_default).unwrap();
    let error = bench
        .desktop_layouts()
        .change(&global.id, |layout| layout.json_file_content = Some("{}".to_owned()))
        .await
        .unwrap_err();
    assert_eq!(error.api().unwrap().status, 403);
}

#[tokio::test]
async fn teams() {
    let bench = Bench::new();
    let site = bench.sites().named("Main Site").await.unwrap().unwrap();
    let new = Team::new("Night shift", site.id.clone());
    lives(
        bench.teams(),
        &new,
        |team| team.description = Some("from 22".to_owned()),
        |team| team.description.is_some(),
    )
    .await;
    let error = bench.teams().create(&Team::new("Support", site.id.clone())).await.unwrap_err();
    assert!(error.api().unwrap().is_conflict(), "{error}");
    let support = bench.teams().named("Support").await.unwrap().unwrap();
    let error = bench.teams().delete(&support.id).await.unwrap_err();
    assert_eq!(error.api().unwrap().referenced_entities, ["user"]);
}

#[tokio::test]
async fn auxiliary_codes() {
    let bench = Bench::new();
    let idle = bench.auxiliary_codes().of(&WorkTypeCode::Idle).await.unwrap();
    assert!(idle.iter().any(|code| code.name == "Meeting"));
    let new = AuxiliaryCode::like(&idle[0], "Doctor (short)");
    lives(
        bench.auxiliary_codes(),
        &new,
        |code| code.active = Some(false),
        |code| code.active == Some(false),
    )
    .await;
    assert!(bench.auxiliary_codes().named("meeting").await.unwrap().is_none(), "case counts");
}

#[tokio::test]
async fn cad_variables() {
    let bench = Bench::new();
    let new = CadVariable::new("ticket_1", VariableType::Integer, "0");
    lives(
        bench.cad_variables(),
        &new,
        |variable| variable.agent_editable = Some(true),
        |variable| variable.agent_editable == Some(true),
    )
    .await;
    let wrong = CadVariable::new("ticket_2", VariableType::Integer, "many");
    let error = bench.cad_variables().create(&wrong).await.unwrap_err();
    assert!(error.to_string().contains("validDefaultValueForVariabelType"), "{error}");
}

#[tokio::test]
async fn agent_profiles() {
    let bench = Bench::new();
    lives(
        bench.agent_profiles(),
        &AgentProfile::new("Trainees (new)"),
        |profile| profile.access_idle_code = Some(Access::None),
        |profile| profile.access_idle_code == Some(Access::None),
    )
    .await;
    let agents = bench.agent_profiles().named("Agents").await.unwrap().unwrap();
    let statistics =
        bench.agent_profiles().get(&agents.id).await.unwrap().raw()["viewableStatistics"].clone();
    let done = bench
        .agent_profiles()
        .change(&agents.id, |it| it.outdial_enabled = Some(false))
        .await
        .unwrap();
    assert_eq!(done.record.raw()["viewableStatistics"], statistics, "sent back as it came");
}

#[tokio::test]
async fn entry_points_and_numbers() {
    let bench = Bench::new();
    lives(
        bench.entry_points(),
        &EntryPoint::outdial("Second"),
        |point| point.maximum_active_contacts = Some(7),
        |point| point.maximum_active_contacts == Some(7),
    )
    .await;
    let outdial = bench.entry_points().list().await.unwrap();
    let outdial = outdial.iter().find(|point| point.is_outdial()).unwrap();
    let new = DialNumber::new("+14085550102", outdial.id.clone(), &outdial.name);
    lives(
        bench.dial_numbers(),
        &new,
        |number| number.default_ani = Some(true),
        |number| number.default_ani == Some(true),
    )
    .await;
    let foreign = DialNumber::new("+14085559999", outdial.id.clone(), &outdial.name);
    let error = bench.dial_numbers().create(&foreign).await.unwrap_err();
    assert!(
        error.is_missing() && error.to_string().contains("Dialed number does not exist"),
        "{error}"
    );
    let error = bench.entry_points().delete(&outdial.id).await.unwrap_err();
    assert_eq!(error.api().unwrap().referenced_entities, ["agent-profile", "dial-number"]);
}

#[tokio::test]
async fn outdial_anis_keep_their_numbers() {
    let bench = Bench::new();
    lives(
        bench.outdial_anis(),
        &OutdialAni::new("Other"),
        |list| list.description = Some("x".to_owned()),
        |list| list.description.is_some(),
    )
    .await;
    let list = bench.outdial_anis().named("Caller Numbers").await.unwrap().unwrap();
    let anis = bench.outdial_anis();
    let entries = anis.entries(&list.id);
    let before = entries.list().await.unwrap();
    let ids = |all: &[crate::Listed<OutdialAniEntry>]| {
        all.iter().map(|entry| entry.id.to_string()).collect::<Vec<_>>()
    };
    anis.change(&list.id, |list| list.description = Some("changed".to_owned())).await.unwrap();
    assert_eq!(ids(&entries.list().await.unwrap()), ids(&before), "a change keeps the numbers");
    lives(
        entries,
        &OutdialAniEntry::new("Paris", "+33199000000"),
        |entry| entry.number = "+33199000001".to_owned(),
        |entry| entry.number == "+33199000001",
    )
    .await;
}

#[tokio::test]
async fn user_profiles_and_users() {
    let bench = Bench::new();
    let permissions = vec![Permission::new(RECORDINGS, PermissionAccess::View)];
    lives(
        bench.user_profiles(),
        &UserProfile::supervisor("Night supervisors", permissions),
        |profile| {
            profile.permissions = Some(vec![Permission::new(RECORDINGS, PermissionAccess::Edit)]);
        },
        |profile| profile.permits(RECORDINGS) == Some(PermissionAccess::Edit),
    )
    .await;
    let emails = ["GRACE@acme.example", "bob+calls@acme.example", "nobody@acme.example"];
    let found = bench.users().with_emails(&emails).await.unwrap();
    assert_eq!(found.len(), 1, "the service compares the case: {found:?}");
    let bob = &found[0];
    assert_eq!(bob.last_name.as_deref(), Some("O'Hara"));
    let all = bench.users().list().await.unwrap();
    let grace = all.iter().find(|user| user.first_name.as_deref() == Some("Grace")).unwrap();
    let (_, profile) = bench.users().get_with_profile(&grace.id).await.unwrap();
    assert_eq!(profile.unwrap().permits(RECORDINGS), Some(PermissionAccess::View));
    let teams: Vec<Id<Team>> =
        bench.teams().list().await.unwrap().into_iter().map(|team| team.id).collect();
    let change =
        UserChange::new().teams(&teams).agent_profile(grace.agent_profile_id.as_ref().unwrap());
    let mut changed =
        bench.users().change(&bob.id, &change).await.unwrap().team_ids.clone().unwrap();
    changed.sort();
    let mut wanted = teams.clone();
    wanted.sort();
    assert_eq!(changed, wanted);
}

#[tokio::test]
async fn multimedia_profiles() {
    let bench = Bench::new();
    let all = bench.multimedia_profiles().list().await.unwrap();
    let done =
        bench.multimedia_profiles().change(&all[0].id, |it| it.chat = Some(2)).await.unwrap();
    assert_eq!((done.record.chat, done.left_out.len()), (Some(2), 0));
}

#[tokio::test]
async fn lists_are_paged_filtered_and_searched() {
    let bench = Bench::new();
    let site = bench.sites().list().await.unwrap().remove(0);
    for number in 0..7 {
        bench
            .teams()
            .create(&Team::new(&format!("A+B \"{number}\""), site.id.clone()))
            .await
            .unwrap();
    }
    let all = bench.teams().query(&Query::all().page_size(3)).await.unwrap();
    assert_eq!(all.len(), 10);
    assert!(bench.teams().named("A+B \"4\"").await.unwrap().is_some());
    let found = bench.teams().query(&Query::all().search("a+b")).await.unwrap();
    assert_eq!(found.len(), 7);
    let filter = Filter::one_of("name", ["Sales", "Support"]).and(&Filter::equals("active", true));
    assert_eq!(bench.teams().query(&Query::matching(filter)).await.unwrap().len(), 2);
    // The flag of layouts has another name; a filter on it finds nothing, and is not refused.
    let filter = Query::matching(Filter::equals("active", true));
    assert!(bench.desktop_layouts().query(&filter).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_record_that_was_changed_meanwhile_is_not_overwritten() {
    let bench = Bench::new();
    let support = bench.teams().named("Support").await.unwrap().unwrap();
    let mut ours = bench.teams().get(&support.id).await.unwrap();
    bench
        .teams()
        .change(&support.id, |team| team.description = Some("theirs".to_owned()))
        .await
        .unwrap();
    ours.description = Some("ours".to_owned());
    let error = bench.teams().update(&ours).await.unwrap_err();
    assert!(matches!(&error, Error::Api { error, .. } if error.status == 412), "{error}");
}
