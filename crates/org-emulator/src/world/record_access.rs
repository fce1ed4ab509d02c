//! What profiles and permission sets let people do with records and their fields.
//!
//! A profile lets its users edit every standard field of every object unless it was told otherwise,
//! as Salesforce's own profiles do; fields and objects that people or packages made, and everything
//! else of permission sets, are given one by one.

use serde::{Deserialize, Serialize};

use super::World;
use super::fields::CustomObject;
use super::people::PermissionSet;
use crate::schema::{self, Api, Field, SObject};

/// What somebody may do with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FieldAccess {
    None,
    Read,
    Edit,
}

/// What somebody may do with the records of an object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the real object has these fields")]
pub(crate) struct ObjectAccess {
    pub(crate) read: bool,
    pub(crate) create: bool,
    pub(crate) edit: bool,
    pub(crate) delete: bool,
    pub(crate) view_all: bool,
    pub(crate) modify_all: bool,
}

impl ObjectAccess {
    /// Reading and writing what is shared with them.
    pub(crate) const WRITE: Self = Self {
        read: true,
        create: true,
        edit: true,
        delete: true,
        view_all: false,
        modify_all: false,
    };
    /// Reading alone.
    pub(crate) const READ: Self = Self {
        read: true,
        create: false,
        edit: false,
        delete: false,
        view_all: false,
        modify_all: false,
    };

    /// Whichever of two gives more.
    fn or(self, other: Self) -> Self {
        Self {
            read: self.read || other.read,
            create: self.create || other.create,
            edit: self.edit || other.edit,
            delete: self.delete || other.delete,
            view_all: self.view_all || other.view_all,
            modify_all: self.modify_all || other.modify_all,
        }
    }
}

/// The profile that reads what others write.
const READ_ONLY: &str = "ReadOnly";
/// The profile that is given next to nothing.
const MINIMUM: &str = "Minimum Access - Salesforce";
/// Profiles whose users write no records.
const READING: [&str; 2] = [READ_ONLY, MINIMUM];

/// The object that people get at by a user permission, and not by permissions of the object.
pub(crate) const TASK: &str = "Task";

impl World {
    /// Objects whose records people work with.
    pub(crate) fn record_objects(&self) -> Vec<SObject> {
        let mut objects = schema::all(self, Api::Data);
        objects.retain(|object| object.layoutable && !object.setup);
        objects
    }

    /// What a permission set lets people do with a field.
    pub(crate) fn field_access(
        &self,
        set: &PermissionSet,
        object: &SObject,
        field: &Field,
    ) -> FieldAccess {
        if set.permission_set_group_id.is_some() {
            let members = self.members(set);
            let each = members.map(|member| self.field_access(member, object, field));
            return each.max().unwrap_or(FieldAccess::None);
        }
        let told = set.fields.get(&format!("{}.{}", object.name, field.name)).copied();
        told.unwrap_or_else(|| Self::default_field_access(set, object, field))
    }

    /// The same where nothing was told.
    pub(crate) fn default_field_access(
        set: &PermissionSet,
        object: &SObject,
        field: &Field,
    ) -> FieldAccess {
        if set.profile_id.is_some() && !field.custom && !object.custom {
            FieldAccess::Edit
        } else {
            FieldAccess::None
        }
    }

    /// What a permission set lets people do with the records of an object.
    pub(crate) fn object_access(&self, set: &PermissionSet, object: &SObject) -> ObjectAccess {
        if set.permission_set_group_id.is_some() {
            let members = self.members(set);
            let each = members.map(|member| self.object_access(member, object));
            return each.fold(ObjectAccess::default(), ObjectAccess::or);
        }
        let told = set.objects.get(&object.name).copied();
        told.unwrap_or_else(|| self.default_object_access(set, object))
    }

