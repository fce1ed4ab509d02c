//! What the service does against its own description.

use crate::{DesktopLayout, Error};

use super::bench::Bench;

#[tokio::test]
async fn a_silent_put_is_told() {
    let bench = Bench::trapped(|traps| traps.silent_put = true);
    let layouts = bench.desktop_layouts();
    let ours = layouts.create(&DesktopLayout::new("Ours", "a.json", "{}", "tests")).await.unwrap();
    let done = layouts
        .change(ours.id(), |layout| {
            layout.json_file_content = Some(r#"{"agent":{}}"#.to_owned());
            layout.description = Some("kept".to_owned());
        })
        .await
        .unwrap();
    assert_eq!(done.unkept, ["jsonFileContent"]);
    assert_eq!(done.record.description.as_deref(), Some("kept"));
    // A new one holds what it was made with.
    let other = layouts
        .create(&DesktopLayout::new("Other", "a.json", r#"{"b":1}"#, "tests"))
        .await
        .unwrap();
    let read = layouts.get(other.id()).await.unwrap();
    assert_eq!(read.json_file_content.as_deref(), Some(r#"{"b":1}"#));
}

#[tokio::test]
async fn a_team_that_is_taken_has_to_be_moved_first() {
    let bench = Bench::trapped(|traps| traps.team_taken = true);
    let billing = bench.teams().named("Billing").await.unwrap().unwrap();
    let mut ours = DesktopLayout::new("Ours", "a.json", "{}", "tests");
    ours.team_ids = Some(vec![billing.id.clone()]);
    let error = bench.desktop_layouts().create(&ours).await.unwrap_err();
    assert!(error.api().unwrap().is_team_taken(), "{error}");
    let old = billing.desktop_layout_id.clone().unwrap();
    bench
        .desktop_layouts()
        .change(&old, |layout| layout.team_ids = Some(Vec::new()))
        .await
        .unwrap();
    bench.desktop_layouts().create(&ours).await.unwrap();
}

#[tokio::test]
async fn what_is_held_from_outside_is_not_deleted() {
    let bench = Bench::new();
    let variable = bench.cad_variables().named("CaseNumber").await.unwrap().unwrap();
    let mut traps = org_emulator::tenant::Traps::default();
    traps.held = vec![variable.id.to_string()];
    bench.tenant.set_traps(traps);
    let error = bench.cad_variables().delete(&variable.id).await.unwrap_err();
    assert!(error.to_string().contains("used by Main flow"), "{error}");
    assert!(error.to_string().contains("tracking ID ccconfig_"), "{error}");
}

#[tokio::test]
async fn a_used_up_allowance_is_waited_for() {
    let bench = Bench::trapped(|traps| {
        (traps.requests_a_minute, traps.retry_after) = (Some(2), Some(0));
    });
    bench.sites().list().await.unwrap();
    bench.sites().list().await.unwrap();
    // The minute is not over, however often it is tried.
    let error = bench.sites().list().await.unwrap_err();
    assert!(error.api().unwrap().is_limit(), "{error}");
    assert_eq!(bench.tenant.exchanges().iter().filter(|it| it.status == 429).count(), 5);
}

#[tokio::test]
async fn a_work_item_is_left_out_where_it_is_refused() {
    let bench = Bench::trapped(|traps| (traps.work_item, traps.mandatory_fields) = (true, true));
    let all = bench.multimedia_profiles().list().await.unwrap();
    let done =
        bench.multimedia_profiles().change(&all[0].id, |it| it.chat = Some(3)).await.unwrap();
    assert_eq!(done.left_out, ["workItem"]);
    assert_eq!(done.record.chat, Some(3));
}

#[tokio::test]
async fn reads_that_lag_behind_show_what_there_was() {
    let bench = Bench::trapped(|traps| traps.read_lag = 1);
    let support = bench.teams().named("Support").await.unwrap().unwrap();
    let done = bench
        .teams()
        .change(&support.id, |it| it.description = Some("new".to_owned()))
        .await
        .unwrap();
    assert_eq!(done.unkept, ["description"]);
    let read = bench.teams().get(&support.id).await.unwrap();
    assert_eq!(read.description.as_deref(), Some("new"));
}

#[tokio::test]
async fn conflicts_that_are_none_are_told_apart() {
    let bench = Bench::trapped(|traps| traps.wrong_conflict = true);
    let agents = bench.agent_profiles().named("Agents").await.unwrap().unwrap();
    // A copy carries the id of the statistics inside.
    let mut copy = (*bench.agent_profiles().get(&agents.id).await.unwrap()).clone();
    copy.name = "Copy of agents".to_owned();
    let error = bench.agent_profiles().create(&copy).await.unwrap_err();
    assert!(matches!(&error, Error::Api { error, .. } if error.is_internal_conflict()), "{error}");
    let error =
        bench.agent_profiles().create(&crate::AgentProfile::new("Agents")).await.unwrap_err();
    assert!(!error.api().unwrap().is_internal_conflict(), "{error}");
}
