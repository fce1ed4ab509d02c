//! My Domain, without which Lightning components do not work.

use crate::checklist::{Check, Checkup, Group, Topic};

const TOPIC: Topic<'static> = Topic::new(Group::Org, 30, "my-domain", "My Domain");

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    let host = host(&checkup.evidence.instance_url);
    let is_here = host == "localhost" || host.starts_with("127.") || host == "[::1]";
    if is_here {
        return Check::ok(TOPIC, "Not needed for an org on this machine.");
    }
    let salesforces = [".salesforce.com", ".salesforce.mil", ".sfcrmproducts.cn"];
    if !salesforces.iter().any(|end| host.ends_with(end)) {
        return Check::unknown(TOPIC, format!("{host} is not one of Salesforce's own addresses."));
    }
    if host.contains(".my.") {
        return Check::ok(TOPIC, format!("The org is at {host}."));
    }
    Check::problem(TOPIC, format!("The login is for {host}, which is not this org's own domain."))
        .step("Setup > My Domain shows the org's own address, or lets you deploy one.")
        .step("Then log in with that address: https://….my.salesforce.com.")
}

fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let bare = if host.starts_with('[') {
        host.split_inclusive(']').next()
    } else {
        host.split(':').next()
    };
    bare.unwrap_or_default().to_ascii_lowercase()
}
