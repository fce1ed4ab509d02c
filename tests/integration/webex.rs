//! The Webex half, against the emulated tenant over real sockets.

use std::io;

use org_emulator::tenant::Traps;
use provision::checklist::Note;
use provision::config;
use provision::diagnosis::{LOOKS_OF_USER, insides_of_agent};
use provision::engine::{
    Aim, Goal, ItemOutcome, Outcome, Removal, Report, SavedPlan, TenantExamination, TenantPatient,
};
use provision::failure::Kind;
use provision::journal::Store;
use provision::model::TenantWish;
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::rewriting_proxy::Rewrite;
use crate::support::{Org, demo, wait};
use crate::webex_blindness::behind_proxy;

/// A layout like Cisco's, with the connector in one role.
pub(crate) fn layout() -> String {
    json!({ "agent": { "version": "0.1.0", "appTitle": "Webex Contact Center", "logo": "", "area": {
        "headless": {
            "id": "dw-headless",
            "widgets": { "comp1": {
                "comp": "agentx-custom-desktop",
                "script": "https://cx-crmconnector.ciscoccservice.com/salesforce/v1.1.9/dist/index.js",
                "attributes": {
                    "outDialAni": "<OutDialAniValue>", "nameOfOpenCtiFileName": "opencti_v48.js",
                    "openctiLibPath": "https://x.example/lib/opencti_v48.js",
                    "isSFDCWidgetEnabled": "false"
                }
            } },
            "layout": { "areas": [["comp1"]], "size": { "cols": [1], "rows": [1] } }
        },
        "panel": { "comp": "md-tabs", "children": [
            { "comp": "md-tab", "children": [{ "comp": "span", "textContent": "Salesforce Actions" }] },
            { "comp": "md-tab-panel", "children": [
                { "comp": "agentx-custom-desktop", "attributes": { "isSFDCWidgetEnabled": "true" } }
            ] }
        ] },
        "navigation": []
    } } })
    .to_string()
}

/// What is wanted of the tenant, behind what is wanted of the org.
fn tables(org: &Org) -> String {
    format!(
        "[webex]\norg_id = \"{}\"\nteams = [\"Support\", \"Billing\"]\n[webex.desktop_layout]\nfile \
         = \"layout.json\"\noutdial_ani = \"+14085550100\"\n",
        org.tenant().announcement()["organization_id"].as_str().expect("an id")
    )
}

/// The tenant alone.
pub(crate) fn alone(org: &Org) -> String {
    format!("data_center = \"us1\"\n{}", tables(org))
}

/// The demo's org and the tenant.
pub(crate) fn both(org: &Org) -> String {
    let demo = demo();
    let (org_half, _) = demo.split_once("[webex]").expect("the demo names a tenant");
    format!("{org_half}\n{}", tables(org))
}

pub(crate) fn load(text: &str) -> config::Loaded {
    let read = |path: &str| match path {
        "layout.json" => Ok(layout().into_bytes()),
        _ => Err(io::ErrorKind::NotFound.into()),
    };
    config::load(text, "provision.toml", None, &read)
        .map_err(|mistakes| mistakes.to_string())
        .expect("a configuration without mistakes")
}

fn run(org: &Org, goal: Goal, text: &str) -> Report {
    org.run_loaded((goal, Aim::Installed), &load(text))
}

fn fine(report: Report) -> Report {
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    report
}

/// What of the tenant a run could change, without what counts writes.
pub(crate) fn records(org: &Org) -> Value {
    let kinds = ["desktop-layout", "team", "auxiliary-code", "cad-variable", "agent-profile"];
    let mut all = json!({});
    for kind in kinds {
        let mut list = org.tenant_json(&format!("v2/{kind}"));
        for record in list["data"].as_array_mut().expect("records") {
            // Lists leave fields out.
            let id = record["id"].as_str().expect("an id").to_owned();
            *record = org.tenant_json(&format!("{kind}/{id}"));
            for counted in ["version", "lastUpdatedTime", "modifiedTime", "createdTime"] {
                record.as_object_mut().expect("a record").remove(counted);
            }
        }
        all[kind] = list["data"].take();
    }
    all
}

