//! What has been seen of an org so far, look by look, and the state it makes.

use std::collections::BTreeMap;

use salesforce_client::Answers;
use salesforce_client::rest::Describe;
use serde::de::DeserializeOwned;

use super::access_rows::{AccessRow, ClassRow, PermissionSetRow, SetAssignmentRow, StatusRow};
use super::queries::{name, selector_key};
use super::rows::{
    AppRow, AssignmentRow, CallCenterRecord, LayoutRow, NamedRow, OrganizationRow, ProfileRow,
    RecordTypeRow, TypeRow, UserRow, described, install, package, permissions, running_deploy,
};
use super::{regional, removal};
use crate::engine::trouble;
use crate::failure::Failure;
use crate::model::{
    Access, CallCenter, CallCenterRow, CustomMetadata, Described, Granted, InstallRequest,
    InstalledPackage, Layout, LayoutAssignment, OfferedVersion, OmniState, OrgState, Organization,
    PackageContents, PermissionSet, PermissionSetAssignment, Permissions, PresenceStatus, Profile,
    RecordType, RemovalState, RunningDeploy, Selector, SoftphoneLayout, Told, User,
};

/// What has been seen. A part that was not looked at yet is empty.
#[derive(Debug, Default)]
pub(in crate::engine) struct Sight {
    pub(super) organization: Option<Organization>,
    pub(super) packages: Vec<InstalledPackage>,
    pub(super) contents: PackageContents,
    pub(super) installs: Vec<InstallRequest>,
    /// `None` where nobody looked.
    pub(super) running_deploys: Option<Vec<RunningDeploy>>,
    pub(in crate::engine) permissions: Told<Permissions>,
    pub(super) custom_metadata: CustomMetadata,
    pub(super) offered: Option<OfferedVersion>,
    pub(super) call_centers: Vec<CallCenterRow>,
    pub(super) call_center: Option<CallCenter>,
    pub(super) profiles: Vec<Profile>,
    /// API names by the id's first 15 characters, empty where the org lists none; `None`: not
    /// asked for.
    pub(super) profile_names: Option<BTreeMap<String, String>>,
    pub(super) record_types: Vec<RecordType>,
    pub(super) layouts: Vec<Layout>,
    pub(super) layout_assignments: Vec<LayoutAssignment>,
    pub(super) users: Vec<User>,
    pub(super) permission_sets: Option<Vec<PermissionSet>>,
    pub(super) permission_set_assignments: Vec<PermissionSetAssignment>,
    pub(super) objects: BTreeMap<String, Option<Described>>,
    pub(super) presence_statuses: Option<Vec<PresenceStatus>>,
    /// Labels of presence statuses by their ids.
    status_labels: BTreeMap<String, String>,
    pub(super) omni: Option<OmniState>,
    pub(super) softphone: Option<SoftphoneLayout>,
    pub(in crate::engine) removal: RemovalState,
}

impl Sight {
    /// Takes in the answers of the data batch.
    pub(super) fn take_data(
        &mut self,
        answers: &Answers,
        instance_url: &str,
    ) -> Result<(), Failure> {
        if let Some(row) =
            rows::<OrganizationRow>(answers, name::ORGANIZATION)?.unwrap_or_default().pop()
        {
            self.organization = Some(row.read(instance_url));
        }
        self.take_permissions(answers);
        if let Some(Err(error)) = answers.get(name::CALL_CENTERS)
            && error.is_missing()
        {
            return Err(trouble::no_open_cti(error));
        }
        replace::<CallCenterRecord, _>(answers, name::CALL_CENTERS, &mut self.call_centers)?;
        replace::<ProfileRow, _>(answers, name::PROFILES, &mut self.profiles)?;
        replace::<RecordTypeRow, _>(answers, name::RECORD_TYPES, &mut self.record_types)?;
        self.take_users(answers)?;
        self.take_contents(answers)?;
        regional::take_remembered(&mut self.custom_metadata, answers)?;
        self.take_objects(answers)?;
        if let Some(found) = rows::<PermissionSetRow>(answers, name::PERMISSION_SETS)? {
            self.permission_sets = Some(found.into_iter().map(Into::into).collect());
        }
        replace::<SetAssignmentRow, _>(
            answers,
            name::SET_ASSIGNMENTS,
            &mut self.permission_set_assignments,
        )?;
        removal::take_added(self, answers)?;
        self.take_omni(answers)
    }

