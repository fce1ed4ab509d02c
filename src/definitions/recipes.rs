//! The generations of the connector that the program can set up.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::{ApexSource, Audience, OmniRecipe, OrgState, Recipe, StatedNames};

/// Generations that the program knows of and cannot set up yet.
pub const LATER_RECIPES: &[&str] = &["webex-v2"];

const FILES: &[&str] = &[include_str!("../../metadata/recipes/webex-v1.toml")];

/// Apex classes that recipes name.
const APEX: &[(&str, &str)] = &[
    ("sfdcOmniChannel", include_str!("../../metadata/apex/sfdcOmniChannel.cls")),
    ("sfdcOmniChannelTest", include_str!("../../metadata/apex/sfdcOmniChannelTest.cls")),
];

/// A recipe, and what applies where the configuration says nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct RecipeData {
    /// What the connector consists of.
    pub recipe: Recipe,
    /// The definition that its call center is made from.
    pub definition: String,
    /// Who gets access to its package.
    pub audience: Audience,
    /// Key of the setting that takes the address of the data centre's desktop.
    pub region_setting: String,
    /// Whether it is looked for where neither a configuration nor an org names another.
    pub default: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataFile {
    name: String,
    namespace: String,
    app: Option<String>,
    task_layout: Option<String>,
    old_task_layouts: Vec<String>,
    report: bool,
    custom_metadata_types: usize,
    internal_name_prefix: String,
    #[serde(default)]
    default: bool,
    definition: String,
    install_for: DataAudience,
    region_setting: String,
    permission_sets: Vec<String>,
    omni_sync: Option<DataOmni>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataOmni {
    class: String,
    method: String,
    test_class: String,
    permission_set: String,
    permission_set_label: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum DataAudience {
    Admins,
    AllUsers,
}

static RECIPES: LazyLock<Vec<RecipeData>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|text| {
            let data: DataFile = toml::from_str(text).expect("embedded data that a test loads");
            data.into()
        })
        .collect()
});

impl From<DataOmni> for OmniRecipe {
    fn from(data: DataOmni) -> Self {
        let source = |name: String| {
            let found = APEX.iter().find(|(known, _)| *known == name);
            let body = found.map(|(_, body)| (*body).to_owned()).unwrap_or_default();
            ApexSource { name, body }
        };
        Self {
            class: source(data.class),
            method: data.method,
            test: source(data.test_class),
            permission_set: data.permission_set,
            permission_set_label: data.permission_set_label,
        }
    }
}

impl From<DataFile> for RecipeData {
    fn from(data: DataFile) -> Self {
        Self {
            recipe: Recipe {
                stated: StatedNames {
                    namespace: data.namespace.clone(),
                    internal_name_prefix: data.internal_name_prefix.clone(),
                },
                name: data.name,
                namespace: data.namespace,
                app: data.app,
                task_layout: data.task_layout,
                old_task_layouts: data.old_task_layouts,
                report: data.report,
                custom_metadata_types: data.custom_metadata_types,
                internal_name_prefix: data.internal_name_prefix,
                adapter_hosts: Vec::new(),
                permission_sets: data.permission_sets,
                omni_sync: data.omni_sync.map(OmniRecipe::from),
            },
            definition: data.definition,
            audience: match data.install_for {
                DataAudience::Admins => Audience::Admins,
                DataAudience::AllUsers => Audience::AllUsers,
            },
            region_setting: data.region_setting,
            default: data.default,
        }
    }
}

/// Every recipe.
pub fn recipes() -> &'static [RecipeData] {
    &RECIPES
}

/// Names of the recipes.
pub fn recipe_names() -> impl Iterator<Item = &'static str> {
    RECIPES.iter().map(|data| data.recipe.name.as_str())
}

/// The recipe whose package an org has, or else whose call centers; the default one where the org
/// shows neither.
pub fn recipe_of(state: &OrgState) -> &'static RecipeData {
    let has_package = |data: &&RecipeData| {
        let namespace = Some(data.recipe.namespace.as_str());
        state.packages.iter().any(|package| package.namespace.as_deref() == namespace)
    };
    let has_call_center = |data: &&RecipeData| {
        let prefix = data.recipe.internal_name_prefix.as_str();
        state.call_centers.iter().any(|row| row.internal_name.starts_with(prefix))
    };
    let found = RECIPES.iter().find(has_package).or_else(|| RECIPES.iter().find(has_call_center));
    found.unwrap_or_else(default_recipe)
}

/// The recipe that is looked for where neither a configuration nor an org names one.
pub fn default_recipe() -> &'static RecipeData {
    // A test makes sure that one is the default.
    RECIPES.iter().find(|data| data.default).unwrap_or(&RECIPES[0])
}

/// The recipe of that name.
pub fn recipe(name: &str) -> Option<&'static RecipeData> {
    RECIPES.iter().find(|data| data.recipe.name == name)
}

#[cfg(test)]
mod tests {
    use super::super::built_in;
    use super::*;

    #[test]
    fn every_recipe_names_a_definition_and_a_setting_of_it() {
        for data in RECIPES.iter() {
            let definition = built_in(&data.definition).unwrap();
            assert!(definition.setting(&data.region_setting).is_some());
            let name = &definition.call_center.internal_name;
            assert!(name.starts_with(&data.recipe.internal_name_prefix));
            if let Some(omni) = &data.recipe.omni_sync {
                assert!(definition.setting("omni_sync.enabled").is_some());
                assert!(omni.class.body.contains(&format!("class {} ", omni.class.name)));
                assert!(omni.class.body.contains(&format!("static String {}()", omni.method)));
                assert!(omni.test.body.contains(&format!("class {} ", omni.test.name)));
                assert!(omni.test.body.contains(&format!("{}.{}", omni.class.name, omni.method)));
            }
        }
        assert_eq!(RECIPES.iter().filter(|data| data.default).count(), 1);
        assert!(recipe("webex-v1").is_some());
        assert!(recipe("webex-v2").is_none());
    }
}