fn changed(report: &Report) -> usize {
    report.items.iter().filter(|item| item.outcome == ItemOutcome::Changed).count()
}

#[test]
fn a_tenant_is_set_up_verified_and_left_as_it_was() {
    let org = Org::new().with_tenant();
    let before = records(&org);
    let text = alone(&org);

    let plan = fine(run(&org, Goal::Plan, &text));
    assert_eq!(plan.outcome, Outcome::Changes);
    assert_eq!(records(&org), before, "a plan changes nothing");
    let saved = SavedPlan::of(&plan, "hash", jiff::Timestamp::now()).expect("a tenant was reached");
    assert!(SavedPlan::is_one(&saved.write()), "{saved:?}");

    let applied = fine(run(&org, Goal::Apply, &text));
    assert_eq!(changed(&applied), 2, "{:#?}", applied.items);
    let tenant = applied.tenant.as_ref().expect("a tenant");
    assert_eq!(tenant.name, "Acme Contact Center");
    assert!(applied.org.is_none());

    // Support had the global layout, Billing one of its own, which keeps everything.
    let after = records(&org);
    let layouts = after["desktop-layout"].as_array().expect("layouts");
    let named = |name: &str| layouts.iter().find(|it| it["name"] == name).expect("a layout");
    let content = named("Billing Desktop + Salesforce")["jsonFileContent"].to_string();
    assert!(content.contains("acme-invoices") && content.contains("agentx-custom-desktop"));
    let ours = named("Salesforce")["jsonFileContent"].to_string();
    assert!(ours.contains("+14085550100") && !ours.contains("OutDialAniValue"), "{ours}");

    let verified = fine(run(&org, Goal::Verify, &text));
    assert_eq!(verified.outcome, Outcome::Done, "{:#?}", verified.items);
    let again = fine(run(&org, Goal::Apply, &text));
    assert_eq!(again.outcome, Outcome::NothingToDo);

    let removal = (Goal::Apply, Aim::Removed(Removal::default()));
    fine(org.run_loaded(removal, &load(&text)));
    assert_eq!(records(&org), before);
}

#[test]
fn both_halves_are_set_up_in_one_run() {
    let org = Org::new().with_tenant();
    let text = both(&org);
    let applied = fine(run(&org, Goal::Apply, &text));
    assert!(applied.org.is_some() && applied.tenant.is_some());
    let done = |id: &str| {
        applied.items.iter().any(|it| it.id.as_str() == id && it.outcome == ItemOutcome::Changed)
    };
    assert!(done("package") && done("users") && done("desktop-layout") && done("teams"));
    let again = fine(run(&org, Goal::Apply, &text));
    assert_eq!(changed(&again), 0, "{:#?}", again.items);
}

#[test]
fn without_a_login_to_webex_the_other_half_is_still_planned() {
    let org = Org::new();
    let text = both(&org);
    let plan = run(&org, Goal::Plan, &text);
    let failure = plan.failure.as_ref().expect("a failure");
    assert_eq!(failure.kind, Kind::Authentication);
    assert!(failure.message().contains("there is no login to it"), "{failure:?}");
    assert!(plan.items.iter().any(|item| item.outcome == ItemOutcome::Planned));
    let applied = run(&org, Goal::Apply, &text);
    assert!(applied.failure.is_some());
    assert_eq!(changed(&applied), 0, "nothing is changed by halves");
}

#[test]
fn a_login_to_another_organization_is_refused() {
    let org = Org::new().with_tenant();
    let text = alone(&org).replace("org_id = \"7c1d2a90", "org_id = \"00000000");
    let report = run(&org, Goal::Apply, &text);
    let failure = report.failure.expect("a failure");
    assert_eq!(failure.kind, Kind::Refused);
    assert!(failure.message().contains("but the configuration means"), "{failure:?}");
}

