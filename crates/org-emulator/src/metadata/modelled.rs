//! Types of metadata that the world has a model of, beside the files that it keeps of every type.

/// A type of metadata that the world has a model of.
///
/// Whoever lists, shows, deploys or deletes components asks [`Modelled::of`] and has an arm for each, so
/// that the compiler names every place that a new one needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Modelled {
    ApexClass,
    CallCenter,
    CustomApplication,
    CustomField,
    CustomMetadata,
    CustomObject,
    InstalledPackage,
    Layout,
    PermissionSet,
    Profile,
    RecordType,
    Report,
    ReportFolder,
}

/// All of them, by their names in the API: a type is registered here, and nowhere else.
const NAMES: [(&str, Modelled); 13] = [
    ("ApexClass", Modelled::ApexClass),
    ("CallCenter", Modelled::CallCenter),
    ("CustomApplication", Modelled::CustomApplication),
    ("CustomField", Modelled::CustomField),
    ("CustomMetadata", Modelled::CustomMetadata),
    ("CustomObject", Modelled::CustomObject),
    ("InstalledPackage", Modelled::InstalledPackage),
    ("Layout", Modelled::Layout),
    ("PermissionSet", Modelled::PermissionSet),
    ("Profile", Modelled::Profile),
    ("RecordType", Modelled::RecordType),
    ("Report", Modelled::Report),
    ("ReportFolder", Modelled::ReportFolder),
];

impl Modelled {
    /// The type of that name; `None` where only files are kept of it.
    pub(crate) fn of(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::types;

    #[test]
    fn each_is_a_type_that_the_api_knows() {
        for (name, kind) in NAMES {
            let known = types::by_name(name).is_some()
                || types::child(name).is_some()
                || types::by_folder_type(name).is_some();
            assert!(known, "{name}");
            assert_eq!(format!("{kind:?}"), name);
        }
    }
}
