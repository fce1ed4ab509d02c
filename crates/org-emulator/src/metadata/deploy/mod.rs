//! Deploys: an archive is unzipped, parsed, checked against the world and applied.
//!
//! A component either changes the org as a whole or not at all. Whether one failure takes the
//! others with it is the option `rollbackOnError`; `checkOnly` keeps nothing.

mod access;
mod apex_class;
mod apex_source;
mod apex_tests;
mod apply;
mod archive;
mod bundle;
mod call_center;
mod checks;
mod custom_metadata;
mod delete;
mod flexi_page;
mod installed_package;
mod manifest;
mod message;
mod options;
mod part;
mod permission_set;
mod profile;
mod record_access;
mod rename;
mod report;
mod rights;
mod rows;
mod snapshot;
mod store;
#[cfg(test)]
mod tests;
mod uninstall;

use super::names::same;
use super::schema::Problem;
use super::types;
use crate::clock;
use crate::guesses::Guesses;
use crate::soap::xml::{self, Element};
use crate::world::World;
use crate::world::jobs::{DeployJob, DeployOutcome, DeployStatus};
pub(crate) use apply::described;
use archive::Archive;
use bundle::{Bundle, Component};
pub(crate) use delete::delete;
use manifest::Manifest;
use message::{Message, Outcome};
use options::Options;
pub(crate) use part::Part;
pub(crate) use rename::rename;
use report::Report;
pub(crate) use rights::check as check_rights;
pub(crate) use snapshot::Snapshot;
pub(crate) use store::Author;

/// Manifests of what is deleted before, with and after the components.
const DESTRUCTIVE: [&str; 3] =
    ["destructiveChangesPre.xml", "destructiveChanges.xml", "destructiveChangesPost.xml"];

/// Runs a deploy that is due, and says what came of it.
pub(crate) fn run_deploy(world: &mut World, job: &DeployJob, guesses: Guesses) -> DeployOutcome {
    let options = Options::of(job);
    let before = Snapshot::of(world);
    let mut report = Report::default();
    match archive::read(&job.archive) {
        Ok(archive) => {
            let author = Author { user: job.created_by.clone(), now: clock::now(), guesses };
            deploy(world, &author, &options, &archive, &mut report);
        }
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
    author: &Author,
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
        deploy_bundle(world, author, options, bundle, report);
        let (components, _) = bundle.components();
        classes.extend(components.into_iter().filter(|one| one.kind.name == "ApexClass"));
    }
    match options.check_production(world, !classes.is_empty()) {
        Ok(()) if options.validated => {}
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
    author: &Author,
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
            report.components.extend(delete::run(world, author.guesses, options, &doomed, &path));
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
    deploy_components(world, author, options, bundle, &manifest, report);
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
    author: &Author,
    options: &Options,
    bundle: &Bundle<'_>,
    manifest: &Manifest,
    report: &mut Report,
) {
    let (mut components, strays) = bundle.components();
    components.sort_by_key(|component| match component.type_name {
        "CustomObject" => 0,
        "PermissionSet" => 3,
        "Profile" => 4,
        name if types::by_folder_type(name).is_some() => 1,
        _ => 2,
    });
    for component in &components {
        let scripted = options.failure.as_ref();
        let scripted = scripted.filter(|it| it.is_of(component.type_name, &component.name));
        let alone = |result| vec![Part::of(component.type_name, &component.name, result)];
        let parts = match scripted {
            Some(failure) => alone(Outcome::Failed(Problem::whole(&failure.problem))),
            None if manifest.names_any(component) => {
                apply::file(world, author, component, manifest)
            }
            None => alone(Outcome::Warned(Problem::whole("Not in package.xml"))),
        };
        report.components.extend(parts.into_iter().map(|part| Message {
            component_type: part.type_name,
            full_name: part.full_name,
            file_name: component.path.clone(),
            result: part.result,
        }));
    }
    report.components.extend(strays.into_iter().map(|path| Message {
        component_type: "",
        full_name: path.to_owned(),
        file_name: format!("{}{path}", bundle.prefix),
        result: Outcome::Warned(Problem::whole("Not in package.xml")),
    }));
    let missing = missing(&components, manifest, options, &bundle.prefix, &report.components);
    report.components.extend(missing);
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
    brought: &[Message],
) -> Vec<Message> {
    let has_file = |kind: &str, member: &str| {
        components.iter().any(|one| one.kind.name == kind && same(&one.name, member))
            || brought.iter().any(|it| it.component_type == kind && same(&it.full_name, member))
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
                component_type: types::known(kind).unwrap_or_default(),
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

/// Reads a file as XML.
fn parse(content: &[u8]) -> Result<Element, Problem> {
    let text = std::str::from_utf8(content)
        .map_err(|_| Problem::whole("Error parsing file: it is not UTF-8"))?;
    xml::parse(text)
        .map_err(|error| Problem::at(error.at, format!("Error parsing file: {}", error.message)))
}
