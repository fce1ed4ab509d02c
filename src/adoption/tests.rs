//! Orgs that were set up by hand, and what is written down of them.

use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::*;
use crate::checklist::inventory::fixture::{self, assign, org, profile_id, records, user};
use crate::checklist::{Change, Past, Plan, plan};
use crate::definitions::default_recipe;
use crate::model::{
    ADAPTER_URL, Access, ApexClass, ConnectorWish, Granted, Holder, ItemKey, Observed, OmniState,
    PermissionSet, PermissionSetAssignment, PermissionSetId, Place, Selector,
};

/// The org as a run with that configuration would observe it.
fn observed(state: &OrgState, desired: &ConnectorWish) -> OrgState {
    let mut state = state.clone();
    for user in &mut state.users {
        let profile = state.profiles.iter().find(|known| Some(&known.id) == user.profile.as_ref());
        let called = |name: &String| {
            profile
                .is_some_and(|known| &known.label == name || known.api_name.as_ref() == Some(name))
        };
        if desired.users.profiles.iter().any(called) {
            user.chosen_by.push(Selector::Profiles);
        }
        if desired.users.usernames.contains(&user.username) {
            user.chosen_by.push(Selector::Usernames);
        }
    }
    state
}

fn planned(state: &OrgState, adoption: &Adoption) -> Plan {
    let desired =
        read(adoption).unwrap_or_else(|errors| panic!("{}\n{}", errors, adoption.text)).desired;
    let desired = &desired.connectors[0];
    plan(desired, &observed(state, desired), &Past::default())
}

/// What a plan with what was written down would do.
fn changes(state: &OrgState) -> (Adoption, Vec<Change>) {
    let adoption = adopt(state, None, &RefusedValues::new()).expect("something to write down");
    let plan = planned(state, &adoption);
    let changes = plan.changes().filter(|change| change.is_ours()).cloned().collect();
    (adoption, changes)
}

fn set(state: &mut OrgState, key: &str, value: &str) {
    let found = state.call_center.found_mut().unwrap();
    let template = &crate::definitions::templates()[0];
    let item = template.by_key(key).unwrap().item_in(found).unwrap();
    value.clone_into(&mut found.item_mut(&item).unwrap().value);
}

