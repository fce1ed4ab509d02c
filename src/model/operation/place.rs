//! How a target is written down: a subject and a field of it, as in documents and baselines.

use super::{CallCenterPart, Ids, Ref, Target};
use crate::model::{
    CallCenterId, CustomMetadataPlace, Granted, ItemKey, PermissionSetId, ProfileId, RecordTypeId,
    RegionalValue, Subject, SubjectKind, TenantRecord, TenantRecordId, UserId,
};

const VERSION: &str = "version";
const DEFINITION: &str = "definition";
const DISPLAY_NAME: &str = "displayName";
const INTERNAL_NAME: &str = "internalName";
/// What the field of a label ends in, behind the name of what is labelled.
const LABELLED: &str = " label";
const CALL_CENTER: &str = "CallCenterId";
const LAYOUT: &str = "layout";
const LABEL: &str = "label";
const BODY: &str = "Body";
const STATUS: &str = "Status";
/// What begins the field of a profile's softphone layout.
const PROFILE: &str = "Profile ";

impl Target {
    /// The subject and the field that stand for it.
    pub fn place(&self) -> (Subject, String) {
        let (kind, name, field) = match self {
            Self::Package(namespace) => {
                (SubjectKind::InstalledPackage, namespace.clone(), VERSION.to_owned())
            }
            Self::CallCenter(it) => {
                (SubjectKind::CallCenter, it.name.clone(), DEFINITION.to_owned())
            }
            Self::CallCenterField(it, part) => {
                (SubjectKind::CallCenter, it.name.clone(), part.field())
            }
            Self::UserCallCenter(user) => {
                (SubjectKind::User, user.name.clone(), CALL_CENTER.to_owned())
            }
            Self::TaskLayout { profile, record_type } => {
                let subject = Subject {
                    kind: SubjectKind::ProfileLayout,
                    name: profile.name.clone(),
                    record_type: record_type.as_ref().map(|it| it.name.clone()),
                };
                return (subject, LAYOUT.to_owned());
            }
            Self::PermissionSet(set) => {
                (SubjectKind::PermissionSet, set.name.clone(), LABEL.to_owned())
            }
            Self::PermissionSetAccess(set, granted) => {
                (SubjectKind::PermissionSet, set.name.clone(), granted.field())
            }
            Self::PermissionSetAssignment { user, set } => {
                (SubjectKind::PermissionSetAssignment, user.name.clone(), set.name.clone())
            }
            Self::ProfileAccess(profile, granted) => {
                (SubjectKind::Profile, profile.name.clone(), granted.field())
            }
            Self::ApexClass(name) => (SubjectKind::ApexClass, name.clone(), BODY.to_owned()),
            Self::ApexStatus(name) => (SubjectKind::ApexClass, name.clone(), STATUS.to_owned()),
            Self::UtilityItem(bar, component) => {
                (SubjectKind::FlexiPage, bar.clone(), component.clone())
            }
            Self::RegionalValue(.., Some(place)) | Self::CustomMetadata(place) => {
                (SubjectKind::CustomMetadata, place.member(), place.field.clone())
            }
            Self::RegionalValue(namespace, value, None) => {
                (SubjectKind::CustomMetadata, namespace.clone(), value.key().to_owned())
            }
            Self::SoftphoneField { layout, field } => {
                (SubjectKind::SoftphoneLayout, layout.clone(), field.clone())
            }
            Self::SoftphoneAssignment { layout, profile } => {
                let field = format!("{PROFILE}{}", profile.name);
                (SubjectKind::SoftphoneLayout, layout.clone(), field)
            }
            Self::Tenant { kind, record, field } => {
                let field = field.clone().unwrap_or_else(|| whole(*kind).to_owned());
                (SubjectKind::of_tenant(*kind), record.name.clone(), field)
            }
            Self::Unknown(subject, field) => return (subject.clone(), field.clone()),
        };
        (Subject::new(kind, name), field)
    }

    /// The target that a subject and a field stand for.
    pub fn read(subject: &Subject, field: &str, ids: &Ids) -> Self {
        Self::known(subject, field, ids)
            .unwrap_or_else(|| Self::Unknown(subject.clone(), field.to_owned()))
    }

