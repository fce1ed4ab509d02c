//! Deploys: an archive is unzipped, parsed, checked against the world and applied.
//!
//! A component either changes the org as a whole or not at all. Whether one failure takes the
//! others with it is the option `rollbackOnError`; `checkOnly` keeps nothing.

mod access;
mod apex_class;
mod apex_source;
mod apex_tests;
mod archive;
mod bundle;
mod call_center;
mod custom_metadata;
mod delete;
mod manifest;
mod message;
mod options;
mod permission_set;
mod profile;
mod report;
mod snapshot;
#[cfg(test)]
mod tests;
mod uninstall;

use super::names::same;
use super::schema::{self, Problem};
use super::schemas;
use super::types;
use super::xml::{self, Element};
use crate::emulator::guesses::Guesses;
use crate::emulator::ids::Id;
use crate::emulator::world::World;
use crate::emulator::world::jobs::{DeployJob, DeployOutcome, DeployStatus};
use archive::Archive;
use bundle::{Bundle, Component};
use manifest::Manifest;
use message::{Message, Outcome};
use options::Options;
use report::Report;
use snapshot::Snapshot;

/// Manifests of what is deleted before, with and after the components.
const DESTRUCTIVE: [&str; 3] =
    ["destructiveChangesPre.xml", "destructiveChanges.xml", "destructiveChangesPost.xml"];

/// What a component's deployment did.
#[derive(Debug)]
struct Applied {
    id: Id,
    created: bool,
    changed: bool,
}

/// Runs a deploy that is due, and says what came of it.
pub(crate) fn run_deploy(world: &mut World, job: &DeployJob, guesses: Guesses) -> DeployOutcome {
    let options = Options::of(job);
    let before = Snapshot::of(world);
    let mut report = Report::default();
    match archive::read(&job.archive) {
        Ok(archive) => deploy(world, guesses, &options, &archive, &mut report),
        Err(refusal) => report.refusal = Some(refusal),
    }
    let kept =
        matches!(report.status(&options), DeployStatus::Succeeded | DeployStatus::SucceededPartial);
    if options.check_only || !kept {
        before.restore(world);
        report.forget_new_ids();
    }
    report.outcome(&options)
}

/// Deploys every package of an archive.
fn deploy(
    world: &mut World,
    guesses: Guesses,
    options: &Options,
    archive: &Archive,
    report: &mut Report,
) {
    report.files = archive.files.len();
    report.zip_bytes = archive.zip_bytes;
    let bundles = bundle::bundles(archive, options.single_package);
    if bundles.is_empty() {
        report.manifests.push(no_manifest("package.xml"));
    }
    let mut classes = Vec::new();
    for bundle in &bundles {
        deploy_bundle(world, guesses, options, bundle, report);
        let (components, _) = bundle.components();
        classes.extend(components.into_iter().filter(|one| one.kind.name == "ApexClass"));
    }
    match options.check_production(world, !classes.is_empty()) {
        Ok(()) => report.tests = apex_tests::run(world, options, &classes),
        Err(text) => report.refusal = Some(("INVALID_OPERATION", text)),
    }
}

/// The failure of a package without manifest.
fn no_manifest(path: &str) -> Message {
    Message {
        component_type: "",
        full_name: "package.xml".to_owned(),
        file_name: path.to_owned(),
        result: Outcome::Failed(Problem::whole("No package.xml found")),
    }
}

/// Deploys one package: what is deleted first, its components, what is deleted last.
fn deploy_bundle(
    world: &mut World,
    guesses: Guesses,
    options: &Options,
    bundle: &Bundle<'_>,
    report: &mut Report,
) {
    let path = format!("{}package.xml", bundle.prefix);
    let Some(content) = bundle.file("package.xml") else {
        report.manifests.push(no_manifest(&path));
        return;
    };
    let Some(manifest) = read_manifest(content, "package.xml", &path, report) else {
        return;
    };
    let destroy = |world: &mut World, name: &str, report: &mut Report| {
        let path = format!("{}{name}", bundle.prefix);
        if let Some(content) = bundle.file(name)
            && let Some(doomed) = read_manifest(content, name, &path, report)
        {
            report.components.extend(delete::run(world, guesses, options, &doomed, &path));
        }
    };
    if let Err(problem) = check_packages(bundle, &manifest) {
        report.manifests.push(Message {
            component_type: "",
            full_name: "package.xml".to_owned(),
            file_name: path,
            result: Outcome::Failed(problem),
        });
        return;
    }
    let [before, plain, after] = DESTRUCTIVE;
    destroy(world, before, report);
    destroy(world, plain, report);
    deploy_components(world, guesses, options, bundle, &manifest, report);
    destroy(world, after, report);
    if report.components.iter().any(uninstall::has_failed) {
        let text = "The package could not be uninstalled.";
        report.refusal = Some((uninstall::FAILED, text.to_owned()));
    }
}

/// Refuses to uninstall a package together with anything else.
fn check_packages(bundle: &Bundle<'_>, package: &Manifest) -> Result<(), Problem> {
    let read = |name: &&str| manifest::read(bundle.file(name)?, false).ok();
    let doomed: Vec<Manifest> = DESTRUCTIVE.iter().filter_map(read).collect();
    let uninstalls = doomed.iter().any(|manifest| manifest.has(uninstall::TYPE));
    if !uninstalls {
        return Ok(());
    }
    uninstall::check_alone(package)?;
    doomed.iter().try_for_each(uninstall::check_alone)
}

