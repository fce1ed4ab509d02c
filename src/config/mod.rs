//! `provision.toml`: from its text to what is wanted, with mistakes pointed at.
//!
//! The text becomes a tree whose parts know their places; the table of the chosen org is laid over
//! the rest; then each section is read by its own file into [`crate::model::ConnectorWish`]. All mistakes
//! are found in one go. Nothing here does I/O: definition files are read through a function that
//! the caller hands in.

mod access;
mod agent_access;
mod call_center;
mod confirmed;
mod custom_metadata;
mod definition;
mod draft;
mod foreign;
mod hash;
mod key;
mod keys;
mod loaded;
mod mapping_rows;
mod mistake;
mod orgs;
mod package;
mod people;
mod recipe_overrides;
mod resolve;
mod schema;
mod scope;
mod setting_value;
mod softphone_layout;
mod softphone_layout_keys;
mod template;
mod tree;
mod uninstall;
mod webex;
mod webex_keys;
mod written;

use std::collections::BTreeMap;
use std::io;

pub use crate::definitions::MAX_SIZE as MAX_DEFINITION_SIZE;
pub use confirmed::write_confirmation;
pub use draft::{RefusedValues, Written, write_draft};
pub use loaded::{DefinitionFile, Loaded, Origin};
pub use mistake::{ConfigErrors, MistakeKind};
pub use orgs::{
    OrgAddresses, OrgAt, Protected, WebexPlace, org_addresses, org_aliases, org_at, profiles,
    protected_orgs, webex_place,
};
pub use schema::schema;
pub use template::{count_places, template, template_of};
pub use written::has_words;

use crate::model::{Diagnostic, Source};
use definition::Definitions;
use mistake::{Mistake, Mistakes};
use tree::Table;

/// The largest configuration that is read.
pub const MAX_SIZE: usize = 1024 * 1024;

/// Reads the bytes of a definition file, by the path or URL that the configuration names.
///
/// Paths are relative to the folder of the configuration.
pub type ReadFile<'a> = dyn Fn(&str) -> io::Result<Vec<u8>> + 'a;

/// The configuration of `--org demo`.
pub fn built_in_demo() -> &'static str {
    include_str!("../../metadata/demo.toml")
}

/// The configuration of `--org demo-v2`: Version 2 of the connector.
pub fn built_in_demo_of_version_2() -> &'static str {
    include_str!("../../metadata/demo_v2.toml")
}

/// A file that the configuration of `--org demo` names, in the place of one on a disk.
pub fn built_in_demo_file(path: &str) -> io::Result<Vec<u8>> {
    match path {
        "desktop_layout.json" => {
            Ok(include_bytes!("../../metadata/demo_desktop_layout.json").to_vec())
        }
        _ => Err(io::ErrorKind::NotFound.into()),
    }
}

/// Reads a configuration for an org.
///
/// `org_alias` chooses the table below `[orgs]` that is laid over the rest; the tables of other
/// orgs are checked as far as that goes without them.
pub fn load(
    text: &str,
    file_name: &str,
    org_alias: Option<&str>,
    read: &ReadFile<'_>,
) -> Result<Loaded, ConfigErrors> {
    Configuration::parse(text, file_name)?.load(org_alias, read)
}

/// A configuration's text that was read once, to be loaded for one org after another.
pub struct Configuration {
    source: Source,
    root: Table,
    /// What is wrong with the table of an org, or below all of them, by itself: found for the first org that is
    /// loaded, for with hundreds of orgs each would look through the tables of all others.
    known: BTreeMap<Option<String>, Vec<Mistake>>,
}

impl Configuration {
    /// Reads the text's form.
    pub fn parse(text: &str, file_name: &str) -> Result<Self, ConfigErrors> {
        let source = Source::new(file_name, text);
        let mistakes = Mistakes::default();
        if text.len() > MAX_SIZE {
            mistakes.push(Mistake::new(
                MistakeKind::Syntax,
                "",
                "The configuration is larger than 1 MiB.",
            ));
            return Err(errors(&source, mistakes.sorted()));
        }
        let root = Table::parse(text, &mistakes);
        let syntax = mistakes.sorted();
        if !syntax.is_empty() {
            // What follows from half a tree would only confuse.
            return Err(errors(&source, syntax));
        }
        Ok(Self { source, root, known: BTreeMap::new() })
    }

    /// What it says for an org, as [`load`] has it.
    pub fn load(
        &mut self,
        org_alias: Option<&str>,
        read: &ReadFile<'_>,
    ) -> Result<Loaded, ConfigErrors> {
        let Self { source, root, known } = self;
        let mistakes = Mistakes::default();
        let orgs = orgs::split(root, org_alias, &mistakes);
        let definitions = Definitions::new(read);
        let resolution = resolve::resolve(&orgs.chosen, &mistakes, &definitions);
        // What another org's table, or the table below the chosen org's, gets wrong by itself.
        for (alias, over) in orgs.others {
            let theirs = known.entry(alias).or_insert_with(|| {
                let theirs = Mistakes::default();
                let other = orgs.base.overlaid(&over);
                resolve::resolve(&other, &theirs, &definitions.known_only());
                theirs.sorted().into_iter().filter(|mistake| mistake.kind.is_local()).collect()
            });
            theirs.iter().cloned().for_each(|mistake| mistakes.push(mistake));
        }
        let (warnings, wrong): (Vec<Mistake>, Vec<Mistake>) =
            mistakes.sorted().into_iter().partition(|mistake| !mistake.is_error());
        match resolution.desired {
            Some(desired) if wrong.is_empty() => Ok(Loaded {
                hash: hash::hash(&desired),
                desired,
                protected: orgs.protected,
                login: orgs.login,
                instance_url: orgs.instance_url,
                origins: resolution.origins,
                places: loaded::places(&orgs.chosen),
                warnings: diagnostics(source, warnings),
                source: source.clone(),
                definition_file: resolution.file,
            }),
            _ => Err(errors(source, wrong)),
        }
    }
}

fn errors(source: &Source, mistakes: Vec<Mistake>) -> ConfigErrors {
    ConfigErrors { diagnostics: diagnostics(source, mistakes) }
}

fn diagnostics(source: &Source, mistakes: Vec<Mistake>) -> Vec<Diagnostic> {
    mistakes.into_iter().map(|mistake| mistake.diagnostic(source)).collect()
}

#[cfg(test)]
mod tests;
