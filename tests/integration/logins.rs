//! Logins by alias: every way in but the browser, what ends them, and what they refuse.
//!
//! What others made (a browser, openssl, the Salesforce CLI) is tried in tests/clients/logins.rs.

use std::io::Write as _;
use std::process::Stdio;

use org_emulator::{AnnouncedUser, Emulator, OrgKind};
use serde_json::{Value, json};

use crate::desk::{Desk, Outcome};
use crate::support::{Org, demo};

const PASSPHRASE: &str = "correct horse battery staple";

/// Runs a command line, with something on standard input and more in the environment.
pub(crate) fn run(desk: &Desk, line: &str, input: &str, settings: &[(&str, &str)]) -> Outcome {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = desk.command(&words);
    command.env("PROVISION_VAULT_PASSPHRASE", PASSPHRASE).envs(settings.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("its input");
    // A command that does not read has closed its end by then.
    stdin.write_all(input.as_bytes()).ok();
    drop(stdin);
    Outcome::of(child.wait_with_output().expect("its end"))
}

fn plain(desk: &Desk, line: &str) -> Outcome {
    run(desk, line, "", &[])
}

/// What standard error says, however it is wrapped.
fn told(outcome: &Outcome) -> String {
    outcome.err.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn administrator(org: &Org) -> &AnnouncedUser {
    &org.announcement.orgs[0].users[0]
}

/// A refresh token of the administrator, for the app `PlatformCLI`.
pub(crate) fn refresh_token(org: &Org) -> &str {
    administrator(org).refresh_token.as_deref().expect("a refresh token")
}

/// A desk that is logged in under `uat` by refresh token, with the demo's configuration.
fn logged_in(org: &Org) -> Desk {
    let desk = Desk::new();
    desk.write("provision.toml", &demo());
    let line = format!(
        "login uat --login-url {} --client-id PlatformCLI --refresh-token-stdin --vault file",
        org.url
    );
    run(&desk, &line, refresh_token(org), &[]).exits(0);
    desk
}

/// How often the org gave out tokens.
fn token_requests(org: &Org) -> usize {
    let is_one = |request: &Value| request["operation"] == "oauth2/token";
    org.requests().iter().filter(|request| is_one(request)).count()
}

#[test]
fn a_token_is_renewed_once_in_the_middle_of_a_run() {
    let org = Org::new();
    let desk = logged_in(&org);
    org.forget_requests();
    plain(&desk, "--org uat plan").exits(0);
    assert_eq!(token_requests(&org), 0, "the token of the login is good");
    org.end_sessions();
    plain(&desk, "--org uat --yes").exits(0);
    assert_eq!(token_requests(&org), 1, "one renewal for the whole burst");
    plain(&desk, "--org uat plan --check").exits(0);
    assert_eq!(token_requests(&org), 1, "and it was kept for the next command");
}

#[test]
fn tokens_that_last_seconds_and_refresh_tokens_that_change_are_no_trouble() {
    let org = Org::new();
    let desk = logged_in(&org);
    org.patch("world", &json!({ "logins": { "RotateRefreshTokens": true, "WebTokens": true } }));
    for _ in 0..3 {
        org.end_sessions();
        plain(&desk, "--org uat status").exits(0);
    }
    plain(&desk, "--org uat --yes").exits(0);
}

#[test]
fn a_login_that_has_ended_says_how_to_begin_another() {
    let org = Org::new();
    let desk = logged_in(&org);
    org.end_sessions();
    org.patch("world", &json!({ "logins": { "Locked": true } }));
    let locked = plain(&desk, "--org uat plan");
    assert!(told(locked.exits(4)).contains("inactive_org"), "{locked}");
    org.patch("world", &json!({ "logins": { "Locked": false } }));
    // Another machine with the same login revokes it.
    plain(&desk, "--org uat plan").exits(0);
    let other = logged_in(&org);
    plain(&other, "logout uat").exits(0);
    org.end_sessions();
    let ended = plain(&desk, "--org uat plan --output json");
    let failure = &ended.exits(4).json()["failure"];
    assert_eq!(failure["kind"], "authentication", "{failure}");
    let hints = failure["hints"].to_string();
    assert!(hints.contains("provision login uat --login-url"), "{hints}");
}

#[test]
fn an_access_token_is_good_until_it_ends() {
    let org = Org::new();
    let desk = Desk::new();
    let line = format!("login uat --login-url {} --access-token-stdin --vault file", org.url);
    run(&desk, &line, &format!("{}\n", org.token), &[]).exits(0);
    plain(&desk, "--org uat status").exits(0);
    org.end_sessions();
    let ended = plain(&desk, "--org uat status");
    assert!(told(ended.exits(4)).contains("--access-token-stdin"), "{ended}");
    let wrong = run(&desk, &line, "00D000000000001!nonsense", &[]);
    assert!(told(wrong.exits(4)).contains("provision login uat"), "{wrong}");
    org.forget_requests();
    let other = run(&desk, &line, refresh_token(&org), &[]);
    assert!(told(other.exits(2)).contains("--refresh-token-stdin"), "{other}");
    assert!(org.requests().is_empty(), "it was sent to nobody");
    let nothing = run(&desk, &line, "\n", &[]);
    assert!(told(nothing.exits(2)).contains("There is no access token"), "{nothing}");
}

#[test]
fn an_auth_url_holds_a_whole_login() {
    let org = Org::new();
    let desk = Desk::new();
    let url = format!("force://PlatformCLI::{}@{}", refresh_token(&org), org.url);
    run(&desk, "login uat --auth-url-stdin --vault file", &url, &[]).exits(0);
    org.end_sessions();
    plain(&desk, "--org uat status").exits(0);
    let wrong = run(&desk, "login uat --auth-url-stdin --vault file", "force://secret", &[]);
    assert!(!told(wrong.exits(2)).contains("secret"), "{wrong}");
}

#[test]
fn a_pipeline_keeps_nothing() {
    let org = Org::new();
    let name = &administrator(&org).username;
    org.put(
        "connected-apps",
        &json!([{ "ConsumerKey": "3MVG9ci", "ConsumerSecret": "s3cret", "RunAs": name }]),
    );
    let desk = Desk::new();
    let line = format!(
        "login ci --login-url {} --client-id 3MVG9ci --client-credentials --vault none",
        org.url
    );
    let without = plain(&desk, &line);
    assert!(told(without.exits(2)).contains("PROVISION_CLIENT_SECRET"), "{without}");
    let wrong = run(&desk, &line, "", &[("PROVISION_CLIENT_SECRET", "other")]);
    assert!(told(wrong.exits(4)).contains("consumer secret is wrong"), "{wrong}");
    let secret = [("PROVISION_CLIENT_SECRET", "s3cret")];
    let said = run(&desk, &line, "", &secret);
    assert!(said.exits(0).out.contains("not kept"), "{said}");
    run(&desk, "--org ci status", "", &secret).exits(0);
    let without = plain(&desk, "--org ci status");
    assert!(told(without.exits(4)).contains("PROVISION_CLIENT_SECRET"), "{without}");
    assert!(!desk.state().join("vault.json").exists());
    // The hosts where everybody logs in know nothing of this flow; no request is needed to say so.
    let generic = "login ci --client-id 3MVG9ci --client-credentials --vault none";
    let refused = run(&desk, generic, "", &secret);
    assert!(told(refused.exits(2)).contains("My Domain"), "{refused}");
    let web = plain(&desk, "login ci --client-id 3MVG9ci --vault none");
    assert!(told(web.exits(2)).contains("--jwt-key"), "{web}");
}

#[test]
fn an_alias_does_not_come_to_stand_for_another_org_by_accident() {
    let (one, two) = (Org::new(), Org::seeded(7));
    let desk = logged_in(&one);
    let line = format!("login uat --login-url {} --access-token-stdin --vault file", two.url);
    let refused = run(&desk, &line, &two.token, &[]);
    assert!(told(refused.exits(5)).contains("--replace"), "{refused}");
    assert!(told(&refused).contains(&one.id) && told(&refused).contains(&two.id), "{refused}");
    plain(&desk, "--org uat status").exits(0);
    assert_eq!(plain(&desk, "orgs --output json").json()["data"][0]["org_id"], one.id.as_str());
    run(&desk, &format!("{line} --replace"), &two.token, &[]).exits(0);
    let now = plain(&desk, "orgs --output json").json();
    assert_eq!(now["data"][0]["org_id"], two.id.as_str());
    assert_eq!(now["data"].as_array().expect("a list").len(), 1);
}

#[test]
fn an_org_that_moved_under_the_login_is_refused_before_anything_is_changed() {
    let org = Org::new();
    let refresh_token = refresh_token(&org);
    for (options, token, variable) in [
        ("--client-id PlatformCLI --refresh-token-stdin", refresh_token, "PROVISION_REFRESH_TOKEN"),
        ("--access-token-stdin", org.token.as_str(), "PROVISION_ACCESS_TOKEN"),
    ] {
        let desk = Desk::new();
        desk.write("provision.toml", &demo());
        let line = format!("login uat --login-url {} {options} --vault none", org.url);
        run(&desk, &line, token, &[]).exits(0);
        let secret = [(variable, token)];
        run(&desk, "--org uat plan", "", &secret).exits(0);
        // A sandbox that is refreshed keeps its address, and is another org.
        let path = desk.state().join("logins.json");
        let text = std::fs::read_to_string(&path).expect("the logins");
        let edited = text.replace(&org.id, "00DNxJ7C0000009MFA");
        // Files of older versions have no checksum, and one that was edited has a wrong one.
        let lines: Vec<&str> = edited.lines().filter(|it| !it.contains("\"checksum\"")).collect();
        std::fs::write(&path, lines.join("\n")).expect("the logins");
        let before = org.world();
        for line in ["--org uat --yes", "--org uat plan", "--org uat status"] {
            let refused = run(&desk, line, "", &secret);
            assert!(told(refused.exits(5)).contains("00DNxJ7C0000009"), "{refused}");
            assert!(told(&refused).contains("--replace"), "{refused}");
        }
        assert_eq!(org.world(), before);
    }
}

#[test]
fn the_configuration_may_say_where_an_alias_leads() {
    let org = Org::new();
    let desk = logged_in(&org);
    let table = |url: &str| format!("{}\n[orgs.uat]\ninstance_url = \"{url}\"\n", demo());
    desk.write("provision.toml", &table(&format!("{}/", org.url)));
    plain(&desk, "--org uat plan").exits(0);
    desk.write("provision.toml", &table("https://acme.my.salesforce.com"));
    let refused = plain(&desk, "--org uat plan");
    assert!(told(refused.exits(5)).contains("acme.my.salesforce.com"), "{refused}");
    // It also says where one logs in.
    desk.write("provision.toml", &table(&org.url));
    let line = "login uat --client-id PlatformCLI --refresh-token-stdin --vault file";
    run(&desk, line, refresh_token(&org), &[]).exits(0);
}

#[test]
fn logging_out_revokes_the_token_and_forgets_the_secret() {
    let org = Org::new();
    let desk = logged_in(&org);
    assert!(desk.state().join("vault.json").exists());
    plain(&desk, "logout uat").exits(0);
    assert!(!desk.state().join("vault.json").exists());
    assert_eq!(plain(&desk, "orgs --output json").json()["data"], json!([]));
    let again = plain(&desk, "logout uat");
    assert!(told(again.exits(2)).contains("provision orgs"), "{again}");
    let token = refresh_token(&org);
    let line = format!(
        "login uat --login-url {} --client-id PlatformCLI --refresh-token-stdin --vault file",
        org.url
    );
    let revoked = run(&desk, &line, token, &[]);
    assert!(told(revoked.exits(4)).contains("Connected Apps OAuth Usage"), "{revoked}");
    assert!(plain(&desk, "logout --all").exits(0).out.contains("no logins"));
}

#[test]
fn an_org_that_is_gone_is_logged_out_of_only_when_that_is_meant() {
    let desk = {
        let org = Org::new();
        logged_in(&org)
    };
    let gone = plain(&desk, "logout uat");
    assert!(told(gone.exits(7)).contains("--local"), "{gone}");
    assert!(plain(&desk, "orgs").exits(0).out.contains("uat"));
    plain(&desk, "logout uat --local").exits(0);
    assert!(plain(&desk, "orgs").exits(0).out.contains("No logins yet"));
}

#[test]
fn a_wrong_passphrase_changes_nothing() {
    let org = Org::new();
    let desk = logged_in(&org);
    let vault = std::fs::read(desk.state().join("vault.json")).expect("the vault");
    let wrong = [("PROVISION_VAULT_PASSPHRASE", "another")];
    for line in ["--org uat plan", "logout uat"] {
        let refused = run(&desk, line, "", &wrong);
        assert!(told(refused.exits(5)).contains("passphrase"), "{refused}");
    }
    let after = std::fs::read(desk.state().join("vault.json")).expect("the vault");
    assert_eq!(vault, after);
    assert!(!String::from_utf8_lossy(&after).contains("5Aep"));
}

#[test]
fn refusals_of_salesforce_lead_to_the_setting_that_causes_them() {
    let org = Org::new();
    let token = refresh_token(&org);
    let desk = Desk::new();
    let line = |key: &str| {
        format!(
            "login uat --login-url {} --client-id {key} --refresh-token-stdin --vault file",
            org.url
        )
    };
    let app = |settings: Value| {
        let mut app = json!({ "ConsumerKey": "PlatformCLI" });
        for (name, value) in settings.as_object().expect("settings") {
            app[name] = value.clone();
        }
        org.put("connected-apps", &json!([app]));
    };
    let unknown = run(&desk, &line("3MVG9nobody"), token, &[]);
    assert!(told(unknown.exits(4)).contains("Consumer Key"), "{unknown}");
    app(json!({ "Blocked": true }));
    let blocked = run(&desk, &line("PlatformCLI"), token, &[]);
    assert!(told(blocked.exits(4)).contains("Unblock"), "{blocked}");
    app(json!({ "Installed": false }));
    let absent = run(&desk, &line("PlatformCLI"), token, &[]);
    // Whoever has approved the app before goes on.
    absent.exits(0);
    plain(&desk, "logout uat --local").exits(0);
    app(json!({ "ConsumerSecret": "s3cret" }));
    let secret = run(&desk, &line("PlatformCLI"), token, &[]);
    assert!(told(secret.exits(4)).contains("PROVISION_CLIENT_SECRET"), "{secret}");
    app(json!({ "ApprovedProfiles": ["Standard User"] }));
    let denied = run(&desk, &line("PlatformCLI"), token, &[]);
    assert!(told(denied.exits(4)).contains("Permitted Users"), "{denied}");
    app(json!({}));
    org.patch("world", &json!({ "logins": { "RestrictedProfiles": ["System Administrator"] } }));
    let restricted = run(&desk, &line("PlatformCLI"), token, &[]);
    assert!(told(restricted.exits(4)).contains("Login IP Ranges"), "{restricted}");
    assert_eq!(plain(&desk, "orgs --output json").json()["data"], json!([]), "nothing was kept");
}

#[test]
fn production_is_what_its_own_record_says() {
    let org = Org::with(Emulator::builder().kind(OrgKind::Production));
    let desk = logged_in(&org);
    let orgs = plain(&desk, "orgs --output json").json();
    assert_eq!(orgs["data"][0]["kind"], "production", "whatever the address looks like");
    let refused = plain(&desk, "--org uat --yes");
    assert!(told(refused.exits(5)).contains("--confirm"), "{refused}");
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_and_comes_back() {
    use std::os::unix::fs::PermissionsExt as _;

    let org = Org::new();
    let desk = Desk::new();
    // What opens addresses on Linux. This one writes them down.
    desk.write("xdg-open", "#!/bin/sh\nprintf %s \"$1\" > opened.part && mv opened.part opened\n");
    let program = desk.folder().join("xdg-open");
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).expect("rights");
    let port = scripted_server::unused_address().port();
    let redirect = format!("http://localhost:{port}/OauthRedirect");
    org.put("connected-apps", &json!([{ "ConsumerKey": "ours", "CallbackUrls": [redirect] }]));
    let line = format!(
        "login web --login-url {} --client-id ours --port {port} --vault file --output json",
        org.url
    );
    let words: Vec<&str> = line.split_whitespace().collect();
    let path = format!("{}:/usr/bin:/bin", desk.folder().display());
    let mut command = desk.command(&words);
    command.env("PATH", path).env("PROVISION_VAULT_PASSPHRASE", PASSPHRASE);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("the program starts");
    let begun = std::time::Instant::now();
    while !desk.has("opened") {
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "no browser was opened");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let opened = desk.read("opened");
    let state = opened.split("state=").nth(1).and_then(|rest| rest.split('&').next());
    let state = state.expect("a state");
    // Somebody who guesses the address but not the state is not the browser.
    let (status, page) = visit("GET", &format!("{redirect}?code=aPrxStolen&state=guessed"));
    assert_eq!((status, page.contains("was not asked for")), (400, true), "{page}");
    assert_eq!(visit("GET", &format!("http://localhost:{port}/")).0, 404);
    // A person chooses themselves on the page of the org, and is sent back.
    let (status, answer) = visit("POST", &format!("{opened}&user={}", &administrator(&org).id));
    assert!((300..400).contains(&status), "{answer}");
    assert!(answer.starts_with(&redirect) && answer.contains(state), "{answer}");
    let (status, page) = visit("GET", &answer);
    assert_eq!((status, page.contains("Logged in to")), (200, true), "{page}");
    let ended = Outcome::of(child.wait_with_output().expect("its end"));
    assert_eq!(ended.exits(0).json()["data"]["method"], "web");
    assert!(!ended.err.contains("code="), "{ended}");
    org.end_sessions();
    plain(&desk, "--org web status").exits(0);
}

/// What a browser gets: the page, or where it is sent.
#[cfg(target_os = "linux")]
fn visit(method: &str, url: &str) -> (u16, String) {
    crate::support::wait(async {
        let client = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client for loopback");
        let method = method.parse().expect("a method");
        let answer = client.request(method, url).send().await.expect("an answer");
        let status = answer.status().as_u16();
        let to = answer.headers().get("location").map(|to| to.to_str().expect("text").to_owned());
        (status, to.unwrap_or(answer.text().await.expect("text")))
    })
}

#[test]
fn ways_that_salesforce_retires_are_not_offered_and_the_error_says_why() {
    let desk = Desk::new();
    for (option, why) in [
        ("--password x", "by password"),
        ("--device", "device flow"),
        ("--soap", "API version 65"),
        ("--access-token 00D", "--access-token-stdin"),
    ] {
        let refused = plain(&desk, &format!("login uat {option}"));
        assert!(told(refused.exits(2)).contains(why), "{refused}");
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let settings = [("PROVISION_VAULT_PASSPHRASE", PASSPHRASE)];
    let line = format!(
        "login uat --login-url http://127.0.0.1:9 --client-id x --port {port} --vault file"
    );
    let refused = run(&desk, &line, "", &settings);
    assert!(told(refused.exits(4)).contains("choose another one with --port"), "{refused}");
    let no_app = run(&desk, "login uat --vault file", "", &settings);
    assert!(told(no_app.exits(2)).contains("docs/logins.md"), "{no_app}");
}

#[test]
fn a_pasted_address_becomes_the_orgs_own() {
    let org = Org::new();
    let desk = Desk::new();
    let line = format!(
        "login uat --login-url {}/lightning/setup/SetupOneHome/home?x=1#y --access-token-stdin \
         --vault none",
        org.url
    );
    let said = run(&desk, &line, &org.token, &[]);
    assert!(told(said.exits(0)).contains(&format!("taken as {}", org.url)), "{said}");
    assert_eq!(plain(&desk, "orgs --output json").json()["data"][0]["instance_url"], org.url);
}

#[test]
fn what_a_pipeline_hands_in_is_not_revoked_and_not_forgotten_in_silence() {
    let org = Org::new();
    let desk = Desk::new();
    let line = format!("login uat --login-url {} --access-token-stdin --vault none", org.url);
    run(&desk, &line, &org.token, &[]).exits(0);
    let without = plain(&desk, "--org uat status");
    assert!(told(without.exits(4)).contains("PROVISION_ACCESS_TOKEN"), "{without}");
    let token = [("PROVISION_ACCESS_TOKEN", org.token.as_str())];
    let out = run(&desk, "logout uat", "", &token);
    assert!(out.exits(0).out.contains("was not revoked"), "{out}");
    assert!(org.query("SELECT Id FROM Organization").len() == 1, "the token is still good");
}

#[test]
fn an_app_that_rotates_its_tokens_is_no_login_for_the_environment() {
    let org = Org::new();
    org.patch("world", &json!({ "logins": { "RotateRefreshTokens": true } }));
    let desk = Desk::new();
    let line = format!(
        "login ci --login-url {} --client-id PlatformCLI --refresh-token-stdin --vault none",
        org.url
    );
    let refused = run(&desk, &line, refresh_token(&org), &[]);
    assert!(told(refused.exits(2)).contains("works only"), "{refused}");
    assert_eq!(plain(&desk, "orgs --output json").json()["data"], json!([]));
}

#[test]
fn processes_at_once_do_not_cost_each_other_the_login() {
    let org = Org::new();
    let desk = logged_in(&org);
    org.patch("world", &json!({ "logins": { "RotateRefreshTokens": true } }));
    for _ in 0..3 {
        org.end_sessions();
        std::thread::scope(|scope| {
            let runs: Vec<_> =
                (0..4).map(|_| scope.spawn(|| plain(&desk, "--org uat status"))).collect();
            for run in runs {
                run.join().expect("a run").exits(0);
            }
        });
    }
}

#[test]
fn a_dead_login_is_tried_once_however_many_ask() {
    let org = Org::new();
    let desk = logged_in(&org);
    org.end_sessions();
    org.patch("world", &json!({ "logins": { "Locked": true } }));
    org.forget_requests();
    plain(&desk, "--org uat plan").exits(4);
    assert_eq!(token_requests(&org), 1);
}

#[test]
fn a_protected_org_is_protected_under_every_name() {
    let org = Org::new();
    let desk = logged_in(&org);
    let line = format!("login other --login-url {} --access-token-stdin --vault file", org.url);
    run(&desk, &line, &org.token, &[]).exits(0);
    desk.write("provision.toml", &format!("{}\n[orgs.uat]\nprotected = true\n", demo()));
    let by_login = plain(&desk, "--org other --yes");
    assert!(told(by_login.exits(5)).contains("--confirm"), "{by_login}");
    let table = format!("[orgs.prod]\nprotected = true\ninstance_url = \"{}\"\n", org.url);
    desk.write("provision.toml", &format!("{}\n{table}", demo()));
    let by_address = plain(&desk, "--org other --yes");
    assert!(told(by_address.exits(5)).contains("--confirm"), "{by_address}");
    let spelt = org.url.replace("127.0.0.1", "localhost");
    let token = [("PROVISION_ACCESS_TOKEN", org.token.as_str())];
    let by_spelling = run(&desk, &format!("--instance-url {spelt} --yes"), "", &token);
    assert!(told(by_spelling.exits(5)).contains("--confirm"), "{by_spelling}");
}

#[test]
fn a_configuration_cannot_send_secrets_anywhere() {
    let desk = Desk::new();
    let table = "[orgs.uat]\nlogin = \"https://login.evil.example\"\n";
    desk.write("provision.toml", &format!("{}\n{table}", demo()));
    let line = "login uat --client-id x --refresh-token-stdin --vault none";
    let refused = run(&desk, line, "5Aep861secret", &[]);
    assert!(told(refused.exits(5)).contains("--login-url https://login.evil.example"), "{refused}");
}
