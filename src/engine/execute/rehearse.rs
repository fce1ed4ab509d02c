//! The deploy of a plan without its consequences: checked by the org, or written into files.

use std::path::Path;

use salesforce_client::metadata::Bundle;

use super::{deploy, items, pack, profiles};
use crate::checklist::{Change, Plan};
use crate::engine::event::Event;
use crate::engine::org_run::OrgRun;
use crate::failure::Failure;
use crate::model::{Target, Wave};

/// Lets the org check the deploy of a plan, which keeps nothing of it.
pub(in crate::engine) async fn validate(run: &mut OrgRun<'_>, plan: &Plan) -> Result<(), Failure> {
    let changes = deployable(plan);
    let (known, later): (Vec<Change>, Vec<Change>) =
        changes.into_iter().partition(|change| change.known_after.is_none());
    if !later.is_empty() {
        run.tell(Event::Note {
            warning: false,
            text: format!(
                "{} changes can only be checked once the package is installed.",
                later.iter().flat_map(Change::rows).count()
            ),
        });
    }
    if known.is_empty() {
        return Ok(());
    }
    for item in items(&known) {
        run.tell(Event::Doing { item, what: "having the org validate the deployment".to_owned() });
    }
    deploy::rehearse(run, &known).await?;
    run.tell(Event::Note {
        warning: false,
        text: "The org has validated the deployment; nothing was saved.".to_owned(),
    });
    Ok(())
}

/// A deploy as a Salesforce DX source folder: paths and contents.
pub(in crate::engine) async fn source_folder(
    run: &OrgRun<'_>,
    changes: Vec<Change>,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let changes: Vec<Change> = changes
        .into_iter()
        // Where the package keeps the region is only known once it is there.
        .filter(|change| !matches!(change.target(), Target::RegionalValue(..)))
        // Whoever deploys the folder installs the package first; the names are known now.
        .map(|change| change.known_after(None))
        .collect();
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    let version = run.client().version();
    let layouts = profiles::layout_names(run, &changes).await;
    let forms = pack::Forms { layouts: Some(layouts), ..pack::Forms::default() };
    let bundle = pack::bundle(&*run.state()?, pack::definition(run), &changes, &forms, version)?;
    let mut files = vec![
        ("sfdx-project.json".to_owned(), project(&version.to_string())),
        ("manifest/package.xml".to_owned(), bundle.manifest()?),
    ];
    files.extend(components(&bundle));
    Ok(files)
}

fn deployable(plan: &Plan) -> Vec<Change> {
    let is_deployed = |change: &&Change| change.target().wave() == Some(Wave::Deploy);
    plan.changes().filter(is_deployed).cloned().collect()
}

/// Where Salesforce DX looks for components.
const ROOT: &str = "force-app/main/default";
/// How names of metadata files end in a source folder.
const META: &str = "-meta.xml";

fn components(bundle: &Bundle) -> Vec<(String, Vec<u8>)> {
    bundle
        .files()
        .map(|(path, bytes)| {
            // Code keeps its name beside its metadata file; all else is a metadata file itself.
            let is_code = Path::new(path).extension().is_some_and(|suffix| suffix == "cls");
            let suffix = if is_code || path.ends_with(META) { "" } else { META };
            (format!("{ROOT}/{path}{suffix}"), bytes.to_vec())
        })
        .collect()
}

fn project(version: &str) -> Vec<u8> {
    let project = serde_json::json!({
        "packageDirectories": [{ "path": "force-app", "default": true }],
        "sourceApiVersion": version,
    });
    format!("{project:#}\n").into_bytes()
}
