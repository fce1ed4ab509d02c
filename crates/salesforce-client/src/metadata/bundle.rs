//! What one deploy carries: component files and the manifest, in a zip archive.
//!
//! The same components make the same bytes, whatever the order they were added in and whenever they are packed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::access::{self, PermissionSetRecord};
use super::call_center::{self, CallCenterRecord};
use super::custom_metadata::{self, CustomMetadataFile};
use super::flexi_page::{self, FlexiPageRecord};
use super::names::is_file_name;
use super::profile::{self, ProfileSettings};
use super::{NAMESPACE, encode_name};
use crate::xml::{Forbidden, Xml};
use crate::{ApiVersion, Error};

/// The components of one deploy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    version: ApiVersion,
    files: BTreeMap<String, Vec<u8>>,
    members: Members,
    doomed: Members,
}

/// Full names by metadata type.
type Members = BTreeMap<&'static str, BTreeSet<String>>;

/// Why a component cannot be packed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// A text that no file can hold.
    #[error("{kind} \"{name}\" cannot be written: {reason}")]
    Text {
        /// The metadata type.
        kind: &'static str,
        /// The component.
        name: String,
        /// Which character.
        reason: Forbidden,
    },
    /// A name that no file can have.
    #[error("{kind} \"{name}\" cannot be packed: its name is not a full name; is it \"{}\"?", encode_name(.name))]
    Name {
        /// The metadata type.
        kind: &'static str,
        /// The component.
        name: String,
    },
    /// The same component twice: one would silently replace the other.
    #[error("{kind} \"{name}\" is packed twice")]
    Twice {
        /// The metadata type.
        kind: &'static str,
        /// The component.
        name: String,
    },
    /// The archive could not be written.
    #[error("the archive cannot be written: {0}")]
    Archive(String),
}

/// The manifest of what is deleted. Deletions of this name come before everything else of a deploy;
/// nothing that is deployed here builds on what goes.
const DESTRUCTIVE: &str = "destructiveChanges.xml";

impl From<BundleError> for Error {
    fn from(error: BundleError) -> Self {
        Error::protocol("pack the changes", error.to_string())
    }
}

impl Bundle {
    /// No components yet.
    pub fn new(version: ApiVersion) -> Bundle {
        Bundle { version, files: BTreeMap::new(), members: Members::new(), doomed: Members::new() }
    }

    /// Adds a call center.
    pub fn call_center(&mut self, record: &CallCenterRecord) -> Result<(), BundleError> {
        let file = call_center::write_file(record);
        self.add("CallCenter", &record.full_name, "callCenters", "callCenter", file)
    }

    /// Adds settings of a profile.
    pub fn profile(&mut self, settings: &ProfileSettings) -> Result<(), BundleError> {
        let file = profile::write_file(settings);
        self.add("Profile", &settings.profile, "profiles", "profile", file)
    }

    /// Adds a permission set.
    pub fn permission_set(&mut self, set: &PermissionSetRecord) -> Result<(), BundleError> {
        let file = access::write_file(set);
        self.add("PermissionSet", &set.full_name, "permissionsets", "permissionset", file)
    }

    /// Adds an Apex class: its source, and beside it what the source cannot say.
    ///
    /// `status` is `Active` or `Inactive`.
    pub fn apex_class(
        &mut self,
        name: &str,
        source: &str,
        status: &str,
    ) -> Result<(), BundleError> {
        let mut xml = Xml::indented();
        xml.element("ApexClass", &[("xmlns", NAMESPACE)], |xml| {
            xml.text("apiVersion", &self.version.to_string());
            xml.text("status", status);
        });
        let meta = xml.finish().map_err(|reason| BundleError::Text {
            kind: "ApexClass",
            name: name.to_owned(),
            reason,
        })?;
        self.add("ApexClass", name, "classes", "cls", Ok(source.as_bytes().to_vec()))?;
        self.files.insert(format!("classes/{name}.cls-meta.xml"), meta);
        Ok(())
    }

