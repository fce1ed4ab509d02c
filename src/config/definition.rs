//! `call_center.definition`: a name of a built-in definition, or a file.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::definitions::{self, SetupFile};
use crate::model::Definition;

use super::ReadFile;
use super::mistake::{Mistake, MistakeKind, Mistakes};
use super::scope::{Located, quoted};
use crate::model::Source;
use crate::model::nearest;

type Cache = Rc<RefCell<BTreeMap<String, Option<Rc<SetupFile>>>>>;

/// Finds definitions; a file is read once.
pub(super) struct Definitions<'a> {
    read: Option<&'a ReadFile<'a>>,
    files: Cache,
}

/// A definition that was found.
pub(super) struct Found {
    pub(super) definition: Definition,
    pub(super) file: Option<Rc<SetupFile>>,
}

impl<'a> Definitions<'a> {
    pub(super) fn new(read: &'a ReadFile<'a>) -> Self {
        Self { read: Some(read), files: Cache::default() }
    }

    /// The same without reading any more files.
    pub(super) fn known_only(&self) -> Definitions<'static> {
        Definitions { read: None, files: Rc::clone(&self.files) }
    }

    /// The definition that the configuration names.
    pub(super) fn find(&self, name: &Located<String>, mistakes: &Mistakes) -> Option<Found> {
        if let Some(definition) = definitions::built_in(&name.value) {
            return Some(Found { definition, file: None });
        }
        if !looks_like_a_file(&name.value) {
            mistakes.push(
                Mistake::new(
                    MistakeKind::NotAllowed,
                    &name.path,
                    format!("There is no built-in definition {}.", quoted(&name.value)),
                )
                .at(&name.span, "")
                .allowed(definitions::names())
                .suggestion(nearest(&name.value, definitions::names()))
                .help("A definition file is named by its path: \"./definition.xml\"."),
            );
            return None;
        }
        let file = self.file(name, mistakes)?;
        Some(Found { definition: file.define(&name.value), file: Some(file) })
    }

    /// The bytes of another file that the configuration names; `None` where no file is read any
    /// more. `what` is what it is: `The desktop layout`.
    pub(super) fn bytes(
        &self,
        what: &str,
        name: &Located<String>,
        mistakes: &Mistakes,
    ) -> Option<Vec<u8>> {
        match self.read?(&name.value) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                let message = format!("{what} {} cannot be read: {error}.", quoted(&name.value));
                mistakes.push(
                    Mistake::new(MistakeKind::Definition, &name.path, message)
                        .at(&name.span, "")
                        .help("Paths are relative to the folder of the configuration."),
                );
                None
            }
        }
    }

    fn file(&self, name: &Located<String>, mistakes: &Mistakes) -> Option<Rc<SetupFile>> {
        if let Some(known) = self.files.borrow().get(&name.value) {
            return known.clone();
        }
        let file = read_file(self.read?, name, mistakes).map(Rc::new);
        self.files.borrow_mut().insert(name.value.clone(), file.clone());
        file
    }
}

fn read_file(
    read: &ReadFile<'_>,
    name: &Located<String>,
    mistakes: &Mistakes,
) -> Option<SetupFile> {
    let wrong = |message: String| {
        Mistake::new(MistakeKind::Definition, &name.path, message).at(&name.span, "")
    };
    let bytes = match read(&name.value) {
        Ok(bytes) => bytes,
        Err(error) => {
            mistakes.push(
                wrong(format!("The definition {} cannot be read: {error}.", quoted(&name.value)))
                    .allowed(definitions::names())
                    .help("Paths are relative to the folder of the configuration."),
            );
            return None;
        }
    };
    let source = || {
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        Source::new(&name.value, text)
    };
    match SetupFile::read(&bytes) {
        Ok(file) => {
            for note in &file.notes {
                let mut mistake = wrong(note.message.clone()).warning();
                mistake.elsewhere = Some((source(), note.span.clone()));
                mistakes.push(mistake);
            }
            Some(file)
        }
        Err(wrongs) => {
            for found in wrongs {
                let mut mistake = wrong(format!(
                    "The definition {} cannot be used. {}",
                    quoted(&name.value),
                    found.message
                ));
                if let Some(help) = found.help {
                    mistake = mistake.help(help);
                }
                mistake.elsewhere = found.span.map(|span| (source(), span));
                mistakes.push(mistake);
            }
            None
        }
    }
}

fn looks_like_a_file(name: &str) -> bool {
    name.contains(['/', '\\', '.'])
}
