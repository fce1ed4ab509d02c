//! What of the connector is in an org, without a configuration.

use insta::assert_snapshot;
use org_emulator::{Emulator, Seed};
use serde_json::{Value, json};

use crate::desk::{Desk, Outcome};
use crate::support::{Org, demo, everything};
use crate::webex;

fn status(org: &Org) -> Value {
    let outcome = Desk::of(org).run(&["--instance-url", &org.url, "status", "--output", "json"]);
    outcome.exits(0).json()
}

#[test]
fn an_org_without_the_connector_is_told_in_five_requests_and_left_as_it_is() {
    let org = Org::new();
    let before = org.world();
    org.forget_requests();
    let document = status(&org);
    let requests = org.requests();
    assert!(requests.len() <= 5, "{requests:#?}");
    assert_eq!(org.world(), before);
    let keys: Vec<&String> = document.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["format", "command", "org", "outcome", "data"]);
    assert_eq!(document["outcome"], "done");
    assert_eq!(document["data"]["packages"], json!([]));
    assert_eq!(document["data"]["leftovers"], json!([]));
    assert_eq!(document["data"]["call_centers"][0]["role"], "other");
}

#[test]
fn a_whole_installation_is_told_in_five_requests() {
    let org = Org::new();
    org.apply(&everything());
    org.forget_requests();
    let data = status(&org)["data"].take();
    let requests = org.requests();
    assert!(requests.len() <= 5, "{requests:#?}");
    assert_eq!(data["packages"][0]["version"], "4.2");
    assert_eq!(data["packages"][0]["generation"], "1GP");
    assert_eq!(data["call_centers"][0]["internal_name"], "WebexCCAgentDesktopV20241121");
    assert_eq!(data["call_centers"][0]["data_center"], "us1");
    assert_eq!(data["call_centers"][0]["profiles"][0]["profile"], "Contact Center Agent");
    assert_eq!(data["custom_metadata"]["data_center"]["value"], "US1");
    assert_eq!(data["omni_sync"]["access"][0]["name"], "Webex_Contact_Center_Omni_Sync");
    let set = &data["permission_sets"][0];
    assert_eq!(set["name"], "Webex_Contact_Center_Omni_Sync");
    assert_eq!(set["call_center_users"], data["call_centers"][0]["active_users"]);
    assert_eq!(data["leftovers"], json!([]));
}

