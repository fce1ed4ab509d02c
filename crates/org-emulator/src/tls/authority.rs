//! A certificate authority of the emulator's own, and the certificate that it gives the server.
//!
//! The authority is made once and kept, so that clients need to be told of it only once; its key is
//! for its owner's eyes only. The server's certificate lives as long as the server.

use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, date_time_ymd,
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::error::Error;

/// Days for which the server's certificate is good: some clients mistrust longer ones.
const LIFETIME: i64 = 397;

/// The names under which the emulator is reached.
const NAMES: [&str; 2] = ["127.0.0.1", "localhost"];

/// Where the authority's certificate is, for clients to trust.
pub(crate) fn certificate_path(folder: &Path) -> PathBuf {
    folder.join("ca.pem")
}

/// A new certificate for the server, and its key.
pub(super) fn issue(
    folder: &Path,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Error> {
    let authority = Issuer::new(authority_settings(), authority_key(folder)?);
    let key = KeyPair::generate().map_err(|error| wrong(&error))?;
    let mut settings =
        CertificateParams::new(NAMES.map(str::to_owned)).map_err(|error| wrong(&error))?;
    settings.distinguished_name.push(DnType::CommonName, "provision org emulator");
    settings.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    settings.use_authority_key_identifier_extension = true;
    let today = jiff::Zoned::now().date();
    let day = |date: jiff::civil::Date| {
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        date_time_ymd(date.year().into(), month, day)
    };
    settings.not_before = day(today.yesterday().unwrap_or(today));
    settings.not_after = day(today.saturating_add(jiff::Span::new().days(LIFETIME)));
    let certificate = settings.signed_by(&key, &authority).map_err(|error| wrong(&error))?;
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    Ok((vec![certificate.der().clone()], key.into()))
}

/// The authority's key, made with its certificate where there is none.
fn authority_key(folder: &Path) -> Result<KeyPair, Error> {
    let path = folder.join("ca-key.pem");
    let certificate = certificate_path(folder);
    match std::fs::read_to_string(&path) {
        Ok(pem) if certificate.exists() => {
            return KeyPair::from_pem(&pem).map_err(|error| wrong(&error));
        }
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(source) => return Err(Error::TlsFile { path, source }),
    }
    let key = KeyPair::generate().map_err(|error| wrong(&error))?;
    let made = authority_settings().self_signed(&key).map_err(|error| wrong(&error))?;
    write(&path, &key.serialize_pem())?;
    write(&certificate, &made.pem())?;
    Ok(key)
}

/// What the authority's certificate says: the same whenever it signs.
fn authority_settings() -> CertificateParams {
    let mut settings = CertificateParams::default();
    settings.distinguished_name.push(DnType::CommonName, "provision org emulator CA");
    settings.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    settings.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    settings.not_before = date_time_ymd(2026, 1, 1);
    settings.not_after = date_time_ymd(2046, 1, 1);
    // Who trusts it trusts it for this machine, and for nothing else in the world.
    let loopback = CidrSubnet::from_v4_prefix([127, 0, 0, 0], 8);
    settings.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![
            GeneralSubtree::DnsName("localhost".to_owned()),
            GeneralSubtree::IpAddress(loopback),
        ],
        excluded_subtrees: Vec::new(),
    });
    settings
}

/// Writes a file that only its owner may read.
fn write(path: &Path, text: &str) -> Result<(), Error> {
    crate::files::write_private(path, text.as_bytes())
        .map_err(|source| Error::TlsFile { path: path.to_owned(), source })
}

fn wrong(error: &rcgen::Error) -> Error {
    Error::Tls(error.to_string())
}
