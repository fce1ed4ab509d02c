//! No secret of a login is ever in anything that the program leaves behind: neither those that are
//! handed in, nor those that Salesforce gives.

use std::fs;

use org_emulator::Emulator;
use rcgen::{CertificateParams, KeyPair};
use serde_json::json;

use crate::desk::{Desk, Outcome};
use crate::logins::{administrator, refresh_token, run};
use crate::secrets::{Search, secret_half};
use crate::support::{Org, demo};

const PASSPHRASE: &str = "a passphrase's \"canary\" 取";
const CLIENT_SECRET: &str = "client+secret/canary=";

/// How every token of the emulator begins, those included that are given while this test runs.
const TOKENS: [&str; 2] = ["!AQEA", "5Aep861"];

/// What is written on the desk besides by the program.
const OURS: [&str; 2] = ["server.key", "provision.toml"];

struct Watched {
    desk: Desk,
    search: Search,
    traces: usize,
}

impl Watched {
    /// Runs a command with a trace, and searches what it says.
    #[track_caller]
    fn run(&mut self, line: &str, input: &str, format: &str, code: i32) -> Outcome {
        self.traces += 1;
        let line = format!("{line} --output {format} --trace trace-{}.jsonl", self.traces);
        let settings = [
            ("PROVISION_VAULT_PASSPHRASE", PASSPHRASE),
            ("PROVISION_CLIENT_SECRET", CLIENT_SECRET),
        ];
        let outcome = run(&self.desk, &line, input, &settings);
        self.search.nowhere_in(outcome.out.as_bytes(), &format!("the output of {line}"));
        self.search.nowhere_in(outcome.err.as_bytes(), &format!("the messages of {line}"));
        outcome.exits(code);
        outcome
    }
}

#[test]
fn no_login_lets_a_secret_out() {
    for format in ["text", "json", "jsonl"] {
        let org = Org::with(Emulator::builder());
        let (name, refresh) = (&administrator(&org).username, refresh_token(&org));
        let key = KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).expect("a key");
        let certificate = CertificateParams::default().self_signed(&key).expect("a certificate");
        let pem = key.serialize_pem();
        org.put(
            "connected-apps",
            &json!([
                { "ConsumerKey": "3MVG9jwt", "Certificate": certificate.pem(),
                  "ApprovedProfiles": ["System Administrator"] },
                { "ConsumerKey": "3MVG9cc", "ConsumerSecret": CLIENT_SECRET, "RunAs": name },
            ]),
        );
        let middle = pem.lines().nth(3).expect("a line of the key");
        let mut secrets = vec![PASSPHRASE, CLIENT_SECRET, middle, refresh];
        secrets.push(secret_half(&org.token));
        secrets.extend(TOKENS);
        let mut watched = Watched { desk: Desk::new(), search: Search::of(&secrets), traces: 0 };
        watched.desk.write("provision.toml", &demo());
        watched.desk.write("server.key", &pem);
        let at = format!("--login-url {}", org.url);
        let url = format!("force://PlatformCLI::{refresh}@{}", org.url);
        let wrong_url = format!("force://PlatformCLI::5Aep861wrong@{}", org.url);
        let wrong_token = format!("{}!AQEAwrong", &org.id[..15]);
        let jwt = format!("--client-id 3MVG9jwt --jwt-key server.key --username {name}");
        for (line, input, code) in [
            (
                format!("login a {at} --client-id PlatformCLI --refresh-token-stdin --vault file"),
                refresh,
                0,
            ),
            (
                format!("login a {at} --client-id nobody --refresh-token-stdin --vault file"),
                refresh,
                4,
            ),
            (format!("login b {at} --access-token-stdin --vault file"), &org.token, 0),
            (format!("login b {at} --access-token-stdin --vault file"), &wrong_token, 4),
            ("login c --auth-url-stdin --vault file".to_owned(), &url, 0),
            ("login c --auth-url-stdin --vault file".to_owned(), &wrong_url, 4),
            ("login c --auth-url-stdin --vault file".to_owned(), refresh, 2),
            (format!("login d {at} --vault none {jwt}"), "", 0),
            (format!("login d {at} --vault none {jwt}.nobody"), "", 4),
            (format!("login e {at} --client-id 3MVG9cc --client-credentials --vault file"), "", 0),
        ] {
            watched.run(&line, input, format, code);
        }
        for alias in ["a", "c", "d", "e"] {
            org.end_sessions();
            watched.run(&format!("--org {alias} status"), "", format, 0);
            watched.run(&format!("--org {alias} doctor"), "", format, 0);
        }
        watched.run("--org b plan", "", format, 4);
        watched.run("--org a --yes", "", format, 0);
        watched.run("orgs", "", format, 0);
        watched.run("logout b --local", "", format, 0);
        watched.run("logout --all", "", format, 0);
        let ours = |file: &std::path::Path| OURS.iter().any(|name| file.ends_with(name));
        watched.search.nowhere_below(watched.desk.folder(), &ours);
        let traces: String = (1..=watched.traces)
            .filter_map(|number| {
                let path = watched.desk.folder().join(format!("trace-{number}.jsonl"));
                fs::read_to_string(path).ok()
            })
            .collect();
        for seen in ["/services/oauth2/token", "/services/oauth2/revoke", "grant_type", "***"] {
            assert!(traces.contains(seen), "the traces show no {seen}");
        }
    }
}
