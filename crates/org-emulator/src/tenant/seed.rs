//! The demo tenant: a small contact center whose agents are those of the demo org.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::kind::{ENTRY, Kind};
use super::kinds::kind;
use super::login::{App, BOTH, Logins, MINT, READ, WRITE};
use super::state::World;
use super::store::{Record, Store, stamped};
use super::traps::Traps;

/// Somebody who works in the contact center.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Agent {
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// The e-mail address, the same as in Salesforce.
    pub email: String,
    /// Whether others report to them.
    pub is_supervisor: bool,
}

impl Agent {
    /// An agent whom nobody reports to.
    pub fn new(first_name: &str, last_name: &str, email: &str) -> Agent {
        let [first_name, last_name, email] = [first_name, last_name, email].map(str::to_owned);
        Agent { first_name, last_name, email, is_supervisor: false }
    }

    /// The same as a supervisor.
    #[must_use]
    pub fn supervising(self) -> Agent {
        Agent { is_supervisor: true, ..self }
    }
}

/// Whose tenant it is.
const ORGANIZATION: &str = "7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10";

/// The flow that calls out go through; flows are no records here.
const FLOW: &str = "5a0f3c1e-7d42-4b8e-9c11-2f6e0d9b7a55";

/// The queue of outgoing calls; queues are no records here.
const QUEUE: &str = "b83d6f70-1c9a-4e27-8f5d-60c2e4a1d937";

/// The numbers that the tenant has; the first leads to the outbound entry point.
const NUMBERS: [&str; 4] = ["+14085550100", "+14085550101", "+14085550102", "+442079460100"];

/// What a desktop shows that nobody has changed.
const GLOBAL_LAYOUT: &str = r#"{"agent":{"version":"0.1.0","appTitle":"Contact Center Desktop","area":{"headless":{"id":"headless","widgets":{}},"panel":{"comp":"md-tabs","children":[]},"navigation":[]}},"supervisor":{"version":"0.1.0","area":{}},"supervisorAgent":{"version":"0.1.0","area":{"headless":{"id":"headless","widgets":{}},"panel":{"comp":"md-tabs","children":[]}}}}"#;

/// What the billing team has instead.
const BILLING_LAYOUT: &str = r#"{"agent":{"version":"0.1.0","appTitle":"Billing Desktop","area":{"headless":{"id":"headless","widgets":{}},"panel":{"comp":"md-tabs","children":[{"comp":"md-tab","attributes":{"slot":"tab"},"children":[{"comp":"span","textContent":"Invoices"}]},{"comp":"md-tab-panel","attributes":{"slot":"panel"},"children":[{"comp":"acme-invoices"}]}]},"navigation":[]}},"supervisor":{"version":"0.1.0","area":{}},"supervisorAgent":{"version":"0.1.0","area":{"panel":{"comp":"md-tabs","children":[]}}}}"#;

/// Makes records one after the other.
struct Maker {
    store: Store,
}

impl Maker {
    fn add(&mut self, name: &str, fields: Value) -> String {
        let Some(kind) = kind(name) else { return String::new() };
        self.store.add(kind, ORGANIZATION, object(fields))
    }

    fn entry(&mut self, name: &str, number: &str, is_default: bool) -> Value {
        let kind: &Kind = ENTRY;
        let id = self.store.new_id();
        let fields = json!({ "name": name, "number": number, "defaultANIEntry": is_default });
        stamped(kind, ORGANIZATION, &id, object(fields)).into()
    }
}

fn object(fields: Value) -> Record {
    match fields {
        Value::Object(fields) => fields,
        _ => Record::new(),
    }
}

