//! Writing down what somebody has set up by hand, and planning with it.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use provision::engine::Goal;
use salesforce_client::metadata::{
    Bundle, CallCenterRecord, DeployOptions, LayoutAssignment, ProfileSettings,
};
use salesforce_client::soql::quote;
use salesforce_client::{Client, Soql};
use serde_json::{Value, json};

use crate::desk::{Desk, Outcome};
use crate::support::{Org, demo, everything, wait};

const NAME: &str = "WebexCCAgentDesktopV20241121";
const LAYOUT: &str = "Task-ciscocjs__Webex Contact Center Task Layout";

/// What a person does in Setup, after the package and the call center are there.
struct Hand<'a> {
    org: &'a Org,
    client: Client,
}

impl<'a> Hand<'a> {
    fn of(org: &'a Org) -> Self {
        Self { org, client: org.client() }
    }

    fn deploy(&self, fill: impl FnOnce(&mut Bundle)) {
        let mut bundle = Bundle::new(self.client.version());
        fill(&mut bundle);
        let archive = bundle.to_zip().expect("an archive");
        let metadata = self.client.metadata();
        wait(metadata.deploy(archive, &DeployOptions::default())).expect("a deploy");
    }

    fn call_center(&self) -> CallCenterRecord {
        let found = wait(self.client.metadata().read_call_centers(&[NAME])).expect("an answer");
        found.into_iter().next().expect("the call center")
    }

    fn set(record: &mut CallCenterRecord, item: &str, value: &str) {
        let mut items = record.sections.iter_mut().flat_map(|section| &mut section.items);
        let item = items.find(|known| known.name == item).expect("an item");
        value.clone_into(&mut item.value);
    }

    /// Changes values of the call center.
    fn edit(&self, values: &[(&str, &str)]) {
        let mut record = self.call_center();
        for (item, value) in values {
            Self::set(&mut record, item, value);
            if *item == "reqAdapterUrl" {
                record.adapter_url = Some((*value).to_owned());
            }
        }
        self.deploy(|bundle| bundle.call_center(&record).expect("a call center"));
    }

    /// Imports the definition of an earlier year, which had fewer fields.
    fn import_an_older_one(&self) {
        let mut record = self.call_center();
        "WebexCCAgentDesktopV20230101".clone_into(&mut record.full_name);
        record.sections.truncate(3);
        Self::set(&mut record, "reqSoftphoneHeight", "640");
        self.deploy(|bundle| bundle.call_center(&record).expect("a call center"));
    }

    /// Gives a profile the package's layout for one record type, or in general.
    fn lay_out(&self, profile: &str, record_type: Option<&str>) {
        let settings = ProfileSettings {
            profile: profile.to_owned(),
            assignments: vec![LayoutAssignment {
                layout: LAYOUT.to_owned(),
                record_type: record_type.map(|name| format!("Task.{name}")),
            }],
            ..ProfileSettings::default()
        };
        self.deploy(|bundle| bundle.profile(&settings).expect("a profile"));
    }

    fn id(&self, query: &'static str, name: &str) -> String {
        let found: Vec<Value> =
            wait(self.client.query(&Soql::new(query).value(&quote(name)))).expect("an answer");
        found[0]["Id"].as_str().expect("an id").to_owned()
    }

    /// Puts every so-many-th active user of the call center into another one, or out.
    fn move_some(&self, every: usize, to: Option<&str>) {
        let to = to.map(|name| self.id("SELECT Id FROM CallCenter WHERE InternalName = ", name));
        let members = self.org.query(
            "SELECT Id FROM User WHERE IsActive = true AND CallCenterId IN \
             (SELECT Id FROM CallCenter WHERE InternalName LIKE 'WebexCC%') ORDER BY Username",
        );
        for member in members.iter().step_by(every) {
            let id = member["Id"].as_str().expect("an id");
            self.org.change("User", id, &json!({ "CallCenterId": to }));
        }
    }
}

/// Installs it, in one of many ways; each number is another.
fn install(org: &Org, number: u64) {
    let omni = number % 3 != 2 && number.is_multiple_of(2);
    let base = if omni { everything() } else { demo() };
    let mut configuration = base.replace("[users]", "[users]\non_conflict = \"move\"");
    if number % 4 == 1 {
        configuration = configuration.replace("data_center = \"us1\"", "data_center = \"eu1\"");
    }
    if omni && number.is_multiple_of(4) {
        configuration = configuration
            .replace("[omni_sync]", "[omni_sync]\nprofiles = [\"Contact Center Agent\"]");
    }
    if number % 4 == 3 {
        configuration = configuration
            .replace("[task_layout]", "[task_layout]\nrecord_types = [\"Call\", \"Cisco_Webex\"]");
    }
    if number.is_multiple_of(5) {
        configuration.push_str("\n[agent_access]\nmanage = true\n");
    }
    org.run(Goal::Apply, &configuration);
    let hand = Hand::of(org);
    match number % 5 {
        0 => hand.edit(&[
            ("reqSoftphoneWidth", "720"),
            ("prefixStringTobeRemoved", "+1, +49"),
            ("reqAdapterUrl", "https://desktop.wxcc-anz1.cisco.com"),
        ]),
        // Two switches that do not go together, and a mapping to a field that does not exist.
        1 => hand.edit(&[
            ("isNoRecordMatchScenarioEnabled", "true"),
            ("sfdcObjetFieldCadVariableMappings1", "[{\"wxccFieldName\":\"a\",\"sfdcFieldName\":\"Gone__c\",\"isDefaultValueEnabled\":\"false\",\"isConditionalEnabled\":\"false\"}]"),
        ]),
        2 => hand.edit(&[("screenpopSearchParamCadName", "Überweisung \"A\" & <b>")]),
        _ => {}
    }
    if number.is_multiple_of(3) {
        hand.move_some(3, None);
    }
    if number % 7 == 4 {
        hand.import_an_older_one();
        hand.move_some(1, Some("WebexCCAgentDesktopV20230101"));
    }
    if number % 4 == 2 {
        hand.lay_out("Contact Center Supervisor", Some("Call"));
        hand.lay_out("ReadOnly", None);
    }
}

