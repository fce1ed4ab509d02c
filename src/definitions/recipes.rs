//! The generations of the connector that the program can set up.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::{
    AccessRecipe, ApexSource, Audience, CallCenter, Definition, Editions, ItemKey, OmniCode,
    OmniRecipe, OrgState, PackageVersionId, Recipe, Region, SettingKind, StatedNames, User,
};

use super::{built_in, templates};

const FILES: &[&str] = &[
    include_str!("../../metadata/recipes/webex-v1.toml"),
    include_str!("../../metadata/recipes/webex-v2.toml"),
];

/// Key of the setting that holds the adapter's address.
const ADAPTER: &str = "adapter_url";

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
    /// What it is, in a few words, for whoever has to choose.
    pub summary: String,
    /// The definition that its call center is made from.
    pub definition: String,
    /// Who gets access to its package.
    pub audience: Audience,
    /// The version of the package, where one is published.
    pub package_version: Option<PackageVersionId>,
    /// Key of the setting that follows the data centre: its desktop's address, or its name.
    pub region_setting: String,
    /// Key of the setting that takes the data centre's WebRTC domain, where there is one.
    pub webrtc_setting: Option<String>,
    /// Whether it is looked for where neither a configuration nor an org names another.
    pub default: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a recipe answers that many questions with yes or no"
)]
struct DataFile {
    name: String,
    title: String,
    summary: String,
    editions: Vec<String>,
    #[serde(default)]
    excluded_editions: Vec<String>,
    namespace: String,
    app: Option<String>,
    task_layout: Option<String>,
    old_task_layouts: Vec<String>,
    report: bool,
    custom_metadata_types: usize,
    internal_name_prefix: String,
    #[serde(default)]
    bare_internal_name: bool,
    #[serde(default)]
    default: bool,
    package_version: Option<String>,
    definition: String,
    install_for: DataAudience,
    region_setting: String,
    webrtc_setting: Option<String>,
    permission_sets: Vec<String>,
    csp_allow_list: bool,
    #[serde(default)]
    desktop_layouts: Vec<DataPairing>,
    omni_sync: DataOmni,
    agent_access: DataAccess,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataPairing {
    internal_name: String,
    versions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataOmni {
    apex: Option<DataApex>,
    permission_set: String,
    permission_set_label: String,
}

/// An Apex class: all of it, or none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataApex {
    class: String,
    method: String,
    test_class: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataAccess {
    objects: Vec<String>,
    fields: Vec<String>,
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
            code: data.apex.map(|apex| OmniCode {
                class: source(apex.class),
                method: apex.method,
                test: source(apex.test_class),
            }),
            permission_set: data.permission_set,
            permission_set_label: data.permission_set_label,
        }
    }
}

impl From<DataAccess> for AccessRecipe {
    fn from(data: DataAccess) -> Self {
        let DataAccess { objects, fields, permission_set, permission_set_label } = data;
        Self { objects, fields, permission_set, permission_set_label }
    }
}

impl From<DataFile> for RecipeData {
    fn from(data: DataFile) -> Self {
        Self {
            summary: data.summary,
            recipe: Recipe {
                stated: StatedNames {
                    namespace: data.namespace.clone(),
                    internal_name_prefix: data.internal_name_prefix.clone(),
                    bare_internal_name: data.bare_internal_name,
                },
                name: data.name,
                title: data.title,
                csp_allow_list: data.csp_allow_list,
                editions: Editions { named: data.editions, excluded: data.excluded_editions },
                namespace: data.namespace,
                app: data.app,
                task_layout: data.task_layout,
                old_task_layouts: data.old_task_layouts,
                report: data.report,
                custom_metadata_types: data.custom_metadata_types,
                internal_name_prefix: data.internal_name_prefix,
                adapter_hosts: Vec::new(),
                own_adapter: None,
                permission_sets: data.permission_sets,
                desktop_layouts: data
                    .desktop_layouts
                    .into_iter()
                    .map(|pair| (pair.internal_name, pair.versions))
                    .collect(),
                omni_sync: data.omni_sync.into(),
                agent_access: data.agent_access.into(),
            },
            definition: data.definition,
            audience: match data.install_for {
                DataAudience::Admins => Audience::Admins,
                DataAudience::AllUsers => Audience::AllUsers,
            },
            // A test makes sure that it is an id.
            package_version: data.package_version.and_then(|id| PackageVersionId::parse(&id).ok()),
            region_setting: data.region_setting,
            webrtc_setting: data.webrtc_setting,
            default: data.default,
        }
    }
}