/// An org with our layout of before, a Webex that silently keeps layouts as they are, and the configuration of a
/// newer one.
fn with_a_newer_layout_that_webex_silently_keeps() -> (Org, String) {
    let org = Org::new().with_tenant();
    let text = alone(&org);
    fine(run(&org, Goal::Apply, &text));
    let mut traps = Traps::default();
    traps.silent_put = true;
    org.tenant().set_traps(traps);
    (org, text.replace("+14085550100", "+14085550101"))
}

#[test]
fn a_layout_that_webex_silently_keeps_is_replaced_by_a_new_one() {
    let (org, newer) = with_a_newer_layout_that_webex_silently_keeps();
    let applied = fine(run(&org, Goal::Apply, &newer));
    assert_eq!(applied.outcome, Outcome::Done, "{:#?}", applied.items);
    let verified = fine(run(&org, Goal::Verify, &newer));
    assert_eq!(verified.outcome, Outcome::Done, "{:#?}", verified.items);
}

#[test]
fn a_layout_that_takes_the_place_of_another_has_the_name_that_is_configured_now() {
    let (org, newer) = with_a_newer_layout_that_webex_silently_keeps();
    let table = "[webex.desktop_layout]\n";
    let renamed = newer.replace(table, &format!("{table}name = \"Our desk\"\n"));
    let applied = fine(run(&org, Goal::Apply, &renamed));
    assert_eq!(applied.outcome, Outcome::Done, "{:#?}", applied.items);
    let verified = fine(run(&org, Goal::Verify, &renamed));
    assert_eq!(verified.outcome, Outcome::Done, "{:#?}", verified.items);
    let records = records(&org).to_string();
    assert!(records.contains("\"Our desk"), "{records}");
}

#[test]
fn reads_that_lag_are_waited_for() {
    let org = Org::new().with_tenant();
    let mut traps = Traps::default();
    traps.read_lag = 2;
    org.tenant().set_traps(traps);
    let applied = fine(run(&org, Goal::Apply, &alone(&org)));
    assert_eq!(applied.outcome, Outcome::Done, "{:#?}", applied.items);
}

#[test]
fn what_may_not_be_written_is_told_with_the_scope_that_is_missing() {
    let mut org = Org::new();
    org.webex = Some(org.webex_client("read_only_token"));
    let report = run(&org, Goal::Apply, &alone(&org));
    let failure = report.failure.expect("a failure");
    assert_eq!(failure.kind, Kind::Refused, "{failure:?}");
    assert!(failure.advice().iter().any(|hint| hint.contains("cjp:config_write")), "{failure:?}");
}

#[test]
fn idle_codes_variables_outdial_and_rights_are_compared() {
    let org = Org::new().with_tenant();
    let text = format!(
        "{}[webex.idle_codes]\nnames = [\"On a Salesforce call\"]\nmanage = true\n[webex.outdial]\n\
         entry_point = \"Outdail\"\n[webex.recording_rights]\nuser_profiles = [\"Nobody\"]\n",
        alone(&org)
    );
    let plan = run(&org, Goal::Plan, &text);
    let failure = plan.failure.expect("names that lead nowhere");
    assert_eq!(failure.kind, Kind::Usage, "{failure:?}");
    let text = text.replace("[webex.outdial]\nentry_point = \"Outdail\"\n", "");
    let (text, _) = text.split_once("[webex.recording_rights]").expect("the last table");
    let before = records(&org);
    let applied = fine(run(&org, Goal::Apply, text));
    let codes = records(&org)["auxiliary-code"].to_string();
    assert!(codes.contains("On a Salesforce call"), "{:#?}", applied.items);
    fine(org.run_loaded((Goal::Apply, Aim::Removed(Removal::default())), &load(text)));
    assert_eq!(records(&org), before);
}

