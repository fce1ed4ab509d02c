//! The queries of an observation: one place for every field name that is read.

use std::collections::BTreeSet;

use salesforce_client::composite::MAX_QUERIES;
use salesforce_client::packages::OfferedPackage;
use salesforce_client::soql::{Name, either_in_chunks, in_list, like_prefix, quote};
use salesforce_client::{Batch, Composite, Soql, metadata, packages};
use secrecy::SecretString;

use crate::model::{CustomMetadata, Desired, Permission, Recipe, Selector, UserSelection, Way};

use super::look::TOOLING;
use super::{Look, regional, removal};

pub(super) const ORGANIZATION: &str =
    "SELECT Id, Name, OrganizationType, IsSandbox, TrialExpirationDate FROM Organization";
pub(super) const CALL_CENTERS: &str = "SELECT Id, Name, InternalName, AdapterUrl FROM CallCenter";
pub(super) const PROFILES: &str = "SELECT Id, Name FROM Profile";
pub(super) const RECORD_TYPES: &str = "SELECT Id, Name, DeveloperName, NamespacePrefix, IsActive \
                                       FROM RecordType WHERE SobjectType = 'Task'";
pub(super) const STATUSES: &str =
    "SELECT Id, DeveloperName, MasterLabel FROM ServicePresenceStatus";
/// Sets that stand for groups cannot be assigned by themselves.
pub(super) const PERMISSION_SETS: &str = "SELECT Id, Name, Label, NamespacePrefix \
                                          FROM PermissionSet \
                                          WHERE IsOwnedByProfile = false AND Type != 'Group'";
pub(super) const LAYOUTS: &str = "SELECT Id, Name, NamespacePrefix FROM Layout \
                                  WHERE TableEnumOrId = 'Task' AND LayoutType = 'Standard'";
pub(super) const ASSIGNMENTS: &str = "SELECT ProfileId, LayoutId, RecordTypeId FROM ProfileLayout \
                                      WHERE TableEnumOrId = 'Task'";
pub(super) const USER: &str =
    "SELECT Id, Username, Name, IsActive, ProfileId, CallCenterId FROM User WHERE ";

/// Names of answers, shared by those who ask and those who read.
pub(super) mod name {
    pub(in super::super) const ORGANIZATION: &str = "organization";
    /// The caller's permissions are asked for in groups, named by this and a number.
    pub(in super::super) const PERMISSIONS: &str = "permissions:";
    pub(in super::super) const CALL_CENTERS: &str = "call_centers";
    pub(in super::super) const PROFILES: &str = "profiles";
    pub(in super::super) const RECORD_TYPES: &str = "record_types";
    pub(in super::super) const MEMBERS: &str = "members";
    /// Permission sets are asked for in chunks, named by this and a number.
    pub(in super::super) const PERMISSION_SETS: &str = "permission_sets:";
    pub(in super::super) const APPS: &str = "apps";
    pub(in super::super) const REPORTS: &str = "reports";
    pub(in super::super) const TYPES: &str = "types";
    pub(in super::super) const STATUSES: &str = "statuses";
    pub(in super::super) const SET_ASSIGNMENTS: &str = "set_assignments";
    pub(in super::super) const CLASSES: &str = "classes";
    pub(in super::super) const CLASS_ACCESS: &str = "class_access";
    pub(in super::super) const STATUS_ACCESS: &str = "status_access";
    pub(in super::super) const PACKAGES: &str = "packages";
    pub(in super::super) const LAYOUTS: &str = "layouts";
    pub(in super::super) const ASSIGNMENTS: &str = "assignments";
    pub(in super::super) const DEPLOYS: &str = "deploys";
    pub(in super::super) const INSTALLS: &str = "installs";
    /// Descriptions are named by this and the object.
    pub(in super::super) const OBJECT: &str = "object:";
    /// Users who may be namesakes are asked for in chunks, named by this and a number.
    pub(in super::super) const NAMESAKES: &str = "namesakes:";
    /// Chosen users are named by this, the selector's number and the chunk's.
    pub(in super::super) const CHOSEN: &str = "chosen:";
}

