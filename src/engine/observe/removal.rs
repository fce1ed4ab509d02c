//! What is looked at only when the connector is taken out: what refers to the package, what people
//! put into its folders, and what its call centers hold.

use std::collections::BTreeSet;

use salesforce_client::packages::{self, UninstallStatus};
use salesforce_client::soql::{Name, quote};
use salesforce_client::{Answers, Batch, Client, Composite, Error, Soql};
use serde::Deserialize;

use super::sight::Sight;
use super::{Look, Observer, asked, when};
use crate::checklist::{Change, call_center};
use crate::engine::package_data::measure;
use crate::failure::Failure;
use crate::model::{
    Added, AddedKind, CallCenter, Desired, PackageVersionId, Reference, Target, Told,
    UninstallRequest,
};

/// Names of answers.
mod name {
    pub(super) const REFERENCES: &str = "references";
    pub(super) const UNINSTALLS: &str = "uninstalls";
    pub(super) const REPORTS: &str = "added_reports";
    pub(super) const DASHBOARDS: &str = "added_dashboards";
    pub(super) const JOBS: &str = "package_jobs";
    pub(super) const TYPES: &str = "own_types";
}

/// References to the package, and uninstallations that are under way: a composite of its own, for
/// the other one is full.
pub(super) fn composite(namespace: &str) -> Composite {
    // The table takes few conditions, no ORDER BY, and tells 2,000 rows at most.
    let references = Soql::new(
        "SELECT MetadataComponentName, MetadataComponentType, MetadataComponentNamespace, \
         RefMetadataComponentName, RefMetadataComponentType FROM MetadataComponentDependency \
         WHERE RefMetadataComponentNamespace = ",
    )
    .value(&quote(namespace));
    Composite::new()
        .query(name::REFERENCES, references)
        .query(name::UNINSTALLS, packages::recent_uninstalls_query())
}