fn init(desk: &Desk, org: &Org) -> Outcome {
    desk.run(&["--instance-url", &org.url, "init", "--from-org", "--output", "json"])
}

#[test]
fn a_plan_with_what_was_written_down_changes_nothing() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for number in 1..=12 {
        let org = Org::seeded(number);
        install(&org, number);
        let world = org.world();
        let desk = Desk::of(&org);
        let document = init(&desk, &org).exits(0).json();
        assert_eq!(org.world(), world, "seed {number}: nothing is written to the org");
        assert_eq!(document["outcome"], "done", "seed {number}: {document:#}");
        let text = desk.read("provision.toml");
        let plan = desk.run(&["--instance-url", &org.url, "plan", "--check"]);
        assert_eq!(plan.code, Some(0), "seed {number}: {plan}\n{text}");
        for (what, mark) in [
            ("all of a profile", "\nprofiles = [\"Contact Center Agent\"]"),
            ("some of a profile", "usernames = "),
            ("record types", "record_types = "),
            ("assignments without words", "uses the package's Task layout"),
            ("another address", "\nadapter_url = "),
            ("another data centre", "data_center = \"eu1\""),
            ("other settings of the package", "[custom_metadata.values]"),
            ("settings that cannot be told", "because several values could be it"),
            ("a raw value", "[call_center.values]"),
            ("a value that the org refuses", "!! Left out: mappings"),
            ("a file of its own", "definition = \"./"),
            ("state sync", "[omni_sync]\npresence"),
            ("state sync by profiles", "[omni_sync]\nprofiles"),
            ("permission sets", "assign = "),
            ("agent access", "[agent_access]"),
        ] {
            *seen.entry(what).or_default() += usize::from(text.contains(mark));
        }
    }
    let never: Vec<_> = seen.iter().filter(|(_, count)| **count == 0).collect();
    assert!(never.is_empty(), "never met: {never:?} of {seen:?}");
}

#[test]
fn people_are_told_what_was_written_and_what_was_not() {
    let org = Org::new();
    org.apply(&demo());
    Hand::of(&org).lay_out("ReadOnly", Some("Call"));
    let desk = Desk::of(&org);
    let said = desk.run(&["--instance-url", &org.url, "init", "--from-org"]);
    let text = said.exits(0).out.replace(&org.id, "00D…").replace(&org.url, "URL");
    assert_snapshot!(text, @"
    Wrote provision.toml: what is in Northwind Support (00D…).
    ✓ A plan made with it changes nothing in the org.

    Left out, with the reason in its comments
      - The profile Read Only also uses the package's Task layout for Call, which is left unchanged.
      - Only some call center users have these permission sets, which are left alone:
        Call_Recording_Review (2 of 11).

    Next: `provision --instance-url URL --config provision.toml plan` compares the
          org with it.
    ");
    let again = desk.run(&["--instance-url", &org.url, "init", "--from-org"]);
    assert!(again.exits(2).err.contains("`provision.toml` already exists"), "{again}");
    let printed = desk
        .run(&["--instance-url", &org.url, "init", "--from-org", "--stdout"])
        .exits(0)
        .out
        .clone();
    assert_eq!(printed, desk.read("provision.toml"));
}

#[test]
fn an_org_without_anything_of_it_is_told_so() {
    let desk = Desk::new();
    assert_snapshot!(desk.run(&["init", "--from-org", "demo"]), @r#"
    ------- stderr -------
    Looking at the org
    error: "Northwind Support" has nothing of the connector to write down.
      hint: To start with a new configuration: `provision init`
    [exit status: Some(2)]
    "#);
    assert!(!desk.has("provision.toml"));
    assert_snapshot!(desk.run(&["--org", "demo", "init", "--from-org", "uat"]), @"
    ------- stderr -------
    error: Two orgs are named: `--from-org uat` and the one of `--org`.
      hint: Give only one; --from-org needs no ALIAS with the other option.
    [exit status: Some(2)]
    ");
    desk.run(&["init", "--from-org"]).exits(2);
    desk.run(&["init", "--from-org", "uat"]).exits(4);
}

#[test]
fn the_demo_can_be_adopted_by_its_alias() {
    let desk = Desk::new();
    desk.run(&["--org", "demo"]).exits(0);
    let document = desk.run(&["init", "--from-org", "demo", "--output", "json"]).exits(0).json();
    // The teams of the Webex organization are in it, with the layout that they have.
    let written = desk.read("provision.toml");
    assert!(written.contains("teams = [\"Billing\", \"Support\"]"), "{written}");
    assert_eq!(written.matches("org_id = ").count(), 1, "{written}");
    // What runs have set there beside would be given back by a file that leaves it out.
    let codes = "[webex.idle_codes]\nnames = [\"On a Salesforce call\"]\nmanage = true\n";
    assert!(written.contains(codes) && written.contains("[webex.variables]\n"), "{written}");
    assert_eq!(document["data"]["desktop_layout"]["text"], desk.read("desktop_layout.json"));
    let plan = ["--org", "demo", "--config", "provision.toml", "plan", "--check"];
    desk.run(&plan).exits(0);
}