    /// What the calling user may do. An org that does not tell keeps nobody from anything.
    fn take_permissions(&mut self, answers: &Answers) {
        let mut known = Vec::new();
        let mut words = None;
        for (_, answer) in answers.iter().filter(|(name, _)| name.starts_with(name::PERMISSIONS)) {
            match answer {
                Ok(answer) => known.extend(permissions(answer)),
                Err(error) => words = words.or_else(|| Some(trouble::gist(error))),
            }
        }
        if !known.is_empty() {
            self.permissions = Told::This(known.into_iter().collect());
        } else if let Some(words) = words {
            self.permissions = Told::Refused(words);
        }
    }

    /// Classes, and who may use them and the presence statuses, which were seen before.
    fn take_omni(&mut self, answers: &Answers) -> Result<(), Failure> {
        let Some(classes) = rows::<ClassRow>(answers, name::CLASSES)? else { return Ok(()) };
        let mut omni = OmniState::default();
        for row in rows::<AccessRow>(answers, name::CLASS_ACCESS)?.unwrap_or_default() {
            let class =
                classes.iter().find(|class| short(&class.id) == short(&row.setup_entity_id));
            if let (Some(holder), Some(class)) = (row.holder(), class) {
                let to = Granted::ApexClass(class.name.clone());
                omni.access.push(Access { holder, to });
            }
        }
        let statuses = match answers.get(name::STATUS_ACCESS) {
            // Without Omni-Channel there are no statuses to ask about.
            Some(Err(error)) if error.is_missing() => None,
            _ => rows::<AccessRow>(answers, name::STATUS_ACCESS)?,
        };
        for row in statuses.unwrap_or_default() {
            let label = self.status_labels.get(&short(&row.setup_entity_id));
            if let (Some(holder), Some(label)) = (row.holder(), label) {
                let to = Granted::PresenceStatus(label.clone());
                omni.access.push(Access { holder, to });
            }
        }
        omni.classes = classes.into_iter().map(Into::into).collect();
        self.omni = Some(omni);
        Ok(())
    }

    fn take_contents(&mut self, answers: &Answers) -> Result<(), Failure> {
        if let Some(apps) = rows::<AppRow>(answers, name::APPS)? {
            self.contents.apps = apps.into_iter().map(|app| app.label).collect();
        }
        if let Some(reports) = rows::<NamedRow>(answers, name::REPORTS)? {
            self.contents.reports = reports.into_iter().map(|report| report.name).collect();
        }
        if let Some(types) = rows::<TypeRow>(answers, name::TYPES)? {
            self.contents.custom_metadata_types = types
                .into_iter()
                .map(|found| found.qualified_api_name)
                .filter(|name| name.ends_with("__mdt"))
                .collect();
        }
        Ok(())
    }

    fn take_objects(&mut self, answers: &Answers) -> Result<(), Failure> {
        match answers.get(name::STATUSES) {
            // Without Omni-Channel the object does not exist.
            Some(Err(error)) if error.is_missing() => self.presence_statuses = None,
            _ => {
                if let Some(found) = rows::<StatusRow>(answers, name::STATUSES)? {
                    let label =
                        |status: &StatusRow| (short(&status.id), status.master_label.clone());
                    self.status_labels = found.iter().map(label).collect();
                    self.presence_statuses = Some(found.into_iter().map(Into::into).collect());
                }
            }
        }
        for (answer, result) in answers.iter() {
            let Some(object) = answer.strip_prefix(name::OBJECT) else { continue };
            let seen = match result {
                Err(error) if error.is_missing() => None,
                _ => Some(described(answers.value::<Describe>(answer)?)),
            };
            self.objects.insert(object.to_owned(), seen);
        }
        Ok(())
    }

