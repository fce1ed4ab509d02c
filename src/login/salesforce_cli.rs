//! The Salesforce CLI as a source of logins.
//!
//! It is asked for one thing at a time, and only by commands that still tell: since May 2026
//! `sf org display` no longer shows secrets. Its files are never read: they are encrypted, and its own.

use std::ffi::OsString;
use std::io::{self, Read as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use salesforce_client::oauth::{AuthUrl, Error};
use salesforce_client::wire::words;
use secrecy::SecretString;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// How long one question may take. The CLI itself waits for the org, and updates itself now and then.
const PATIENCE: Duration = Duration::from_secs(90);

/// The longest answer that is read, in bytes. The CLI's own have some thousand.
const LONGEST: u64 = 1024 * 1024;

/// The program `sf`.
#[derive(Debug, Clone)]
pub struct SalesforceCli {
    program: OsString,
}

/// What the CLI knows of a login, without secrets.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// The org's id.
    pub id: String,
    /// The org's address.
    pub instance_url: String,
    /// The user name.
    pub username: String,
}

#[derive(Deserialize)]
struct Answer<T> {
    result: T,
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    name: String,
    #[serde(default)]
    message: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    access_token: SecretString,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AuthUrlAnswer {
    sfdx_auth_url: SecretString,
}

impl Default for SalesforceCli {
    fn default() -> Self {
        // npm installs a script there, which only this name finds.
        Self { program: if cfg!(windows) { "sf.cmd".into() } else { "sf".into() } }
    }
}

impl SalesforceCli {
    /// Who that is, by user name or by the CLI's own alias.
    pub fn account(&self, user: &str) -> Result<Account, Error> {
        self.run(&["org", "display"], user)
    }

    /// An access token that works now: the CLI renews it first.
    pub fn access_token(&self, user: &str) -> Result<SecretString, Error> {
        let token: Token = self.run(&["org", "auth", "show-access-token"], user)?;
        Ok(token.access_token)
    }

    /// The whole login, where it was made in a browser.
    pub fn auth_url(&self, user: &str) -> Result<AuthUrl, Error> {
        let answer: AuthUrlAnswer = self.run(&["org", "auth", "show-sfdx-auth-url"], user)?;
        AuthUrl::read_secret(&answer.sfdx_auth_url).map_err(|_| {
            Error::local(
                "The Salesforce CLI has no auth URL for this login.",
                "Only logins by `sf org login web` have one. Leave --copy out: then the CLI is \
                 asked for an access token whenever one is needed.",
            )
        })
    }

    fn run<T: DeserializeOwned>(&self, command: &[&str], user: &str) -> Result<T, Error> {
        if user.starts_with('-') {
            return Err(Error::local(
                format!("\"{user}\" is neither a user name nor an alias of the Salesforce CLI."),
                "`sf org list` shows both.",
            ));
        }
        let mut child = Command::new(&self.program);
        child
            .args(command)
            .args(["--target-org", user, "--json"])
            .env("SF_SKIP_NEW_VERSION_CHECK", "true")
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let spoken = child.spawn().and_then(read_output).map_err(|error| unusable(&error))?;
        read(&spoken, command, user)
    }
}

/// What a child says until its end. Whatever it has started itself may hold its output open for longer,
/// and is not waited for.
fn read_output(mut child: Child) -> io::Result<Vec<u8>> {
    let stdout = child.stdout.take();
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // Whoever has more to say finds the pipe closed.
        let read = stdout.map(|out| out.take(LONGEST + 1).read_to_end(&mut bytes)).transpose();
        // Nobody listens any more where it took too long.
        tell.send(read.map(|_| bytes)).ok();
    });
    let begun = Instant::now();
    while child.try_wait()?.is_none() {
        if begun.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Err(io::ErrorKind::TimedOut.into());
        }
        thread::sleep(Duration::from_millis(20));
    }
    let left = PATIENCE.saturating_sub(begun.elapsed());
    let spoken =
        told.recv_timeout(left).map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
    if spoken.len() as u64 > LONGEST {
        let reason = format!("its answer is longer than {} KB", LONGEST / 1024);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
    }
    Ok(spoken)
}

