//! Permission sets that people assign, and who has those that matter.

use std::collections::BTreeSet;

use salesforce_client::Soql;
use salesforce_client::soql::{in_list, quote};
use serde::Deserialize;

use super::{Fetch, all, present};
use crate::checklist::agent_access::managed_set;
use crate::checklist::own_permission_sets;
use crate::engine::observe::burst::Place;
use crate::engine::observe::inquiry::Purpose;
use crate::engine::observe::{Answers, Burst, Inquiry, Observation, Taking};
use crate::failure::Failure;
use crate::model::{
    Baseline, ConnectorWish, Observed, PermissionSet, PermissionSetAssignment, PermissionSetId,
    Target, UserId, Way,
};

const SETS: &str = "permission_sets:";
/// The sets that stand for groups.
const GROUPS: &str = "permission_set_groups";
const ASSIGNMENTS: &str = "set_assignments";
/// Who has the connector's own sets without being in a call center.
const OWN_ASSIGNMENTS: &str = "own_assignments";

const SELECT: &str = "SELECT Id, AssigneeId, Assignee.Username, PermissionSetId \
                      FROM PermissionSetAssignment WHERE ";

/// What begins the condition for permission sets of a package.
const PACKAGED: &str = "PermissionSet.NamespacePrefix = ";

pub(super) struct PermissionSets;

impl Fetch for PermissionSets {
    /// Every permission set, for a wrong name deserves a suggestion; and who has the wanted ones.
    fn ask<'a>(&self, inquiry: &'a Inquiry<'a>, _: &Observation, burst: &mut Burst<'a>) {
        // Sets that stand for groups cannot be assigned by themselves.
        burst.query(
            SETS,
            Soql::new(
                "SELECT Id, Name, Label, NamespacePrefix FROM PermissionSet \
                 WHERE IsOwnedByProfile = false AND Type != 'Group'",
            ),
        );
        // Those that stand for groups are among them then: assigning one is refused by the org.
        let with_groups = || {
            Soql::new(
                "SELECT Id, Name, Label, NamespacePrefix FROM PermissionSet \
                 WHERE IsOwnedByProfile = false",
            )
        };
        burst.or_plainer(SETS, Place::Data, move |_| Some(with_groups()));
        if inquiry.desired.is_some_and(|desired| !desired.users.permission_sets.is_empty()) {
            burst.query(
                GROUPS,
                Soql::new(
                    "SELECT Id, Name, Label, NamespacePrefix FROM PermissionSet WHERE Type = 'Group'",
                ),
            );
        }
        match inquiry.purpose {
            Purpose::Run(order) => {
                // An uninstallation takes all of the package's from people; elsewhere, its sets may go
                // by names of another language.
                let packaged = inquiry
                    .recipe
                    .filter(|recipe| order == Way::Remove || !recipe.permission_sets.is_empty());
                let namespace = packaged.map(|recipe| recipe.namespace.as_str());
                let mut wanted = inquiry.permission_sets.clone();
                if order == Way::Remove {
                    // Whoever works with another generation has that one's in the place of ours.
                    wanted.extend(own_permission_sets().map(str::to_owned));
                }
                let soql = of_run(&wanted, namespace);
                if let Some(soql) = soql {
                    burst.query(ASSIGNMENTS, soql);
                }
            }
            Purpose::Survey => of_survey(inquiry, burst),
        }
    }

    fn take(
        &self,
        _: &Inquiry<'_>,
        answers: &Answers<'_>,
        taking: &mut Taking<'_>,
    ) -> Result<(), Failure> {
        taking.state.permission_sets = answers.rows::<SetRow>(SETS)?.map(all);
        taking.state.permission_set_groups = answers.rows::<SetRow>(GROUPS)?.map(all);
        let given = answers.rows::<SetAssignmentRow>(ASSIGNMENTS)?.map(all);
        let own = answers.rows::<SetAssignmentRow>(OWN_ASSIGNMENTS)?.map(all);
        let known = &mut taking.state.permission_set_assignments;
        match (given, own) {
            (Observed::Unasked, Observed::Unasked) => {}
            (given, Observed::Unasked) => *known = given,
            (given, own) => *known = given.and(own).map(|(given, own)| each_once(given, own)),
        }
        Ok(())
    }
}

fn each_once(
    mut given: Vec<PermissionSetAssignment>,
    own: Vec<PermissionSetAssignment>,
) -> Vec<PermissionSetAssignment> {
    let ids: BTreeSet<String> = given.iter().map(|given| given.id.clone()).collect();
    given.extend(own.into_iter().filter(|own| !ids.contains(&own.id)));
    given
}

