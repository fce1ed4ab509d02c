//! Snapshots compared, and what brings an org back to one.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::fixture::id;
use crate::checklist::{Comparison, Limits, Restoration, compare, in_names_of, restoration};
use crate::model::{
    BaselineEntry, Before, CallCenterId, CallCenterPart, CustomMetadataPlace, DefinitionValue,
    ItemKey, LayoutId, NotSeen, OrgId, OrgKind, PermissionSetId, ProfileId, Ref, Snapshot,
    SnapshotOrg, SnapshotRow, Target, UserId, Value,
};

const V1: &str = "WebexCCAgentDesktopV20241121";
const HOME: Limits<'static> =
    Limits { other_org: false, region: false, same_webex: true, first: None };
const COPY: Limits<'static> =
    Limits { other_org: true, region: false, same_webex: false, first: None };

fn snapshot(org: usize, rows: Vec<SnapshotRow>) -> Snapshot {
    Snapshot {
        taken: "2026-11-29T14:30:00Z".parse().unwrap(),
        program: "0.1.0".to_owned(),
        org: SnapshotOrg {
            id: OrgId::parse(&id("00D", org)).unwrap(),
            name: "Acme".to_owned(),
            kind: OrgKind::Sandbox,
            my_domain: None,
        },
        webex: None,
        permission_sets: BTreeSet::from(["Sync".to_owned()]),
        rows,
        unseen: Vec::new(),
    }
}

fn call_center(name: &str, number: usize) -> Ref<CallCenterId> {
    Ref::seen(name, &CallCenterId::parse(&id("04v", number)).unwrap())
}

/// A user in a call center, the connector's or another vendor's.
fn user(name: &str, number: usize, place: (&str, usize)) -> SnapshotRow {
    let user = Ref::seen(name, &UserId::parse(&id("005", number)).unwrap());
    let recipe = (place.0 == V1).then_some("webex-v1");
    let value = Value::CallCenter(call_center(place.0, place.1));
    SnapshotRow::new("users", recipe, &Target::UserCallCenter(user), &value)
}

fn setting_of(name: &str, number: usize, item: &str, value: &str) -> SnapshotRow {
    let part = CallCenterPart::Item(ItemKey::new("reqGeneralInfo", item));
    let target = Target::CallCenterField(call_center(name, number), part);
    SnapshotRow::new("cti-settings", Some("webex-v1"), &target, &Value::Text(value.to_owned()))
}

fn setting(item: &str, value: &str) -> SnapshotRow {
    setting_of(V1, 1, item, value)
}

fn layout(profile: usize, name: &str, number: usize) -> SnapshotRow {
    let recipe = name.starts_with("ciscocjs__").then_some("webex-v1");
    let profile = Ref::seen("Agent", &ProfileId::parse(&id("00e", profile)).unwrap());
    let value = Value::Layout(Ref::seen(name, &LayoutId::parse(&id("00h", number)).unwrap()));
    let target = Target::TaskLayout { profile, record_type: None };
    SnapshotRow::new("task-layout", recipe, &target, &value)
}

fn set(name: &str, number: usize, set: &str) -> SnapshotRow {
    let target = Target::PermissionSetAssignment {
        user: Ref::seen(name, &UserId::parse(&id("005", number)).unwrap()),
        set: Ref::seen(set, &PermissionSetId::parse(&id("0PS", 1)).unwrap()),
    };
    SnapshotRow::new("permission-set", Some("webex-v1"), &target, &Value::Given)
}

fn region(value: &str) -> SnapshotRow {
    let place =
        CustomMetadataPlace::parse("ciscocjs__Zone__mdt.ciscocjs__A.ciscocjs__B__c").unwrap();
    let value = Value::Text(value.to_owned());
    SnapshotRow::new("data-center", Some("webex-v1"), &Target::CustomMetadata(place), &value)
}

/// `users ada@example.com: V1 → (none)`
fn told(found: &Comparison) -> Vec<String> {
    let value = |row: &Option<SnapshotRow>| {
        row.as_ref().map_or_else(|| "(none)".to_owned(), |row| row.value.clone())
    };
    let one = |it: &crate::checklist::Difference| {
        let name = &it.row().unwrap().subject.name;
        format!("{} {name}: {} → {}", it.item(), value(&it.before), value(&it.after))
    };
    found.differences.iter().map(one).collect()
}

