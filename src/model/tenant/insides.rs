//! Which records are read by themselves: lists leave out what is in them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::TenantRecordId;

/// Ids of records that are read by themselves, by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Insides {
    /// Desktop layouts, for their contents.
    pub layouts: BTreeSet<TenantRecordId>,
    /// Desktop profiles, for the idle codes that they allow and the ways to take calls.
    pub profiles: BTreeSet<TenantRecordId>,
    /// Outdial ANI lists, for their numbers.
    pub anis: BTreeSet<TenantRecordId>,
    /// User profiles, for what they permit.
    pub user_profiles: BTreeSet<TenantRecordId>,
}

impl Insides {
    /// Whether none is read.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// These, and others.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.layouts.extend(others.layouts);
        self.profiles.extend(others.profiles);
        self.anis.extend(others.anis);
        self.user_profiles.extend(others.user_profiles);
        self
    }

    /// These without others.
    #[must_use]
    pub fn without(&self, others: &Self) -> Self {
        let less = |these: &BTreeSet<TenantRecordId>, those: &BTreeSet<TenantRecordId>| {
            these.difference(those).cloned().collect()
        };
        Self {
            layouts: less(&self.layouts, &others.layouts),
            profiles: less(&self.profiles, &others.profiles),
            anis: less(&self.anis, &others.anis),
            user_profiles: less(&self.user_profiles, &others.user_profiles),
        }
    }
}
