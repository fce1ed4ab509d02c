//! The private key of a login by JWT: a file that stays where its owner keeps it, and is read for each token.

use std::io::{self, ErrorKind};
use std::path::Path;

use secrecy::SecretString;

use crate::journal::{Disk as _, LocalDisk};

/// The largest file that is read, in bytes: no key is half as large.
const LARGEST: usize = 64 * 1024;

/// Reads a private key. A pipe or a device is none: opening one may wait for ever, and what comes out of it
/// comes once.
pub fn read_private_key(path: &Path) -> io::Result<SecretString> {
    let bytes = LocalDisk.read(path, LARGEST as u64 + 1)?;
    if bytes.len() > LARGEST {
        let reason = format!("it is larger than {} KB, which no key is", LARGEST / 1024);
        return Err(io::Error::new(ErrorKind::FileTooLarge, reason));
    }
    // What is wrong with it would quote it.
    let text = String::from_utf8(bytes)
        .map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not text"))?;
    Ok(text.into())
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_key_is_a_text_of_moderate_length() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("server.key");
        let read = |content: &[u8]| {
            std::fs::write(&path, content).unwrap();
            let key = read_private_key(&path).map(|key| key.expose_secret().to_owned());
            key.map_err(|error| error.to_string())
        };
        assert_eq!(read(b"key").unwrap(), "key");
        assert_eq!(read(&vec![b'a'; 64 * 1024]).unwrap().len(), 64 * 1024);
        assert_eq!(
            read(&vec![b'a'; 65 * 1024]),
            Err("it is larger than 64 KB, which no key is".to_owned())
        );
        assert_eq!(read(b"\xff"), Err("it is not text".to_owned()));
        let folder = read_private_key(folder.path()).unwrap_err().to_string();
        assert_eq!(folder, "it is not a file");
    }
}
