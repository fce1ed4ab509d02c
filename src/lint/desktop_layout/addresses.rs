//! DL006 and DL007: where the connector's files come from, and of which version they are.

use std::collections::BTreeMap;

use crate::model::Severity;

use super::json::{Node, child_pointer};
use super::{Findings, Location};

/// Where Cisco serves the connector's files today.
const HOST: &str = "cx-crmconnector.ciscoccservice.com";
/// Part of the path of the connector's files; other widgets' scripts are their owners' business.
const CONNECTOR: &str = "/salesforce/";
/// Keys that hold addresses of scripts, with commas between several.
const KEYS: [&str; 3] = ["script", "crmLibPath", "openctiLibPath"];

/// One address of the connector's files.
struct Address<'a> {
    text: &'a str,
    pointer: String,
    node: &'a Node,
}

pub(super) fn check(root: &Node, findings: &mut Findings<'_>) {
    let mut addresses = Vec::new();
    collect(root, "", &mut addresses);
    for address in &addresses {
        if !address.text.starts_with("https://") && !address.text.starts_with('$') {
            findings.add(
                "DL006",
                Severity::Error,
                Some(address.at()),
                format!("`{}` is no https address; browsers do not load it.", address.text),
                "",
            );
        }
    }
    let connector: Vec<&Address<'_>> = addresses
        .iter()
        .filter(|address| {
            address.text.starts_with("https://")
                && (address.text.contains(CONNECTOR) || address.host() == HOST)
        })
        .collect();
    check_hosts(&connector, findings);
    check_versions(&connector, findings);
}

fn collect<'a>(node: &'a Node, pointer: &str, addresses: &mut Vec<Address<'a>>) {
    for (index, child) in node.list().iter().enumerate() {
        collect(child, &format!("{pointer}/{index}"), addresses);
    }
    for member in node.members() {
        let pointer = child_pointer(pointer, &member.name);
        match member.node.text() {
            Some(text) if KEYS.contains(&member.name.as_str()) => {
                addresses.extend(text.split(',').map(str::trim).map(|text| Address {
                    text,
                    pointer: pointer.clone(),
                    node: &member.node,
                }));
            }
            _ => collect(&member.node, &pointer, addresses),
        }
    }
}

impl Address<'_> {
    fn at(&self) -> Location<'_> {
        Location { pointer: &self.pointer, span: &self.node.span }
    }

    fn host(&self) -> &str {
        let rest = self.text.strip_prefix("https://").unwrap_or_default();
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    }

    /// `v1.1.9`
    fn version(&self) -> Option<&str> {
        self.text.split('/').find(|part| {
            part.strip_prefix('v').is_some_and(|rest| {
                rest.contains('.')
                    && rest.split('.').all(|number| {
                        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
                    })
            })
        })
    }
}

/// Each strange host once.
fn check_hosts(addresses: &[&Address<'_>], findings: &mut Findings<'_>) {
    let mut hosts: BTreeMap<&str, Vec<&Address<'_>>> = BTreeMap::new();
    for address in addresses.iter().filter(|address| address.host() != HOST) {
        hosts.entry(address.host()).or_default().push(address);
    }
    for (host, there) in hosts {
        let problem = if host.ends_with("cloudfront.net") {
            "which Cisco has left"
        } else if host.contains("nonprod") {
            "which is not for production"
        } else {
            "which is not Cisco's"
        };
        let places = match there.len() {
            1 => String::new(),
            number => format!(" ({number} addresses)"),
        };
        findings.add(
            "DL006",
            Severity::Warning,
            there.first().map(|address| address.at()),
            format!("The connector's files come from {host}{places}, {problem}."),
            &format!("Cisco serves them from {HOST}: take its present layout."),
        );
    }
}

/// All files must be of one version: the most frequent one is taken for the meant one.
fn check_versions(addresses: &[&Address<'_>], findings: &mut Findings<'_>) {
    let mut versions: BTreeMap<&str, Vec<&Address<'_>>> = BTreeMap::new();
    for address in addresses {
        if let Some(version) = address.version() {
            versions.entry(version).or_default().push(address);
        }
    }
    let Some((meant, most)) = versions.iter().max_by_key(|(_, there)| there.len()) else { return };
    for (version, there) in &versions {
        if version == meant {
            continue;
        }
        let beside = most.first().map(|address| &address.node.span);
        let first = there.first();
        findings.add_beside(
            "DL007",
            Severity::Warning,
            first.map(|address| address.at()),
            beside.filter(|span| first.is_none_or(|first| first.node.span != **span)),
            format!("A file of the connector is of {version}, others are of {meant}."),
            "All must be of one version: take Cisco's present layout whole.",
        );
    }
}
