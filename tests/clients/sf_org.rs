//! The Salesforce CLI: logging in, and the org as a whole.

use rcgen::{CertificateParams, KeyPair};
use serde_json::json;

use crate::emulator::Emulator;
use crate::installed::Clients;
use crate::sf::{Sf, expect};
use crate::table::{Table, Verdict};

#[test]
fn logs_in_and_shows_the_org() {
    let Some(clients) = Clients::installed() else { return };
    let emulator = Emulator::start(&[]);
    let sf = Sf::new(&clients);
    let mut table = Table::new("Salesforce CLI: orgs");
    let (org, user) = (emulator.org(), emulator.administrator());

    let stranger = clients.of_somebody_else();
    let login = sf.log_in(&emulator);
    let id = org["org_id"].clone();
    table.row("org login access-token", login.and_then(|it| expect(&it["orgId"], id)));
    table.row("org login jwt", by_assertion(&stranger, &emulator));
    table.row("org login sfdx-url", by_refresh_token(&stranger));

    let shown = sf.json("org display");
    let connected = shown.and_then(|it| {
        expect(&it["username"], user["username"].clone())?;
        expect(&it["connectedStatus"], "Connected")
    });
    table.row("org display", connected);
    let listed = sf.json("org list");
    let connected =
        listed.and_then(|it| expect(&it["sandboxes"][0]["connectedStatus"], "Connected"));
    table.row("org list", connected);
    let token = sf.json("org auth show-access-token --no-prompt");
    let token = token.and_then(|it| expect(&it["accessToken"], user["access_token"].clone()));
    table.row("org auth show-access-token", token);
    let limits = sf.json("org list limits").and_then(|it| {
        let daily = it.as_array().into_iter().flatten().find(|it| it["name"] == "DailyApiRequests");
        expect(&daily.cloned().unwrap_or_default()["max"], 100_000)
    });
    table.row("org list limits", limits);
    table.row("org open --url-only", opened(&sf));
    let assigned = sf.json("org assign permset -n Record_View -n Call_Recording_Review");
    let assigned = assigned.and_then(|it| {
        let names: Vec<_> = it["successes"].as_array().into_iter().flatten().collect();
        expect(&json!(names.len()), 2)
    });
    table.row("org assign permset", assigned);
    let raw = sf.text("api request rest /services/data/v66.0/limits");
    let raw =
        raw.and_then(|text| if text.contains("DailyApiRequests") { Ok(()) } else { Err(text) });
    table.row("api request rest", raw);
    let script = clients.home().join("hello.apex");
    std::fs::write(&script, "System.debug('hello');").expect("a script");
    table.row("apex run", sf.json("apex run --file hello.apex").map(drop));
    table.row("org logout", sf.json("org logout --no-prompt").map(drop));
    table.check();
}

/// Logs in with a signed assertion, and again when the org has forgotten the session.
fn by_assertion(clients: &Clients, emulator: &Emulator) -> Verdict {
    let key = KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).expect("a key");
    let certificate = CertificateParams::default().self_signed(&key).expect("a certificate");
    std::fs::write(clients.home().join("server.key"), key.serialize_pem()).expect("the key");
    emulator.put(
        "connected-apps",
        &json!([{
            "ConsumerKey": "3MVG9.robot",
            "Certificate": certificate.pem(),
            "ApprovedProfiles": ["System Administrator"],
        }]),
    );
    let sf = Sf::new(clients);
    let username = emulator.administrator()["username"].as_str().expect("a name");
    let login = format!(
        "org login jwt --client-id 3MVG9.robot --jwt-key-file server.key --alias robot \
         --instance-url {} --username {username}",
        emulator.url()
    );
    sf.json(&login)?;
    let expiry = json!([{"match": {"operation": "query"}, "effect": {"expire_session": true}}]);
    emulator.put("faults", &json!({ "faults": expiry }));
    let found = sf.json("data query -o robot -q 'SELECT Id FROM Organization'")?;
    emulator.put("faults", &json!({"faults": []}));
    expect(&found["totalSize"], 1)
}

/// Logs in with a refresh token, which this client only does by HTTPS.
fn by_refresh_token(clients: &Clients) -> Verdict {
    let emulator = Emulator::start(&["--tls"]);
    let token = emulator.administrator()["refresh_token"].as_str().expect("a token");
    let host = emulator.url().trim_start_matches("https://");
    let url = format!("force://PlatformCLI::{token}@{host}");
    std::fs::write(clients.home().join("url"), url).expect("the URL");
    let authority = emulator.announcement["ca_certificate"].as_str().expect("a path");
    let login = "org login sfdx-url --sfdx-url-file url --alias renewed";
    let answer = Sf::new(clients).run(login, &[("NODE_EXTRA_CA_CERTS", authority)])?;
    expect(&answer["orgId"], emulator.org()["org_id"].clone())
}

/// Follows the link that should open the org in a browser.
fn opened(sf: &Sf<'_>) -> Verdict {
    let answer = sf.json("org open --url-only --path lightning/setup/SoftphoneLayouts/home")?;
    let link = answer["url"].as_str().ok_or_else(|| answer.to_string())?.to_owned();
    let page = Emulator::visit(&link);
    if page.contains("Softphone Layouts") { Ok(()) } else { Err(page) }
}
