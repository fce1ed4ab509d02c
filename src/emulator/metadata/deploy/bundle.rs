//! Finds the packages in an archive and the components in a package.

use super::super::types::{self, MetadataType};
use super::archive::Archive;

/// A package: a `package.xml` and the files beside it.
#[derive(Debug)]
pub(super) struct Bundle<'a> {
    /// Path of its directory with a slash behind it; empty for the root.
    pub(super) prefix: String,
    /// Its files by path within the package.
    pub(super) files: Vec<(&'a str, &'a [u8])>,
}

/// A component's file.
#[derive(Debug)]
pub(super) struct Component<'a> {
    /// Its type.
    pub(super) kind: &'static MetadataType,
    /// Its name as the file spells it.
    pub(super) name: String,
    /// Its path in the zip file.
    pub(super) path: String,
    /// The file.
    pub(super) content: &'a [u8],
    /// The `-meta.xml` beside it, with its path.
    pub(super) meta: Option<(String, &'a [u8])>,
}

/// The packages of an archive. A single package lies at the root or, as the sf CLI sends it, in
/// one directory; otherwise each directory at the top is a package.
pub(super) fn bundles(archive: &Archive, single: bool) -> Vec<Bundle<'_>> {
    let wrapped = !archive.files.contains_key("package.xml") && archive.directories.len() == 1;
    let prefixes = if single && !wrapped {
        vec![String::new()]
    } else {
        archive.directories.iter().map(|name| format!("{name}/")).collect()
    };
    let mut found: Vec<Bundle<'_>> =
        prefixes.into_iter().map(|prefix| Bundle { prefix, files: Vec::new() }).collect();
    for bundle in &mut found {
        let inside = |path: &'_ str| path.starts_with(&bundle.prefix);
        let files = archive.files.iter().filter(|(path, _)| inside(path));
        bundle.files = files
            .map(|(path, content)| (&path[bundle.prefix.len()..], content.as_slice()))
            .collect();
    }
    found
}

impl<'a> Bundle<'a> {
    /// A file of the package.
    pub(super) fn file(&self, path: &str) -> Option<&'a [u8]> {
        self.files.iter().find(|(known, _)| *known == path).map(|(_, content)| *content)
    }

    /// Its components, and the paths of files that are none.
    pub(super) fn components(&self) -> (Vec<Component<'a>>, Vec<&'a str>) {
        let (mut components, mut strays) = (Vec::new(), Vec::new());
        for (path, content) in &self.files {
            if is_manifest(path) {
                continue;
            }
            match component(path) {
                Some((kind, name)) => components.push(Component {
                    kind,
                    name: name.to_owned(),
                    path: format!("{}{path}", self.prefix),
                    content,
                    meta: self.meta(kind, path),
                }),
                None if self.belongs_to_other(path) => {}
                None => strays.push(*path),
            }
        }
        (components, strays)
    }

    /// The `-meta.xml` of a file.
    fn meta(&self, kind: &MetadataType, path: &str) -> Option<(String, &'a [u8])> {
        let path = format!("{path}-meta.xml");
        let content = self.file(&path).filter(|_| kind.meta_file)?;
        Some((format!("{}{path}", self.prefix), content))
    }

    /// Whether a file is the `-meta.xml` of a component that is there.
    fn belongs_to_other(&self, path: &str) -> bool {
        let owner = path.strip_suffix("-meta.xml");
        owner.is_some_and(|owner| {
            component(owner).is_some_and(|(kind, _)| kind.meta_file) && self.file(owner).is_some()
        })
    }
}

/// Whether a file names components instead of being one.
fn is_manifest(path: &str) -> bool {
    matches!(
        path,
        "package.xml"
            | "destructiveChanges.xml"
            | "destructiveChangesPre.xml"
            | "destructiveChangesPost.xml"
    )
}

/// Type and name of a component's file.
fn component(path: &str) -> Option<(&'static MetadataType, &str)> {
    let (directory, file) = path.split_once('/')?;
    let kind = types::by_directory(directory)?;
    let name = file.strip_suffix(kind.suffix?)?.strip_suffix('.')?;
    (!name.is_empty()).then_some((kind, name))
}
