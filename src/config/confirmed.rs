//! `[confirmed]`: what people have confirmed, for machines that keep no state.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::key::{Absent, Key, NOTHING, Shape, find, key, names};
use super::mistake::{Mistake, MistakeKind};
use super::scope::{Scope, quoted};
use super::tree::{Entry, Value, step};
use crate::model::{Command, Confirmation, Confirmed, Hint, OrgId, StatedConfirmation, nearest};

/// The items that take a person's word, by their ids.
pub(super) static CONFIRMED: [Key; 3] = [
    key(
        "csp-allow-list",
        Shape::Table(&OF_TENANT),
        NOTHING,
        "Who has put Salesforce's domains on the list of the Webex organization.",
    ),
    key(
        "data-center",
        Shape::Table(&OF_ORG),
        NOTHING,
        "Who has set the data centre's values in the org, where it does not show them.",
    ),
    key(
        "softphone-layout",
        Shape::Table(&OF_ORG),
        NOTHING,
        "Who has made the softphone layout in the org.",
    ),
];

const BY: Key = key("by", Shape::Text, Absent::Refused, "Who said that it is done.");
const AT: Key = key("at", Shape::Date, Absent::Refused, "When: `2026-11-22`.");
const WANTED: Key = key(
    "wanted",
    Shape::Text,
    Absent::Refused,
    "What was wanted then, as `confirm --print` writes it; where the configuration wants \
     something else, the confirmation no longer applies.",
);

static OF_ORG: [Key; 4] = [
    key("org", Shape::Text, Absent::Refused, "Id of the Salesforce org that it is for: `00D…`."),
    BY,
    AT,
    WANTED,
];

static OF_TENANT: [Key; 4] = [
    key(
        "webex_org_id",
        Shape::Text,
        Absent::Refused,
        "Id of the Webex organization that it is for, as in `webex.org_id`.",
    ),
    BY,
    AT,
    WANTED,
];

/// How nobody has to write them by hand.
fn by_command() -> Hint {
    Hint::command("", Command::of_org("confirm ITEM --print"), " writes these lines.")
}

/// Reads `[confirmed]`.
pub(super) fn read(scope: Option<Scope<'_>>) -> Vec<StatedConfirmation> {
    let Some(scope) = scope else { return Vec::new() };
    let mut stated = Vec::new();
    for (item, entry) in &scope.table.entries {
        match find(scope.keys, item) {
            Some(_) => stated.extend(scope.table(item).and_then(|it| one(item, entry, &it))),
            None => scope.mistakes.push(takes_no_word(item, entry, &names(scope.keys))),
        }
    }
    stated
}

/// The lines that state a confirmation, below the table of an org where it has one.
pub fn write_confirmation(stated: &StatedConfirmation, alias: Option<&str>) -> String {
    let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let of_org = alias.map(|alias| format!("orgs.{}.", step(alias))).unwrap_or_default();
    let Confirmation { item, by, at, wanted } = &stated.said;
    let (key, id) = match &stated.of {
        Confirmed::Org(id) => ("org", id.long()),
        Confirmed::Tenant(id) => ("webex_org_id", id.clone()),
    };
    format!(
        "[{of_org}confirmed.{item}]\n{key} = {}\nby = {}\nat = {}\nwanted = {}\n",
        text(&id),
        text(by),
        at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        text(wanted)
    )
}

/// There is no such item, or a program sees it.
fn takes_no_word(item: &str, entry: &Entry, known: &[&str]) -> Mistake {
    let message = format!("{} is no item that a person confirms.", quoted(item));
    Mistake::new(MistakeKind::UnknownKey, &entry.path, message)
        .at(&entry.key_span, "")
        .allowed(known.iter().copied())
        .suggestion(nearest(item, known.iter().copied()))
        .help("A confirmation counts only where no program can see whether it is so.")
}

fn one(item: &str, entry: &Entry, scope: &Scope<'_>) -> Option<StatedConfirmation> {
    scope.only_known();
    let missing: Vec<&str> = names(scope.keys);
    let missing: Vec<String> = missing
        .into_iter()
        .filter(|key| scope.entry(key).is_none())
        .map(|key| format!("`{key}`"))
        .collect();
    if !missing.is_empty() {
        let message = format!("`{}` does not say {}.", entry.path, missing.join(", "));
        let mistake = Mistake::new(MistakeKind::Missing, &entry.path, message);
        scope.mistakes.push(mistake.at(&entry.key_span, "").help(by_command()));
    }
    let of = if find(scope.keys, "org").is_some() { org(scope) } else { tenant(scope) };
    let at = moment(scope);
    let by = scope.text("by", "a name");
    let wanted = scope.text("wanted", "what was wanted");
    Some(StatedConfirmation {
        said: Confirmation { item: item.to_owned(), by: by?.value, at: at?, wanted: wanted?.value },
        of: of?,
        place: entry.path.clone(),
    })
}

fn org(scope: &Scope<'_>) -> Option<Confirmed> {
    let found = scope.text("org", "the id of a Salesforce org: \"00D…\"")?;
    if let Ok(id) = OrgId::parse(&found.value) {
        return Some(Confirmed::Org(id));
    }
    let message = format!("`{}` is not the id of a Salesforce org.", found.path);
    scope.mistakes.push(
        Mistake::new(MistakeKind::NotAllowed, &found.path, message)
            .at(&found.span, "")
            .help("It is no alias: an id begins with 00D and has 15 or 18 letters and digits.")
            .help(by_command()),
    );
    None
}

fn tenant(scope: &Scope<'_>) -> Option<Confirmed> {
    let found = scope.text("webex_org_id", "the id of a Webex organization")?;
    if let Ok(id) = Uuid::parse_str(&found.value) {
        return Some(Confirmed::Tenant(id.hyphenated().to_string()));
    }
    let message = format!("`{}` is not the id of a Webex organization.", found.path);
    scope.mistakes.push(
        Mistake::new(MistakeKind::NotAllowed, &found.path, message)
            .at(&found.span, "")
            .help("It is the one that `webex.org_id` names."),
    );
    None
}

/// When it was said. A day begins in Greenwich, where it is told again.
fn moment(scope: &Scope<'_>) -> Option<Timestamp> {
    const WANTED: &str = "a date: 2026-11-22";
    let entry = scope.entry("at")?;
    let (Value::Text(text) | Value::Date(text)) = &entry.node.value else {
        scope.wrong_type(&entry.path, &entry.node, WANTED);
        return None;
    };
    let day = || text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok();
    let is_day = text.len() == "2026-11-22".len();
    let found =
        if is_day { day().map(|day| day.timestamp()) } else { text.parse::<Timestamp>().ok() };
    if found.is_none() {
        let message = format!("`{}` is {}, but must be {WANTED}.", entry.path, quoted(text));
        scope.mistakes.push(
            Mistake::new(MistakeKind::NotAllowed, &entry.path, message)
                .at(&entry.node.span, "")
                .help("With a time it needs its offset: 2026-11-22T10:00:00Z."),
        );
    }
    found
}
