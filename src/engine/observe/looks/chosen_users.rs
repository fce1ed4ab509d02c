//! Users whom the configuration chooses: one query a selector, for semi-joins cannot be combined
//! with OR, and a chunk of what it names.

use std::collections::{BTreeMap, BTreeSet};

use salesforce_client::soql::{Literal, in_list, quote};
use salesforce_client::{ApiError, Soql};
use serde::Deserialize;

use super::all;
use super::users::{Row, SELECT};
use crate::engine::observe::burst::Place;
use crate::engine::observe::{Answers, Burst};
use crate::failure::Failure;
use crate::model::{Observed, Ref, Selector, UserId, UserSelection};

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
    let mut ask = |selector: Selector, soql: Soql, plainer: Option<Soql>| {
        number += 1;
        let name = format!("{PREFIX}{}:{number}", key(selector));
        burst.query(&name, soql);
        if let Some(plainer) = plainer {
            burst.or_plainer(name, Place::Data, move |_| Some(plainer));
        }
    };
    for names in wanted.profiles.chunks(CHUNK) {
        if let Some(list) = in_list(names) {
            let soql = Soql::new(SELECT).text("Profile.Name IN ").value(&list);
            ask(Selector::Profiles, soql, None);
        }
    }
    for ids in profile_ids.chunks(CHUNK) {
        if let Some(list) = in_list(ids) {
            ask(Selector::Profiles, Soql::new(SELECT).text("ProfileId IN ").value(&list), None);
        }
    }
    for names in wanted.usernames.chunks(CHUNK) {
        if let Some(list) = in_list(names) {
            ask(Selector::Usernames, Soql::new(SELECT).text("Username IN ").value(&list), None);
        }
    }
    let sets = NamedSets::all(&wanted.permission_sets);
    for sets in &sets {
        let semi_join = sets.among(Soql::new(SELECT).text(ASSIGNED_BY)).text(")");
        ask(Selector::PermissionSets, semi_join, Some(sets.among(Soql::new(SELECT_ASSIGNEES))));
    }
    if let Some(condition) = &wanted.condition {
        ask(Selector::Condition, Soql::new(SELECT).condition(condition), None);
    }
    for (number, sets) in sets.iter().enumerate() {
        ask_groups(burst, number, sets);
    }
}

/// Asks for whoever has one of these sets by a group: such an assignment names the group alone.
fn ask_groups(burst: &mut Burst<'_>, number: usize, sets: &NamedSets) {
    let name = format!("{PREFIX}{}:{BY_GROUP}{number}", key(Selector::PermissionSets));
    let parts = format!("{PARTS}{number}");
    let semi_join =
        Soql::new(SELECT_ASSIGNEES).text("PermissionSetGroupId IN (").text(SELECT_PARTS);
    burst.query(&name, sets.among(semi_join).text(")"));
    burst.query(&parts, sets.among(Soql::new(SELECT_PARTS)));
    burst.or_plainer(name, Place::Data, move |answers| {
        let Ok(Observed::Seen(found)) = answers.rows::<Part>(&parts) else { return None };
        let groups: BTreeSet<String> =
            found.into_iter().map(|it| it.permission_set_group_id).collect();
        let soql = Soql::new(SELECT_ASSIGNEES);
        Some(match in_list(&groups) {
            Some(list) => soql.text("PermissionSetGroupId IN ").value(&list),
            // No group has any of them: nobody.
            None => soql.text("Id = null"),
        })
    });
}

/// Asks for users whom nobody needs to choose: by their ids, or by name where no id is known.
pub(super) fn ask_besides(burst: &mut Burst<'_>, users: &[Ref<UserId>]) {
    let (seen, unseen): (Vec<&Ref<UserId>>, Vec<&Ref<UserId>>) =
        users.iter().partition(|user| user.id.is_some());
    let ids: Vec<&str> = seen.iter().filter_map(|it| Some(it.id.as_ref()?.as_str())).collect();
    let names: Vec<&str> = unseen.iter().map(|user| user.name.as_str()).collect();
    for (number, ids) in ids.chunks(CHUNK).enumerate() {
        if let Some(list) = in_list(ids) {
            let soql = Soql::new(SELECT).text("Id IN ").value(&list);
            burst.query(format!("{BESIDES}id{number}"), soql);
        }
    }
    for (number, names) in names.chunks(CHUNK).enumerate() {
        if let Some(list) = in_list(names) {
            let soql = Soql::new(SELECT).text("Username IN ").value(&list);
            burst.query(format!("{BESIDES}name{number}"), soql);
        }
    }
}

/// What begins the names of those answers.
const BESIDES: &str = "besides:";

