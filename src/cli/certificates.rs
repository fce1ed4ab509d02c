//! Files of certificates that a person names, for servers that this machine would not trust.

use std::io::ErrorKind;
use std::path::Path;

use salesforce_client::wire::{Certificates, CertificatesError};

use super::files;
use super::globals::Globals;
use super::surroundings::NetworkVariables;
use crate::failure::Failure;

/// No bundle is larger: those of systems have some hundred kilobytes.
const LIMIT: usize = 16 * 1024 * 1024;

/// What a person who has no such file does.
const HOW: &str = "It must contain one or more certificates in PEM format.";

/// The certificates that count for an address. The option goes before the variable, which is
/// looked at only where there are certificates to check.
pub(super) fn read(
    globals: &Globals,
    variables: &NetworkVariables,
    url: &str,
) -> Result<Certificates, Failure> {
    match (&globals.ca_cert, &variables.certificates) {
        (Some(path), _) => read_file(path, "--ca-cert"),
        (None, Some(path)) if url.starts_with("https:") => read_file(path, "SSL_CERT_FILE"),
        _ => Ok(Certificates::default()),
    }
}

fn read_file(path: &Path, named_by: &str) -> Result<Certificates, Failure> {
    let shown = path.display();
    let bytes = files::read_plain(path, LIMIT).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::usage(format!("There is no file `{shown}`."))
            .hint(format!("Look at the path in {named_by}. {HOW}")),
        _ => Failure::usage(format!("The certificates in `{shown}` cannot be read."))
            .because(error)
            .hint(format!("Look at the path in {named_by}, and who may read the file. {HOW}")),
    })?;
    if bytes.len() > LIMIT {
        return Err(Failure::usage(format!("`{shown}` is too large for a file of certificates."))
            .hint(format!("Look at the path in {named_by}. {HOW}")));
    }
    Certificates::from_pem(&bytes).map_err(|error| {
        let failure = Failure::usage(format!("`{shown}` {error}."));
        failure.hint(match error {
            CertificatesError::NotPem => format!(
                "Look at the file named in {named_by}. {HOW} One in the DER format is turned into \
                 it by: openssl x509 -inform der -in FILE -out ca.pem"
            ),
            CertificatesError::PrivateKey => format!(
                "Name a file with the authority's certificate alone in {named_by}, and keep the key \
                 where nobody else reads it."
            ),
            _ => format!("Get the file named in {named_by} once more. {HOW}"),
        })
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;
    use crate::cli::exit;

    fn pem() -> String {
        rcgen::generate_simple_self_signed(["a.example".to_owned()]).unwrap().cert.pem()
    }

    #[test]
    fn a_file_that_brings_no_certificates_is_told_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let key = rcgen::KeyPair::generate().unwrap().serialize_pem();
        for (name, content, words) in [
            ("none.pem", None, "There is no file"),
            ("empty.pem", Some(String::new()), "is empty"),
            ("ca.der", Some("0\u{3}".to_owned()), "openssl x509 -inform der"),
            ("key.pem", Some(format!("{}{key}", pem())), "holds a private key"),
            ("cut.pem", Some("-----BEGIN CERTIFICATE-----\n".to_owned()), "cannot be read"),
            ("", None, "it is not a file"),
        ] {
            let path = folder.path().join(name);
            if let Some(content) = content {
                fs::write(&path, content).unwrap();
            }
            let globals = Globals { ca_cert: Some(path), ..Globals::bare() };
            let failure =
                read(&globals, &NetworkVariables::default(), "http://127.0.0.1").expect_err(name);
            let source = std::error::Error::source(&failure).map(ToString::to_string);
            let text = format!("{failure} {} {source:?}", failure.advice().join(" "));
            assert!(text.contains(words) && text.contains("--ca-cert"), "{name}: {text}");
            assert!(text.contains(name) && !text.contains("MII"), "{name}: {text}");
            assert_eq!(exit::code_of(failure.kind), 2, "{name}");
        }
    }

    #[test]
    fn the_option_goes_before_the_variable_which_counts_for_https_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        fs::write(&path, format!("{}{}", pem(), pem())).unwrap();
        let wrong = Some(PathBuf::from("nowhere.pem"));
        let variables =
            |certificates| NetworkVariables { certificates, ..NetworkVariables::default() };
        let given = Globals { ca_cert: Some(path.clone()), ..Globals::bare() };
        let count = |globals: &Globals, variables: &NetworkVariables, url: &str| {
            read(globals, variables, url).map(|certificates| certificates.len())
        };
        let https = "https://acme.my.salesforce.com";
        assert_eq!(count(&given, &variables(wrong.clone()), https).unwrap(), 2);
        assert_eq!(count(&Globals::bare(), &variables(Some(path)), https).unwrap(), 2);
        assert_eq!(
            count(&Globals::bare(), &variables(wrong.clone()), "http://127.0.0.1").unwrap(),
            0
        );
        let failure = read(&Globals::bare(), &variables(wrong), https).unwrap_err();
        assert!(failure.advice()[0].contains("SSL_CERT_FILE"), "{failure:?}");
    }
}
