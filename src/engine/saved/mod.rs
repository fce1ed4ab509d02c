//! A plan in a file: what somebody has read and agreed to, to be carried out later as it stands.
//!
//! It holds the org's id, the configuration's hash and every change by name; no secrets. It is
//! carried out only while nothing of it has moved; later waves may only fill in what was known
//! after an earlier one.

mod agreed;
mod change;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(super) use self::agreed::Agreed;
use self::change::{SavedAfter, SavedChange, again, by_subject, moved_nothing, near};
use super::report::{Parties, Report};
use crate::checklist::{ChangeRow, ItemId, Selection};
use crate::failure::Failure;
use crate::model::{Command, Hint, OrgId, Target};

/// The format of the file. Plans of format 1 have no ids beside the names.
const FORMAT: u64 = 2;

/// A saved plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedPlan {
    format: u64,
    made: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    org: Option<OrgId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    org_name: Option<String>,
    /// Id of the Webex organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tenant: Option<String>,
    /// The alias under which the org was reached, so that it need not be named again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alias: Option<String>,
    /// The org's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    instance_url: Option<String>,
    configuration: String,
    /// The file of that configuration, so that it need not be named again either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    configuration_file: Option<String>,
    /// The only items that it is about, where a person chose some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    only: Vec<String>,
    /// The items that a person left out of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    skip: Vec<String>,
    changes: Vec<SavedChange>,
}

#[derive(Deserialize)]
struct Head {
    format: u64,
}

impl SavedPlan {
    /// Whether call centers of other definitions go by it.
    pub fn deletes_call_centers(&self) -> bool {
        let goes = |change: &SavedChange| {
            let target = Target::read(&change.subject, &change.field, &change.ids);
            matches!(target, Target::CallCenter(_)) && change.after == SavedAfter::Known(None)
        };
        self.changes.iter().any(goes)
    }

    /// What a plan found; `None` where nothing was reached.
    pub fn of(report: &Report, configuration: &str, made: Timestamp) -> Option<Self> {
        if report.org.is_none() && report.tenant.is_none() {
            return None;
        }
        let org = report.org.as_ref();
        Some(Self {
            format: FORMAT,
            made,
            org: org.map(|org| org.id),
            org_name: org.map(|org| org.name.clone()),
            tenant: report.tenant.as_ref().map(|tenant| tenant.id.clone()),
            alias: org.and_then(|org| org.alias.clone()),
            instance_url: org.map(|org| org.instance_url.clone()),
            configuration: configuration.to_owned(),
            configuration_file: None,
            only: Vec::new(),
            skip: Vec::new(),
            changes: report
                .items
                .iter()
                .flat_map(|item| &item.changes)
                .filter(|change| change.is_ours())
                .map(SavedChange::of)
                .collect(),
        })
    }

    /// The same with the file that its configuration was read from.
    #[must_use]
    pub fn from_file(mut self, configuration: Option<String>) -> Self {
        self.configuration_file = configuration;
        self
    }

    /// The same with the items that it is about.
    #[must_use]
    pub fn about(mut self, selection: &Selection) -> Self {
        let names = |items: &BTreeSet<ItemId>| items.iter().map(ToString::to_string).collect();
        match selection {
            Selection::All => {}
            Selection::Only(items) => self.only = names(items),
            Selection::Without(items) => self.skip = names(items),
        }
        self
    }

    /// The items that it is about, as they were chosen when it was made.
    pub fn selection(&self) -> Selection {
        let items =
            |names: &[String]| names.iter().filter_map(|name| ItemId::parse(name)).collect();
        match (self.only.as_slice(), self.skip.as_slice()) {
            ([], []) => Selection::All,
            (only, []) => Selection::Only(items(only)),
            (_, skip) => Selection::Without(items(skip)),
        }
    }

    /// The file that its configuration was read from; plans of earlier versions do not tell it.
    pub fn configuration_file(&self) -> Option<&str> {
        self.configuration_file.as_deref()
    }

