//! A test call: the Task that the connector makes of it is waited for and read. Nothing is changed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;
use salesforce_client::soql::{Name, moment};
use salesforce_client::{Client, Soql};
use serde::Serialize;
use serde_json::{Map, Value};
use tokio::time::{Instant, sleep};

use super::observe::{self, call_center, read_moment};
use super::report::OrgReport;
use crate::checklist::activity::{FilledField, filled_fields};
use crate::failure::{Failure, Kind};
use crate::model::{CallCenterWish, Command, Hint};

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
    /// Whether nothing more came in for a while; else the time was up.
    pub settled: bool,
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

/// The fields that the org's call center fills, as it is set up now: what is configured and not yet applied
/// fills nothing.
pub async fn fields_filled_by_calls(
    client: &Client,
    wish: &CallCenterWish,
) -> Result<Vec<FilledField>, Failure> {
    let name = wish.definition.call_center.internal_name.as_str();
    let found = client.metadata().read_call_centers(&[name]).await?;
    let Some(existing) = found.into_iter().find(|record| record.full_name == name).map(call_center)
    else {
        let message = format!("This org has no call center \"{name}\", so no call can come in.");
        return Err(Failure::refused(message).hint(Hint::command(
            "",
            Command::of_org("apply"),
            " makes it.",
        )));
    };
    let as_it_is = CallCenterWish { values: BTreeMap::new(), ..wish.clone() };
    Ok(filled_fields(&as_it_is, Some(&existing)))
}

impl TestCall {
    /// Fields that a setting fills and that hold nothing.
    pub fn empty(&self) -> impl Iterator<Item = &CallField> {
        self.fields.iter().filter(|field| field.from.is_some() && field.value.is_none())
    }

    /// The fields that hold an address: that of a recording, among others.
    pub fn links(&self) -> impl Iterator<Item = (&CallField, &str)> {
        let values = self.fields.iter().filter_map(|field| Some((field, field.value.as_deref()?)));
        values.filter(|(_, value)| value.starts_with("https://"))
    }
}

/// What every Task has.
const ALWAYS: [&str; 5] = ["Id", "CreatedDate", "Owner.Name", "Who.Name", "What.Name"];

/// Fields that callers may not be shown.
const STANDARD: [&str; 3] = ["Subject", "CallType", "TaskSubtype"];

/// The org in which the call is waited for.
pub async fn org_of_call(
    client: &Client,
    alias: Option<&str>,
    now: Timestamp,
) -> Result<OrgReport, Failure> {
    Ok(OrgReport::new(&observe::organization(client, now).await?, alias))
}

