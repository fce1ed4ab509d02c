use super::fixture::{desired, id, past, rows, state};
use super::removal::removed;
use crate::checklist::{
    Action, After, ChangeRow, ItemId, Past, Plan, StopKind, Verdict, complete, plan,
};
use crate::model::{
    Access, ApexClass, Baseline, BaselineEntry, BaselineRow, Before, ConnectorWish, Granted,
    Holder, Ids, ItemKey, Look, Observed, OmniAccess, OmniState, Operation, OrgState,
    PermissionSet, PermissionSetId, PresenceStatus, ProfileId, Setting, SettingKind, Subject,
    SubjectKind, Target, Value, Wanted,
};

const CLASS: &str = "class Sync { static String tell() {} }\n";

fn setting(desired: &mut ConnectorWish, key: &str, value: &str) {
    let item = ItemKey::new("omni", key);
    let sections = &mut desired.call_center.definition.call_center.sections;
    if sections.len() == 1 {
        let mut omni = sections[0].clone();
        "omni".clone_into(&mut omni.name);
        omni.items.clear();
        sections.push(omni);
    }
    sections[1].items.push(crate::model::Item {
        name: key.to_owned(),
        label: key.to_owned(),
        value: "false".to_owned(),
    });
    desired.call_center.definition.settings.push(Setting {
        key: format!("omni_sync.{key}"),
        item: item.clone(),
        kind: SettingKind::Text,
        requires: Vec::new(),
        rule: None,
        about: String::new(),
    });
    let asked_by = format!("call_center.omni_sync.{key}");
    desired.call_center.values.insert(item, Wanted { value: value.to_owned(), asked_by });
}

/// State sync on, with the status Busy on a call.
pub(in crate::checklist) fn wanted() -> ConnectorWish {
    let mut desired = desired();
    setting(&mut desired, "enabled", "true");
    setting(&mut desired, "presence_status", "Busy");
    desired
}

/// An org with Omni-Channel and nothing else of it.
pub(super) fn with_omni() -> OrgState {
    let status =
        |label: &str| PresenceStatus { api_name: label.to_uppercase(), label: label.to_owned() };
    OrgState {
        presence_statuses: Observed::Seen(vec![status("Busy"), status("Lunch")]),
        omni: Observed::Seen(OmniState::default()),
        permission_sets: Observed::Seen(Vec::new()),
        ..state()
    }
}

/// Lets a change come true; a deploy replaces a permission set as a whole.
pub(super) fn come_true(state: &mut OrgState, operation: &Operation) {
    let omni = state.omni.seen_mut().unwrap();
    match (&operation.target, &operation.to) {
        (Target::ApexClass(name), Some(Value::Source(source))) => {
            let body = source.body.clone().expect("a source");
            omni.classes.retain(|class| &class.name != name);
            omni.classes.push(ApexClass { name: name.clone(), status: "Active".to_owned(), body });
        }
        (Target::ApexStatus(name), Some(Value::Status(wanted))) => {
            let class = omni.classes.iter_mut().find(|class| &class.name == name);
            class.expect("a class that exists").status.clone_from(&wanted.status);
        }
        (Target::PermissionSet(set), Some(Value::PermissionSet(wanted))) => {
            let name = set.name.clone();
            let sets = state.permission_sets.get_or_insert_default();
            if !sets.iter().any(|known| known.name == name) {
                let id = PermissionSetId::parse(&id("0PS", sets.len())).unwrap();
                let label = wanted.label.clone();
                sets.push(PermissionSet { id, namespace: None, name: name.clone(), label });
            }
            let holder = Holder::PermissionSet(name);
            omni.access.retain(|known| known.holder != holder);
            let grants = wanted.grants.iter().cloned();
            omni.access.extend(grants.map(|to| Access { holder: holder.clone(), to }));
        }
        (Target::ProfileAccess(profile, to), after) => {
            let mut known = state.profiles.iter();
            let found = known.find(|known| Some(&known.id) == profile.id.as_ref());
            let found = found.expect("a profile that exists");
            assert_eq!(found.label, profile.name);
            let access = Access { holder: Holder::Profile(found.id), to: to.clone() };
            omni.access.retain(|known| known != &access);
            omni.access.extend(after.is_some().then_some(access));
        }
        other => panic!("no such change: {other:?}"),
    }
}