/// What the data queries ask about.
#[derive(Debug)]
pub(super) struct Subjects<'a> {
    /// What is wanted.
    pub(super) desired: &'a Desired,
    /// Ids of profiles that the configuration names by API name, where they are known already.
    pub(super) profile_ids: &'a [String],
    /// Objects that mappings write to.
    pub(super) objects: &'a BTreeSet<String>,
    /// API names and labels of permission sets whose assignments are asked for.
    pub(super) permission_sets: &'a BTreeSet<String>,
    /// What is known of the package's custom metadata.
    pub(super) custom_metadata: &'a CustomMetadata,
    /// Whether the connector is to be there, or to go.
    pub(super) order: Way,
}

/// The batch of data queries.
pub(super) fn data(looks: &BTreeSet<Look>, about: &Subjects<'_>) -> Batch {
    let mut batch = Batch::new();
    if looks.contains(&Look::Organization) {
        batch = batch.query(name::ORGANIZATION, Soql::new(ORGANIZATION));
    }
    if looks.contains(&Look::Permissions) {
        batch = permissions(batch);
    }
    if looks.contains(&Look::CallCenters) {
        batch = batch.query(name::CALL_CENTERS, Soql::new(CALL_CENTERS));
    }
    if looks.contains(&Look::Profiles) {
        batch = batch.query(name::PROFILES, Soql::new(PROFILES));
    }
    if looks.contains(&Look::RecordTypes) {
        batch = batch.query(name::RECORD_TYPES, Soql::new(RECORD_TYPES));
    }
    if looks.contains(&Look::Users) {
        batch = users(batch, about);
    }
    if looks.contains(&Look::Contents) {
        batch = contents(batch, &about.desired.recipe.namespace);
    }
    if looks.contains(&Look::Objects) {
        batch = batch.query(name::STATUSES, Soql::new(STATUSES));
        for object in about.objects {
            batch = batch.describe(format!("{}{object}", name::OBJECT), object);
        }
    }
    if looks.contains(&Look::PermissionSets) {
        batch = permission_sets(batch, about);
    }
    if looks.contains(&Look::OmniSync) {
        batch = omni_sync(batch, &about.desired.recipe);
    }
    if looks.contains(&Look::RegionalValues) {
        batch = regional::queries(batch, about.custom_metadata);
    }
    if looks.contains(&Look::Added) {
        batch = removal::added(batch, &about.desired.recipe.namespace);
    }
    batch
}

/// What the calling user may do, in the one row that the org makes up for whoever asks. A query that
/// names a field which the org lacks is refused as a whole, so that those which depend on what an org
/// has are asked for one by one.
pub(super) fn permissions(batch: Batch) -> Batch {
    const OF_FEATURES: [Permission; 3] =
        [Permission::InstallPackages, Permission::ManageCallCenters, Permission::AuthorApex];
    let everywhere: Vec<Permission> =
        Permission::ALL.into_iter().filter(|each| !OF_FEATURES.contains(each)).collect();
    let groups = std::iter::once(everywhere).chain(OF_FEATURES.map(|each| vec![each]));
    groups.enumerate().fold(batch, |batch, (number, group)| {
        let fields: Vec<Name> =
            group.iter().filter_map(|permission| Name::parse(permission.field())).collect();
        let soql = Soql::new("SELECT ").names(&fields).text(" FROM UserPermissionAccess");
        batch.query(format!("{}{number}", name::PERMISSIONS), soql)
    })
}

/// The org itself, and nothing else of it.
pub(super) fn organization() -> Batch {
    Batch::new().query(name::ORGANIZATION, Soql::new(ORGANIZATION))
}

/// The org itself, what baselines speak of by name, and users whose names begin like these.
pub(super) fn names(users: &BTreeSet<&str>) -> Batch {
    let mut batch = organization()
        .query(name::CALL_CENTERS, Soql::new(CALL_CENTERS))
        .query(name::PROFILES, Soql::new(PROFILES))
        .query(name::RECORD_TYPES, Soql::new(RECORD_TYPES))
        .query(name::PERMISSION_SETS, Soql::new(PERMISSION_SETS));
    let head = Soql::new("SELECT Username FROM User WHERE ");
    let begins = |name: &&str| Soql::new("Username LIKE ").value(&like_prefix(name));
    let conditions: Vec<Soql> = users.iter().map(begins).collect();
    for (number, soql) in either_in_chunks(&head, &conditions).into_iter().enumerate() {
        batch = batch.query(format!("{}{number}", name::NAMESAKES), soql);
    }
    batch
}

