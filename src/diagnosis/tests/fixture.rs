//! A good org, seen by somebody who may see everything.

use crate::checklist::inventory::fixture;
use crate::model::{
    Agent, App, CallKind, CallTypeLayout, Caller, Calls, Evidence, Look, Observed, OpensIn,
    OrgState, Permission, ScreenPop, SoftphoneLayout, UserId, UtilityBar,
};

pub(super) use crate::checklist::inventory::fixture::{assign, profile_id};

pub(super) fn org() -> OrgState {
    let mut state = fixture::org();
    state.edition = Observed::Seen("Enterprise Edition".to_owned());
    state.permission_set_licences = Observed::Seen(Vec::new());
    state.permissions =
        Observed::Seen(Permission::ALL.into_iter().map(|each| (each, true)).collect());
    state.running_deploys = Observed::Seen(Vec::new());
    state.softphone = Observed::Seen(Some(softphone(ScreenPop::Nothing, ScreenPop::Detail)));
    state.apps = Observed::Seen(vec![app("Webex Contact Center", Some("WebexBar"))]);
    state.utility_bars = Observed::Seen(vec![bar("WebexBar", &["omni:util", "opencti:softPhone"])]);
    state
}

/// The same with Version 2 of the connector.
pub(super) fn org_of_version_2() -> OrgState {
    let mut state = org();
    state.packages[0].namespace = Some("cisco_wxcc".to_owned());
    "wxCcCallCenter".clone_into(&mut state.call_centers[0].internal_name);
    state
}

pub(super) fn softphone(no_match: ScreenPop, single: ScreenPop) -> SoftphoneLayout {
    let inbound = CallTypeLayout {
        objects: vec!["Contact".to_owned()],
        opens_in: Some(OpensIn::Existing),
        pops: [no_match, single, ScreenPop::Search],
    };
    SoftphoneLayout { name: "Webex".to_owned(), call_types: vec![(CallKind::Inbound, inbound)] }
}

pub(super) fn evidence() -> Evidence {
    Evidence {
        at: "2026-11-22T12:00:00Z".parse().unwrap(),
        instance_url: "https://acme.my.salesforce.com/".to_owned(),
        caller: Observed::Seen(Caller {
            username: "ada@example.com".to_owned(),
            name: Some("Ada Park".to_owned()),
        }),
        spoken: "68.0".to_owned(),
        newest: Some("68.0".to_owned()),
        newest_known: "68.0".to_owned(),
        calls: Observed::Seen(Calls { left: 14_000, max: 15_000 }),
        calls_needed: None,
        licences: Observed::Seen(Vec::new()),
        agent: Observed::Unasked,
    }
}

pub(super) fn app(label: &str, bar: Option<&str>) -> App {
    App {
        label: label.to_owned(),
        name: label.replace(' ', ""),
        namespace: None,
        lightning: true,
        utility_bar: bar.map(str::to_owned),
    }
}

pub(super) fn bar(name: &str, components: &[&str]) -> UtilityBar {
    UtilityBar {
        id: format!("0M0{:0>12}", name.len()),
        name: name.to_owned(),
        namespace: None,
        components: Some(components.iter().map(|name| (*name).to_owned()).collect()),
        page: None,
    }
}

/// An agent of profile 3, in that call center.
pub(super) fn agent(number: usize, call_center: Option<usize>) -> Agent {
    Agent {
        id: UserId::parse(&format!("005{number:012}")).unwrap(),
        username: "grace@example.com".to_owned(),
        name: "Grace Hopper".to_owned(),
        email: "grace@example.com".to_owned(),
        active: true,
        profile: Some(profile_id(3)),
        call_center: call_center.map(fixture::call_center_id),
        last_login: Some("2026-11-22T11:00:00Z".parse().unwrap()),
        assigned: Some("2026-11-21T11:00:00Z".parse().unwrap()),
        frozen: Observed::Seen(false),
        seats: Observed::Seen(Vec::new()),
        permission_sets: Observed::Seen(Vec::new()),
    }
}

/// The same org with a part that it refuses.
pub(super) fn refusing(mut state: OrgState, part: Look, missing: bool) -> OrgState {
    state.refuse(part, "insufficient access", missing);
    state
}
