//! Every request of these tests is as the API's description, with its exceptions, says.

use std::path::PathBuf;
use std::sync::LazyLock;

use openapi_check::{Contract, Exchange};

static CONTRACT: LazyLock<Option<Contract>> = LazyLock::new(|| {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let document = root.join("../shared/webex-spec/configuration.json");
    if !document.is_file() {
        println!("skipped: {} is not there", document.display());
        return None;
    }
    Some(Contract::load(&document, &root.join("tests/webex/overlay.json")).unwrap())
});

/// Fails where a request is not as described.
pub(super) fn judge(heard: &[String]) {
    let Some(contract) = &*CONTRACT else { return };
    let wrong: Vec<String> =
        heard.iter().flat_map(|heard| contract.request_complaints(&request(heard))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn request(heard: &str) -> Exchange {
    let (top, content) = heard.split_once("\r\n\r\n").unwrap();
    let mut words = top.split(' ');
    let [method, target] = [words.next(), words.next()].map(|it| it.unwrap().to_owned());
    let request_type = top.lines().find_map(|line| line.strip_prefix("content-type: "));
    Exchange {
        method,
        target,
        request_type: request_type.unwrap_or_default().to_owned(),
        request: content.as_bytes().to_vec(),
        ..Exchange::default()
    }
}
