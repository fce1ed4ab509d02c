//! Where a redirect leads. None is followed: the token would go along.

use wire::{Answer, Url, words};

/// Domains that are Cisco's own, with all hosts below them: those of [`Region`](crate::Region)'s addresses, of
/// [`oauth::URL`](crate::oauth::URL), and Control Hub's.
const OWN_DOMAINS: [&str; 4] = ["cisco.com", "webex.com", "webexapis.com", "ciscoccservice.com"];

/// Whether a host is Cisco's own.
fn is_webex_host(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    OWN_DOMAINS.iter().any(|domain| {
        let before = host.strip_suffix(domain);
        before.is_some_and(|it| it.is_empty() || it.len() > 1 && it.ends_with('.'))
    })
}

/// What a redirect says. Another address is recommended only where it is Cisco's, and by https; what follows
/// the host is for nobody to read, and may hold a token.
pub(crate) fn describe(answer: &Answer) -> String {
    let location = answer.header("location").unwrap_or_default();
    let is_relative = location.starts_with('/') && !location.starts_with("//");
    let to = Url::parse(location).ok().filter(|url| url.host_str().is_some());
    let origin = to.as_ref().map(|url| url.origin().ascii_serialization());
    let is_same = |origin: &String| origin.split_once("://").is_some_and(|it| it.1 == answer.host);
    if is_relative || origin.as_ref().is_some_and(is_same) {
        return "the service shows another page instead of an answer of the API".to_owned();
    }
    let host = to.as_ref().and_then(Url::host_str).unwrap_or("nowhere");
    match origin.filter(|origin| origin.starts_with("https://") && is_webex_host(host)) {
        Some(origin) => {
            format!("the service answers from another address now: {origin}; use that one")
        }
        None => format!(
            "the answer leads to {}, which is no host of Webex's; it was not followed",
            words::code(host)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Region, oauth};

    #[test]
    fn hosts_are_ciscos_by_their_end() {
        let own = Region::ALL.map(Region::api_url);
        for url in own.into_iter().chain([oauth::URL, "https://admin.webex.com."]) {
            assert!(is_webex_host(url.strip_prefix("https://").unwrap()), "{url}");
        }
        for host in [
            "api.wxcc-us1.cisco.com.evil.example",
            "evilcisco.com",
            "evilwebexapis.com",
            ".cisco.com",
            "nowhere",
            "",
        ] {
            assert!(!is_webex_host(host), "{host}");
        }
    }
}
