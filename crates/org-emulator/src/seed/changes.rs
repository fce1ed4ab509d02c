//! What people did in an org by hand: part of a seed file, or done later by `PATCH …/world`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::file::{Fields, object};
use super::many::Many;
use super::others::Running;
use crate::barrier::Barrier;
use crate::clock::JobTime;
use crate::error::Error;
use crate::world::record_access::{FieldAccess, ObjectAccess};

/// What people did in an org by hand: before the emulator started, or while it runs.
///
/// Changes are made in the order of these methods, whatever the order of the calls; all of them are
/// made, or none.
///
/// ```
/// use org_emulator::{Changes, Emulator};
/// use serde_json::json;
///
/// let emulator = Emulator::builder().start()?;
/// let org = emulator.org();
/// org.change(&Changes::new().user("grace.hopper@", json!({"IsFrozen": true})))?;
/// assert!(org.change(&Changes::new().user("nobody@", json!({}))).is_err());
/// # Ok::<(), org_emulator::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[must_use]
pub struct Changes {
    /// How many profiles, record types and call centers there are besides.
    pub(super) many: Many,
    /// Package versions by their ids, installed for everybody and with their sites approved.
    pub(super) installed: Vec<String>,
    pub(super) components: Vec<NewComponent>,
    pub(super) apex_classes: Vec<NewClass>,
    pub(super) scheduled_jobs: Vec<NewJob>,
    pub(super) reports: Vec<NewReport>,
    pub(super) custom_metadata: Vec<NewRecord>,
    pub(super) page_layouts: Vec<Assignment>,
    /// By the sets' names: the beginnings of user names.
    pub(super) permission_sets: BTreeMap<String, Vec<String>>,
    /// By the pages' developer names: the components of a utility bar, instead of those it had.
    pub(super) utility_bars: BTreeMap<String, Vec<String>>,
    /// Lightning apps of the org's own, each with the developer name of its utility bar.
    pub(super) apps: BTreeMap<String, String>,
    /// By the beginnings of user names: fields of users.
    pub(super) users: BTreeMap<String, Fields>,
    /// By profile label: what the profile permits, instead of what it did.
    pub(super) permissions: BTreeMap<String, Vec<String>>,
    /// By the label of a profile or permission set: what it lets people do with fields (`Task.Subject`), as
    /// `none`, `read` or `edit`.
    pub(super) field_access: BTreeMap<String, BTreeMap<String, FieldAccess>>,
    /// By the same: what it lets people do with objects (`Case`).
    pub(super) object_access: BTreeMap<String, BTreeMap<String, ObjectAccess>>,
    /// How the org deals with tokens and logins.
    pub(super) logins: Fields,
    /// What other people have begun.
    pub(super) running: Vec<Running>,
    /// How many tasks were written, with values in the fields of the packages that are there.
    pub(super) tasks: usize,
    /// A number that says what people made of the connector's packages while they worked.
    pub(super) lived_in: Option<u64>,
    /// By language and label: what people entered in the Translation Workbench.
    pub(super) translations: BTreeMap<String, BTreeMap<String, String>>,
    /// By label or API name: fields of profiles.
    pub(super) profiles: BTreeMap<String, Fields>,
    /// By id: fields of package versions.
    pub(super) packages: BTreeMap<String, Fields>,
    /// By full name (`Task-Task Layout`): fields of layouts.
    pub(super) layouts: BTreeMap<String, Fields>,
    /// By full name (`Task.Call`): fields of record types.
    pub(super) record_types: BTreeMap<String, Fields>,
    /// By developer name: groups of permission sets, and who is in them.
    pub(super) permission_set_groups: BTreeMap<String, NewGroup>,
    /// Entries of the Setup Audit Trail.
    pub(super) audited: Vec<AuditEntry>,
    /// Rows of `PackageInstallRequest` from long ago.
    pub(super) old_installs: Vec<OldInstall>,
    /// What is taken away, as `Type:FullName`.
    pub(super) removed: Vec<String>,
}

