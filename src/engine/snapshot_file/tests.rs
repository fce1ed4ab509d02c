use proptest::prelude::*;

use super::*;
use crate::failure::Kind;
use crate::model::{
    CallCenterId, CallCenterPart, DesktopLayoutValue, ItemKey, LayoutId, NotSeen, OrgId, OrgKind,
    PermissionSetId, ProfileId, RecordTypeId, Ref, Snapshot, SnapshotOrg, SnapshotRow, Target,
    TenantRecord, TenantRecordId, UserId, Value,
};

fn row(item: &str, recipe: Option<&str>, target: &Target, value: &Value) -> SnapshotRow {
    SnapshotRow::new(item, recipe, target, value)
}

fn snapshot() -> Snapshot {
    let recipe = Some("webex-v1");
    let call_center = |name: &str, number: u32| {
        Ref::seen(name, &CallCenterId::parse(&format!("04v{number:012}")).unwrap())
    };
    let user = |name: &str, number: u32| {
        Ref::seen(name, &UserId::parse(&format!("005{number:012}")).unwrap())
    };
    let of = |part| Target::CallCenterField(call_center("V1", 1), part);
    let height = CallCenterPart::Item(ItemKey::new("reqGeneralInfo", "reqSoftphoneHeight"));
    let layout = |name: &str, number: u32| {
        Value::Layout(Ref::seen(name, &LayoutId::parse(&format!("00h{number:012}")).unwrap()))
    };
    let assignment = |record_type: Option<&str>| Target::TaskLayout {
        profile: Ref::seen("Agent \"A\"", &ProfileId::parse("00e000000000001").unwrap()),
        record_type: record_type
            .map(|name| Ref::seen(name, &RecordTypeId::parse("012000000000001").unwrap())),
    };
    let set = Target::PermissionSetAssignment {
        user: user("ada@example.com", 1),
        set: Ref::seen("Sync", &PermissionSetId::parse("0PS000000000001").unwrap()),
    };
    let text = |text: &str| Value::Text(text.to_owned());
    let rows = vec![
        row("cti-settings", recipe, &of(CallCenterPart::DisplayName), &text("Webex")),
        row("cti-settings", recipe, &of(height), &text("600")),
        row(
            "users",
            recipe,
            &Target::UserCallCenter(user("ada@example.com", 1)),
            &Value::CallCenter(call_center("V1", 1)),
        ),
        row(
            "users",
            recipe,
            &Target::UserCallCenter(user("eve@example.com", 2)),
            &Value::CallCenter(call_center("V1", 1)),
        ),
        row("task-layout", recipe, &assignment(None), &layout("ciscocjs__Webex", 1)),
        row("permission-set", recipe, &set, &Value::Given),
        row("task-layout", None, &assignment(Some("Call")), &layout("Task Layout", 2)),
    ];
    Snapshot {
        taken: "2026-11-29T14:30:00Z".parse().unwrap(),
        program: "0.1.0".to_owned(),
        org: SnapshotOrg {
            id: OrgId::parse("00D000000000001AAA").unwrap(),
            name: "Acme".to_owned(),
            kind: OrgKind::Sandbox,
            my_domain: Some("acme--uat".to_owned()),
        },
        webex: None,
        permission_sets: ["Sync".to_owned()].into(),
        rows,
        unseen: vec![NotSeen {
            item: "omni-sync".to_owned(),
            subject: None,
            words: "Not seen: the classes.".to_owned(),
        }],
    }
}

fn read(text: &str) -> Result<Snapshot, String> {
    read_snapshot(text.as_bytes(), "f.toml").map_err(|failure| {
        assert_eq!(failure.kind, Kind::Usage);
        failure.message()
    })
}