/// API names and labels of the sets that a configuration wants, or that an earlier run gave: they
/// may have to be taken back.
pub(in crate::engine::observe) fn wanted(
    desired: &ConnectorWish,
    baseline: &Baseline,
) -> BTreeSet<String> {
    let own = std::iter::once(desired.recipe.omni_sync.permission_set.clone());
    let of_agents = managed_set(desired).map(str::to_owned);
    let of_package = desired.recipe.permission_sets.iter().cloned();
    let given = baseline.entries.iter().filter_map(|entry| match &entry.target {
        Target::PermissionSetAssignment { set, .. } => Some(set.name.clone()),
        _ => None,
    });
    desired
        .permission_sets
        .iter()
        .cloned()
        .chain(of_package)
        .chain(own)
        .chain(of_agents)
        .chain(given)
        .collect()
}

/// Who has the wanted sets, and those of the package of that namespace.
fn of_run(wanted: &BTreeSet<String>, namespace: Option<&str>) -> Option<Soql> {
    let plain = wanted.iter().map(|name| name.rsplit("__").next().unwrap_or(name));
    let names: BTreeSet<&str> = wanted.iter().map(String::as_str).chain(plain).collect();
    let by_name = in_list(names).map(|list| {
        Soql::new(SELECT)
            .text("PermissionSet.Name IN ")
            .value(&list)
            .text(" OR PermissionSet.Label IN ")
            .value(&list)
    });
    let Some(namespace) = namespace.map(quote) else { return by_name };
    let asked = by_name.map_or_else(|| Soql::new(SELECT), |by_name| by_name.text(" OR "));
    Some(asked.text(PACKAGED).value(&namespace))
}

/// What users of call centers have, and who else has the connector's own sets.
fn of_survey(inquiry: &Inquiry<'_>, burst: &mut Burst<'_>) {
    burst.query(
        ASSIGNMENTS,
        Soql::new(SELECT).text(
            "PermissionSet.IsOwnedByProfile = false \
             AND AssigneeId IN (SELECT Id FROM User WHERE CallCenterId != null)",
        ),
    );
    let of_everybody = || Soql::new(SELECT).text("PermissionSet.IsOwnedByProfile = false");
    burst.or_plainer(ASSIGNMENTS, Place::Data, move |_| Some(of_everybody()));
    let known = || inquiry.recipe.iter().chain(&inquiry.others);
    let of_sync = known().map(|it| it.omni_sync.permission_set.as_str());
    let own = of_sync.chain(known().map(|it| it.agent_access.permission_set.as_str()));
    let Some(namespaces) = in_list(known().map(|it| it.namespace.as_str())) else { return };
    let of_packages =
        Soql::new(SELECT).text("PermissionSet.NamespacePrefix IN ").value(&namespaces);
    let named = inquiry.permission_sets.iter().map(String::as_str);
    let plain = named.clone().map(|name| name.rsplit("__").next().unwrap_or(name));
    // Not every generation has a set of our own.
    let soql = match in_list(own.chain(named.clone()).chain(plain)) {
        Some(own) => of_packages.text(" OR PermissionSet.Name IN ").value(&own),
        None => of_packages,
    };
    let soql = match in_list(named) {
        Some(labels) => soql.text(" OR PermissionSet.Label IN ").value(&labels),
        None => soql,
    };
    burst.query(OWN_ASSIGNMENTS, soql);
}

/// Who has these permission sets, asked right after some were assigned.
pub(in crate::engine) fn assignments_of(sets: &[&str]) -> Option<Soql> {
    let list = in_list(sets)?;
    Some(Soql::new(SELECT).text("PermissionSetId IN ").value(&list))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SetRow {
    id: PermissionSetId,
    name: String,
    label: String,
    #[serde(deserialize_with = "present")]
    namespace_prefix: Option<String>,
}

impl From<SetRow> for PermissionSet {
    fn from(row: SetRow) -> Self {
        Self { id: row.id, namespace: row.namespace_prefix, name: row.name, label: row.label }
    }
}

/// A permission set that a user has.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::engine) struct SetAssignmentRow {
    id: String,
    assignee_id: UserId,
    #[serde(deserialize_with = "present")]
    assignee: Option<AssigneeRow>,
    permission_set_id: PermissionSetId,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AssigneeRow {
    username: String,
}

impl From<SetAssignmentRow> for PermissionSetAssignment {
    fn from(row: SetAssignmentRow) -> Self {
        Self {
            id: row.id,
            user: row.assignee_id,
            username: row.assignee.map(|assignee| assignee.username).unwrap_or_default(),
            permission_set: row.permission_set_id,
        }
    }
}