#[test]
fn people_read_it_at_any_width() {
    let org = Org::new();
    org.apply(&demo());
    let desk = Desk::of(&org);
    let outcome = desk.run(&["--instance-url", &org.url, "status"]);
    let text = outcome.exits(0).out.replace(&org.id, "00D…").replace(&org.url, "URL");
    assert_snapshot!(text, @r#"
    Status for Northwind Support (sandbox, 00D…)

    Package
      Webex Contact Center 4.2, Version 1 of the connector
        04tHp000000wXcZIAU, namespace ciscocjs, managed, first generation (1GP)

    Call centers
      WebexCCAgentDesktopV20241121, the connector's
        name     Webex Contact Center Agent Desktop 2.0(Nov 2024)
        adapter  https://desktop.wxcc-us1.cisco.com/ (data centre us1)
        users    11: Contact Center Agent 11
      BrightCTI, another vendor's
        name     Bright CTI – Support (EMEA) & "Sales"
        adapter  https://cti.bright.example/adapter?mode=full&v=2
        users    3: Contact Center Supervisor 1, Standard Platform User 1, Standard User 1

    Task page layouts
      ciscocjs__Webex Contact Center Task Layout
        Contact Center Agent  every active record type
        Standard User         every active record type
        System Administrator  every active record type
      ciscocjs__Cisco Webex Contact Center Task Layout, outdated
        no profile uses it

    Data centre in the package
      data centre   US1 ciscocjs__RaGa73__mdt.ciscocjs__VaPi97.ciscocjs__QaXa28__c
      API URL       https://audioconnector.produs1.ciscoccservice.com
                    ciscocjs__DoJa73__mdt.ciscocjs__QoDoZa85.ciscocjs__MuXe69__c
      redirect URI  https://audioconnector.produs1.ciscoccservice.com/auth
                    ciscocjs__TiPuNe94__mdt.ciscocjs__ReTi25.ciscocjs__QiLuPa93__c

    Your softphone layout
      Standard Softphone Layout
        inbound   Account, Contact, Lead; no match: Don't pop any screen; one: Pop detail page; several:
                  Don't pop any screen
        outbound  Account, Contact, Lead; no match: Don't pop any screen; one: Don't pop any screen;
                  several: Don't pop any screen
        internal  Account, Contact, Lead; no match: Don't pop any screen; one: Don't pop any screen;
                  several: Don't pop any screen

    Omni-Channel state sync
      classes   none
      statuses  Available, Busy, Обед (Lunch)

    Permission sets
      None related to the connector.

    Salesforce Voice
      available  Enterprise Edition; Omni-Channel with 3 presence statuses
      missing    Cisco's package for it (cisco_wxcc_scv)
      by hand    licences "Salesforce Voice User (Partner Telephony)" (not found under its English
                 name); Partner Telephony and Enhanced Omni-Channel in Setup; Webex's add-on A-SF-VOICE
                 in Control Hub
    "#);
}

#[test]
fn every_seed_can_be_told_before_and_after() {
    let mut in_doubt = 0;
    for seed in 1..=8 {
        let org = Org::with(Emulator::builder().seed(seed));
        status(&org);
        org.run(
            provision::engine::Goal::Apply,
            &demo().replace("[users]", "[users]\non_conflict = \"move\""),
        );
        let data = status(&org)["data"].take();
        assert_eq!(data["packages"].as_array().map(Vec::len), Some(1), "seed {seed}");
        in_doubt += usize::from(data["custom_metadata"]["data_center"].is_null());
    }
    assert!(in_doubt > 0, "no seed hides a setting");
}

#[test]
fn who_may_not_look_or_has_no_login_is_told_so() {
    let desk = Desk::new();
    let outcome = desk.run(&["--org", "uat", "status"]);
    assert_snapshot!(outcome, @"
    ------- stderr -------
    error: There is no login for the org `uat`.
      hint: Log in: `provision login uat`
      hint: `provision orgs` lists your logins.
    [exit status: Some(4)]
    ");
    desk.run(&["status"]).exits(2);
    let org = Org::new();
    let mut desk = Desk::of(&org);
    desk.token = Some(format!("{}!wrong", &org.token[..15]));
    let document = desk.run(&["--instance-url", &org.url, "status", "--output", "json"]);
    assert_eq!(document.exits(4).json()["outcome"], "unauthenticated");
}

/// Runs a command at a desk that has the token of the Webex organization.
fn with_webex(desk: &Desk, org: &Org, arguments: &[&str]) -> Outcome {
    let announced = org.tenant().announcement();
    let text = |field: &str| announced[field].as_str().expect("a text").to_owned();
    let mut command = desk.command(arguments);
    command.env("PROVISION_WEBEX_ACCESS_TOKEN", text("access_token"));
    command.env("PROVISION_WEBEX_URL", text("url"));
    let outcome = Outcome::of(command.output().expect("the program starts"));
    Outcome { out: outcome.out.replace(&text("organization_id"), "ID"), ..outcome }
}

#[test]
fn what_is_in_the_webex_organization_stands_below() {
    let org = Org::new().with_tenant();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &webex::alone(&org));
    desk.write("layout.json", &webex::layout());
    let run = |arguments: &[&str]| with_webex(&desk, &org, arguments);
    run(&["apply", "--yes"]).exits(0);
    // A configuration that is about Webex alone needs no org.
    assert_snapshot!(run(&["status"]).exits(0).out, @"
    Webex: Acme Contact Center (organization ID)

    Desktop layouts with the connector
      Salesforce
        version             1.1.9
        teams               Support
        outbound caller ID  +14085550100
        Actions widget      yes
      Billing Desktop + Salesforce
        version             1.1.9
        teams               Billing
        outbound caller ID  +14085550100
        Actions widget      yes
      Not checked: 1 layout that no team has.

    Teams without the connector
      Sales
    ");
    let document = run(&["status", "--output", "json"]).exits(0).json();
    assert_eq!(document["org"], json!(null));
    let layout = &document["data"]["webex"]["desktop_layouts"][0];
    assert_eq!((&layout["teams"], &layout["version"]), (&json!(["Support"]), &json!("1.1.9")));
    let both = run(&["--instance-url", &org.url, "status"]).exits(0).out.clone();
    assert!(both.contains("Status for Northwind Support"), "{both}");
    assert!(both.contains("Teams without the connector"), "{both}");
}

#[test]
fn whoever_has_not_logged_in_to_webex_sees_the_org_all_the_same() {
    let org = Org::new().with_tenant();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &webex::both(&org));
    desk.write("layout.json", &webex::layout());
    let outcome = desk.run(&["--instance-url", &org.url, "status"]);
    let text = &outcome.exits(0).out;
    assert!(text.contains("Omni-Channel state sync"), "{text}");
    assert!(text.contains("provision login webex ALIAS"), "{text}");
}

/// A deploy of remote sites, as an administrator makes them for it.
fn allow(org: &Org, sites: &[(String, &str)]) {
    let members = sites.iter().map(|(name, _)| format!("<members>{name}</members>"));
    let manifest = format!(
        "<Package xmlns=\"http://soap.sforce.com/2006/04/metadata\"><types>{}\
         <name>RemoteSiteSetting</name></types><version>66.0</version></Package>",
        members.collect::<String>()
    );
    let files = sites.iter().map(|(name, url)| {
        let site = format!(
            "<RemoteSiteSetting xmlns=\"http://soap.sforce.com/2006/04/metadata\">\
             <disableProtocolSecurity>false</disableProtocolSecurity><isActive>true</isActive>\
             <url>{url}</url></RemoteSiteSetting>"
        );
        (format!("remoteSiteSettings/{name}.remoteSite"), site)
    });
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, text) in std::iter::once(("package.xml".to_owned(), manifest)).chain(files) {
        zip.start_file(path, zip::write::SimpleFileOptions::default()).expect("an entry");
        std::io::Write::write_all(&mut zip, text.as_bytes()).expect("bytes in memory");
    }
    let archive = zip.finish().expect("an archive").into_inner();
    let client = org.client();
    crate::support::wait(async {
        let options = salesforce_client::metadata::DeployOptions::default();
        let id = client.metadata().deploy(archive, &options).await.expect("an id");
        let result = client.metadata().deploy_status(&id).await.expect("a status");
        assert!(result.success, "{result:#?}");
    });
}

