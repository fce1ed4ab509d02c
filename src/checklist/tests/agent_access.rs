//! Agent access: what is needed, who lacks it, and what gives it.

use std::collections::{BTreeMap, BTreeSet};

use super::fixture::{desired, done, id, install, past, rows, state};
use super::omni_sync;
use crate::checklist::agent_access::lacks_of;
use crate::checklist::{
    Action, Blockers, ChangeRow, ItemId, Note, Past, Sight, StopKind, Verdict, plan, removal,
    unconfigured,
};
use crate::model::{
    AccessHolder, AgentAccess, AgentAccessWish, App, Baseline, ConnectorWish, Described,
    FieldDescription, Granted, Has, Look, Observed, Operation, OrgState, PermissionSet,
    PermissionSetId, ProfileId, Refused, Seats, Target, UtilityBar, Value,
};

const SET: &str = "Agent_Access";

pub(super) fn wanting(manage: bool) -> ConnectorWish {
    let agent_access = Some(AgentAccessWish { manage, ..AgentAccessWish::default() });
    ConnectorWish { agent_access, ..desired() }
}

fn field(writable: bool, permissionable: bool) -> FieldDescription {
    FieldDescription {
        label: String::new(),
        kind: "string".to_owned(),
        length: 255,
        createable: writable,
        updateable: writable,
        required: false,
        permissionable,
    }
}

pub(super) fn described(fields: &[(&str, bool, bool)]) -> Observed<Described> {
    let fields = fields.iter().map(|(name, writable, permissionable)| {
        ((*name).to_owned(), field(*writable, *permissionable))
    });
    Observed::Seen(Described { name: String::new(), createable: true, fields: fields.collect() })
}

fn tasks() -> Granted {
    Granted::User("EditTask".to_owned())
}

pub(super) fn on(name: &str) -> Granted {
    if name.contains('.') {
        Granted::Field(name.to_owned())
    } else {
        Granted::Object(name.to_owned())
    }
}

fn set_id(number: usize) -> PermissionSetId {
    PermissionSetId::parse(&id("0PS", number)).unwrap()
}

fn profile_id(number: usize) -> ProfileId {
    ProfileId::parse(&id("00e", number)).unwrap()
}

fn holder(number: usize, name: &str, given: &[Granted]) -> AccessHolder {
    AccessHolder {
        id: set_id(number),
        name: name.to_owned(),
        label: name.to_owned(),
        profile: None,
        is_group: false,
        modifies_all: false,
        given: given.iter().cloned().collect(),
        unnamed_apps: BTreeSet::new(),
    }
}

/// An org with the package, in which three agents of one profile may do all that is needed.
pub(super) fn org() -> OrgState {
    let mut state = state();
    install(&desired(), &mut state);
    state.objects = BTreeMap::from([
        (
            "Task".to_owned(),
            described(&[
                ("Subject", true, true),
                ("Status", true, false),
                ("ciscocjs__Queue__c", true, true),
                ("ciscocjs__Label__c", false, true),
            ]),
        ),
        ("Case".to_owned(), described(&[("Origin", true, true)])),
    ]);
    for user in &mut state.users {
        user.profile = Some(profile_id(3));
    }
    let given = [tasks(), on("Case"), on("Task.Subject"), on("Task.ciscocjs__Queue__c")];
    let mut asked: BTreeSet<Granted> = given.iter().cloned().collect();
    asked.insert(on("Case.Origin"));
    state.agent_access = Observed::Seen(AgentAccess {
        asked,
        holders: vec![AccessHolder { profile: Some(profile_id(3)), ..holder(91, "X00e", &given) }],
        ..AgentAccess::default()
    });
    state.permission_sets = Observed::Seen(Vec::new());
    state.apps = Observed::Seen(vec![App {
        label: "Service Console".to_owned(),
        name: "Console".to_owned(),
        namespace: None,
        lightning: true,
        utility_bar: Some("Bar".to_owned()),
    }]);
    state.utility_bars = Observed::Seen(vec![UtilityBar {
        id: id("0M0", 1),
        name: "Bar".to_owned(),
        namespace: None,
        components: Some(vec!["opencti:softPhone".to_owned()]),
        page: None,
    }]);
    state
}

