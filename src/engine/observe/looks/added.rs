//! What people put into the package's folders, and jobs that run its classes.

use salesforce_client::Soql;
use salesforce_client::soql::quote;
use serde::Deserialize;

use super::Fetch;
use crate::engine::observe::burst::Place;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{Added, AddedKind, Observed};

const REPORTS: &str = "added_reports";
const DASHBOARDS: &str = "added_dashboards";
const JOBS: &str = "package_jobs";
const FOLDERS: &str = "package_folders";

pub(super) struct AddedByPeople;

impl Fetch for AddedByPeople {
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        let Some(recipe) = inquiry.recipe else { return };
        let namespace = quote(&recipe.namespace);
        let of = |text: &'static str| {
            Soql::new(text)
                .text(" IN (SELECT Id FROM Folder WHERE NamespacePrefix = ")
                .value(&namespace)
                .text(")")
        };
        burst.query(
            REPORTS,
            of("SELECT Id, Name, FolderName FROM Report WHERE NamespacePrefix = null AND OwnerId"),
        );
        burst.query(
            DASHBOARDS,
            of("SELECT Id, Title, FolderName FROM Dashboard \
                WHERE NamespacePrefix = null AND FolderId"),
        );
        burst.query(
            FOLDERS,
            Soql::new("SELECT Id FROM Folder WHERE NamespacePrefix = ").value(&namespace),
        );
        burst.or_plainer(REPORTS, Place::Data, |answers| {
            let reports = "SELECT Id, Name, FolderName FROM Report \
                           WHERE NamespacePrefix = null AND OwnerId IN ";
            Some(Soql::new(reports).value(&answers.ids(FOLDERS)?))
        });
        burst.or_plainer(DASHBOARDS, Place::Data, |answers| {
            let dashboards = "SELECT Id, Title, FolderName FROM Dashboard \
                              WHERE NamespacePrefix = null AND FolderId IN ";
            Some(Soql::new(dashboards).value(&answers.ids(FOLDERS)?))
        });
        burst.query(
            JOBS,
            Soql::new(
                "SELECT Id, ApexClass.Name, JobType FROM AsyncApexJob \
                 WHERE Status IN ('Holding', 'Queued', 'Preparing', 'Processing') \
                 AND ApexClass.NamespacePrefix = ",
            )
            .value(&namespace),
        );
        burst.or_plainer(JOBS, Place::Data, |_| {
            Some(Soql::new(
                "SELECT Id, ApexClass.Name, ApexClass.NamespacePrefix, JobType FROM AsyncApexJob \
                 WHERE Status IN ('Holding', 'Queued', 'Preparing', 'Processing')",
            ))
        });
    }

    fn take(
        &self,
        inquiry: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        // The plainer form brings the jobs of every namespace.
        let namespace = inquiry.recipe.map(|recipe| recipe.namespace.as_str());
        let is_packages = |row: &JobRow| {
            let class = row.apex_class.as_ref();
            !answers.is_plainer(JOBS)
                || class.and_then(|class| class.namespace_prefix.as_deref()) == namespace
        };
        let jobs = answers.rows::<JobRow>(JOBS)?.map(|mut rows| {
            rows.retain(is_packages);
            let job = |row: JobRow| Added {
                kind: AddedKind::ScheduledJob,
                id: row.id,
                name: row.apex_class.map(|class| class.name).unwrap_or_default(),
                place: row.job_type.unwrap_or_default(),
            };
            rows.into_iter().map(job).collect()
        });
        let mut parts: Vec<Observed<Vec<Added>>> = vec![jobs];
        for (name, kind) in [(REPORTS, AddedKind::Report), (DASHBOARDS, AddedKind::Dashboard)] {
            let added = |row: Row| Added {
                kind,
                id: row.id,
                name: row.name,
                place: row.folder_name.unwrap_or_default(),
            };
            let rows = answers.rows::<Row>(name)?;
            parts.push(rows.map(|rows| rows.into_iter().map(added).collect()));
        }
        let mut found = Vec::new();
        let mut refused = None;
        for part in parts {
            match part {
                Observed::Seen(part) => found.extend(part),
                Observed::Refused(words) => refused = Some(words),
                Observed::Unasked => {}
            }
        }
        // What one of the answers tells is worth more than that another did not.
        let removal = &mut taking.state.removal;
        removal.rest_of_added = refused.as_ref().map(|refused| refused.words.clone());
        removal.added = match refused {
            Some(refused) if found.is_empty() => Observed::Refused(refused),
            _ => Observed::Seen(found),
        };
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: String,
    #[serde(alias = "Title")]
    name: String,
    folder_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct JobRow {
    id: String,
    apex_class: Option<ClassName>,
    job_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ClassName {
    name: String,
    /// Only in the plainer form.
    namespace_prefix: Option<String>,
}
