//! Logins to Webex: every way in against the emulated tenant, what is kept of it, and who uses it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::desk::{Desk, Outcome};
use crate::logins::run;
use crate::secrets::Search;
use crate::support::{Org, wait};

const PASSPHRASE: &str = "correct horse battery staple";

/// The integration's secret, as the emulator has it.
const SECRET: &str = "integration-secret";

/// What the emulator announces of its tenant.
fn tenant(org: &Org) -> Value {
    org.announcement.webex.clone()
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).expect("a text of the announcement")
}

/// The options that lead to the tenant.
fn at(tenant: &Value) -> String {
    let url = text(tenant, "/url");
    format!("--api-url {url} --login-url {url} --vault file")
}

/// What standard error says, however it is wrapped.
fn told(outcome: &Outcome) -> String {
    outcome.err.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn ask(method: &str, url: &str, body: &Value) -> String {
    let client = crate::support::loopback_client();
    let request = client.request(method.parse().expect("a method"), url);
    let request = if body.is_null() { request } else { request.json(body) };
    request.send().await.expect("an answer").text().await.expect("text")
}

/// What only the emulator's tenant answers.
fn back_door(tenant: &Value, method: &str, path: &str, body: &Value) -> String {
    wait(ask(method, &format!("{}/_tenant/{path}", text(tenant, "/url")), body))
}

fn asked(tenant: &Value, method: &str, target: &str) -> usize {
    let log = back_door(tenant, "GET", "requests", &Value::Null);
    let log: Value = serde_json::from_str(&log).expect("JSON");
    let all = log["requests"].as_array().expect("a list");
    all.iter()
        .filter(|it| {
            it["method"] == method && it["target"].as_str().is_some_and(|it| it.starts_with(target))
        })
        .count()
}

/// A configuration that wants something of the tenant, and what an org needs besides.
fn configuration(tenant: &Value) -> String {
    let demo = crate::support::demo();
    let (org_half, _) = demo.split_once("[webex]").expect("the demo names a tenant");
    format!(
        "{org_half}[webex]\norg_id = \"{}\"\nteams = [\"Support\"]\n\n[webex.idle_codes]\nnames = \
         [\"Meeting\"]\n",
        text(tenant, "/organization_id")
    )
}

/// Logs in with the integration's client secret and a browser that agrees at once; gives the page, too.
fn in_browser(desk: &Desk, tenant: &Value, more: &str) -> (Outcome, String) {
    let port = {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        free.local_addr().expect("its address").port()
    };
    let redirect_uri = format!("http://localhost:{port}/callback");
    back_door(tenant, "PUT", "redirect-uris", &json!([redirect_uri]));
    let client_id = text(tenant, "/integration/client_id");
    let line = format!(
        "login webex acme {} --client-id {client_id} --client-secret-stdin --no-browser \
         --redirect-uri {redirect_uri} {more}",
        at(tenant)
    );
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = desk.command(&words);
    command.env("PROVISION_VAULT_PASSPHRASE", PASSPHRASE);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("its input");
    stdin.write_all(SECRET.as_bytes()).expect("the secret is read");
    drop(stdin);
    let mut heard = BufReader::new(child.stderr.take().expect("its messages"));
    let (mut said, mut page) = (String::new(), String::new());
    let mut line = String::new();
    while heard.read_line(&mut line).expect("a line") > 0 {
        if line.starts_with("http://") {
            page = wait(ask("GET", line.trim(), &Value::Null));
        }
        said.push_str(&line);
        line.clear();
    }
    let outcome = Outcome::of(child.wait_with_output().expect("its end"));
    (Outcome { err: said, ..outcome }, page)
}

#[test]
fn the_browser_brings_a_login_that_is_renewed_and_kept() {
    let org = Org::new();
    let tenant = tenant(&org);
    let desk = Desk::of(&org);
    let (outcome, page) = in_browser(&desk, &tenant, "");
    outcome.exits(0);
    assert!(page.contains("Logged in to"), "{page}");
    let name = text(&tenant, "/name");
    let id = text(&tenant, "/organization_id");
    assert!(outcome.out.contains(name) && outcome.out.contains(id), "{outcome}");
    assert_eq!(asked(&tenant, "GET", "/v1/authorize?"), 1);
    let listed = run(&desk, "orgs --output json", "", &[]);
    let listed = listed.exits(0).json();
    let login = &listed["data"][0];
    assert_eq!(login["kind"], "webex", "{listed}");
    assert_eq!((login["alias"].as_str(), login["org_name"].as_str()), (Some("acme"), Some(name)));
    // A plan takes it, renews it once it has ended, and keeps what was renewed.
    desk.write("provision.toml", &configuration(&tenant));
    let plan = format!("--instance-url {} plan --output json", org.url);
    let renewals = || asked(&tenant, "POST", "/v1/access_token");
    let before = renewals();
    let planned = run(&desk, &plan, "", &[]);
    let found = planned.exits(0).json()["tenant"].clone();
    assert_eq!(found["id"], id, "{planned}");
    assert_eq!(renewals(), before, "the token of the login is good");
    back_door(&tenant, "DELETE", "sessions", &Value::Null);
    run(&desk, &plan, "", &[]).exits(0);
    assert_eq!(renewals(), before + 1, "one renewal for the whole run");
    run(&desk, &plan, "", &[]).exits(0);
    assert_eq!(renewals(), before + 1, "and it was kept for the next command");
    let out = run(&desk, "logout acme", "", &[]);
    assert!(out.exits(0).out.contains("not revoked"), "{out}");
    let listed = run(&desk, "orgs --output json", "", &[]);
    assert_eq!(listed.json()["data"], json!([]), "{listed}");
    let without = run(&desk, &plan, "", &[]).json();
    assert!(without.to_string().contains("provision login webex ALIAS"), "{without}");
}

#[test]
fn a_service_app_and_a_pasted_token_log_in_without_a_browser() {
    let org = Org::new();
    let tenant = tenant(&org);
    let desk = Desk::new();
    let app = |name: &str| text(&tenant, &format!("/service_app/{name}"));
    let secret = [("PROVISION_WEBEX_CLIENT_SECRET", app("client_secret"))];
    let (at, id) = (at(&tenant), app("client_id"));
    let line = format!("login webex app {at} --client-id {id} --refresh-token-stdin");
    run(&desk, &line, app("refresh_token"), &secret).exits(0);
    let wrong = run(&desk, &line, "nonsense", &secret);
    assert!(told(wrong.exits(4)).contains("refresh token"), "{wrong}");
    let mint = format!("login webex minted {at} --client-id {id} --mint {}", app("application_id"));
    run(&desk, &mint, text(&tenant, "/minting_token"), &secret).exits(0);
    let wrong = run(&desk, &mint, text(&tenant, "/access_token"), &secret);
    assert!(told(wrong.exits(4)).contains("spark:applications_token"), "{wrong}");
    let look = format!("login webex look {at} --access-token-stdin");
    run(&desk, &look, text(&tenant, "/read_only_token"), &[]).exits(0);
    let wrong = run(&desk, &look, "no-organization-in-it", &[]);
    assert!(told(wrong.exits(2)).contains("--org-id"), "{wrong}");
    let listed = run(&desk, "orgs", "", &[]);
    for words in ["service app", "access token", "Webex organization", "look"] {
        assert!(listed.exits(0).out.contains(words), "{listed}");
    }
    run(&desk, "logout --all", "", &[]).exits(0);
    let none = run(&desk, "orgs", "", &[]);
    assert!(none.out.contains("No logins yet"), "{none}");
}

#[test]
fn what_is_unknown_is_asked_for_and_what_is_wrong_is_refused() {
    let org = Org::new();
    let tenant = tenant(&org);
    let desk = Desk::new();
    let token = text(&tenant, "/access_token");
    let login = |more: &str| run(&desk, &format!("login webex acme {more}"), token, &[]);
    let nowhere = login("--access-token-stdin");
    let says = told(nowhere.exits(2));
    assert!(says.contains("--data-center") && says.contains("--api-url"), "{says}");
    let unknown = login("--access-token-stdin --data-center us2");
    assert!(told(unknown.exits(2)).contains("--api-url"), "{unknown}");
    let no_app = login("--data-center us1");
    assert!(told(no_app.exits(2)).contains("developer.webex.com"), "{no_app}");
    let unkept = login("--data-center us1 --access-token-stdin --vault none");
    assert!(told(unkept.exits(2)).contains("PROVISION_WEBEX_ACCESS_TOKEN"), "{unkept}");
    let other = format!(
        "{} --access-token-stdin --org-id {}",
        at(&tenant),
        "0".repeat(8) + "-0000-0000-0000-000000000000"
    );
    login(&other).exits(4);
    assert!(
        !desk.state().join("webex-logins.json").exists() || {
            let listed = run(&desk, "orgs --output json", "", &[]);
            listed.json()["data"] == json!([])
        }
    );
    // An alias stands for one login only.
    let to_org = format!("login acme --login-url {} --access-token-stdin --vault file", org.url);
    login(&format!("{} --access-token-stdin", at(&tenant))).exits(0);
    let refused_alias = run(&desk, &to_org, &org.token, &[]);
    assert!(told(refused_alias.exits(5)).contains("login to Webex"), "{refused_alias}");
}

#[test]
fn a_token_in_the_environment_needs_no_login() {
    let org = Org::new();
    let tenant = tenant(&org);
    let desk = Desk::of(&org);
    desk.write("provision.toml", &configuration(&tenant));
    let plan = format!("--instance-url {} plan --output json", org.url);
    let settings = [
        ("PROVISION_WEBEX_ACCESS_TOKEN", text(&tenant, "/read_only_token")),
        ("PROVISION_WEBEX_URL", text(&tenant, "/url")),
    ];
    let planned = run(&desk, &plan, "", &settings);
    assert_eq!(planned.exits(0).json()["tenant"]["id"], tenant["organization_id"], "{planned}");
    let wrong = [("PROVISION_WEBEX_ACCESS_TOKEN", "wrong"), settings[1]];
    let refused = run(&desk, &plan, "", &wrong);
    assert!(refused.out.contains("PROVISION_WEBEX_ACCESS_TOKEN"), "{refused}");
}

#[test]
fn no_login_to_webex_lets_a_secret_out() {
    for format in ["text", "json", "jsonl"] {
        let org = Org::new();
        let tenant = tenant(&org);
        let desk = Desk::of(&org);
        let service = |name: &str| text(&tenant, &format!("/service_app/{name}"));
        // Every token of the emulator ends in the organization behind these letters.
        let secrets = [
            PASSPHRASE,
            SECRET,
            service("client_secret"),
            service("refresh_token"),
            text(&tenant, "/access_token"),
            text(&tenant, "/minting_token"),
            "_PF84_",
            "wrong-canary",
        ];
        let search = Search::of(&secrets);
        let look = |outcome: &Outcome| {
            search.nowhere_in(outcome.out.as_bytes(), "the output");
            // The link of the web login holds no secret that opens anything.
            search.nowhere_in(outcome.err.as_bytes(), "the messages");
        };
        look(&in_browser(&desk, &tenant, &format!("--trace a.jsonl --output {format}")).0);
        let secret = [("PROVISION_WEBEX_CLIENT_SECRET", service("client_secret"))];
        let (at, id) = (at(&tenant), service("client_id"));
        let end = format!("--output {format}");
        for (number, (line, input)) in [
            (format!("app {at} --client-id {id} --refresh-token-stdin"), service("refresh_token")),
            (format!("app {at} --client-id {id} --refresh-token-stdin"), "wrong-canary"),
            (format!("pasted {at} --access-token-stdin"), text(&tenant, "/access_token")),
            (
                format!("minted {at} --client-id {id} --mint {}", service("application_id")),
                text(&tenant, "/minting_token"),
            ),
        ]
        .into_iter()
        .enumerate()
        {
            let line = format!("login webex {line} --trace b{number}.jsonl {end}");
            look(&run(&desk, &line, input, &secret));
        }
        desk.write("provision.toml", &configuration(&tenant));
        back_door(&tenant, "DELETE", "sessions", &Value::Null);
        let plan = format!("--instance-url {} plan --trace c.jsonl {end}", org.url);
        look(&run(&desk, &plan, "", &[]));
        look(&run(&desk, &format!("orgs {end}"), "", &[]));
        look(&run(&desk, &format!("logout --all {end}"), "", &[]));
        search.nowhere_below(desk.folder(), &|_| false);
        let traces = desk.read("a.jsonl") + &desk.read("b0.jsonl") + &desk.read("c.jsonl");
        for seen in ["/v1/access_token", "grant_type", "***"] {
            assert!(traces.contains(seen), "the traces show no {seen}");
        }
    }
}

/// One half whose secret is lost keeps nobody from looking at the other.
#[test]
fn a_lost_secret_of_one_half_leaves_the_other_to_be_planned() {
    let org = Org::new();
    let tenant = tenant(&org);
    let desk = Desk::of(&org);
    let login = format!("login webex acme {} --access-token-stdin", at(&tenant));
    run(&desk, &login, text(&tenant, "/access_token"), &[]).exits(0);
    desk.write("provision.toml", &configuration(&tenant));
    std::fs::remove_file(desk.state().join("vault.json")).expect("the file of secrets");
    for command in ["plan", "verify"] {
        let line = format!("--instance-url {} {command} --output json", org.url);
        let looked = run(&desk, &line, "", &[]);
        let document = looked.exits(4).json();
        let items = document["items"].as_array().expect("items");
        assert!(items.iter().any(|item| item["id"] == "package"), "{looked}");
        assert!(document["failure"].to_string().contains("no longer in"), "{looked}");
    }
    // Nothing is changed by halves.
    let line = format!("--instance-url {} apply --yes --output json", org.url);
    let applied = run(&desk, &line, "", &[]);
    let document = applied.exits(4).json();
    assert_eq!(document["items"].as_array().map_or(0, Vec::len), 0, "{applied}");
}
