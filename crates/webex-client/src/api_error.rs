//! What the service answers when it refuses.

use std::fmt;

use serde_json::Value;
use wire::{Answer, words};

use crate::redirect;

/// So many reasons, and so many names in one, are read by people; the others are counted or left out.
const MOST: usize = 10;

/// A refusal in the service's own words, without secrets.
///
/// The application words refusals otherwise than the framework around it and the gateway before it;
/// all of them are read here.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// The id by which Cisco's support finds the request; empty where the answer has none.
    pub tracking_id: String,
    /// The class of the failure, such as "Bad Request"; may be empty.
    pub reason: String,
    /// What the service says, one entry a complaint.
    pub details: Vec<Detail>,
    /// What still refers to the record, by kind, such as `user`: a record that is used is not deleted.
    pub referenced_entities: Vec<String>,
}

/// One complaint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Detail {
    /// In words.
    pub description: String,
    /// A code, where there is one.
    pub code: Option<String>,
    /// The kind of record it is about, where it is told.
    pub entity: Option<String>,
    /// The records that it is about.
    pub references: Vec<Reference>,
}

/// A record that another one refers to, or that refers to it.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Reference {
    /// Its id; empty where it is not told.
    #[serde(default)]
    pub id: String,
    /// Its name; empty where it is not told.
    #[serde(default)]
    pub name: String,
}

impl ApiError {
    /// Reads a refusal out of any answer: either shape of JSON, a page, plain text or nothing.
    pub fn from_answer(answer: &Answer) -> ApiError {
        let status = answer.status.as_u16();
        let header = answer.header("trackingid").unwrap_or_default();
        let mut error = match serde_json::from_slice::<Value>(&answer.bytes) {
            Ok(body) => ApiError::from_json(status, &body),
            Err(_) => ApiError::from_text(status, &answer.text()),
        };
        if answer.status.is_redirection() {
            error.details = vec![Detail::of(&redirect::describe(answer))];
        }
        if error.tracking_id.is_empty() {
            error.tracking_id = words::code(header);
        }
        error
    }

    /// Reads a refusal out of a JSON body.
    pub fn from_json(status: u16, body: &Value) -> ApiError {
        let text = |at: &Value, name: &str| scalar(&at[name]).unwrap_or_default();
        // The application: {trackingId, error: {key, reason, message: [{description, …}]}}
        let error = &body["error"];
        let details = match &error["message"] {
            Value::Array(all) => all.iter().take(MOST).map(Detail::read).collect(),
            Value::String(text) => vec![Detail::of(text)],
            _ => Vec::new(),
        };
        // The framework: {timestamp, status, error, message, path}; the gateway: {message, errors, trackingId}
        let outer = match (&body["errors"], &body["message"]) {
            _ if !details.is_empty() => details,
            (Value::Array(all), _) if !all.is_empty() => {
                all.iter().take(MOST).map(Detail::read).collect()
            }
            (_, Value::String(text)) => vec![Detail::of(text)],
            _ if body.is_object() => vec![Detail::of(&first_words(&body.to_string()))],
            _ => return ApiError::from_text(status, body.as_str().unwrap_or_default()),
        };
        let reason = match text(error, "reason") {
            reason if reason.is_empty() => text(body, "error"),
            reason => reason,
        };
        let entities = body.pointer("/meta/referencedEntities").or_else(|| {
            ["/error/referencedEntities", "/referencedEntities"]
                .into_iter()
                .find_map(|place| body.pointer(place))
        });
        ApiError {
            status,
            tracking_id: words::code(&text(body, "trackingId")),
            reason: words::code(&reason),
            details: outer,
            referenced_entities: entities
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(short)
                .collect(),
        }
    }

    /// Changes the service's words.
    pub(crate) fn map_words(&mut self, change: impl Fn(&str) -> String) {
        let own = [&mut self.tracking_id, &mut self.reason].into_iter();
        let details = self.details.iter_mut().flat_map(|detail| {
            let names = detail.references.iter_mut().flat_map(|it| [&mut it.id, &mut it.name]);
            let codes = detail.code.iter_mut().chain(&mut detail.entity);
            std::iter::once(&mut detail.description).chain(codes).chain(names)
        });
        for text in own.chain(&mut self.referenced_entities).chain(details) {
            *text = change(text);
        }
    }

    fn from_text(status: u16, text: &str) -> ApiError {
        let text = text.trim();
        let start = text.get(..200).unwrap_or(text).to_ascii_lowercase();
        let words = if text.is_empty() {
            format!("HTTP {status} without a word of explanation")
        } else if start.contains("<html") || start.contains("<!doctype") {
            format!("HTTP {status}: a web page came instead of an answer of the API")
        } else {
            first_words(text)
        };
        ApiError {
            status,
            tracking_id: String::new(),
            reason: String::new(),
            details: vec![Detail::of(&words)],
            referenced_entities: Vec::new(),
        }
    }