/// The demo tenant with these agents.
pub(crate) fn grow(agents: &[Agent]) -> World {
    let mut make = Maker { store: Store::default() };
    let media = make.add(
        "multimedia-profile",
        json!({
            "name": "Default_Multimedia_Profile", "active": true, "chat": 5, "email": 5, "telephony": 1,
            "social": 5, "blendingModeEnabled": true, "blendingMode": "BLENDED",
            "manuallyAssignable": { "chat": 0, "email": 0, "social": 0, "telephony": 0 },
        }),
    );
    let site = make
        .add("site", json!({ "name": "Main Site", "active": true, "multimediaProfileId": media }));
    let codes = codes(&mut make);
    variables(&mut make);
    let (entry_point, ani) = outdial(&mut make);
    let profiles = agent_profiles(&mut make, &codes, &entry_point, &ani);
    let teams = teams(&mut make, &site);
    layouts(&mut make, &teams);
    let [agent, supervisor] = user_profiles(&mut make);
    for (place, one) in agents.iter().enumerate() {
        let ci = make.store.new_id();
        let (profile, user_profile) =
            if one.is_supervisor { (&profiles[1], &supervisor) } else { (&profiles[0], &agent) };
        make.add(
            "user",
            json!({
                "firstName": one.first_name, "lastName": one.last_name, "email": one.email, "ciUserId": ci,
                "userProfileId": user_profile, "agentProfileId": profile, "contactCenterEnabled": true,
                "siteId": site, "teamIds": [teams[place % teams.len()]], "active": true,
                "imiUserCreated": false, "userLevelSummariesInclusion": "INCLUDED",
            }),
        );
    }
    World {
        organization: ORGANIZATION.to_owned(),
        name: "Acme Contact Center".to_owned(),
        store: make.store,
        numbers: NUMBERS.map(str::to_owned).into(),
        logins: logins(),
        traps: Traps::default(),
    }
}

/// Idle codes and wrap-up codes; the ids of the idle ones.
fn codes(make: &mut Maker) -> Vec<String> {
    let [idle, wrap_up] = [make.store.new_id(), make.store.new_id()];
    let mut code = |name: &str, kind: &str, of: &str, is_system: bool, is_default: bool| {
        let fields = json!({
            "name": name, "active": true, "defaultCode": is_default, "isSystemCode": is_system,
            "workTypeId": of, "workTypeCode": kind, "burnoutInclusion": "NOT_APPLICABLE",
            "systemDefault": is_system,
        });
        make.add("auxiliary-code", fields)
    };
    let names = [("RONA", true), ("Meeting", false), ("Lunch", false), ("Training", false)];
    let idle =
        names.map(|(name, system)| code(name, "IDLE_CODE", &idle, system, name == "Meeting"));
    for (name, is_default) in [("Resolved", true), ("Follow up", false)] {
        code(name, "WRAP_UP_CODE", &wrap_up, false, is_default);
    }
    idle.into()
}

fn variables(make: &mut Maker) {
    for (name, kind, value, editable, reportable) in [
        ("ActivityId", "String", "", true, true),
        ("AccountNumber", "String", "", false, false),
        ("AccountId", "String", "", false, true),
        ("ContactId", "String", "", false, true),
        ("phoneNumber", "String", "", false, true),
        ("CaseNumber", "String", "", false, true),
        ("CustomerTier", "String", "standard", false, true),
        ("IsVip", "Boolean", "false", false, false),
    ] {
        make.add(
            "cad-variable",
            json!({
                "name": name, "variableType": kind, "defaultValue": value, "active": true,
                "agentEditable": editable, "agentViewable": true, "reportable": reportable,
                "desktopLabel": name,
            }),
        );
    }
}

/// An entry point of calls that go out, with its number, and the numbers to show.
fn outdial(make: &mut Maker) -> (String, String) {
    let mut point = |name: &str, way: &str, queue: Option<&str>| {
        let fields = json!({
            "name": name, "entryPointType": way, "channelType": "TELEPHONY", "active": true,
            "serviceLevelThreshold": 30, "maximumActiveContacts": 100, "timezone": "America/New_York",
            "flowId": FLOW, "flowTagId": "Latest", "outdialQueueId": queue,
        });
        let mut fields = object(fields);
        fields.retain(|_, value| !value.is_null());
        make.add("entry-point", fields.into())
    };
    let inbound = point("Support Line", "INBOUND", None);
    let outbound = point("Outdial Entry Point", "OUTBOUND", Some(QUEUE));
    for (number, to, name) in
        [(NUMBERS[0], &outbound, "Outdial Entry Point"), (NUMBERS[1], &inbound, "Support Line")]
    {
        let fields = json!({
            "dialledNumber": number, "entryPointId": to, "entryPointName": name, "defaultAni": false,
        });
        make.add("dial-number", fields);
    }
    let entries =
        vec![make.entry("Main", NUMBERS[0], true), make.entry("London", NUMBERS[3], false)];
    let ani =
        make.add("outdial-ani", json!({ "name": "Caller Numbers", "outdialANIEntries": entries }));
    (outbound, ani)
}

