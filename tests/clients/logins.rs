//! Logging in with what others made: a browser, a key of openssl, the Salesforce CLI.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::emulator::Emulator;
use crate::installed::Clients;
use crate::program::{Desk, end_of};
use crate::sf::Sf;

/// The Salesforce half of the demo: nobody has logged in to Webex here.
fn configuration() -> &'static str {
    let (org_half, _) = include_str!("../../metadata/demo.toml")
        .split_once("# The Webex half")
        .expect("both halves");
    org_half
}

/// Plans, applies, finds nothing more to do, and logs out; the org no longer knows the token then.
fn works_and_ends(desk: &Desk, alias: &str) {
    std::fs::write(desk.home().join("provision.toml"), configuration()).expect("a configuration");
    assert!(desk.run("orgs").well().contains(alias));
    let plan = desk.run(&format!("--org {alias} plan --check"));
    assert_eq!(plan.code, 3, "{}{}", plan.out, plan.err);
    desk.run(&format!("--org {alias} --yes")).well();
    assert_eq!(desk.run(&format!("--org {alias} plan --check")).code, 0);
    desk.run(&format!("logout {alias}")).well();
    let after = desk.run(&format!("--org {alias} plan"));
    assert_eq!(after.code, 4, "{}", after.err);
    assert!(after.err.contains(&format!("provision login {alias}")), "{}", after.err);
}

#[test]
fn somebody_logs_in_in_a_browser() {
    let Some(browser) = Browser::start() else { return };
    let emulator = Emulator::start(&[]);
    let (desk, port) = (Desk::new(), scripted_server::unused_address().port());
    emulator.put(
        "connected-apps",
        &json!([{
            "ConsumerKey": "3MVG9ours",
            "CallbackUrls": [format!("http://localhost:{port}/OauthRedirect")],
        }]),
    );
    let line = format!(
        "login web --login-url {} --client-id 3MVG9ours --port {port} --no-browser --vault file",
        emulator.url()
    );
    let (child, page) = desk.start(&line);
    browser.visit(&page);
    let name = emulator.administrator()["username"].as_str().expect("a name");
    browser.click(&format!("Allow as {name}"));
    browser.read("Logged in to");
    let ended = end_of(child).well();
    assert!(ended.contains(name) && ended.contains("sealed file"), "{ended}");
    works_and_ends(&desk, "web");

    let (child, page) = desk.start(&line);
    browser.visit(&page);
    browser.click("Deny");
    browser.read("Not logged in");
    let denied = end_of(child);
    assert_eq!(denied.code, 4);
    assert!(denied.err.contains("access_denied"), "{}", denied.err);
}

#[test]
fn a_pipeline_logs_in_with_a_key_of_openssl() {
    let emulator = Emulator::start(&[]);
    let desk = Desk::new();
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=provision", "-keyout", "server.key", "-out", "server.crt"])
        .current_dir(desk.home())
        .output()
        .expect("openssl");
    assert!(made.status.success(), "{made:?}");
    let certificate =
        std::fs::read_to_string(desk.home().join("server.crt")).expect("a certificate");
    emulator.put(
        "connected-apps",
        &json!([{
            "ConsumerKey": "3MVG9pipeline",
            "Certificate": certificate,
            "ApprovedProfiles": ["System Administrator"],
        }]),
    );
    let name = emulator.administrator()["username"].as_str().expect("a name");
    let login = |options: &str| {
        desk.run(&format!(
            "login ci --login-url {} --client-id 3MVG9pipeline --jwt-key server.key {options}",
            emulator.url()
        ))
    };
    let stranger = login("--username nobody@example.com --vault none");
    assert_eq!(stranger.code, 4);
    assert!(stranger.err.contains("Permitted Users"), "{}", stranger.err);
    let said = login(&format!("--username {name} --vault none")).well();
    assert!(said.contains("server.key"), "{said}");
    works_and_ends(&desk, "ci");
    // A key with a passphrase is told from a broken one.
    let encrypt = Command::new("openssl")
        .args(["pkey", "-in", "server.key", "-aes256", "-passout", "pass:x", "-out", "locked.key"])
        .current_dir(desk.home())
        .status();
    assert!(encrypt.expect("openssl").success());
    let locked = desk.run(&format!(
        "login ci --login-url {} --client-id 3MVG9pipeline --jwt-key locked.key --username {name}",
        emulator.url()
    ));
    assert_eq!(locked.code, 2);
    assert!(locked.err.contains("openssl pkey"), "{}", locked.err);
}

#[test]
fn the_salesforce_cli_lends_its_login() {
    let Some(clients) = Clients::installed() else { return };
    let emulator = Emulator::start(&[]);
    let sf = Sf::logged_in(&clients, &emulator);
    let tools = clients.home().join("bin");
    wrap(&clients.sf(), &tools);
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", tools.display());
    let desk = Desk::new().with("PATH", path);
    let said = desk.run("login cli --from-sf org --vault file").well();
    assert!(said.contains("Salesforce CLI"), "{said}");
    works_and_ends(&desk, "cli");
    let known: Value = sf.json("org display --target-org org").expect("still logged in there");
    assert_eq!(known["connectedStatus"], "Connected");

    let unknown = desk.run("login cli --from-sf nobody --vault file");
    assert_eq!(unknown.code, 4);
    assert!(unknown.err.contains("sf org list"), "{}", unknown.err);
    let absent = Desk::new().run("login cli --from-sf org --vault file");
    assert!(absent.err.contains("not installed"), "{}", absent.err);
}

/// Makes a program `sf` of the command that runs it here.
fn wrap(command: &Command, folder: &Path) {
    let quoted = |text: &std::ffi::OsStr| format!("'{}'", text.to_string_lossy());
    let settings = command.get_envs().filter(|(name, _)| *name != "PATH");
    let settings: Vec<String> = settings
        .filter_map(|(name, value)| Some(format!("{}={}", name.to_string_lossy(), quoted(value?))))
        .collect();
    let words: Vec<String> =
        std::iter::once(command.get_program()).chain(command.get_args()).map(quoted).collect();
    let script = format!("#!/bin/sh\nexec env {} {} \"$@\"\n", settings.join(" "), words.join(" "));
    std::fs::create_dir_all(folder).expect("a folder");
    let file = folder.join("sf");
    std::fs::write(&file, script).expect("a script");
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).expect("rights");
}

#[test]
fn a_login_of_the_salesforce_cli_is_copied() {
    let Some(clients) = Clients::installed() else { return };
    // The CLI writes hosts without a scheme, and means HTTPS.
    let emulator = Emulator::start(&["--tls"]);
    let token = emulator.administrator()["refresh_token"].as_str().expect("a token");
    let host = emulator.url().trim_start_matches("https://");
    let authority = emulator.announcement["ca_certificate"].as_str().expect("a path");
    let url = format!("force://PlatformCLI::{token}@{host}");
    std::fs::write(clients.home().join("url"), url).expect("the URL");
    Sf::new(&clients)
        .run(
            "org login sfdx-url --sfdx-url-file url --alias org",
            &[("NODE_EXTRA_CA_CERTS", authority)],
        )
        .expect("logged in");
    let tools = clients.home().join("bin");
    wrap(clients.sf().env("NODE_EXTRA_CA_CERTS", authority), &tools);
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", tools.display());
    let desk = Desk::new().with("PATH", path).with("SSL_CERT_FILE", authority);
    desk.run("login copied --from-sf org --copy --vault file").well();
    // From here on the CLI is no longer needed.
    std::fs::remove_dir_all(&tools).expect("the CLI is gone");
    works_and_ends(&desk, "copied");
}