pub(super) fn access(state: &mut OrgState) -> &mut AgentAccess {
    state.agent_access.seen_mut().unwrap()
}

/// Takes something from the agents' profile.
pub(super) fn take(state: &mut OrgState, granted: &Granted) {
    assert!(access(state).holders[0].given.remove(granted));
}

/// Lets a change of the item come true.
pub(super) fn come_true(state: &mut OrgState, operation: &Operation) {
    if let Target::UtilityItem(..) = operation.target {
        return super::utility_items::come_true(state, operation);
    }
    let (Target::PermissionSet(set), to) = (&operation.target, &operation.to) else {
        panic!("no such change: {operation:?}")
    };
    let sets = state.permission_sets.seen_mut().unwrap();
    sets.retain(|known| known.name != set.name);
    let access = state.agent_access.seen_mut().unwrap();
    access.holders.retain(|known| known.name != set.name);
    if let Some(Value::PermissionSet(wanted)) = to {
        let (name, label) = (set.name.clone(), wanted.label.clone());
        let found = holder(50, &name, &wanted.grants);
        access.holders.push(AccessHolder { label: label.clone(), ..found });
        sets.push(PermissionSet { id: set_id(50), namespace: None, name, label });
    }
}

pub(super) fn verdict(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Verdict {
    plan(desired, state, &past(baseline)).of(ItemId::AGENT_ACCESS).unwrap().clone()
}

pub(super) fn told(verdict: &Verdict) -> String {
    let human = verdict.human.clone().unwrap_or_default();
    assert!(human.sight == Sight::Undone || human.steps.is_empty(), "the org itself shows it");
    let steps = human.texts().join("\n");
    format!("{}\n{steps}", human.why)
}

pub(super) fn fields(verdict: &Verdict) -> Vec<String> {
    let of = |row: ChangeRow| match row.action {
        Action::Delete => format!("-{}", row.field),
        _ => format!("+{}", row.field),
    };
    rows(verdict).into_iter().map(of).collect()
}

#[test]
fn nobody_looks_where_nobody_wants_to_know() {
    let state = OrgState { agent_access: Observed::refused("no"), ..org() };
    let found = verdict(&desired(), &state, &Baseline::default());
    assert_eq!(found, Verdict::default());
}

#[test]
fn agents_who_may_do_everything_are_left_alone() {
    let found = verdict(&wanting(false), &org(), &Baseline::default());
    assert_eq!((&found.human, found.changes.len(), &found.needs), (&None, 0, &Vec::new()));
    let texts: Vec<String> = found.notes.iter().map(Note::text).collect();
    assert_eq!(
        texts,
        [
            "The org did not show which apps agents see.",
            "Checked for 3 agents: access to 2 objects and 2 fields."
        ]
    );
}

#[test]
fn what_agents_lack_is_told_by_profile_with_what_to_do() {
    let mut state = org();
    take(&mut state, &on("Task.ciscocjs__Queue__c"));
    take(&mut state, &on("Case"));
    take(&mut state, &tasks());
    // One of them has some of it by a permission set.
    let user = state.users[2].id;
    access(&mut state).holders.push(holder(5, "Voice", &[on("Case"), tasks()]));
    access(&mut state).assigned.insert(user, [set_id(5)].into());
    let found = verdict(&wanting(false), &state, &Baseline::default());
    insta::assert_snapshot!(told(&found), @r#"
    2 agents of the profile "Agent" (user1@example.com and user2@example.com) may not create and edit Task (the connector), create and edit Case (the connector) and edit Task.ciscocjs__Queue__c (the package). 1 agent of the profile "Agent" (user3@example.com) may not edit Task.ciscocjs__Queue__c (the package).
    Open https://acme.my.salesforce.com/lightning/setup/PermSets/home and choose a permission set that these agents have, or create one and assign it (or use the profile "Agent"). Grant there:
    - System Permissions: Edit Tasks
    - Object Settings > Case > Object Permissions: Read, Create, Edit
    - Object Settings > Task > Field Permissions > Edit Access: ciscocjs__Queue__c
    Open https://acme.my.salesforce.com/lightning/setup/PermSets/home and choose a permission set that these agents have, or create one and assign it (or use the profile "Agent"). Grant there:
    - Object Settings > Task > Field Permissions > Edit Access: ciscocjs__Queue__c
    "#);
    let agent = &state.users[2];
    let lacks = lacks_of(&wanting(false), &state, &agent.id, agent.profile.as_ref()).unwrap();
    assert_eq!(lacks.access, ["edit Task.ciscocjs__Queue__c (the package)"]);
}

#[test]
fn whoever_may_change_all_data_needs_no_object_but_every_field() {
    let mut state = org();
    for granted in [on("Case"), on("Task.Subject")] {
        take(&mut state, &granted);
    }
    access(&mut state).holders[0].modifies_all = true;
    let found = told(&verdict(&wanting(false), &state, &Baseline::default()));
    assert!(found.contains("edit Task.Subject") && !found.contains("Case"), "{found}");
}

#[test]
fn tasks_may_have_permissions_of_their_own() {
    let mut state = org();
    take(&mut state, &tasks());
    access(&mut state).holders[0].given.insert(on("Task"));
    assert_eq!(verdict(&wanting(false), &state, &Baseline::default()).human, None);
}

#[test]
fn a_group_that_shows_nothing_is_not_taken_for_one_that_gives_nothing() {
    let mut state = org();
    take(&mut state, &on("Case"));
    for user in 0..3 {
        let user = state.users[user].id;
        access(&mut state).assigned.insert(user, [set_id(6)].into());
    }
    let group = AccessHolder { is_group: true, ..holder(6, "Group", &[]) };
    access(&mut state).holders.push(group);
    let found = verdict(&wanting(false), &state, &Baseline::default());
    assert_eq!(found.human, None);
    assert!(found.notes[0].is_warning() && found.notes[0].text().contains("permission set groups"));
    // One that shows something shows everything.
    access(&mut state).holders[1].given.insert(on("Task.Subject"));
    let found = verdict(&wanting(false), &state, &Baseline::default());
    assert!(told(&found).contains("create and edit Case"));
}

#[test]
fn seats_and_the_app_with_the_phone_are_a_persons() {
    let mut state = org();
    let some = state.users[0].id;
    access(&mut state).seats = Seats::Users([some].into());
    let console = Granted::App("Console".to_owned());
    access(&mut state).holders.push(holder(7, "Sees", &[console]));
    for manage in [false, true] {
        let found = told(&verdict(&wanting(manage), &state, &Baseline::default()));
        assert!(found.contains("2 agents have no licence for the package"), "{found}");
        assert!(found.contains("/lightning/setup/ImportedPackage/home, click Manage Licenses"));
        let sees = found.contains("3 agents do not see \"Service Console\", where the phone is");
        assert_eq!(sees, !manage, "{found}");
    }
    let mut desired = wanting(false);
    desired.agent_access.as_mut().unwrap().app = Some("Sales".to_owned());
    let found = verdict(&desired, &state, &Baseline::default());
    assert_eq!(found.stops[0].kind, StopKind::Configuration);
    assert!(found.stops[0].message().contains("no Lightning app of that name"));
    state.utility_bars = Observed::Seen(vec![UtilityBar {
        components: Some(Vec::new()),
        ..state.utility_bars[0].clone()
    }]);
    let found = told(&verdict(&wanting(false), &state, &Baseline::default()));
    assert!(found.contains("No Lightning app has the phone in its utility bar."), "{found}");
    state.utility_bars = Observed::refused("no access");
    let found = verdict(&wanting(false), &state, &Baseline::default());
    assert!(!told(&found).contains("utility bar"), "what was not seen is not taken for absent");
}

#[test]
fn whoever_syncs_states_finds_omni_channel_beside_the_phone() {
    let mut state = org();
    let syncing =
        ConnectorWish { agent_access: wanting(false).agent_access, ..omni_sync::wanted() };
    let told = |state: &OrgState, desired: &ConnectorWish| {
        let found = verdict(desired, state, &Baseline::default());
        found.notes.iter().any(|note| note.text().contains("Omni-Channel beside the phone"))
    };
    assert!(!told(&state, &wanting(false)));
    assert!(told(&state, &syncing));
    let bar = state.utility_bars[0].clone();
    let both = vec!["opencti:softPhone".to_owned(), "omni:channel".to_owned()];
    state.utility_bars = Observed::Seen(vec![UtilityBar { components: Some(both), ..bar.clone() }]);
    assert!(!told(&state, &syncing));
    state.utility_bars = Observed::Seen(vec![UtilityBar { components: None, ..bar }]);
    assert!(!told(&state, &syncing), "what was not seen is not taken for absent");
}

#[test]
fn a_permission_set_of_ours_gives_everything_and_is_taken_out_again() {
    let desired = wanting(true);
    let mut start = org();
    for granted in [on("Case"), on("Task.Subject")] {
        take(&mut start, &granted);
    }
    let found = verdict(&desired, &start, &Baseline::default());
    assert_eq!(
        fields(&found),
        [
            "+label",
            "+objectPermissions/Case",
            "+fieldPermissions/Task.Subject",
            "+fieldPermissions/Task.ciscocjs__Queue__c",
            "+userPermissions/EditTask",
            "+applicationVisibilities/Console",
        ]
    );
    assert_eq!(found.human, None);
    let (state, baseline) = done(&desired, start.clone());
    let settled = plan(&desired, &state, &past(&baseline));
    assert!(settled.is_empty(), "{:#?}", settled.rows());
    assert_eq!(state.permission_set_assignments.as_slice().len(), 3);
    assert!(state.permission_sets.iter().any(|set| set.name == SET));
    let gone = removal(&desired, &state, &past(&baseline), Blockers::Stop);
    let found = gone.of(ItemId::AGENT_ACCESS).unwrap();
    assert_eq!(fields(found), ["-label"]);
    let sets = gone.of(ItemId::PERMISSION_SET).unwrap();
    assert_eq!(rows(sets).len(), 3);
    // Without the baseline nobody knows that it is ours.
    let gone = removal(&desired, &state, &Past::default(), Blockers::Stop);
    assert_eq!(fields(gone.of(ItemId::AGENT_ACCESS).unwrap()), [""; 0]);
}

#[test]
fn what_is_needed_no_more_goes_from_the_set() {
    let mut desired = wanting(true);
    let (state, baseline) = done(&desired, org());
    desired.agent_access.as_mut().unwrap().except = vec!["Task.Subject".to_owned()];
    let found = verdict(&desired, &state, &baseline);
    assert_eq!(fields(&found), ["-fieldPermissions/Task.Subject"]);
    assert!(matches!(found.changes[0].target(), Target::PermissionSet(set) if set.id.is_some()));
}

#[test]
fn a_set_of_that_name_that_is_somebody_elses_is_never_replaced() {
    let mut state = org();
    access(&mut state).holders.push(holder(8, SET, &[]));
    let found = verdict(&wanting(true), &state, &Baseline::default());
    assert_eq!((found.stops[0].kind, found.changes.len()), (StopKind::Refused, 0));
    // Its label tells that it is ours where the baseline was lost.
    "Agent access".clone_into(&mut access(&mut state).holders[1].label);
    let found = verdict(&wanting(true), &state, &Baseline::default());
    assert_eq!((found.stops.len(), found.changes.len()), (0, 1));
}

#[test]
fn before_the_package_its_fields_are_not_known() {
    let OrgState { permission_sets, objects, agent_access, .. } = org();
    let state = OrgState { permission_sets, objects, agent_access, ..state() };
    let found = verdict(&wanting(true), &state, &Baseline::default());
    assert_eq!(found.changes[0].known_after, Some(ItemId::PACKAGE));
}

#[test]
fn a_blind_look_holds_the_item() {
    for look in [Look::AgentAccess, Look::Users, Look::CallCenter, Look::Packages] {
        let mut state = org();
        state.refuse(look, "UNKNOWN_EXCEPTION", false);
        for manage in [false, true] {
            let found = verdict(&wanting(manage), &state, &Baseline::default());
            assert!(found.is_held(), "{look:?}: {found:#?}");
            assert!(found.changes.is_empty() && found.human.is_none(), "{look:?}");
        }
    }
}

#[test]
fn nothing_is_taken_from_agents_because_somebody_sees_less_today() {
    let mut desired = wanting(true);
    let mut state = org();
    let label = desired.recipe.agent_access.permission_set_label.clone();
    let app = Granted::App("Console".to_owned());
    let needed = [tasks(), on("Case"), on("Task.Subject"), on("Task.ciscocjs__Queue__c")];
    let more = [on("Lead"), on("Case.Origin"), app];
    let given: Vec<Granted> = needed.into_iter().chain(more).collect();
    let ours = AccessHolder { label, ..holder(92, SET, &given) };
    let access = state.agent_access.seen_mut().unwrap();
    access.asked.extend(given);
    access.holders.push(ours);
    for look in [Look::UtilityBars, Look::Apps, Look::Softphone] {
        state.refuse(look, "UNKNOWN_EXCEPTION", false);
    }
    let taken = |desired: &ConnectorWish, state: &OrgState| -> Vec<String> {
        let plan = plan(desired, state, &Past::default());
        let rows = rows(plan.of(ItemId::AGENT_ACCESS).unwrap());
        rows.into_iter().filter(|row| row.action == Action::Delete).map(|row| row.field).collect()
    };
    assert_eq!(taken(&desired, &state), Vec::<String>::new());
    // What is left out by name goes.
    desired.agent_access.as_mut().unwrap().except = vec!["lead".to_owned()];
    assert_eq!(taken(&desired, &state), ["objectPermissions/Lead"]);
}

/// Applied, with an app in our permission set that the org does not name.
fn with_unnamed_app(desired: &ConnectorWish) -> (OrgState, Baseline) {
    let (mut state, baseline) = done(desired, org());
    let own = desired.recipe.agent_access.permission_set.as_str();
    let holders = &mut access(&mut state).holders;
    let found = holders.iter_mut().find(|holder| holder.name == own).unwrap();
    found.unnamed_apps.insert("02u000000000099AAA".to_owned());
    (state, baseline)
}

#[test]
fn an_app_that_the_org_does_not_name_is_a_note_until_the_set_would_be_deployed() {
    let mut desired = wanting(true);
    desired.agent_access.as_mut().unwrap().also = vec!["Lead".to_owned()];
    let (mut state, baseline) = with_unnamed_app(&desired);
    let found = verdict(&desired, &state, &baseline);
    assert!(!found.is_held() && found.changes.is_empty(), "{found:#?}");
    let notes: Vec<String> = found.notes.iter().map(Note::text).collect();
    let note = notes.iter().find(|note| note.contains("does not name (02u000000000099AAA)"));
    assert!(note.is_some_and(|note| note.ends_with("It stays as it is.")), "{notes:#?}");
    // A deploy would take the app away.
    desired.agent_access.as_mut().unwrap().also.push("Case.Origin".to_owned());
    access(&mut state).asked.insert(on("Case.Origin"));
    let found = verdict(&desired, &state, &baseline);
    assert!(found.is_held() && found.changes.is_empty(), "{found:#?}");
    let told = &found.unseen[0].text;
    assert!(told.contains("does not name (02u000000000099AAA)"), "{told}");
    assert!(told.contains("would take that away"), "{told}");
    // The whole set goes all the same.
    let plan = removal(&desired, &state, &past(&baseline), Blockers::Stop);
    let of_item = plan.of(ItemId::AGENT_ACCESS).unwrap();
    assert!(!of_item.is_held(), "{of_item:#?}");
    assert_eq!((of_item.changes.len(), of_item.changes[0].operation.to.as_ref()), (1, None));
}

/// What may come with the package, and what the org may rightly not have, is left out with a word.
#[test]
fn what_is_left_out_because_the_org_does_not_show_it_is_told() {
    let mut desired = wanting(true);
    let notes = |desired: &ConnectorWish, state: &OrgState| -> Vec<String> {
        verdict(desired, state, &Baseline::default()).notes.iter().map(Note::text).collect()
    };
    let mut blind = org();
    blind.objects.insert(
        "Case".to_owned(),
        Observed::Refused(Refused { missing: true, ..Refused::new("INVALID_TYPE") }),
    );
    let told = "The org has no object Case, or does not show it: agents' access to it is left out.";
    assert!(!notes(&desired, &org()).iter().any(|note| note == told));
    assert!(notes(&desired, &blind).iter().any(|note| note == told));
    let OrgState { permission_sets, objects, agent_access, apps, utility_bars, .. } = org();
    let mut before =
        OrgState { permission_sets, objects, agent_access, apps, utility_bars, ..state() };
    desired.agent_access.as_mut().unwrap().app = Some("Support".to_owned());
    let told = "The org has no Lightning app \"Support\" yet. If the package does not bring it, the run \
                stops after the installation.";
    let found = notes(&desired, &before);
    assert!(found.iter().any(|note| note == told), "{found:#?}");
    desired.agent_access.as_mut().unwrap().app = Some("Service Console".to_owned());
    before.utility_bars.seen_mut().unwrap()[0].components = Some(Vec::new());
    let told = "provision cannot add the phone to the utility bar of the app \"Service Console\". Once \
                the package is installed, the steps for doing it by hand are listed.";
    let found = notes(&desired, &before);
    assert!(found.iter().any(|note| note == told), "{found:#?}");
}

#[test]
fn who_sees_an_app_is_unknown_where_one_is_given_that_the_org_does_not_name() {
    let mut state = org();
    let console = [Granted::App("Console".to_owned())];
    let has = |state: &OrgState| {
        let user = &state.users[0];
        state.agent_access.seen().unwrap().has(&user.id, user.profile.as_ref(), &console)
    };
    assert_eq!(has(&state), Has::No);
    access(&mut state).holders[0].unnamed_apps.insert("02u000000000099AAA".to_owned());
    assert_eq!(has(&state), Has::Unknown);
    access(&mut state).named_apps.insert("Console".to_owned());
    assert_eq!(has(&state), Has::No);
}

#[test]
fn a_misspelt_name_is_told_and_what_the_package_will_bring_is_waited_for() {
    let mut desired = wanting(true);
    let names = ["case.origin", "Case.Orign", "Task.ciscocjs__New__c"];
    desired.agent_access.as_mut().unwrap().also = names.map(str::to_owned).into();
    let installed = org();
    let stops = verdict(&desired, &installed, &Baseline::default()).stops;
    assert_eq!(stops.len(), 2, "{stops:?}");
    assert_eq!(stops[0].advice(), ["Did you mean Case.Origin?"]);
    assert!(stops.iter().all(|stop| stop.kind == StopKind::Configuration));
    // Before the package is there, only it could tell of its own fields.
    let before =
        OrgState { objects: installed.objects, agent_access: installed.agent_access, ..state() };
    assert_eq!(verdict(&desired, &before, &Baseline::default()).stops.len(), 1);
}

#[test]
fn an_item_that_nothing_is_configured_of_is_not_called_as_configured() {
    let idle = |desired: &ConnectorWish| unconfigured(desired, &Baseline::default());
    assert!(idle(&desired()).contains(&ItemId::AGENT_ACCESS));
    assert!(!idle(&wanting(false)).contains(&ItemId::AGENT_ACCESS));
    assert!(!idle(&desired()).contains(&ItemId::CALL_CENTER));
}

#[test]
fn a_permission_set_of_ours_that_nobody_wants_any_more_is_told() {
    let mut start = org();
    take(&mut start, &on("Case"));
    let (mut state, baseline) = done(&wanting(true), start);
    let told = |desired: &ConnectorWish, state: &OrgState| {
        let notes = verdict(desired, state, &baseline).notes;
        notes.iter().any(|note| note.text().contains("created the permission set Agent_Access"))
    };
    assert!(!told(&wanting(true), &state));
    assert!(told(&wanting(false), &state) && told(&desired(), &state));
    state.permission_sets.seen_mut().unwrap().clear();
    assert!(!told(&wanting(false), &state));
}
