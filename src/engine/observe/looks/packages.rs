//! Installed packages.

use salesforce_client::packages;

use super::Fetch;
use crate::engine::observe::burst::Place;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{Generation, InstalledPackage, Observed, PackageVersionId, Version};

const NAME: &str = "packages";

pub(super) struct Packages;

impl Fetch for Packages {
    fn ask<'a>(&self, _: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        burst.setup(NAME, packages::installed_query());
        burst.or_plainer(NAME, Place::Setup, |_| Some(packages::plain_installed_query()));
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        let found = answers.setup_rows(NAME)?;
        taking.state.packages = found.map(|rows| rows.into_iter().map(package).collect());
        Ok(())
    }

    /// One broken package keeps an org from telling of all at once: each is asked about by itself.
    fn follow<'a>(&self, _: &'a Inquiry<'a>, seen: &Observation, burst: &mut Burst<'a>) {
        let refusal = seen.state().and_then(|state| state.packages.refusal());
        if !refusal.is_some_and(|refused| !refused.missing && !refused.forbidden) {
            return;
        }
        let client = burst.client();
        burst.call(
            async move { client.packages().installed_one_by_one().await },
            |answer, taking| {
                // Refused once more, it is told in the words of the first time.
                if let Ok(rows) = answer {
                    taking.state.packages = Observed::Seen(rows.into_iter().map(package).collect());
                }
                Ok(())
            },
        );
    }
}

fn package(row: packages::InstalledPackage) -> InstalledPackage {
    let (namespace, name) = match row.subscriber_package {
        Some(package) => (package.namespace_prefix, package.name),
        None => (None, None),
    };
    let version = row.subscriber_package_version;
    InstalledPackage {
        name: name.or_else(|| namespace.clone()).unwrap_or_else(|| "a hidden package".to_owned()),
        namespace,
        package_id: row.subscriber_package_id,
        version_id: version
            .as_ref()
            .map(|version| &version.id)
            .or(row.subscriber_package_version_id.as_ref())
            .and_then(|id| PackageVersionId::parse(id).ok()),
        version: version.as_ref().map(number),
        generation: generation(version.as_ref()),
        managed: version.is_some_and(|version| version.is_managed),
    }
}

/// Only packages of the second generation have container options.
fn generation(version: Option<&packages::PackageVersion>) -> Generation {
    match version {
        Some(version) if version.package2_container_options.is_some() => Generation::Second,
        Some(version) if version.is_managed => Generation::First,
        _ => Generation::Unknown,
    }
}

pub(super) fn number(version: &packages::PackageVersion) -> Version {
    let part = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    Version {
        major: part(version.major_version),
        minor: part(version.minor_version),
        patch: part(version.patch_version),
    }
}
