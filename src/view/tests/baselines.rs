//! Baselines, as somebody would read them.

use insta::assert_snapshot;
use jiff::tz::TimeZone;

use crate::checklist::{LeftOut, Missing, Named, Transfer};
use crate::engine::{FileOrg, Imported, ImportedConfirmations};
use crate::journal::KnownBaseline;
use crate::model::{
    Baseline, BaselineEntry, BaselineRow, Before, Ids, Invocation, OrgId, OrgKind, Organization,
    Subject, SubjectKind,
};
use crate::view::samples::{self, CALL_CENTER, plain};
use crate::view::text::columns;
use crate::view::{
    BaselineView, Exported, Screen, render_baseline, render_baselines, render_exported_baseline,
    render_imported_baseline,
};

const FIRST: &str = "0193a5f7c0de7000800000000000aaaa";
const SECOND: &str = "0193a5f7c1de7000800000000000bbbb";

fn organization() -> Organization {
    Organization {
        id: OrgId::parse("00D000000000001EAA").unwrap(),
        name: "Grüne Bäckerei 東京".to_owned(),
        kind: OrgKind::Sandbox,
        instance_url: "http://127.0.0.1:1".to_owned(),
    }
}

fn entry(item: &str, subject: Subject, field: &str, before: &str, ours: &str) -> BaselineEntry {
    let row = BaselineRow {
        item: item.to_owned(),
        subject,
        field: field.to_owned(),
        before: match before {
            "?" => Before::Unknown,
            "" => Before::Known(None),
            value => Before::Known(Some(value.to_owned())),
        },
        ours: Some(ours.to_owned()),
        run: FIRST.to_owned(),
        recipe: None,
        ids: Ids::default(),
        giving_back: false,
    };
    row.into()
}

fn layout(profile: &str, record_type: Option<&str>, before: &str) -> BaselineEntry {
    let mut subject = Subject::new(SubjectKind::ProfileLayout, profile);
    subject.record_type = record_type.map(str::to_owned);
    entry("task-layout", subject, "layout", before, "ciscocjs__Webex Contact Center Task Layout")
}

fn user(number: usize, before: &str) -> BaselineEntry {
    let subject = Subject::new(SubjectKind::User, format!("agent{number}@example.com"));
    entry("users", subject, "CallCenterId", before, CALL_CENTER)
}

/// Three thousand users, some of whom were somewhere else or there already.
fn many() -> Baseline {
    let setting = Subject::new(SubjectKind::CallCenter, CALL_CENTER);
    let mut entries = vec![
        entry("cti-settings", setting.clone(), "reqGeneralInfo/reqSoftphoneHeight", "550", "600"),
        entry("cti-settings", setting, "reqGeneralInfo/reqAdapterUrl", "", "https://a.example/"),
        layout("System Administrator", None, "Task Layout"),
        layout("System Administrator", Some("Call"), "Task Layout"),
        layout("営業マネージャ", None, "Task Layout"),
        layout("営業マネージャ", Some("Call"), "Task Layout"),
        layout("営業マネージャ", Some("Support"), "Call-Back Task (EMEA)"),
    ];
    entries.extend((0..3_000).map(|number| user(number, "")));
    entries.extend((3_000..3_002).map(|number| user(number, "BrightCTI")));
    entries.extend((3_002..3_007).map(|number| user(number, "?")));
    Baseline { entries: entries.into() }
}

fn shown(baseline: &Baseline, all: bool, width: usize) -> String {
    let organization = organization();
    let keys = [("reqGeneralInfo/reqSoftphoneHeight", "call_center.softphone.height")];
    let keys = keys.map(|(field, key)| (field.to_owned(), key.to_owned())).into();
    let about = BaselineView {
        keys: &keys,
        org: &organization.id,
        organization: Some(&organization),
        baseline,
        all,
        again: "provision --org demo baseline show --all",
    };
    plain(&render_baseline(&about, &TimeZone::UTC, Screen::new(width, true)))
}

