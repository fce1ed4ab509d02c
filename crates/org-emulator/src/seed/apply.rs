//! Makes the changes that people are said to have made.

use super::changes::{Assignment, Changes, NewComponent, NewRecord, NewReport};
use super::file::{change_users, merge, permit};
use super::{apps, groups, life, many, others, renames, tasks};
use crate::ids::Id;
use crate::world::World;
use crate::world::components::Component;
use crate::world::custom_metadata::CustomMetadataRecord;
use crate::world::people::{PermissionSet, PermissionSetAssignment};
use crate::world::things::{ApexClass, Report, ScheduledJob};

impl Changes {
    /// Makes the changes; an error names what the org lacks.
    pub(crate) fn apply(&self, world: &mut World) -> Result<(), String> {
        many::add(world, self.many);
        for version in &self.installed {
            install(world, version)?;
        }
        for new in &self.apex_classes {
            let id = world.new_id("01p");
            world.apex_classes.push(ApexClass {
                id,
                name: new.name.clone(),
                namespace_prefix: None,
                body: new.body.clone(),
                api_version: 68.0,
                status: "Active".to_owned(),
                is_valid: true,
                manageable_state: "unmanaged".to_owned(),
            });
        }
        for new in &self.components {
            add_component(world, new)?;
        }
        for new in &self.scheduled_jobs {
            let class = world.part(&format!("ApexClass:{}", new.apex_class));
            let class = class.ok_or_else(|| lacks("Apex class", &new.apex_class))?;
            let id = world.new_id("08e");
            world.scheduled_jobs.push(ScheduledJob {
                id,
                name: new.name.clone(),
                apex_class_id: class.id,
                cron_expression: "0 0 6 * * ?".to_owned(),
            });
        }
        for new in &self.reports {
            add_report(world, new)?;
        }
        for new in &self.custom_metadata {
            add_record(world, new)?;
        }
        for assignment in &self.page_layouts {
            assign_layout(world, assignment)?;
        }
        for (set, users) in &self.permission_sets {
            assign_set(world, set, users)?;
        }
        change_users(world, &self.users)?;
        permit(world, &self.permissions)?;
        for (label, fields) in &self.field_access {
            set_of(world, label)?.fields.extend(fields.clone());
        }
        for (label, objects) in &self.object_access {
            set_of(world, label)?.objects.extend(objects.clone());
        }
        merge(&mut world.login_policy, &self.logins)?;
        for (name, group) in &self.permission_set_groups {
            groups::add(world, name, group)?;
        }
        renames::translate(world, &self.translations);
        renames::change_profiles(world, &self.profiles)?;
        renames::change_packages(world, &self.packages)?;
        renames::change_layouts(world, &self.layouts)?;
        renames::change_record_types(world, &self.record_types)?;
        for entry in &self.audited {
            others::note_down(world, entry)?;
        }
        for old in &self.old_installs {
            others::leave_over(world, old)?;
        }
        for job in &self.running {
            others::begin(world, job)?;
        }
        for (bar, components) in &self.utility_bars {
            apps::set_utility_bar(world, bar, components);
        }
        for (app, bar) in &self.apps {
            apps::set_app(world, app, bar);
        }
        if self.tasks > 0 {
            tasks::add(world, self.tasks, self.lived_in.unwrap_or_default());
        }
        if let Some(number) = self.lived_in {
            life::changes(world, number).apply(world)?;
        }
        self.removed.iter().try_for_each(|reference| remove(world, reference))
    }
}

/// The permission set of that label; a profile's own has the profile's label.
fn set_of<'a>(world: &'a mut World, label: &str) -> Result<&'a mut PermissionSet, String> {
    let mut sets = world.permission_sets.iter_mut();
    sets.find(|set| set.label == label).ok_or_else(|| lacks("profile or permission set", label))
}

fn lacks(kind: &str, name: &str) -> String {
    format!("the org has no {kind} {name:?}")
}

/// Installs a version, whether it is on offer or not.
fn install(world: &mut World, id: &str) -> Result<(), String> {
    let version = Id::parse(id).and_then(|id| world.package_version(&id));
    let version = version.ok_or_else(|| lacks("package version", id))?;
    let version = version.clone();
    let everybody = world.shown_profiles(false);
    world.bring(&version, "Full", true, &everybody);
    Ok(())
}

fn add_component(world: &mut World, new: &NewComponent) -> Result<(), String> {
    let missing = new.refers_to.iter().find(|reference| world.part(reference).is_none());
    if let Some(reference) = missing {
        return Err(lacks("component", reference));
    }
    let id = world.new_id(prefix(&new.kind));
    world.components.push(Component {
        id,
        kind: new.kind.clone(),
        full_name: new.full_name.clone(),
        refers_to: new.refers_to.clone(),
    });
    Ok(())
}

