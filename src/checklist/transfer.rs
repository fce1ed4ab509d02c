//! A baseline of one org, made the baseline of its copy.
//!
//! Everything in a baseline is named, and a copy of an org has the same names, but for those of its
//! users. What the copy lacks besides is told and kept: it may yet come.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::{
    Baseline, BaselineEntry, BaselineRow, Ids, Namesake, OrgState, PermissionSet, Subject,
    SubjectKind, Target, Value, namesakes,
};

/// Names that an org has, as far as baselines speak of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrgNames {
    /// User names; those that may be namesakes are enough.
    pub users: BTreeSet<String>,
    /// Labels of profiles.
    pub profiles: BTreeSet<String>,
    /// API names of Task's record types.
    pub record_types: BTreeSet<String>,
    /// Names of Task's page layouts, with their namespaces.
    pub layouts: BTreeSet<String>,
    /// Internal names of call centers.
    pub call_centers: BTreeSet<String>,
    /// API names of permission sets, with their namespaces.
    pub permission_sets: BTreeSet<String>,
}

/// What became of a baseline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transfer {
    /// The baseline in the names of the copy.
    pub baseline: Baseline,
    /// Users with another name in the copy.
    pub mapped: BTreeMap<String, String>,
    /// What belongs to users whom nobody can tell in the copy.
    pub left_out: Vec<LeftOut>,
    /// Names that the copy does not have.
    pub missing: Vec<Missing>,
}

/// A value that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Whose it was.
    pub subject: Subject,
    /// Which value.
    pub field: String,
    /// Who it may have been; nobody where none is named.
    pub candidates: Vec<String>,
}

/// A name that entries speak of and that the copy does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// What is called so.
    #[serde(rename = "type")]
    pub kind: Named,
    /// The name.
    pub name: String,
    /// How many values speak of it.
    pub values: usize,
}

/// What is called by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Named {
    /// A profile.
    Profile,
    /// A record type of Task.
    RecordType,
    /// A page layout of Task.
    Layout,
    /// A call center.
    CallCenter,
    /// A permission set.
    PermissionSet,
}

/// The users of whom a baseline speaks.
pub fn users_of(baseline: &Baseline) -> BTreeSet<&str> {
    baseline.entries.iter().filter_map(|entry| user_of(&entry.target)).collect()
}

/// Makes the baseline of an org that of its copy.
pub fn transfer(baseline: &Baseline, names: &OrgNames) -> Transfer {
    let users = namesakes(&users_of(baseline), &names.users);
    let mut result = Transfer::default();
    for entry in &baseline.entries {
        // Ids are those of the other org.
        let mut row = BaselineRow { ids: Ids::default(), ..entry.clone().into() };
        if let Some(user) = user_of(&entry.target) {
            let candidates = match users.get(user) {
                Some(Namesake::One(name)) => {
                    if name != user {
                        result.mapped.insert(user.to_owned(), name.clone());
                        row.subject.name.clone_from(name);
                    }
                    None
                }
                Some(Namesake::Several(names)) => Some(names.clone()),
                Some(Namesake::Nobody) | None => Some(Vec::new()),
            };
            if let Some(candidates) = candidates {
                let BaselineRow { subject, field, .. } = row;
                result.left_out.push(LeftOut { subject, field, candidates });
                continue;
            }
        }
        result.baseline.entries.push(row.into());
    }
    result.missing = missing(&result.baseline, names);
    result
}

/// The user whose value a target is.
fn user_of(target: &Target) -> Option<&str> {
    match target {
        Target::UserCallCenter(user) | Target::PermissionSetAssignment { user, .. } => {
            Some(&user.name)
        }
        Target::Unknown(subject, _) if subject.kind == SubjectKind::User => Some(&subject.name),
        _ => None,
    }
}

fn missing(baseline: &Baseline, names: &OrgNames) -> Vec<Missing> {
    let mut counts: BTreeMap<(Named, &str), usize> = BTreeMap::new();
    for entry in &baseline.entries {
        for (kind, name) in spoken_of(entry) {
            if !names.of(kind).contains(name) {
                *counts.entry((kind, name)).or_default() += 1;
            }
        }
    }
    let missing = counts.into_iter();
    missing.map(|((kind, name), values)| Missing { kind, name: name.to_owned(), values }).collect()
}