/// Every recipe, older generations of the connector first.
pub fn recipes() -> &'static [RecipeData] {
    &RECIPES
}

/// Names of the recipes.
pub fn recipe_names() -> impl Iterator<Item = &'static str> {
    RECIPES.iter().map(|data| data.recipe.name.as_str())
}

/// The recipe whose package an org has, or else whose call centers; the default one where the org
/// shows neither. Of several generations side by side, the one that more active users work with.
pub fn recipe_of(state: &OrgState) -> &'static RecipeData {
    let mut found: Vec<&RecipeData> = recipes_in(state).collect();
    if found.iter().any(|data| has_package(state, data)) {
        found.retain(|data| has_package(state, data));
    }
    // Of equals the last is the greatest, and the first is to be chosen.
    let chosen = found.into_iter().rev().max_by_key(|data| active_users(state, data));
    chosen.unwrap_or_else(default_recipe)
}

/// The recipes of which an org has the package or a call center.
pub fn recipes_in(state: &OrgState) -> impl Iterator<Item = &'static RecipeData> {
    let has_call_center = |data: &RecipeData| {
        state.call_centers.iter().any(|row| data.is_named_like(&row.internal_name))
    };
    RECIPES.iter().filter(move |data| has_package(state, data) || has_call_center(data))
}

fn has_package(state: &OrgState, data: &RecipeData) -> bool {
    let namespace = Some(data.recipe.namespace.as_str());
    state.packages.iter().any(|package| package.namespace.as_deref() == namespace)
}

/// How many active users are in the call centers of a recipe.
fn active_users(state: &OrgState, data: &RecipeData) -> usize {
    let is_inside = |user: &&User| {
        let row = state.call_centers.iter().find(|row| Some(&row.id) == user.call_center.as_ref());
        user.active && row.is_some_and(|row| data.is_named_like(&row.internal_name))
    };
    state.users.iter().filter(is_inside).count()
}

/// The recipe that a call center belongs to: by its internal name, or else by its items, where one
/// recipe knows more of them than any other.
pub fn recipe_of_call_center(call_center: &CallCenter) -> Option<&'static RecipeData> {
    let named = RECIPES.iter().find(|data| data.is_named_like(&call_center.internal_name));
    named.or_else(|| {
        let known = |name: &str| {
            let own = templates().iter().filter(|template| template.recipe == name);
            own.map(|template| template.count_items_in(call_center)).max().unwrap_or_default()
        };
        let of = |data: &&RecipeData| known(&data.recipe.name);
        let best = RECIPES.iter().max_by_key(of)?;
        let equals = RECIPES.iter().filter(|data| of(data) == of(&best));
        (equals.count() == 1).then_some(best)
    })
}

impl RecipeData {
    /// Whether an internal name is one that Cisco gives to call centers of this generation.
    pub fn is_named_like(&self, internal_name: &str) -> bool {
        self.recipe.stated.is_name(&self.recipe.stated.internal_name_prefix, internal_name)
    }

    /// The address of its adapter, where that is the same for every data centre.
    pub fn fixed_adapter(&self) -> Option<&'static str> {
        let template = templates().iter().find(|template| template.name == self.definition)?;
        let key = &template.by_key(ADAPTER)?.item;
        let follows = template.by_key(&self.region_setting)?;
        let item = template.call_center.item(key)?;
        (&follows.item != key).then_some(item.value.as_str())
    }

    /// What settings of a call center follow from the data centre, where that definition has them.
    pub fn values_of_region(
        &self,
        definition: &Definition,
        region: &Region,
    ) -> Vec<(ItemKey, String)> {
        let mut values = Vec::new();
        if let Some(setting) = definition.setting(&self.region_setting) {
            let value = match setting.kind {
                SettingKind::Url => desktop_url(definition, &setting.item, region),
                SettingKind::Region => region.name.clone(),
                // A definition of another generation, which a rule tells.
                _ => return values,
            };
            values.push((setting.item.clone(), value));
        }
        let webrtc = self.webrtc_setting.as_ref().and_then(|key| definition.setting(key));
        if let (Some(setting), Some(domain)) = (webrtc, &region.webrtc_domain) {
            values.push((setting.item.clone(), domain.clone()));
        }
        values
    }

    /// The definition that its call center is made from where nothing else is said.
    pub fn newest_definition(&self) -> Option<Definition> {
        built_in(&self.definition)
    }
}

