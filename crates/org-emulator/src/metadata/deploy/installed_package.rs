//! Installing a package by its namespace and version number, as the first generation can be.

use serde_json::{Map, Value, json};

use super::super::schema::Problem;
use super::part::Applied;
use super::store::Author;
use crate::clock::JobTime;
use crate::soap::boolean;
use crate::soap::xml::Element;
use crate::world::World;
use crate::world::package::PackageVersion;

/// Installs the version that a file names, within the deploy.
pub(super) fn apply(
    world: &mut World,
    author: &Author,
    namespace: &str,
    root: &Element,
) -> Result<Applied, Problem> {
    let number = root.value("versionNumber").unwrap_or_default();
    let is = |version: &&PackageVersion| {
        version.namespace_prefix.as_deref() == Some(namespace)
            && version.package2_container_options.is_none()
            && parts(&version.number()) == parts(number)
    };
    let version = world.package_versions.iter().find(is).ok_or_else(|| {
        Problem::whole(format!("InstalledPackage version number : {number} does not exist!"))
    })?;
    let version = version.id.clone();
    let known = world.installed_package(namespace);
    if let Some(known) = known.filter(|known| known.subscriber_package_version_id == version) {
        return Ok(Applied { id: known.id.clone(), created: false, changed: false });
    }
    let created = known.is_none();
    let audience = match root.value("securityType") {
        Some("AdminsOnly") => "None",
        _ => "Full",
    };
    let fields: Map<String, Value> = Map::from_iter([
        ("SubscriberPackageVersionKey".to_owned(), json!(version.as_str())),
        ("SecurityType".to_owned(), json!(audience)),
        ("EnableRss".to_owned(), json!(root.value("activateRSS").is_some_and(boolean))),
        ("Password".to_owned(), json!(root.value("password"))),
    ]);
    let (user, now) = (&author.user, author.now);
    let failed = |message: &str| {
        Problem::whole(format!(
            "Unexpected Error, Details: The package installation failed. Error Message: {message}"
        ))
    };
    world
        .request_install(user, &fields, JobTime::default(), now, author.guesses)
        .map_err(|refusal| failed(&refusal.message))?;
    // The deploy is the install: it leaves no request behind.
    let place = world.jobs.installs.len().saturating_sub(1);
    world.finish_install(place, now);
    let job = world.jobs.installs.pop();
    if let Some(error) = job.and_then(|job| job.errors.into_iter().next()) {
        return Err(failed(&error));
    }
    let installed = world.installed_package(namespace).map(|package| package.id.clone());
    let id = installed.ok_or_else(|| failed("The package is not there"))?;
    Ok(Applied { id, created, changed: true })
}

/// The numbers of a version, three at least.
fn parts(number: &str) -> Option<Vec<u32>> {
    let mut parts = number.split('.').map(|part| part.parse().ok()).collect::<Option<Vec<_>>>()?;
    parts.resize(parts.len().max(3), 0);
    Some(parts)
}
