//! The Salesforce CLI: records and what is known of objects.

use serde_json::{Value, json};

use crate::emulator::Emulator;
use crate::installed::Clients;
use crate::sf::{Sf, expect};
use crate::table::{Table, Verdict};

#[test]
fn reads_and_writes_records() {
    let Some(clients) = Clients::installed() else { return };
    let emulator = Emulator::start(&["--users", "4500"]);
    let sf = Sf::logged_in(&clients, &emulator);
    let mut table = Table::new("Salesforce CLI: data");

    let found = sf.json("data query -q 'SELECT Id, Profile.Name FROM User ORDER BY Username'");
    let found = found.and_then(|it| {
        expect(&json!(it["records"].as_array().map(Vec::len)), 4500)?;
        expect(&it["records"][0]["Profile"]["attributes"]["type"], "Profile")
    });
    table.row("data query", found);
    let refused = sf.json("data query -q 'SELECT Id, Nonsense FROM Account'");
    table.row("data query (a wrong field)", refused.map(drop));
    let found = sf.json(
        "data query -t -q 'SELECT SubscriberPackage.NamespacePrefix FROM InstalledSubscriberPackage'",
    );
    let namespace = found.and_then(|it| {
        expect(&it["records"][0]["SubscriberPackage"]["NamespacePrefix"], "brightcti")
    });
    table.row("data query --use-tooling-api", namespace);

    let made = sf.json(
        "data create record -s Account -v \"Name='Acme & Söhne' NumberOfEmployees=3 AnnualRevenue=1.5\"",
    );
    let id = made.as_ref().ok().and_then(|it| it["id"].as_str()).unwrap_or("none").to_owned();
    table.row("data create record", made.map(drop));
    let read = sf.json(&format!("data get record -s Account -i {id}")).and_then(|it| {
        expect(&it["Name"], "Acme & Söhne")?;
        expect(&it["NumberOfEmployees"], 3)?;
        expect(&it["AnnualRevenue"], 1.5)
    });
    table.row("data get record --record-id", read);
    let changed = sf.json(&format!("data update record -s Account -i {id} -v NumberOfEmployees=4"));
    table.row("data update record", changed.map(drop));
    let read = sf.json("data get record -s Account -w \"Name='Acme & Söhne'\"");
    table.row("data get record --where", read.and_then(|it| expect(&it["Id"], id.clone())));
    let refused = sf.json("data create record -s Contact -v FirstName=Ada");
    table.row("data create record (a field is missing)", refused.map(drop));
    let gone = sf.json(&format!("data delete record -s Account -i {id}"));
    let again = sf.json(&format!("data get record -s Account -i {id}"));
    table.row("data delete record", gone.and(again.err().map(drop).ok_or("still there".into())));
    table.row("data import tree", tree(&clients, &sf));
    let exported = sf.json("data export tree -q 'SELECT Id, Name FROM Account'");
    table.row("data export tree", exported.map(drop));
    bulk(&clients, &sf, &mut table);

    let listed = sf.json("sobject list --sobject all").and_then(|it| {
        let names = it.as_array().cloned().unwrap_or_default();
        if names.contains(&json!("CallCenter")) { Ok(()) } else { Err(it.to_string()) }
    });
    table.row("sobject list", listed);
    let described = sf.json("sobject describe -s Account").and_then(|it| {
        expect(&it["keyPrefix"], "001")?;
        let children = it["childRelationships"].as_array().cloned().unwrap_or_default();
        let names: Vec<&Value> = children.iter().map(|child| &child["relationshipName"]).collect();
        if names.contains(&&json!("Contacts")) { Ok(()) } else { Err(json!(names).to_string()) }
    });
    table.row("sobject describe", described);
    let described = sf.json("sobject describe --use-tooling-api -s InstalledSubscriberPackage");
    let name = described.and_then(|it| expect(&it["name"], "InstalledSubscriberPackage"));
    table.row("sobject describe --use-tooling-api", name);
    table.check();
}

/// Imports an account with its contacts, and finds them together.
fn tree(clients: &Clients, sf: &Sf<'_>) -> Verdict {
    let contact = |name: &str, place: u8| {
        json!({
            "attributes": {"type": "Contact", "referenceId": format!("contact{place}")},
            "LastName": name, "Email": format!("contact{place}@example.com"),
        })
    };
    let file = json!({"records": [{
        "attributes": {"type": "Account", "referenceId": "account1"},
        "Name": "Northwind Traders",
        "Contacts": {"records": [contact("Hopper", 1), contact("Hamilton", 2)]},
    }]});
    std::fs::write(clients.home().join("tree.json"), file.to_string()).expect("a file");
    sf.json("data import tree --files tree.json")?;
    let found = sf.json(
        "data query -q \"SELECT LastName FROM Contact WHERE Account.Name = 'Northwind Traders'\"",
    )?;
    expect(&found["totalSize"], 2)
}

/// Bulk jobs: rows of a file.
fn bulk(clients: &Clients, sf: &Sf<'_>, table: &mut Table) {
    let write = |name: &str, text: &str| {
        std::fs::write(clients.home().join(name), text).expect("a file");
    };
    write("new.csv", "Name,NumberOfEmployees\nOne,1\n\"Two, Inc.\",2\n");
    let made = sf.json("data import bulk -s Account -f new.csv --wait 1");
    let made = made.and_then(|it| expect(&it["successfulRecords"], 2));
    table.row("data import bulk", made);
    write("people.csv", "Email,LastName\ncontact1@example.com,Murray\nnew@example.com,Liskov\n");
    let changed = sf.json("data upsert bulk -s Contact -f people.csv -i Email --wait 1");
    let changed = changed.and_then(|it| {
        expect(&it["jobInfo"]["numberRecordsProcessed"], 2)?;
        let found = sf.json("data query -q \"SELECT LastName FROM Contact ORDER BY LastName\"")?;
        let names = found["records"].as_array().into_iter().flatten();
        let names: Vec<&Value> = names.map(|it| &it["LastName"]).collect();
        expect(&json!(names), json!(["Hamilton", "Liskov", "Murray"]))
    });
    table.row("data upsert bulk", changed);
    let exported = sf
        .json("data export bulk -q 'SELECT LastName FROM Contact' --output-file out.csv --wait 1");
    table.row("data export bulk", exported.map(drop));
}
