//! The program under test, as a person or a pipeline starts it.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// A machine of somebody who uses the program: a home, a state directory, settings.
pub(crate) struct Desk {
    home: TempDir,
    settings: Vec<(String, String)>,
}

/// How a command ended.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    /// A new one, with a passphrase for the sealed file.
    pub(crate) fn new() -> Self {
        let home = TempDir::new().expect("a home");
        let desk = Self { home, settings: Vec::new() };
        desk.with("PROVISION_VAULT_PASSPHRASE", "correct horse battery staple")
    }

    /// The same with another setting.
    pub(crate) fn with(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.settings.push((name.to_owned(), value.as_ref().to_string_lossy().into_owned()));
        self
    }

    /// The home directory, and where commands run.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_provision"));
        command
            .args(line.split_whitespace())
            .env_clear()
            .env("HOME", self.home())
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("LANG", "C.UTF-8")
            .env("PROVISION_STATE_DIR", self.home().join("state"))
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .current_dir(self.home())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, line: &str) -> Ended {
        ended(&self.command(line).output().expect("it starts"))
    }

    /// Starts a command that prints a link, and gives both.
    pub(crate) fn start(&self, line: &str) -> (Child, String) {
        let mut child = self.command(line).spawn().expect("it starts");
        let lines = BufReader::new(child.stderr.as_mut().expect("what it says")).lines();
        let mut said = String::new();
        for line in lines.map_while(Result::ok) {
            if line.starts_with("http") {
                return (child, line);
            }
            said.push_str(&line);
        }
        drop(child.kill());
        (child, format!("no link: {said}"))
    }
}

/// How a command that was started ended.
pub(crate) fn end_of(child: Child) -> Ended {
    ended(&child.wait_with_output().expect("its end"))
}

fn ended(output: &Output) -> Ended {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = output.status.code().expect("an exit code");
    Ended { code, out: text(&output.stdout), err: text(&output.stderr) }
}

impl Ended {
    /// What it printed, once it has done what was asked.
    pub(crate) fn well(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self.out
    }
}
