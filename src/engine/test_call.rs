//! A test call: the Task that the connector makes of it is waited for and read. Nothing is changed.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use salesforce_client::soql::{Name, moment};
use salesforce_client::{Client, Soql};
use serde::Serialize;
use serde_json::{Map, Value};
use tokio::time::{Instant, sleep};

use super::observe::call_center;
use crate::checklist::activity::{FilledField, filled_fields};
use crate::failure::{Failure, Kind};
use crate::model::CallCenterWish;

/// What of a call's Task is looked at.
#[derive(Debug, Clone)]
pub struct CallWish<'a> {
    /// The package's namespace: its own fields belong to the evidence.
    pub namespace: &'a str,
    /// The fields that the call center's settings fill.
    pub filled: Vec<FilledField>,
}

/// How long to wait, and how often to look.
#[derive(Debug, Clone, Copy)]
pub struct CallPatience {
    /// Between two looks.
    pub between: Duration,
    /// How long a Task has to stay as it is before it is called complete: notes and the recording come
    /// after the call.
    pub settle: Duration,
    /// For the call.
    pub limit: Duration,
}

/// A call that came, as its Task tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestCall {
    /// Id of the Task.
    pub id: String,
    /// Its subject.
    pub subject: Option<String>,
    /// Whose it is: the agent.
    pub owner: Option<String>,
    /// The contact or lead.
    pub who: Option<String>,
    /// What else it belongs to.
    pub what: Option<String>,
    /// Inbound, outbound or internal.
    pub call_type: Option<String>,
    /// When it was made.
    pub created: String,
    /// Fields of the package and those that settings fill.
    pub fields: Vec<CallField>,
}

/// A field of a call's Task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallField {
    /// Its API name.
    pub field: String,
    /// Its label.
    pub label: String,
    /// What a setting fills it with; none of a field of the package.
    pub from: Option<String>,
    /// What it holds.
    pub value: Option<String>,
    /// Whether it is there, and shown to whoever calls.
    pub seen: bool,
}

/// The fields that the org's call center fills, as it is set up now.
pub async fn fields_filled_by_calls(
    client: &Client,
    wish: &CallCenterWish,
) -> Result<Vec<FilledField>, Failure> {
    let name = wish.definition.call_center.internal_name.as_str();
    let found = client.metadata().read_call_centers(&[name]).await?;
    let existing = found.into_iter().find(|record| record.full_name == name).map(call_center);
    Ok(filled_fields(wish, existing.as_ref()))
}

impl TestCall {
    /// Fields that a setting fills and that hold nothing.
    pub fn empty(&self) -> impl Iterator<Item = &CallField> {
        self.fields.iter().filter(|field| field.from.is_some() && field.value.is_none())
    }

    /// The addresses in it, of recordings among others.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        let values = self.fields.iter().filter_map(|field| field.value.as_deref());
        values.filter(|value| value.starts_with("https://"))
    }
}

/// Fields that every Task has.
const STANDARD: [&str; 8] = [
    "Id",
    "Subject",
    "CallType",
    "TaskSubtype",
    "CreatedDate",
    "Owner.Name",
    "Who.Name",
    "What.Name",
];

/// Waits for the Task of a call that is made from now on, and until it is complete.
pub async fn watch_for_call(
    client: &Client,
    wish: &CallWish<'_>,
    patience: CallPatience,
    told: &(dyn Fn(&str) + Sync),
) -> Result<TestCall, Failure> {
    let described = client.describe("Task").await?;
    let prefix = format!("{}__", wish.namespace);
    let labels: BTreeMap<&str, &str> =
        described.fields.iter().map(|it| (it.name.as_str(), it.label.as_str())).collect();
    let packaged: Vec<&str> =
        labels.keys().copied().filter(|name| name.starts_with(&prefix)).collect();
    let filled = wish.filled.iter().map(|it| it.field.as_str());
    let mut columns: Vec<&str> = STANDARD.to_vec();
    for name in packaged.iter().copied().chain(filled.filter(|it| labels.contains_key(it))) {
        if !columns.contains(&name) {
            columns.push(name);
        }
    }
    let names: Vec<Name> = columns.iter().filter_map(|it| Name::parse(it)).collect();
    let select = Soql::new("SELECT ").names(&names).text(" FROM Task");
    let newest = "SELECT Id, CreatedDate FROM Task ORDER BY CreatedDate DESC LIMIT 1";
    let newest: Vec<Map<String, Value>> = client.query(&Soql::new(newest)).await?;
    let known = newest.first().and_then(|row| text(row, "Id"));
    let since = newest.first().and_then(|row| text(row, "CreatedDate")).and_then(|it| at(&it));
    let news = match since {
        Some(since) => select.clone().text(" WHERE CreatedDate >= ").value(&moment(since)),
        None => select,
    };
    let news = news.text(" ORDER BY CreatedDate LIMIT 200");
    told("Waiting for the Task of the call.");
    let begun = Instant::now();
    let mut last: Option<(Map<String, Value>, Instant)> = None;
    loop {
        let rows: Vec<Map<String, Value>> = client.query(&news).await?;
        let id = last.as_ref().and_then(|(row, _)| text(row, "Id"));
        let found = rows.into_iter().find(|row| match &id {
            Some(id) => text(row, "Id").as_ref() == Some(id),
            None => text(row, "Id") != known && is_call(row, &packaged),
        });
        match (&last, found) {
            (Some((seen, since)), Some(row)) if *seen == row => {
                if since.elapsed() >= patience.settle {
                    return Ok(read(&row, wish, &packaged, &labels));
                }
            }
            (None, Some(row)) => {
                told("The Task is there; waiting until nothing more comes in.");
                last = Some((row, Instant::now()));
            }
            (Some(_), Some(row)) => last = Some((row, Instant::now())),
            (_, None) => {}
        }
        if begun.elapsed() >= patience.limit {
            return match last {
                // It still changes: what is there by now is the evidence.
                Some((row, _)) => Ok(read(&row, wish, &packaged, &labels)),
                None => Err(nothing_came(patience.limit)),
            };
        }
        sleep(patience.between).await;
    }
}

