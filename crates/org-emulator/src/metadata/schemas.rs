//! The elements of each deployable type.

use super::schema::{Field, Kind, Type};

/// An element that may be there once.
const fn one(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: false, many: false }
}

/// An element that must be there once.
const fn must(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: true, many: false }
}

/// An element that may be there any number of times.
const fn many(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: false, many: true }
}

/// A call center.
pub(crate) const CALL_CENTER: Type = Type {
    name: "CallCenter",
    fields: &[
        one("fullName", Kind::Text),
        one("adapterUrl", Kind::Text),
        many("contactCenterChannels", Kind::Opaque),
        one("customSettings", Kind::Text),
        must("displayName", Kind::Text),
        must("displayNameLabel", Kind::Text),
        must("internalNameLabel", Kind::Text),
        many("sections", Kind::Nested(&CALL_CENTER_SECTION)),
        many("vendorCallCenterStatusMaps", Kind::Opaque),
        one("version", Kind::Text),
    ],
};

/// A section of a call center.
const CALL_CENTER_SECTION: Type = Type {
    name: "CallCenterSection",
    fields: &[
        many("items", Kind::Nested(&CALL_CENTER_ITEM)),
        must("label", Kind::Text),
        must("name", Kind::Text),
    ],
};

/// An item of a call center.
const CALL_CENTER_ITEM: Type = Type {
    name: "CallCenterItem",
    fields: &[must("name", Kind::Text), must("label", Kind::Text), must("value", Kind::Text)],
};

/// A profile.
pub(crate) const PROFILE: Type = Type {
    name: "Profile",
    fields: &[
        one("fullName", Kind::Text),
        many("agentAccesses", Kind::Opaque),
        many("applicationVisibilities", Kind::Nested(&PROFILE_APPLICATION)),
        many("categoryGroupVisibilities", Kind::Opaque),
        many("classAccesses", Kind::Nested(&PROFILE_CLASS)),
        one("custom", Kind::Boolean),
        many("customMetadataTypeAccesses", Kind::Opaque),
        many("customPermissions", Kind::Opaque),
        many("customSettingAccesses", Kind::Opaque),
        one("description", Kind::Text),
        many("externalDataSourceAccesses", Kind::Opaque),
        many("fieldPermissions", Kind::Nested(&PROFILE_FIELD)),
        many("flowAccesses", Kind::Opaque),
        many("genComputingSummaryDefAccesses", Kind::Opaque),
        many("layoutAssignments", Kind::Nested(&PROFILE_LAYOUT)),
        many("loginFlows", Kind::Opaque),
        one("loginHours", Kind::Opaque),
        many("loginIpRanges", Kind::Opaque),
        many("objectPermissions", Kind::Nested(&PROFILE_OBJECT)),
        many("pageAccesses", Kind::Opaque),
        many("profileActionOverrides", Kind::Opaque),
        many("recordTypeVisibilities", Kind::Opaque),
        many("servicePresenceStatusAccesses", Kind::Nested(&PROFILE_STATUS)),
        many("tabVisibilities", Kind::Opaque),
        one("userLicense", Kind::Text),
        many("userPermissions", Kind::Nested(&PROFILE_PERMISSION)),
    ],
};

/// Which layout a profile sees.
const PROFILE_LAYOUT: Type = Type {
    name: "ProfileLayoutAssignment",
    fields: &[must("layout", Kind::Text), one("recordType", Kind::Text)],
};

/// Which app a profile sees.
const PROFILE_APPLICATION: Type = Type {
    name: "ProfileApplicationVisibility",
    fields: &[
        must("application", Kind::Text),
        must("default", Kind::Boolean),
        must("visible", Kind::Boolean),
    ],
};

/// Which class a profile may use.
const PROFILE_CLASS: Type = Type { name: "ProfileApexClassAccess", fields: &CLASS_ACCESS };

/// What a profile permits.
const PROFILE_PERMISSION: Type = Type { name: "ProfileUserPermission", fields: &USER_PERMISSION };

/// Which presence status a profile may take.
const PROFILE_STATUS: Type =
    Type { name: "ProfileServicePresenceStatusAccess", fields: &STATUS_ACCESS };

const STATUS_ACCESS: [Field; 2] =
    [must("enabled", Kind::Boolean), must("servicePresenceStatus", Kind::Text)];
const CLASS_ACCESS: [Field; 2] = [must("apexClass", Kind::Text), must("enabled", Kind::Boolean)];
const USER_PERMISSION: [Field; 2] = [must("enabled", Kind::Boolean), must("name", Kind::Text)];

