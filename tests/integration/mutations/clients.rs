//! Each answer that the clients read, changed on the way: by one call after another instead of whole runs,
//! so that every reader is tried often.

use std::time::{Duration, Instant};

use provision::engine::{Aim, Goal};
use salesforce_client::metadata::DeployId;

use super::mutation::{parse, tries};
use super::parsers::answers::{OF_ORG, OF_WEBEX, STATUSES, ask_org, ask_webex};
use crate::broken::line::{Break, Line};
use crate::support::{Org, everything, wait};
use crate::webex::{both, load};

/// Each try is a request, and each of so many readers gets a part of them.
const PART: usize = 16;

/// Nothing that is read takes longer, the request included.
const HANGS: Duration = Duration::from_secs(20);

/// Says which number it was where something panics.
struct Trying(&'static str, u64);

impl Drop for Trying {
    #[expect(clippy::print_stdout, reason = "who mends it wants to know the number")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("{}: PROVISION_MUTATIONS_SEED={}", self.0, self.1);
        }
    }
}

/// Has each reader read a changed answer again and again.
fn each(line: &Line, readers: &[&'static str], read: impl AsyncFn(&'static str)) {
    wait(async {
        for name in readers {
            // Whatever is in the way of the first request would be read by nobody.
            line.break_at(usize::MAX, Break::Change(0), None);
            read(name).await;
            assert!(!line.mend().is_empty(), "{name} asks nothing");
            for number in tries().step_by(PART) {
                let _trying = Trying(name, number);
                line.break_at(0, Break::Change(number), None);
                let begun = Instant::now();
                read(name).await;
                let took = begun.elapsed();
                assert!(took < HANGS, "{name}: PROVISION_MUTATIONS_SEED={number} takes {took:?}");
            }
        }
    });
}

/// What a service has answered to each reader, as the parser of answers wants it: to what, with which status.
fn answers(
    line: &Line,
    readers: &[&'static str],
    read: impl AsyncFn(&'static str),
) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (what, name) in readers.iter().enumerate() {
        line.break_at(usize::MAX, Break::Change(0), None);
        wait(read(name));
        for (status, body) in line.answered() {
            let status = STATUSES.iter().position(|it| *it == status).expect("a status");
            let head = [what, status].map(|it| u8::try_from(it).expect("a small number"));
            found.push([&head, body.as_slice()].concat());
        }
    }
    line.mend();
    found
}

#[test]
fn whatever_an_org_answers() {
    let org = Org::new();
    org.apply(&everything());
    let jobs = org.emulated.jobs();
    let deploy = jobs["deploys"][0]["id"].as_str();
    let deploy = DeployId(deploy.expect("a deploy").to_owned());
    let line = Line::to(&org.url);
    let client = org.behind(&line.url).client();
    let ask = async |what| ask_org(&client, what, &deploy).await;
    each(&line, &OF_ORG, ask);
    parse("org_answers", &answers(&line, &OF_ORG, ask));
}

#[test]
fn whatever_a_webex_organization_answers() {
    let org = Org::new().with_tenant();
    let report = org.run_loaded((Goal::Apply, Aim::Installed), &load(&both(&org)));
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    let line = Line::to(org.tenant().url());
    let ask = async |what| {
        // Each has its own allowance of requests a minute.
        ask_webex(&org.webex_client_at(&line.url, "access_token"), what).await;
    };
    each(&line, &OF_WEBEX, ask);
    parse("webex_answers", &answers(&line, &OF_WEBEX, ask));
}
