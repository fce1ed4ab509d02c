//! `[orgs.ALIAS]`: what differs for one org.

use std::collections::BTreeSet;

use super::MAX_SIZE;
use super::key;
use super::keys;
use super::mistake::{Mistake, MistakeKind, Mistakes};
use super::scope::{Located, Scope};
use super::tree::{Entry, Table, Value};
use crate::model::nearest;

/// The configuration, taken apart by orgs.
pub(super) struct Orgs {
    /// What holds for the chosen org.
    pub(super) chosen: Table,
    /// What holds without an org.
    pub(super) base: Table,
    /// What is laid over it elsewhere: for each other org by its alias, and nothing where none is chosen.
    pub(super) others: Vec<(Option<String>, Table)>,
    pub(super) protected: bool,
    pub(super) login: Option<String>,
    pub(super) instance_url: Option<String>,
}

/// The tree of a text that is read in full, and judged, elsewhere.
fn parse(text: &str) -> Table {
    if text.len() > MAX_SIZE {
        return Table::default();
    }
    Table::parse(text, &Mistakes::default())
}

/// What a configuration says of the org at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrgAt {
    /// It has no tables of orgs at all.
    NoTables,
    /// It has tables of orgs, and none of them names the address.
    Unnamed,
    /// The org's alias.
    Alias(String),
}

/// Finds the org whose `instance_url` is that address. A text that is no TOML has none; whoever
/// reads it in full says why.
pub fn org_at(text: &str, url: &str) -> OrgAt {
    let root = parse(text);
    let Some(Value::Table(tables)) = root.entries.get("orgs").map(|entry| &entry.node.value) else {
        return OrgAt::NoTables;
    };
    let alias = tables.entries.iter().find(|(_, org)| {
        let Value::Table(org) = &org.node.value else { return false };
        matches!(
            org.entries.get("instance_url").map(|entry| &entry.node.value),
            Some(Value::Text(found)) if plain(found) == plain(url)
        )
    });
    alias.map_or(OrgAt::Unnamed, |(alias, _)| OrgAt::Alias(alias.clone()))
}

/// Where a configuration says that an org is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrgAddresses {
    /// Where one logs in.
    pub login: Option<String>,
    /// The org's own address.
    pub instance_url: Option<String>,
}

/// What the table of an org says of its addresses; `None` where it has no table.
pub fn org_addresses(text: &str, alias: &str) -> Option<OrgAddresses> {
    let root = parse(text);
    let Value::Table(tables) = &root.entries.get("orgs")?.node.value else { return None };
    let Value::Table(org) = &tables.entries.get(alias)?.node.value else { return None };
    let get = |name: &str| match &org.entries.get(name)?.node.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    Some(OrgAddresses { login: get("login"), instance_url: get("instance_url") })
}

/// Where a configuration says that the Webex organization is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebexPlace {
    /// Its data centre.
    pub data_center: Option<String>,
    /// Its id, as it is written.
    pub org_id: Option<String>,
}

/// What a configuration says of the Webex organization, whatever else is right or wrong in it.
pub fn webex_place(text: &str) -> WebexPlace {
    let root = parse(text);
    let get = |table: &Table, name: &str| match &table.entries.get(name)?.node.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    let org_id = match root.entries.get("webex").map(|entry| &entry.node.value) {
        Some(Value::Table(webex)) => get(webex, "org_id"),
        _ => None,
    };
    WebexPlace { data_center: get(&root, "data_center"), org_id }
}

/// An org that the configuration protects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protected {
    /// Its alias.
    pub alias: String,
    /// Its address, where the configuration has it.
    pub instance_url: Option<String>,
}

/// The orgs that the configuration protects, whichever of them is chosen: one org may be reached under
/// several aliases and addresses.
pub fn protected_orgs(text: &str) -> Vec<Protected> {
    let root = parse(text);
    let Some(Value::Table(tables)) = root.entries.get("orgs").map(|entry| &entry.node.value) else {
        return Vec::new();
    };
    let is_protected = |org: &Table| {
        let value = org.entries.get("protected").map(|entry| &entry.node.value);
        matches!(value, Some(Value::Boolean(true)))
    };
    let tables = tables.entries.iter().filter_map(|(alias, entry)| match &entry.node.value {
        Value::Table(org) if is_protected(org) => Some((alias.clone(), org)),
        _ => None,
    });
    let instance_url = |org: &Table| match org.entries.get("instance_url")?.node.value {
        Value::Text(ref text) => Some(text.clone()),
        _ => None,
    };
    tables.map(|(alias, org)| Protected { alias, instance_url: instance_url(org) }).collect()
}

