//! What `status` says of the connector's packages.

use serde::Serialize;

use crate::definitions::recipes;
use crate::model::{Generation, InstalledPackage, OrgState, PackageVersionId, Recipe};

/// A package of the connector.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackageInUse {
    /// Its name.
    pub name: String,
    /// Its namespace.
    pub namespace: Option<String>,
    /// Its number: `4.2`.
    pub version: Option<String>,
    /// The `04t` id of the version.
    pub version_id: Option<PackageVersionId>,
    /// `1GP` or `2GP`, where the org tells it.
    pub generation: Option<&'static str>,
    /// Whether it is managed.
    pub managed: bool,
    /// Whether it is one that this program sets up.
    pub supported: bool,
    /// The generation of the connector that it is, by its recipe's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipe: Option<&'static str>,
    /// What people call that generation.
    #[serde(skip)]
    pub generation_of_connector: Option<&'static str>,
}

/// The packages of the recipes' namespaces, that of the generation in use first, and those whose name
/// says that they are Webex's.
pub(in crate::checklist) fn list_packages(state: &OrgState, recipe: &Recipe) -> Vec<PackageInUse> {
    let mut found: Vec<PackageInUse> = state
        .packages
        .iter()
        .filter_map(|package| {
            let known = recipes().iter().find(|data| is_of(package, &data.recipe));
            let is_one = known.is_some() || is_named_webex(&package.name);
            is_one.then(|| describe(package, known.map(|data| &data.recipe)))
        })
        .collect();
    found.sort_by_key(|package| {
        let in_use = package.recipe == Some(recipe.name.as_str());
        (!in_use, !package.supported, package.name.clone())
    });
    found
}

fn is_of(package: &InstalledPackage, recipe: &Recipe) -> bool {
    package.namespace.as_deref() == Some(recipe.namespace.as_str())
}

/// Whether the name says so. Cisco has not published the namespace of every generation.
fn is_named_webex(name: &str) -> bool {
    let name = name.to_lowercase();
    ["webex contact center", "wxcc"].iter().any(|words| name.contains(words))
}

fn describe(package: &InstalledPackage, recipe: Option<&'static Recipe>) -> PackageInUse {
    PackageInUse {
        name: package.name.clone(),
        namespace: package.namespace.clone(),
        version: package.version.map(|version| version.to_string()),
        version_id: package.version_id,
        generation: match package.generation {
            Generation::First => Some("1GP"),
            Generation::Second => Some("2GP"),
            Generation::Unknown => None,
        },
        managed: package.managed,
        supported: recipe.is_some(),
        recipe: recipe.map(|recipe| recipe.name.as_str()),
        generation_of_connector: recipe.map(|recipe| recipe.title.as_str()),
    }
}
