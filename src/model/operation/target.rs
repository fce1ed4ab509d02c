//! What an operation is about.

use super::{Ref, Value};
use crate::model::{
    CallCenterId, CustomMetadataPlace, Granted, ItemKey, PermissionSetId, ProfileId, RecordTypeId,
    RegionalValue, Subject, TenantRecord, TenantRecordId, UserId,
};

/// What an operation is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A managed package, by its namespace.
    Package(String),
    /// A call center as a whole.
    CallCenter(Ref<CallCenterId>),
    /// A value or a label of a call center.
    CallCenterField(Ref<CallCenterId>, CallCenterPart),
    /// The call center that a user is in.
    UserCallCenter(Ref<UserId>),
    /// The page layout of Task that a profile uses, in general or for a record type.
    TaskLayout {
        /// The profile.
        profile: Ref<ProfileId>,
        /// The record type; `None` is the master assignment.
        record_type: Option<Ref<RecordTypeId>>,
    },
    /// A permission set as a whole: label and accesses.
    PermissionSet(Ref<PermissionSetId>),
    /// An access of a permission set. It is only ever part of an operation on the whole set.
    PermissionSetAccess(Ref<PermissionSetId>, Granted),
    /// A permission set that a user has.
    PermissionSetAssignment {
        /// The user.
        user: Ref<UserId>,
        /// The permission set.
        set: Ref<PermissionSetId>,
    },
    /// An access of a profile.
    ProfileAccess(Ref<ProfileId>, Granted),
    /// An Apex class as a whole.
    ApexClass(String),
    /// Whether an Apex class is active.
    ApexStatus(String),
    /// An item of a utility bar: the bar's full name, and the item's component.
    UtilityItem(String, String),
    /// A value of a custom metadata record.
    CustomMetadata(CustomMetadataPlace),
    /// A value of the region that is only there once the package of that namespace is, and its
    /// place as far as the configuration names it.
    RegionalValue(String, RegionalValue, Option<CustomMetadataPlace>),
    /// A field of a softphone layout, by its label in Setup.
    SoftphoneField {
        /// The layout's name.
        layout: String,
        /// The field.
        field: String,
    },
    /// The softphone layout that a profile has by assignment: by that of a layout's name.
    SoftphoneAssignment {
        /// The layout's name.
        layout: String,
        /// The profile.
        profile: Ref<ProfileId>,
    },
    /// A record of the Webex organization as a whole, or a field of it by the API's name. A team's
    /// `desktopLayoutId` and an agent profile's fields are such.
    Tenant {
        /// Which kind of record.
        kind: TenantRecord,
        /// The record.
        record: Ref<TenantRecordId>,
        /// The field; `None`: the record as a whole.
        field: Option<String>,
    },
    /// Something that another version of the program wrote down. It is kept and never acted upon.
    Unknown(Subject, String),
}

/// A value or a label of a call center.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallCenterPart {
    /// What people see as its name.
    DisplayName,
    /// The label of the display name.
    DisplayNameLabel,
    /// The label of the internal name.
    InternalNameLabel,
    /// The label of a section.
    SectionLabel(String),
    /// The label of an item.
    ItemLabel(ItemKey),
    /// The value of an item.
    Item(ItemKey),
}

/// What travels together. One wave is carried out, then the org is looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wave {
    /// The package installation or uninstallation.
    Package,
    /// One deploy with everything deployable.
    Deploy,
    /// Records, in collections.
    Records,
    /// Records of the Webex organization, one by one.
    Webex,
}

/// Whether something is built up or taken out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// What others build on comes first.
    #[default]
    Build,
    /// What builds on others goes first.
    Remove,
}

impl Target {
    /// The wave that carries its operations out. What only people change is in none.
    pub fn wave(&self) -> Option<Wave> {
        match self {
            Self::Package(_) => Some(Wave::Package),
            Self::CallCenter(_)
            | Self::CallCenterField(..)
            | Self::TaskLayout { .. }
            | Self::PermissionSet(_)
            | Self::PermissionSetAccess(..)
            | Self::ProfileAccess(..)
            | Self::ApexClass(_)
            | Self::ApexStatus(_)
            | Self::UtilityItem(..)
            | Self::CustomMetadata(_)
            | Self::RegionalValue(..) => Some(Wave::Deploy),
            Self::UserCallCenter(_) | Self::PermissionSetAssignment { .. } => Some(Wave::Records),
            Self::Tenant { .. } => Some(Wave::Webex),
            Self::SoftphoneField { .. } | Self::SoftphoneAssignment { .. } | Self::Unknown(..) => {
                None
            }
        }
    }