    /// The same where nothing was told.
    pub(crate) fn default_object_access(
        &self,
        set: &PermissionSet,
        object: &SObject,
    ) -> ObjectAccess {
        let profile = set.profile_id.as_ref();
        let profile = profile.and_then(|id| self.profiles.iter().find(|it| it.id == *id));
        match profile.map(|profile| profile.full_name.as_str()) {
            Some(READ_ONLY) if !object.custom => ObjectAccess::READ,
            Some(MINIMUM) | None => ObjectAccess::default(),
            Some(_) if object.custom => ObjectAccess::default(),
            Some(_) => ObjectAccess::WRITE,
        }
    }

    /// The permission sets of which a group's own set is made.
    fn members<'a>(&'a self, set: &PermissionSet) -> impl Iterator<Item = &'a PermissionSet> {
        let group = self.group_of(&set.id);
        let ids = group.map(|group| group.permission_set_ids.as_slice()).unwrap_or_default();
        self.permission_sets.iter().filter(|set| ids.contains(&set.id))
    }

    /// Lets all profiles see every app, field and object that was made so far, as whoever makes them in
    /// Setup is offered to, and write tasks unless they are for reading only.
    pub(crate) fn open_records(&mut self) {
        let writing: Vec<_> = self
            .profiles
            .iter()
            .filter(|profile| !READING.contains(&profile.full_name.as_str()))
            .map(|profile| profile.id.clone())
            .collect();
        let is_writing = |set: &&mut PermissionSet| {
            set.profile_id.as_ref().is_some_and(|profile| writing.contains(profile))
        };
        for set in self.permission_sets.iter_mut().filter(is_writing) {
            set.permissions.insert("EditTask".to_owned());
        }
        let apps: Vec<_> = self.apps.iter().map(|app| app.id.clone()).collect();
        let shown = self.shown_profiles(false);
        let sets: Vec<_> = shown
            .iter()
            .filter_map(|profile| self.own_permission_set(profile).map(|set| set.id.clone()))
            .collect();
        for set in &sets {
            for app in &apps {
                self.allow(set, app, "TabSet");
            }
        }
        self.share_records(None, &sets);
    }

    /// Gives permission sets the fields and objects that a package brought, or all that there are.
    pub(crate) fn share_records(&mut self, namespace: Option<&str>, sets: &[crate::ids::Id]) {
        let is_meant =
            |prefix: &Option<String>| namespace.is_none() || prefix.as_deref() == namespace;
        let objects = self.custom_objects.iter().filter(|it| is_meant(&it.namespace_prefix));
        let objects: Vec<String> = objects.map(CustomObject::api_name).collect();
        let fields = self.custom_fields.iter().filter(|it| is_meant(&it.namespace_prefix));
        let fields: Vec<(String, FieldAccess)> = fields
            .filter(|field| !field.required)
            .map(|field| {
                let access = if field.updateable { FieldAccess::Edit } else { FieldAccess::Read };
                (format!("{}.{}", field.object, field.api_name()), access)
            })
            .collect();
        for set in self.permission_sets.iter_mut().filter(|set| sets.contains(&set.id)) {
            set.objects.extend(objects.iter().map(|name| (name.clone(), ObjectAccess::WRITE)));
            set.fields.extend(fields.iter().cloned());
        }
    }

    /// Forgets what was given of fields and objects that are gone.
    pub(crate) fn forget_gone_records(&mut self) {
        let fields: Vec<String> = self
            .custom_fields
            .iter()
            .map(|field| format!("{}.{}", field.object, field.api_name()))
            .collect();
        let objects: Vec<String> = self.custom_objects.iter().map(CustomObject::api_name).collect();
        let is_custom = |name: &str| name.ends_with("__c");
        for set in &mut self.permission_sets {
            set.fields.retain(|name, _| {
                let object = name.split('.').next().unwrap_or_default();
                let object_is_there = !is_custom(object) || objects.iter().any(|it| it == object);
                object_is_there && (!is_custom(name) || fields.contains(name))
            });
            set.objects.retain(|name, _| !is_custom(name) || objects.contains(name));
        }
    }
}
