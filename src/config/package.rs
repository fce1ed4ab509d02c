//! `[package]`: which version, for whom, and which sites it may call.

use percent_encoding::percent_decode_str;

use crate::definitions::RecipeData;
use crate::model::{Approval, Audience, PackageVersionId, PackageWish, Upgrade};

use super::mistake::{Mistake, MistakeKind, Mistakes};
use super::scope::{Located, Scope, quoted};
use super::tree::Value;

const WHERE_TO_FIND: &str = "Copy the package's install link, or the id in it that begins with \
        04t. An org that has the package shows it too.";

/// What `init` writes in the place of an id.
const PLACEHOLDER: &str = "04t000000000000";

/// Reads the package; `None` after a mistake.
pub(super) fn read(
    root: &Scope<'_>,
    recipe: &RecipeData,
    mistakes: &Mistakes,
) -> Option<PackageWish> {
    let Some(scope) = root.table("package") else {
        // A package that is no table was told already.
        if root.entry("package").is_some() {
            return None;
        }
        let Some(version) = recipe.package_version else {
            mistakes.push(missing());
            return None;
        };
        let audience = recipe.audience.clone();
        return Some(PackageWish { version, audience, sites: Approval::None, upgrade: None });
    };
    scope.only_known();
    let version = if scope.entry("version").is_some() {
        scope
            .text("version", "the id of a package version, which begins with 04t")
            .and_then(|found| version(&found, mistakes))
    } else if let Some(published) = &recipe.package_version {
        Some(*published)
    } else {
        let header = root.entry("package").map(|entry| &entry.key_span);
        mistakes.push(match header {
            Some(span) => missing().at(span, "it belongs here"),
            None => missing(),
        });
        None
    };
    let audience = read_audience(&scope, &recipe.audience);
    let sites = read_sites(&scope);
    let upgrade = match scope.entry("upgrade") {
        None => None,
        Some(_) => Some(match scope.choice("upgrade")?.value.as_str() {
            "clean" => Upgrade::Clean,
            _ => Upgrade::InPlace,
        }),
    };
    Some(PackageWish { version: version?, audience: audience?, sites: sites?, upgrade })
}

fn missing() -> Mistake {
    Mistake::new(
        MistakeKind::Missing,
        "package.version",
        "`package.version` is missing: it is the version of the package to install.",
    )
    .help(WHERE_TO_FIND)
}

/// Reads an id, or the address that installs it.
fn version(found: &Located<String>, mistakes: &Mistakes) -> Option<PackageVersionId> {
    let text = found.value.trim();
    let is_address = text.contains("://") || text.contains('?');
    let id = if is_address {
        percent_decode_str(text)
            .decode_utf8_lossy()
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .find_map(|part| PackageVersionId::parse(part).ok())
    } else {
        PackageVersionId::parse(text).ok()
    };
    if let Some(id) = id {
        if id.short() == PLACEHOLDER {
            mistakes.push(
                Mistake::new(
                    MistakeKind::NotAllowed,
                    &found.path,
                    format!("`{}` is still the placeholder of a new configuration.", found.path),
                )
                .at(&found.span, "")
                .help(WHERE_TO_FIND)
                .warning(),
            );
        }
        return Some(id);
    }
    let problem = if is_address {
        "is an address without the id of a package version"
    } else if text.starts_with("033") {
        "is the id of a package, not of one of its versions"
    } else if text.starts_with("04t") {
        "is not a whole package version id, which has 15 or 18 letters and digits"
    } else {
        "is not the id of a package version, which begins with 04t and has 15 or 18 letters and \
         digits"
    };
    mistakes.push(
        Mistake::new(
            MistakeKind::NotAllowed,
            &found.path,
            format!("`{}` {problem}: {}.", found.path, quoted(text)),
        )
        .at(&found.span, "")
        .help(WHERE_TO_FIND),
    );
    None
}

fn read_audience(scope: &Scope<'_>, default: &Audience) -> Option<Audience> {
    let Some(entry) = scope.entry("install_for") else {
        return Some(default.clone());
    };
    let wanted = "\"admins\", \"all-users\" or `{ profiles = [\"…\"] }`";
    match &entry.node.value {
        Value::Table(_) => {
            let table = scope.table("install_for")?;
            table.only_known();
            let profiles = table.texts("profiles", "a list of profiles: `[\"Standard User\"]`");
            if profiles.is_empty() {
                scope.wrong_type(&entry.path, &entry.node, wanted);
                return None;
            }
            Some(Audience::Profiles(profiles))
        }
        Value::Text(_) => match scope.choice("install_for")?.value.as_str() {
            "admins" => Some(Audience::Admins),
            _ => Some(Audience::AllUsers),
        },
        _ => {
            scope.wrong_type(&entry.path, &entry.node, wanted);
            None
        }
    }
}

fn read_sites(scope: &Scope<'_>) -> Option<Approval> {
    let Some(entry) = scope.entry("approve_sites") else {
        return Some(Approval::None);
    };
    let wanted = "a list of sites, \"all\" or \"none\"";
    match &entry.node.value {
        Value::Array(_) => {
            let sites = scope.texts("approve_sites", wanted);
            Some(if sites.is_empty() { Approval::None } else { Approval::Sites(sites) })
        }
        Value::Text(text) if text.contains('.') => {
            scope.wrong_type(&entry.path, &entry.node, "a list of sites: `[\"https://…\"]`");
            None
        }
        Value::Text(_) => match scope.choice("approve_sites")?.value.as_str() {
            "all" => Some(Approval::All),
            _ => Some(Approval::None),
        },
        _ => {
            scope.wrong_type(&entry.path, &entry.node, wanted);
            None
        }
    }
}
