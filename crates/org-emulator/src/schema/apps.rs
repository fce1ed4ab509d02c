//! Apps and Lightning pages.

use super::field::{Kind, reference};
use super::field::{complex, flag, int, kind, picklist, text};
use super::object::SObject;
use crate::soql::catalog::Restriction;

/// `AppDefinition` of the data API.
pub(super) fn app_definition() -> SObject {
    SObject::virtual_object(
        "AppDefinition",
        vec![
            super::field::id(),
            text("DurableId", 255),
            text("DeveloperName", 80),
            text("Label", 1000),
            text("MasterLabel", 40),
            text("NamespacePrefix", 15),
            text("Description", 255),
            text("HeaderColor", 20),
            kind("LogoUrl", Kind::Url, 255),
            picklist("UiType", &["Aloha", "Lightning"]),
            picklist("NavType", &["Standard", "Console"]),
            text("UtilityBar", 80).label("Utility Bar Name"),
            flag("IsOverrideOrgTheme"),
            flag("IsSmallFormFactorSupported"),
            flag("IsMediumFormFactorSupported"),
            flag("IsLargeFormFactorSupported"),
            flag("IsNavPersonalizationDisabled"),
            flag("IsNavAutoTempTabsDisabled"),
            flag("IsNavTabPersistenceDisabled"),
            flag("IsOmniPinnedViewEnabled"),
        ],
    )
    .restricted(Restriction::Virtual)
}

/// `AppMenuItem` of the data API.
pub(super) fn app_menu_item() -> SObject {
    SObject::new(
        "AppMenuItem",
        "0DS",
        vec![
            text("ApplicationId", 18),
            text("Name", 80),
            text("Label", 80),
            text("NamespacePrefix", 15),
            text("Description", 255),
            picklist("Type", &["ConnectedApplication", "ServiceProvider", "TabSet"]),
            int("SortOrder"),
            flag("IsVisible"),
            flag("IsAccessible"),
        ],
    )
}

/// `FlexiPage` of the Tooling API.
pub(super) fn flexi_page() -> SObject {
    SObject::new(
        "FlexiPage",
        "0M0",
        vec![
            text("DeveloperName", 80),
            text("MasterLabel", 80),
            text("NamespacePrefix", 15),
            text("Description", 255),
            picklist("Type", &["AppPage", "HomePage", "RecordPage", "UtilityBar"]),
            reference("EntityDefinitionId", "EntityDefinition", "EntityDefinition"),
            picklist("ManageableState", &["unmanaged", "installed"]),
            text("FullName", 255).no_filter(),
            complex("Metadata"),
        ],
    )
}
