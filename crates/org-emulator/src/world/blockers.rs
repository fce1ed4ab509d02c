//! What stands in the way of an uninstall: whatever outside a package refers to a part of it.
//!
//! The problems' texts are those that people have posted of real orgs, as far as anybody has
//! (`docs/emulator.md` says which); each is one row, and the same text may come several times.

use super::World;
use crate::guesses::Guesses;

/// A layout is assigned to a profile.
const REFERENCED_BY_PROFILE: &str =
    "This installed component is referenced by a locally created component (User Profile).";
/// Anything that refers to a component.
const IN_USE: &str = "Component is in use by another component in your organization.";
/// A workflow rule's criteria or updates name a field.
const USED_BY_WORKFLOW: &str = "The custom field is in use in a workflow rule.";
/// A layout shows a component.
const ON_LAYOUT: &str = "The object is in use by another object and cannot be deleted.";
/// A job waits for its time.
const SCHEDULED: &str = "This schedulable class has jobs pending or in progress.";
/// Another package needs this one.
const EXTENSION: &str = "This extension depends on the package you are trying to uninstall.";
/// Somebody put something of their own into a folder.
const FOLDER_IN_USE: &str = "This folder contains items that were added after installation.";

/// One reason why a package cannot go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Blocker {
    /// Type and name of the package's component, e.g. `Page Layout Task.Call Layout`.
    pub(crate) component: String,
    pub(crate) problem: &'static str,
    /// What refers to it.
    pub(crate) referrer: String,
}

impl Blocker {
    fn new(kind: &str, name: &str, problem: &'static str, referrer: &str) -> Self {
        let component = format!("{kind} {name}");
        Self { component, problem, referrer: referrer.to_owned() }
    }

    /// The row as the org writes it.
    pub(crate) fn text(&self, guesses: Guesses) -> String {
        let text = format!("{}: {}", self.component, self.problem);
        if guesses.uninstall_errors_name_referrers {
            format!("{text} {}", self.referrer)
        } else {
            text
        }
    }
}

impl World {
    /// Everything that keeps the package of a namespace from being uninstalled.
    pub(crate) fn blockers(&self, namespace: &str) -> Vec<Blocker> {
        let mut found = Vec::new();
        found.extend(self.assigned_layouts(namespace));
        found.extend(self.assigned_permission_sets(namespace));
        found.extend(self.added_reports(namespace));
        found.extend(self.added_custom_metadata(namespace));
        found.extend(self.dependents(namespace));
        found.extend(self.scheduled(namespace));
        found.extend(self.extensions(namespace));
        found
    }

    /// One row for each cell of the assignment table, hidden profiles included.
    fn assigned_layouts(&self, namespace: &str) -> Vec<Blocker> {
        let layouts = self.layouts.iter();
        let layouts = layouts.filter(|it| it.namespace_prefix.as_deref() == Some(namespace));
        let rows = layouts.flat_map(|layout| {
            let name = format!("{}.{}", layout.table_enum_or_id, layout.name);
            let cells = self.profile_layouts.iter();
            let cells = cells.filter(|cell| cell.layout_id.as_ref() == Some(&layout.id));
            cells.map(move |cell| {
                let profile = self.profile(&cell.profile_id).map_or("", |it| it.name.as_str());
                Blocker::new("Page Layout", &name, REFERENCED_BY_PROFILE, profile)
            })
        });
        rows.collect()
    }

    fn assigned_permission_sets(&self, namespace: &str) -> Vec<Blocker> {
        let sets = self.permission_sets.iter();
        let sets = sets.filter(|set| set.namespace_prefix.as_deref() == Some(namespace));
        let rows = sets.flat_map(|set| {
            let given = self.permission_set_assignments.iter();
            let given = given.filter(|given| given.permission_set_id == set.id);
            given.map(|given| {
                let user = self.user(&given.assignee_id).map_or("", |user| user.username.as_str());
                Blocker::new("Permission Set", &set.label, IN_USE, user)
            })
        });
        rows.collect()
    }

    /// Reports of other people in the package's folders.
    fn added_reports(&self, namespace: &str) -> Vec<Blocker> {
        let folders = self.report_folders.iter();
        let folders = folders.filter(|it| it.namespace_prefix.as_deref() == Some(namespace));
        let rows = folders.flat_map(|folder| {
            let reports = self.reports.iter().filter(|report| {
                report.folder == folder.developer_name
                    && report.namespace_prefix.as_deref() != Some(namespace)
            });
            reports.map(|report| Blocker::new("Folder", &folder.name, FOLDER_IN_USE, &report.name))
        });
        rows.collect()
    }

    /// Records that the org made of the package's custom metadata types.
    fn added_custom_metadata(&self, namespace: &str) -> Vec<Blocker> {
        let kinds = self.custom_metadata_types.iter();
        let kinds = kinds.filter(|kind| kind.namespace_prefix.as_deref() == Some(namespace));
        let rows = kinds.flat_map(|kind| {
            let records = kind.records.iter();
            let records =
                records.filter(|record| record.namespace_prefix.as_deref() != Some(namespace));
            records.map(|record| {
                let name = kind.record_full_name(record);
                Blocker::new("Custom Metadata Type", &kind.label, IN_USE, &name)
            })
        });
        rows.collect()
    }

    /// Components from elsewhere that refer to the package's.
    fn dependents(&self, namespace: &str) -> Vec<Blocker> {
        let is_ours = |prefix: &Option<String>| prefix.as_deref() == Some(namespace);
        let all = self.dependencies().into_iter();
        let outside = all.filter(|it| is_ours(&it.to.namespace) && !is_ours(&it.from.namespace));
        let rows = outside.map(|it| {
            let problem = match (it.from.kind.as_str(), it.to.kind.as_str()) {
                ("WorkflowRule", "CustomField") => USED_BY_WORKFLOW,
                ("Layout", _) => ON_LAYOUT,
                _ => IN_USE,
            };
            Blocker { component: it.to.shown, problem, referrer: it.from.full_name }
        });
        rows.collect()
    }

    /// Jobs that somebody scheduled with the package's classes.
    fn scheduled(&self, namespace: &str) -> Vec<Blocker> {
        let classes = self.apex_classes.iter();
        let classes = classes.filter(|it| it.namespace_prefix.as_deref() == Some(namespace));
        let rows = classes.flat_map(|class| {
            let jobs = self.scheduled_jobs.iter().filter(|job| job.apex_class_id == class.id);
            jobs.map(|job| Blocker::new("Apex Class", &class.name, SCHEDULED, &job.name))
        });
        rows.collect()
    }

    /// Installed packages that need this one.
    fn extensions(&self, namespace: &str) -> Vec<Blocker> {
        let Some(package) = self.installed_package(namespace) else {
            return Vec::new();
        };
        let versions = self
            .installed_packages
            .iter()
            .filter_map(|it| self.package_version(&it.subscriber_package_version_id));
        let rows = versions.filter(|it| it.depends_on.contains(&package.subscriber_package_id));
        rows.map(|it| Blocker {
            component: format!("Installed Package {}", it.package_name),
            problem: EXTENSION,
            referrer: it.namespace_prefix.clone().unwrap_or_default(),
        })
        .collect()
    }
}