/// The address of the data centre's desktop. It and the default agree about the slash at the end, so
/// that nothing seems to differ.
fn desktop_url(definition: &Definition, item: &ItemKey, region: &Region) -> String {
    let desktop = region.desktop_url.trim_end_matches('/');
    let default = definition.call_center.item(item);
    let slash = default.is_some_and(|item| item.value.ends_with('/'));
    format!("{desktop}{}", if slash { "/" } else { "" })
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
    use super::*;

    #[test]
    fn every_recipe_names_a_definition_and_a_setting_of_it() {
        for data in RECIPES.iter() {
            let definition = built_in(&data.definition).unwrap();
            assert!(definition.setting(&data.region_setting).is_some());
            let name = &definition.call_center.internal_name;
            assert!(name.starts_with(&data.recipe.internal_name_prefix));
            assert!(definition.setting("omni_sync.enabled").is_some());
            if let Some(omni) = &data.recipe.omni_sync.code {
                assert!(omni.class.body.contains(&format!("class {} ", omni.class.name)));
                assert!(omni.class.body.contains(&format!("static String {}()", omni.method)));
                assert!(omni.test.body.contains(&format!("class {} ", omni.test.name)));
                assert!(omni.test.body.contains(&format!("{}.{}", omni.class.name, omni.method)));
            }
        }
        assert_eq!(RECIPES.iter().filter(|data| data.default).count(), 1);
        assert!(recipe("webex-v1").is_some());
        assert!(recipe("webex-v2").is_some());
    }

    #[test]
    fn half_a_class_is_none_that_a_recipe_may_name() {
        let sets = "permission_set = \"A\"\npermission_set_label = \"a\"\n";
        let read = |apex: &str| toml::from_str::<DataOmni>(&format!("{sets}{apex}"));
        assert!(OmniRecipe::from(read("").unwrap()).code.is_none());
        let whole = "[apex]\nclass = \"C\"\nmethod = \"m\"\ntest_class = \"T\"\n";
        assert!(OmniRecipe::from(read(whole).unwrap()).code.is_some());
        for half in ["[apex]\nclass = \"C\"\n", "class = \"C\"\nmethod = \"m\"\n"] {
            assert!(read(half).is_err(), "{half}");
        }
    }

    #[test]
    fn whatever_a_recipe_names_of_packages_and_settings_is_sound() {
        for (data, text) in RECIPES.iter().zip(FILES) {
            assert_eq!(data.package_version.is_some(), text.contains("package_version"));
            let definition = data.newest_definition().unwrap();
            if let Some(setting) = &data.webrtc_setting {
                assert!(definition.setting(setting).is_some());
            }
        }
        for template in templates() {
            assert!(recipe(&template.recipe).is_some(), "{}", template.name);
        }
    }

    #[test]
    fn a_call_center_belongs_to_a_recipe_by_its_name_or_by_its_items() {
        let of = |call_center: &CallCenter| {
            recipe_of_call_center(call_center).map(|data| data.recipe.name.as_str())
        };
        for template in templates() {
            let mut call_center = template.call_center.clone();
            assert_eq!(of(&call_center), Some(template.recipe.as_str()));
            "Copy".clone_into(&mut call_center.internal_name);
            assert_eq!(of(&call_center), Some(template.recipe.as_str()));
            call_center.sections.clear();
            assert_eq!(of(&call_center), None);
            "wxCcCallCenter20260424".clone_into(&mut call_center.internal_name);
            assert_eq!(of(&call_center), Some("webex-v2"));
        }
    }
}
