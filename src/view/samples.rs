//! Values that the tests of this room show.

use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Mutex};

use anstream::ColorChoice;

use super::{Screen, Settings, Terminal};
use crate::checklist::{Action, After, ChangeRow, ItemId, Note, Noticed};
use crate::engine::{ItemOutcome, ItemReport, OrgReport, Outcome, Report};
use crate::model::{Ids, OrgId, OrgKind, Subject, SubjectKind};

/// A stream whose other end is gone.
pub(super) struct Gone(pub(super) ErrorKind);

impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stream that can be read.
#[derive(Clone, Default)]
pub(super) struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    pub(super) fn text(&self) -> String {
        plain(&String::from_utf8(self.0.lock().unwrap().clone()).unwrap())
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub(super) fn settings(width: usize) -> Settings {
    let screen = Screen::new(width, true);
    Settings {
        out: screen,
        err: screen,
        out_colour: ColorChoice::Never,
        err_colour: ColorChoice::Never,
        live: false,
        asks: false,
    }
}

/// A terminal that keeps what is written: standard output, standard error.
pub(super) fn terminal(width: usize) -> (Terminal, Kept, Kept) {
    let (out, err) = (Kept::default(), Kept::default());
    let terminal = Terminal::new(settings(width), Box::new(out.clone()), Box::new(err.clone()));
    (terminal, out, err)
}

/// The text without colours.
pub(super) fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

pub(super) fn org() -> OrgReport {
    OrgReport {
        alias: Some("demo".to_owned()),
        id: OrgId::parse("00D000000000001AAA").unwrap(),
        name: "Grüne Bäckerei 東京".to_owned(),
        kind: OrgKind::Sandbox,
        instance_url: "http://127.0.0.1:8080".to_owned(),
    }
}

pub(super) fn item(id: ItemId, outcome: ItemOutcome, changes: Vec<ChangeRow>) -> ItemReport {
    let made = if outcome == ItemOutcome::Changed { changes.len() } else { 0 };
    ItemReport {
        recipe: None,
        id,
        title: id.title(),
        outcome,
        agents_notice: changes
            .iter()
            .map(|change| id.noticed(change))
            .filter(|moment| *moment != Noticed::Never)
            .collect(),
        changes: changes.into(),
        message: None,
        notes: Vec::new(),
        steps: Vec::new(),
        is_choice: false,
        left_undone: 0,
        losses: Vec::new(),
        doubt: None,
        links: Vec::new(),
        values: Vec::new(),
        unseen: None,
        confirmed: None,
        is_in_failure: false,
        blocks: false,
        spared: 0,
        made,
    }
}

pub(super) fn already(id: ItemId) -> ItemReport {
    item(id, ItemOutcome::Already, Vec::new())
}

pub(super) fn planned(id: ItemId) -> ItemReport {
    item(id, ItemOutcome::Planned, Vec::new())
}

pub(super) fn note(warning: bool, text: &str) -> Note {
    if warning { Note::warning(text) } else { Note::info(text) }
}

fn change(
    item: ItemId,
    subject: Subject,
    field: &str,
    before: Option<&str>,
    after: After,
    action: Action,
) -> ChangeRow {
    ChangeRow {
        item,
        subject,
        field: field.to_owned(),
        before: before.map(str::to_owned),
        after,
        action,
        ids: Ids::default(),
        aside: None,
    }
}

pub(super) const CALL_CENTER: &str = "WebexCCAgentDesktopV11";

pub(super) fn user(username: &str, before: Option<&str>) -> ChangeRow {
    change(
        ItemId::USERS,
        Subject::new(SubjectKind::User, username),
        "CallCenterId",
        before,
        After::value(CALL_CENTER),
        Action::Update,
    )
}

pub(super) fn layout(profile: &str, record_type: Option<&str>) -> ChangeRow {
    change(
        ItemId::TASK_LAYOUT,
        Subject {
            kind: SubjectKind::ProfileLayout,
            name: profile.to_owned(),
            record_type: record_type.map(str::to_owned),
        },
        "layout",
        Some("Task Layout"),
        After::KnownAfter {
            item: ItemId::PACKAGE,
            expected: "ciscocjs__Webex Task Layout".to_owned(),
        },
        Action::Update,
    )
}

pub(super) fn setting(field: &str, before: Option<&str>, after: &str) -> ChangeRow {
    change(
        ItemId::CTI_SETTINGS,
        Subject::new(SubjectKind::CallCenter, CALL_CENTER),
        field,
        before,
        After::value(after),
        if before.is_some() { Action::Update } else { Action::Create },
    )
}

/// The plan on an org that has nothing yet.
pub(super) fn empty_org() -> Vec<ItemReport> {
    let package = change(
        ItemId::PACKAGE,
        Subject::new(SubjectKind::InstalledPackage, "ciscocjs"),
        "version",
        None,
        After::value("1.10 (04tUl000000VK45IAG)"),
        Action::Create,
    );
    let call_center = change(
        ItemId::CALL_CENTER,
        Subject::new(SubjectKind::CallCenter, CALL_CENTER),
        "definition",
        None,
        After::value("2024-11 (98 items)"),
        Action::Create,
    );
    let mut users: Vec<ChangeRow> =
        (1..=14).map(|number| user(&format!("agent{number:02}@example.com"), None)).collect();
    users.push(user("さくら@例え.jp", Some("OtherVendorCTI")));
    let mut items = vec![
        item(ItemId::PACKAGE, ItemOutcome::Planned, vec![package]),
        item(ItemId::CALL_CENTER, ItemOutcome::Planned, vec![call_center]),
        item(
            ItemId::CTI_SETTINGS,
            ItemOutcome::Planned,
            vec![
                setting("reqGeneralInfo/reqAdapterUrl", None, "https://desktop.wxcc-eu1.cisco.com"),
                setting(
                    "reqActivity/reqMapping",
                    None,
                    "{\"Subject\": \"Webex call\", \"Description\": \"{{ANI}} called {{DNIS}}\", \"Priority\": \"Normal\"}",
                ),
            ],
        ),
        item(
            ItemId::TASK_LAYOUT,
            ItemOutcome::Planned,
            vec![
                layout("System Administrator", None),
                layout("営業マネージャ", Some("Support_Call")),
            ],
        ),
        item(ItemId::USERS, ItemOutcome::Planned, users),
    ];
    items[0].notes.push(note(false, "Sites that the package may call: \"https://cpc.ccone.net\"."));
    items[4].notes.push(note(
        true,
        "Moved out of another vendor's call center, as configured: \"さくら@例え.jp\".",
    ));
    items
}

/// An org that has everything.
pub(super) fn fine_org() -> Vec<ItemReport> {
    ItemId::all().filter(|item| item.item().is_some()).map(already).collect()
}

pub(super) fn report(command: &'static str, outcome: Outcome, items: Vec<ItemReport>) -> Report {
    Report {
        format: 1,
        command,
        undoes: None,
        org: Some(org()),
        tenant: None,
        outcome,
        items,
        requests: 18,
        polls: 5,
        api_calls: 31,
        duration_ms: 8_123,
        person_ms: 0,
        stages: Vec::new(),
        run: None,
        uninstalls: false,
        files: Vec::new(),
        exported: Vec::new(),
        failure: None,
    }
}
