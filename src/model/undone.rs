//! What earlier runs have changed and is to be taken back.

use super::{Baseline, BaselineEntry, Before, Target, Way};

/// What earlier runs have changed of an org or of a Webex organization: what was there before the
/// first of them, and what the last of them set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone {
    /// One entry a value; none where the runs together left it as it was.
    pub past: Baseline,
    /// The entries of values that one of them set and another has put back: an undo that was broken
    /// off has done so, and what is remembered of them is to be forgotten too.
    pub settled: Baseline,
    /// Every value that one of them has set, or may have: a row that the org has refused is among them.
    pub set: Vec<BaselineEntry>,
}

/// What taking runs back does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undoing {
    /// Whole components that the runs made go again.
    TakesOut,
    /// Whole components that the runs removed come back.
    BringsBack,
    /// Single values go back to what they were.
    Resets,
    /// Some components go and others come back, which no one order of steps does.
    Both,
}

impl Undone {
    /// What taking the runs back does.
    pub fn undoing(&self) -> Undoing {
        let components = || self.past.entries.iter().filter(|it| it.target.is_component());
        let made = components().any(|it| it.before == Before::Known(None) && it.ours.is_some());
        let removed = components().any(|it| it.before.value().is_some() && it.ours.is_none());
        match (made, removed) {
            (true, true) => Undoing::Both,
            (true, false) => Undoing::TakesOut,
            (false, true) => Undoing::BringsBack,
            (false, false) => Undoing::Resets,
        }
    }
}

impl Undoing {
    /// Whether something is taken out or built up.
    pub fn way(self) -> Way {
        match self {
            Self::TakesOut => Way::Remove,
            Self::BringsBack | Self::Resets | Self::Both => Way::Build,
        }
    }
}

impl Target {
    /// Whether it is something that can be made and removed as a whole, and that others build on.
    pub fn is_component(&self) -> bool {
        matches!(
            self,
            Self::Package(_)
                | Self::CallCenter(_)
                | Self::ApexClass(_)
                | Self::PermissionSet(_)
                | Self::Tenant { field: None, .. }
        )
    }

    /// Whether it comes and goes with that component.
    pub fn is_part_of(&self, component: &Self) -> bool {
        let of_namespace = |kind: &str, namespace: &str| {
            kind.split_once("__").is_some_and(|(first, _)| first == namespace)
        };
        match (self, component) {
            (Self::CallCenterField(it, _), Self::CallCenter(whole)) => it.is_or_replaces(whole),
            (Self::PermissionSetAccess(it, _), Self::PermissionSet(whole)) => {
                it.is_or_replaces(whole)
            }
            (Self::CustomMetadata(place), Self::Package(namespace)) => {
                of_namespace(&place.kind, namespace)
            }
            (Self::RegionalValue(it, ..), Self::Package(namespace)) => it == namespace,
            (Self::ApexStatus(it), Self::ApexClass(whole)) => it == whole,
            _ => false,
        }
    }

    /// Whether it comes and goes with the component that it is a part of.
    pub fn is_part_of_component(&self) -> bool {
        matches!(
            self,
            Self::CallCenterField(..)
                | Self::CustomMetadata(_)
                | Self::RegionalValue(..)
                | Self::PermissionSetAccess(..)
                | Self::ApexStatus(_)
        )
    }
}