#[test]
fn what_is_configured_no_more_goes_back_in_the_same_plan() {
    let org = Org::new().with_tenant();
    let plain = alone(&org);
    fine(run(&org, Goal::Apply, &plain));
    let before = records(&org);
    let more = format!(
        "{plain}[webex.idle_codes]\nnames = [\"On a Salesforce call\"]\nmanage = true\n\
         [webex.variables]\nnames = [\"IsVip\"]\nmanage = true\n[webex.outdial]\nentry_point = \"Outdial \
         Entry Point\"\nani = \"Caller Numbers\"\nmanage = true\n"
    );
    fine(run(&org, Goal::Apply, &more));
    assert_ne!(records(&org), before);
    let planned = run(&org, Goal::Plan, &plain);
    assert_eq!(planned.outcome, Outcome::Changes, "{:#?}", planned.items);
    fine(run(&org, Goal::Apply, &plain));
    assert_eq!(records(&org), before);
    // It is forgotten once it was seen back.
    let again = fine(run(&org, Goal::Plan, &plain));
    assert_eq!(again.outcome, Outcome::NothingToDo, "{:#?}", again.items);
    fine(org.run_loaded((Goal::Apply, Aim::Removed(Removal::default())), &load(&plain)));
}

#[test]
fn a_run_with_nothing_to_do_is_a_few_requests() {
    let org = Org::new().with_tenant();
    let text = alone(&org);
    fine(run(&org, Goal::Apply, &text));
    let before = org.tenant().exchanges().len();
    fine(run(&org, Goal::Plan, &text));
    let requests = org.tenant().exchanges().len() - before;
    assert!(requests <= 6, "{requests}");
}

/// Everything that can be wanted of the tenant.
pub(crate) fn everything(org: &Org) -> String {
    format!(
        "{}[webex.idle_codes]\nnames = [\"On a Salesforce call\"]\nmanage = true\n[webex.variables]\n\
         names = [\"IsVip\"]\nmanage = true\n[webex.outdial]\nentry_point = \"Outdial Entry \
         Point\"\nani = \"Caller Numbers\"\nmanage = true\n[webex.recording_rights]\nuser_profiles = \
         [\"Recording Supervisors\"]\n",
        alone(org)
    )
}

/// One more for each page and each named object of what else is configured, and nothing after another.
#[test]
fn a_run_with_nothing_to_do_is_a_few_requests_and_one_deep_whatever_is_configured() {
    let org = Org::new().with_tenant();
    let text = everything(&org);
    fine(run(&org, Goal::Apply, &text));
    // The organization, layouts and teams, two contents; codes, profiles, users, and a profile; variables;
    // entry points, dial numbers, lists, and a list's numbers; user profiles, and one.
    let most = 5 + 4 + 1 + 4 + 2;
    // Where no list is named, it is the one that the desktop profile has.
    for text in [text.clone(), text.replace("ani = \"Caller Numbers\"\n", "")] {
        fine(run(&org, Goal::Plan, &text));
        let before = org.tenant().exchanges().len();
        let depth = depth_of(&org, Goal::Plan, &text);
        let asked: Vec<(usize, String)> = org.tenant().exchanges()[before..]
            .iter()
            .map(|it| (it.depth, it.target.clone()))
            .collect();
        assert!(asked.len() <= most, "{} of {most}: {asked:#?}", asked.len());
        assert_eq!(depth, 1, "{asked:#?}");
    }
}