/// Reads a manifest and reports on it.
fn read_manifest(content: &[u8], name: &str, path: &str, report: &mut Report) -> Option<Manifest> {
    let (result, manifest) = match manifest::read(content, name == "package.xml") {
        Ok(manifest) => {
            (Outcome::Applied { id: None, created: false, changed: true }, Some(manifest))
        }
        Err(problem) => (Outcome::Failed(problem), None),
    };
    report.manifests.push(Message {
        component_type: "",
        full_name: name.to_owned(),
        file_name: path.to_owned(),
        result,
    });
    manifest
}

/// Deploys the components that the manifest names; what profiles may refer to comes first.
fn deploy_components(
    world: &mut World,
    guesses: Guesses,
    options: &Options,
    bundle: &Bundle<'_>,
    manifest: &Manifest,
    report: &mut Report,
) {
    let (mut components, strays) = bundle.components();
    components.sort_by_key(|component| match component.kind.name {
        "Profile" => 2,
        "PermissionSet" => 1,
        _ => 0,
    });
    for component in &components {
        let scripted = options.failure.as_ref();
        let scripted = scripted.filter(|it| it.is_of(component.kind.name, &component.name));
        let result = if let Some(failure) = scripted {
            Outcome::Failed(Problem::whole(&failure.problem))
        } else if manifest.names(component.kind.name, &component.name) {
            match apply(world, guesses, component) {
                Ok(Applied { id, created, changed }) => {
                    Outcome::Applied { id: Some(id), created, changed }
                }
                Err(problem) => Outcome::Failed(problem),
            }
        } else {
            Outcome::Warned(Problem::whole("Not in package.xml"))
        };
        report.components.push(Message {
            component_type: component.kind.name,
            full_name: component.name.clone(),
            file_name: component.path.clone(),
            result,
        });
    }
    report.components.extend(strays.into_iter().map(|path| Message {
        component_type: "",
        full_name: path.to_owned(),
        file_name: format!("{}{path}", bundle.prefix),
        result: Outcome::Warned(Problem::whole("Not in package.xml")),
    }));
    report.components.extend(missing(&components, manifest, options, &bundle.prefix));
    report.components.extend(scripted_elsewhere(&components, options, &bundle.prefix));
}

/// The failure that a fault wants of a component which the deploy does not bring.
fn scripted_elsewhere(
    components: &[Component<'_>],
    options: &Options,
    prefix: &str,
) -> Option<Message> {
    let failure = options.failure.as_ref()?;
    let brought = components.iter().any(|one| failure.is_of(one.kind.name, &one.name));
    (!brought).then(|| Message {
        component_type: "",
        full_name: failure.component.clone(),
        file_name: format!("{prefix}package.xml"),
        result: Outcome::Failed(Problem::whole(&failure.problem)),
    })
}

/// Members of the manifest that have no file.
fn missing(
    components: &[Component<'_>],
    manifest: &Manifest,
    options: &Options,
    prefix: &str,
) -> Vec<Message> {
    let has_file = |kind: &str, member: &str| {
        components.iter().any(|one| one.kind.name == kind && same(&one.name, member))
    };
    let named = manifest.members.iter().filter(|(_, member)| member != "*");
    named
        .filter(|(kind, member)| !has_file(kind, member))
        .map(|(kind, member)| {
            let problem = Problem::whole(format!(
                "An object '{member}' of type {kind} was named in package.xml, but was not found \
                 in zipped directory"
            ));
            Message {
                component_type: types::by_name(kind).map_or("", |kind| kind.name),
                full_name: member.clone(),
                file_name: format!("{prefix}package.xml"),
                result: if options.allow_missing_files {
                    Outcome::Warned(problem)
                } else {
                    Outcome::Failed(problem)
                },
            }
        })
        .collect()
}

/// Checks a component and puts it into the world.
fn apply(
    world: &mut World,
    guesses: Guesses,
    component: &Component<'_>,
) -> Result<Applied, Problem> {
    let name = component.name.as_str();
    let read = |schema| -> Result<Element, Problem> {
        let root = parse(component.content)?;
        schema::check(&root, schema)?;
        Ok(root)
    };
    match component.kind.name {
        "CallCenter" => call_center::apply(world, guesses, name, &read(&schemas::CALL_CENTER)?),
        "Profile" => profile::apply(world, name, &read(&schemas::PROFILE)?),
        "PermissionSet" => permission_set::apply(world, name, &read(&schemas::PERMISSION_SET)?),
        "CustomMetadata" => custom_metadata::apply(world, name, &read(&schemas::CUSTOM_METADATA)?),
        "ApexClass" => apex_class::apply(world, component),
        other => Err(Problem::whole(format!("The emulator does not support deploying {other}"))),
    }
}

/// Reads a file as XML.
fn parse(content: &[u8]) -> Result<Element, Problem> {
    let text = std::str::from_utf8(content)
        .map_err(|_| Problem::whole("Error parsing file: it is not UTF-8"))?;
    xml::parse(text)
        .map_err(|error| Problem::at(error.at, format!("Error parsing file: {}", error.message)))
}
