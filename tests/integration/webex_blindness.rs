//! Blindness is not absence in a Webex organization either: whatever it answers to a single question,
//! nothing is planned that would not be planned with open eyes, and what was not seen is told.

use provision::checklist::Blockers;
use provision::config::Loaded;
use provision::engine::{Aim, Goal, Removal, Report};
use provision::journal::Store;
use serde_json::json;
use tempfile::TempDir;

use crate::blindness::{copy_of, each_question, is_no_mistake, is_within, rows};
use crate::rewriting_proxy::RewritingProxy;
use crate::support::Org;
use crate::webex::load;

/// One refusal of each class: of the form of the question, of the login, of scopes, of what is not
/// there, and of the service itself. What the transport repeats is not among them.
const ERRORS: [(u16, &str); 5] =
    [(400, "400"), (401, "401"), (403, "403"), (404, "404"), (500, "500")];

const REMOVED: Aim<'static> = Aim::Removed(Removal { delete_data: None, blockers: Blockers::Stop });

/// Everything that can be wanted of a tenant.
fn everything(org: &Org) -> Loaded {
    load(&crate::webex::everything(org))
}

/// The same tenant behind a proxy of its own, with the state directory that the org has.
pub(crate) fn behind_proxy(org: &Org) -> (Org, RewritingProxy) {
    let announced = org.tenant().announcement();
    let proxy = RewritingProxy::to(announced["url"].as_str().expect("an address"));
    proxy.remember();
    let mut behind = org.behind(&proxy.url);
    behind.state = copy_of(org.state.path());
    (behind, proxy)
}

/// A run there. Each has a client of its own, for one alone keeps to the pace of the service.
fn run(
    org: &Org,
    behind: &mut Org,
    state: TempDir,
    job: (Goal, Aim<'_>),
    wanted: &Loaded,
) -> Report {
    behind.state = state;
    behind.webex = Some(org.webex_client_at(&behind.url, "access_token"));
    behind.run_loaded(job, wanted)
}

/// A tenant in which everything is applied.
fn applied() -> (Org, Loaded) {
    let org = Org::new().with_tenant();
    let loaded = everything(&org);
    let report = org.run_loaded((Goal::Apply, Aim::Installed), &loaded);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    (org, loaded)
}

#[test]
fn a_plan_for_a_new_tenant_rests_on_nothing_unseen() {
    let org = Org::new().with_tenant();
    let loaded = everything(&org);
    let plan = |behind: &mut Org| {
        let state = TempDir::new().expect("a folder");
        run(&org, behind, state, (Goal::Plan, Aim::Installed), &loaded)
    };
    let sighted = org.run_loaded((Goal::Plan, Aim::Installed), &loaded);
    assert!(sighted.failure.is_none() && rows(&sighted).len() > 4, "{sighted:#?}");
    each_question("plan of a new tenant", &ERRORS, || behind_proxy(&org), plan, is_within);
}

#[test]
fn verify_of_a_tenant_rests_on_nothing_unseen() {
    let (org, loaded) = applied();
    let verify = |behind: &mut Org| {
        run(&org, behind, copy_of(org.state.path()), (Goal::Verify, Aim::Installed), &loaded)
    };
    let sighted = org.run_loaded((Goal::Verify, Aim::Installed), &loaded);
    assert!(sighted.failure.is_none() && rows(&sighted).is_empty(), "{sighted:#?}");
    each_question("verify of a tenant", &ERRORS, || behind_proxy(&org), verify, is_within);
}

/// Whoever compares never calls right what was not seen: somebody has changed the profile, a variable and a team.
#[test]
fn verify_of_a_tenant_that_differs_is_right_about_nothing_unseen() {
    let (org, loaded) = applied();
    let list = |kind: &str, name: &str| {
        let all = org.tenant_json(&format!("v2/{kind}"));
        let found = all["data"].as_array().and_then(|all| all.iter().find(|it| it["name"] == name));
        let id = found.and_then(|it| it["id"].as_str()).expect("a record").to_owned();
        format!("{kind}/{id}")
    };
    let change = |kind: &str, name: &str, fields: serde_json::Value| {
        org.patch_tenant(&list(kind, name), &fields);
    };
    change("agent-profile", "Agents", json!({ "idleCodes": [], "outdialEnabled": false }));
    change("cad-variable", "IsVip", json!({ "agentViewable": false }));
    change("desktop-layout", "Salesforce", json!({ "teamIds": [] }));
    let verify = |behind: &mut Org| {
        run(&org, behind, copy_of(org.state.path()), (Goal::Verify, Aim::Installed), &loaded)
    };
    let sighted = org.run_loaded((Goal::Verify, Aim::Installed), &loaded);
    assert!(rows(&sighted).len() > 3, "{sighted:#?}");
    each_question("verify of another tenant", &ERRORS, || behind_proxy(&org), verify, is_within);
}

#[test]
fn the_plan_of_what_is_put_back_rests_on_nothing_unseen() {
    let (org, loaded) = applied();
    let plan = |behind: &mut Org| {
        run(&org, behind, copy_of(org.state.path()), (Goal::Plan, REMOVED), &loaded)
    };
    let sighted = org.run_loaded((Goal::Plan, REMOVED), &loaded);
    assert!(sighted.failure.is_none() && !rows(&sighted).is_empty(), "{sighted:#?}");
    each_question("plan of putting back", &ERRORS, || behind_proxy(&org), plan, is_within);
}

#[test]
fn the_past_of_a_tenant_is_kept_where_not_all_was_seen() {
    let (org, loaded) = applied();
    let past = copy_of(org.state.path());
    // Everything has been put back by hand, as far as another machine can see.
    let removed = org.run_loaded((Goal::Apply, REMOVED), &loaded);
    assert!(removed.failure.is_none(), "{:#?}", removed.failure);
    let tenant = loaded.desired.tenant.as_ref().expect("a tenant").id.clone();
    let end = |behind: &mut Org| {
        let report = run(&org, behind, copy_of(past.path()), (Goal::Apply, REMOVED), &loaded);
        let store = Store::at(behind.state.path()).tenant(Some(&tenant));
        (report, store.baseline().expect("a baseline").entries.len())
    };
    let behind = || behind_proxy(&org);
    each_question("end of putting back", &ERRORS, behind, end, |(_, left), blind, _, wrong| {
        assert_eq!(*left, 0, "the past is put away once everything is back");
        let (report, entries) = blind;
        is_no_mistake(report.failure.as_ref(), wrong);
        if !rows(report).is_empty() {
            wrong.push("plans something".to_owned());
        }
        let told = report.failure.is_some();
        if told && *entries == 0 {
            wrong.push("puts its past away unseen".to_owned());
        }
        told
    });
}
