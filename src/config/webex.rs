//! `[webex]`: the Webex side.

use uuid::Uuid;

use super::definition::Definitions;
use super::mistake::{Mistake, MistakeKind};
use super::scope::{Located, Scope, quoted};
use crate::definitions::desktop_layout::{Adaptation, LayoutDocument};
use crate::model::{
    Command, DesktopLayoutWish, Hint, IdleCodesWish, LONGEST_LAYOUT_NAME, OutdialWish,
    RecordingRightsWish, Region, TenantWish, VariablesWish,
};

/// What a configuration says of the Webex side.
#[derive(Default)]
pub(super) struct Webex {
    /// Id of the Webex organization.
    pub(super) org: Option<String>,
    /// What is wanted of it.
    pub(super) tenant: Option<TenantWish>,
}

/// Tables that want something of the Webex organization.
const WISHES: [&str; 6] =
    ["teams", "desktop_layout", "idle_codes", "variables", "outdial", "recording_rights"];

/// Reads `[webex]`.
pub(super) fn read(
    scope: Option<Scope<'_>>,
    region: Option<&Region>,
    definitions: &Definitions<'_>,
) -> Webex {
    let Some(scope) = scope else { return Webex::default() };
    scope.only_known();
    let said = scope.entry("org_id").is_some();
    let org = read_org(&scope);
    let layout = scope.table("desktop_layout");
    let desktop_layout = layout.and_then(|scope| read_layout(&scope, definitions));
    let teams = scope.texts("teams", "a list of names of teams: [\"Support\"]");
    let idle_codes = scope.table("idle_codes").map(|scope| {
        let (names, manage) = names_and_manage(&scope);
        IdleCodesWish { names, manage }
    });
    let variables = scope.table("variables").map(|scope| {
        let (names, manage) = names_and_manage(&scope);
        VariablesWish { names, manage }
    });
    let outdial = scope.table("outdial").and_then(|scope| read_outdial(&scope));
    let recording_rights = scope.table("recording_rights").map(|scope| read_rights(&scope));
    let wishes = WISHES.iter().find(|key| scope.entry(key).is_some());
    if let (Some(key), false) = (wishes, said) {
        let message = "`webex.org_id` is missing: it is the id of your Webex organization.";
        let entry = scope.entry(key);
        let mistake = Mistake::new(MistakeKind::Missing, "webex.org_id", message).help(WHERE);
        scope.mistakes.push(match entry {
            Some(entry) => mistake.at(&entry.key_span, "this is wanted of it"),
            None => mistake,
        });
    }
    let tenant = match (&org, region, wishes) {
        (Some(id), Some(region), Some(_)) => Some(TenantWish {
            id: id.clone(),
            data_center: region.name.clone(),
            desktop_layout,
            teams,
            given_back: None,
            idle_codes,
            variables,
            outdial,
            recording_rights,
        }),
        _ => None,
    };
    Webex { org, tenant }
}

const WHERE: &str = "Control Hub shows it under Management > Account as Organization ID: five groups of \
                     letters and digits, like 01234567-89ab-cdef-0123-456789abcdef.";

/// The id of the Webex organization.
fn read_org(scope: &Scope<'_>) -> Option<String> {
    let found = scope.text("org_id", "the id of the Webex organization")?;
    if let Ok(id) = Uuid::parse_str(&found.value) {
        return Some(id.hyphenated().to_string());
    }
    scope.mistakes.push(
        Mistake::new(
            MistakeKind::NotAllowed,
            &found.path,
            format!("`{}` is not the id of a Webex organization.", found.path),
        )
        .at(&found.span, "")
        .help(WHERE),
    );
    None
}

fn names_and_manage(scope: &Scope<'_>) -> (Vec<String>, bool) {
    scope.only_known();
    let names = scope.texts("names", "a list of names");
    (names, scope.boolean("manage").unwrap_or_default())
}

