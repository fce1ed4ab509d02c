//! Why an emulator does not start.

use std::path::PathBuf;

/// Why an emulator does not start, or cannot keep its orgs.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The port is taken, or may not be used.
    #[error("the emulator cannot listen on 127.0.0.1:{port}")]
    Bind {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        source: std::io::Error,
    },
    /// The system gave no thread or no runtime.
    #[error("the emulator's thread does not start")]
    Thread(#[source] std::io::Error),
    /// HTTPS cannot be set up.
    #[error("the emulator cannot serve HTTPS: {0}")]
    Tls(String),
    /// The certificate or the key of the emulator's authority cannot be read or written.
    #[error("{}, which HTTPS needs, cannot be read or written", path.display())]
    TlsFile {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The seed file cannot be read.
    #[error("the seed file {} cannot be read", path.display())]
    SeedFile {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The seed file says something that makes no sense.
    #[error("the seed is wrong: {0}")]
    Seed(String),
    /// A change of the org makes no sense, or the org lacks what it is about.
    #[error("the change is wrong: {0}")]
    Change(String),
    /// The org refuses what its administrator asks.
    #[error("the org refuses: {0}")]
    Refused(String),
    /// The script of faults cannot be read.
    #[error("the faults in {} cannot be read", path.display())]
    FaultFile {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The script of faults says something that makes no sense.
    #[error("the faults are wrong: {0}")]
    Faults(String),
    /// The world file cannot be read or written.
    #[error("the world file {} cannot be read or written", path.display())]
    WorldFile {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The world file is damaged.
    #[error("the world file {} is damaged: {reason}", path.display())]
    BrokenWorld {
        /// The file.
        path: PathBuf,
        /// Where and why.
        reason: String,
    },
    /// The world file is of another version of this program.
    #[error("the world file {} has format {format}, which this version does not read", path.display())]
    WorldFormat {
        /// The file.
        path: PathBuf,
        /// Its format.
        format: u32,
    },
}
