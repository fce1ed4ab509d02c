//! The Salesforce CLI: logging in, and the org as a whole.

use crate::emulator::Emulator;
use crate::installed::Clients;
use crate::sf::{Sf, expect};
use crate::table::Table;

#[test]
fn logs_in_and_shows_the_org() {
    let Some(clients) = Clients::installed() else { return };
    let emulator = Emulator::start(&[]);
    let sf = Sf::new(&clients);
    let mut table = Table::new("Salesforce CLI: orgs");
    let (org, user) = (emulator.org(), emulator.administrator());

    let login = sf.log_in(&emulator);
    table.row(
        "org login access-token",
        login.and_then(|it| expect(&it["orgId"], org["org_id"].clone())),
    );

    let shown = sf.json("org display");
    table.row(
        "org display",
        shown.and_then(|it| {
            expect(&it["username"], user["username"].clone())?;
            expect(&it["connectedStatus"], "Connected")
        }),
    );
    table.check();
}