fn nothing_came(limit: Duration) -> Failure {
    let minutes = limit.as_secs().div_ceil(60);
    let unit = if minutes == 1 { "minute" } else { "minutes" };
    Failure::new(
        Kind::NeedsHuman,
        format!("No Task of a call has come within {minutes} {unit}."),
    )
    .hint("Was a call taken by an agent who is in the call center, with the phone in Salesforce signed in?")
    .hint("`provision doctor --user NAME` says why that agent has no phone, or makes no Task.")
}

/// Whether a Task is that of a call.
fn is_call(row: &Map<String, Value>, packaged: &[&str]) -> bool {
    text(row, "TaskSubtype").as_deref() == Some("Call")
        || text(row, "CallType").is_some()
        || packaged.iter().any(|field| text(row, field).is_some_and(|value| value != "false"))
}

fn read(
    row: &Map<String, Value>,
    wish: &CallWish<'_>,
    packaged: &[&str],
    labels: &BTreeMap<&str, &str>,
) -> TestCall {
    let field = |name: &str, from: Option<&str>| CallField {
        field: name.to_owned(),
        label: labels.get(name).copied().unwrap_or_default().to_owned(),
        from: from.map(str::to_owned),
        value: text(row, name),
        seen: labels.contains_key(name),
    };
    let filled = wish.filled.iter().map(|it| field(&it.field, Some(&it.from)));
    let others = packaged.iter().filter(|name| !wish.filled.iter().any(|it| it.field == **name));
    TestCall {
        id: text(row, "Id").unwrap_or_default(),
        subject: text(row, "Subject"),
        owner: name_of(row, "Owner"),
        who: name_of(row, "Who"),
        what: name_of(row, "What"),
        call_type: text(row, "CallType"),
        created: text(row, "CreatedDate").unwrap_or_default(),
        fields: filled.chain(others.map(|name| field(name, None))).collect(),
    }
}

fn name_of(row: &Map<String, Value>, record: &str) -> Option<String> {
    Some(row.get(record)?.get("Name")?.as_str()?.to_owned())
}

fn text(row: &Map<String, Value>, field: &str) -> Option<String> {
    match row.get(field)? {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// `2026-11-29T12:00:00.000+0000`, as the API writes moments.
fn at(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| {
        jiff::fmt::strtime::parse("%Y-%m-%dT%H:%M:%S%.f%z", text).ok()?.to_timestamp().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_the_api_writes_them() {
        let plain: Timestamp = "2026-11-29T12:00:00Z".parse().unwrap();
        for text in ["2026-11-29T12:00:00.000+0000", "2026-11-29T12:00:00Z"] {
            assert_eq!(at(text), Some(plain), "{text}");
        }
        assert_eq!(at("yesterday"), None);
    }

    #[test]
    fn a_call_is_told_from_other_tasks() {
        let row = |value: Value| value.as_object().unwrap().clone();
        let packaged = ["ns__ANI__c", "ns__Is__c"];
        for (task, is_one) in [
            (serde_json::json!({"TaskSubtype": "Call"}), true),
            (serde_json::json!({"TaskSubtype": "Task", "CallType": "Inbound"}), true),
            (serde_json::json!({"TaskSubtype": "Task", "ns__ANI__c": "+49"}), true),
            (
                serde_json::json!({"TaskSubtype": "Task", "ns__Is__c": false, "CallType": null}),
                false,
            ),
            (serde_json::json!({"TaskSubtype": "Email", "ns__ANI__c": ""}), false),
        ] {
            assert_eq!(is_call(&row(task.clone()), &packaged), is_one, "{task}");
        }
    }
}
