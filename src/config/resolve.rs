//! From the tree to what is wanted: the top level of the configuration.

use std::collections::BTreeMap;

use crate::definitions::{RecipeData, recipe, region, regions};
use crate::model::{ADAPTER_URL, CallCenterWish, ConnectorWish, Desired, ItemKey, Region, host};

use super::call_center::{self, Chosen};
use super::definition::Definitions;
use super::keys;
use super::loaded::{DefinitionFile, Origin};
use super::mistake::{Mistake, MistakeKind, Mistakes};
use super::scope::{Located, Scope};
use super::tree::Table;
use super::webex::Webex;
use super::{
    access, agent_access, confirmed, custom_metadata, foreign, package, people, recipe_overrides,
    softphone_layout, uninstall, webex,
};

pub(super) const DEFAULT_RECIPE: &str = "webex-v1";

/// What became of a configuration.
pub(super) struct Resolution {
    /// What is wanted; `None` after a mistake that left a part of it out.
    pub(super) desired: Option<Desired>,
    pub(super) origins: BTreeMap<ItemKey, Origin>,
    pub(super) file: Option<DefinitionFile>,
}

/// Reads the whole configuration.
pub(super) fn resolve(
    root: &Table,
    mistakes: &Mistakes,
    definitions: &Definitions<'_>,
) -> Resolution {
    let root = Scope { table: root, keys: &keys::ROOT, mistakes };
    root.only_known();
    let recipe = read_recipe(&root);
    let region = read_region(&root);
    let table = |key: &str| root.table(key);
    // Mistakes of other sections are found whether the recipe is known or not.
    let data = recipe.or_else(|| crate::definitions::recipe(DEFAULT_RECIPE));
    let users = people::read_users(table("users"));
    people::warn_of_nobody(&root);
    let softphone_layout = softphone_layout::read(table("softphone_layout"));
    let task_layout = people::read_task_layout(table("task_layout"));
    let Webex { org: webex_org, tenant } =
        webex::read(table("webex"), region.as_ref().map(|it| it.value), definitions);
    let has_connector = is_about_org(&root) || tenant.is_none();
    let package =
        data.filter(|_| has_connector).and_then(|data| package::read(&root, data, mistakes));
    let omni_sync = access::read_omni_sync(table("omni_sync"));
    let uninstall = uninstall::read(table("uninstall"));
    let confirmed = confirmed::read(table("confirmed"));
    let agent_access = agent_access::read(table("agent_access"));
    let permission_sets = access::read_permission_sets(table("permission_sets"));
    let custom_metadata = custom_metadata::read(table("custom_metadata"), region.as_ref());
    let Chosen { wish, origins, file } = data.map_or_else(Chosen::default, |data| {
        let region = region.as_ref();
        call_center::read(table("call_center"), data, region, definitions, mistakes)
    });
    if let Some(data) = recipe {
        foreign::refuse(&root, &data.recipe);
    }
    let mut names = recipe.map(|data| data.recipe.clone());
    if let Some(names) = &mut names {
        recipe_overrides::read(table("recipe_overrides"), names);
        names.own_adapter = wish.as_ref().and_then(own_adapter);
    }
    let desired = match (names, region, package, wish, custom_metadata) {
        (Some(recipe), Some(region), Some(package), Some(call_center), Some(custom_metadata)) => {
            let connector = ConnectorWish {
                recipe,
                region: region.value.clone(),
                package,
                call_center,
                users,
                softphone_layout,
                task_layout,
                custom_metadata,
                webex_org,
                omni_sync,
                agent_access,
                permission_sets,
                uninstall,
            };
            Some(Desired { tenant, confirmed, ..Desired::of(connector) })
        }
        (Some(_), Some(_), ..) if !has_connector => {
            Some(Desired { tenant, confirmed, ..Desired::default() })
        }
        _ => None,
    };
    Resolution { desired, origins, file }
}

/// Whether the configuration wants something of a Salesforce org. One that speaks of the Webex
/// organization alone needs no package.
fn is_about_org(root: &Scope<'_>) -> bool {
    const TABLES: [&str; 9] = [
        "package",
        "call_center",
        "users",
        "softphone_layout",
        "task_layout",
        "custom_metadata",
        "omni_sync",
        "agent_access",
        "permission_sets",
    ];
    TABLES.iter().any(|table| root.entry(table).is_some())
}

/// The adapter's address where a configuration gives the call center one of its own, by which copies of it are
/// known as those at a data centre are.
fn own_adapter(wish: &CallCenterWish) -> Option<String> {
    let (_, wanted) = wish.values.iter().find(|(key, _)| key.item == ADAPTER_URL)?;
    let own = host(&wanted.value)?;
    let mut known = regions().iter().map(|region| host(&region.desktop_url));
    (!known.any(|host| host.as_ref() == Some(&own))).then(|| wanted.value.clone())
}

fn read_recipe(root: &Scope<'_>) -> Option<&'static RecipeData> {
    if root.entry("recipe").is_none() {
        return recipe(DEFAULT_RECIPE);
    }
    let found = root.text("recipe", "the name of a recipe: \"webex-v2\"")?;
    let data = recipe(&found.value);
    if data.is_none() {
        root.not_allowed(&found, &root.words("recipe"));
    }
    data
}

fn read_region(root: &Scope<'_>) -> Option<Located<&'static Region>> {
    let names = root.words("data_center");
    if root.entry("data_center").is_none() {
        root.mistakes.push(
            Mistake::new(
                MistakeKind::Missing,
                "data_center",
                "`data_center` is missing: it is where your Webex Contact Center tenant is.",
            )
            .allowed(names)
            .help("For example: data_center = \"us1\""),
        );
        return None;
    }
    let found = root.text("data_center", "the name of a data centre: \"us1\"")?;
    let Some(region) = region(&found.value) else {
        root.not_allowed(&found, &names);
        return None;
    };
    Some(Located { value: region, path: found.path, span: found.span })
}