/// A permission set.
pub(crate) const PERMISSION_SET: Type = Type {
    name: "PermissionSet",
    fields: &[
        one("fullName", Kind::Text),
        many("agentAccesses", Kind::Opaque),
        many("applicationVisibilities", Kind::Nested(&SET_APPLICATION)),
        many("classAccesses", Kind::Nested(&SET_CLASS)),
        many("customMetadataTypeAccesses", Kind::Opaque),
        many("customPermissions", Kind::Opaque),
        many("customSettingAccesses", Kind::Opaque),
        many("dataspaceScopes", Kind::Opaque),
        one("description", Kind::Text),
        many("emailRoutingAddressAccesses", Kind::Opaque),
        many("externalCredentialPrincipalAccesses", Kind::Opaque),
        many("externalDataSourceAccesses", Kind::Opaque),
        many("fieldPermissions", Kind::Nested(&SET_FIELD)),
        many("flowAccesses", Kind::Opaque),
        many("genComputingSummaryDefAccesses", Kind::Opaque),
        one("hasActivationRequired", Kind::Boolean),
        must("label", Kind::Text),
        one("license", Kind::Text),
        many("objectPermissions", Kind::Nested(&SET_OBJECT)),
        many("pageAccesses", Kind::Opaque),
        many("recordTypeVisibilities", Kind::Opaque),
        many("servicePresenceStatusAccesses", Kind::Nested(&SET_STATUS)),
        many("tabSettings", Kind::Opaque),
        many("userPermissions", Kind::Nested(&SET_PERMISSION)),
    ],
};

/// Which app a permission set shows.
const SET_APPLICATION: Type = Type {
    name: "PermissionSetApplicationVisibility",
    fields: &[
        must("application", Kind::Text),
        one("default", Kind::Boolean),
        must("visible", Kind::Boolean),
    ],
};

/// Which class a permission set allows.
const SET_CLASS: Type = Type { name: "PermissionSetApexClassAccess", fields: &CLASS_ACCESS };

/// Which presence status a permission set allows.
const SET_STATUS: Type =
    Type { name: "PermissionSetServicePresenceStatusAccess", fields: &STATUS_ACCESS };

/// What a permission set permits.
const SET_PERMISSION: Type = Type { name: "PermissionSetUserPermission", fields: &USER_PERMISSION };

/// What a profile lets people do with a field.
const PROFILE_FIELD: Type = Type { name: "ProfileFieldLevelSecurity", fields: &FIELD_ACCESS };

/// What a permission set lets people do with a field.
const SET_FIELD: Type = Type { name: "PermissionSetFieldPermissions", fields: &FIELD_ACCESS };

/// What a profile lets people do with records.
const PROFILE_OBJECT: Type = Type {
    name: "ProfileObjectPermissions",
    fields: &[
        one("allowCreate", Kind::Boolean),
        one("allowDelete", Kind::Boolean),
        one("allowEdit", Kind::Boolean),
        one("allowRead", Kind::Boolean),
        one("modifyAllRecords", Kind::Boolean),
        must("object", Kind::Text),
        one("viewAllFields", Kind::Boolean),
        one("viewAllRecords", Kind::Boolean),
    ],
};

/// What a permission set lets people do with records.
const SET_OBJECT: Type = Type {
    name: "PermissionSetObjectPermissions",
    fields: &[
        must("allowCreate", Kind::Boolean),
        must("allowDelete", Kind::Boolean),
        must("allowEdit", Kind::Boolean),
        must("allowRead", Kind::Boolean),
        must("modifyAllRecords", Kind::Boolean),
        must("object", Kind::Text),
        one("viewAllFields", Kind::Boolean),
        must("viewAllRecords", Kind::Boolean),
    ],
};

const FIELD_ACCESS: [Field; 3] =
    [must("editable", Kind::Boolean), must("field", Kind::Text), one("readable", Kind::Boolean)];

/// A record of a custom metadata type.
pub(crate) const CUSTOM_METADATA: Type = Type {
    name: "CustomMetadata",
    fields: &[
        one("fullName", Kind::Text),
        one("description", Kind::Text),
        one("label", Kind::Text),
        one("protected", Kind::Boolean),
        many("values", Kind::Nested(&CUSTOM_METADATA_VALUE)),
    ],
};

/// A value of such a record.
const CUSTOM_METADATA_VALUE: Type = Type {
    name: "CustomMetadataValue",
    fields: &[must("field", Kind::Text), must("value", Kind::Any)],
};

/// A package to be installed.
pub(crate) const INSTALLED_PACKAGE: Type = Type {
    name: "InstalledPackage",
    fields: &[
        one("fullName", Kind::Text),
        must("activateRSS", Kind::Boolean),
        one("password", Kind::Text),
        one("securityType", Kind::Text),
        must("versionNumber", Kind::Text),
    ],
};

/// What stands beside an Apex class.
pub(crate) const APEX_CLASS: Type = Type {
    name: "ApexClass",
    fields: &[
        one("fullName", Kind::Text),
        must("apiVersion", Kind::Number),
        many("packageVersions", Kind::Opaque),
        must("status", Kind::Word(&["Active", "Deleted", "Inactive"])),
    ],
};

/// A manifest: `package.xml` and its destructive relatives.
pub(crate) const PACKAGE: Type = Type {
    name: "Package",
    fields: &[
        one("fullName", Kind::Text),
        one("apiAccessLevel", Kind::Text),
        one("description", Kind::Text),
        one("namespacePrefix", Kind::Text),
        many("objectPermissions", Kind::Opaque),
        one("packageType", Kind::Text),
        one("postInstallClass", Kind::Text),
        one("setupWeblink", Kind::Text),
        many("types", Kind::Nested(&PACKAGE_TYPE)),
        one("uninstallClass", Kind::Text),
        one("version", Kind::Text),
    ],
};

/// The members of one type.
const PACKAGE_TYPE: Type = Type {
    name: "PackageTypeMembers",
    fields: &[many("members", Kind::Text), must("name", Kind::Text)],
};