impl Changes {
    /// No changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads changes as JSON or, where the text does not start with a brace, as TOML.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let read = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| error.to_string())
        } else {
            toml::from_str(text).map_err(|error| error.to_string())
        };
        read.map_err(Error::Change)
    }

    /// Adds so many profiles, record types of Task and call centers, as a company with many branches has.
    pub fn many(mut self, profiles: usize, record_types: usize, call_centers: usize) -> Self {
        self.many = Many { profiles, record_types, call_centers };
        self
    }

    /// Installs a package version (`04t…`) for everybody.
    pub fn installed(mut self, version: &str) -> Self {
        self.installed.push(version.to_owned());
        self
    }

    /// Makes an Apex class.
    pub fn apex_class(mut self, name: &str, body: &str) -> Self {
        let (name, body) = (name.to_owned(), body.to_owned());
        self.apex_classes.push(NewClass { name, body });
        self
    }

    /// Makes a component that refers to others, each named as `Type:FullName`.
    pub fn component<'a>(
        mut self,
        kind: &str,
        full_name: &str,
        refers_to: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.components.push(NewComponent {
            kind: kind.to_owned(),
            full_name: full_name.to_owned(),
            refers_to: refers_to.into_iter().map(str::to_owned).collect(),
        });
        self
    }

    /// Schedules an Apex class (`ns__Class`).
    pub fn scheduled_job(mut self, name: &str, apex_class: &str) -> Self {
        let (name, apex_class) = (name.to_owned(), apex_class.to_owned());
        self.scheduled_jobs.push(NewJob { name, apex_class });
        self
    }

    /// Makes a report, in the folder of that developer name.
    pub fn report(mut self, name: &str, developer_name: &str, folder: &str) -> Self {
        self.reports.push(NewReport {
            name: name.to_owned(),
            developer_name: developer_name.to_owned(),
            folder: folder.to_owned(),
        });
        self
    }

    /// Makes a record of a custom metadata type (`ns__Zone__mdt`); what `values` lacks is as in the
    /// type's first record.
    pub fn custom_metadata(
        mut self,
        kind: &str,
        developer_name: &str,
        values: impl Into<Value>,
    ) -> Self {
        self.custom_metadata.push(NewRecord {
            kind: kind.to_owned(),
            developer_name: developer_name.to_owned(),
            values: object(values).into_iter().collect(),
        });
        self
    }

    /// Assigns a layout (`Task-ns__Name`) to a profile, for a record type or as the master.
    pub fn page_layout(mut self, profile: &str, record_type: Option<&str>, layout: &str) -> Self {
        self.page_layouts.push(Assignment {
            profile: profile.to_owned(),
            record_type: record_type.map(str::to_owned),
            layout: layout.to_owned(),
        });
        self
    }

    /// Gives a permission set to the users whose names begin so.
    pub fn permission_set<'a>(
        mut self,
        name: &str,
        users: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let users = users.into_iter().map(str::to_owned);
        self.permission_sets.entry(name.to_owned()).or_default().extend(users);
        self
    }

    /// Sets fields of the user whose name begins so.
    pub fn user(mut self, name: &str, fields: impl Into<Value>) -> Self {
        self.users.insert(name.to_owned(), object(fields));
        self
    }

    /// Has a profile permit this and no more.
    pub fn permissions<'a>(
        mut self,
        profile: &str,
        permissions: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let permissions = permissions.into_iter().map(str::to_owned).collect();
        self.permissions.insert(profile.to_owned(), permissions);
        self
    }

    /// Sets what a profile or permission set of that label lets people do with a field (`Task.Subject`):
    /// to edit it, only to read it, or nothing.
    pub fn field_access(mut self, label: &str, field: &str, reads: bool, edits: bool) -> Self {
        let access = match (reads, edits) {
            (_, true) => FieldAccess::Edit,
            (true, false) => FieldAccess::Read,
            (false, false) => FieldAccess::None,
        };
        self.field_access.entry(label.to_owned()).or_default().insert(field.to_owned(), access);
        self
    }

    /// Sets whether a profile or permission set of that label lets people read and write records of an
    /// object.
    pub fn object_access(mut self, label: &str, object: &str, writes: bool) -> Self {
        let access = if writes { ObjectAccess::WRITE } else { ObjectAccess::READ };
        self.object_access.entry(label.to_owned()).or_default().insert(object.to_owned(), access);
        self
    }

    /// Sets how the org deals with logins: `Locked`, `WebTokens`, `RestrictedProfiles`…
    pub fn login(mut self, setting: &str, value: impl Into<Value>) -> Self {
        self.logins.insert(setting.to_owned(), value.into());
        self
    }

    /// Puts something between every client and the org.
    pub fn barrier(self, barrier: Barrier) -> Self {
        self.login("Barrier", serde_json::to_value(barrier).unwrap_or_default())
    }

    /// Takes away what stood between clients and the org.
    pub fn no_barrier(self) -> Self {
        self.login("Barrier", Value::Null)
    }

    /// Has somebody else begin a deploy that changes nothing.
    pub fn running_deploy(mut self, takes: JobTime) -> Self {
        self.running.push(Running::new(None, takes));
        self
    }

    /// Has somebody else begin to install a package version.
    pub fn running_install(mut self, version: &str, takes: JobTime) -> Self {
        self.running.push(Running::new(Some(version), takes));
        self
    }

    /// Sets the components of a utility bar, by the page's developer name.
    pub fn utility_bar<'a>(
        mut self,
        name: &str,
        components: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let components = components.into_iter().map(str::to_owned).collect();
        self.utility_bars.insert(name.to_owned(), components);
        self
    }

    /// Makes a Lightning app of the org's own with that utility bar, or gives it that one.
    pub fn app(mut self, name: &str, utility_bar: &str) -> Self {
        self.apps.insert(name.to_owned(), utility_bar.to_owned());
        self
    }

    /// Has so many tasks written, a third of them archived.
    pub fn tasks(mut self, count: usize) -> Self {
        self.tasks = count;
        self
    }

    /// Has people use the connector's packages; the same number, the same habits.
    pub fn lived_in(mut self, number: u64) -> Self {
        self.lived_in = Some(number);
        self
    }

    /// Translates a label of a profile, a record type or a layout into a language (`de`).
    pub fn translation(mut self, language: &str, label: &str, translated: &str) -> Self {
        let labels = self.translations.entry(language.to_owned()).or_default();
        labels.insert(label.to_owned(), translated.to_owned());
        self
    }

    /// Sets fields of the profile of that label or API name; `Name` is what it is called, and the
    /// API name of a custom profile goes along where no other profile has it.
    pub fn profile(mut self, name: &str, fields: impl Into<Value>) -> Self {
        self.profiles.insert(name.to_owned(), object(fields));
        self
    }

    /// Sets fields of the package version of that id, such as its `Obstacle`.
    pub fn package(mut self, version: &str, fields: impl Into<Value>) -> Self {
        self.packages.insert(version.to_owned(), object(fields));
        self
    }

    /// Sets fields of the layout of that full name (`Task-Task Layout`), such as its `Name`.
    pub fn layout(mut self, full_name: &str, fields: impl Into<Value>) -> Self {
        self.layouts.insert(full_name.to_owned(), object(fields));
        self
    }

    /// Sets fields of the record type of that full name (`Task.Call`).
    pub fn record_type(mut self, full_name: &str, fields: impl Into<Value>) -> Self {
        self.record_types.insert(full_name.to_owned(), object(fields));
        self
    }

    /// Makes a group of permission sets, named as `Name` or `ns__Name`, and puts users into it.
    pub fn permission_set_group<'a>(
        mut self,
        developer_name: &str,
        permission_sets: impl IntoIterator<Item = &'a str>,
        users: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        let group = NewGroup {
            permission_sets: owned(permission_sets.into_iter().collect()),
            users: owned(users.into_iter().collect()),
        };
        self.permission_set_groups.insert(developer_name.to_owned(), group);
        self
    }

    /// Leaves a row of `PackageInstallRequest` behind that never changes: a status (`UNKNOWN`,
    /// `IN_PROGRESS`…) and how many days old it is.
    pub fn old_install(mut self, version: &str, status: &str, days_ago: u32) -> Self {
        let (version, status) = (version.to_owned(), status.to_owned());
        self.old_installs.push(OldInstall { version, status, days_ago });
        self
    }

    /// Leaves an entry in the Setup Audit Trail, of right now and by that user (the beginning of a user
    /// name): a section of Setup, and what the org writes of the change.
    pub fn audited(mut self, user: &str, section: &str, display: &str) -> Self {
        let (user, section, display) = (user.to_owned(), section.to_owned(), display.to_owned());
        self.audited.push(AuditEntry { user, section, display });
        self
    }

    /// Takes away what people made, named as `Type:FullName`.
    pub fn removed(mut self, reference: &str) -> Self {
        self.removed.push(reference.to_owned());
        self
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct NewGroup {
    pub(super) permission_sets: Vec<String>,
    #[serde(default)]
    pub(super) users: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct AuditEntry {
    /// The beginning of a user name.
    pub(super) user: String,
    pub(super) section: String,
    pub(super) display: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct OldInstall {
    pub(super) version: String,
    pub(super) status: String,
    pub(super) days_ago: u32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct NewComponent {
    #[serde(rename = "Type")]
    pub(super) kind: String,
    pub(super) full_name: String,
    pub(super) refers_to: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct NewClass {
    pub(super) name: String,
    pub(super) body: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct NewJob {
    pub(super) name: String,
    /// `ns__Class`
    pub(super) apex_class: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct NewReport {
    pub(super) name: String,
    /// Its developer name, and that of its folder.
    pub(super) developer_name: String,
    pub(super) folder: String,
}

/// A record of a custom metadata type; its values are those of the type's first record.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct NewRecord {
    /// `ns__Zone__mdt`
    #[serde(rename = "Type")]
    pub(super) kind: String,
    pub(super) developer_name: String,
    #[serde(default)]
    pub(super) values: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Assignment {
    /// The profile's label.
    pub(super) profile: String,
    /// The record type's developer name; the master where it is left out.
    pub(super) record_type: Option<String>,
    /// The layout as deploys call it: `Task-ns__Name`.
    pub(super) layout: String,
}