fn entries(found: &Restoration) -> Vec<String> {
    let text = |entry: &BaselineEntry, value: Option<&Value>| {
        value.map_or_else(|| "(none)".to_owned(), |value| value.text(&entry.target))
    };
    let one = |entry: &BaselineEntry| {
        let name = entry.target.place().0.name;
        let (now, then) = (entry.ours.as_ref(), entry.before.value());
        format!("{} {name}: {} → {}", entry.item, text(entry, now), text(entry, then))
    };
    found.undone.past.entries.iter().map(one).collect()
}

#[test]
fn one_orgs_snapshots_are_compared_by_ids_and_by_what_is_the_connectors() {
    let one = snapshot(
        1,
        vec![
            setting("reqSoftphoneHeight", "600"),
            user("ada@x.com", 1, (V1, 1)),
            user("bob@x.com", 2, ("Acme", 2)),
            user("cyd@x.com", 3, ("Acme", 2)),
            user("dan@x.com", 4, (V1, 1)),
            layout(1, "Task Layout", 1),
            layout(2, "Task Layout", 1),
        ],
    );
    let other = snapshot(
        1,
        vec![
            setting("reqSoftphoneHeight", "620"),
            // The same user under a new name.
            user("ada.byron@x.com", 1, (V1, 1)),
            // From one vendor to another, and from a vendor to the connector.
            user("bob@x.com", 2, ("Bright", 3)),
            user("cyd@x.com", 3, (V1, 1)),
            layout(1, "ciscocjs__Webex", 9),
            // The same layout under a new name.
            layout(2, "Tasks", 1),
        ],
    );
    let found = compare(&one, &other);
    assert_eq!(
        told(&found),
        [
            "cti-settings WebexCCAgentDesktopV20241121: 600 → 620",
            "users cyd@x.com: Acme → WebexCCAgentDesktopV20241121",
            "users dan@x.com: WebexCCAgentDesktopV20241121 → (none)",
            "task-layout Agent: Task Layout → ciscocjs__Webex",
        ]
    );
    assert_eq!(found.same, 2);
    assert_eq!(
        entries(&restoration(&found, "webex-v1", HOME)),
        [
            "cti-settings WebexCCAgentDesktopV20241121: 620 → 600",
            "users cyd@x.com: WebexCCAgentDesktopV20241121 → Acme",
            "users dan@x.com: (none) → WebexCCAgentDesktopV20241121",
            "task-layout Agent: ciscocjs__Webex → Task Layout",
        ]
    );
}

#[test]
fn what_was_not_seen_is_neither_gone_nor_new() {
    let whole = snapshot(
        1,
        vec![
            setting("reqSoftphoneHeight", "600"),
            user("ada@x.com", 1, (V1, 1)),
            set("ada@x.com", 1, "Sync"),
        ],
    );
    let mut blind = snapshot(1, Vec::new());
    blind.permission_sets.clear();
    let hidden = |item: &str, subject: Option<&str>| NotSeen {
        item: item.to_owned(),
        subject: subject.map(str::to_owned),
        words: format!("Not seen: {item}."),
    };
    blind.unseen = vec![hidden("cti-settings", Some(V1)), hidden("users", None)];
    for (one, other, first) in [(&whole, &blind, false), (&blind, &whole, true)] {
        let found = compare(one, other);
        assert!(found.differences.is_empty(), "{found:?}");
        let not_compared: Vec<&str> = found
            .not_compared
            .iter()
            .map(|it| {
                assert_eq!(it.first, first);
                it.words.as_str()
            })
            .collect();
        assert_eq!(
            not_compared,
            [
                "Not seen: cti-settings.",
                "Not seen: users.",
                "Nobody looked for who has the permission set Sync."
            ]
        );
        assert!(restoration(&found, "webex-v1", HOME).is_empty());
    }
    // Another call center was seen, and is new.
    let mut other = blind.clone();
    other.rows.push(setting_of("WebexCCAgentDesktopV9", 2, "reqSoftphoneHeight", "1"));
    assert_eq!(told(&compare(&blind, &other)).len(), 1);
}

