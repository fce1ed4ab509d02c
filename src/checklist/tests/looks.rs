use super::fixture::desired;
use super::omni_sync::wanted;
use crate::checklist::{Intent, ItemId, looks};
use crate::model::{Baseline, Look, Way};

#[test]
fn permission_sets_are_looked_at_by_whom_they_matter_to() {
    let none = Baseline::default();
    let needs = |desired, way| {
        looks(&Intent { desired, baseline: &none, way }).remove(&Look::PermissionSets)
    };
    let plain = desired();
    assert_eq!(needs(&plain, Way::Build), None);
    let mut assigning = plain.clone();
    assigning.permission_sets = vec!["Agents".to_owned()];
    assigning.users.permission_sets = vec!["Agents".to_owned()];
    let items = [ItemId::USERS, ItemId::PERMISSION_SET];
    assert_eq!(needs(&assigning, Way::Build), Some(items.into()));
    let items = [ItemId::OMNI_SYNC, ItemId::PERMISSION_SET];
    assert_eq!(needs(&plain, Way::Remove), Some(items.into()));
}

#[test]
fn state_sync_is_looked_at_where_it_is_asked_for() {
    let none = Baseline::default();
    assert!(
        !looks(&Intent { desired: &desired(), baseline: &none, way: Way::Build })
            .contains_key(&Look::OmniSync)
    );
    assert!(
        looks(&Intent { desired: &wanted(), baseline: &none, way: Way::Build })
            .contains_key(&Look::OmniSync)
    );
    assert!(
        looks(&Intent { desired: &desired(), baseline: &none, way: Way::Remove })
            .contains_key(&Look::OmniSync)
    );
}
