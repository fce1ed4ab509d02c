//! From paths in a package to components and back.

use super::{MetadataType, Shape, all};

/// What a path in a package is of.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Place<'p> {
    /// The type whose directory it lies in.
    pub(crate) kind: &'static MetadataType,
    /// The component's name, as the path spells it.
    pub(crate) name: &'p str,
    /// What part of the component it is.
    pub(crate) role: Role,
}

/// What part of a component a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The XML that describes it.
    Description,
    /// What is described: source, image, letter.
    Content,
    /// The XML that describes a folder.
    Folder,
    /// One file of a directory.
    Piece,
}

/// The component that a path in a package belongs to.
pub(crate) fn place(path: &str) -> Option<Place<'_>> {
    let (directory, rest) = path.split_once('/')?;
    all().iter().filter(|kind| kind.directory == directory).find_map(|kind| {
        let (name, role) = kind.part(rest)?;
        let whole = name.split('/').all(|step| !step.is_empty());
        whole.then_some(Place { kind, name, role })
    })
}

impl MetadataType {
    /// Name and role of a file of this type.
    fn part<'p>(&self, rest: &'p str) -> Option<(&'p str, Role)> {
        let described = rest.strip_suffix("-meta.xml");
        let plain = |path: &'p str| path.strip_suffix(self.suffix.as_deref()?)?.strip_suffix('.');
        let inside = |found: Option<&'p str>| found.filter(|name| name.contains('/'));
        let top = |found: Option<&'p str>| found.filter(|name| !name.contains('/'));
        match self.shape {
            Shape::File => top(plain(rest)).map(|name| (name, Role::Description)),
            Shape::Content => match described {
                Some(content) => top(plain(content)).map(|name| (name, Role::Description)),
                None => top(plain(rest)).map(|name| (name, Role::Content)),
            },
            Shape::Folder => match described {
                Some(folder) => Some((folder, Role::Folder)),
                None => inside(plain(rest)).map(|name| (name, Role::Description)),
            },
            Shape::Letter => match described {
                Some(content) => inside(plain(content))
                    .map(|name| (name, Role::Description))
                    .or(Some((content, Role::Folder))),
                None => inside(plain(rest)).map(|name| (name, Role::Content)),
            },
            Shape::Document => {
                let last = described.and_then(|path| path.rsplit('/').next());
                match described {
                    Some(content) if last.is_some_and(|last| last.contains('.')) => {
                        inside(Some(content)).map(|name| (name, Role::Description))
                    }
                    Some(folder) => Some((folder, Role::Folder)),
                    None => inside(Some(rest)).map(|name| (name, Role::Content)),
                }
            }
            Shape::Bundle => rest.split_once('/').map(|(name, _)| (name, Role::Piece)),
            Shape::Site => match rest.split_once('/') {
                Some((name, _)) => Some((name, Role::Piece)),
                None => described.and_then(plain).map(|name| (name, Role::Piece)),
            },
            Shape::Space => {
                let (end, _) = rest.match_indices('/').nth(1)?;
                Some((&rest[..end], Role::Piece))
            }
        }
    }

    /// Where the content of a component lies, if it has any beside its description.
    pub(crate) fn content_path(&self, name: &str) -> Option<String> {
        let suffix = self.suffix.as_ref().map(|suffix| format!(".{suffix}")).unwrap_or_default();
        self.meta_file().then(|| format!("{}/{name}{suffix}", self.directory))
    }

    /// Where the description of a component lies; for a directory of files, the directory.
    pub(crate) fn path(&self, name: &str) -> String {
        match (self.content_path(name), self.shape, &self.suffix) {
            (Some(content), ..) => format!("{content}-meta.xml"),
            (None, Shape::File | Shape::Folder, Some(suffix)) => {
                format!("{}/{name}.{suffix}", self.directory)
            }
            _ => format!("{}/{name}", self.directory),
        }
    }

    /// Where the description of a folder lies.
    pub(crate) fn folder_path(&self, name: &str) -> String {
        format!("{}/{name}-meta.xml", self.directory)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_told_by_its_path() {
        use Role::{Content, Description, Folder, Piece};
        for (path, kind, name, role) in [
            ("layouts/Task-A b.layout", "Layout", "Task-A b", Description),
            ("classes/A.cls", "ApexClass", "A", Content),
            ("classes/A.cls-meta.xml", "ApexClass", "A", Description),
            ("reports/A/B/C.report", "Report", "A/B/C", Description),
            ("reports/A/B-meta.xml", "Report", "A/B", Folder),
            ("email/unfiled$public/Hi.email", "EmailTemplate", "unfiled$public/Hi", Content),
            ("email/A/Hi.email-meta.xml", "EmailTemplate", "A/Hi", Description),
            ("email/A-meta.xml", "EmailTemplate", "A", Folder),
            ("documents/A/x.png", "Document", "A/x.png", Content),
            ("documents/A/x.png-meta.xml", "Document", "A/x.png", Description),
            ("documents/A-meta.xml", "Document", "A", Folder),
            ("lwc/a/a.js-meta.xml", "LightningComponentBundle", "a", Piece),
            ("experiences/a.site-meta.xml", "ExperienceBundle", "a", Piece),
            ("experiences/a/config/a.json", "ExperienceBundle", "a", Piece),
            ("digitalExperiences/site/a/x/y.json", "DigitalExperienceBundle", "site/a", Piece),
            ("wave/A.wdash", "WaveDashboard", "A", Content),
            ("wave/A.wapp", "WaveApplication", "A", Description),
            ("settings/Account.settings", "Settings", "Account", Description),
        ] {
            let found = place(path).unwrap_or_else(|| panic!("{path} is nothing"));
            assert_eq!((found.kind.name, found.name, found.role), (kind, name, role), "{path}");
            let back = match role {
                Description => Some(found.kind.path(name)),
                Content => found.kind.content_path(name),
                Folder => Some(found.kind.folder_path(name)),
                Piece => None,
            };
            assert!(back.is_none_or(|back| back == path), "{path}");
        }
        for path in ["layouts/A.txt", "layouts/.layout", "reports/A.report", "x/y", "package.xml"] {
            assert_eq!(place(path), None, "{path}");
        }
    }
}