    /// All that the service says, in one text.
    pub fn message(&self) -> String {
        let said: Vec<&str> = self.details.iter().map(|it| it.description.as_str()).collect();
        let said: Vec<&str> = said.into_iter().filter(|it| !it.is_empty()).collect();
        if said.is_empty() { self.reason.clone() } else { said.join("; ") }
    }

    /// The field that the service refuses although it sent it itself:
    /// "workItem is not allowed when feature flag is disabled".
    pub fn refused_field(&self) -> Option<&str> {
        if self.status != 400 {
            return None;
        }
        self.details.iter().find_map(|detail| {
            let (before, _) = detail.description.split_once(" is not allowed")?;
            let name = before.rsplit([' ', '.', ':']).next()?.trim_matches(['"', '\'', '`']);
            let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            (is_name && !name.is_empty()).then_some(name)
        })
    }

    /// The records that still refer to the one that was to be deleted or changed.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.details.iter().flat_map(|detail| &detail.references)
    }

    /// Adds records that refer to the one that was to be deleted, which the refusal itself does not name.
    pub(crate) fn name_references(&mut self, entity: Option<String>, references: Vec<Reference>) {
        self.details.push(Detail { entity, references, ..Detail::default() });
    }

    /// Whether the record is still used (412).
    pub fn is_referenced(&self) -> bool {
        self.status == 412
    }

    /// Whether there is such a record already, or somebody changed it meanwhile (409).
    ///
    /// The service also answers so to bodies that it does not like: a field that is missing, or an id
    /// inside a record that is new ([`is_internal_conflict`](Self::is_internal_conflict)).
    pub fn is_conflict(&self) -> bool {
        self.status == 409
    }

    /// Whether a 409 names no conflict but calls itself an internal error: something in the body is to
    /// blame, usually an id or a version inside a record that is new.
    pub fn is_internal_conflict(&self) -> bool {
        self.status == 409 && self.message().contains("Internal error")
    }

    /// Whether teams are in another desktop layout already. The service says so too where a copy of a
    /// global layout is to be global.
    pub fn is_team_taken(&self) -> bool {
        self.status == 400 && self.message().contains("already assigned")
    }

    /// Whether a record is not deleted because something refers to it (412).
    pub fn is_in_use(&self) -> bool {
        self.status == 412
    }

    /// Whether the allowance of requests is used up (429).
    pub fn is_limit(&self) -> bool {
        self.status == 429
    }
}

impl Detail {
    fn of(text: &str) -> Detail {
        Detail { description: words::message(text), ..Detail::default() }
    }

    fn read(value: &Value) -> Detail {
        let text = |name: &str| scalar(&value[name]).filter(|text| !text.is_empty());
        let references = value["references"].as_array().into_iter().flatten();
        Detail {
            description: words::message(
                &value
                    .as_str()
                    .map(str::to_owned)
                    .or_else(|| text("description"))
                    .unwrap_or_default(),
            ),
            code: text("code").map(|it| words::code(&it)),
            entity: text("entity").map(|it| words::code(&it)),
            references: references
                .map(|it| Reference {
                    id: short(&it["id"]).or_else(|| short(it)).unwrap_or_default(),
                    name: short(&it["name"]).unwrap_or_default(),
                })
                .collect(),
        }
    }
}

/// A text or a number, as text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The same of a code, an id or a name in a refusal, which is shown to people and kept in journals.
fn short(value: &Value) -> Option<String> {
    scalar(value).map(|text| words::code(&text))
}

/// The first few names, and how many more there are.
fn first_of(names: &[String]) -> String {
    let shown = names.get(..MOST).unwrap_or(names);
    match names.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The text's beginning, in one line.
fn first_words(text: &str) -> String {
    const LONGEST: usize = 160;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Several messages, each short enough by itself, may be too long together.
        let message = words::message(&self.message());
        let message = message.trim_end_matches('.');
        if message.is_empty() {
            write!(f, "HTTP {} without a word of explanation", self.status)?;
        } else {
            f.write_str(message)?;
        }
        let named: Vec<String> = self.references().map(ToString::to_string).collect();
        if !named.is_empty() {
            write!(f, " (used by {})", first_of(&named))?;
        } else if !self.referenced_entities.is_empty() {
            write!(f, " (used by: {})", first_of(&self.referenced_entities))?;
        }
        write!(f, " [HTTP {}", self.status)?;
        if !self.tracking_id.is_empty() {
            write!(f, ", tracking ID {}", self.tracking_id)?;
        }
        f.write_str("]")
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.name.is_empty() { &self.id } else { &self.name })
    }
}

impl std::error::Error for ApiError {}
