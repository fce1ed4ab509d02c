//! Which addresses may be called, and how.

use std::net::IpAddr;

use reqwest::Url;

use super::Error;

/// Whether the address is this machine: `localhost`, 127.0.0.0/8 or `::1`.
pub fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    if host.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Refuses an address that would send a token in the clear, or that is no web address at all.
pub(super) fn check(text: &str) -> Result<Url, Error> {
    let refuse =
        |reason: &str| Error::Address { address: super::redact(text), reason: reason.to_owned() };
    let url = Url::parse(text).map_err(|error| refuse(&error.to_string()))?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => {
            return Err(refuse("plain http is allowed for this machine only; use https"));
        }
        _ => return Err(refuse("it must start with https://")),
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(refuse("it names no host"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("it must not hold a user name or password"));
    }
    Ok(url)
}

/// Joins a path of the server to its address, and refuses one that leads elsewhere.
///
/// Paths also come from answers (`nextRecordsUrl`), and the token travels with the request.
pub(super) fn join(base: &Url, path: &str) -> Result<Url, Error> {
    let refuse =
        |reason: &str| Error::Address { address: super::redact(path), reason: reason.to_owned() };
    if !path.starts_with('/') || path.starts_with("//") {
        return Err(refuse("it is not a path of this server"));
    }
    let url = base.join(path).map_err(|error| refuse(&error.to_string()))?;
    if url.origin() == base.origin() { Ok(url) } else { Err(refuse("it leads to another server")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for good in [
            "https://acme.my.salesforce.com",
            "http://127.0.0.1:8080",
            "http://127.8.9.1",
            "http://localhost:1",
            "http://[::1]:80/",
        ] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in [
            "http://acme.my.salesforce.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://10.0.0.1",
            "ftp://127.0.0.1",
            "https://user:pw@acme.my.salesforce.com",
            "acme.my.salesforce.com",
            "",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_path_never_leads_to_another_server() {
        let base = Url::parse("https://acme.my.salesforce.com").unwrap();
        assert!(join(&base, "/services/data/v68.0/query/01g-2000").is_ok());
        for bad in
            ["//evil.example/x", "https://evil.example/", "services/data", "/\\evil.example/x", ""]
        {
            assert!(join(&base, bad).is_err(), "{bad}");
        }
    }
}