#[test]
fn two_orgs_are_compared_by_names_and_a_sandboxs_users_without_its_suffix() {
    let production = snapshot(
        1,
        vec![
            setting("reqSoftphoneHeight", "600"),
            setting("reqAdapterUrl", "https://desktop.wxcc-us1.cisco.com/"),
            user("ada@x.com", 1, (V1, 1)),
            user("bob@x.com", 2, (V1, 1)),
            layout(1, "ciscocjs__Webex", 1),
            region("US1"),
        ],
    );
    let sandbox = snapshot(
        2,
        vec![
            setting_of(V1, 7, "reqSoftphoneHeight", "550"),
            setting_of(V1, 7, "reqAdapterUrl", "https://desktop.wxcc-eu1.cisco.com/"),
            user("ada@x.com.uat", 8, (V1, 7)),
            user("tester@x.com", 9, (V1, 7)),
            layout(5, "Task Layout", 6),
            region("EU1"),
        ],
    );
    let found = compare(&production, &sandbox);
    let expected = [
        "cti-settings WebexCCAgentDesktopV20241121: 600 → 550",
        "cti-settings WebexCCAgentDesktopV20241121: https://desktop.wxcc-us1.cisco.com/ → \
         https://desktop.wxcc-eu1.cisco.com/",
        "users bob@x.com: WebexCCAgentDesktopV20241121 → (none)",
        "users tester@x.com: (none) → WebexCCAgentDesktopV20241121",
        "task-layout Agent: ciscocjs__Webex → Task Layout",
        "data-center ciscocjs__Zone.ciscocjs__A: US1 → EU1",
    ];
    assert_eq!(told(&found), expected);
    // The other way round the same differ.
    assert_eq!(told(&compare(&sandbox, &production)).len(), expected.len());

    let plain = restoration(&found, "webex-v1", COPY);
    assert_eq!(
        entries(&plain),
        [
            "cti-settings WebexCCAgentDesktopV20241121: 550 → 600",
            "users bob@x.com: (none) → WebexCCAgentDesktopV20241121",
            "task-layout Agent: Task Layout → ciscocjs__Webex",
        ]
    );
    // Nothing of the other org's ids has come along.
    assert!(plain.undone.past.entries.iter().all(|it| it.before.value().unwrap().id().is_none()));
    let stays = plain.stays.join("\n");
    assert!(
        stays.contains("CTI settings: is left unchanged, because it belongs to the Webex"),
        "{stays}"
    );
    assert!(
        stays.contains("belongs to this org alone, and is left unchanged: \"tester@x.com\"."),
        "{stays}"
    );
    let with_region = restoration(&found, "webex-v1", Limits { region: true, ..COPY });
    assert_eq!(entries(&with_region).len(), 5, "{with_region:?}");
}

#[test]
fn components_and_what_only_people_change_stay_and_are_told() {
    let call_center = |name: &str, number: usize| {
        let target = Target::CallCenter(call_center(name, number));
        let value = Value::Definition(DefinitionValue { summary: "x".to_owned(), content: None });
        SnapshotRow::new("call-center", Some("webex-v1"), &target, &value)
    };
    let text = |item: &str, target: &Target, value: &str| {
        SnapshotRow::new(item, Some("webex-v1"), target, &Value::Text(value.to_owned()))
    };
    let package = Target::Package("ciscocjs".to_owned());
    let field = Target::SoftphoneField { layout: "Webex".to_owned(), field: "x".to_owned() };
    let one = snapshot(
        1,
        vec![
            text("package", &package, "4.1"),
            call_center("Old", 1),
            setting_of("Old", 1, "a", "1"),
            text("softphone-layout", &field, "a"),
            setting("b", "1"),
            setting_of("WebexCCAgentDesktopV9", 9, "c", "1"),
        ],
    );
    let other = snapshot(
        1,
        vec![
            text("package", &package, "4.2"),
            call_center("New", 2),
            text("softphone-layout", &field, "b"),
            setting("b", "2"),
            setting_of("WebexCCAgentDesktopV9", 9, "c", "2"),
        ],
    );
    let found = compare(&one, &other);
    let first = restoration(&found, "webex-v1", HOME);
    assert_eq!(entries(&first), ["cti-settings WebexCCAgentDesktopV20241121: 2 → 1"]);
    let stays: Vec<&str> =
        first.stays.iter().map(|text| text.split(": ").next().unwrap()).collect();
    assert_eq!(
        stays,
        [
            "Managed package",
            "Call center",
            "Call center",
            "CTI settings",
            "CTI settings",
            "Softphone layout"
        ],
        "{:#?}",
        first.stays
    );
    assert!(first.stays[4].contains("is restored when you run this command again"), "{first:?}");
    let asked = Limits { first: Some("WebexCCAgentDesktopV9"), ..HOME };
    let other = restoration(&found, "webex-v1", asked);
    assert_eq!(entries(&other), ["cti-settings WebexCCAgentDesktopV9: 2 → 1"]);
}