/// Page layouts of Task, and nothing else of the setup.
pub(super) fn layouts() -> Composite {
    Composite::new().query(name::LAYOUTS, Soql::new(LAYOUTS))
}

/// Every permission set, for a wrong name deserves a suggestion; and who has the wanted ones.
fn permission_sets(batch: Batch, about: &Subjects<'_>) -> Batch {
    let wanted = about.permission_sets;
    let batch = batch.query(name::PERMISSION_SETS, Soql::new(PERMISSION_SETS));
    let plain = wanted.iter().map(|name| name.rsplit("__").next().unwrap_or(name));
    let names: BTreeSet<&str> = wanted.iter().map(String::as_str).chain(plain).collect();
    let by_name = in_list(names).map(|list| {
        Soql::new(SET_ASSIGNMENT)
            .text("PermissionSet.Name IN ")
            .value(&list)
            .text(" OR PermissionSet.Label IN ")
            .value(&list)
    });
    let namespace = quote(&about.desired.recipe.namespace);
    let asked = match (by_name, about.order) {
        (by_name, Way::Build) => by_name,
        // Whoever has one of the package's sets stands in the way of its uninstallation.
        (Some(by_name), Way::Remove) => Some(by_name.text(" OR ").text(PACKAGED).value(&namespace)),
        (None, Way::Remove) => Some(Soql::new(SET_ASSIGNMENT).text(PACKAGED).value(&namespace)),
    };
    match asked {
        Some(soql) => batch.query(name::SET_ASSIGNMENTS, soql),
        None => batch,
    }
}

/// What begins the condition for permission sets of a package.
const PACKAGED: &str = "PermissionSet.NamespacePrefix = ";

pub(super) const SET_ASSIGNMENT: &str = "SELECT Id, AssigneeId, Assignee.Username, PermissionSetId \
                              FROM PermissionSetAssignment WHERE ";

/// Who has these permission sets, asked right after some were assigned.
pub(in crate::engine) fn assignments_of(sets: &[&str]) -> Option<Soql> {
    let list = in_list(sets)?;
    Some(Soql::new(SET_ASSIGNMENT).text("PermissionSetId IN ").value(&list))
}

/// What state sync needs; nothing where the generation of the connector has none.
pub(super) fn omni_sync(batch: Batch, recipe: &Recipe) -> Batch {
    const ACCESS: &str = "SELECT Parent.Name, Parent.NamespacePrefix, Parent.ProfileId, \
                          SetupEntityId FROM SetupEntityAccess WHERE SetupEntityId IN ";
    let Some(omni) = &recipe.omni_sync else { return batch };
    let Some(classes) = in_list([&omni.class.name, &omni.test.name]) else { return batch };
    batch
        .query(
            name::CLASSES,
            Soql::new(
                "SELECT Id, Name, Status, Body FROM ApexClass \
                 WHERE NamespacePrefix = null AND Name IN ",
            )
            .value(&classes),
        )
        .query(
            name::CLASS_ACCESS,
            Soql::new(ACCESS)
                .text("(SELECT Id FROM ApexClass WHERE NamespacePrefix = null AND Name = ")
                .value(&quote(&omni.class.name))
                .text(")"),
        )
        // By the statuses' ids: the documented values of SetupEntityType leave them out.
        .query(
            name::STATUS_ACCESS,
            Soql::new(ACCESS).text("(SELECT Id FROM ServicePresenceStatus)"),
        )
}

pub(super) fn contents(batch: Batch, namespace: &str) -> Batch {
    let namespace = quote(namespace);
    let of = |text| Soql::new(text).value(&namespace);
    batch
        .query(
            name::APPS,
            of("SELECT Label, DeveloperName FROM AppDefinition WHERE NamespacePrefix = "),
        )
        .query(name::REPORTS, of("SELECT Name FROM Report WHERE NamespacePrefix = "))
        // EntityDefinition takes no OR and ignores LIMIT; `_` in LIKE stands for any letter, so
        // the suffix is checked again where the answer is read.
        .query(
            name::TYPES,
            of("SELECT QualifiedApiName FROM EntityDefinition WHERE NamespacePrefix = ")
                .text(" AND QualifiedApiName LIKE '%__mdt'"),
        )
}

