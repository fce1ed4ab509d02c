//! Which org a page belongs to, by the name of its host.

/// The domains in which orgs have their hosts. In any other one only the whole name tells: a company's own
/// login often begins like its org. Those that end in `.mil` nobody has confirmed; where one is missing,
/// nothing is done.
const DOMAINS: [&str; 5] =
    ["salesforce.com", "force.com", "salesforce-setup.com", "salesforce.mil", "crmforce.mil"];

/// What follows the name of My Domain where the org is none of production: the same name may be another org's
/// without it.
const PARTITIONS: [&str; 9] =
    ["sandbox", "develop", "scratch", "trailblaze", "demo", "patch", "free", "stmfa", "wfa"];

/// Whether both hosts are one org's. Its own name, the one of Lightning Experience and the one of Setup
/// begin with the same label, that of My Domain and of the sandbox, and with the same partition.
pub(crate) fn is_same_org(one: &str, other: &str) -> bool {
    let (one, other) = (Host::of(one), Host::of(other));
    one.is_some() && one == other
}

/// What is the same in all names of an org.
#[derive(Debug, PartialEq, Eq)]
enum Host<'h> {
    /// This machine, by its port: an emulated org, whose frames have the other name of loopback.
    Loopback(&'h str),
    /// The first label of a name in Salesforce's domains, and the partition behind it.
    Label(String, Option<&'static str>),
    /// Any other name, or an address.
    Other(String),
}

impl<'h> Host<'h> {
    fn of(host: &'h str) -> Option<Self> {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if port.chars().all(|it| it.is_ascii_digit()) => (name, port),
            _ => (host, ""),
        };
        if name.is_empty() {
            return None;
        }
        if matches!(name, "localhost" | "[::1]") || name.starts_with("127.") {
            return Some(Self::Loopback(port));
        }
        let lower = name.to_ascii_lowercase();
        let (label, rest) = lower.split_once('.').unwrap_or((&lower, ""));
        let is_known = |domain: &str| {
            rest.strip_suffix(domain).is_some_and(|it| it.is_empty() || it.ends_with('.'))
        };
        Some(if DOMAINS.into_iter().any(is_known) {
            let second = rest.split('.').next().unwrap_or_default();
            Self::Label(label.to_owned(), PARTITIONS.into_iter().find(|it| *it == second))
        } else {
            Self::Other(host.to_ascii_lowercase())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_org_is_known_by_its_first_label_and_its_partition() {
        for (one, other) in [
            ("acme.my.salesforce.com", "acme.lightning.force.com"),
            ("acme.my.salesforce.com", "acme.my.salesforce-setup.com"),
            ("acme--uat.sandbox.my.salesforce.com", "acme--uat.sandbox.lightning.force.com"),
            (
                "acme-dev-ed.develop.my.salesforce.com",
                "acme-dev-ed.develop.my.salesforce-setup.com",
            ),
            ("acme--uat.cs42.my.salesforce.com", "acme--uat.lightning.force.com"),
            ("ACME.my.salesforce.com", "acme.my.salesforce.com:443"),
            ("127.0.0.1:8080", "localhost:8080"),
            ("10.0.0.7:8080", "10.0.0.7:8080"),
        ] {
            assert!(is_same_org(one, other), "{one} {other}");
        }
        for (one, other) in [
            // A sandbox and its production org.
            ("acme--uat.sandbox.my.salesforce.com", "acme.my.salesforce.com"),
            // A developer org and a production org of one name.
            ("acme.my.salesforce.com", "acme.develop.my.salesforce.com"),
            ("acme.scratch.my.salesforce.com", "acme.develop.lightning.force.com"),
            ("acme.my.salesforce.com", "login.salesforce.com"),
            ("acme.my.salesforce.com", "acme.okta.com"),
            ("acme.my.salesforce.com", "acme.notsalesforce.com"),
            ("acme.my.salesforce.com", ""),
            ("", ""),
            ("127.0.0.1:8080", "127.0.0.1:8081"),
            ("127.0.0.1:8080", "acme.my.salesforce.com"),
            ("10.0.0.7:8080", "10.0.0.8:8080"),
        ] {
            assert!(!is_same_org(one, other), "{one} {other}");
        }
    }
}