/// Waits for the Task of a call that is made from now on, and until it is complete.
pub async fn watch_for_call(
    client: &Client,
    wish: &CallWish<'_>,
    patience: CallPatience,
    told: &(dyn Fn(&str) + Sync),
) -> Result<TestCall, Failure> {
    let described = client.describe("Task").await?;
    let labels: BTreeMap<&str, &str> =
        described.fields.iter().map(|it| (it.name.as_str(), it.label.as_str())).collect();
    let watched = Watched { wish, labels: &labels, prefix: format!("{}__", wish.namespace) };
    let select = Soql::new("SELECT ").names(&watched.columns()).text(" FROM Task");
    let newest = "SELECT CreatedDate FROM Task ORDER BY CreatedDate DESC LIMIT 1";
    let newest: Vec<Map<String, Value>> = client.query(&Soql::new(newest)).await?;
    let since =
        newest.first().and_then(|row| text(row, "CreatedDate")).and_then(|it| read_moment(&it));
    let news = match since {
        Some(since) => select.text(" WHERE CreatedDate >= ").value(&moment(since)),
        None => select,
    };
    let news = news.text(" ORDER BY CreatedDate DESC LIMIT 200");
    // Moments are whole seconds, in which others may have been made.
    let before: Vec<Map<String, Value>> = client.query(&news).await?;
    let known: BTreeSet<String> = before.iter().filter_map(|row| text(row, "Id")).collect();
    told(
        "Have an agent sign in, take a call and finish the wrap-up. If calls are recorded, play \
        the recording from the Task. Nothing is changed; press Ctrl-C to stop waiting.",
    );
    let begun = Instant::now();
    let mut last: Option<(Map<String, Value>, Instant)> = None;
    loop {
        let rows: Vec<Map<String, Value>> = match client.query(&news).await.map_err(Failure::from) {
            Ok(rows) => rows,
            // A call outlasts some minutes without a network.
            Err(failure)
                if failure.kind == Kind::Unreachable && begun.elapsed() < patience.limit =>
            {
                sleep(patience.between).await;
                continue;
            }
            Err(failure) => return Err(failure),
        };
        let id = last.as_ref().and_then(|(row, _)| text(row, "Id"));
        let is_it = |row: &Map<String, Value>| match (&id, text(row, "Id")) {
            (Some(id), own) => own.as_ref() == Some(id),
            (None, Some(own)) => !known.contains(&own) && watched.is_call(row),
            (None, None) => false,
        };
        match (&last, rows.into_iter().rev().find(is_it)) {
            (Some((seen, since)), Some(row)) if *seen == row => {
                let call = watched.read(&row, true);
                // A Task that is made when the call begins is filled when it ends.
                if since.elapsed() >= patience.settle && call.empty().next().is_none() {
                    return Ok(call);
                }
            }
            (None, Some(row)) => {
                told("The Task exists; waiting until its fields are filled and no longer change.");
                last = Some((row, Instant::now()));
            }
            (Some(_), Some(row)) => last = Some((row, Instant::now())),
            (_, None) => {}
        }
        if begun.elapsed() >= patience.limit {
            return match last {
                Some((row, since)) => Ok(watched.read(&row, since.elapsed() >= patience.settle)),
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
        Kind::Failed,
        format!("No Task of a call has come within {minutes} {unit}."),
    )
    .hint("Did an agent in the call center take a call, signed in to the phone in Salesforce?")
    .hint("You see only Tasks that are shared with you; with \"View All Data\" you see every agent's.")
    .hint(Hint::command(
        "",
        Command::of_org("doctor").argument("--user").argument("NAME"),
        " tells why an agent has no phone.",
    ))
}

/// What of a Task is looked at, in an org that describes it so.
struct Watched<'a> {
    wish: &'a CallWish<'a>,
    /// Every field that is shown, with its label.
    labels: &'a BTreeMap<&'a str, &'a str>,
    /// What names of the package's own fields begin with.
    prefix: String,
}

impl Watched<'_> {
    fn packaged(&self) -> impl Iterator<Item = &str> {
        self.labels.keys().copied().filter(|name| name.starts_with(&self.prefix))
    }

    /// A field as the org spells it: queries do not care for the case of a name, and people do not either.
    fn spelled(&self, name: &str) -> Option<&str> {
        self.labels.keys().copied().find(|known| known.eq_ignore_ascii_case(name))
    }

    fn columns(&self) -> Vec<Name> {
        let standard = STANDARD.into_iter().filter(|name| self.labels.contains_key(name));
        let filled = self.wish.filled.iter().filter_map(|it| self.spelled(&it.field));
        let mut columns: Vec<&str> = ALWAYS.to_vec();
        for name in standard.chain(self.packaged()).chain(filled) {
            if !columns.contains(&name) {
                columns.push(name);
            }
        }
        columns.into_iter().filter_map(Name::parse).collect()
    }

    /// Whether a Task is that of a call. Flags and numbers of the package may have defaults.
    fn is_call(&self, row: &Map<String, Value>) -> bool {
        let holds_text =
            |name: &str| matches!(row.get(name), Some(Value::String(it)) if !it.is_empty());
        text(row, "TaskSubtype").as_deref() == Some("Call")
            || holds_text("CallType")
            || self.packaged().any(holds_text)
    }

    fn read(&self, row: &Map<String, Value>, settled: bool) -> TestCall {
        let field = |name: &str, from: Option<&str>| {
            let known = self.spelled(name);
            CallField {
                field: name.to_owned(),
                label: known
                    .and_then(|it| self.labels.get(it))
                    .copied()
                    .unwrap_or_default()
                    .to_owned(),
                from: from.map(str::to_owned),
                value: known.and_then(|it| text(row, it)),
                seen: known.is_some(),
            }
        };
        let is_filled =
            |name: &&str| self.wish.filled.iter().any(|it| it.field.eq_ignore_ascii_case(name));
        let filled = self.wish.filled.iter().map(|it| field(&it.field, Some(&it.from)));
        let others = self.packaged().filter(|name| !is_filled(name)).map(|name| field(name, None));
        TestCall {
            id: text(row, "Id").unwrap_or_default(),
            subject: text(row, "Subject"),
            owner: name_of(row, "Owner"),
            who: name_of(row, "Who"),
            what: name_of(row, "What"),
            call_type: text(row, "CallType"),
            created: text(row, "CreatedDate").unwrap_or_default(),
            settled,
            fields: filled.chain(others).collect(),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_told_from_other_tasks() {
        let labels =
            BTreeMap::from([("ns__ANI__c", "ANI"), ("ns__Is__c", "Is"), ("ns__N__c", "N")]);
        let wish = CallWish { namespace: "ns", filled: Vec::new() };
        let watched = Watched { wish: &wish, labels: &labels, prefix: "ns__".to_owned() };
        for (task, is_one) in [
            (serde_json::json!({"TaskSubtype": "Call"}), true),
            (serde_json::json!({"TaskSubtype": "Task", "CallType": "Inbound"}), true),
            (serde_json::json!({"TaskSubtype": "Task", "ns__ANI__c": "+49"}), true),
            (serde_json::json!({"ns__Is__c": false, "ns__N__c": 0, "CallType": null}), false),
            (serde_json::json!({"TaskSubtype": "Email", "ns__ANI__c": ""}), false),
        ] {
            assert_eq!(watched.is_call(task.as_object().unwrap()), is_one, "{task}");
        }
    }
}
