//! Records of apps and Lightning pages.

use serde_json::{Value, json};

use super::row::row;
use crate::clock::rest_time;
use crate::metadata::flexi_page;
use crate::soql::catalog::Row;
use crate::world::World;
use crate::world::stored::StoredComponent;

/// `AppDefinition`
pub(super) fn apps(world: &World) -> Vec<Row> {
    let apps = world.apps.iter();
    apps.map(|app| {
        let lightning = app.ui_type == "Lightning";
        row(&json!({
            "Id": app.id,
            "DurableId": app.id,
            "DeveloperName": app.developer_name,
            "Label": app.label,
            "MasterLabel": app.label,
            "NamespacePrefix": app.namespace_prefix,
            "Description": app.description,
            "HeaderColor": if lightning { "#0070D2".into() } else { Value::Null },
            "LogoUrl": null,
            "UiType": app.ui_type,
            "NavType": app.nav_type,
            "UtilityBar": app.utility_bar,
            "IsOverrideOrgTheme": false,
            "IsSmallFormFactorSupported": lightning,
            "IsMediumFormFactorSupported": false,
            "IsLargeFormFactorSupported": true,
            "IsNavPersonalizationDisabled": false,
            "IsNavAutoTempTabsDisabled": false,
            "IsNavTabPersistenceDisabled": false,
            "IsOmniPinnedViewEnabled": false,
        }))
    })
    .collect()
}

/// `FlexiPage`
pub(super) fn flexi_pages(world: &World) -> Vec<Row> {
    let files = world.stored.of("FlexiPage").filter_map(of_file);
    // What people are said to have made has a name, and nothing inside.
    let made = world.components.iter().filter(|component| component.kind == "FlexiPage");
    let made = made.map(|page| {
        let bar = page.full_name.ends_with("UtilityBar");
        row(&json!({
            "Id": page.id,
            "DeveloperName": page.full_name,
            "MasterLabel": page.full_name.replace('_', " "),
            "FullName": page.full_name,
            "Type": if bar { "UtilityBar" } else { "AppPage" },
            "ManageableState": "unmanaged",
        }))
    });
    files.chain(made).collect()
}

fn of_file(page: &StoredComponent) -> Option<Row> {
    let facts = flexi_page::facts(&page.description)?;
    Some(row(&json!({
        "Id": page.id,
        "DeveloperName": page.full_name,
        "MasterLabel": facts.master_label,
        "NamespacePrefix": null,
        "Description": facts.description,
        "Type": facts.kind,
        "EntityDefinitionId": facts.object,
        "ManageableState": "unmanaged",
        "FullName": page.full_name,
        "Metadata": facts.metadata,
        "CreatedById": page.created_by_id,
        "CreatedDate": rest_time(page.created_date),
        "LastModifiedById": page.last_modified_by_id,
        "LastModifiedDate": rest_time(page.last_modified_date),
    })))
}
