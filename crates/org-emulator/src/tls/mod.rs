//! HTTPS, for clients that insist on it.

mod authority;
mod listener;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::ServerConfig;

pub(super) use self::authority::certificate_path;
pub(super) use self::listener::TlsListener;
use super::error::Error;

/// Settings of a server that the authority in a folder vouches for; it is made on first use.
pub(super) fn settings(folder: &Path) -> Result<Arc<ServerConfig>, Error> {
    let (chain, key) = authority::issue(folder)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let wrong = |error: rustls::Error| Error::Tls(error.to_string());
    let mut settings = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(wrong)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(wrong)?;
    settings.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(settings))
}

/// The certificate that clients have to trust.
pub(super) fn authority(folder: &Path) -> PathBuf {
    certificate_path(folder)
}
