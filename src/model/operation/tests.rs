use super::*;
use crate::model::{
    CustomMetadataPlace, Granted, ItemKey, LayoutId, PermissionSetId, ProfileId, RecordTypeId,
    RegionalValue, Subject, SubjectKind, TenantRecord, TenantRecordId, UserId,
};

fn profile() -> Ref<ProfileId> {
    Ref::seen("Standard User", &ProfileId::parse("00e000000000001AAA").unwrap())
}

fn utility_item() -> Target {
    Target::UtilityItem("Support_UtilityBar".to_owned(), "opencti:softPhone".to_owned())
}

fn targets() -> Vec<Target> {
    let call_center = || Ref::named("WebexCCAgentDesktopV20241121");
    let set: Ref<PermissionSetId> =
        Ref::seen("Sync", &PermissionSetId::parse("0PS000000000001AAA").unwrap());
    let user: Ref<UserId> =
        Ref::seen("ada@example.com", &UserId::parse("005000000000001AAA").unwrap());
    let record_type: Ref<RecordTypeId> =
        Ref::seen("Call", &RecordTypeId::parse("012000000000001AAA").unwrap());
    let status = || Granted::PresenceStatus("In/Out (обед)".to_owned());
    let key = || ItemKey::new("reqGeneralInfo", "reqSoftphoneHeight");
    let mut targets = vec![
        Target::Package("ns".to_owned()),
        Target::CallCenter(call_center()),
        Target::UserCallCenter(user.clone()),
        Target::TaskLayout { profile: profile(), record_type: None },
        Target::TaskLayout { profile: profile(), record_type: Some(record_type) },
        Target::PermissionSet(set.clone()),
        Target::PermissionSetAccess(set.clone(), Granted::ApexClass("sync".to_owned())),
        Target::PermissionSetAssignment { user, set },
        Target::ProfileAccess(profile(), status()),
        Target::ApexClass("sync".to_owned()),
        Target::ApexStatus("sync".to_owned()),
        Target::CustomMetadata(
            CustomMetadataPlace::parse("ns__Zone__mdt.ns__Default.ns__Value__c").unwrap(),
        ),
        Target::RegionalValue("ns".to_owned(), RegionalValue::ApiUrl, None),
        Target::SoftphoneAssignment { layout: "Webex".to_owned(), profile: profile() },
        Target::SoftphoneField {
            layout: "Webex".to_owned(),
            field: "Inbound: No matching records".to_owned(),
        },
        Target::Unknown(Subject::new(SubjectKind::User, "ada"), "Other".to_owned()),
        utility_item(),
    ];
    let parts = [
        CallCenterPart::DisplayName,
        CallCenterPart::DisplayNameLabel,
        CallCenterPart::InternalNameLabel,
        CallCenterPart::SectionLabel("reqGeneralInfo".to_owned()),
        CallCenterPart::ItemLabel(key()),
        CallCenterPart::Item(key()),
    ];
    targets.extend(parts.map(|part| Target::CallCenterField(call_center(), part)));
    targets
}

#[test]
fn what_is_written_down_of_a_target_is_read_back() {
    for target in targets() {
        let (subject, field) = target.place();
        assert_eq!(Target::read(&subject, &field, &target.ids()), target, "{field}");
        let nameless = Target::read(&subject, &field, &Ids::default());
        assert!(nameless.is_same_place(&target), "without ids it is the same place: {field}");
    }
}

#[test]
fn records_of_a_tenant_and_their_fields_are_read_back() {
    let id = TenantRecordId::new("7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10");
    for kind in [
        TenantRecord::DesktopLayout,
        TenantRecord::Team,
        TenantRecord::AuxiliaryCode,
        TenantRecord::CadVariable,
        TenantRecord::AgentProfile,
    ] {
        for field in [None, Some("status".to_owned())] {
            let target = Target::Tenant { kind, record: Ref::seen("Support", &id), field };
            let (subject, field) = target.place();
            assert_eq!(Target::read(&subject, &field, &target.ids()), target, "{field}");
            let nameless = Target::read(&subject, &field, &Ids::default());
            assert!(nameless.is_same_place(&target), "without ids it is the same place: {field}");
        }
    }
}

#[test]
fn a_regional_value_whose_place_is_known_is_that_place() {
    let place = CustomMetadataPlace::parse("ns__Zone__mdt.ns__Default.ns__Value__c").unwrap();
    let target = Target::RegionalValue("ns".to_owned(), RegionalValue::ApiUrl, Some(place));
    let (subject, field) = target.place();
    let read = Target::read(&subject, &field, &target.ids());
    assert!(read.is_same_place(&target) && target.is_same_place(&read), "{read:?}");
}

#[test]
fn what_is_written_down_of_a_value_is_read_back() {
    let layout = Ref::seen("Task Layout", &LayoutId::parse("00h000000000001AAA").unwrap());
    let task = Target::TaskLayout { profile: profile(), record_type: None };
    let access = Target::ProfileAccess(profile(), Granted::ApexClass("sync".to_owned()));
    for (target, value) in [
        (task, Value::Layout(layout)),
        (access, Value::Given),
        (utility_item(), Value::Given),
        (targets().remove(7), Value::Given),
        (targets().remove(2), Value::CallCenter(Ref::named("Acme"))),
        (targets().remove(11), Value::Text("EU1".to_owned())),
    ] {
        let text = value.recorded_text(&target);
        assert_eq!(Value::read(&target, &text, value.id()), value, "{text}");
    }
}

#[test]
fn the_inverse_of_the_inverse_is_the_operation() {
    for target in targets() {
        let operation = Operation::new(target, None, Some(Value::Given));
        assert_eq!(operation.clone().inverse().inverse(), operation);
    }
}

#[test]
fn a_permission_set_reads_as_its_label_and_its_accesses() {
    let grant = |name: &str| Granted::ApexClass(name.to_owned());
    let set = |grants: &[&str]| {
        Some(Value::PermissionSet(PermissionSetValue {
            label: "Sync".to_owned(),
            description: String::new(),
            grants: grants.iter().map(|name| grant(name)).collect(),
        }))
    };
    let fields = |from, to| -> Vec<(String, Effect)> {
        let whole = Operation::new(Target::PermissionSet(Ref::named("Sync")), from, to);
        whole.parts().iter().map(|part| (part.target.place().1, part.effect())).collect()
    };
    let access = |name: &str| grant(name).field();
    assert_eq!(
        fields(None, set(&["A"])),
        [("label".to_owned(), Effect::Create), (access("A"), Effect::Create)]
    );
    assert_eq!(
        fields(set(&["A", "B"]), set(&["B", "C"])),
        [(access("C"), Effect::Create), (access("A"), Effect::Delete)]
    );
    assert_eq!(fields(set(&["A"]), None), [("label".to_owned(), Effect::Delete)]);
}
