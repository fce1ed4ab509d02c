//! Setup objects of the data API.

use super::field::{
    Kind, date, datetime, double, flag, int, kind, long_text, picklist, reference, text,
};
use super::object::SObject;
use super::{apps, people};
use crate::soql::catalog::Restriction;

/// Every setup object of the data API.
pub(super) fn objects() -> Vec<SObject> {
    let mut objects = vec![organization(), user(), call_center(), entity_definition()];
    objects.extend(permissions());
    objects.extend(record_permissions());
    objects.extend(things());
    objects.extend(people::objects());
    objects
}

fn organization() -> SObject {
    SObject::new(
        "Organization",
        "00D",
        vec![
            text("Name", 80),
            picklist(
                "OrganizationType",
                &[
                    "Team Edition",
                    "Professional Edition",
                    "Enterprise Edition",
                    "Developer Edition",
                    "Personal Edition",
                    "Unlimited Edition",
                    "Contact Manager Edition",
                    "Base Edition",
                ],
            ),
            flag("IsSandbox"),
            flag("IsReadOnly"),
            datetime("TrialExpirationDate"),
            text("InstanceName", 5),
            text("NamespacePrefix", 15),
            picklist("LanguageLocaleKey", &["en_US", "de", "ja", "ru"]),
            picklist("DefaultLocaleSidKey", &["en_US", "de_DE", "ja_JP", "ru_RU"]),
            picklist("TimeZoneSidKey", &[]),
        ],
    )
}

/// `User`, which both APIs show.
pub(super) fn user() -> SObject {
    SObject::new(
        "User",
        "005",
        vec![
            text("Username", 80).write().required().lookup(),
            text("FirstName", 40).write(),
            text("LastName", 80).write().required(),
            text("Name", 121).label("Full Name"),
            kind("Email", Kind::Email, 128).write().required(),
            text("Alias", 8).write().required(),
            flag("IsActive").write(),
            datetime("LastLoginDate"),
            reference("ProfileId", "Profile", "Profile").write().required(),
            reference("CallCenterId", "", "CallCenter").write(),
            text("CompanyName", 80).write(),
            text("Department", 80).write(),
            text("Division", 80).write(),
            text("Title", 80).write(),
            text("EmployeeNumber", 20).write(),
            picklist("UserType", &["Standard", "AutomatedProcess", "CloudIntegrationUser"]),
            picklist("TimeZoneSidKey", &[]).write().required(),
            picklist("LocaleSidKey", &[]).write().required(),
            picklist("LanguageLocaleKey", &[]).write().required(),
            picklist("EmailEncodingKey", &["UTF-8", "ISO-8859-1"]).write().required(),
        ],
    )
    .creates()
    .updates()
}

/// `Profile`, which both APIs show.
pub(super) fn profile() -> SObject {
    let mut fields = vec![
        text("Name", 255),
        text("Description", 255),
        picklist("UserType", &["Standard", "PowerCustomerSuccess", "Guest"]),
    ];
    fields.push(reference("UserLicenseId", "UserLicense", "UserLicense"));
    fields.extend(people::permissions());
    SObject::new("Profile", "00e", fields)
}

/// `RecordType`, which both APIs show.
pub(super) fn record_type() -> SObject {
    SObject::new(
        "RecordType",
        "012",
        vec![
            text("Name", 80),
            text("DeveloperName", 80),
            text("NamespacePrefix", 15),
            text("Description", 255),
            picklist("SobjectType", &["Account", "Case", "Contact", "Task"]),
            flag("IsActive"),
        ],
    )
}

/// `ApexClass`, which both APIs show.
pub(super) fn apex_class() -> SObject {
    SObject::new(
        "ApexClass",
        "01p",
        vec![
            text("Name", 255),
            text("NamespacePrefix", 15),
            double("ApiVersion"),
            picklist("Status", &["Active", "Deleted", "Inactive"]),
            flag("IsValid"),
            long_text("Body", 1_000_000),
            int("LengthWithoutComments"),
            picklist("ManageableState", &["unmanaged", "installed"]),
        ],
    )
}

/// `EntityDefinition`, which both APIs show.
pub(super) fn entity_definition() -> SObject {
    SObject::virtual_object(
        "EntityDefinition",
        vec![
            text("DurableId", 255),
            text("QualifiedApiName", 255),
            text("DeveloperName", 255),
            text("NamespacePrefix", 15),
            text("Label", 255),
            text("PluralLabel", 255),
            text("KeyPrefix", 3),
            flag("IsCustomizable"),
            flag("IsQueryable"),
            flag("IsLayoutable"),
        ],
    )
    .restricted(Restriction::Virtual)
}

fn call_center() -> SObject {
    SObject::new(
        "CallCenter",
        "04v",
        vec![
            text("Name", 80).create().required(),
            text("InternalName", 80).create().required(),
            text("AdapterUrl", 2000).create(),
            text("CustomSettings", 4000).create().no_filter(),
            double("Version"),
        ],
    )
    .creates()
    .of_feature(|features| features.call_center)
}