/// What may be long, like the numbers of lists, is read where somebody is asked about.
#[test]
fn an_examination_reads_no_records_that_nobody_asked_about() {
    let org = Org::new().with_tenant();
    let client = org.webex_client("access_token");
    let wish = TenantWish::nothing(client.organization_id().as_str());
    let patient = TenantPatient { wish: &wish, connectors: &[], looks: &LOOKS_OF_USER };
    let store = Store::at(org.state.path());
    let mut seen =
        wait(TenantExamination::take(&client, &store, patient)).expect("an organization");
    let asked = || -> Vec<String> {
        let all = org.tenant().exchanges().into_iter().map(|it| it.target);
        let is_whole = |it: &String| !it.contains("/v2/") && !it.contains("/v3/user-profile?");
        all.filter(|it| is_whole(it) || it.contains("/entry?")).collect()
    };
    assert_eq!(asked().len(), 1, "the organization: {:?}", asked());
    let agent = seen.state.agents.as_slice().first().expect("an agent").clone();
    let insides = insides_of_agent(&seen.state, &agent);
    wait(seen.read(&client, &insides)).expect("what the agent has");
    // The team's layout, the desktop profile, its numbers, the user profile.
    assert_eq!(asked().len(), 5, "{:?}", asked());
    let state = &seen.state;
    let profile = state.agent_profiles.iter().find(|it| agent.profile.as_ref() == Some(&it.id));
    assert!(profile.expect("a profile").voice_options.is_some());
}

/// Who is in no team is nobody's agent: a list that leaves teams out would make that of everybody.
#[test]
fn a_list_of_users_that_names_no_teams_is_told_as_unseen() {
    let org = Org::new().with_tenant();
    let text = everything(&org);
    fine(run(&org, Goal::Apply, &text));
    let mut traps = Traps::default();
    traps.users_without_teams = true;
    org.tenant().set_traps(traps);
    // Each of them tells it alone.
    let verified = fine(run(&org, Goal::Verify, &text));
    assert_eq!(verified.outcome, Outcome::Done, "{:#?}", verified.items);

    let (mut behind, proxy) = behind_proxy(&org);
    behind.webex = Some(org.webex_client_at(&behind.url, "access_token"));
    proxy.rewrite_all("/user/", &Rewrite::MissingField("teamIds".to_owned()));
    let verified = run(&behind, Goal::Verify, &text);
    assert!(proxy.leave() > 0, "nobody asks for a user alone");
    assert_ne!(verified.outcome, Outcome::Done, "{:#?}", verified.items);
    let told = format!("{:?}", verified.items);
    assert!(told.contains("Webex leaves out in which teams they are"), "{told}");
    // Why one of them was not shown is told in the words of Webex.
    proxy.rewrite_all("/user/", &Rewrite::Error(403, "NOT_FOR_YOU"));
    let verified = run(&behind, Goal::Verify, &text);
    assert!(proxy.leave() > 0, "nobody asks for a user alone");
    let told = format!("{:?}", verified.items);
    assert!(told.contains("HTTP 403") && !told.contains("leaves out in which"), "{told}");
    // Who has gone since they were listed has no teams, and keeps nothing from being seen.
    proxy.rewrite_all("/user/", &Rewrite::Error(404, "NOT_FOUND"));
    let verified = run(&behind, Goal::Verify, &text);
    assert!(proxy.leave() > 0, "nobody asks for a user alone");
    assert!(format!("{:?}", verified.items).contains("leaves out in which"), "all are gone");
}

/// Every answer takes a while, so that what goes at once is seen to.
fn depth_of(org: &Org, goal: Goal, text: &str) -> usize {
    let deepest = || org.tenant().exchanges().iter().map(|it| it.depth).max().unwrap_or_default();
    let before = deepest();
    let mut traps = Traps::default();
    traps.latency = 250;
    org.tenant().set_traps(traps);
    fine(run(org, goal, text));
    org.tenant().set_traps(Traps::default());
    deepest() - before
}

