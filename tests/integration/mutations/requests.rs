//! What the emulator is asked: queries, envelopes, deploys' zip files, JSON and CSV of any form. It
//! answers each in an API's own words, and serves on.

use std::io::{Cursor, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use provision::engine::{Aim, Goal};
use salesforce_client::metadata::DeployOptions;

use super::mutation::{mutated, parse, parse_some, tries};
use crate::broken::line::Line;
use crate::random::Random;
use crate::support::{Org, everything, wait};
use crate::webex::{both, load};

/// Queries of every kind that the program sends, and some that it does not.
const QUERIES: [&str; 6] = [
    "SELECT Id, Name, (SELECT Id FROM Assignments) FROM PermissionSet WHERE IsOwnedByProfile = false \
     AND Name IN ('A', 'B') ORDER BY Name DESC NULLS LAST LIMIT 5 OFFSET 2",
    "SELECT Id, Username, Profile.Name FROM User WHERE IsActive = true AND CallCenterId != null",
    "SELECT COUNT() FROM Task WHERE CreatedDate > 2026-01-01T00:00:00Z AND IsClosed = false",
    "SELECT Profile.Name, COUNT(Id) n FROM User GROUP BY Profile.Name HAVING COUNT(Id) > 1",
    "SELECT Id FROM User WHERE Id IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE \
     PermissionSet.Name LIKE 'Call%') AND (NOT Name = 'O\\'Neil')",
    "SELECT DurableId, Label FROM EntityDefinition WHERE QualifiedApiName = 'Task'",
];

#[test]
fn queries() {
    parse("soql", &QUERIES.map(|it| it.as_bytes().to_vec()));
}

/// Sends bytes, and says with which status they are answered; nothing where the connection ends.
fn status(address: &str, request: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time limit");
    stream.write_all(request).ok()?;
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).ok()?;
    String::from_utf8_lossy(&answer).strip_prefix("HTTP/1.1 ")?.parse().ok()
}

/// Each of these is answered by a world that is made anew.
const REQUESTS: usize = 5;

/// What went over a line, as the parser of requests wants it: method, path and type of content on a line.
fn requests(line: &Line) -> Vec<Vec<u8>> {
    let request = |(lines, body): (Vec<String>, Vec<u8>)| {
        let mut first = lines[0].split(' ');
        let [method, path] = [first.next(), first.next()].map(Option::unwrap_or_default);
        let headers = lines.iter().filter_map(|line| line.split_once(':'));
        let is_type = |(name, _): &(&str, &str)| name.eq_ignore_ascii_case("content-type");
        let kind = headers.into_iter().find(is_type).map_or("", |(_, value)| value.trim());
        let kind = kind.replace("; ", ";");
        [format!("{method} {path} {kind}\n").as_bytes(), &body].concat()
    };
    line.heard().into_iter().map(request).collect()
}

#[test]
fn requests_of_every_api() {
    let org = Org::new().with_tenant();
    let (of_org, of_tenant) = (Line::to(&org.url), Line::to(org.tenant().url()));
    let mut behind = org.behind(&of_org.url);
    behind.webex = Some(org.webex_client_at(&of_tenant.url, "access_token"));
    let loaded = load(&both(&org));
    let report = behind.run_loaded((Goal::Apply, Aim::Installed), &loaded);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    parse_some("org_requests", &requests(&of_org), REQUESTS);
    parse_some("tenant_requests", &requests(&of_tenant), REQUESTS);
    let heard = [(of_org.heard(), org.url.as_str()), (of_tenant.heard(), org.tenant().url())];
    for number in tries() {
        let mut random = Random(number);
        let (heard, url) = &heard[random.below(2)];
        let (lines, body) = &heard[random.below(heard.len())];
        let body = mutated(body, &mut random);
        let kept =
            lines.iter().filter(|line| !line.to_ascii_lowercase().starts_with("content-length"));
        let mut request = kept.cloned().collect::<Vec<_>>().join("\r\n").into_bytes();
        request.extend(format!("\r\ncontent-length: {}\r\n\r\n", body.len()).into_bytes());
        request.extend(body);
        let address = url.trim_start_matches("http://");
        let status = status(address, &request);
        let told = || String::from_utf8_lossy(&request).chars().take(3000).collect::<String>();
        assert!(status.is_some(), "PROVISION_MUTATIONS_SEED={number}: no answer to\n{}", told());
    }
    // Nobody judges what no program has sent.
    let tenant = org.tenant();
    tenant.restore(&tenant.snapshot());
    // Nothing of it keeps the emulator from serving.
    assert_eq!(org.emulated.query("SELECT Id FROM Organization").expect("an answer").len(), 1);
}

/// The archive in the body of a deploy, from its first file to the end of its directory.
fn archive_in(body: &[u8]) -> Option<&[u8]> {
    let find = |what: &[u8]| body.windows(what.len()).position(|it| it == what);
    let begin = find(b"PK\x03\x04")?;
    let end = find(b"PK\x05\x06")? + 22;
    body.get(begin..end)
}

fn unpacked(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).expect("an archive");
    let count = archive.len();
    let read = |number: usize| {
        let mut file = archive.by_index(number).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        (file.name().expect("a name").into_owned(), bytes)
    };
    (0..count).map(read).collect()
}

fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

/// The files of an archive as its parser takes them: name, length, content.
fn listed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let one = |(name, bytes): &(String, Vec<u8>)| {
        [format!("{name}\n{}\n", bytes.len()).as_bytes(), bytes].concat()
    };
    files.iter().flat_map(one).collect()
}

/// Each of these is a whole deploy.
const DEPLOYS: usize = 5;

/// A changed archive is mostly no archive at all: here it is a right one, and what is in it was changed.
#[test]
fn files_of_a_deploy() {
    let org = Org::new();
    let line = Line::to(&org.url);
    let report = org.behind(&line.url).run(Goal::Apply, &everything());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    let heard = line.heard();
    let found = heard.iter().filter_map(|(_, body)| archive_in(body));
    let (whole, archives): (Vec<_>, Vec<_>) =
        found.map(|archive| (archive.to_vec(), unpacked(archive))).unzip();
    let listed = archives.iter().map(|files| listed(files));
    parse_some("archives", &whole.into_iter().chain(listed).collect::<Vec<_>>(), 2 * DEPLOYS);
    let files = archives.first().expect("a deploy");
    assert!(files.len() > 2, "{files:?}");
    let client = org.client();
    for number in tries().step_by(DEPLOYS) {
        let mut random = Random(number);
        let mut files = files.clone();
        let place = random.below(files.len());
        files[place].1 = mutated(&files[place].1, &mut random);
        let answered = wait(async {
            let id = client.metadata().deploy(packed(&files), &DeployOptions::default()).await?;
            client.metadata().deploy_status(&id).await
        });
        let text =
            || String::from_utf8_lossy(&files[place].1).chars().take(2000).collect::<String>();
        let is_answered = answered.as_ref().is_ok_and(|result| result.done)
            || answered.as_ref().err().is_some_and(|error| error.api().is_some());
        assert!(
            is_answered,
            "PROVISION_MUTATIONS_SEED={number}: {answered:?} to {}\n{}",
            files[place].0,
            text()
        );
    }
}
