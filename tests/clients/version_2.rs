//! An org in which provision has set up Version 2 of the connector, as foreign clients see it, read it and write
//! it back.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::emulator::Emulator;
use crate::installed::{Clients, say};
use crate::library::judged;
use crate::program::Desk;
use crate::sf::{Sf, expect};
use crate::table::{Table, Verdict};

const CALL_CENTER: &str = "wxCcCallCenter";
const PACKAGE: &str = "04tUl000000VK45IAG";
const CONFIGURATION: &str = include_str!("../../metadata/demo_v2.toml");

/// What leads a command to the org.
fn to_org(emulator: &Emulator) -> String {
    let authority = emulator.announcement["ca_certificate"].as_str();
    let authority = authority.map_or_else(String::new, |path| format!(" --ca-cert {path}"));
    format!("--instance-url {}{authority}", emulator.url())
}

/// An emulator whose org has Version 2, and the desk that it was set up from.
fn set_up(arguments: &[&str]) -> (Emulator, Desk) {
    let emulator = Emulator::start(arguments);
    let token = emulator.administrator()["access_token"].as_str().expect("a token").to_owned();
    let desk = Desk::new().with("PROVISION_ACCESS_TOKEN", token);
    fs::write(desk.home().join("provision.toml"), CONFIGURATION).expect("a configuration");
    let done = desk.run(&format!("{} --yes apply", to_org(&emulator)));
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    (emulator, desk)
}

/// Whether the org is as configured still.
fn is_as_configured(emulator: &Emulator, desk: &Desk) -> Verdict {
    let plan = desk.run(&format!("{} plan --check", to_org(emulator)));
    if plan.code == 0 { Ok(()) } else { Err(format!("{}{}", plan.out, plan.err)) }
}

#[test]
fn salesforce_cli() {
    let Some(clients) = Clients::installed() else { return };
    let (emulator, desk) = set_up(&[]);
    let sf = Sf::logged_in(&clients, &emulator);
    let home = clients.home();
    fs::create_dir_all(home.join("force-app")).expect("a folder");
    let project =
        r#"{"packageDirectories":[{"path":"force-app","default":true}],"sourceApiVersion":"66.0"}"#;
    fs::write(home.join("sfdx-project.json"), project).expect("a project");
    let mut table = Table::new("Salesforce CLI: Version 2");

    let listed = sf.json("package installed list").and_then(|it| {
        let of_it = |row: &&Value| row["SubscriberPackageVersionId"] == PACKAGE;
        let found = it.as_array().into_iter().flatten().find(of_it);
        expect(
            &found.map_or(Value::Null, |row| row["SubscriberPackageNamespace"].clone()),
            "cisco_wxcc",
        )
    });
    table.row("package installed list", listed);
    let retrieved = sf.json(&format!("project retrieve start --metadata CallCenter:{CALL_CENTER}"));
    let file = format!("force-app/main/default/callCenters/{CALL_CENTER}.callCenter-meta.xml");
    table.row(
        "project retrieve start --metadata CallCenter",
        retrieved.and_then(|it| {
            expect(&it["status"], "Succeeded")?;
            let text = fs::read_to_string(home.join(&file)).map_err(|error| error.to_string())?;
            // Two items of one name, each in its section, and values longer than a name may be.
            let twice = text.matches("<name>objectFieldMapping</name>").count();
            expect(&json!(twice), 2)?;
            let value = "<value>Subject={subject},SuppliedPhone={ani}</value>";
            if text.contains(value) { Ok(()) } else { Err(text) }
        }),
    );
    let deployed = sf.json("project deploy start --source-dir force-app");
    table.row(
        "project deploy start --source-dir (what was retrieved)",
        deployed.and_then(|it| {
            expect(&it["status"], "Succeeded")?;
            is_as_configured(&emulator, &desk)
        }),
    );
    let set = "SELECT Name, Label FROM PermissionSet WHERE NamespacePrefix = 'cisco_wxcc'";
    let found = sf.json(&format!("data query --query \"{set}\""));
    let name = found.as_ref().ok().and_then(|it| it["records"][0]["Name"].as_str()).unwrap_or("");
    let assign = format!("org assign permset --name cisco_wxcc__{name}");
    table.row(
        "data query (the package's permission set)",
        found
            .clone()
            .and_then(|it| expect(&it["records"][0]["Label"], "Webex Contact Center Agent")),
    );
    table.row(
        "org assign permset",
        sf.json(&assign).and_then(|it| {
            expect(&json!(it["successes"].as_array().map_or(0, Vec::len)), 1)?;
            is_as_configured(&emulator, &desk)
        }),
    );
    table.check();
}

#[test]
fn jsforce() {
    let Some(clients) = Clients::installed() else { return };
    let (emulator, desk) = set_up(&[]);
    let script = "node/jsforce_version_2.cjs";
    judged("jsforce: Version 2", clients.node(), script, &emulator);
    is_as_configured(&emulator, &desk).expect("what was written back is what was read");
}

#[test]
fn simple_salesforce() {
    let Some(clients) = Clients::installed() else { return };
    let (emulator, desk) = set_up(&["--tls"]);
    let authority = emulator.announcement["ca_certificate"].as_str().expect("a path");
    let mut python = clients.python();
    python.env("REQUESTS_CA_BUNDLE", authority);
    let script = "python/simple_salesforce_version_2.py";
    judged("simple-salesforce: Version 2", python, script, &emulator);
    is_as_configured(&emulator, &desk).expect("what was written back is what was read");
}

#[test]
fn cumulusci() {
    let Some(clients) = Clients::installed() else { return };
    let (emulator, desk) = set_up(&["--tls"]);
    let authority = emulator.announcement["ca_certificate"].as_str().expect("a path");
    let mut python = clients.python();
    python.env("REQUESTS_CA_BUNDLE", authority);
    judged("CumulusCI: Version 2", python, "python/cumulusci_version_2.py", &emulator);
    is_as_configured(&emulator, &desk).expect("what was written back is what was read");
}

#[test]
fn zeep() {
    let Some(clients) = Clients::installed() else { return };
    let wsdls = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/wsdl");
    if !wsdls.is_dir() {
        say("skipped: ../shared/wsdl is not there");
        return;
    }
    let (emulator, desk) = set_up(&[]);
    let mut python = clients.python();
    python.env("WSDLS", wsdls);
    judged("zeep: Version 2", python, "python/zeep_version_2.py", &emulator);
    is_as_configured(&emulator, &desk).expect("what was written back is what was read");
}
