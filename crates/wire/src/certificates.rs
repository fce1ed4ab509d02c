//! Certificates that a person adds to those that the machine trusts. Nothing here turns trust off.

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::{PemObject as _, SectionKind};

/// Certificates of authorities; none by default.
#[derive(Debug, Clone, Default)]
pub struct Certificates(Vec<CertificateDer<'static>>);

/// Why a text brings no certificates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificatesError {
    /// Nothing is in it.
    #[error("is empty")]
    Empty,
    /// It is something else.
    #[error("is not in the PEM format, which begins with -----BEGIN CERTIFICATE-----")]
    NotPem,
    /// It holds what nobody else should have.
    #[error("holds a private key, and only certificates are wanted")]
    PrivateKey,
    /// It holds other things in PEM.
    #[error("holds no certificate")]
    NoCertificate,
    /// What it holds cannot be read.
    #[error("holds a certificate that cannot be read ({0})")]
    Broken(String),
}

impl Certificates {
    /// Reads a text in the PEM format with one or many certificates.
    ///
    /// Bundles of systems hold some that no verifier understands: those are left out as long as
    /// others remain, as verifiers do with the system's own.
    pub fn from_pem(pem: &[u8]) -> Result<Certificates, CertificatesError> {
        let text = String::from_utf8_lossy(pem);
        if text.trim().is_empty() {
            return Err(CertificatesError::Empty);
        }
        if text.contains("PRIVATE KEY-----") {
            return Err(CertificatesError::PrivateKey);
        }
        if !text.contains("-----BEGIN ") {
            return Err(CertificatesError::NotPem);
        }
        let mut certificates = Vec::new();
        let mut trouble = None;
        for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(pem) {
            match section {
                Ok((SectionKind::Certificate, der)) => {
                    let certificate = CertificateDer::from(der);
                    match webpki::anchor_from_trusted_cert(&certificate) {
                        Ok(_) => certificates.push(certificate),
                        Err(error) => trouble = Some(error.to_string()),
                    }
                }
                Ok(_) => {}
                Err(error) => return Err(CertificatesError::Broken(error.to_string())),
            }
        }
        match trouble {
            _ if !certificates.is_empty() => Ok(Certificates(certificates)),
            Some(reason) => Err(CertificatesError::Broken(reason)),
            None => Err(CertificatesError::NoCertificate),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same as the HTTP library wants them.
    pub(super) fn for_client(&self) -> Result<Vec<reqwest::Certificate>, reqwest::Error> {
        self.0.iter().map(|certificate| reqwest::Certificate::from_der(certificate)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pem() -> String {
        rcgen::generate_simple_self_signed(["a.example".to_owned()]).unwrap().cert.pem()
    }

    #[test]
    fn one_or_many_are_read() {
        assert_eq!(Certificates::from_pem(pem().as_bytes()).unwrap().len(), 1);
        let bundle = format!("# roots\r\n{}\n\n{}", pem(), pem());
        assert_eq!(Certificates::from_pem(bundle.as_bytes()).unwrap().len(), 2);
        let with_odd =
            format!("{}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", pem());
        assert_eq!(Certificates::from_pem(with_odd.as_bytes()).unwrap().len(), 1);
    }

    #[test]
    fn what_is_no_certificate_is_called_by_its_name() {
        let key = rcgen::KeyPair::generate().unwrap();
        let error = |text: &str| Certificates::from_pem(text.as_bytes()).unwrap_err();
        assert_eq!(error(" \n"), CertificatesError::Empty);
        assert_eq!(error("0\u{82}\u{3}"), CertificatesError::NotPem);
        assert_eq!(error(&key.serialize_pem()), CertificatesError::PrivateKey);
        assert_eq!(
            error(&format!("{}{}", pem(), key.serialize_pem())),
            CertificatesError::PrivateKey
        );
        assert_eq!(error(&key.public_key_pem()), CertificatesError::NoCertificate);
        for broken in ["AAAA", "!!!!"] {
            let text =
                format!("-----BEGIN CERTIFICATE-----\n{broken}\n-----END CERTIFICATE-----\n");
            assert!(matches!(error(&text), CertificatesError::Broken(_)), "{broken}");
        }
        let cut = pem().replace("-----END CERTIFICATE-----", "");
        assert!(matches!(error(&cut), CertificatesError::Broken(_)));
    }
}