    /// Users are asked for by several queries; one user may come from some of them.
    fn take_users(&mut self, answers: &Answers) -> Result<(), Failure> {
        let Some(members) = rows::<UserRow>(answers, name::MEMBERS)? else { return Ok(()) };
        let mut users: BTreeMap<String, User> = BTreeMap::new();
        let mut add = |row: UserRow, selector: Option<Selector>| {
            let user = User::from(row);
            let known = users.entry(user.id.short().to_owned()).or_insert(user);
            if let Some(selector) = selector
                && !known.chosen_by.contains(&selector)
            {
                known.chosen_by.push(selector);
            }
        };
        for row in members {
            add(row, None);
        }
        for selector in
            [Selector::Profiles, Selector::Usernames, Selector::PermissionSets, Selector::Condition]
        {
            let prefix = format!("{}{}:", name::CHOSEN, selector_key(selector));
            for (answer, result) in answers.iter() {
                if !answer.starts_with(&prefix) {
                    continue;
                }
                if let (Selector::Condition, Err(error)) = (selector, result) {
                    return Err(trouble::condition(error));
                }
                for row in rows::<UserRow>(answers, answer)?.unwrap_or_default() {
                    add(row, Some(selector));
                }
            }
        }
        self.users = users.into_values().collect();
        self.users.sort_by(|one, other| one.username.cmp(&other.username));
        Ok(())
    }

    /// Takes in the answers of the Tooling composite.
    pub(super) fn take_tooling(&mut self, answers: &Answers) -> Result<(), Failure> {
        let missing = answers.iter().find_map(|(_, answer)| answer.err());
        if let Some(error) = missing.filter(|error| error.is_missing()) {
            return Err(trouble::no_setup(error));
        }
        if let Some(found) = rows(answers, name::PACKAGES)? {
            self.packages = found.into_iter().map(package).collect();
        }
        replace::<LayoutRow, _>(answers, name::LAYOUTS, &mut self.layouts)?;
        if let Some(found) = rows::<AssignmentRow>(answers, name::ASSIGNMENTS)? {
            self.layout_assignments = found.into_iter().filter_map(AssignmentRow::read).collect();
        }
        if let Some(found) = rows(answers, name::DEPLOYS)? {
            self.running_deploys = Some(found.into_iter().map(running_deploy).collect());
        }
        if let Some(found) = rows(answers, name::INSTALLS)? {
            self.installs = found.into_iter().map(install).collect();
        }
        Ok(())
    }

    /// The state that was seen; `None` until the org said who it is.
    pub(in crate::engine) fn state(&self) -> Option<OrgState> {
        let mut profiles = self.profiles.clone();
        if let Some(names) = &self.profile_names {
            for profile in &mut profiles {
                let name = names.get(profile.id.short());
                profile.api_name = name.filter(|name| !name.is_empty()).cloned();
            }
        }
        Some(OrgState {
            organization: self.organization.clone()?,
            packages: self.packages.clone(),
            contents: self.contents.clone(),
            installs: self.installs.clone(),
            running_deploys: self.running_deploys.clone(),
            permissions: self.permissions.clone(),
            offered: self.offered.clone(),
            custom_metadata: self.custom_metadata.clone(),
            call_centers: self.call_centers.clone(),
            call_center: self.call_center.clone(),
            profiles,
            profile_names_known: self.profile_names.is_some(),
            record_types: self.record_types.clone(),
            layouts: self.layouts.clone(),
            layout_assignments: self.layout_assignments.clone(),
            users: self.users.clone(),
            permission_sets: self.permission_sets.clone(),
            permission_set_assignments: self.permission_set_assignments.clone(),
            objects: self.objects.clone(),
            presence_statuses: self.presence_statuses.clone(),
            omni: self.omni.clone(),
            softphone: self.softphone.clone(),
            removal: self.removal.clone(),
        })
    }
}

/// The first 15 characters of an id, which decide which record it is.
fn short(id: &str) -> String {
    id.get(..15).unwrap_or(id).to_owned()
}

/// The records of one answer; `None` where it was not asked for.
fn rows<T: DeserializeOwned>(answers: &Answers, name: &str) -> Result<Option<Vec<T>>, Failure> {
    if answers.contains(name) {
        answers.records(name).map(Some).map_err(Failure::from)
    } else {
        Ok(None)
    }
}

fn replace<R, T>(answers: &Answers, name: &str, place: &mut Vec<T>) -> Result<(), Failure>
where
    R: DeserializeOwned + Into<T>,
{
    if let Some(found) = rows::<R>(answers, name)? {
        *place = found.into_iter().map(Into::into).collect();
    }
    Ok(())
}
