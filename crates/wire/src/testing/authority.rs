//! A certificate authority for tests, and servers that it vouches for.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls_pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::TlsAcceptor;

use crate::Certificates;

/// An authority, and what it signs.
pub(crate) struct Authority {
    key: KeyPair,
    settings: CertificateParams,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut settings = CertificateParams::default();
        settings.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self { key: KeyPair::generate().unwrap(), settings }
    }

    pub(crate) fn certificates(&self) -> Certificates {
        let pem = self.settings.clone().self_signed(&self.key).unwrap().pem();
        Certificates::from_pem(pem.as_bytes()).unwrap()
    }

    /// A server of that name, whose certificate is good for those years.
    pub(crate) fn server(&self, name: &str, years: (i32, i32)) -> TlsAcceptor {
        let mut settings = CertificateParams::new([name.to_owned()]).unwrap();
        settings.not_before = date_time_ymd(years.0, 1, 1);
        settings.not_after = date_time_ymd(years.1, 1, 1);
        let key = KeyPair::generate().unwrap();
        let issuer = Issuer::new(self.settings.clone(), &self.key);
        let certificate = settings.signed_by(&key, &issuer).unwrap();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let settings = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key.into())
            .unwrap();
        TlsAcceptor::from(Arc::new(settings))
    }
}
