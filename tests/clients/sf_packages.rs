//! The Salesforce CLI: installing, listing and uninstalling packages.

use serde_json::{Value, json};

use crate::emulator::Emulator;
use crate::installed::Clients;
use crate::sf::{Sf, expect};
use crate::table::Table;

/// The newest version of the connector: first generation.
const FIRST: &str = "04tHp000000wXcZIAU";
/// The other connector: second generation.
const SECOND: &str = "04tUl000000VK45IAG";
/// One that wants a key.
const WITH_KEY: &str = "04tHp000000wXcKIAU";

#[test]
fn installs_lists_and_uninstalls_packages() {
    let Some(clients) = Clients::installed() else { return };
    let seed = clients.home().join("seed.toml");
    let key = format!("[packages.{WITH_KEY}]\nInstallationKey = \"secret\"\n");
    std::fs::write(&seed, key).expect("a seed file");
    let emulator = Emulator::start(&["--seed", seed.to_str().expect("a path")]);
    let sf = Sf::logged_in(&clients, &emulator);
    let mut table = Table::new("Salesforce CLI: packages");
    let install = |more: &str| sf.json(&format!("package install --no-prompt --wait 2 {more}"));
    let done = |answer: Value| expect(&answer["Status"], "SUCCESS");

    let refused = install(&format!("-p {WITH_KEY}"));
    table.row("package install (a key is missing)", refused.map(drop));
    let key = install(&format!("-p {WITH_KEY} -k secret"));
    table.row("package install --installation-key", key.and_then(done));
    table.row(
        "package install (first generation, upgrade)",
        install(&format!("-p {FIRST}")).and_then(done),
    );
    table.row(
        "package install (second generation)",
        install(&format!("-p {SECOND}")).and_then(done),
    );
    let older = install(&format!("-p {WITH_KEY} -k secret"));
    table.row("package install (older than what is there)", older.map(drop));
    let fault = json!({"faults": [{
        "match": {"operation": "tooling/create/PackageInstallRequest"},
        "effect": {"fail_install": "The package brings what this org has already."},
    }]});
    emulator.put("faults", &fault);
    table.row("package install (it fails)", install(&format!("-p {SECOND}")).map(drop));

    let listed = sf.json("package installed list").and_then(|it| {
        let versions = it.as_array().cloned().unwrap_or_default();
        let ids: Vec<&Value> =
            versions.iter().map(|version| &version["SubscriberPackageVersionId"]).collect();
        if [FIRST, SECOND].iter().all(|id| ids.contains(&&json!(id))) {
            Ok(())
        } else {
            Err(it.to_string())
        }
    });
    table.row("package installed list", listed);
    let gone = sf.json(&format!("package uninstall -p {SECOND} --wait 2"));
    table.row(
        "package uninstall (second generation)",
        gone.and_then(|it| expect(&it["Status"], "Success")),
    );
    let refused = sf.json(&format!("package uninstall -p {FIRST} --wait 2"));
    table.row("package uninstall (first generation)", refused.map(drop));
    table.check();
}