/// What people put into the package's folders, and jobs that run its classes.
pub(super) fn added(batch: Batch, namespace: &str) -> Batch {
    let of = |text: &'static str| {
        Soql::new(text)
            .text(" IN (SELECT Id FROM Folder WHERE NamespacePrefix = ")
            .value(&quote(namespace))
            .text(")")
    };
    batch
        .query(
            name::REPORTS,
            of("SELECT Id, Name, FolderName FROM Report WHERE NamespacePrefix = null AND OwnerId"),
        )
        .query(
            name::DASHBOARDS,
            of("SELECT Id, Title, FolderName FROM Dashboard \
                WHERE NamespacePrefix = null AND FolderId"),
        )
        .query(
            name::JOBS,
            Soql::new(
                "SELECT Id, ApexClass.Name, JobType FROM AsyncApexJob \
                 WHERE Status IN ('Holding', 'Queued', 'Preparing', 'Processing') \
                 AND ApexClass.NamespacePrefix = ",
            )
            .value(&quote(namespace)),
        )
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ReferenceRow {
    metadata_component_name: Option<String>,
    metadata_component_type: Option<String>,
    metadata_component_namespace: Option<String>,
    ref_metadata_component_name: Option<String>,
    ref_metadata_component_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AddedRow {
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
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TypeRow {
    qualified_api_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RecordRow {
    id: String,
    developer_name: String,
}

/// Takes in references and uninstallations. The table of references is a beta that does not answer
/// in every org; what is not told is said, and never taken for "nothing".
pub(super) fn take(sight: &mut Sight, answers: &Answers, desired: &Desired) -> Result<(), Failure> {
    let namespace = desired.recipe.namespace.as_str();
    sight.removal.references = match answers.records::<ReferenceRow>(name::REFERENCES) {
        Ok(rows) => Told::This(references(rows, namespace)),
        Err(error) => Told::Refused(words(error)?),
    };
    let uninstalls = match answers.records::<UninstallStatus>(name::UNINSTALLS) {
        Ok(rows) => rows,
        // An org without second-generation packages may not know the object.
        Err(error) => words(error).map(|_| Vec::new())?,
    };
    sight.removal.uninstalls = uninstalls.into_iter().map(uninstall).collect();
    Ok(())
}

fn uninstall(row: UninstallStatus) -> UninstallRequest {
    UninstallRequest {
        running: !row.state.is_final(),
        version_id: row.version_id.and_then(|id| PackageVersionId::parse(&id).ok()),
        id: row.id,
    }
}

/// References from outside the package, each once.
fn references(rows: Vec<ReferenceRow>, namespace: &str) -> Vec<Reference> {
    let mut found: Vec<Reference> = rows
        .into_iter()
        .filter(|row| row.metadata_component_namespace.as_deref() != Some(namespace))
        .map(|row| Reference {
            kind: row.metadata_component_type.unwrap_or_default(),
            name: row.metadata_component_name.unwrap_or_default(),
            to_kind: row.ref_metadata_component_type.unwrap_or_default(),
            to_name: row.ref_metadata_component_name.unwrap_or_default(),
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Takes in what people put into the package's folders.
pub(super) fn take_added(sight: &mut Sight, answers: &Answers) -> Result<(), Failure> {
    if !answers.contains(name::REPORTS) {
        return Ok(());
    }
    let mut found = Vec::new();
    let mut refused = Vec::new();
    match answers.records::<JobRow>(name::JOBS) {
        Ok(rows) => found.extend(rows.into_iter().map(|row| Added {
            kind: AddedKind::ScheduledJob,
            id: row.id,
            name: row.apex_class.map(|class| class.name).unwrap_or_default(),
            place: row.job_type.unwrap_or_default(),
        })),
        Err(error) => refused.push(words(error)?),
    }
    for (answer, kind) in
        [(name::REPORTS, AddedKind::Report), (name::DASHBOARDS, AddedKind::Dashboard)]
    {
        match answers.records::<AddedRow>(answer) {
            Ok(rows) => found.extend(rows.into_iter().map(|row| Added {
                kind,
                id: row.id,
                name: row.name,
                place: row.folder_name.unwrap_or_default(),
            })),
            Err(error) => refused.push(words(error)?),
        }
    }
    // What one of the two answers tells is worth more than that the other did not.
    sight.removal.added = match refused.pop() {
        Some(words) if found.is_empty() => Told::Refused(words),
        _ => Told::This(found),
    };
    Ok(())
}

impl Observer<'_> {
    /// Looks at what goes, side by side: what the connector's call centers hold, and how much data
    /// the package has.
    pub(super) async fn look_at_what_goes(
        &mut self,
        looks: &BTreeSet<Look>,
    ) -> Result<(), Failure> {
        let names: Vec<String> = self
            .sight
            .call_centers
            .iter()
            .map(|row| row.internal_name.clone())
            .filter(|name| call_center::is_leaving(self.desired, &self.baseline, name))
            .collect();
        let (client, namespace) = (&self.client, self.desired.recipe.namespace.as_str());
        let (call_centers, data, records) = tokio::join!(
            when(asked(looks, Look::LeavingCallCenters), |()| read_call_centers(client, &names)),
            when(asked(looks, Look::PackageData), |()| measure(client, namespace)),
            when(asked(looks, Look::PackageData), |()| own_records(client, namespace)),
        );
        let removal = &mut self.sight.removal;
        if let Some(found) = call_centers {
            removal.call_centers = found?;
            removal.asked.extend(names);
        }
        if let Some(found) = data {
            removal.data = Told::This(found?);
        }
        if let Some(found) = records {
            removal.own_records = found?;
        }
        Ok(())
    }

    /// Takes in what a deploy could not delete, with the org's words.
    pub(in crate::engine) fn cannot_delete(&mut self, left: &[(Change, String)]) {
        let removal = &mut self.sight.removal;
        for (change, words) in left {
            match change.target() {
                Target::CallCenter(it) => {
                    removal.undeletable.insert(it.name.clone(), words.clone())
                }
                Target::ApexClass(it) => removal.stuck_classes.insert(it.clone(), words.clone()),
                _ => None,
            };
        }
    }
}

/// Records that the org itself made of the package's custom metadata types.
async fn own_records(client: &Client, namespace: &str) -> Result<Told<Vec<Added>>, Failure> {
    let types = Soql::new("SELECT QualifiedApiName FROM EntityDefinition WHERE NamespacePrefix = ")
        .value(&quote(namespace))
        .text(" AND QualifiedApiName LIKE '%__mdt'");
    let answers = client.batch(&Batch::new().query(name::TYPES, types)).await?;
    let types: Vec<TypeRow> = match answers.records(name::TYPES) {
        Ok(types) => types,
        Err(error) => return words(error).map(Told::Refused),
    };
    let names = types.into_iter().map(|found| found.qualified_api_name);
    let names: Vec<Name> = names
        .filter(|name| name.ends_with("__mdt"))
        .filter_map(|name| Name::parse(&name))
        .collect();
    let mut batch = Batch::new();
    for name in &names {
        let soql = Soql::new("SELECT Id, DeveloperName FROM ").name(name);
        batch = batch.query(name.as_str(), soql.text(" WHERE NamespacePrefix = null"));
    }
    if batch.is_empty() {
        return Ok(Told::This(Vec::new()));
    }
    let answers = client.batch(&batch).await?;
    let mut found = Vec::new();
    for name in names {
        // A protected type answers nobody outside the package, and nobody outside made records.
        let rows = answers
            .records::<RecordRow>(name.as_str())
            .or_else(|error| words(error).map(|_| Vec::new()))?;
        found.extend(rows.into_iter().map(|row| Added {
            kind: AddedKind::CustomMetadata,
            id: row.id,
            name: row.developer_name,
            place: name.as_str().to_owned(),
        }));
    }
    Ok(Told::This(found))
}

async fn read_call_centers(client: &Client, names: &[String]) -> Result<Vec<CallCenter>, Failure> {
    /// So many names one call takes.
    const MOST_NAMES: usize = 10;
    let mut found = Vec::new();
    for names in names.chunks(MOST_NAMES) {
        let records = client.metadata().read_call_centers(names).await?;
        found.extend(records.into_iter().map(CallCenter::from));
    }
    Ok(found)
}

/// The org's own words, where it is the org that refuses one question; other troubles stay troubles.
fn words(error: Error) -> Result<String, Failure> {
    match error.api() {
        Some(api) if !api.is_session_expired() && !api.is_limit() => Ok(api.to_string()),
        _ => Err(error.into()),
    }
}