/// One query a selector, for semi-joins cannot be combined with OR; and the members that the
/// connector's call centers have now.
fn users(mut batch: Batch, about: &Subjects<'_>) -> Batch {
    if about.order == Way::Remove {
        // Whoever is in any call center: in one that goes, or moved to another by somebody else.
        return batch.query(name::MEMBERS, Soql::new(USER).text("CallCenterId != null"));
    }
    let wanted = &about.desired.users;
    let prefix = like_prefix(&about.desired.recipe.internal_name_prefix);
    batch = batch.query(
        name::MEMBERS,
        Soql::new(USER)
            .text("CallCenterId IN (SELECT Id FROM CallCenter WHERE InternalName LIKE ")
            .value(&prefix)
            .text(")"),
    );
    chosen_users(batch, wanted, about.profile_ids)
}

/// One query a selector, and a chunk of what it names.
pub(super) fn chosen_users(
    mut batch: Batch,
    wanted: &UserSelection,
    profile_ids: &[String],
) -> Batch {
    let mut number = 0;
    let mut ask = |batch: Batch, selector: Selector, soql: Soql| {
        number += 1;
        batch.query(chosen(selector, number), soql)
    };
    for names in wanted.profiles.chunks(CHUNK) {
        if let Some(list) = in_list(names) {
            let soql = Soql::new(USER).text("Profile.Name IN ").value(&list);
            batch = ask(batch, Selector::Profiles, soql);
        }
    }
    for ids in profile_ids.chunks(CHUNK) {
        let Some(list) = in_list(ids) else { continue };
        let soql = Soql::new(USER).text("ProfileId IN ").value(&list);
        batch = ask(batch, Selector::Profiles, soql);
    }
    for names in wanted.usernames.chunks(CHUNK) {
        if let Some(list) = in_list(names) {
            let soql = Soql::new(USER).text("Username IN ").value(&list);
            batch = ask(batch, Selector::Usernames, soql);
        }
    }
    for names in wanted.permission_sets.chunks(CHUNK) {
        let Some(list) = in_list(names) else { continue };
        batch = ask(
            batch,
            Selector::PermissionSets,
            Soql::new(USER)
                .text("Id IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE ")
                .text("PermissionSet.Name IN ")
                .value(&list)
                .text(" OR PermissionSet.Label IN ")
                .value(&list)
                .text(")"),
        );
    }
    if let Some(condition) = &wanted.condition {
        batch = ask(batch, Selector::Condition, Soql::new(USER).condition(condition));
    }
    batch
}

/// How many names one query takes: far below what an address can hold, whatever the script.
const CHUNK: usize = 50;

fn chosen(selector: Selector, number: usize) -> String {
    format!("{}{}:{number}", name::CHOSEN, selector_key(selector))
}

/// The selector's part of an answer's name.
pub(super) fn selector_key(selector: Selector) -> &'static str {
    match selector {
        Selector::Profiles => "profiles",
        Selector::Usernames => "usernames",
        Selector::PermissionSets => "permission_sets",
        Selector::Condition => "where",
    }
}

/// Whether the question about the wanted version travels with others: five queries are the limit.
pub(super) fn offered_travels(looks: &BTreeSet<Look>) -> bool {
    let others = TOOLING.iter().filter(|look| looks.contains(look)).count();
    looks.contains(&Look::OfferedVersion) && (1..MAX_QUERIES).contains(&others)
}

/// The Tooling composite.
pub(super) fn tooling(
    looks: &BTreeSet<Look>,
    desired: &Desired,
    key: Option<&SecretString>,
) -> Composite {
    let mut composite = Composite::new();
    for (look, name, soql) in [
        (Look::Packages, name::PACKAGES, packages::installed_query()),
        (Look::Layouts, name::LAYOUTS, Soql::new(LAYOUTS)),
        (Look::Assignments, name::ASSIGNMENTS, Soql::new(ASSIGNMENTS)),
        (Look::Deploys, name::DEPLOYS, metadata::running_deploys_query()),
        (Look::Installs, name::INSTALLS, packages::recent_installs_query()),
    ] {
        if looks.contains(&look) {
            composite = composite.query(name, soql);
        }
    }
    if offered_travels(looks) {
        let version = desired.package.version.as_str();
        composite = OfferedPackage::ask(composite, version, key);
    }
    composite
}
