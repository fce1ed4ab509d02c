//! Users whom the configuration chooses: one query a selector, for semi-joins cannot be combined
//! with OR, and a chunk of what it names.

use std::collections::BTreeMap;

use salesforce_client::Soql;
use salesforce_client::soql::{in_list, quote};

use super::users::{Row, SELECT};
use crate::engine::observe::{Answers, Burst};
use crate::engine::trouble;
use crate::failure::Failure;
use crate::model::{Selector, UserSelection};

/// Answers are named by this, the selector and a number.
const PREFIX: &str = "chosen:";

/// How many names one query takes: far below what an address can hold, whatever the script.
const CHUNK: usize = 50;

/// The order in which a user's selectors are named.
const SELECTORS: [Selector; 4] =
    [Selector::Profiles, Selector::Usernames, Selector::PermissionSets, Selector::Condition];

/// Asks for whoever is chosen.
pub(super) fn ask(burst: &mut Burst<'_>, wanted: &UserSelection, profile_ids: &[String]) {
    let mut number = 0;
    let mut ask = |selector: Selector, soql: Soql| {
        number += 1;
        burst.query(format!("{PREFIX}{}:{number}", key(selector)), soql);
    };
    for names in wanted.profiles.chunks(CHUNK) {
        if let Some(list) = in_list(names) {
            ask(Selector::Profiles, Soql::new(SELECT).text("Profile.Name IN ").value(&list));
        }
    }
    for ids in profile_ids.chunks(CHUNK) {
        if let Some(list) = in_list(ids) {
            ask(Selector::Profiles, Soql::new(SELECT).text("ProfileId IN ").value(&list));
        }
    }
    for names in wanted.usernames.chunks(CHUNK) {
        if let Some(list) = in_list(names) {
            ask(Selector::Usernames, Soql::new(SELECT).text("Username IN ").value(&list));
        }
    }
    for names in wanted.permission_sets.chunks(CHUNK) {
        let Some(list) = in_list(names) else { continue };
        ask(
            Selector::PermissionSets,
            Soql::new(SELECT)
                .text("Id IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE ")
                .text("PermissionSet.Name IN ")
                .value(&list)
                .text(" OR PermissionSet.Label IN ")
                .value(&list)
                .text(")"),
        );
    }
    for (namespace, names) in by_namespace(&wanted.permission_sets) {
        for names in names.chunks(CHUNK) {
            let Some(list) = in_list(names) else { continue };
            let namespace = quote(namespace);
            ask(
                Selector::PermissionSets,
                Soql::new(SELECT)
                    .text("Id IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE ")
                    .text("PermissionSet.NamespacePrefix = ")
                    .value(&namespace)
                    .text(" AND PermissionSet.Name IN ")
                    .value(&list)
                    .text(")"),
            );
        }
    }
    if let Some(condition) = &wanted.condition {
        ask(Selector::Condition, Soql::new(SELECT).condition(condition));
    }
}

/// Names with a namespace, `ns__Name`: the org keeps the two in two fields.
fn by_namespace(names: &[String]) -> BTreeMap<&str, Vec<&str>> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (namespace, name) in names.iter().filter_map(|name| name.split_once("__")) {
        found.entry(namespace).or_default().push(name);
    }
    found
}

/// Whoever was chosen, and by what.
pub(super) fn rows(answers: &Answers<'_>) -> Result<Vec<(Selector, Row)>, Failure> {
    let mut found = Vec::new();
    for selector in SELECTORS {
        let prefix = format!("{PREFIX}{}:", key(selector));
        for (name, _) in answers.data().iter().filter(|(name, _)| name.starts_with(&prefix)) {
            if selector == Selector::Condition
                && let Some(error) = answers.refusal(name)
            {
                return Err(trouble::condition(error));
            }
            let rows = answers.rows::<Row>(name)?.take_seen();
            found.extend(rows.into_iter().map(|row| (selector, row)));
        }
    }
    Ok(found)
}

/// The selector's part of an answer's name.
fn key(selector: Selector) -> &'static str {
    match selector {
        Selector::Profiles => "profiles",
        Selector::Usernames => "usernames",
        Selector::PermissionSets => "permission_sets",
        Selector::Condition => "where",
    }
}