fn permissions() -> Vec<SObject> {
    let mut set = vec![
        text("Name", 80).write().required(),
        text("Label", 80).write().required(),
        text("Description", 255).write(),
        text("NamespacePrefix", 15),
        flag("IsCustom"),
        flag("IsOwnedByProfile"),
        reference("ProfileId", "Profile", "Profile"),
        picklist("Type", &["Regular", "Profile", "Group"]),
        reference("PermissionSetGroupId", "PermissionSetGroup", "PermissionSetGroup"),
    ];
    set.extend(people::permissions().map(super::Field::write));
    vec![
        profile(),
        record_type(),
        SObject::new("PermissionSet", "0PS", set).creates().updates().deletes(),
        SObject::new(
            "PermissionSetAssignment",
            "0Pa",
            vec![
                reference("AssigneeId", "Assignee", "User").create().required(),
                reference("PermissionSetId", "PermissionSet", "PermissionSet").create().required(),
                reference("PermissionSetGroupId", "PermissionSetGroup", "PermissionSetGroup")
                    .create(),
                flag("IsActive"),
            ],
        )
        .creates()
        .deletes(),
        SObject::new(
            "PermissionSetGroup",
            "0PG",
            vec![
                text("DeveloperName", 80),
                text("MasterLabel", 80),
                text("NamespacePrefix", 15),
                text("Description", 255),
                picklist("Status", &["Updated", "Outdated", "Updating", "Failed"]),
            ],
        ),
        SObject::new(
            "PermissionSetGroupComponent",
            "0PH",
            vec![
                reference("PermissionSetGroupId", "PermissionSetGroup", "PermissionSetGroup"),
                reference("PermissionSetId", "PermissionSet", "PermissionSet"),
            ],
        ),
        SObject::new(
            "SetupEntityAccess",
            "0J0",
            vec![
                reference("ParentId", "Parent", "PermissionSet").create().required(),
                reference("SetupEntityId", "", "ApexClass").create().required(),
                picklist(
                    "SetupEntityType",
                    &["ApexClass", "ApexPage", "ServicePresenceStatus", "TabSet"],
                ),
            ],
        )
        .creates()
        .deletes(),
        SObject::new(
            "PermissionSetLicense",
            "0PL",
            vec![
                text("DeveloperName", 80),
                text("MasterLabel", 80),
                text("PermissionSetLicenseKey", 40),
                picklist("Status", &["Active", "Disabled"]),
                int("TotalLicenses"),
                int("UsedLicenses"),
            ],
        ),
        SObject::new(
            "PackageLicense",
            "050",
            vec![
                text("NamespacePrefix", 15),
                picklist("Status", &["Active", "Expired", "Free", "Trial"]),
                int("AllowedLicenses"),
                int("UsedLicenses"),
                date("ExpirationDate"),
            ],
        ),
        SObject::new(
            "UserPackageLicense",
            "051",
            vec![
                reference("PackageLicenseId", "PackageLicense", "PackageLicense")
                    .create()
                    .required(),
                reference("UserId", "User", "User").create().required(),
            ],
        )
        .creates()
        .deletes(),
    ]
}

/// What profiles and permission sets let people do with records.
fn record_permissions() -> Vec<SObject> {
    vec![
        SObject::new(
            "FieldPermissions",
            "01k",
            vec![
                reference("ParentId", "Parent", "PermissionSet"),
                picklist("SobjectType", &[]),
                picklist("Field", &[]),
                flag("PermissionsRead"),
                flag("PermissionsEdit"),
            ],
        ),
        SObject::new(
            "ObjectPermissions",
            "110",
            vec![
                reference("ParentId", "Parent", "PermissionSet"),
                picklist("SobjectType", &[]),
                flag("PermissionsRead"),
                flag("PermissionsCreate"),
                flag("PermissionsEdit"),
                flag("PermissionsDelete"),
                flag("PermissionsViewAllRecords"),
                flag("PermissionsModifyAllRecords"),
            ],
        ),
    ]
}

/// `SetupAuditTrail`: what it writes of a change is nothing that queries can filter by.
fn setup_audit_trail() -> SObject {
    SObject::new(
        "SetupAuditTrail",
        "0Ym",
        vec![
            text("Action", 120),
            text("Section", 40),
            text("Display", 1000).no_filter(),
            text("DelegateUser", 1333),
        ],
    )
}

fn things() -> Vec<SObject> {
    vec![
        apex_class(),
        setup_audit_trail(),
        SObject::new(
            "AsyncApexJob",
            "707",
            vec![
                reference("ApexClassId", "ApexClass", "ApexClass"),
                picklist("JobType", &["ScheduledApex", "BatchApex", "Queueable", "Future"]),
                picklist("Status", &["Queued", "Processing", "Completed", "Aborted", "Failed"]),
                reference("CronTriggerId", "CronTrigger", "CronTrigger"),
            ],
        ),
        SObject::new("CronJobDetail", "08a", vec![text("Name", 255), picklist("JobType", &["7"])]),
        SObject::new(
            "CronTrigger",
            "08e",
            vec![
                reference("CronJobDetailId", "CronJobDetail", "CronJobDetail"),
                text("CronExpression", 255),
                picklist("State", &["WAITING", "ACQUIRED", "COMPLETE"]),
            ],
        ),
        SObject::new(
            "ServicePresenceStatus",
            "0N5",
            vec![text("DeveloperName", 80), text("MasterLabel", 80)],
        )
        .plural("Presence Statuses")
        .of_feature(|features| features.omni_channel),
        apps::app_definition(),
        apps::app_menu_item(),
        SObject::new(
            "Folder",
            "00l",
            vec![
                text("Name", 40),
                text("DeveloperName", 80),
                text("NamespacePrefix", 15),
                picklist("Type", &["Report", "Dashboard"]),
            ],
        ),
        SObject::new(
            "Report",
            "00O",
            vec![
                text("Name", 40),
                text("DeveloperName", 80),
                text("NamespacePrefix", 15),
                text("FolderName", 256),
                reference("OwnerId", "", "Folder"),
            ],
        ),
        SObject::new(
            "Dashboard",
            "01Z",
            vec![
                text("Title", 80),
                text("DeveloperName", 80),
                text("NamespacePrefix", 15),
                text("FolderName", 256),
                reference("FolderId", "", "Folder"),
            ],
        ),
    ]
}