#[test]
fn a_plain_installation_becomes_a_short_configuration() {
    let (adoption, changes) = changes(&org());
    assert_eq!(changes, []);
    assert_eq!(adoption.left_out, [] as [&str; 0]);
    assert_snapshot!(adoption.text, @r#"
    # What `provision init --from-org` found in the org "Acme" (00D000000000001). A plan with this
    # file changes nothing there, but for what the comments that begin with !! say.

    data_center = "us1"

    [package]
    # Webex Contact Center 4.2
    version = "04t5f000000WxCcAAK"
    # Who got access and which sites were approved cannot be read; these values apply to the next
    # installation.
    #install_for = "all-users"
    #approve_sites = ["https://cpc.ccone.net"]

    [call_center]

    [users]
    # Every active user of these profiles is in the call center.
    profiles = ["Agent"]

    [task_layout]
    profiles = ["Agent"]

    # You have no softphone layout, and Salesforce shows only your own.

    [webex]
    # Which Webex organization it is shows nowhere in Salesforce.
    #org_id = "01234567-89ab-cdef-0123-456789abcdef"
    "#);
}

#[test]
fn everything_that_is_odd_is_said() {
    let mut state = org();
    state.users.get_or_insert_default().push(user(5, 3, None));
    state.users.get_or_insert_default().push(user(6, 1, Some(1)));
    assign(&mut state, 2, Some(1), fixture::LAYOUTS[1]);
    assign(&mut state, 3, Some(2), fixture::LAYOUTS[0]);
    state.custom_metadata.records = records("eu1");
    set(&mut state, "screen_pop.advanced", "true");
    set(&mut state, "softphone.height", "0700");
    set(&mut state, "use_api", "false");
    set(&mut state, "case.create_inbound", "yes");
    set(&mut state, "outdial.remove_prefixes", "+1, +44");
    state.call_center.found_mut().unwrap().display_name = "Our \"Desk\"".to_owned();
    let (adoption, changes) = changes(&state);
    assert_eq!(changes, [], "{}", adoption.text);
    assert_snapshot!(adoption.text, @r#"
    # What `provision init --from-org` found in the org "Acme" (00D000000000001). A plan with this
    # file changes nothing there, but for what the comments that begin with !! say.

    data_center = "us1"

    [package]
    # Webex Contact Center 4.2
    version = "04t5f000000WxCcAAK"
    # Who got access and which sites were approved cannot be read; these values apply to the next
    # installation.
    #install_for = "all-users"
    #approve_sites = ["https://cpc.ccone.net"]

    [call_center]
    display_name = 'Our "Desk"'
    # !! use_api is "false", but the connector works with "true" only; the org keeps its value.

    [call_center.screen_pop]
    # !! Left out: advanced = true. CC010: `call_center.screen_pop.advanced` is on, but
    # `call_center.screen_pop.cad_variable` still has its placeholder `cad_variable`.

    [call_center.values]
    "reqGeneralInfo/reqSoftphoneHeight" = "0700"
    # !! Left out: "reqSFDCCaseConfig/isCaseCreationEnabledForInboundCalls" = "yes". CC006:
    # `call_center.values."reqSFDCCaseConfig/isCaseCreationEnabledForInboundCalls"` is `yes`, but must
    # be `true` or `false`, in lower case.
    # !! Left out: "reqOutDialConfig/reqPrefixStringTobeRemoved" = "+1, +44". CC011:
    # `call_center.values."reqOutDialConfig/reqPrefixStringTobeRemoved"` has ` +44`, which is not a
    # dialling prefix.

    [users]
    # Every active user of these profiles is in the call center.
    profiles = ["System Administrator"]
    # Only some users of these profiles are in the call center: Agent.
    usernames = ["user1@example.com", "user2@example.com", "user3@example.com"]

    [task_layout]
    profiles = ["Agent"]
    record_types = ["Call"]
    # !! The profile Standard User also uses the package's Task layout for Call, which is left
    # unchanged.

    # You have no softphone layout, and Salesforce shows only your own.

    [custom_metadata.values]
    # The package's custom metadata does not match the data centre us1: recordings play only where
    # both agree. Remove this table to have provision correct it.
    data_center = "EU1"
    api_url = "https://audioconnector.prodeu1.ciscoccservice.com"

    [webex]
    # Which Webex organization it is shows nowhere in Salesforce.
    #org_id = "01234567-89ab-cdef-0123-456789abcdef"
    "#);
}

#[test]
fn a_call_center_of_an_older_definition_gets_a_file_of_its_own() {
    let mut state = org();
    let found = state.call_center.found_mut().unwrap();
    found.internal_name = "WebexCCAgentDesktopV20230101".to_owned();
    found.sections.truncate(2);
    state.call_centers[0].internal_name = found.internal_name.clone();
    set(&mut state, "softphone.height", "700");
    let (adoption, changes) = changes(&state);
    assert_eq!(changes, [], "{}", adoption.text);
    let file = adoption.definition.expect("a file");
    assert_eq!(file.name, "WebexCCAgentDesktopV20230101.xml");
    assert!(file.text.contains(">700<"), "{}", file.text);
    assert!(adoption.text.contains("definition = \"./WebexCCAgentDesktopV20230101.xml\""));
}

#[test]
fn what_is_not_installed_is_left_to_fill_in() {
    let mut state = org();
    state.packages.get_or_insert_default().clear();
    let adoption = adopt(&state, None, &RefusedValues::new()).unwrap();
    assert!(adoption.left_out[0].starts_with("The package is not installed"), "{adoption:?}");
    assert!(read(&adoption).is_err());
    state.call_centers.get_or_insert_default().remove(0);
    assert_eq!(adopt(&state, None, &RefusedValues::new()), None);
}

#[test]
fn of_two_packages_of_the_namespace_none_is_written_down() {
    let mut state = org();
    let mut other = state.packages[0].clone();
    "A first one by name".clone_into(&mut other.name);
    other.version_id = Some(crate::model::PackageVersionId::parse("04t000000000007").unwrap());
    state.packages.get_or_insert_default().push(other);
    let adoption = adopt(&state, None, &RefusedValues::new()).unwrap();
    assert!(adoption.left_out[0].contains("\"A first one by name\""), "{:?}", adoption.left_out);
    assert!(adoption.left_out[0].contains("04t000000000007"), "{:?}", adoption.left_out);
    assert!(adoption.left_out[0].contains(fixture::VERSION), "{:?}", adoption.left_out);
    assert!(!adoption.text.contains("version = \"04t0"), "{}", adoption.text);
}

#[test]
fn the_busiest_call_center_is_adopted() {
    let mut state = org();
    let mut old = state.call_centers[0].clone();
    old.id = fixture::call_center_id(9);
    old.internal_name = "WebexCCAgentDesktopV20230101".to_owned();
    state.call_centers.get_or_insert_default().push(old);
    assert_eq!(questions(&state).call_center.as_deref(), Some("WebexCCAgentDesktopV20241121"));
    assert_eq!(questions(&state).profiles, [profile_id(3)]);
    state.users.get_or_insert_default().extend((10..20).map(|number| user(number, 1, Some(9))));
    assert_eq!(questions(&state).call_center.as_deref(), Some("WebexCCAgentDesktopV20230101"));
    assert_eq!(questions(&state).profiles, [profile_id(1)]);
}

fn holder(number: usize) -> Holder {
    match number {
        0 => Holder::PermissionSet(own_set()),
        1 => Holder::PermissionSet("Theirs".to_owned()),
        number => Holder::Profile(profile_id(number)),
    }
}

fn own_set() -> String {
    default_recipe().recipe.omni_sync.permission_set.clone()
}

/// State sync that is on, with its class and access for these holders; all members have our set.
fn with_state_sync(state: &mut OrgState, holders: &BTreeSet<usize>) {
    set(state, "omni_sync.enabled", "true");
    set(state, "omni_sync.presence_status", "Busy");
    set(state, "omni_sync.idle_code", "Busy");
    let recipe = default_recipe().recipe.omni_sync.code.as_ref().unwrap();
    let class = |source: &crate::model::ApexSource| ApexClass {
        name: source.name.clone(),
        status: "Active".to_owned(),
        body: source.body.clone(),
    };
    let mut omni =
        OmniState { classes: vec![class(&recipe.class), class(&recipe.test)], access: Vec::new() };
    for number in holders {
        for to in [
            Granted::ApexClass(recipe.class.name.clone()),
            Granted::PresenceStatus("Busy".to_owned()),
        ] {
            omni.access.push(Access { holder: holder(*number), to });
        }
    }
    state.omni = Observed::Seen(omni);
    let id = PermissionSetId::parse("0PS000000000001").unwrap();
    let name = own_set();
    let own = PermissionSet { id, namespace: None, label: name.clone(), name };
    state.permission_sets = Observed::Seen(vec![own]);
    let members = state.users.iter().filter(|user| user.call_center.is_some());
    state.permission_set_assignments = members
        .map(|user| PermissionSetAssignment {
            id: "0Pa".to_owned(),
            user: user.id,
            username: user.username.clone(),
            permission_set: id,
        })
        .collect();
}

#[test]
fn state_sync_is_adopted_by_whoever_has_access() {
    let mut state = org();
    with_state_sync(&mut state, &BTreeSet::from([0]));
    let (adoption, none) = changes(&state);
    assert_eq!(none, [], "{}", adoption.text);
    assert!(!adoption.text.contains("[permission_sets]"), "{}", adoption.text);
    let mut state = org();
    with_state_sync(&mut state, &BTreeSet::from([3]));
    let (adoption, none) = changes(&state);
    assert_eq!(none, [], "{}", adoption.text);
    assert!(adoption.text.contains("[omni_sync]\nprofiles = [\"Agent\"]\n"), "{}", adoption.text);
    let mut state = org();
    with_state_sync(&mut state, &BTreeSet::from([1]));
    let (adoption, some) = changes(&state);
    assert_ne!(some, []);
    assert!(
        adoption.left_out[0].contains("The org's own permission sets"),
        "{:?}",
        adoption.left_out
    );
}

/// Texts for settings, right and wrong.
const TEXTS: [&str; 14] = [
    "true",
    "false",
    "yes",
    "",
    "600",
    "0600",
    "+1,+44",
    "+1, +44",
    "Contact",
    "{direction} → \"x\"",
    "[]",
    "[{\"wxccFieldName\":\"a\",\"sfdcFieldName\":\"Phone\",\"isDefaultValueEnabled\":\"false\",\"isConditionalEnabled\":\"false\"}]",
    "[{\"sfdcFieldName\":\"Phone\",\"wxccFieldName\":\"a\"}]",
    "line\nbreak '''",
];

/// Any org that somebody may have made by hand.
fn any_org() -> impl Strategy<Value = OrgState> {
    let users = vec((1..=3_usize, prop::option::of(1..=2_usize), any::<bool>()), 0..8);
    let layouts = vec(select(fixture::LAYOUTS.to_vec()), 12);
    let keys: Vec<ItemKey> =
        org().call_center.found().unwrap().items().map(|(key, _)| key).collect();
    // An adapter URL that is none is put right by every plan.
    let keys: Vec<ItemKey> = keys.into_iter().filter(|key| key.item != ADAPTER_URL).collect();
    let values = vec((select(keys), select(TEXTS.to_vec())), 0..6);
    let url = select(vec!["us1", "eu1", "mars", ""]);
    let settings = select(vec!["us1", "eu1", "anz1"]);
    let holders = prop::option::of(subsequence(vec![0, 2, 3], 1..=2));
    (users, layouts, values, url, settings, holders).prop_map(
        |(users, layouts, values, url, settings, holders)| {
            let mut state = org();
            for (number, (profile, inside, active)) in users.into_iter().enumerate() {
                let mut user = user(20 + number, profile, inside);
                user.active = active;
                state.users.get_or_insert_default().push(user);
            }
            let places = (1..=3).flat_map(|profile| {
                [None, Some(1), Some(2), Some(3)].map(|record_type| (profile, record_type))
            });
            for ((profile, record_type), layout) in places.zip(layouts) {
                assign(&mut state, profile, record_type, layout);
            }
            for (key, text) in values {
                let item = state.call_center.found_mut().unwrap().item_mut(&key).unwrap();
                crate::model::normalised(text).clone_into(&mut item.value);
            }
            if !url.is_empty() {
                let url = format!("https://desktop.wxcc-{url}.cisco.com");
                set(&mut state, "adapter_url", &url);
                state.call_centers[0].adapter_url = Some(url);
            }
            state.custom_metadata.records = records(settings);
            if let Some(holders) = holders {
                with_state_sync(&mut state, &holders.into_iter().collect());
            }
            state
        },
    )
}

#[test]
fn a_plan_with_what_was_written_down_is_empty() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut runner = TestRunner::deterministic();
    for _ in 0..600 {
        let state = any_org().new_tree(&mut runner).unwrap().current();
        let (adoption, changes) = changes(&state);
        assert_eq!(changes, [], "{}\n{:#?}", adoption.text, adoption.left_out);
        let plan = planned(&state, &adoption);
        for (_, stop) in plan.stops() {
            // What only the org can object to is left out once the org has been asked.
            let Some(Place::Key(place)) = &stop.diagnostic.place else { panic!("{stop:#?}") };
            assert!(place.starts_with("call_center."), "{stop:#?}\n{}", adoption.text);
        }
        for (what, mark) in [
            ("all of a profile", "\nprofiles = [\"Agent\"]\n"),
            ("some of a profile", "usernames = "),
            ("record types", "record_types = "),
            ("more assignments than a configuration can say", "uses the package's Task layout"),
            ("another address", "\nadapter_url = "),
            ("other settings of the package", "[custom_metadata.values]"),
            ("rows of a mapping", "[{ variable"),
            ("a raw value", "[call_center.values]"),
            ("a value that a rule refuses", "!! Left out"),
            ("a constant that was changed", "but the connector works with"),
            ("access by profiles", "[omni_sync]\nprofiles"),
        ] {
            *seen.entry(what).or_default() += usize::from(adoption.text.contains(mark));
        }
    }
    let never: Vec<_> = seen.iter().filter(|(_, count)| **count == 0).collect();
    assert!(never.is_empty(), "never met: {never:?} of {seen:?}");
}
