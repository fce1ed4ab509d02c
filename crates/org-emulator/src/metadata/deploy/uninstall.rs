//! Destructive changes of an `InstalledPackage`: they uninstall it.

use super::super::schema::Problem;
use super::manifest::Manifest;
use super::message::{Message, Outcome};
use super::options::Options;
use crate::guesses::Guesses;
use crate::world::World;
use crate::world::access::Act;

/// The type that stands for a package.
pub(super) const TYPE: &str = "InstalledPackage";
/// The code of a deploy that could not uninstall.
pub(super) const FAILED: &str = "PACKAGING_API_UNINSTALL_FAILED";

/// Uninstalls the package of a namespace, and says what came of it.
pub(super) fn run(
    world: &mut World,
    guesses: Guesses,
    options: &Options,
    namespace: &str,
) -> Vec<Outcome> {
    let fail = |text: &str| vec![Outcome::Failed(Problem::whole(text))];
    let installed = world.installed_package(namespace).and_then(|package| {
        let version = world.package_version(&package.subscriber_package_version_id)?;
        Some((package.id.clone(), version.is_second_generation()))
    });
    let Some((id, second)) = installed else {
        let text = format!("No {TYPE} named: {namespace} found");
        return vec![Outcome::Warned(Problem::whole(text))];
    };
    if options.check_only {
        return fail("An installed package cannot be uninstalled by a check-only deployment");
    }
    if !world.may(&options.caller, Act::InstallPackages) {
        return fail("insufficient access rights on object id");
    }
    if second && !guesses.namespace_uninstall_takes_second_generation {
        return fail("A second-generation package cannot be uninstalled by its namespace");
    }
    match world.uninstall(namespace, guesses) {
        Ok(()) => vec![Outcome::Deleted(id)],
        Err(problems) if guesses.uninstall_failures_one_by_one => {
            problems.iter().map(|text| Outcome::Failed(Problem::whole(text))).collect()
        }
        Err(problems) => fail(&problems.join("\n")),
    }
}

/// Refuses a manifest that names anything else beside packages.
pub(super) fn check_alone(manifest: &Manifest) -> Result<(), Problem> {
    if manifest.members.iter().all(|(kind, _)| kind == TYPE) {
        return Ok(());
    }
    Err(Problem::whole(format!("{TYPE} must be the only type of a deployment")))
}

/// Whether a message says that an uninstall failed.
pub(super) fn has_failed(message: &Message) -> bool {
    message.component_type == TYPE && matches!(message.result, Outcome::Failed(_))
}
