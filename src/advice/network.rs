//! What a person does where no answer came: the address, the network, certificates, proxies.

use salesforce_client::wire::{Error, ProxyCause, TlsCause};

/// What to do where a name stands for no server.
pub(super) const NO_SUCH_HOST: &str = "If this machine reaches other sites, the address is misspelt, or the org's My Domain was renamed \
     or removed: Setup > My Domain shows the current one. Otherwise check the network and its DNS.";

/// What to do next, where the error tells.
pub fn after_network_error(error: &Error) -> Option<&'static str> {
    match error {
        Error::NoCertificates { .. } => Some(
            "Install the package ca-certificates, or name a bundle of certificates (PEM) with \
             --ca-cert FILE or SSL_CERT_FILE.",
        ),
        Error::ProxyAddress { .. } => Some(
            "A proxy's address looks like this: http://proxy.example.com:8080. Unset the \
             variable where there is no proxy.",
        ),
        Error::Address { .. } => Some("An address looks like this: https://acme.my.salesforce.com"),
        Error::Tls { cause, .. } => Some(after_tls(cause)),
        Error::Proxy { cause, .. } => Some(after_proxy(cause)),
        Error::NoSuchHost { .. } => Some(NO_SUCH_HOST),
        Error::Unreachable { .. } | Error::TimedOut { .. } => {
            Some("Check the address and the network, then run this again.")
        }
        _ => None,
    }
}

fn after_tls(cause: &TlsCause) -> &'static str {
    match cause {
        TlsCause::UnknownIssuer => {
            "Behind a private authority, or a proxy that opens TLS connections, ask for the \
             authority's certificate (PEM) and name it with --ca-cert FILE or SSL_CERT_FILE."
        }
        TlsCause::WrongName { .. } => {
            "Check the address: an org is called by its My Domain name, like \
             https://acme.my.salesforce.com."
        }
        TlsCause::Expired | TlsCause::NotYetValid => {
            "Look at this machine's clock first. Where it is right, whoever runs the server, or \
             the proxy that opens TLS connections, has to renew the certificate."
        }
        TlsCause::NoTls => {
            "Check the address and its port: what answers there may be a plain HTTP server or \
             a proxy."
        }
        _ => {
            "Check the address, and any proxy that opens TLS connections; a private authority's \
             certificate is named with --ca-cert FILE."
        }
    }
}

fn after_proxy(cause: &ProxyCause) -> &'static str {
    match cause {
        ProxyCause::Unreachable(_) => {
            "Check the proxy's address and the network; NO_PROXY names hosts that are called \
             without it."
        }
        ProxyCause::Insecure(cause) => after_tls(cause),
        ProxyCause::Refuses => {
            "Ask whoever runs the proxy to allow this host, or name it in NO_PROXY where it can \
             be called directly."
        }
        ProxyCause::WantsLogin => {
            "Put them into its address: HTTPS_PROXY=http://USER:PASSWORD@PROXY:PORT, special \
             letters percent-encoded. Only the scheme Basic is supported."
        }
        ProxyCause::DeniesLogin => {
            "Check the user name and password in the proxy's address; special letters must be \
             percent-encoded. Only the scheme Basic is supported."
        }
        _ => "Check the proxy's address and port: what answers there may be no HTTP proxy.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_and_proxies_lead_to_the_option_or_the_variable() {
        let unknown = || TlsCause::UnknownIssuer;
        let tls = |cause| Error::Tls { operation: "look", host: "a.example".to_owned(), cause };
        let proxy = |cause| Error::Proxy {
            operation: "look",
            host: "a.example".to_owned(),
            proxy: "http://proxy".to_owned(),
            cause,
            tries: 1,
        };
        for (error, leads_to) in [
            (tls(unknown()), "--ca-cert"),
            (tls(TlsCause::Other("odd".to_owned())), "--ca-cert"),
            (tls(TlsCause::Expired), "clock"),
            (proxy(ProxyCause::Insecure(unknown())), "--ca-cert"),
            (proxy(ProxyCause::Unreachable("refused".to_owned())), "NO_PROXY"),
            (proxy(ProxyCause::WantsLogin), "HTTPS_PROXY="),
            (proxy(ProxyCause::Broke("odd".to_owned())), "no HTTP proxy"),
        ] {
            let hint = after_network_error(&error).unwrap();
            assert!(hint.contains(leads_to), "{error}: {hint}");
        }
    }
}