    fn known(subject: &Subject, field: &str, ids: &Ids) -> Option<Self> {
        let name = &subject.name;
        Some(match (subject.kind, field) {
            (SubjectKind::InstalledPackage, VERSION) => Self::Package(name.clone()),
            (SubjectKind::CallCenter, DEFINITION) => Self::CallCenter(ids.subject(name)),
            (SubjectKind::CallCenter, field) => {
                Self::CallCenterField(ids.subject(name), CallCenterPart::read(field)?)
            }
            (SubjectKind::User, CALL_CENTER) => Self::UserCallCenter(ids.subject(name)),
            (SubjectKind::ProfileLayout, LAYOUT) => Self::TaskLayout {
                profile: ids.subject(name),
                record_type: subject.record_type.as_ref().map(|name| ids.record_type(name)),
            },
            (SubjectKind::PermissionSet, LABEL) => Self::PermissionSet(ids.subject(name)),
            (SubjectKind::PermissionSet, field) => {
                Self::PermissionSetAccess(ids.subject(name), Granted::of_field(field)?)
            }
            (SubjectKind::PermissionSetAssignment, set) => {
                Self::PermissionSetAssignment { user: ids.subject(name), set: ids.set(set) }
            }
            (SubjectKind::Profile, field) => {
                Self::ProfileAccess(ids.subject(name), Granted::of_field(field)?)
            }
            (SubjectKind::ApexClass, BODY) => Self::ApexClass(name.clone()),
            (SubjectKind::ApexClass, STATUS) => Self::ApexStatus(name.clone()),
            (SubjectKind::FlexiPage, component) => {
                Self::UtilityItem(name.clone(), component.to_owned())
            }
            (SubjectKind::CustomMetadata, field) => {
                match CustomMetadataPlace::in_member(name, field) {
                    Some(place) => Self::CustomMetadata(place),
                    None => Self::RegionalValue(
                        name.clone(),
                        RegionalValue::ALL.into_iter().find(|value| value.key() == field)?,
                        None,
                    ),
                }
            }
            (SubjectKind::SoftphoneLayout, field) => match field.strip_prefix(PROFILE) {
                Some(profile) => Self::SoftphoneAssignment {
                    layout: name.clone(),
                    profile: ids.subject(profile),
                },
                None => Self::SoftphoneField { layout: name.clone(), field: field.to_owned() },
            },
            (kind, field) => {
                let kind = kind.in_tenant()?;
                Self::Tenant {
                    kind,
                    record: ids.subject(name),
                    field: (field != whole(kind)).then(|| field.to_owned()),
                }
            }
        })
    }

    /// The ids that are known of it, and of what it holds.
    pub fn ids(&self) -> Ids {
        let id = |id: Option<&str>| id.map(str::to_owned);
        let (subject, record_type, set) = match self {
            Self::CallCenter(Ref { id, .. }) | Self::CallCenterField(Ref { id, .. }, _) => {
                (id.as_ref().map(CallCenterId::as_str), None, None)
            }
            Self::UserCallCenter(user) => (user.id.as_ref().map(UserId::as_str), None, None),
            Self::TaskLayout { profile, record_type } => (
                profile.id.as_ref().map(ProfileId::as_str),
                record_type.as_ref().and_then(|it| it.id.as_ref()).map(RecordTypeId::as_str),
                None,
            ),
            Self::PermissionSet(set) | Self::PermissionSetAccess(set, _) => {
                (set.id.as_ref().map(PermissionSetId::as_str), None, None)
            }
            Self::PermissionSetAssignment { user, set } => (
                user.id.as_ref().map(UserId::as_str),
                None,
                set.id.as_ref().map(PermissionSetId::as_str),
            ),
            Self::ProfileAccess(profile, _) | Self::SoftphoneAssignment { profile, .. } => {
                (profile.id.as_ref().map(ProfileId::as_str), None, None)
            }
            Self::Tenant { record, .. } => {
                (record.id.as_ref().map(TenantRecordId::as_str), None, None)
            }
            Self::Package(_)
            | Self::ApexClass(_)
            | Self::ApexStatus(_)
            | Self::UtilityItem(..)
            | Self::CustomMetadata(_)
            | Self::RegionalValue(..)
            | Self::SoftphoneField { .. }
            | Self::Unknown(..) => (None, None, None),
        };
        Ids { subject: id(subject), record_type: id(record_type), set: id(set), ..Ids::default() }
    }
}

/// The field that stands for a record of the Webex organization as a whole.
fn whole(kind: TenantRecord) -> &'static str {
    match kind {
        TenantRecord::DesktopLayout => "jsonFileContent",
        TenantRecord::Team
        | TenantRecord::AuxiliaryCode
        | TenantRecord::CadVariable
        | TenantRecord::AgentProfile => "name",
    }
}

impl CallCenterPart {
    fn field(&self) -> String {
        match self {
            Self::DisplayName => DISPLAY_NAME.to_owned(),
            Self::DisplayNameLabel => format!("{DISPLAY_NAME}{LABELLED}"),
            Self::InternalNameLabel => format!("{INTERNAL_NAME}{LABELLED}"),
            Self::SectionLabel(section) => format!("{section}{LABELLED}"),
            Self::ItemLabel(key) => format!("{key}{LABELLED}"),
            Self::Item(key) => key.to_string(),
        }
    }

    fn read(field: &str) -> Option<Self> {
        Some(match field.strip_suffix(LABELLED) {
            Some(DISPLAY_NAME) => Self::DisplayNameLabel,
            Some(INTERNAL_NAME) => Self::InternalNameLabel,
            Some(labelled) => match ItemKey::parse(labelled) {
                Some(key) => Self::ItemLabel(key),
                None => Self::SectionLabel(labelled.to_owned()),
            },
            None if field == DISPLAY_NAME => Self::DisplayName,
            None => Self::Item(ItemKey::parse(field)?),
        })
    }
}
