//! Reading files that others wrote, of which any may be endless.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

/// Reads a file, of which no more is kept than one byte above the limit: enough to tell that it is
/// too large.
pub(super) fn read(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The same for a file that another file names, which must not be a device or a pipe: opening one
/// may wait for ever.
pub(super) fn read_plain(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let is_plain = fs::metadata(path)?.is_file();
    if !is_plain {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a file"));
    }
    read(path, limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_the_limit_and_one_byte_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, [b'a'; 100]).unwrap();
        assert_eq!(read(&path, 100).unwrap().len(), 100);
        assert_eq!(read(&path, 10).unwrap().len(), 11);
        assert_eq!(read_plain(&path, 10).unwrap().len(), 11);
        assert!(read_plain(folder.path(), 10).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_device_never_ends_and_is_not_read_to_its_end() {
        let zeros = Path::new("/dev/zero");
        assert_eq!(read(zeros, 10).unwrap().len(), 11);
        assert_eq!(read_plain(zeros, 10).unwrap_err().to_string(), "it is not a file");
    }
}
