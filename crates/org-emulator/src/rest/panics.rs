//! Whatever is asked, the answer is an answer.

use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use serde_json::json;

use super::{RestRequest, handle};
use crate::clock::JobTime;
use crate::guesses::Guesses;
use crate::kind::OrgKind;
use crate::org::{Call, Org, Settings};
use crate::seed::{Recipe, grow};
use crate::url::Target;

fn org() -> Org {
    let world = grow(Recipe { seed: 3, place: 0, users: 8, kind: OrgKind::Trial });
    let settings = Settings {
        authority: None,
        url: "http://127.0.0.1:1".to_owned(),
        latency: Duration::ZERO,
        package_time: JobTime::default(),
        deploy_time: JobTime::default(),
        guesses: Guesses::default(),
        faults: Vec::new(),
    };
    Org::new(world, Arc::new(settings))
}

/// Pieces of paths, so that the parts behind the first one are reached too.
fn path() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("sobjects".to_owned()),
        Just("User".to_owned()),
        Just("Task".to_owned()),
        Just("composite".to_owned()),
        Just("batch".to_owned()),
        Just("tooling".to_owned()),
        Just("query".to_owned()),
        Just("describe".to_owned()),
        Just("PackageInstallRequest".to_owned()),
        "\\PC{0,18}",
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.join("/"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_panics(
        method in "GET|POST|PATCH|DELETE|PUT",
        path in path(),
        text in "\\PC{0,60}",
        object in "User|Task|Contact|CallCenter|\\PC{0,5}",
    ) {
        let mut org = org();
        let user = org.world().users[0].id.clone();
        let mut call = Call { org: &mut org, user, version: "68.0".to_owned(), now: 0 };
        let url = format!("/services/data/v68.0/{path}?q={text}&ids={text}&fields={text}");
        let bodies = [
            json!({"records": [{"attributes": {"type": object}, "id": text, "Name": text}]}),
            json!({"compositeRequest": [
                {"method": "GET", "url": text, "referenceId": "a"},
                {"method": method, "url": url, "referenceId": "b", "body": {"x": "@{a.b[0]}"}},
            ]}),
            json!({"batchRequests": [{"method": method, "url": &url[15..], "richInput": {}}]}),
            json!({"Name": text, "CallCenterId": text, "SubscriberPackageVersionKey": text}),
        ];
        for body in bodies {
            let Some(target) = Target::parse(&url) else { continue };
            let request = RestRequest { method: method.clone(), target, body: Some(body) };
            let (reply, _) = handle(&mut call, &request);
            prop_assert!((200..=500).contains(&reply.status));
        }
    }

    #[test]
    fn urls_and_keys_of_any_kind_are_read(text in "\\PC{0,80}") {
        let _target = Target::parse(&text);
        let _target = Target::parse(&format!("/services/data/v68.0/{text}"));
        let _key = super::tooling::version::installation_key(&text);
    }
}
