//! The Salesforce CLI: records and what is known of objects.

use crate::emulator::Emulator;
use crate::installed::Clients;
use crate::sf::{Sf, expect};
use crate::table::Table;

#[test]
fn reads_and_writes_records() {
    let Some(clients) = Clients::installed() else { return };
    let emulator = Emulator::start(&["--users", "2500"]);
    let sf = Sf::logged_in(&clients, &emulator);
    let mut table = Table::new("Salesforce CLI: data");

    let found = sf.json("data query -q 'SELECT Id, Profile.Name FROM User ORDER BY Username'");
    table.row("data query", found.and_then(|it| expect(&it["totalSize"], 2500)));

    let found = sf.json("data query -t -q 'SELECT SubscriberPackage.NamespacePrefix FROM InstalledSubscriberPackage'");
    table.row(
        "data query --use-tooling-api",
        found.and_then(|it| {
            expect(&it["records"][0]["SubscriberPackage"]["NamespacePrefix"], "brightcti")
        }),
    );
    table.check();
}
