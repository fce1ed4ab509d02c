//! The way to an org: certificates, proxies, and the trace of what went over it.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;

use org_emulator::Emulator;
use serde_json::Value;
use tempfile::TempDir;

use crate::desk::{Desk, Outcome};
use crate::rooms::sources;
use crate::support::{Org, demo};

/// An emulated org that is reached by HTTPS alone, and the file of its authority.
fn https() -> (Org, TempDir, String) {
    let folder = TempDir::new().expect("a folder");
    let org = Org::with(Emulator::builder().tls(folder.path()));
    let authority =
        org.announcement.ca_certificate.as_ref().expect("its path").display().to_string();
    assert!(org.url.starts_with("https://"), "{}", org.url);
    (org, folder, authority)
}

/// What was said, in one line.
fn told(outcome: &Outcome) -> String {
    outcome.err.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_command_works_over_https_with_the_authoritys_certificate() {
    let (org, _folder, authority) = https();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    for (arguments, code) in [
        ("plan --check", 3),
        ("export out", 0),
        ("apply", 0),
        ("verify", 0),
        ("status", 0),
        ("confirm csp-allow-list", 0),
        ("init --from-org --stdout", 0),
        ("baseline show", 0),
        ("uninstall --plan", 0),
        ("uninstall --yes-delete-data Northwind --no-export", 5),
    ] {
        let mut words = vec!["--instance-url", &org.url, "--ca-cert", &authority];
        words.extend(arguments.split_whitespace());
        desk.run(&words).exits(code);
    }
    let arguments =
        ["--instance-url", &org.url, "--ca-cert", &authority, "confirm", "csp-allow-list"];
    let next = format!("--ca-cert {authority} confirm --forget");
    let confirmed = desk.run(&arguments);
    assert!(
        confirmed.exits(0).out.split_whitespace().collect::<Vec<_>>().join(" ").contains(&next),
        "{confirmed}"
    );
    let status = ["--instance-url", &org.url, "status"];
    let by_variable = desk.command(&status).env("SSL_CERT_FILE", &authority).output();
    Outcome::of(by_variable.expect("the program starts")).exits(0);
}

#[test]
fn a_server_whose_authority_nobody_knows_is_refused_and_the_way_out_is_named() {
    let (org, _folder, _) = https();
    let (_other, _other_folder, of_another) = https();
    let desk = Desk::of(&org);
    let status = ["--instance-url", &org.url, "status"];
    let outcome = desk.run(&status);
    outcome.exits(7);
    assert!(told(&outcome).contains("an authority that this machine does not trust"), "{outcome}");
    assert!(told(&outcome).contains("--ca-cert FILE or SSL_CERT_FILE"), "{outcome}");
    let arguments = ["--instance-url", &org.url, "status", "--ca-cert", &of_another];
    assert!(told(desk.run(&arguments).exits(7)).contains("does not trust"));
    let plain = ["--instance-url", "https://127.0.0.1:9", "status", "--ca-cert", "none.pem"];
    assert!(told(desk.run(&plain).exits(2)).contains("There is no file `none.pem`"));
}

#[test]
fn nothing_turns_the_check_of_certificates_off() {
    let desk = Desk::new();
    for command in ["--help", "help plan", "help apply", "help emulator"] {
        let help = desk.run(&command.split_whitespace().collect::<Vec<_>>()).exits(0).out.clone();
        for word in ["insecure", "no-verify", "skip-verif", "no-check", "allow-invalid"] {
            assert!(!help.contains(word), "{word} in {command}");
        }
    }
    for file in sources() {
        let text = fs::read_to_string(&file).expect("a source file");
        for word in ["danger_accept", "dangerous()", "ServerCertVerifier"] {
            assert!(!text.contains(word), "{word} in {}", file.display());
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_machine_without_certificates_is_told_and_a_given_one_is_enough() {
    let (_org, _folder, authority) = https();
    let mut desk = Desk::new();
    desk.token = Some("00Dx0000000BV7z!AQ".to_owned());
    fs::create_dir(desk.folder().join("none")).expect("an empty folder");
    let run = |more: &[&str]| {
        let url = ["--instance-url", "https://acme.my.salesforce.com", "status"];
        let mut command = desk.command(&[&url, more].concat());
        // A proxy that is not there: nothing leaves this machine.
        command.env("SSL_CERT_DIR", "none").env("HTTPS_PROXY", "http://127.0.0.1:9");
        Outcome::of(command.output().expect("the program starts"))
    };
    let outcome = run(&[]);
    outcome.exits(2);
    for words in ["no trusted certificates", "ca-certificates", "--ca-cert FILE", "SSL_CERT_FILE"] {
        assert!(told(&outcome).contains(words), "{words}: {outcome}");
    }
    // This machine's own servers need none.
    let mut demo = desk.command(&["--org", "demo", "status"]);
    let outcome = demo.env("SSL_CERT_DIR", "none").env("SSL_CERT_FILE", "nowhere.pem").output();
    Outcome::of(outcome.expect("the program starts")).exits(0);
    let outcome = run(&["--ca-cert", &authority]);
    assert!(told(outcome.exits(7)).contains("the proxy http://127.0.0.1:9"), "{outcome}");
}

/// A proxy that says that to everybody, and what it hears first.
fn proxy(says: &'static str) -> (String, std::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let place = listener.local_addr().expect("its address").to_string();
    let (tell, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut request = [0; 4096];
            let length = stream.read(&mut request).expect("a request");
            tell.send(String::from_utf8_lossy(&request[..length]).into_owned()).ok();
            stream.write_all(format!("HTTP/1.1 {says}\r\n\r\n").as_bytes()).ok();
        }
    });
    (place, heard)
}

#[test]
fn orgs_elsewhere_are_called_through_the_proxy_of_the_environment() {
    let (_org, _folder, authority) = https();
    let mut desk = Desk::new();
    desk.token = Some("00Dx0000000BV7z!AQ".to_owned());
    let run = |variable: &str, address: &str| {
        let url = ["--instance-url", "https://acme.my.salesforce.com", "status"];
        let mut command = desk.command(&[url.as_slice(), &["--ca-cert", &authority]].concat());
        command.env(variable, address);
        Outcome::of(command.output().expect("the program starts"))
    };
    let (place, heard) = proxy("407 Proxy Authentication Required");
    let outcome = run("https_proxy", &format!("http://ada:canary@{place}"));
    let text = told(outcome.exits(7));
    assert!(text.contains(&format!("the proxy http://{place} (from https_proxy)")), "{text}");
    assert!(text.contains("does not accept the user name and password"), "{text}");
    assert!(!text.contains("canary"), "{text}");
    let request = heard.recv().expect("a request").to_ascii_lowercase();
    assert!(request.starts_with("connect acme.my.salesforce.com:443 "), "{request}");
    assert!(request.contains("proxy-authorization: basic "), "{request}");
    let (place, _heard) = proxy("403 Forbidden");
    let text = told(run("ALL_PROXY", &place).exits(7));
    assert!(text.contains("refuses to pass the connection on"), "{text}");
    assert!(text.contains("NO_PROXY"), "{text}");
    for address in ["http://ada:canary@proxy:999999", "socks5://ada:canary@proxy:1080"] {
        let text = told(run("HTTPS_PROXY", address).exits(2));
        assert!(text.contains("in HTTPS_PROXY cannot be used"), "{text}");
        assert!(text.contains("http://proxy.example.com:8080"), "{text}");
        assert!(!text.contains("canary"), "{text}");
    }
}

#[test]
fn an_org_on_this_machine_is_called_without_any_proxy() {
    let org = Org::new();
    let desk = Desk::of(&org);
    let mut command = desk.command(&["--instance-url", &org.url, "status"]);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"] {
        command.env(name, "http://127.0.0.1:9");
    }
    Outcome::of(command.output().expect("the program starts")).exits(0);
}

/// The lines of a trace.
fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).expect("a trace");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_trace_has_every_request_of_the_run() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let path = desk.folder().join("trace.jsonl");
    let arguments = ["--instance-url", &org.url, "--trace", "trace.jsonl", "--output", "json"];
    let document = desk.run(&arguments).exits(0).json();
    let lines = lines(&path);
    assert_eq!(lines[0]["kind"], "provision-trace");
    let count = document["requests"].as_u64().zip(document["polls"].as_u64());
    let (requests, polls) = count.expect("numbers");
    assert_eq!(u64::try_from(lines.len() - 1).expect("a number"), requests + polls);
    for line in &lines[1..] {
        assert_eq!(line["try"], 1);
        assert!(line["url"].as_str().is_some_and(|url| url.starts_with(&org.url)), "{line:#}");
        assert!(line["response"]["status"].is_u64(), "{line:#}");
        assert!(line["response"]["body"].is_string() || line["response"]["status"] == 204);
    }
    let text = fs::read_to_string(&path).expect("the trace");
    assert!(text.contains("bytes of application/zip]") || text.contains("bytes as base64]"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&path).expect("the trace").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // The next run takes its place.
    desk.run(&["--instance-url", &org.url, "verify", "--trace", "trace.jsonl"]).exits(0);
    assert!(fs::metadata(&path).expect("the trace").len() < text.len() as u64);
}

