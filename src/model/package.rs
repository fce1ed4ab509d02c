//! Managed packages: offered, being installed, installed.

use std::fmt;

use super::{Observed, PackageVersionId};

/// A version number. Builds do not decide which of two versions is newer for a subscriber.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// First number.
    pub major: u32,
    /// Second number.
    pub minor: u32,
    /// Third number; 0 is not shown.
    pub patch: u32,
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)?;
        if self.patch != 0 {
            write!(formatter, ".{}", self.patch)?;
        }
        Ok(())
    }
}

/// A package that the org has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalledPackage {
    /// Its name.
    pub name: String,
    /// Its namespace.
    pub namespace: Option<String>,
    /// The `033` id that all its versions share, where the org tells it.
    pub package_id: Option<String>,
    /// Which version it is, where the org tells it.
    pub version_id: Option<PackageVersionId>,
    /// Its number, where the org tells it.
    pub version: Option<Version>,
    /// Which generation of packages it is of.
    pub generation: Generation,
    /// Whether it is managed.
    pub managed: bool,
}

/// Generations of packages, which are uninstalled in different ways.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Generation {
    /// First generation, managed.
    First,
    /// Second generation, managed or unlocked.
    Second,
    /// The org does not tell.
    #[default]
    Unknown,
}

/// What the org says of a version that is to be installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedVersion {
    /// The version asked for.
    pub id: PackageVersionId,
    /// What the org knows of it, or its own words where it refuses to tell.
    pub answer: Result<Offer, Refusal>,
}

/// A version that the org can see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The `033` id that all versions of the package share.
    pub package_id: Option<String>,
    /// What the package is called, where the org tells it.
    pub package: Option<PackageName>,
    /// Its number.
    pub version: Version,
    /// `InstallValidationStatus`; `NO_ERRORS_DETECTED` means go.
    pub status: String,
    /// Sites the package wants to call that the org has not authorised yet.
    pub sites: Vec<String>,
}

/// What a package is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageName {
    /// Its name.
    pub name: Option<String>,
    /// Its namespace; an unmanaged package has none.
    pub namespace: Option<String>,
}

/// Why the org tells nothing of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such version, or this org may not see it.
    Unknown {
        /// The org's own words, where it has some.
        message: String,
    },
    /// It needs an installation key.
    KeyRequired {
        /// The org's own words.
        message: String,
    },
    /// The installation key is wrong.
    KeyInvalid {
        /// The org's own words.
        message: String,
    },
}

/// An installation or an uninstallation of a package version that the org knows of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageRequest {
    /// Its id: `0Hf…` of an installation, `06y…` of an uninstallation.
    pub id: String,
    /// The version that comes or goes.
    pub version_id: Option<PackageVersionId>,
    /// Whether it is still running.
    pub running: bool,
    /// Whether the org never called it ended, and nobody waits for it any more.
    pub given_up: bool,
    /// When it was made, as the org writes it.
    pub since: Option<String>,
    /// Who made it.
    pub by: Option<String>,
}

/// What is to be seen of a package's content, by its namespace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackageContents {
    /// Labels of its Lightning apps.
    pub apps: Observed<Vec<String>>,
    /// Names of its reports.
    pub reports: Observed<Vec<String>>,
    /// API names of its custom metadata types.
    pub custom_metadata_types: Observed<Vec<String>>,
}
