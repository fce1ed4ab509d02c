//! The components of a package, and who gets access to them.

use super::World;
use super::package::PackageContent;
use super::people::{PermissionSet, SetupEntityAccess};
use crate::ids::Id;

impl World {
    /// Adds what the package brings; what is there already (an upgrade) keeps its id and values.
    pub(crate) fn unpack(&mut self, content: PackageContent) {
        for mut app in content.apps {
            if !self.apps.iter().any(|it| {
                (&it.developer_name, &it.namespace_prefix)
                    == (&app.developer_name, &app.namespace_prefix)
            }) {
                app.id = self.new_id("02u");
                self.apps.push(app);
            }
        }
        for mut layout in content.layouts {
            if self.layout_by_full_name(&layout.full_name()).is_none() {
                layout.id = self.new_id("00h");
                self.layouts.push(layout);
            }
        }
        for mut folder in content.report_folders {
            if !self.report_folders.iter().any(|it| it.developer_name == folder.developer_name) {
                folder.id = self.new_id("00l");
                self.report_folders.push(folder);
            }
        }
        for mut report in content.reports {
            if !self.reports.iter().any(|it| it.developer_name == report.developer_name) {
                report.id = self.new_id("00O");
                self.reports.push(report);
            }
        }
        for mut object in content.objects {
            let name = object.api_name();
            if !self.custom_objects.iter().any(|it| it.api_name() == name) {
                object.id = self.new_id("01I");
                self.custom_objects.push(object);
            }
        }
        for mut field in content.fields {
            let name = field.api_name();
            if !self
                .custom_fields
                .iter()
                .any(|it| it.object == field.object && it.api_name() == name)
            {
                field.id = self.new_id("00N");
                self.custom_fields.push(field);
            }
        }
        for mut set in content.permission_sets {
            if !self.permission_sets.iter().any(|it| is_same_set(it, &set)) {
                set.id = self.new_id("0PS");
                self.permission_sets.push(set);
            }
        }
        for mut class in content.apex_classes {
            if !self.apex_classes.iter().any(|it| {
                (&it.name, &it.namespace_prefix) == (&class.name, &class.namespace_prefix)
            }) {
                class.id = self.new_id("01p");
                self.apex_classes.push(class);
            }
        }
        for mut kind in content.custom_metadata_types {
            let name = kind.api_name();
            if self.custom_metadata_types.iter().any(|it| it.api_name() == name) {
                continue;
            }
            kind.id = self.new_id("01I");
            for field in &mut kind.fields {
                field.id = self.new_id("00N");
            }
            for record in &mut kind.records {
                record.id = self.new_id(&kind.key_prefix);
            }
            self.custom_metadata_types.push(kind);
        }
    }

    /// Gives profiles access to a namespace's apps and classes.
    pub(super) fn grant(&mut self, namespace: Option<&str>, profiles: &[Id]) {
        let of_package = |prefix: &Option<String>| prefix.as_deref() == namespace;
        let apps = self.apps.iter().filter(|app| of_package(&app.namespace_prefix));
        let classes = self.apex_classes.iter().filter(|it| of_package(&it.namespace_prefix));
        let entities: Vec<(Id, &str)> = apps
            .map(|app| (app.id.clone(), "TabSet"))
            .chain(classes.map(|class| (class.id.clone(), "ApexClass")))
            .collect();
        let sets: Vec<Id> = profiles
            .iter()
            .filter_map(|profile| self.own_permission_set(profile).map(|set| set.id.clone()))
            .collect();
        self.share_records(namespace, &sets);
        for set in sets {
            for (entity, kind) in &entities {
                self.allow(&set, entity, kind);
            }
        }
    }

    /// Gives a permission set access to an Apex class or an app, and returns the access record.
    pub(crate) fn allow(&mut self, set: &Id, entity: &Id, kind: &str) -> Id {
        let known = self
            .setup_entity_access
            .iter()
            .find(|access| access.parent_id == *set && access.setup_entity_id == *entity);
        if let Some(access) = known {
            return access.id.clone();
        }
        let id = self.new_id("0J0");
        self.setup_entity_access.push(SetupEntityAccess {
            id: id.clone(),
            parent_id: set.clone(),
            setup_entity_id: entity.clone(),
            setup_entity_type: kind.to_owned(),
        });
        id
    }
}

fn is_same_set(one: &PermissionSet, other: &PermissionSet) -> bool {
    (&one.name, &one.namespace_prefix) == (&other.name, &other.namespace_prefix)
}
