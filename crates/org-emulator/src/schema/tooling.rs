//! Objects of the Tooling API.

use super::field::{complex, datetime, flag, id, int, picklist, reference, text};
use super::object::SObject;
use super::{apps, setup};
use crate::soql::catalog::Restriction;

/// Every object of the Tooling API.
pub(super) fn objects() -> Vec<SObject> {
    let mut objects = vec![
        setup::user(),
        setup::profile(),
        setup::record_type(),
        setup::apex_class(),
        setup::entity_definition(),
    ];
    for object in &mut objects {
        object.createable = false;
        object.updateable = false;
    }
    objects.extend(packages());
    objects.extend(pages());
    objects.push(apps::flexi_page());
    objects.push(deploy_request());
    objects.push(metadata_component_dependency());
    objects
}

fn packages() -> Vec<SObject> {
    vec![
        SObject::virtual_object(
            "InstalledSubscriberPackage",
            vec![
                id(),
                reference("SubscriberPackageId", "SubscriberPackage", "SubscriberPackage"),
                reference(
                    "SubscriberPackageVersionId",
                    "SubscriberPackageVersion",
                    "SubscriberPackageVersion",
                ),
                reference("MinPackageVersionId", "", "SubscriberPackageVersion"),
            ],
        ),
        SObject::virtual_object(
            "SubscriberPackage",
            vec![
                id(),
                text("Name", 255),
                text("NamespacePrefix", 15),
                text("Description", 4000),
                flag("IsPackageValid"),
            ],
        )
        .restricted(Restriction::OneId),
        subscriber_package_version(),
        package_install_request(),
        uninstall_request(),
        uninstall_request_error(),
    ]
}

fn subscriber_package_version() -> SObject {
    SObject::virtual_object(
        "SubscriberPackageVersion",
        vec![
            id(),
            reference("SubscriberPackageId", "SubscriberPackage", "SubscriberPackage"),
            text("Name", 80).no_filter(),
            text("Description", 4000).no_filter(),
            text("PublisherName", 255).no_filter(),
            int("MajorVersion").no_filter(),
            int("MinorVersion").no_filter(),
            int("PatchVersion").no_filter(),
            int("BuildNumber").no_filter(),
            picklist("ReleaseState", &["Released", "Beta"]).no_filter(),
            flag("IsManaged").no_filter(),
            flag("IsBeta").no_filter(),
            flag("IsDeprecated").no_filter(),
            flag("IsPasswordProtected").no_filter(),
            flag("IsSecurityReviewed").no_filter(),
            flag("IsOrgDependent").no_filter(),
            picklist("Package2ContainerOptions", &["Managed", "Unlocked", "Locked"]).no_filter(),
            picklist("InstallValidationStatus", &[]).no_filter(),
            text("PostInstallUrl", 255).no_filter(),
            text("ReleaseNotesUrl", 255).no_filter(),
            text("InstallationKey", 255),
            complex("RemoteSiteSettings"),
            complex("CspTrustedSites"),
            complex("Profiles"),
            complex("Dependencies"),
            text("AppExchangePackageName", 255).no_filter(),
            text("AppExchangeDescription", 4000).no_filter(),
            text("AppExchangePublisherName", 255).no_filter(),
            text("AppExchangeLogoUrl", 255).no_filter(),
        ],
    )
    .restricted(Restriction::OneId)
}

fn package_install_request() -> SObject {
    SObject::new(
        "PackageInstallRequest",
        "0Hf",
        vec![
            flag("IsDeleted"),
            text("SubscriberPackageVersionKey", 255).create().required(),
            picklist("NameConflictResolution", &["Block", "RenameMetadata"]).create(),
            picklist("SecurityType", &["Full", "None", "Custom", "Push"]).create(),
            picklist("PackageInstallSource", &["U", "R", "D", "S", "A"]).create(),
            complex("ProfileMappings").create(),
            text("Password", 255).create(),
            flag("EnableRss").create(),
            picklist("UpgradeType", &["delete-only", "deprecate-only", "mixed-mode"]).create(),
            picklist("ApexCompileType", &["all", "package"]).create(),
            text("SkipHandlers", 255).create(),
            picklist("Status", &["InProgress", "Success", "Error", "Unknown", "Canceled"]),
            complex("Errors"),
        ],
    )
    .creates()
}

fn uninstall_request() -> SObject {
    SObject::new(
        "SubscriberPackageVersionUninstallRequest",
        "06y",
        vec![
            flag("IsDeleted"),
            reference("SubscriberPackageVersionId", "", "SubscriberPackageVersion")
                .create()
                .required(),
            picklist("Status", &["Queued", "InProgress", "Success", "Error"]).no_filter(),
        ],
    )
    .creates()
}

fn uninstall_request_error() -> SObject {
    SObject::new(
        "PackageVersionUninstallRequestError",
        "1vp",
        vec![
            flag("IsDeleted"),
            text("Message", 4000),
            reference(
                "ParentRequestId",
                "ParentRequest",
                "SubscriberPackageVersionUninstallRequest",
            ),
        ],
    )
}

fn pages() -> Vec<SObject> {
    vec![
        SObject::virtual_object(
            "ProfileLayout",
            vec![
                id(),
                reference("ProfileId", "Profile", "Profile"),
                reference("LayoutId", "Layout", "Layout"),
                reference("RecordTypeId", "RecordType", "RecordType"),
                text("TableEnumOrId", 40),
            ],
        ),
        SObject::new(
            "Layout",
            "00h",
            vec![
                text("Name", 80),
                text("NamespacePrefix", 15),
                picklist("ManageableState", &["unmanaged", "installed"]),
                text("TableEnumOrId", 40),
                picklist("LayoutType", &["Standard", "ProcessDefinition"]),
                reference("EntityDefinitionId", "EntityDefinition", "EntityDefinition"),
            ],
        ),
    ]
}

fn deploy_request() -> SObject {
    SObject::new(
        "DeployRequest",
        "0Af",
        vec![
            picklist("Status", &["Pending", "InProgress", "Succeeded", "Failed", "Canceled"]),
            picklist("Type", &["Api", "Changeset"]),
            flag("CheckOnly"),
            flag("RollbackOnError"),
            flag("IgnoreWarnings"),
            picklist("TestLevel", &["NoTestRun", "RunSpecifiedTests", "RunLocalTests"]),
            text("StateDetail", 255),
            text("ErrorMessage", 255).no_sort(),
            int("NumberComponentsTotal"),
            int("NumberComponentsDeployed"),
            int("NumberComponentErrors"),
            int("NumberTestsTotal"),
            int("NumberTestsCompleted"),
            int("NumberTestErrors"),
            datetime("StartDate"),
            datetime("CompletedDate"),
        ],
    )
}

fn metadata_component_dependency() -> SObject {
    let mut fields = Vec::new();
    for end in ["MetadataComponent", "RefMetadataComponent"] {
        fields.push(reference(&format!("{end}Id"), "", ""));
        fields.push(text(&format!("{end}Name"), 255).no_filter());
        fields.push(text(&format!("{end}Namespace"), 15).no_sort());
        fields.push(text(&format!("{end}Type"), 255).no_sort());
    }
    SObject::virtual_object("MetadataComponentDependency", fields)
        .restricted(Restriction::Dependencies)
}