/// Aliases of the orgs that have a table of their own.
pub fn org_aliases(text: &str) -> Vec<String> {
    let root = parse(text);
    match root.entries.get("orgs").map(|entry| &entry.node.value) {
        Some(Value::Table(tables)) => tables.entries.keys().cloned().collect(),
        _ => Vec::new(),
    }
}

/// Profiles that a configuration names, wherever it does, each once.
pub fn profiles(text: &str) -> Vec<String> {
    fn collect(table: &Table, found: &mut BTreeSet<String>) {
        for (key, entry) in &table.entries {
            match &entry.node.value {
                Value::Table(table) => collect(table, found),
                Value::Array(nodes) if key == "profiles" => {
                    found.extend(nodes.iter().filter_map(|node| match &node.value {
                        Value::Text(text) => Some(text.clone()),
                        _ => None,
                    }));
                }
                _ => {}
            }
        }
    }
    let mut found = BTreeSet::new();
    collect(&parse(text), &mut found);
    found.into_iter().collect()
}

/// Lays the chosen org's table over the rest.
pub(super) fn split(root: &Table, alias: Option<&str>, mistakes: &Mistakes) -> Orgs {
    let mut base = root.clone();
    let mut orgs = Orgs {
        chosen: Table::default(),
        base: Table::default(),
        others: Vec::new(),
        protected: false,
        login: None,
        instance_url: None,
    };
    let Some(entry) = base.entries.remove("orgs") else {
        orgs.chosen = base;
        return orgs;
    };
    let Value::Table(tables) = &entry.node.value else {
        let scope = Scope { table: root, keys: &keys::ROOT, mistakes };
        scope.wrong_type("orgs", &entry.node, "a table of tables: `[orgs.ALIAS]`");
        orgs.chosen = base;
        return orgs;
    };
    let own_keys = key::find(&keys::ROOT, "orgs").map(key::Key::keys).unwrap_or_default();
    let mut chosen = None;
    let mut addresses = Vec::new();
    for name in tables.entries.keys() {
        let scope = Scope { table: tables, keys: &[], mistakes };
        let Some(org) = scope.table(name).map(|org| Scope { keys: own_keys, ..org }) else {
            continue;
        };
        let protected = org.boolean("protected");
        let login = address(&org, "login");
        let instance_url = address(&org, "instance_url");
        check_unlike(&org, &mut addresses);
        let mut over = org.table.clone();
        for key in key::names(own_keys) {
            over.entries.remove(key);
        }
        if alias == Some(name) {
            orgs.protected = protected.unwrap_or(false);
            orgs.login = login;
            orgs.instance_url = instance_url;
            chosen = Some(base.overlaid(&over));
        } else {
            orgs.others.push((Some(name.clone()), over));
        }
    }
    if let (Some(alias), None) = (alias, &chosen)
        && let Some(similar) = nearest(alias, tables.entries.keys().map(String::as_str))
    {
        mistakes.push(
            Mistake::new(
                MistakeKind::Contradiction,
                "orgs",
                format!("The org `{alias}` has no table of its own here, but `{similar}` has one."),
            )
            .at(&tables.entries[similar].key_span, "not used in this run")
            .help("If you misspelled the alias, correct it: this run uses the general values.")
            .warning(),
        );
    }
    match chosen {
        Some(chosen) => {
            orgs.chosen = chosen;
            orgs.others.push((None, Table::default()));
        }
        None => orgs.chosen = base.clone(),
    }
    orgs.base = base;
    orgs
}

/// The address without what does not count.
fn plain(url: &str) -> String {
    url.trim_end_matches('/').to_ascii_lowercase()
}

/// Two orgs of one address contradict each other: `--instance-url` could mean either.
fn check_unlike<'a>(org: &Scope<'a>, addresses: &mut Vec<(String, &'a Entry)>) {
    let Some(entry) = org.entry("instance_url") else { return };
    let Value::Text(url) = &entry.node.value else { return };
    let url = plain(url);
    if let Some((_, earlier)) = addresses.iter().find(|(known, _)| *known == url) {
        org.mistakes.push(
            Mistake::new(
                MistakeKind::TwoSources,
                &entry.path,
                format!("`{}` and `{}` are the same address.", earlier.path, entry.path),
            )
            .at(&entry.node.span, "")
            .related(&earlier.node.span, "the other org")
            .help("One org has one table: remove one of the two, or correct its address."),
        );
    }
    addresses.push((url, entry));
}

fn address(org: &Scope<'_>, key: &str) -> Option<String> {
    let wanted = "an address: \"https://…\"";
    let Located { value, path, span } = org.text(key, wanted)?;
    if value.starts_with("https://") || value.starts_with("http://") {
        return Some(value);
    }
    org.mistakes.push(
        Mistake::new(MistakeKind::NotAllowed, &path, format!("`{path}` must be {wanted}."))
            .at(&span, ""),
    );
    None
}