    /// Adds values of a custom metadata record.
    pub fn custom_metadata(&mut self, record: &CustomMetadataFile) -> Result<(), BundleError> {
        let file = custom_metadata::write_file(record);
        self.add("CustomMetadata", &record.full_name, "customMetadata", "md", file)
    }

    /// Adds a Lightning page.
    pub fn flexi_page(&mut self, page: &FlexiPageRecord) -> Result<(), BundleError> {
        let file = flexi_page::write_file(page);
        self.add("FlexiPage", &page.full_name, "flexipages", "flexipage", file)
    }

    /// Adds a component that is to be deleted.
    ///
    /// An `InstalledPackage` is deleted by its namespace, and must be alone.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy_deleting_files.htm>
    pub fn destroy(&mut self, kind: &'static str, name: &str) -> Result<(), BundleError> {
        if self.doomed.entry(kind).or_default().insert(name.to_owned()) {
            Ok(())
        } else {
            Err(BundleError::Twice { kind, name: name.to_owned() })
        }
    }

    fn add(
        &mut self,
        kind: &'static str,
        name: &str,
        folder: &str,
        suffix: &str,
        file: Result<Vec<u8>, Forbidden>,
    ) -> Result<(), BundleError> {
        if !is_file_name(name) {
            return Err(BundleError::Name { kind, name: name.to_owned() });
        }
        let bytes =
            file.map_err(|reason| BundleError::Text { kind, name: name.to_owned(), reason })?;
        let path = format!("{folder}/{name}.{suffix}");
        if !self.members.entry(kind).or_default().insert(name.to_owned()) {
            return Err(BundleError::Twice { kind, name: name.to_owned() });
        }
        self.files.insert(path, bytes);
        Ok(())
    }

    /// Whether there is nothing to deploy.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.doomed.is_empty()
    }

    /// The components: type and full name.
    pub fn members(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.members
            .iter()
            .flat_map(|(kind, names)| names.iter().map(|name| (*kind, name.as_str())))
    }

    /// The components that are to be deleted: type and full name.
    pub fn doomed(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.doomed.iter().flat_map(|(kind, names)| names.iter().map(|name| (*kind, name.as_str())))
    }

    /// The component files by their paths in the archive, the manifest left out.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The manifest, `package.xml`.
    pub fn manifest(&self) -> Result<Vec<u8>, BundleError> {
        self.manifest_of(&self.members, "package.xml")
    }

    fn manifest_of(&self, members: &Members, name: &str) -> Result<Vec<u8>, BundleError> {
        let mut xml = Xml::indented();
        xml.element("Package", &[("xmlns", NAMESPACE)], |xml| {
            for (kind, names) in members {
                xml.group("types", |xml| {
                    for name in names {
                        xml.text("members", name);
                    }
                    xml.text("name", kind);
                });
            }
            xml.text("version", &self.version.to_string());
        });
        xml.finish().map_err(|reason| {
            let name = name.to_owned();
            BundleError::Text { kind: "Package", name, reason }
        })
    }

    /// The archive.
    pub fn to_zip(&self) -> Result<Vec<u8>, BundleError> {
        let manifest = self.manifest()?;
        let doomed = if self.doomed.is_empty() {
            None
        } else {
            Some(self.manifest_of(&self.doomed, DESTRUCTIVE)?)
        };
        let all = std::iter::once(("package.xml", manifest.as_slice()))
            .chain(doomed.as_deref().map(|doomed| (DESTRUCTIVE, doomed)))
            .chain(self.files());
        let failed = |error: &dyn std::fmt::Display| BundleError::Archive(error.to_string());
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, bytes) in all {
            // The default carries a fixed date, so that the bytes do not depend on the clock.
            zip.start_file(path, SimpleFileOptions::DEFAULT).map_err(|error| failed(&error))?;
            zip.write_all(bytes).map_err(|error| failed(&error))?;
        }
        Ok(zip.finish().map_err(|error| failed(&error))?.into_inner())
    }
}
