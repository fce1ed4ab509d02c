//! Names, files and what of both is synced.

use std::collections::BTreeMap;
use std::io::{self, Cursor, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::survivors::{Chance, Unsynced};
use crate::journal::disk::Listed;

/// A file, whatever its name. A power cut closes it: no id is used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FileId(u64);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Folder,
    File(FileId),
}

/// What a file holds. It only ever grows, so that what is synced is its beginning.
#[derive(Debug, Clone, Default)]
struct FileContent {
    bytes: Vec<u8>,
    synced: usize,
}

/// What a disk holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Contents {
    names: BTreeMap<PathBuf, Node>,
    synced_names: BTreeMap<PathBuf, Node>,
    files: BTreeMap<FileId, FileContent>,
    ids: u64,
}

impl Contents {
    pub(super) fn exists(&self, path: &Path) -> bool {
        is_root(path) || self.names.contains_key(path)
    }

    pub(super) fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        let Some(Node::File(file)) = self.names.get(path) else { return Err(not_found()) };
        let bytes = self.files.get(file).map(|content| content.bytes.clone());
        Ok(Box::new(Cursor::new(bytes.unwrap_or_default())))
    }

    pub(super) fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        self.is_folder(folder)?;
        let inside = self.names.iter().filter(|(path, _)| is_in(path, folder));
        Ok(inside
            .map(|(path, node)| Listed { path: path.clone(), is_folder: *node == Node::Folder })
            .collect())
    }

    pub(super) fn create_folder(&mut self, path: &Path) -> io::Result<()> {
        for folder in path.ancestors().filter(|folder| !is_root(folder)) {
            match self.names.get(folder) {
                Some(Node::File(_)) => return Err(ErrorKind::AlreadyExists.into()),
                Some(Node::Folder) => break,
                None => self.names.insert(folder.to_owned(), Node::Folder),
            };
        }
        Ok(())
    }

    pub(super) fn create(&mut self, path: &Path) -> io::Result<FileId> {
        self.folder_of(path)?;
        if self.exists(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let file = self.new_file(FileContent::default());
        self.names.insert(path.to_owned(), Node::File(file));
        Ok(file)
    }

    /// A name that no file of the folder has.
    pub(super) fn new_name(&self, folder: &Path) -> PathBuf {
        folder.join(format!(".tmp{}", self.ids))
    }

    pub(super) fn append(&mut self, file: FileId, bytes: &[u8]) -> io::Result<()> {
        self.files.get_mut(&file).ok_or_else(not_found)?.bytes.extend_from_slice(bytes);
        Ok(())
    }

    pub(super) fn sync(&mut self, file: FileId) -> io::Result<()> {
        let content = self.files.get_mut(&file).ok_or_else(not_found)?;
        content.synced = content.bytes.len();
        Ok(())
    }

    pub(super) fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        if self.names.get(to) == Some(&Node::Folder) {
            return Err(ErrorKind::IsADirectory.into());
        }
        self.folder_of(to)?;
        let node = self.names.remove(from).ok_or_else(not_found)?;
        self.names.insert(to.to_owned(), node);
        Ok(())
    }

    pub(super) fn remove(&mut self, path: &Path) -> io::Result<()> {
        match self.names.get(path) {
            None => Err(not_found()),
            Some(Node::Folder) => Err(ErrorKind::IsADirectory.into()),
            Some(Node::File(_)) => {
                self.names.remove(path);
                Ok(())
            }
        }
    }

    pub(super) fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        self.is_folder(folder)?;
        self.synced_names.retain(|path, _| !is_in(path, folder));
        let inside = self.names.iter().filter(|(path, _)| is_in(path, folder));
        self.synced_names.extend(inside.map(|(path, node)| (path.clone(), *node)));
        Ok(())
    }

    /// The folder that a file is in, or is to be in.
    pub(super) fn folder_of<'a>(&self, path: &'a Path) -> io::Result<&'a Path> {
        let folder = path.parent().ok_or_else(not_found)?;
        self.is_folder(folder).map(|()| folder)
    }

    fn is_folder(&self, path: &Path) -> io::Result<()> {
        if is_root(path) || self.names.get(path) == Some(&Node::Folder) {
            Ok(())
        } else {
            Err(not_found())
        }
    }

    fn new_file(&mut self, content: FileContent) -> FileId {
        let file = FileId(self.ids);
        self.ids += 1;
        self.files.insert(file, content);
        file
    }

    /// What a power cut leaves.
    pub(super) fn survivors(&self, unsynced: Unsynced) -> Self {
        let mut chance = Chance::of(unsynced);
        let mut left = Self { ids: self.ids, ..Self::default() };
        // In the order of the paths, so that a folder comes before what is in it.
        let mut all: Vec<&PathBuf> = self.names.keys().chain(self.synced_names.keys()).collect();
        all.sort();
        all.dedup();
        for path in all {
            let (new, old) = (self.names.get(path), self.synced_names.get(path));
            let node = if new == old || chance.survives() { new } else { old };
            let Some(node) = node else { continue };
            if left.folder_of(path).is_err() {
                continue;
            }
            let node = match node {
                Node::Folder => Node::Folder,
                Node::File(file) => {
                    let content = self.files.get(file).cloned().unwrap_or_default();
                    let bytes = chance.rest_of(content.bytes, content.synced);
                    Node::File(left.new_file(FileContent { synced: bytes.len(), bytes }))
                }
            };
            left.names.insert(path.clone(), node);
        }
        left.synced_names.clone_from(&left.names);
        left
    }
}

/// The folders that need not be made: the root, and the one that relative paths begin in.
fn is_root(path: &Path) -> bool {
    path.parent().is_none() || path == Path::new(".")
}

/// Whether it is directly in the folder.
fn is_in(path: &Path, folder: &Path) -> bool {
    let parent = path.parent();
    parent == Some(folder) || folder == Path::new(".") && parent == Some(Path::new(""))
}

fn not_found() -> io::Error {
    ErrorKind::NotFound.into()
}