fn verdict(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Verdict {
    plan(desired, state, &past(baseline)).of(ItemId::OMNI_SYNC).unwrap().clone()
}

fn fields(verdict: &Verdict) -> Vec<String> {
    let field = |change: ChangeRow| {
        let sign = match change.action {
            Action::Create => '+',
            Action::Delete => '-',
            Action::Update | Action::Human => '~',
        };
        format!("{sign}{} {}", change.subject.name, change.field)
    };
    rows(verdict).into_iter().map(field).collect()
}

fn all_of_it(desired: &ConnectorWish, state: &mut OrgState) -> Plan {
    let found = plan(desired, state, &Past::default());
    for change in found.of(ItemId::OMNI_SYNC).unwrap().changes.clone() {
        assert_eq!(change.known_after, None, "{change:?}");
        come_true(state, &change.operation);
    }
    plan(desired, state, &Past::default())
}

fn entry(kind: SubjectKind, name: &str, field: &str, ours: &str) -> BaselineEntry {
    let row = BaselineRow {
        item: "omni-sync".to_owned(),
        subject: Subject::new(kind, name),
        field: field.to_owned(),
        before: Before::Known(None),
        ours: Some(ours.to_owned()),
        run: "1".to_owned(),
        recipe: None,
        ids: Ids::default(),
        giving_back: false,
    };
    row.into()
}

/// Before the deploy the API names of these profiles must be known: a wrong one would be a new profile.
#[test]
fn access_of_profiles_names_profiles() {
    let (mut desired, state) = (wanted(), with_omni());
    desired.task_layout.profiles.clear();
    let named = |desired: &ConnectorWish| {
        let found = plan(desired, &state, &Past::default());
        found.changes().any(|change| change.item == ItemId::OMNI_SYNC) && found.names_profiles()
    };
    assert!(!named(&desired), "a permission set names none");
    desired.omni_sync.access = OmniAccess::Profiles(vec!["Agent".to_owned()]);
    assert!(named(&desired));
}

#[test]
fn where_it_is_off_there_is_nothing_to_do() {
    let mut off = wanted();
    let key = ItemKey::new("omni", "enabled");
    "false".clone_into(&mut off.call_center.values.get_mut(&key).unwrap().value);
    assert_eq!(verdict(&off, &state(), &Baseline::default()), Verdict::default());
    assert_eq!(verdict(&desired(), &with_omni(), &Baseline::default()), Verdict::default());
}

#[test]
fn class_test_permission_set_and_access_are_made_and_then_nothing_is_left() {
    let (mut desired, mut state) = (wanted(), with_omni());
    desired.omni_sync.presence_statuses = vec!["Lunch".to_owned(), "Busy".to_owned()];
    let found = verdict(&desired, &state, &Baseline::default());
    assert_eq!(
        fields(&found),
        [
            "+Sync Body",
            "+SyncTest Body",
            "+Sync_Access label",
            "+Sync_Access classAccesses/Sync",
            "+Sync_Access servicePresenceStatusAccesses/BUSY",
            "+Sync_Access servicePresenceStatusAccesses/LUNCH",
        ]
    );
    let rest = all_of_it(&desired, &mut state);
    assert_eq!(rest.of(ItemId::OMNI_SYNC), Some(&Verdict::default()));
}

#[test]
fn profiles_get_access_by_label_or_api_name() {
    let (mut desired, mut state) = (wanted(), with_omni());
    let names = ["Agent", "Admin", "System Administrator"].map(str::to_owned).to_vec();
    desired.omni_sync.access = OmniAccess::Profiles(names);
    let found = verdict(&desired, &state, &Baseline::default());
    assert_eq!(
        fields(&found)[2..],
        [
            "+Agent classAccesses/Sync",
            "+Agent servicePresenceStatusAccesses/BUSY",
            "+System Administrator classAccesses/Sync",
            "+System Administrator servicePresenceStatusAccesses/BUSY",
        ]
    );
    assert!(all_of_it(&desired, &mut state).of(ItemId::OMNI_SYNC).unwrap().changes.is_empty());
    for profile in &mut state.profiles {
        profile.api_name = None;
    }
    state.profile_names = Observed::Unasked;
    state.omni = Observed::Seen(OmniState::default());
    let found = verdict(&desired, &state, &Baseline::default());
    assert_eq!(found.needs, [Look::ProfileNames]);
    state.profile_names = Observed::Seen(std::collections::BTreeMap::new());
    desired.omni_sync.access = OmniAccess::Profiles(vec!["Agnet".to_owned()]);
    let [stop] = verdict(&desired, &state, &Baseline::default()).stops.try_into().unwrap();
    assert_eq!(stop.kind, StopKind::Configuration);
    assert_eq!(stop.advice()[0], "Did you mean \"Agent\"?");
}

#[test]
fn only_what_we_made_is_brought_up_to_date() {
    let desired = wanted();
    let class = |body: &str, status: &str| {
        let mut state = with_omni();
        let omni = state.omni.seen_mut().unwrap();
        for (name, body) in [("SYNC", body), ("SyncTest", "@IsTest class SyncTest {}")] {
            let (name, status, body) = (name.to_owned(), status.to_owned(), body.to_owned());
            omni.classes.push(ApexClass { name, status, body });
        }
        state
    };
    let of_class = |found: &Verdict| -> Vec<String> {
        fields(found).into_iter().filter(|field| !field.contains("Sync_Access")).collect()
    };
    // Line ends and blanks at the end are the org's.
    let found =
        verdict(&desired, &class(&CLASS.replace('\n', " \r\n"), "Active"), &Baseline::default());
    assert_eq!(of_class(&found), Vec::<String>::new());
    let found = verdict(&desired, &class(CLASS, "Inactive"), &Baseline::default());
    assert_eq!(of_class(&found), ["~Sync Status", "~SyncTest Status"]);
    // An earlier version of ours.
    let earlier = "class Sync { static String tell() { return null; } }";
    let made = verdict(&desired, &class(earlier, "Active"), &Baseline::default());
    assert_eq!(of_class(&made), Vec::<String>::new(), "somebody else's, as far as anybody knows");
    assert!(made.notes[0].text().contains("not created by provision"), "{:?}", made.notes);
    let mut baseline = Baseline::default();
    let mut with_earlier = wanted();
    earlier.clone_into(&mut with_earlier.recipe.omni_sync.code.as_mut().unwrap().class.body);
    let mut empty = with_omni();
    let first = plan(&with_earlier, &empty, &Past::default());
    let first = rows(first.of(ItemId::OMNI_SYNC).unwrap());
    let After::Known(Some(ours)) = &first[0].after else { panic!() };
    baseline.record(entry(SubjectKind::ApexClass, "Sync", "Body", ours));
    empty.omni.clone_from(&class(earlier, "Active").omni);
    assert_eq!(of_class(&verdict(&desired, &empty, &baseline)), ["~Sync Body"]);
    // Somebody has changed it since.
    empty.omni.seen_mut().unwrap().classes[0].body.push_str("// mine");
    assert_eq!(of_class(&verdict(&desired, &empty, &baseline)), Vec::<String>::new());
    // Somebody else's class without the method.
    let found = verdict(&desired, &class("class Sync { void retell() {} }", "Active"), &baseline);
    assert_eq!(found.stops[0].kind, StopKind::Refused);
    assert!(found.stops[0].message().contains("no method tell"), "{}", found.stops[0].message());
}

#[test]
fn without_omni_channel_or_the_status_nothing_begins() {
    let (desired, mut state) = (wanted(), with_omni());
    state.refuse(Look::PresenceStatuses, "no such object", true);
    let [stop] = verdict(&desired, &state, &Baseline::default()).stops.try_into().unwrap();
    assert_eq!(stop.kind, StopKind::Configuration);
    insta::assert_snapshot!(stop.message(), @"State sync is on (`call_center.omni_sync.enabled`, by the configuration), but Omni-Channel is off in this org.");
    let mut desired = desired;
    let key = ItemKey::new("omni", "presence_status");
    "busy".clone_into(&mut desired.call_center.values.get_mut(&key).unwrap().value);
    desired.omni_sync.presence_statuses = vec!["Training".to_owned()];
    let [near, far] =
        verdict(&desired, &with_omni(), &Baseline::default()).stops.try_into().unwrap();
    insta::assert_snapshot!(near.message(), @r#"`call_center.omni_sync.presence_status` names the presence status "busy", which this org does not have."#);
    insta::assert_snapshot!(near.advice().join("\n"), @r#"
    Did you mean "Busy"? Case and spaces count.
    Create it in Setup > Presence Statuses > New: the status name is busy, exactly as the idle code in Webex.
    "#);
    insta::assert_snapshot!(far.advice().join("\n"), @r#"
    Create it in Setup > Presence Statuses > New: the status name is Training, exactly as the idle code in Webex.
    The org has "Busy" and "Lunch".
    "#);
    // It is said once, not by the settings too.
    let found = plan(&desired, &with_omni(), &Past::default());
    assert_eq!(found.stops().count(), 2);
}

#[test]
fn what_the_configuration_did_not_foretell_is_asked() {
    let (mut desired, mut state) = (wanted(), with_omni());
    desired.call_center.values.remove(&ItemKey::new("omni", "enabled"));
    assert_eq!(verdict(&desired, &state, &Baseline::default()), Verdict::default());
    let mut found = desired.call_center.effective(None);
    "true".clone_into(&mut found.item_mut(&ItemKey::new("omni", "enabled")).unwrap().value);
    state.call_center = Observed::Seen(Some(found));
    state.omni = Observed::Unasked;
    state.permission_sets = Observed::Unasked;
    assert_eq!(verdict(&desired, &state, &Baseline::default()).needs, [Look::OmniSync]);
    state.omni = Observed::Seen(OmniState::default());
    assert_eq!(verdict(&desired, &state, &Baseline::default()).needs, [Look::PermissionSets]);
}

#[test]
fn access_that_is_no_longer_wanted_is_taken_back_where_it_is_ours() {
    let (mut desired, mut state) = (wanted(), with_omni());
    desired.omni_sync.access = OmniAccess::Profiles(vec!["Agent".to_owned()]);
    all_of_it(&desired, &mut state);
    let mut baseline = Baseline::default();
    for field in ["classAccesses/Sync", "servicePresenceStatusAccesses/BUSY"] {
        baseline.record(entry(SubjectKind::Profile, "Agent", field, "enabled"));
    }
    assert!(verdict(&desired, &state, &baseline).changes.is_empty());
    desired.omni_sync.access = OmniAccess::Profiles(vec!["Admin".to_owned()]);
    let found = verdict(&desired, &state, &baseline);
    assert_eq!(
        fields(&found)[2..],
        ["-Agent classAccesses/Sync", "-Agent servicePresenceStatusAccesses/BUSY"]
    );
    // Access that was there before us stays.
    baseline.entries.clear();
    assert!(
        fields(&verdict(&desired, &state, &baseline)).iter().all(|field| !field.starts_with('-'))
    );
    let agent = Holder::Profile(ProfileId::parse(&id("00e", 3)).unwrap());
    assert!(state.omni.seen().unwrap().has(&agent, &Granted::ApexClass("Sync".to_owned())));
}

#[test]
fn a_status_that_is_called_otherwise_now_is_the_same() {
    let (mut desired, mut state) = (wanted(), with_omni());
    desired.omni_sync.access = OmniAccess::Profiles(vec!["Agent".to_owned()]);
    all_of_it(&desired, &mut state);
    // As the version before wrote it: by its label.
    let mut older = Baseline::default();
    for field in ["classAccesses/Sync", "servicePresenceStatusAccesses/Busy"] {
        older.record(entry(SubjectKind::Profile, "Agent", field, "enabled"));
    }
    let baseline = complete(&older, &state);
    state.presence_statuses.get_or_insert_default()[0].label = "Beschäftigt".to_owned();
    let taken = |baseline: &Baseline| {
        let gone = removed(&desired, &state, baseline);
        fields(gone.of(ItemId::OMNI_SYNC).unwrap())
    };
    let status = "-Agent servicePresenceStatusAccesses/BUSY".to_owned();
    assert!(taken(&baseline).contains(&status), "{:?}", taken(&baseline));
    assert!(!taken(&older).contains(&status));
}

#[test]
fn an_org_that_shows_no_access_to_statuses_is_believed() {
    let (desired, mut state) = (wanted(), with_omni());
    all_of_it(&desired, &mut state);
    let is_class = |access: &Access| matches!(access.to, Granted::ApexClass(_));
    state.omni.seen_mut().unwrap().access.retain(is_class);
    let missing = verdict(&desired, &state, &Baseline::default());
    assert_eq!(fields(&missing), ["+Sync_Access servicePresenceStatusAccesses/BUSY"]);
    let mut baseline = Baseline::default();
    let field = "servicePresenceStatusAccesses/BUSY";
    baseline.record(entry(SubjectKind::PermissionSet, "Sync_Access", field, "enabled"));
    let given = verdict(&desired, &state, &baseline);
    assert!(given.changes.is_empty());
    assert!(given.notes[0].is_warning() && given.notes[0].text().contains("does not show"));
}
