//! What the program sends to Webex, and what the emulated tenant answers, is as Cisco's own description of the API
//! says, but for the exceptions of `tests/webex/overlay.json`. Every emulator of these tests is judged at its end.

use std::collections::HashSet;
use std::ops::Deref;
use std::path::Path;
use std::sync::LazyLock;

use openapi_check::{Contract, Exchange};
use org_emulator::Emulator;

use crate::support::{loopback_client, shared, wait};

static CONTRACT: LazyLock<Option<Contract>> = LazyLock::new(|| {
    let document = shared("webex-spec/configuration.json")?;
    let overlay = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/webex/overlay.json");
    Some(Contract::load(&document, &overlay).expect("a description"))
});

/// An emulator whose Webex tenant is judged when it is dropped.
pub(crate) struct Judged(pub(crate) Emulator);

impl Deref for Judged {
    type Target = Emulator;

    fn deref(&self) -> &Emulator {
        &self.0
    }
}

impl Drop for Judged {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let wrong = complaints(&self.0);
        assert!(wrong.is_empty(), "not as described:\n{}", wrong.join("\n"));
    }
}

fn complaints(emulator: &Emulator) -> Vec<String> {
    let exchanges = emulator.tenant().exchanges();
    // Logins are no part of the description; the same looks come again and again.
    let mut judged = HashSet::new();
    let of_configuration = exchanges.into_iter().filter(|it| {
        it.target.starts_with("/organization/")
            && judged.insert((
                it.method.clone(),
                it.target.clone(),
                it.status,
                it.request.clone(),
                it.response.clone(),
            ))
    });
    let exchanges: Vec<Exchange> = of_configuration
        .map(|it| Exchange {
            method: it.method,
            target: it.target,
            request_type: it.request_type,
            request: it.request,
            status: it.status,
            response_type: it.response_type,
            response: it.response,
        })
        .collect();
    if exchanges.is_empty() {
        return Vec::new();
    }
    let Some(contract) = &*CONTRACT else { return Vec::new() };
    exchanges.iter().flat_map(|it| contract.complaints(it)).collect()
}

/// The judge is awake: a request that the description does not have is told.
#[test]
fn a_request_that_is_not_described_is_told() {
    if CONTRACT.is_none() {
        return;
    }
    let emulator = Emulator::builder().start().expect("the emulator starts");
    let announced = emulator.tenant().announcement();
    let text = |key: &str| announced[key].as_str().expect("text").to_owned();
    let ask = |path: &str| {
        let url = format!("{}/organization/{}/{path}", text("url"), text("organization_id"));
        let request = loopback_client().get(url).bearer_auth(text("access_token"));
        wait(async { request.send().await.expect("an answer").bytes().await.expect("a body") });
    };
    ask("v2/team?page=0&pageSize=100");
    assert_eq!(complaints(&emulator), [""; 0]);
    ask("v2/flow");
    let told = complaints(&emulator);
    assert!(!told.is_empty() && told.iter().all(|it| it.contains("v2/flow")), "{told:?}");
}
