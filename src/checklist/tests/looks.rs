use super::fixture::desired;
use super::omni_sync::wanted;
use crate::checklist::{Item, Order, looks};
use crate::model::{Baseline, Look};

#[test]
fn permission_sets_are_looked_at_by_whom_they_matter_to() {
    let none = Baseline::default();
    let needs = |desired, order| looks(desired, &none, order).remove(&Look::PermissionSets);
    let plain = desired();
    assert_eq!(needs(&plain, Order::Building), None);
    let mut assigning = plain.clone();
    assigning.permission_sets = vec!["Agents".to_owned()];
    assigning.users.permission_sets = vec!["Agents".to_owned()];
    let items = [Item::Users, Item::PermissionSet];
    assert_eq!(needs(&assigning, Order::Building), Some(items.into()));
    let items = [Item::Package, Item::OmniSync, Item::PermissionSet];
    assert_eq!(needs(&plain, Order::Removing), Some(items.into()));
}

#[test]
fn state_sync_is_looked_at_where_it_is_asked_for() {
    let none = Baseline::default();
    assert!(!looks(&desired(), &none, Order::Building).contains_key(&Look::OmniSync));
    assert!(looks(&wanted(), &none, Order::Building).contains_key(&Look::OmniSync));
    assert!(looks(&desired(), &none, Order::Removing).contains_key(&Look::OmniSync));
}