fn unusable(error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::NotFound => Error::local(
            "The Salesforce CLI is not installed here: there is no program `sf`.",
            format!(
                "Install it (npm install --global @salesforce/cli), or log in without it: `{}`.",
                crate::model::Command::alone("login --help")
            ),
        ),
        io::ErrorKind::TimedOut => Error::local(
            format!("The Salesforce CLI did not answer within {} s.", PATIENCE.as_secs()),
            "Try `sf org list` by hand.",
        ),
        _ => Error::local(
            format!("The Salesforce CLI cannot be asked: {error}."),
            "Try `sf org list` by hand.",
        ),
    }
}

/// Reads the JSON that every command of the CLI answers with. Warnings may stand before it.
fn read<T: DeserializeOwned>(spoken: &[u8], command: &[&str], user: &str) -> Result<T, Error> {
    let start = spoken.iter().position(|byte| *byte == b'{').unwrap_or(0);
    if let Ok(answer) = serde_json::from_slice::<Answer<T>>(&spoken[start..]) {
        return Ok(answer.result);
    }
    let refusal = serde_json::from_slice::<Refusal>(&spoken[start..])
        .unwrap_or(Refusal { name: String::new(), message: String::new() });
    let words = command.join(" ");
    if refusal.name.contains("NoAuthInfo") || refusal.name.contains("NamedOrgNotFound") {
        return Err(Error::local(
            format!("The Salesforce CLI knows no login \"{user}\"."),
            "`sf org list` shows those that it knows; `sf org login web` makes one.",
        ));
    }
    if refusal.message.is_empty() {
        return Err(Error::local(
            format!("The Salesforce CLI gave no answer to `sf {words}`."),
            "Version 2.137 or later is needed (May 2026): sf update.",
        ));
    }
    let message = words::message(refusal.message.lines().next().unwrap_or_default());
    Err(Error::local(
        format!("The Salesforce CLI refuses `sf {words}`: {}.", message.trim_end_matches('.')),
        "Try the same by hand; `sf org login web` logs in anew.",
    ))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;
    use crate::advice;

    fn token(spoken: &str) -> Result<Token, Error> {
        read(spoken.as_bytes(), &["org", "auth", "show-access-token"], "ada")
    }

    #[test]
    fn answers_are_read_behind_warnings() {
        for spoken in [
            r#"{"status":0,"result":{"accessToken":"00D!x","username":"a"},"warnings":[]}"#,
            "Warning: an update is available\n{\"status\":0,\"result\":{\"accessToken\":\"00D!x\"}}\n",
        ] {
            assert_eq!(token(spoken).ok().unwrap().access_token.expose_secret(), "00D!x");
        }
    }

    #[test]
    fn refusals_say_what_to_do() {
        for (spoken, says, do_that) in [
            (
                r#"{"status":1,"name":"NamedOrgNotFoundError","message":"No authorization information found for ada."}"#,
                "knows no login \"ada\"",
                "sf org list",
            ),
            (
                r#"{"status":1,"name":"X","message":"Error: expired access/refresh token."}"#,
                "expired access/refresh token",
                "sf org login web",
            ),
            ("", "gave no answer", "sf update"),
            ("command not found", "gave no answer", "sf update"),
        ] {
            let error = token(spoken).err().unwrap();
            assert!(error.to_string().contains(says), "{error}");
            assert!(
                advice::after_login_error(&error)[0].to_string().contains(do_that),
                "{error:?}"
            );
        }
    }

    #[test]
    fn a_refusal_without_an_end_is_cut() {
        let long = "word ".repeat(100_000);
        let spoken = serde_json::json!({ "status": 1, "name": "X", "message": long }).to_string();
        let error = token(&spoken).err().unwrap().to_string();
        assert!(error.len() < 2_300 && error.contains("(499999 bytes in all)"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn an_answer_without_an_end_is_not_read_to_it() {
        let endless = Command::new("cat").arg("/dev/zero").stdout(Stdio::piped()).spawn().unwrap();
        let error = unusable(&read_output(endless).unwrap_err()).to_string();
        assert!(error.contains("cannot be asked: its answer is longer than 1024 KB"), "{error}");
    }

    #[test]
    fn a_machine_without_the_cli_says_so() {
        let cli = SalesforceCli { program: "/nonexistent/sf".into() };
        let error = cli.account("ada").unwrap_err();
        assert!(error.to_string().contains("not installed"), "{error}");
        assert!(cli.account("--json").unwrap_err().to_string().contains("neither"));
    }
}
