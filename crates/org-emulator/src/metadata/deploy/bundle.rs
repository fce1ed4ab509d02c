//! Finds the packages in an archive and the components in a package.

use super::super::types::{self, MetadataType, Place, Role};
use super::archive::Archive;

/// A package: a `package.xml` and the files beside it.
#[derive(Debug)]
pub(super) struct Bundle<'a> {
    /// Path of its directory with a slash behind it; empty for the root.
    pub(super) prefix: String,
    /// Its files by path within the package.
    pub(super) files: Vec<(&'a str, &'a [u8])>,
}

/// A component and its files.
#[derive(Debug)]
pub(super) struct Component<'a> {
    /// The type whose directory it lies in.
    pub(super) kind: &'static MetadataType,
    /// Its type, which is another for folders.
    pub(super) type_name: &'static str,
    /// Its name as the file spells it.
    pub(super) name: String,
    /// Its path in the zip file.
    pub(super) path: String,
    /// The file; nothing where it is a directory of `files`.
    pub(super) content: &'a [u8],
    /// The `-meta.xml` beside it, with its path.
    pub(super) meta: Option<(String, &'a [u8])>,
    /// The files that do not describe it, by path within the package.
    pub(super) files: Vec<(&'a str, &'a [u8])>,
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
        let (mut components, mut strays) = (Vec::<Component<'a>>::new(), Vec::new());
        for (path, content) in self.files.iter().filter(|(path, _)| !is_manifest(path)) {
            let Some(place) = types::place(path) else {
                strays.push(*path);
                continue;
            };
            let Place { kind, name, role } = place;
            let described = kind.meta_file() && role == Role::Description;
            if described && self.is_described(&place) {
                continue;
            }
            let type_name = match role {
                Role::Folder => kind.folder_type().unwrap_or(kind.name),
                _ => kind.name,
            };
            if described {
                strays.push(*path);
            } else if role != Role::Piece {
                let content_file = (role == Role::Content).then_some((*path, *content));
                components.push(Component {
                    kind,
                    type_name,
                    name: name.to_owned(),
                    path: format!("{}{path}", self.prefix),
                    content,
                    meta: self.meta(&place),
                    files: content_file.into_iter().collect(),
                });
            } else if let Some(known) =
                components.iter_mut().find(|one| one.type_name == type_name && one.name == name)
            {
                known.files.push((path, content));
            } else {
                components.push(Component {
                    kind,
                    type_name,
                    name: name.to_owned(),
                    path: format!("{}{}", self.prefix, kind.path(name)),
                    content: b"",
                    meta: None,
                    files: vec![(path, content)],
                });
            }
        }
        (components, strays)
    }

    /// The `-meta.xml` of a content file.
    fn meta(&self, place: &Place<'_>) -> Option<(String, &'a [u8])> {
        let path = place.kind.path(place.name);
        let content = self.file(&path).filter(|_| place.role == Role::Content)?;
        Some((format!("{}{path}", self.prefix), content))
    }

    /// Whether what a `-meta.xml` describes is there.
    fn is_described(&self, place: &Place<'_>) -> bool {
        place.kind.content_path(place.name).is_some_and(|path| self.file(&path).is_some())
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
