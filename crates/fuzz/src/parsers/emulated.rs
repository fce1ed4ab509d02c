//! What the emulator is asked: it answers each in an API's own words, and serves on.

use std::io::{self, BufRead as _, BufReader, Cursor, Read as _, Write as _};
use std::net::TcpStream;

use org_emulator::tenant::TenantSnapshot;
use org_emulator::{EmulatedOrg, Emulator, OrgSnapshot};

thread_local! {
    static SERVICE: Service = Service::start();
}

/// An emulator, and how it was before anybody asked.
struct Service {
    emulator: Emulator,
    org: EmulatedOrg,
    before: (OrgSnapshot, TenantSnapshot),
}

impl Service {
    fn start() -> Self {
        let emulator = Emulator::builder().start().expect("the emulator starts");
        let org = emulator.org();
        let before = (org.snapshot(), emulator.tenant().snapshot());
        Self { emulator, org, before }
    }

    /// Takes everything back that was asked.
    fn restore(&self) {
        self.org.restore(&self.before.0).expect("the org goes back");
        self.emulator.tenant().restore(&self.before.1);
    }
}

/// Sends a request, and says with which status and body it is answered.
fn answer(url: &str, head: &str, body: &[u8]) -> io::Result<(u16, Vec<u8>)> {
    let host = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host)?;
    stream.set_nodelay(true)?;
    let length = body.len();
    let head =
        format!("{head}\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    stream.write_all(&[head.as_bytes(), body].concat())?;
    let mut answer = BufReader::new(stream);
    let mut line = String::new();
    answer.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|it| it.parse().ok());
    while answer.read_line(&mut line)? > 2 {}
    let mut body = Vec::new();
    answer.read_to_end(&mut body)?;
    Ok((status.ok_or(io::ErrorKind::InvalidData)?, body))
}

/// A query, of both APIs.
pub(super) fn soql(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    SERVICE.with(|service| {
        service.org.query(&text).ok();
        service.org.tooling_query(&text).ok();
    });
}

/// A request: its first line is method, path and type of content, and what follows is the body.
fn request(url: &str, token: &str, bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (first, body) = bytes.split_at(end);
    let body = body.get(1..).unwrap_or_default();
    // Whatever is no request at all is refused by the HTTP server, which is somebody else's.
    let first: String =
        String::from_utf8_lossy(first).chars().filter(|it| (' '..='~').contains(it)).collect();
    let mut words = first.split(' ');
    let mut word = || words.next().filter(|it| !it.is_empty());
    let method = word().filter(|it| it.bytes().all(|byte| byte.is_ascii_uppercase()));
    let path = word().unwrap_or_default().trim_start_matches('/');
    // A person's own door to the emulator.
    if path.starts_with('_') || path.contains(['"', '<', '>', '`', '{', '}', '|', '\\', '^', '#']) {
        return;
    }
    let (method, kind) = (method.unwrap_or("GET"), word().unwrap_or("application/json"));
    let head = format!(
        "{method} /{path} HTTP/1.1\r\nauthorization: Bearer {token}\r\ncontent-type: {kind}\r\n\
         soapaction: \"\""
    );
    let answer = answer(url, &head, body);
    assert!(answer.is_ok(), "no answer: {answer:?}");
}

/// A request to the org.
pub(super) fn org_requests(bytes: &[u8]) {
    SERVICE.with(|service| {
        request(service.org.url(), service.org.access_token(), bytes);
        service.restore();
    });
}

/// A request to the Webex tenant.
pub(super) fn tenant_requests(bytes: &[u8]) {
    SERVICE.with(|service| {
        let tenant = service.emulator.tenant();
        let announced = tenant.announcement();
        let token = announced["access_token"].as_str().expect("a token");
        request(tenant.url(), token, bytes);
        service.restore();
    });
}

/// What stands between the parts of a deploy.
const BOUNDARY: &str = "provision";

/// The archive of a deploy as it is, or, where it is none, its files: each a name on a line, a line that is its length,
/// and its content. A changed archive is mostly no archive at all.
pub(super) fn archives(bytes: &[u8]) {
    let archive = if bytes.starts_with(b"PK") { bytes.to_vec() } else { packed(bytes) };
    SERVICE.with(|service| {
        let (url, token) = (service.org.url(), service.org.access_token());
        let authorization = format!("authorization: Bearer {token}");
        let options = r#"{"deployOptions":{"singlePackage":true,"rollbackOnError":true}}"#;
        let body = [
            format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"entity_content\"\r\n\
                 content-type: application/json\r\n\r\n{options}\r\n--{BOUNDARY}\r\n\
                 content-disposition: form-data; name=\"file\"; filename=\"deploy.zip\"\r\n\
                 content-type: application/zip\r\n\r\n"
            )
            .as_bytes(),
            &archive,
            format!("\r\n--{BOUNDARY}--\r\n").as_bytes(),
        ]
        .concat();
        let path = "/services/data/v66.0/metadata/deployRequest";
        let head = format!(
            "POST {path} HTTP/1.1\r\n{authorization}\r\ncontent-type: multipart/form-data; \
             boundary={BOUNDARY}"
        );
        let (status, said) = answer(url, &head, &body).expect("an answer");
        let said: serde_json::Value = serde_json::from_slice(&said).expect("JSON");
        if let Some(id) = said["id"].as_str() {
            let head = format!("GET {path}/{id}?includeDetails=true HTTP/1.1\r\n{authorization}");
            let (status, said) = answer(url, &head, b"").expect("an answer");
            assert_eq!(status, 200, "{}", String::from_utf8_lossy(&said));
            let said: serde_json::Value = serde_json::from_slice(&said).expect("JSON");
            assert_eq!(said["deployResult"]["done"], true, "{said}");
        } else {
            assert!(status >= 400, "{status}: {said}");
        }
        service.restore();
    });
}

/// The files as an archive.
fn packed(mut bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let line = |bytes: &mut &[u8]| {
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let (line, rest) = bytes.split_at(end);
        *bytes = &rest[1..];
        Some(String::from_utf8_lossy(line).into_owned())
    };
    while let Some(name) = line(&mut bytes) {
        let length = line(&mut bytes).and_then(|it| it.trim().parse().ok()).unwrap_or(usize::MAX);
        let (content, rest) = bytes.split_at(length.min(bytes.len()));
        bytes = rest;
        // A name that is there twice is refused by whoever packs.
        if archive.start_file(name, options).is_ok() {
            archive.write_all(content).expect("its bytes");
        }
    }
    archive.finish().expect("an archive").into_inner()
}