#[test]
fn a_trace_that_cannot_be_written_stops_before_anything_is_sent() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    org.forget_requests();
    for (file, words) in [
        ("provision.toml", "is not a trace of provision, so it is left alone"),
        ("none/trace.jsonl", "Its folder does not exist."),
    ] {
        let outcome = desk.run(&["--instance-url", &org.url, "plan", "--trace", file]);
        assert!(told(outcome.exits(2)).contains(words), "{outcome}");
    }
    assert_eq!(org.requests(), Vec::<Value>::new());
    assert_eq!(desk.read("provision.toml"), demo());
}

#[cfg(unix)]
#[test]
fn a_trace_that_fails_midway_does_not_end_the_run_and_is_told() {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let prepared = desk.command(&[]);
    let mut shell = std::process::Command::new("sh");
    let program = env!("CARGO_BIN_EXE_provision");
    let line = format!(
        "trap '' XFSZ; ulimit -f 16; '{program}' --instance-url {} plan --check --trace t.jsonl",
        org.url
    );
    shell.args(["-c", &line]).current_dir(desk.folder()).env_clear();
    for (name, value) in prepared.get_envs() {
        shell.env(name, value.expect("a value"));
    }
    let outcome = Outcome::of(shell.output().expect("a shell"));
    outcome.exits(3);
    assert!(told(&outcome).contains("warning: the trace `t.jsonl` is incomplete"), "{outcome}");
}