/// The key prefix of a type's components.
fn prefix(kind: &str) -> &'static str {
    match kind {
        "FlexiPage" => "0M0",
        "Flow" => "301",
        "Layout" => "00h",
        "ListView" => "00B",
        "QuickAction" => "09D",
        "ValidationRule" => "03d",
        "WorkflowRule" => "01Q",
        _ => "0Zz",
    }
}

fn add_report(world: &mut World, new: &NewReport) -> Result<(), String> {
    if !world.report_folders.iter().any(|folder| folder.developer_name == new.folder) {
        return Err(lacks("report folder", &new.folder));
    }
    let id = world.new_id("00O");
    world.reports.push(Report {
        id,
        name: new.name.clone(),
        developer_name: new.developer_name.clone(),
        namespace_prefix: None,
        folder: new.folder.clone(),
    });
    Ok(())
}

fn add_record(world: &mut World, new: &NewRecord) -> Result<(), String> {
    let kind = world.custom_metadata_types.iter().position(|kind| kind.api_name() == new.kind);
    let place = kind.ok_or_else(|| lacks("custom metadata type", &new.kind))?;
    let id = world.new_id(&world.custom_metadata_types[place].key_prefix.clone());
    let kind = &mut world.custom_metadata_types[place];
    let mut values = kind.records.first().map(|record| record.values.clone()).unwrap_or_default();
    values.extend(new.values.clone());
    kind.records.push(CustomMetadataRecord {
        id,
        developer_name: new.developer_name.clone(),
        namespace_prefix: None,
        master_label: new.developer_name.clone(),
        protected: false,
        values,
    });
    Ok(())
}

fn assign_layout(world: &mut World, new: &Assignment) -> Result<(), String> {
    let profile = world.profiles.iter().find(|profile| profile.name == new.profile);
    let profile = profile.ok_or_else(|| lacks("profile", &new.profile))?.id.clone();
    let layout =
        world.layout_by_full_name(&new.layout).ok_or_else(|| lacks("layout", &new.layout))?;
    let (layout, object) = (layout.id.clone(), layout.table_enum_or_id.clone());
    let kind = match &new.record_type {
        None => None,
        Some(name) => {
            let mut kinds = world.record_types.iter();
            let kind = kinds.find(|it| it.developer_name == *name && it.sobject_type == object);
            Some(kind.ok_or_else(|| lacks("record type", name))?.id.clone())
        }
    };
    world.assign_layout(&profile, kind.as_ref(), &layout, &object);
    Ok(())
}

fn assign_set(world: &mut World, name: &str, users: &[String]) -> Result<(), String> {
    let set = world.permission_sets.iter().find(|set| set.name == name);
    let set = set.ok_or_else(|| lacks("permission set", name))?.id.clone();
    for name in users {
        let user = world.users.iter().find(|user| user.username.starts_with(name.as_str()));
        let assignee_id = user.ok_or_else(|| lacks("user", name))?.id.clone();
        let id = world.new_id("0Pa");
        let given = PermissionSetAssignment {
            id,
            assignee_id,
            permission_set_id: set.clone(),
            permission_set_group_id: None,
        };
        world.permission_set_assignments.push(given);
    }
    Ok(())
}

/// Takes away what people made; a package's parts only go with it.
fn remove(world: &mut World, reference: &str) -> Result<(), String> {
    let count = |world: &World| {
        world.components.len()
            + world.reports.len()
            + world.scheduled_jobs.len()
            + world.apex_classes.len()
            + world.call_centers.len()
    };
    let before = count(world);
    let (kind, name) = reference.split_once(':').unwrap_or_default();
    world.components.retain(|component| component.reference() != reference);
    match kind {
        "Report" => {
            let is_own = |it: &Report| it.namespace_prefix.is_none() && it.developer_name == name;
            world.reports.retain(|it| !is_own(it));
        }
        "ScheduledJob" => world.scheduled_jobs.retain(|it| it.name != name),
        "ApexClass" => {
            let is_own = |it: &ApexClass| it.namespace_prefix.is_none() && it.name == name;
            world.apex_classes.retain(|it| !is_own(it));
        }
        "CallCenter" => {
            let found = world.call_centers.iter().find(|it| it.internal_name == name);
            let id = found.map(|it| it.id.clone());
            if world
                .users
                .iter()
                .any(|user| user.call_center_id.is_some() && user.call_center_id == id)
            {
                return Err(format!("users are in the call center {name}"));
            }
            world.call_centers.retain(|it| it.internal_name != name);
        }
        _ => {}
    }
    if count(world) == before { Err(lacks("component", reference)) } else { Ok(()) }
}
