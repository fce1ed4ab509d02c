//! Answers of the Partner API, each checked against the official schema where it is there.

use crate::clock::JobTime;
use crate::kind::OrgKind;
use crate::metadata_api::tests::support::{call, envelope, org, text, validate, world};
use crate::org::Org;
use crate::partner;
use crate::soap::PARTNER;

/// What the Partner API answers to an operation.
fn ask(org: &mut Org, operation: &str) -> String {
    let body = envelope(PARTNER, &format!("<{operation}/>"));
    text(&partner::soap(&mut call(org), operation, body.as_bytes()))
}

#[test]
fn every_answer_is_valid() {
    let mut served = org(world(OrgKind::Sandbox), JobTime::default());
    let mut answers: Vec<String> = ["describeSoftphoneLayout", "getUserInfo", "query", "x"]
        .iter()
        .map(|operation| ask(&mut served, operation))
        .collect();
    assert!(answers[0].contains("<name>Standard Softphone Layout</name>"), "{}", answers[0]);
    assert!(answers[1].contains("<userName>"));
    answers.push(text(&partner::no_login()));
    served.world_mut().softphone_layouts.clear();
    answers.push(ask(&mut served, "describeSoftphoneLayout"));
    assert!(answers[5].contains("<result xsi:nil=\"true\"/>"));
    served.world_mut().features.call_center = false;
    answers.push(ask(&mut served, "describeSoftphoneLayout"));
    assert!(answers[6].contains("<sf:exceptionCode>FUNCTIONALITY_NOT_ENABLED</sf:exceptionCode>"));
    let named = |(number, text): (usize, String)| (format!("{number}.xml"), text);
    let answers: Vec<_> = answers.into_iter().enumerate().map(named).collect();
    validate(&["soap"], &answers);
}

#[test]
fn an_assigned_layout_wins() {
    let mut served = org(world(OrgKind::Sandbox), JobTime::default());
    let world = served.world_mut();
    let profile = world.profile(&world.users[0].profile_id).unwrap().name.clone();
    let mut own = world.softphone_layouts[0].clone();
    own.name = "Webex".to_owned();
    own.is_default = false;
    own.profiles = vec![profile];
    world.softphone_layouts.push(own);
    assert!(ask(&mut served, "describeSoftphoneLayout").contains("<name>Webex</name>"));
}
