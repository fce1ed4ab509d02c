//! What stands behind a connection that did not come about: which certificate, which proxy.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use rustls::{CertificateError, InvalidMessage};

/// Why a server could not prove who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TlsCause {
    /// Nobody whom this machine trusts vouches for it.
    UnknownIssuer,
    /// Its certificate is for others.
    WrongName {
        /// The names that the certificate is for.
        names: Vec<String>,
    },
    /// Its certificate is too old.
    Expired,
    /// Its certificate is too new.
    NotYetValid,
    /// It does not speak TLS.
    NoTls,
    /// Something else, in the words of the TLS library.
    Other(String),
}

/// What a proxy did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProxyCause {
    /// It cannot be reached.
    Unreachable(String),
    /// It is called by HTTPS and cannot prove who it is.
    Insecure(TlsCause),
    /// It does not pass the connection on.
    Refuses,
    /// It wants to know who is calling.
    WantsLogin,
    /// It does not believe who is calling.
    DeniesLogin,
    /// It broke off, or answers what no proxy answers.
    Broke(String),
}

impl TlsCause {
    /// The cause in an error of the HTTP library, where TLS has one.
    pub(super) fn of(error: &(dyn StdError + 'static)) -> Option<TlsCause> {
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(error) = error.downcast_ref::<rustls::Error>() {
                return Some(TlsCause::of_library(error));
            }
            // The source of such an error is that of the one inside it, which would be passed over.
            let inside = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
            next = match inside {
                Some(inside) => Some(inside),
                None => error.source(),
            };
        }
        None
    }

    fn of_library(error: &rustls::Error) -> TlsCause {
        use CertificateError as Wrong;
        match error {
            rustls::Error::InvalidCertificate(wrong) => match wrong {
                // A bad signature is that of another authority which goes by a trusted one's name.
                Wrong::UnknownIssuer | Wrong::BadSignature => TlsCause::UnknownIssuer,
                Wrong::Expired | Wrong::ExpiredContext { .. } => TlsCause::Expired,
                Wrong::NotValidYet | Wrong::NotValidYetContext { .. } => TlsCause::NotYetValid,
                Wrong::NotValidForName => TlsCause::WrongName { names: Vec::new() },
                Wrong::NotValidForNameContext { presented, .. } => {
                    TlsCause::WrongName { names: presented.iter().map(|it| bare(it)).collect() }
                }
                _ => TlsCause::Other(error.to_string()),
            },
            rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType) => TlsCause::NoTls,
            _ => TlsCause::Other(error.to_string()),
        }
    }
}

/// A name as the library shows it, `DnsName("a.example")`, without what is around it.
fn bare(name: &str) -> String {
    let inside = name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
    inside.unwrap_or(name).trim_matches('"').to_owned()
}

impl fmt::Display for TlsCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TlsCause::UnknownIssuer => f.write_str(
                "its certificate comes from an authority that this machine does not trust",
            ),
            TlsCause::WrongName { names } if names.is_empty() => {
                f.write_str("its certificate is for another name")
            }
            TlsCause::WrongName { names } => {
                write!(f, "its certificate is for other names ({})", names.join(", "))
            }
            TlsCause::Expired => {
                f.write_str("its certificate has expired, by this machine's clock")
            }
            TlsCause::NotYetValid => {
                f.write_str("its certificate is not valid yet, by this machine's clock")
            }
            TlsCause::NoTls => f.write_str("it does not speak TLS"),
            TlsCause::Other(reason) => f.write_str(reason),
        }
    }
}

impl ProxyCause {
    /// The cause in the words of the HTTP library, where a proxy is in them.
    pub(super) fn of(
        text: &str,
        error: &(dyn StdError + 'static),
        knows_user: bool,
    ) -> Option<ProxyCause> {
        let (_, text) = text.split_once("tunnel error: ")?;
        let reason = |text: &str| text.split_once(": ").map_or(text, |(_, rest)| rest).to_owned();
        Some(if text.starts_with("proxy authorization required") {
            if knows_user { ProxyCause::DeniesLogin } else { ProxyCause::WantsLogin }
        } else if text.starts_with("unsuccessful") {
            ProxyCause::Refuses
        } else if text.starts_with("failed to create underlying connection") {
            match TlsCause::of(error) {
                Some(cause) => ProxyCause::Insecure(cause),
                None => ProxyCause::Unreachable(reason(text)),
            }
        } else {
            ProxyCause::Broke(reason(text))
        })
    }

    /// Whether another try may help.
    pub(super) fn may_pass(&self) -> bool {
        !matches!(self, ProxyCause::Insecure(_) | ProxyCause::WantsLogin | ProxyCause::DeniesLogin)
    }
}

impl fmt::Display for ProxyCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProxyCause::Unreachable(reason) => write!(f, "cannot be reached ({reason})"),
            ProxyCause::Insecure(cause) => write!(f, "offers no secure connection: {cause}"),
            ProxyCause::Refuses => f.write_str("refuses to pass the connection on"),
            ProxyCause::WantsLogin => f.write_str("wants a user name and a password"),
            ProxyCause::DeniesLogin => {
                f.write_str("does not accept the user name and password of its address")
            }
            ProxyCause::Broke(reason) => write!(f, "broke the connection off ({reason})"),
        }
    }
}
