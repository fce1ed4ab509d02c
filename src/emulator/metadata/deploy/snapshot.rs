//! Remembers the deployable part of a world, to take a deploy back.

use crate::emulator::world::World;
use crate::emulator::world::call_center::CallCenter;
use crate::emulator::world::custom_metadata::CustomMetadataType;
use crate::emulator::world::pages::ProfileLayout;
use crate::emulator::world::people::{PermissionSet, Profile, SetupEntityAccess};
use crate::emulator::world::things::ApexClass;

/// All that a deploy can change.
pub(super) struct Snapshot {
    call_centers: Vec<CallCenter>,
    custom_metadata_types: Vec<CustomMetadataType>,
    profiles: Vec<Profile>,
    profile_layouts: Vec<ProfileLayout>,
    permission_sets: Vec<PermissionSet>,
    setup_entity_access: Vec<SetupEntityAccess>,
    apex_classes: Vec<ApexClass>,
}

impl Snapshot {
    /// Remembers.
    pub(super) fn of(world: &World) -> Self {
        Self {
            call_centers: world.call_centers.clone(),
            custom_metadata_types: world.custom_metadata_types.clone(),
            profiles: world.profiles.clone(),
            profile_layouts: world.profile_layouts.clone(),
            permission_sets: world.permission_sets.clone(),
            setup_entity_access: world.setup_entity_access.clone(),
            apex_classes: world.apex_classes.clone(),
        }
    }

    /// Takes everything back; ids that were handed out stay used, as in a real org.
    pub(super) fn restore(self, world: &mut World) {
        world.call_centers = self.call_centers;
        world.custom_metadata_types = self.custom_metadata_types;
        world.profiles = self.profiles;
        world.profile_layouts = self.profile_layouts;
        world.permission_sets = self.permission_sets;
        world.setup_entity_access = self.setup_entity_access;
        world.apex_classes = self.apex_classes;
    }
}