#[test]
fn a_run_is_a_few_requests_deep_however_many_teams_there_are() {
    let org = Org::new().with_tenant();
    let teams = org.tenant_json("v2/team")["data"].as_array().cloned().expect("teams");
    let names: Vec<String> = teams.iter().map(|team| team["name"].to_string()).collect();
    assert!(names.len() > 2, "{names:?}");
    let list = format!("teams = [{}]", names.join(", "));
    let all = alone(&org).replace("teams = [\"Support\", \"Billing\"]", &list);
    let nobody = alone(&org).replace("teams = [\"Support\", \"Billing\"]\n", "");
    let depth = depth_of(&org, Goal::Apply, &nobody);
    assert!(depth <= 4, "the layout alone: {depth}");
    let depth = depth_of(&org, Goal::Apply, &all);
    assert!(depth <= 7, "with {} teams: {depth}", names.len());
    let depth = depth_of(&org, Goal::Plan, &all);
    assert!(depth <= 1, "nothing to do: {depth}");
}

#[test]
fn a_layout_that_was_switched_off_is_switched_on_again() {
    let org = Org::new().with_tenant();
    let text = alone(&org);
    fine(run(&org, Goal::Apply, &text));
    let layouts = org.tenant_json("v2/desktop-layout");
    let layouts = layouts["data"].as_array().expect("layouts");
    let ours = layouts.iter().find(|it| it["name"] == "Salesforce").expect("ours");
    let id = ours["id"].as_str().expect("an id");
    org.patch_tenant(&format!("desktop-layout/{id}"), &json!({ "status": false }));
    let verified = run(&org, Goal::Verify, &text);
    assert_eq!(verified.outcome, Outcome::Differs, "{:#?}", verified.items);
    fine(run(&org, Goal::Apply, &text));
    let verified = fine(run(&org, Goal::Verify, &text));
    assert_eq!(verified.outcome, Outcome::Done, "{:#?}", verified.items);
}

#[test]
fn a_login_that_may_only_look_changes_nothing_of_either_half() {
    let mut org = Org::new().with_tenant();
    let text = both(&org);
    let client = org.webex_client("access_token");
    let session = client.session().clone().granted(Some("cjp:config_read"));
    org.webex = Some(webex_client::Client::new(client.transport().clone(), session));
    let before = org.world();
    let report = run(&org, Goal::Apply, &text);
    let failure = report.failure.expect("a failure");
    assert_eq!(failure.kind, Kind::Refused, "{failure:?}");
    assert!(failure.message().contains("is read-only"), "{failure:?}");
    assert_eq!(org.world(), before);
    // A plan is what it is for.
    fine(run(&org, Goal::Plan, &text));
}

/// The layout of that name.
fn layout_named(org: &Org, name: &str) -> Option<Value> {
    let layouts = org.tenant_json("v2/desktop-layout");
    let mut all = layouts["data"].as_array().expect("layouts").iter();
    all.find(|it| it["name"] == name).cloned()
}

fn id_of(record: &Value) -> &str {
    record["id"].as_str().expect("an id")
}

/// Webex refuses a reference to what is gone, and so the copy could not go either.
#[test]
fn a_team_whose_former_layout_was_deleted_gets_the_global_one() {
    let org = Org::new().with_tenant();
    let text = alone(&org);
    fine(run(&org, Goal::Apply, &text));
    let former = layout_named(&org, "Billing Desktop").expect("Billing's own");
    org.delete_in_tenant(&format!("desktop-layout/{}", id_of(&former)));
    fine(org.run_loaded((Goal::Apply, Aim::Removed(Removal::default())), &load(&text)));
    assert_eq!(layout_named(&org, "Billing Desktop + Salesforce"), None);
    let teams = org.tenant_json("v2/team");
    let teams = teams["data"].as_array().expect("teams");
    assert!(teams.iter().all(|team| team["desktopLayoutId"].is_null()), "{teams:?}");
}