fn read_layout(scope: &Scope<'_>, definitions: &Definitions<'_>) -> Option<DesktopLayoutWish> {
    scope.only_known();
    let text = |key: &str, wanted: &str| scope.text(key, wanted);
    let name = text("name", "the name of a desktop layout").filter(|it| fits(scope, it));
    let to = Adaptation {
        outdial_ani: number(scope),
        actions_widget: scope.boolean("actions_widget"),
        notes_subject: scope.boolean("call_notes_subject"),
        title: text("title", "a title").map(|found| found.value),
        logo: text("logo", "the address of a picture").map(|found| found.value),
    };
    let replace = scope.boolean("replace").unwrap_or_default();
    if scope.entry("file").is_none() {
        scope.mistakes.push(
            Mistake::new(
                MistakeKind::Missing,
                "webex.desktop_layout.file",
                "`webex.desktop_layout.file` is missing: it is the path of Cisco's desktop layout file.",
            )
            .help("For example: file = \"salesforce_desktop_0.1.0_v1.1.9.json\""),
        );
    }
    let file = text("file", "the path of a desktop layout file")?;
    let bytes = definitions.bytes("The desktop layout", &file, scope.mistakes)?;
    let document = String::from_utf8(bytes)
        .map_err(|_| "it is not UTF-8".to_owned())
        .and_then(|text| LayoutDocument::read_connector(&text).map_err(|error| error.to_string()));
    match document {
        Ok(document) => Some(DesktopLayoutWish {
            name: name.map_or_else(|| "Salesforce".to_owned(), |found| found.value),
            file: file_name(&file.value),
            content: document.adapt(&to).text(),
            replace,
        }),
        Err(why) => {
            let message =
                format!("The desktop layout {} cannot be used: {why}.", quoted(&file.value));
            scope.mistakes.push(
                Mistake::new(MistakeKind::Definition, &file.path, message).at(&file.span, "").help(
                    Hint::command(
                        "",
                        Command::alone("lint"),
                        " with the file shows what is wrong, line by line.",
                    ),
                ),
            );
            None
        }
    }
}

/// Whether Webex takes a layout of that name.
fn fits(scope: &Scope<'_>, name: &Located<String>) -> bool {
    if name.value.chars().count() <= LONGEST_LAYOUT_NAME {
        return true;
    }
    let message = format!(
        "`{}` is too long: a desktop layout has a name of at most {LONGEST_LAYOUT_NAME} characters.",
        name.path
    );
    scope
        .mistakes
        .push(Mistake::new(MistakeKind::NotAllowed, &name.path, message).at(&name.span, ""));
    false
}

/// A number that calls may show.
fn number(scope: &Scope<'_>) -> Option<String> {
    let Located { value, path, span } =
        scope.text("outdial_ani", "a telephone number: \"+493012345\"")?;
    let digits = value.strip_prefix('+').unwrap_or_default();
    if (6..=15).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit()) {
        return Some(value);
    }
    let message = format!("`{path}` is {}, but must be a number in E.164 form.", quoted(&value));
    scope.mistakes.push(
        Mistake::new(MistakeKind::NotAllowed, &path, message)
            .at(&span, "")
            .help("Write + and the digits with the country code, nothing between: \"+493012345\"."),
    );
    None
}

fn read_outdial(scope: &Scope<'_>) -> Option<OutdialWish> {
    scope.only_known();
    let manage = scope.boolean("manage").unwrap_or_default();
    let ani = scope.text("ani", "the name of an outdial ANI list").map(|found| found.value);
    if scope.entry("entry_point").is_none() {
        scope.mistakes.push(
            Mistake::new(
                MistakeKind::Missing,
                "webex.outdial.entry_point",
                "`webex.outdial.entry_point` is missing: it is the entry point for outgoing calls.",
            )
            .help("For example: entry_point = \"Outdial\""),
        );
    }
    let entry_point = scope.text("entry_point", "the name of an entry point")?.value;
    Some(OutdialWish { entry_point, ani, manage })
}

fn read_rights(scope: &Scope<'_>) -> RecordingRightsWish {
    scope.only_known();
    let permission = scope.text("permission", "the API's name of a permission");
    RecordingRightsWish {
        user_profiles: scope.texts("user_profiles", "a list of names of user profiles"),
        permission: permission
            .map_or_else(|| "audio-recording-transcript".to_owned(), |found| found.value),
    }
}

/// `layout.json` of `./files/layout.json`
fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}