    /// The file's text.
    pub fn write(&self) -> String {
        // Every part of it is text, lists and options, which JSON always takes.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The alias under which the org was reached, where it was one.
    pub fn alias(&self) -> Option<&str> {
        self.alias.as_deref()
    }

    /// The org's address; plans of earlier versions do not tell it.
    pub fn instance_url(&self) -> Option<&str> {
        self.instance_url.as_deref()
    }

    /// Whether a file's text is a saved plan of this or another version.
    pub fn is_one(text: &str) -> bool {
        /// What every format has.
        #[derive(Deserialize)]
        #[expect(dead_code, reason = "that they are there is all that is asked")]
        struct Outline {
            format: u64,
            made: Timestamp,
            org: Option<OrgId>,
            changes: Vec<serde_json::Value>,
        }
        serde_json::from_str::<Outline>(text).is_ok()
    }

    /// Reads a file's text.
    pub fn read(text: &str) -> Result<Self, Failure> {
        let damaged = |error: serde_json::Error| {
            let detail = format!("The file cannot be read as one: {error}.");
            Failure::usage("This is not a saved plan.").hint(detail).hint(Hint::command(
                "Make one with:",
                Command::of_org("plan --save FILE"),
                "",
            ))
        };
        let head: Head = serde_json::from_str(text).map_err(damaged)?;
        if head.format > FORMAT {
            return Err(Failure::usage(format!(
                "The plan was saved by a newer version of provision (format {}).",
                head.format
            ))
            .hint("Update provision on this machine, or save the plan again."));
        }
        let read: Self = serde_json::from_str(text).map_err(damaged)?;
        if head.format < FORMAT {
            return Err(Failure::usage(format!(
                "The plan for \"{}\" was saved by an older version of provision (format {}).",
                read.whose(),
                head.format
            ))
            .hint("Save it again, and review it before you apply it."));
        }
        Ok(read)
    }

    /// Makes sure that it is about this org and this configuration.
    pub(super) fn belongs_to(
        &self,
        parties: Parties<'_>,
        configuration: &str,
    ) -> Result<(), Failure> {
        if self.org.as_ref() != parties.org.map(|org| &org.id) {
            let here = parties.org.map_or_else(
                || "this run is about no org".to_owned(),
                |org| format!("this org is \"{}\" ({})", org.name, org.id),
            );
            return Err(again(format!("The plan was made for {}, and {here}.", self.named())));
        }
        if self.tenant.as_deref() != parties.tenant.map(|tenant| tenant.id.as_str()) {
            return Err(again("The plan was made for another Webex organization.".to_owned()));
        }
        if self.configuration != configuration {
            let changed = "The configuration has changed since the plan was saved";
            return Err(again(match &self.configuration_file {
                Some(file) => {
                    format!("{changed}, or is another one: the plan was made from {file}.")
                }
                None => format!("{changed}."),
            }));
        }
        Ok(())
    }

    /// `"Northwind Support" (00D…)`
    fn named(&self) -> String {
        match &self.org {
            Some(id) => format!("\"{}\" ({id})", self.whose()),
            None => "no org".to_owned(),
        }
    }

    fn whose(&self) -> &str {
        self.org_name.as_deref().or(self.tenant.as_deref()).unwrap_or_default()
    }

    /// Makes sure that what is planned now is what was saved.
    pub(super) fn still_holds(&self, rows: &[ChangeRow]) -> Result<(), Failure> {
        let now: Vec<SavedChange> = rows.iter().map(SavedChange::of).collect();
        let (known, planned) = (by_subject(&self.changes), by_subject(&now));
        let gone = self.changes.iter().filter(|saved| !near(&planned, saved).contains(saved));
        let new = now.iter().filter(|change| !near(&known, change).contains(change));
        moved_nothing(&gone.collect::<Vec<_>>(), &new.collect::<Vec<_>>())
    }
}