#[test]
fn remote_sites_of_salesforce_voice_are_looked_at_once_its_package_is_there() {
    // The other vendor's package is in its place.
    let fields = serde_json::json!({ "NamespacePrefix": "cisco_wxcc_scv" });
    let seed = Seed::number(1).package("04tJk000000aCm1IAE", fields);
    let org = Org::with(Emulator::builder().seed(seed));
    let desk = Desk::of(&org);
    let missing = || {
        let told = desk.run(&["--instance-url", &org.url, "status", "--output", "json"]);
        let voice = told.exits(0).json()["data"]["salesforce_voice"].take();
        serde_json::to_string(&voice["missing"]).expect("a list")
    };
    let before = missing();
    assert!(before.contains("https://webexapis.com"), "{before}");
    assert!(before.contains("a self-signed certificate"), "{before}");
    allow(&org, &[("Webex".to_owned(), "https://webexapis.com")]);
    let now = missing();
    assert!(!now.contains("webexapis"), "{now}");
    assert!(now.contains("remote sites https://"), "the org's own are missing still: {now}");
    // Of hundreds the first are looked into, and what may be among the others is not called missing.
    let many: Vec<_> =
        (0..150).map(|number| (format!("Site_{number:03}"), "https://other.example")).collect();
    allow(&org, &many);
    org.forget_requests();
    let now = missing();
    assert!(!now.contains("remote sites"), "{now}");
    let reads = org.requests().into_iter().filter(|it| it["operation"] == "metadata/readMetadata");
    let reads = reads.count();
    assert!((10..20).contains(&reads), "{reads}");
}