#[test]
fn it_reads_like_this() {
    insta::assert_snapshot!(write_snapshot(&snapshot()), @r##"
    # What of Webex Contact Center for Salesforce was in an org. Compare it with `provision snapshot diff`, and
    # bring the org back to it with `provision snapshot restore`. What is not in it was not there, but for what
    # stands under not_seen.
    format = 1
    what = "snapshot"
    program = "0.1.0"
    taken = "2026-11-29T14:30:00Z"
    values = 7
    permission_sets = ["Sync"]

    [org]
    id = "00D000000000001EAA"
    name = "Acme"
    kind = "sandbox"
    my_domain = "acme--uat"

    [[not_seen]]
    item = "omni-sync"
    words = "Not seen: the classes."

    # CTI settings of V1
    [[section]]
    item = "cti-settings"
    type = "CallCenter"
    recipe = "webex-v1"
    name = "V1"
    id = "04v000000000001"
    values = [
      { field = "displayName", value = "Webex" },
      { field = "reqGeneralInfo/reqSoftphoneHeight", value = "600" },
    ]

    # Call center users: 2 users in V1
    [[section]]
    item = "users"
    type = "User"
    recipe = "webex-v1"
    field = "CallCenterId"
    value = "V1"
    value_id = "04v000000000001"
    values = [
      { name = "ada@example.com", id = "005000000000001" },
      { name = "eve@example.com", id = "005000000000002" },
    ]

    # Task page layout of Agent "A"
    [[section]]
    item = "task-layout"
    type = "ProfileLayout"
    recipe = "webex-v1"
    name = "Agent \"A\""
    id = "00e000000000001"
    field = "layout"
    values = [
      { value = "ciscocjs__Webex", value_id = "00h000000000001" },
    ]

    # Permission sets: 1 user with Sync
    [[section]]
    item = "permission-set"
    type = "PermissionSetAssignment"
    recipe = "webex-v1"
    field = "Sync"
    set_id = "0PS000000000001"
    value = "assigned"
    values = [
      { name = "ada@example.com", id = "005000000000001" },
    ]

    # What follows is somebody else's. It counts where the connector comes in its place, or came.

    # Task page layout of Agent "A"
    [[section]]
    item = "task-layout"
    type = "ProfileLayout"
    name = "Agent \"A\""
    id = "00e000000000001"
    field = "layout"
    values = [
      { record_type = "Call", record_type_id = "012000000000001", value = "Task Layout", value_id = "00h000000000002" },
    ]
    "##);
}

#[test]
fn what_is_written_is_read() {
    assert_eq!(read(&write_snapshot(&snapshot())).unwrap(), snapshot());
}

#[test]
fn what_is_no_sound_snapshot_is_refused_with_the_reason() {
    for other in ["", "{", "format = 1", "format = 1\nwhat = \"plan\"", "\u{0}"] {
        assert_eq!(read(other).unwrap_err(), "`f.toml` holds no snapshot.", "{other}");
        assert!(!is_snapshot(other), "{other}");
    }
    // Neither a parser's stack nor its time is used up.
    let deep = format!("{}a = {}", "format = 1\nwhat = \"snapshot\"\n", "[".repeat(100_000));
    assert_eq!(read(&deep).unwrap_err(), "`f.toml` holds no snapshot.");
    let text = write_snapshot(&snapshot());
    assert!(is_snapshot(&text));
    let newer = read(&text.replace("format = 1", "format = 3")).unwrap_err();
    assert!(newer.contains("newer version of provision: it has format 3"), "{newer}");
    let cut = &text[..text.find("\n# Permission sets").unwrap()];
    let cut = read(cut).unwrap_err();
    assert_eq!(cut, "`f.toml` is damaged: it holds 5 values, and says that it has 7.");
    let twice = read(
        &text
            .replace("eve@example.com", "ada@example.com")
            .replace("005000000000002", "005000000000001"),
    );
    assert_eq!(
        twice.unwrap_err(),
        "`f.toml` is damaged: it says CallCenterId of ada@example.com twice."
    );
    let lacking = read(&text.replace("field = \"displayName\", ", "")).unwrap_err();
    assert_eq!(lacking, "`f.toml` is damaged: a value of the section `cti-settings` has no field.");
    let unknown = read(&text.replace("set_id", "set_of")).unwrap_err();
    assert!(unknown.contains("unknown field `set_of`"), "{unknown}");
}

#[test]
fn nothing_in_it_looks_like_something_else() {
    let mut hostile = snapshot();
    "Acme\n[[section]]\u{202e}\u{7f}".clone_into(&mut hostile.org.name);
    "a\"\n[[section]]\\".clone_into(&mut hostile.rows[0].value);
    "V1\nformat = 2\u{2028}".clone_into(&mut hostile.rows[2].value);
    let text = write_snapshot(&hostile);
    let odd = |letter: char| {
        (letter.is_control() && letter != '\n') || crate::model::is_deceptive(letter)
    };
    assert!(!text.contains(odd), "{text}");
    assert_eq!(text.matches("\n[[section]]\n").count(), 6, "{text}");
    let read = read(&text).unwrap();
    assert_eq!((&read.org, &read.rows[0]), (&hostile.org, &hostile.rows[0]));
}

proptest! {
    /// Whatever an org calls its things, and whatever stands in them.
    #[test]
    fn every_text_comes_back(texts in prop::collection::vec(any::<String>(), 7)) {
        let mut one = snapshot();
        for (row, text) in one.rows.iter_mut().zip(&texts) {
            row.value.clone_from(text);
        }
        one.org.name.clone_from(&texts[0]);
        one.unseen[0].words.clone_from(&texts[1]);
        let mut back = read(&write_snapshot(&one)).unwrap();
        let place = |row: &SnapshotRow| format!("{row:?}");
        back.rows.sort_by_key(place);
        one.rows.sort_by_key(place);
        prop_assert_eq!(back, one);
    }
}

#[test]
fn what_a_desktop_layout_consists_of_stands_at_the_end() {
    let mut snapshot = snapshot();
    let target = Target::Tenant {
        kind: TenantRecord::DesktopLayout,
        record: Ref::seen("Salesforce", &TenantRecordId::new("l1")),
        field: None,
    };
    let content = "{\"agent\":{\"appTitle\":\"A\\n\"}}".to_owned();
    let value = Value::DesktopLayout(DesktopLayoutValue::of("Salesforce", content));
    snapshot.rows.insert(6, row("desktop-layout", None, &target, &value));
    let text = write_snapshot(&snapshot);
    assert!(text.contains("\nformat = 2\n"), "{text}");
    let end = text.find("[[content]]").unwrap();
    assert!(text.rfind("[[section]]").unwrap() < end, "{text}");
    assert_eq!(read_snapshot(text.as_bytes(), "f.toml").unwrap(), snapshot);
}