#[test]
fn a_layout_follows_its_new_name_and_a_copy_gives_way_to_it() {
    let org = Org::new().with_tenant();
    let before = records(&org);
    let text = alone(&org);
    fine(run(&org, Goal::Apply, &text));
    let ours = layout_named(&org, "Salesforce").expect("ours");
    let newer = text.replace(
        "[webex.desktop_layout]\n",
        "[webex.desktop_layout]\nname = \"Webex\"\ntitle = \"Our desk\"\nreplace = true\n",
    );
    fine(run(&org, Goal::Apply, &newer));
    let renamed = layout_named(&org, "Webex").expect("ours under its new name");
    assert_eq!(id_of(&renamed), id_of(&ours));
    let content = org.tenant_json(&format!("desktop-layout/{}", id_of(&ours)));
    assert!(content["jsonFileContent"].to_string().contains("Our desk"));
    let teams = org.tenant_json("v2/team");
    for team in teams["data"].as_array().expect("teams") {
        let has_ours = team["desktopLayoutId"] == ours["id"];
        assert_eq!(has_ours, team["name"] != "Sales", "{team}");
    }
    let again = fine(run(&org, Goal::Apply, &newer));
    assert_eq!(again.outcome, Outcome::NothingToDo, "{:#?}", again.items);
    fine(org.run_loaded((Goal::Apply, Aim::Removed(Removal::default())), &load(&newer)));
    assert_eq!(records(&org), before);
}

/// What the configuration leaves out of a call center stays as the org has it, and is in use all the same.
#[test]
fn what_the_orgs_call_center_names_is_compared_where_the_configuration_leaves_it_out() {
    let org = Org::new().with_tenant();
    let plain = both(&org);
    let synced = format!(
        "{plain}\n[call_center.omni_sync]\nenabled = true\npresence_status = \"Busy\"\nidle_code = \"In \
         Salesforce\"\n"
    );
    let applied = run(&org, Goal::Apply, &synced);
    assert!(applied.org.is_some(), "{:#?}", applied.failure);
    // No table of the configuration has it compared, and that is said.
    let told = |report: &Report| {
        let notes = report.items.iter().flat_map(|item| &item.notes).map(Note::text);
        notes.into_iter().find(|text| text.contains("idle code \"In Salesforce\""))
    };
    let note = told(&applied).expect("a note");
    assert!(note.ends_with("without [webex.idle_codes] it is not compared."), "{note}");
    let unasked = applied.items.iter().find(|item| item.id.as_str() == "idle-codes");
    assert_eq!(unasked.expect("an item").message.as_deref(), Some("nothing configured"));

    let compared = format!("{plain}\n[webex.idle_codes]\nmanage = true\n");
    let verified = run(&org, Goal::Verify, &compared);
    let codes = verified.items.iter().find(|item| item.id.as_str() == "idle-codes");
    let names: Vec<&str> =
        codes.expect("an item").changes.iter().map(|row| row.subject.name.as_str()).collect();
    assert!(names.contains(&"In Salesforce"), "{:#?}", verified.items);
}

/// A run that looks at no org takes nothing back of what its call center uses.
#[test]
fn what_a_call_center_uses_stays_in_a_run_about_webex_alone() {
    let desk = Desk::new();
    let synced = format!(
        "{}teams = [\"Support\"]\n\n[webex.idle_codes]\nnames = [\"Meeting\"]\nmanage = true\n\n\
         [call_center.omni_sync]\nenabled = true\npresence_status = \"Busy\"\nidle_code = \"On a \
         Salesforce call\"\n",
        demo()
    );
    desk.write("provision.toml", &synced);
    let demo = ["--org", "demo", "--config", "provision.toml"];
    let run = |words: &[&str]| desk.run(&[&demo[..], words].concat());
    run(&["apply", "--yes"]).exits(0);
    let document = run(&["plan", "--only", "idle-codes", "--output", "json"]).exits(0).json();
    let items = document["items"].as_array().expect("items");
    let codes = items.iter().find(|item| item["id"] == "idle-codes").expect("the item");
    assert_eq!(codes["outcome"], "already", "{codes:#}");
}