    /// Whether it always is a value of something that is there, even where the value is empty.
    pub(super) fn is_value(&self) -> bool {
        matches!(
            self,
            Self::UserCallCenter(_)
                | Self::TaskLayout { .. }
                | Self::ApexStatus(_)
                | Self::CustomMetadata(_)
                | Self::SoftphoneField { .. }
                | Self::SoftphoneAssignment { .. }
                | Self::Tenant { field: Some(_), .. }
                | Self::Unknown(..)
        )
    }

    /// Whether carrying it out means to name a profile to the Metadata API. A name that the org
    /// does not know would become a new profile.
    pub fn profile(&self) -> Option<&Ref<ProfileId>> {
        match self {
            Self::TaskLayout { profile, .. } | Self::ProfileAccess(profile, _) => Some(profile),
            _ => None,
        }
    }

    /// Whether both are the same place: records by their ids where both are known, else by names.
    pub fn is_same_place(&self, other: &Self) -> bool {
        let is_type =
            |one: Option<&Ref<RecordTypeId>>, other: Option<&Ref<RecordTypeId>>| match (one, other)
            {
                (Some(one), Some(other)) => one.is(other),
                (one, other) => one.is_none() && other.is_none(),
            };
        match (self, other) {
            (Self::Package(one), Self::Package(other))
            | (Self::ApexClass(one), Self::ApexClass(other))
            | (Self::ApexStatus(one), Self::ApexStatus(other)) => one == other,
            (Self::CallCenter(one), Self::CallCenter(other)) => one.is_or_replaces(other),
            (Self::CallCenterField(one, part), Self::CallCenterField(other, same)) => {
                one.is_or_replaces(other) && part == same
            }
            (Self::UserCallCenter(one), Self::UserCallCenter(other)) => one.is(other),
            (
                Self::TaskLayout { profile: one, record_type },
                Self::TaskLayout { profile: other, record_type: same },
            ) => one.is(other) && is_type(record_type.as_ref(), same.as_ref()),
            (Self::PermissionSet(one), Self::PermissionSet(other)) => one.is_or_replaces(other),
            (Self::PermissionSetAccess(one, granted), Self::PermissionSetAccess(other, same)) => {
                one.is_or_replaces(other) && granted == same
            }
            (
                Self::PermissionSetAssignment { user: one, set },
                Self::PermissionSetAssignment { user: other, set: same },
            ) => one.is(other) && set.is_or_replaces(same),
            (Self::ProfileAccess(one, granted), Self::ProfileAccess(other, same)) => {
                one.is(other) && granted == same
            }
            (Self::UtilityItem(one, item), Self::UtilityItem(other, same)) => {
                one == other && item == same
            }
            // A regional value whose place is known is that place.
            (
                Self::CustomMetadata(one) | Self::RegionalValue(.., Some(one)),
                Self::CustomMetadata(other) | Self::RegionalValue(.., Some(other)),
            ) => one == other,
            (Self::RegionalValue(one, value, place), Self::RegionalValue(other, same, there)) => {
                (one, value, place) == (other, same, there)
            }
            (
                Self::SoftphoneField { layout: one, field },
                Self::SoftphoneField { layout: other, field: same },
            ) => one == other && field == same,
            (
                Self::SoftphoneAssignment { layout: one, profile },
                Self::SoftphoneAssignment { layout: other, profile: same },
            ) => one == other && profile.is(same),
            (
                Self::Tenant { kind: one, record, field },
                Self::Tenant { kind: other, record: same, field: there },
            ) => one == other && field == there && record.is(same),
            (Self::Unknown(one, field), Self::Unknown(other, same)) => {
                one == other && field == same
            }
            _ => false,
        }
    }

    /// Whether both values are the same, as the target holds them. A record is the same under
    /// another name, and so is one of the same name that was made anew in its place.
    pub fn holds_same(&self, one: Option<&Value>, other: Option<&Value>) -> bool {
        match (one, other) {
            // The service may spell the same JSON in another way.
            (Some(Value::DesktopLayout(one)), Some(Value::DesktopLayout(other))) => {
                one.means_the_same(other)
            }
            (Some(Value::TenantRecord(one)), Some(Value::TenantRecord(other))) => {
                one.is_or_replaces(other)
            }
            (Some(one), Some(other)) => {
                let same_record = one.id().is_some_and(|id| Some(id) == other.id());
                same_record || one.recorded_text(self) == other.recorded_text(self)
            }
            (None, None) => true,
            _ => false,
        }
    }
}