fn rows() -> impl Strategy<Value = Vec<SnapshotRow>> {
    let users = prop::collection::vec(0..4usize, 4);
    let settings = prop::collection::vec(0..3usize, 3);
    let layouts = prop::collection::vec(0..3usize, 2);
    (users, settings, layouts, any::<bool>()).prop_map(|(users, settings, layouts, has)| {
        let places = [None, Some((V1, 1)), Some(("Acme", 2)), Some(("Bright", 3))];
        let mut rows: Vec<SnapshotRow> = Vec::new();
        for (number, value) in settings.into_iter().enumerate() {
            rows.push(setting(&format!("item{number}"), &value.to_string()));
        }
        for (number, place) in users.into_iter().enumerate() {
            let name = format!("user{number}@x.com");
            rows.extend(places[place].map(|place| user(&name, number + 1, place)));
        }
        let layout_of = |it: usize| [("Task Layout", 1), ("ciscocjs__Webex", 2), ("Other", 3)][it];
        for (number, it) in layouts.into_iter().enumerate() {
            rows.push(layout(number + 1, layout_of(it).0, layout_of(it).1));
        }
        rows.extend(has.then(|| set("user1@x.com", 2, "Sync")));
        rows
    })
}

/// An org after what a restoration changes.
fn restored(mut now: Snapshot, found: &Restoration) -> Snapshot {
    for entry in &found.undone.past.entries {
        let row = |value: &Value| {
            let recipe = match value {
                Value::CallCenter(it) => (it.name == V1).then_some("webex-v1"),
                Value::Layout(it) => it.name.starts_with("ciscocjs__").then_some("webex-v1"),
                _ => Some("webex-v1"),
            };
            SnapshotRow::new(&entry.item, recipe, &entry.target, value)
        };
        now.rows.retain(|row| !row.target().is_same_place(&entry.target));
        now.rows.extend(entry.before.value().map(row));
    }
    now
}

proptest! {
    #[test]
    fn what_is_restored_is_as_it_was(then in rows(), now in rows()) {
        let (then, now) = (snapshot(1, then), snapshot(1, now));
        prop_assert!(compare(&then, &then).differences.is_empty());
        let found = compare(&then, &now);
        let back = compare(&now, &then);
        prop_assert_eq!(found.differences.len(), back.differences.len());
        prop_assert_eq!(found.same, back.same);
        let restoration = restoration(&found, "webex-v1", HOME);
        prop_assert!(restoration.stays.is_empty(), "{:?}", restoration.stays);
        for entry in &restoration.undone.past.entries {
            prop_assert!(matches!(entry.before, Before::Known(_)));
        }
        let after = restored(now, &restoration);
        prop_assert!(compare(&then, &after).differences.is_empty());
    }

    /// A copy of an org with other ids and a suffix differs in nothing, whichever is the first.
    #[test]
    fn a_copy_is_the_same(there in rows()) {
        let parent = snapshot(1, there);
        let mut copy = parent.clone();
        copy.org.id = OrgId::parse(&id("00D", 2)).unwrap();
        for row in &mut copy.rows {
            row.ids = crate::model::Ids { subject: row.ids.subject.as_ref().map(|id| id.replace("000", "009")), ..Default::default() };
            if row.user().is_some() {
                row.subject.name.push_str(".uat");
            }
        }
        prop_assert!(compare(&parent, &copy).differences.is_empty());
        prop_assert!(compare(&copy, &parent).differences.is_empty());
        let users = copy.users();
        let renamed = in_names_of(&parent, &users);
        prop_assert_eq!(renamed.users(), users);
    }
}