/// The names without which the value of an entry cannot be put back.
fn spoken_of(entry: &BaselineEntry) -> Vec<(Named, &str)> {
    match &entry.target {
        Target::TaskLayout { profile, record_type } => {
            let record_type = record_type.as_ref().map(|it| it.name.as_str());
            let layout = match entry.before.value() {
                Some(Value::Layout(layout)) => Some(layout.name.as_str()),
                _ => None,
            };
            [
                (Named::Profile, Some(profile.name.as_str())),
                (Named::RecordType, record_type),
                (Named::Layout, layout),
            ]
            .into_iter()
            .filter_map(|(kind, name)| Some((kind, name?)))
            .collect()
        }
        Target::UserCallCenter(_) => match entry.before.value() {
            Some(Value::CallCenter(before)) => vec![(Named::CallCenter, &before.name)],
            _ => Vec::new(),
        },
        Target::PermissionSetAssignment { set, .. }
        | Target::PermissionSet(set)
        | Target::PermissionSetAccess(set, _) => vec![(Named::PermissionSet, &set.name)],
        Target::ProfileAccess(profile, _) | Target::SoftphoneAssignment { profile, .. } => {
            vec![(Named::Profile, &profile.name)]
        }
        Target::CallCenter(call_center) | Target::CallCenterField(call_center, _) => {
            vec![(Named::CallCenter, &call_center.name)]
        }
        Target::Package(_)
        | Target::ApexClass(_)
        | Target::ApexStatus(_)
        | Target::UtilityItem(..)
        | Target::CustomMetadata(_)
        | Target::RegionalValue(..)
        | Target::SoftphoneField { .. }
        | Target::Tenant { .. } => Vec::new(),
        // What the value is, nobody knows here; whose it is says the subject.
        Target::Unknown(subject, _) => match subject.kind {
            SubjectKind::Profile | SubjectKind::ProfileLayout => {
                vec![(Named::Profile, &subject.name)]
            }
            SubjectKind::PermissionSet => vec![(Named::PermissionSet, &subject.name)],
            SubjectKind::CallCenter => vec![(Named::CallCenter, &subject.name)],
            SubjectKind::InstalledPackage
            | SubjectKind::User
            | SubjectKind::SoftphoneLayout
            | SubjectKind::ApexClass
            | SubjectKind::PermissionSetAssignment
            | SubjectKind::CustomMetadata
            | SubjectKind::FlexiPage
            | SubjectKind::DesktopLayout
            | SubjectKind::Team
            | SubjectKind::AuxiliaryCode
            | SubjectKind::CadVariable
            | SubjectKind::AgentProfile => Vec::new(),
        },
    }
}

impl OrgNames {
    /// What was seen of an org, and of its users.
    pub fn new(state: &OrgState, users: BTreeSet<String>) -> Self {
        let sets = state.permission_sets.iter();
        Self {
            users,
            profiles: state.profiles.iter().map(|found| found.label.clone()).collect(),
            record_types: state.record_types.iter().map(|found| found.api_name.clone()).collect(),
            layouts: state.layouts.iter().map(|found| found.name.qualified()).collect(),
            call_centers: state
                .call_centers
                .iter()
                .map(|found| found.internal_name.clone())
                .collect(),
            permission_sets: sets.map(PermissionSet::qualified).collect(),
        }
    }

    fn of(&self, kind: Named) -> &BTreeSet<String> {
        match kind {
            Named::Profile => &self.profiles,
            Named::RecordType => &self.record_types,
            Named::Layout => &self.layouts,
            Named::CallCenter => &self.call_centers,
            Named::PermissionSet => &self.permission_sets,
        }
    }
}

impl Transfer {
    /// A baseline that comes back to its own org: nothing is to be done.
    pub fn home(baseline: Baseline) -> Self {
        Self { baseline, ..Self::default() }
    }
}
