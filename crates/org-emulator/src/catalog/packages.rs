//! Packages as the Tooling API shows them.

use serde_json::{Value, json};

use super::row::row;
use crate::clock::rest_time;
use crate::guesses::Guesses;
use crate::ids::Id;
use crate::soql::catalog::Row;
use crate::world::World;
use crate::world::jobs::{InstallJob, UninstallJob};
use crate::world::package::PackageVersion;

/// `InstalledSubscriberPackage`
pub(super) fn installed(world: &World) -> Vec<Row> {
    let packages = world.installed_packages.iter();
    packages
        .map(|package| {
            row(&json!({
                "Id": package.id,
                "SubscriberPackageId": package.subscriber_package_id,
                "SubscriberPackageVersionId": package.subscriber_package_version_id,
                "MinPackageVersionId": package.subscriber_package_version_id,
            }))
        })
        .collect()
}

/// `SubscriberPackage`
pub(super) fn packages(world: &World) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for version in &world.package_versions {
        let id: Value = version.subscriber_package_id.as_str().into();
        if rows.iter().all(|row| row.get("Id") != Some(&id)) {
            rows.push(row(&json!({
                "Id": id, "Name": version.package_name,
                "NamespacePrefix": version.namespace_prefix,
                "Description": version.description, "IsPackageValid": true,
            })));
        }
    }
    rows
}

/// `SubscriberPackageVersion`
pub(super) fn versions(world: &World, guesses: Guesses) -> Vec<Row> {
    let versions = world.package_versions.iter();
    versions
        .map(|version| {
            let mut row = self::version(world, version);
            if guesses.install_in_progress_shown && world.is_being_installed(version) {
                row.insert("InstallValidationStatus".to_owned(), "INSTALL_IN_PROGRESS".into());
            }
            row
        })
        .collect()
}

/// A version with everything that an administrator sees before installing it.
pub(crate) fn version(world: &World, version: &PackageVersion) -> Row {
    let remote = world.unapproved(&version.remote_sites, "RemoteSite");
    let remote: Vec<Value> =
        remote.map(|url| json!({"secure": url.starts_with("https:"), "url": url})).collect();
    let trusted = world.unapproved(&version.csp_trusted_sites, "CspTrustedSite");
    let trusted: Vec<Value> = trusted.map(|url| json!({"endpointUrl": url})).collect();
    row(&json!({
        "Id": version.id,
        "SubscriberPackageId": version.subscriber_package_id,
        "Name": version.name,
        "Description": version.description,
        "PublisherName": version.publisher_name,
        "MajorVersion": version.major_version,
        "MinorVersion": version.minor_version,
        "PatchVersion": version.patch_version,
        "BuildNumber": version.build_number,
        "ReleaseState": version.release_state,
        "IsManaged": version.is_managed,
        "IsBeta": version.is_beta,
        "IsDeprecated": version.is_deprecated,
        "IsPasswordProtected": version.installation_key.is_some(),
        "IsSecurityReviewed": version.is_security_reviewed,
        "IsOrgDependent": false,
        "Package2ContainerOptions": version.package2_container_options,
        "InstallValidationStatus": world.install_validation(version),
        "PostInstallUrl": null,
        "ReleaseNotesUrl": null,
        "RemoteSiteSettings": {"settings": remote},
        "CspTrustedSites": {"settings": trusted},
        "Profiles": null,
        "Dependencies": dependencies(world, version),
        "AppExchangePackageName": version.package_name,
        "AppExchangeDescription": version.description,
        "AppExchangePublisherName": version.publisher_name,
        "AppExchangeLogoUrl": null,
    }))
}

/// The oldest versions that a package makes do with; null where it needs none.
fn dependencies(world: &World, version: &PackageVersion) -> Value {
    let oldest = |package: &Id| {
        let versions = world.package_versions.iter();
        let versions = versions.filter(|it| it.subscriber_package_id == *package);
        versions.min_by_key(|it| it.order()).map(|it| json!({"subscriberPackageVersionId": it.id}))
    };
    let needed: Vec<Value> = version.depends_on.iter().filter_map(oldest).collect();
    if needed.is_empty() { Value::Null } else { json!({"ids": needed}) }
}

/// `PackageInstallRequest`
pub(super) fn installs(world: &World) -> Vec<Row> {
    world.jobs.installs.iter().map(install).collect()
}

/// An install request; the password is never shown.
fn install(job: &InstallJob) -> Row {
    let errors: Vec<Value> = job.errors.iter().map(|text| json!({"message": text})).collect();
    let changed = job.finished.unwrap_or(job.created);
    row(&json!({
        "Id": job.id,
        "IsDeleted": false,
        "CreatedDate": rest_time(job.created),
        "CreatedById": job.created_by,
        "LastModifiedDate": rest_time(changed),
        "LastModifiedById": job.created_by,
        "SystemModstamp": rest_time(changed),
        "SubscriberPackageVersionKey": job.version,
        "NameConflictResolution": job.name_conflict_resolution,
        "SecurityType": job.security_type,
        "PackageInstallSource": job.package_install_source,
        "ProfileMappings": job.profile_mappings,
        "Password": null,
        "EnableRss": job.enable_rss,
        "UpgradeType": job.upgrade_type,
        "ApexCompileType": job.apex_compile_type,
        "SkipHandlers": job.skip_handlers,
        "Status": job.status.name(),
        "Errors": if errors.is_empty() { Value::Null } else { json!({"errors": errors}) },
    }))
}

/// `SubscriberPackageVersionUninstallRequest`
pub(super) fn uninstalls(world: &World) -> Vec<Row> {
    let jobs = world.jobs.uninstalls.iter();
    jobs.map(|job| {
        let mut fields = written(job);
        fields.insert("Id".to_owned(), job.id.as_str().into());
        fields.insert("SubscriberPackageVersionId".to_owned(), job.version.as_str().into());
        fields.insert("Status".to_owned(), job.status.name().into());
        fields
    })
    .collect()
}

/// `PackageVersionUninstallRequestError`
pub(super) fn uninstall_errors(world: &World) -> Vec<Row> {
    let jobs = world.jobs.uninstalls.iter();
    jobs.flat_map(|job| {
        job.errors.iter().map(|error| {
            let mut fields = written(job);
            fields.insert("Id".to_owned(), error.id.as_str().into());
            fields.insert("ParentRequestId".to_owned(), job.id.as_str().into());
            fields.insert("Message".to_owned(), error.message.clone().into());
            fields
        })
    })
    .collect()
}

/// When and by whom an uninstall was asked for.
fn written(job: &UninstallJob) -> Row {
    let changed = rest_time(job.finished.unwrap_or(job.created));
    row(&json!({
        "IsDeleted": false,
        "CreatedDate": rest_time(job.created),
        "CreatedById": job.created_by,
        "LastModifiedDate": changed,
        "LastModifiedById": job.created_by,
        "SystemModstamp": changed,
    }))
}
