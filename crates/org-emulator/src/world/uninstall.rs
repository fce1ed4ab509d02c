//! What the org no longer has when a package has gone: all that it brought, with all data in it.

use super::World;
use super::fields::CustomObject;
use crate::guesses::Guesses;
use crate::ids::Id;

impl World {
    /// Takes the package of a namespace out, unless something refers to it: then says what.
    pub(crate) fn uninstall(
        &mut self,
        namespace: &str,
        guesses: Guesses,
    ) -> Result<(), Vec<String>> {
        let blockers = self.blockers(namespace);
        if !blockers.is_empty() {
            return Err(blockers.iter().map(|blocker| blocker.text(guesses)).collect());
        }
        self.remove_objects(namespace);
        self.remove_fields(namespace);
        self.remove_layouts(namespace);
        self.remove_access(namespace);
        self.remove_components(namespace);
        self.forget_gone_records();
        self.remove_licenses(namespace);
        Ok(())
    }

    /// Objects go with their fields and records.
    fn remove_objects(&mut self, namespace: &str) {
        let (gone, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut self.custom_objects)
            .into_iter()
            .partition(|object| is_of(object.namespace_prefix.as_ref(), namespace));
        self.custom_objects = kept;
        for name in gone.iter().map(CustomObject::api_name) {
            self.records.remove(&name);
            self.custom_fields.retain(|field| field.object != name);
        }
    }

    /// Fields go with the values that records have in them.
    fn remove_fields(&mut self, namespace: &str) {
        let (gone, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut self.custom_fields)
            .into_iter()
            .partition(|field| is_of(field.namespace_prefix.as_ref(), namespace));
        self.custom_fields = kept;
        for field in gone {
            let name = field.api_name();
            for row in self.records.get_mut(&field.object).into_iter().flatten() {
                row.remove(&name);
            }
        }
    }

    /// Layouts, record types, and their places in the assignment table.
    fn remove_layouts(&mut self, namespace: &str) {
        let kinds: Vec<Id> = self
            .record_types
            .iter()
            .filter(|kind| is_of(kind.namespace_prefix.as_ref(), namespace))
            .map(|kind| kind.id.clone())
            .collect();
        self.profile_layouts
            .retain(|cell| !cell.record_type_id.as_ref().is_some_and(|id| kinds.contains(id)));
        for row in self.records.values_mut().flatten() {
            let kind = row.get("RecordTypeId").and_then(|id| id.as_str());
            if kinds.iter().any(|id| Some(id.as_str()) == kind) {
                row.remove("RecordTypeId");
            }
        }
        self.record_types.retain(|kind| !is_of(kind.namespace_prefix.as_ref(), namespace));
        self.layouts.retain(|layout| !is_of(layout.namespace_prefix.as_ref(), namespace));
    }

    /// What profiles and permission sets were given access to, and the package's own sets.
    fn remove_access(&mut self, namespace: &str) {
        let apps = self.apps.iter().map(|it| (&it.id, &it.namespace_prefix));
        let classes = self.apex_classes.iter().map(|it| (&it.id, &it.namespace_prefix));
        let sets = self.permission_sets.iter().map(|it| (&it.id, &it.namespace_prefix));
        let gone: Vec<Id> = apps
            .chain(classes)
            .chain(sets)
            .filter(|(_, prefix)| is_of(prefix.as_ref(), namespace))
            .map(|(id, _)| id.clone())
            .collect();
        self.setup_entity_access.retain(|access| {
            !gone.contains(&access.parent_id) && !gone.contains(&access.setup_entity_id)
        });
        self.permission_sets.retain(|set| !is_of(set.namespace_prefix.as_ref(), namespace));
    }

    fn remove_components(&mut self, namespace: &str) {
        self.apps.retain(|it| !is_of(it.namespace_prefix.as_ref(), namespace));
        self.apex_classes.retain(|it| !is_of(it.namespace_prefix.as_ref(), namespace));
        self.custom_metadata_types.retain(|it| !is_of(it.namespace_prefix.as_ref(), namespace));
        self.reports.retain(|it| !is_of(it.namespace_prefix.as_ref(), namespace));
        self.report_folders.retain(|it| !is_of(it.namespace_prefix.as_ref(), namespace));
        self.remote_sites.retain(|it| !is_of(it.namespace_prefix.as_ref(), namespace));
    }

    /// The package itself, and its licence with everybody's seats.
    fn remove_licenses(&mut self, namespace: &str) {
        let gone = self.installed_package(namespace).map(|package| package.id.clone());
        self.installed_packages.retain(|package| Some(&package.id) != gone.as_ref());
        let licenses: Vec<Id> = self
            .package_licenses
            .iter()
            .filter(|license| license.namespace_prefix == namespace)
            .map(|license| license.id.clone())
            .collect();
        self.user_package_licenses.retain(|seat| !licenses.contains(&seat.package_license_id));
        self.package_licenses.retain(|license| license.namespace_prefix != namespace);
    }
}

fn is_of(prefix: Option<&String>, namespace: &str) -> bool {
    prefix.is_some_and(|prefix| prefix == namespace)
}
