//! Where the clients are, and how they are started.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The versions that `install` installs, and writes down when it has.
const PINS: &str = concat!(
    include_str!("node/package.json"),
    include_str!("python/requirements.txt"),
    include_str!("python/judges.txt"),
);

/// The clients, and a home directory of their own.
pub(crate) struct Clients {
    folder: PathBuf,
    home: TempDir,
}

impl Clients {
    /// The clients, where they are installed.
    ///
    /// # Panics
    /// Where they are not, although `PROVISION_REQUIRE_CLIENTS` says that they must be.
    pub(crate) fn installed() -> Option<Self> {
        let folder = std::env::var_os("PROVISION_CLIENTS_DIR").map_or_else(
            || Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("clients"),
            PathBuf::from,
        );
        let written = std::fs::read_to_string(folder.join("installed")).unwrap_or_default();
        if written == PINS {
            let home = TempDir::new().expect("a home directory");
            return Some(Self { folder, home });
        }
        let message = format!("no clients in {}: run tests/clients/install", folder.display());
        assert!(std::env::var_os("PROVISION_REQUIRE_CLIENTS").is_none(), "{message}");
        say(&format!("skipped: {message}"));
        None
    }

    /// The same clients, as somebody else has them who never logged in.
    pub(crate) fn of_somebody_else(&self) -> Self {
        let home = TempDir::new().expect("a home directory");
        Self { folder: self.folder.clone(), home }
    }

    /// The clients' home directory, and where they run.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Node.js, in the version that the Salesforce CLI needs.
    pub(crate) fn node(&self) -> Command {
        let mut command = self.command("node/node_modules/.bin/node");
        command.env("NODE_PATH", self.folder.join("node/node_modules"));
        command
    }

    /// The Salesforce CLI.
    pub(crate) fn sf(&self) -> Command {
        let mut command = self.node();
        command.arg(self.folder.join("node/node_modules/@salesforce/cli/bin/run.js"));
        for name in [
            "CI",
            "SFDX_DISABLE_DNS_CHECK",
            "SF_AUTOUPDATE_DISABLE",
            "SF_DISABLE_LOG_FILE",
            "SF_DISABLE_TELEMETRY",
            "SF_SKIP_NEW_VERSION_CHECK",
            "SF_USE_GENERIC_UNIX_KEYCHAIN",
        ] {
            command.env(name, "true");
        }
        command
    }

    /// Python, with the clients that are written in it.
    pub(crate) fn python(&self) -> Command {
        let mut command = self.command("python/bin/python");
        // The scripts' folder is part of the repository.
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    /// Python, with those who judge a service by its description.
    pub(crate) fn judges(&self) -> Command {
        let mut command = self.command("judges/bin/python");
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    /// A program of the folder, which sees nothing of this machine's settings.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.folder.join(program));
        command
            .env_clear()
            .env("HOME", self.home())
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("LANG", "C.UTF-8")
            .current_dir(self.home());
        command
    }
}

/// Tells whoever runs the tests.
#[expect(clippy::print_stdout, reason = "whoever runs the tests is told what went on")]
pub(crate) fn say(text: &str) {
    println!("{text}");
}
