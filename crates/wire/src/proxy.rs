//! A proxy that somebody named: its address, and what it is not for.

use std::fmt;

use reqwest::{NoProxy, Url};

use super::Error;

/// A proxy; a user name and a password in its address are shown to nobody.
#[derive(Clone)]
pub struct Proxy {
    url: Url,
    bypass: String,
    named_by: &'static str,
}

impl Proxy {
    /// Reads an address, which is http where it does not say, and the hosts that are called
    /// directly. `named_by` is where a person finds the address again.
    pub fn parse(text: &str, bypass: &str, named_by: &'static str) -> Result<Proxy, Error> {
        let text = text.trim();
        let refuse =
            |reason: String| Error::ProxyAddress { address: shown(text), named_by, reason };
        let with_scheme =
            if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        let url = Url::parse(&with_scheme).map_err(|error| refuse(error.to_string()))?;
        match url.scheme() {
            "http" | "https" => {}
            scheme if scheme.starts_with("socks") => {
                return Err(refuse("SOCKS proxies are not supported, only HTTP ones".to_owned()));
            }
            _ => return Err(refuse("it must start with http:// or https://".to_owned())),
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(refuse("it names no host".to_owned()));
        }
        Ok(Proxy { url, bypass: bypass.to_owned(), named_by })
    }

    /// Its address and where it was named, for people.
    pub fn name(&self) -> String {
        let url = &self.url;
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let host = url.host_str().unwrap_or_default();
        format!("{}://{host}{port} (from {})", url.scheme(), self.named_by)
    }

    /// Whether its address says who is calling.
    pub fn knows_user(&self) -> bool {
        !self.url.username().is_empty() || self.url.password().is_some()
    }

    /// The same as the HTTP library wants it.
    pub(super) fn for_client(&self) -> Result<reqwest::Proxy, reqwest::Error> {
        let proxy = reqwest::Proxy::all(self.url.clone())?;
        Ok(proxy.no_proxy(NoProxy::from_string(&self.bypass)))
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Proxy").field(&self.name()).finish()
    }
}

/// An address that may not even be one, without what stands before its host.
fn shown(text: &str) -> String {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), text),
    };
    match rest.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}***@{host}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_with_and_without_a_scheme() {
        for (text, name) in [
            ("http://proxy.corp:8080", "http://proxy.corp:8080 (from HTTPS_PROXY)"),
            (" proxy.corp:3128/ ", "http://proxy.corp:3128 (from HTTPS_PROXY)"),
            ("https://ada:canary@proxy.corp", "https://proxy.corp (from HTTPS_PROXY)"),
            ("ada:canary@10.0.0.1:3128", "http://10.0.0.1:3128 (from HTTPS_PROXY)"),
        ] {
            let proxy = Proxy::parse(text, "", "HTTPS_PROXY").unwrap();
            assert_eq!(proxy.name(), name);
            assert_eq!(proxy.knows_user(), text.contains("canary"));
            assert!(!format!("{proxy:?}").contains("canary"));
            proxy.for_client().unwrap();
        }
    }

    #[test]
    fn nonsense_is_refused_without_its_secrets() {
        for (text, reason) in [
            ("http://ada:canary@proxy:99999", "invalid port"),
            ("ada:canary@", "empty host"),
            ("http://", "empty host"),
            ("ada:canary@pro xy", "invalid"),
            ("socks5://ada:canary@proxy:1080", "SOCKS"),
            ("http://ada:can/ary@proxy", "invalid port"),
            ("ftp://proxy", "http://"),
        ] {
            let error = Proxy::parse(text, "", "ALL_PROXY").unwrap_err().to_string();
            assert!(error.contains(reason) && error.contains("ALL_PROXY"), "{error}");
            assert!(!error.contains("canary") && !error.contains("can/ary"), "{error}");
        }
    }
}