/// What the org answers to that.
pub(super) fn rows_besides(answers: &Answers<'_>) -> Result<Observed<Vec<Row>>, Failure> {
    let mut found = Vec::new();
    for name in answers.data().names().filter(|name| name.starts_with(BESIDES)) {
        match answers.rows::<Row>(name)? {
            Observed::Seen(mut rows) => found.append(&mut rows),
            Observed::Refused(refused) => return Ok(Observed::Refused(refused)),
            Observed::Unasked => {}
        }
    }
    Ok(Observed::Seen(found))
}

/// What marks a query for those who have a set by a group.
const BY_GROUP: &str = "group:";

/// The groups of which a set is a part, by a number.
const PARTS: &str = "parts_of_groups:";

const SELECT_PARTS: &str = "SELECT PermissionSetGroupId FROM PermissionSetGroupComponent WHERE ";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Part {
    permission_set_group_id: String,
}

/// Some of the named permission sets, as one condition finds them.
struct NamedSets {
    namespace: Option<Literal>,
    list: Literal,
}

impl NamedSets {
    /// All of them; names with a namespace, `ns__Name`, both ways: the org keeps the two in two fields.
    fn all(names: &[String]) -> Vec<Self> {
        let mut found: Vec<Self> = names
            .chunks(CHUNK)
            .filter_map(|names| Some(Self { namespace: None, list: in_list(names)? }))
            .collect();
        for (namespace, names) in by_namespace(names) {
            let lists = names.chunks(CHUNK).filter_map(in_list);
            found.extend(lists.map(|list| Self { namespace: Some(quote(namespace)), list }));
        }
        found
    }

    /// A query among whose conditions stands that it is one of these sets.
    fn among(&self, soql: Soql) -> Soql {
        match &self.namespace {
            None => soql
                .text("PermissionSet.Name IN ")
                .value(&self.list)
                .text(" OR PermissionSet.Label IN ")
                .value(&self.list),
            Some(namespace) => soql
                .text("PermissionSet.NamespacePrefix = ")
                .value(namespace)
                .text(" AND PermissionSet.Name IN ")
                .value(&self.list),
        }
    }
}

/// Users by their permission sets.
const ASSIGNED_BY: &str = "Id IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE ";

/// The same users, told by their assignments.
const SELECT_ASSIGNEES: &str = "SELECT Assignee.Id, Assignee.Username, Assignee.Name, \
                                Assignee.IsActive, Assignee.UserType, Assignee.ProfileId, \
                                Assignee.CallCenterId FROM PermissionSetAssignment WHERE ";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Assigned {
    assignee: Row,
}

impl From<Assigned> for Row {
    fn from(assigned: Assigned) -> Self {
        assigned.assignee
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
pub(super) fn rows(answers: &Answers<'_>) -> Result<Observed<Vec<(Selector, Row)>>, Failure> {
    let mut found = Vec::new();
    for selector in SELECTORS {
        let prefix = format!("{PREFIX}{}:", key(selector));
        for name in answers.data().names().filter(|name| name.starts_with(&prefix)) {
            if selector == Selector::Condition && condition_refusal(answers).is_some() {
                continue;
            }
            let is_by_group = name.strip_prefix(&prefix).is_some_and(|it| it.starts_with(BY_GROUP));
            let rows = if is_by_group || answers.is_plainer(name) {
                answers.rows::<Assigned>(name)?.map(all)
            } else {
                answers.rows::<Row>(name)?
            };
            match rows {
                Observed::Seen(rows) => {
                    found.extend(rows.into_iter().map(|row| (selector, row)));
                }
                // Whoever is not seen to be chosen would be given back.
                Observed::Refused(refused) => return Ok(Observed::Refused(refused)),
                Observed::Unasked => {}
            }
        }
    }
    Ok(Observed::Seen(found))
}

/// Why the org does not take the condition that the configuration gives: one that it does not understand, or
/// that names a field it does not have or show.
pub(super) fn condition_refusal(answers: &Answers<'_>) -> Option<String> {
    let prefix = format!("{PREFIX}{}:", key(Selector::Condition));
    let name = answers.data().names().find(|name| name.starts_with(&prefix))?;
    let error = answers.refusal(name).filter(|error| is_of_the_condition(error))?;
    Some(match error.message.rsplit_once(":Column:") {
        // Before it stands the query, of which people have written the condition alone.
        Some((_, rest)) => {
            let words = rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).trim();
            format!("{}: {words}", error.code)
        }
        None => error.to_string(),
    })
}

/// Whether a query was refused for what the configuration puts into it.
fn is_of_the_condition(error: &ApiError) -> bool {
    const CODES: [&str; 5] = [
        "INVALID_FIELD",
        "INVALID_QUERY_FILTER_OPERATOR",
        "INVALID_QUERY_SCOPE",
        "INVALID_TYPE",
        "",
    ];
    matches!(error.status, 0 | 400)
        && (error.code.starts_with("MALFORMED_") || CODES.contains(&error.code.as_str()))
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