/// One for agents, one for supervisors.
fn agent_profiles(make: &mut Maker, idle: &[String], entry_point: &str, ani: &str) -> [String; 2] {
    let mut profile = |name: &str, access: &str| {
        let statistics = make.store.new_id();
        make.add(
            "agent-profile",
            json!({
                "name": name, "parentType": "ORGANIZATION", "active": true, "screenPopup": true,
                "lastAgentRouting": false, "autoWrapUp": false, "autoAnswer": false,
                "accessWrapUpCode": "ALL", "accessIdleCode": access, "idleCodes": idle,
                "accessQueue": "ALL", "accessEntryPoint": "ALL", "accessBuddyTeam": "ALL",
                "agentDNValidation": "ALL", "outdialEnabled": true, "outdialEntryPointId": entry_point,
                "outdialANIId": ani, "loginVoiceOptions": ["AGENT_DN", "EXTENSION", "BROWSER"],
                "viewableStatistics": {
                    "id": statistics, "version": 0, "agentStats": true, "accessQueueStats": "ALL",
                    "loggedInTeamStats": true, "accessTeamStats": "ALL",
                },
            }),
        )
    };
    [profile("Agents", "SPECIFIC"), profile("Supervisors", "ALL")]
}

fn teams(make: &mut Maker, site: &str) -> [String; 3] {
    ["Support", "Sales", "Billing"].map(|name| {
        make.add(
            "team",
            json!({
                "name": name, "teamType": "AGENT", "teamStatus": "IN_SERVICE", "active": true, "siteId": site,
                "rankQueuesForTeam": false,
            }),
        )
    })
}

/// The global layout, and one that a team has instead.
fn layouts(make: &mut Maker, teams: &[String; 3]) {
    for (name, file, content, is_global, of) in [
        ("Global Layout", "default.json", GLOBAL_LAYOUT, true, vec![]),
        ("Billing Desktop", "billing.json", BILLING_LAYOUT, false, vec![&teams[2]]),
    ] {
        make.add(
            "desktop-layout",
            json!({
                "name": name, "editedBy": "Ada Administrator", "jsonFileName": file, "jsonFileContent": content,
                "global": is_global, "status": true, "defaultJsonModified": !is_global, "validated": true,
                "teamIds": of, "systemDefault": is_global,
            }),
        );
    }
}

/// One for agents, one for supervisors, who may listen to recordings.
fn user_profiles(make: &mut Maker) -> [String; 2] {
    let mut profile = |name: &str, kind: &str, is_system: bool, permissions: Value| {
        make.add(
            "user-profile",
            json!({
                "name": name, "profileType": kind, "active": true, "permissionAccessLevel": "SPECIFIC",
                "resourceAccessLevel": "ALL", "permissions": permissions, "systemDefault": is_system,
            }),
        )
    };
    let recordings = "audio-recording-transcript";
    let agent = profile(
        "Premium Agent User Profile",
        "PREMIUM_AGENT",
        true,
        json!([{ "name": "send-message", "access": "ENABLED" }]),
    );
    let supervisor = profile(
        "Recording Supervisors",
        "SUPERVISOR",
        false,
        json!([
            { "name": recordings, "access": "VIEW" },
            { "name": "call-monitoring", "access": "ENABLED" },
            { "name": "team", "access": "VIEW" },
        ]),
    );
    [agent, supervisor]
}

/// An integration, a service app that an administrator has let in, and their tokens.
fn logins() -> Logins {
    let scopes = |all: &[&str]| all.iter().map(|&scope| scope.to_owned()).collect::<BTreeSet<_>>();
    let integration = App {
        client_id: "C0integration".to_owned(),
        client_secret: "integration-secret".to_owned(),
        redirect_uris: vec!["http://localhost:8417/callback".to_owned()],
        scopes: scopes(&[READ, WRITE, BOTH, MINT]),
        application_id: None,
        authorized: true,
    };
    let service = App {
        client_id: "C0service".to_owned(),
        client_secret: "service-secret".to_owned(),
        redirect_uris: Vec::new(),
        scopes: scopes(&[READ, WRITE]),
        application_id: Some("Y2lzY29zcGFyazovL3VzL0FQUExJQ0FUSU9OL0MwMDE".to_owned()),
        authorized: true,
    };
    Logins::of(vec![integration, service])
}