#[test]
fn thousands_of_users_are_counted() {
    assert_snapshot!(shown(&many(), false, 100), @"
    Grüne Bäckerei 東京 (sandbox, 00D000000000001EAA)
    3014 values, set by run 0193a5f7 on 2024-12-08 11:11. Left of each arrow is the value before
    provision first changed it, right of it the value that provision set.

    CTI settings: WebexCCAgentDesktopV11
      call_center.softphone.height  550    → 600
      reqGeneralInfo/reqAdapterUrl  (none) → https://a.example/

    Call center users
      3000 users             (none)    → WebexCCAgentDesktopV11
      agent3000@example.com  BrightCTI → WebexCCAgentDesktopV11
      agent3001@example.com  BrightCTI → WebexCCAgentDesktopV11
      5 users                unknown   → WebexCCAgentDesktopV11

    Task page layout
      4 assignments of 2 profiles  Task Layout           → ciscocjs__Webex Contact Center Task Layout
      営業マネージャ [Support]     Call-Back Task (EMEA) → ciscocjs__Webex Contact Center Task Layout

    The earlier value is unknown for 5 values: the connector's own value was already there when
    provision first looked, set by a person or from another machine. If that machine has the baseline,
    bring it here with `baseline export` and `baseline import`.

    Similar values are grouped. To see each one:
      provision --org demo baseline show --all
    ");
    assert_snapshot!(shown(&many(), false, 44), @"
    Grüne Bäckerei 東京 (sandbox,
    00D000000000001EAA)
    3014 values, set by run 0193a5f7 on
    2024-12-08 11:11. Left of each arrow is the
    value before provision first changed it,
    right of it the value that provision set.

    CTI settings: WebexCCAgentDesktopV11
      call_center.softphone.height  550 → 600
      reqGeneralInfo/reqAdapterUrl
          (none) → https://a.example/

    Call center users
      3000 users
          (none) → WebexCCAgentDesktopV11
      agent3000@example.com
          BrightCTI → WebexCCAgentDesktopV11
      agent3001@example.com
          BrightCTI → WebexCCAgentDesktopV11
      5 users
          unknown → WebexCCAgentDesktopV11

    Task page layout
      4 assignments of 2 profiles
          Task Layout
          → ciscocjs__Webex Contact Center Task
            Layout
      営業マネージャ [Support]
          Call-Back Task (EMEA)
          → ciscocjs__Webex Contact Center Task
            Layout

    The earlier value is unknown for 5 values:
    the connector's own value was already there
    when provision first looked, set by a person
    or from another machine. If that machine has
    the baseline, bring it here with `baseline
    export` and `baseline import`.

    Similar values are grouped. To see each one:
      provision --org demo baseline show --all
    ");
    assert_eq!(shown(&many(), true, 100).matches("agent").count(), 3_007);
}

#[test]
fn nothing_is_wider_than_the_terminal() {
    for width in [44, 60, 80, 200] {
        let text = shown(&many(), true, width);
        let command = |line: &&str| !line.starts_with("  provision ");
        let widest = text.lines().filter(command).map(columns).max();
        assert!(widest <= Some(width), "{width}: {widest:?}\n{text}");
    }
}

#[test]
fn where_several_runs_set_values_each_says_which() {
    let mut baseline = Baseline { entries: (0..5).map(|number| user(number, "")).collect() };
    SECOND.clone_into(&mut baseline.entries[4].run);
    assert_snapshot!(shown(&baseline, false, 80), @"
    Grüne Bäckerei 東京 (sandbox, 00D000000000001EAA)
    5 values, set by the runs 0193a5f7c0 on 2024-12-08 11:11 and 0193a5f7c1 on
    2024-12-08 11:11. Left of each arrow is the value before provision first changed
    it, right of it the value that provision set.

    Call center users
      4 users             0193a5f7c0  (none) → WebexCCAgentDesktopV11
      agent4@example.com  0193a5f7c1  (none) → WebexCCAgentDesktopV11

    Similar values are grouped. To see each one:
      provision --org demo baseline show --all
    ");
    assert_snapshot!(shown(&Baseline::default(), false, 80), @"
    Grüne Bäckerei 東京 (sandbox, 00D000000000001EAA)
    No baseline: provision has changed nothing in this org from this machine.
    ");
}

#[test]
fn orgs_are_listed_with_what_their_last_run_saw() {
    let known = |number: u8, organization| KnownBaseline {
        org: OrgId::parse(&format!("00D00000000000{number}")).unwrap(),
        organization,
        baseline: many(),
    };
    let both = [known(1, Some(organization())), known(2, None)];
    let list = |width| {
        plain(&render_baselines(
            &both,
            &Invocation::default(),
            &TimeZone::UTC,
            Screen::new(width, true),
        ))
    };
    assert_snapshot!(list(80), @"
    ORG                  KIND     ID                  VALUES  LAST SET
    Grüne Bäckerei 東京  sandbox  00D000000000001EAA    3014  2024-12-08 11:11
    ?                    ?        00D000000000002EAA    3014  2024-12-08 11:11

    To see one: `provision baseline show --id ID`.
    ");
    assert_snapshot!(list(40), @"
    00D000000000001EAA
      Grüne Bäckerei 東京, sandbox, 3014
      values, 2024-12-08 11:11
    00D000000000002EAA
      ?, ?, 3014 values, 2024-12-08 11:11

    To see one:
    `provision baseline show --id ID`.
    ");
    assert_snapshot!(plain(&render_baselines(&[], &Invocation::default(), &TimeZone::UTC, Screen::new(80, true))), @"No baselines yet: provision has changed no org from this machine.");
}

#[test]
fn an_export_says_what_to_type_on_the_other_machine() {
    let said =
        Exported { org: "\"Acme\" (00D…)", values: 1, confirmed: 1, path: "'my baseline.json'" };
    assert_snapshot!(render_exported_baseline(&said, Screen::new(80, true)), @r#"
    Exported: 1 value and 1 confirmation of the org "Acme" (00D…).
    To import them on another machine:
      provision --org ALIAS baseline import 'my baseline.json'
    "#);
}

#[test]
fn an_import_says_what_did_not_come_along() {
    let home = Imported {
        org: samples::org(),
        from: FileOrg { id: samples::org().id, name: None, kind: None },
        transfer: Transfer::home(many()),
        confirmations: ImportedConfirmations {
            taken: 1,
            left_out: vec!["softphone-layout".to_owned()],
        },
        replaced: Some("state/orgs/00D/baseline-before-0193.json".into()),
        run: FIRST.to_owned(),
    };
    let text =
        |done: &Imported, width| plain(&render_imported_baseline(done, Screen::new(width, true)));
    assert_snapshot!(text(&home, 80), @"
    Imported: 3014 values and 1 confirmation of Grüne Bäckerei 東京 (sandbox,
    00D000000000001AAA).
    The previous baseline is kept in
      state/orgs/00D/baseline-before-0193.json
    ! Left out: the confirmation of softphone-layout, which is for the other org.
    ");
    let left_out = |name: &str, field: &str, candidates: &[&str]| LeftOut {
        subject: Subject::new(SubjectKind::User, name),
        field: field.to_owned(),
        candidates: candidates.iter().map(|name| (*name).to_owned()).collect(),
    };
    let parent = FileOrg {
        id: OrgId::parse("00D000000000009").unwrap(),
        name: Some("Acme".to_owned()),
        kind: Some(OrgKind::Production),
    };
    let transfer = Transfer {
        baseline: Baseline { entries: vec![user(1, "")].into() },
        mapped: [("ada@x.com".to_owned(), "ada@x.com.uat".to_owned())].into(),
        left_out: vec![
            left_out("alan@x.com", "CallCenterId", &["alan@x.com.dev", "alan@x.com.uat"]),
            left_out("alan@x.com", "Record_View", &["alan@x.com.dev", "alan@x.com.uat"]),
            left_out("tony@x.com", "CallCenterId", &[]),
        ],
        missing: vec![
            Missing { kind: Named::Layout, name: "Call-Back Task".to_owned(), values: 2 },
            Missing { kind: Named::CallCenter, name: "BrightCTI".to_owned(), values: 1 },
        ],
    };
    let confirmations = ImportedConfirmations::default();
    let copy = Imported { from: parent, transfer, confirmations, replaced: None, ..home };
    assert_snapshot!(text(&copy, 80), @r#"
    Imported: 1 value of the org "Acme" (00D000000000009EAA), into Grüne Bäckerei
    東京 (sandbox, 00D000000000001AAA).
    Renamed: 1 user, such as ada@x.com → ada@x.com.uat.
    ! Left out: 3 values of 2 users who cannot be matched by name in this org:
        alan@x.com, who may be alan@x.com.dev or alan@x.com.uat
        tony@x.com
      To include them, replace their names in the file with the ones in this org,
      and import it again with --replace.
    ! This org has no page layout of Task "Call-Back Task": 2 values with it cannot
      be restored until it does.
    ! This org has no call center "BrightCTI": 1 value with it cannot be restored
      until it does.
    "#);
    assert_snapshot!(text(&copy, 44), @r#"
    Imported: 1 value of the org "Acme"
    (00D000000000009EAA), into Grüne Bäckerei
    東京 (sandbox, 00D000000000001AAA).
    Renamed: 1 user, such as ada@x.com →
    ada@x.com.uat.
    ! Left out: 3 values of 2 users who cannot
      be matched by name in this org:
        alan@x.com, who may be alan@x.com.dev or
          alan@x.com.uat
        tony@x.com
      To include them, replace their names in
      the file with the ones in this org, and
      import it again with --replace.
    ! This org has no page layout of Task
      "Call-Back Task": 2 values with it cannot
      be restored until it does.
    ! This org has no call center "BrightCTI": 1
      value with it cannot be restored until it
      does.
    "#);
}
