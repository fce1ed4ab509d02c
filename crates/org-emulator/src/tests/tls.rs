//! HTTPS, over real sockets.

use std::path::Path;

use crate::Emulator;

fn start(folder: &Path) -> (Emulator, String) {
    let options = Emulator::builder().tls(folder.join("tls"));
    let emulator = Emulator::start(options).unwrap();
    let announced = serde_json::to_value(emulator.announcement()).unwrap();
    let path = announced["ca_certificate"].as_str().unwrap();
    assert!(announced["orgs"][0]["instance_url"].as_str().unwrap().starts_with("https://"));
    let pem = std::fs::read_to_string(path).unwrap();
    (emulator, pem)
}

/// The status of an answer to a client that trusts these.
fn status(emulator: &Emulator, trusted: &[&str]) -> Option<u16> {
    let trusted = trusted.iter().map(|pem| reqwest::Certificate::from_pem(pem.as_bytes()).unwrap());
    let client = reqwest::Client::builder().no_proxy().tls_certs_only(trusted).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let port = emulator.url().rsplit_once(':').unwrap().1;
    let mut answers = ["127.0.0.1", "localhost"].map(|host| {
        let url = format!("https://{host}:{port}/services/data");
        runtime.block_on(client.get(url).send()).ok().map(|answer| answer.status().as_u16())
    });
    assert_eq!(answers[0], answers[1]);
    answers[0].take()
}

#[test]
fn who_trusts_its_authority_reaches_it_by_https() {
    let folder = tempfile::TempDir::new().unwrap();
    let (emulator, authority) = start(folder.path());
    assert_eq!(status(&emulator, &[&authority]), Some(200));
    assert_eq!(status(&emulator, &[]), None);
    let other = tempfile::TempDir::new().unwrap();
    let (_, stranger) = start(other.path());
    assert_eq!(status(&emulator, &[&stranger]), None);
}

#[test]
fn the_authority_is_kept_and_its_key_is_for_its_owner() {
    let folder = tempfile::TempDir::new().unwrap();
    let (_, first) = start(folder.path());
    let (emulator, second) = start(folder.path());
    assert_eq!(first, second);
    assert_eq!(status(&emulator, &[&first]), Some(200));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let key = std::fs::metadata(folder.path().join("tls/ca-key.pem")).unwrap();
        assert_eq!(key.permissions().mode() & 0o777, 0o600);
        let place = std::fs::metadata(folder.path().join("tls")).unwrap();
        assert_eq!(place.permissions().mode() & 0o777, 0o700);
    }
    std::fs::write(folder.path().join("tls/ca-key.pem"), "no key").unwrap();
    let options = Emulator::builder().tls(folder.path().join("tls"));
    let error = Emulator::start(options).unwrap_err();
    assert!(error.to_string().starts_with("the emulator cannot serve HTTPS: "), "{error}");
}
