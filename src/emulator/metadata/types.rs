//! The metadata types that this org knows of: where their files are, and what can be done.

/// A metadata type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MetadataType {
    /// E.g. `CallCenter`.
    pub(crate) name: &'static str,
    /// Its folder in an archive.
    pub(crate) directory: &'static str,
    /// How its files end, without the dot; nothing for children of other types.
    pub(crate) suffix: Option<&'static str>,
    /// Whether each file has a `-meta.xml` beside it.
    pub(crate) meta_file: bool,
    /// Whether its components lie in folders, which `listMetadata` then must be told.
    pub(crate) in_folder: bool,
    /// Types that live in its files.
    pub(crate) children: &'static [&'static str],
}

/// A type with ordinary files.
const fn plain(name: &'static str, directory: &'static str, suffix: &'static str) -> MetadataType {
    MetadataType {
        name,
        directory,
        suffix: Some(suffix),
        meta_file: false,
        in_folder: false,
        children: &[],
    }
}

/// Every type, as `describeMetadata` lists them.
pub(crate) const TYPES: [MetadataType; 10] = [
    MetadataType { meta_file: true, ..plain("ApexClass", "classes", "cls") },
    plain("CallCenter", "callCenters", "callCenter"),
    plain("CustomApplication", "applications", "app"),
    plain("CustomMetadata", "customMetadata", "md"),
    MetadataType {
        children: &["CustomField", "RecordType"],
        ..plain("CustomObject", "objects", "object")
    },
    plain("InstalledPackage", "installedPackages", "installedPackage"),
    plain("Layout", "layouts", "layout"),
    plain("PermissionSet", "permissionsets", "permissionset"),
    plain("Profile", "profiles", "profile"),
    MetadataType { in_folder: true, ..plain("Report", "reports", "report") },
];

/// The type of that name.
pub(crate) fn by_name(name: &str) -> Option<&'static MetadataType> {
    TYPES.iter().find(|kind| kind.name == name)
}

/// The type whose files lie in a folder.
pub(crate) fn by_directory(directory: &str) -> Option<&'static MetadataType> {
    TYPES.iter().find(|kind| kind.directory == directory)
}
