//! The program as a person starts it: arguments, environment, files; both streams and the code.

use std::fmt;
use std::fs;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::Org;

/// An empty folder with a state directory, and nothing else of this machine.
pub(crate) struct Desk {
    folder: TempDir,
    pub(crate) token: Option<String>,
    /// The package's installation key.
    pub(crate) key: Option<String>,
}

/// What came out.
pub(crate) struct Outcome {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: Option<i32>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}------- stderr -------\n{}[exit status: {:?}]",
            self.out, self.err, self.code
        )
    }
}

impl Outcome {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
            code: output.status.code(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        let read = serde_json::from_str(&self.out);
        assert!(read.is_ok(), "{read:?}\n{self}");
        read.expect("JSON")
    }

    #[track_caller]
    pub(crate) fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().expect("an empty folder"), token: None, key: None }
    }

    /// A desk from which an administrator of that org works.
    pub(crate) fn of(org: &Org) -> Self {
        Self { token: Some(org.token.clone()), ..Self::new() }
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).expect("a file is written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).expect("a file to read")
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.folder.path().join(name).exists()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        // Long runs go on with a copy while the program is built anew.
        let copy = std::env::var_os("PROVISION_TEST_PROGRAM");
        let built = env!("CARGO_BIN_EXE_provision");
        let mut command = Command::new(copy.unwrap_or_else(|| built.into()));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("USER", "ada")
            .env("PROVISION_STATE_DIR", self.folder.path().join("state"))
            .stdin(Stdio::null());
        if let Some(token) = &self.token {
            command.env("PROVISION_ACCESS_TOKEN", token);
        }
        if let Some(key) = &self.key {
            command.env("PROVISION_INSTALLATION_KEY", key);
        }
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        Outcome::of(self.command(arguments).output().expect("the program starts"))
    }

    /// What a terminal gets, with everything that moves its cursor; `None` where this machine has no
    /// `script` to lend one.
    pub(crate) fn at_terminal(&self, arguments: &[&str]) -> Option<String> {
        let output = self.script(arguments)?.stdin(Stdio::null()).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// The program at a terminal that this machine lends; `None` where it has none.
    pub(crate) fn script(&self, arguments: &[&str]) -> Option<Command> {
        let command = self.command(arguments);
        let quoted =
            |word: &std::ffi::OsStr| format!("'{}'", word.to_string_lossy().replace('\'', r"'\''"));
        let words = std::iter::once(command.get_program()).chain(command.get_args());
        let line = words.map(quoted).collect::<Vec<_>>().join(" ");
        let mut script = Command::new("script");
        script.args(["-qec", &line, "/dev/null"]).current_dir(self.folder.path()).env_clear();
        script.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        script.env("PATH", std::env::var_os("PATH")?).env("TERM", "xterm-256color");
        script.env("LANG", "C.UTF-8");
        Some(script)
    }

    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub(crate) fn state(&self) -> std::path::PathBuf {
        self.folder.path().join("state")
    }
}
