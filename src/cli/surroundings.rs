//! What the program finds around it: variables, home directory, terminal.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use anstream::{AutoStream, ColorChoice};
use dialoguer::console::Term;
use etcetera::BaseStrategy as _;
use secrecy::SecretString;

use super::browser_rule::BrowserVariables;
use super::variables;
use crate::view::{Screen, Settings};

/// The surroundings, read once.
#[derive(Debug, Clone)]
pub(super) struct Surroundings {
    /// `PROVISION_ORG`
    pub(super) org: Option<String>,
    /// `PROVISION_ACCESS_TOKEN`
    pub(super) access_token: Option<SecretString>,
    /// `PROVISION_REFRESH_TOKEN`
    pub(super) refresh_token: Option<SecretString>,
    /// `PROVISION_CLIENT_SECRET`
    pub(super) client_secret: Option<SecretString>,
    /// `PROVISION_WEBEX_ACCESS_TOKEN`
    pub(super) webex_access_token: Option<SecretString>,
    /// `PROVISION_WEBEX_CLIENT_SECRET`
    pub(super) webex_client_secret: Option<SecretString>,
    /// `PROVISION_WEBEX_URL`
    pub(super) webex_url: Option<String>,
    /// `PROVISION_INSTALLATION_KEY`
    pub(super) installation_key: Option<SecretString>,
    /// `PROVISION_VAULT_PASSPHRASE`
    pub(super) vault_passphrase: Option<SecretString>,
    /// Who started the program, as the operating system knows them.
    pub(super) user: String,
    /// `PROVISION_STATE_DIR`
    pub(super) state_dir: Option<PathBuf>,
    /// The platform's own place for state; none without a home directory.
    pub(super) platform_state_dir: Option<PathBuf>,
    /// The terminal.
    pub(super) terminal: TerminalState,
    /// Reads what the way to an org depends on, for commands that go there.
    pub(super) network: fn() -> NetworkVariables,
    /// Reads what is known of browsers, for runs that may use one.
    #[cfg_attr(not(feature = "browser"), expect(dead_code, reason = "there is no browser part"))]
    pub(super) browser: fn() -> BrowserVariables,
}

/// What the environment says of the way to an org.
#[derive(Clone, Default)]
pub(super) struct NetworkVariables {
    /// `SSL_CERT_FILE`
    pub(super) certificates: Option<PathBuf>,
    /// A proxy's address, and the variable that has it.
    pub(super) proxy: Option<(&'static str, String)>,
    /// `NO_PROXY`
    pub(super) no_proxy: String,
}

/// What is a terminal, and what it can show.
#[derive(Debug, Clone, Copy)]
pub(super) struct TerminalState {
    /// Standard input comes from a terminal.
    pub(super) input: bool,
    /// Standard output.
    pub(super) out: Sink,
    /// Standard error.
    pub(super) error: Sink,
    /// The terminal can move its cursor.
    pub(super) moves: bool,
    /// The locale can show more than ASCII.
    pub(super) unicode: bool,
}

/// Where output goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sink {
    /// To a terminal.
    pub(super) terminal: bool,
    /// Its columns, where it tells.
    pub(super) width: Option<usize>,
    /// Whether it gets colours.
    pub(super) colour: ColorChoice,
}

impl Surroundings {
    /// Reads them.
    pub(super) fn of_process() -> Self {
        Self {
            org: env::var(variables::ORG.name).ok().filter(|alias| !alias.trim().is_empty()),
            access_token: secret(variables::ACCESS_TOKEN.name),
            refresh_token: secret(variables::REFRESH_TOKEN.name),
            client_secret: secret(variables::CLIENT_SECRET.name),
            webex_access_token: secret(variables::WEBEX_ACCESS_TOKEN.name),
            webex_client_secret: secret(variables::WEBEX_CLIENT_SECRET.name),
            webex_url: env::var(variables::WEBEX_URL.name)
                .ok()
                .filter(|url| !url.trim().is_empty()),
            installation_key: secret(variables::INSTALLATION_KEY.name),
            vault_passphrase: passphrase(env::var(variables::VAULT_PASSPHRASE.name).ok()),
            user: user(["USER", "LOGNAME", "USERNAME"].map(|name| env::var(name).ok())),
            state_dir: env::var_os(variables::STATE_DIR.name)
                .filter(|folder| !folder.is_empty())
                .map(PathBuf::from),
            platform_state_dir: platform_state_dir(),
            terminal: TerminalState::of_process(),
            network: NetworkVariables::of_process,
            browser: BrowserVariables::of_process,
        }
    }

    /// Every secret among them.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &SecretString> {
        [
            &self.access_token,
            &self.refresh_token,
            &self.client_secret,
            &self.webex_access_token,
            &self.webex_client_secret,
            &self.installation_key,
            &self.vault_passphrase,
        ]
        .into_iter()
        .flatten()
    }

    /// How things are to be shown.
    pub(super) fn settings(&self) -> Settings {
        let TerminalState { input, out, error, moves, unicode } = self.terminal;
        let screen = |sink: Sink| Screen::new(sink.width.unwrap_or(Screen::PIPED), unicode);
        Settings {
            out: screen(out),
            err: screen(error),
            out_colour: out.colour,
            err_colour: error.colour,
            live: error.terminal && moves,
            asks: input && error.terminal,
        }
    }
}

impl NetworkVariables {
    fn of_process() -> Self {
        // An empty variable says nothing, here as elsewhere.
        let text = |name: &&'static str| {
            let value = env::var_os(name)?.to_string_lossy().into_owned();
            (!value.trim().is_empty()).then_some((*name, value))
        };
        Self {
            certificates: env::var_os(variables::CERTIFICATES.name)
                .filter(|file| !file.is_empty())
                .map(PathBuf::from),
            proxy: variables::PROXIES.iter().find_map(text),
            no_proxy: variables::NO_PROXY.iter().find_map(text).unwrap_or_default().1,
        }
    }
}

impl BrowserVariables {
    fn of_process() -> Self {
        let path = env::var_os("PATH").unwrap_or_default();
        // Other systems than Linux and its like always have a screen.
        let display = cfg!(any(windows, target_os = "macos"))
            || ["DISPLAY", "WAYLAND_DISPLAY"]
                .iter()
                .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
        let holds_logins = |name: &OsString| {
            let name = name.to_string_lossy();
            ["PROVISION_", "SF_", "SFDX_"].iter().any(|prefix| name.starts_with(prefix))
        };
        Self {
            folders: env::split_paths(&path).collect(),
            display,
            home: env::var_os("HOME").filter(|home| !home.is_empty()).map(PathBuf::from),
            logins: env::vars_os().map(|(name, _)| name).filter(holds_logins).collect(),
        }
    }
}

impl TerminalState {
    fn of_process() -> Self {
        let moves = env::var_os("TERM").is_none_or(|term| term != "dumb");
        let columns = env::var(variables::COLUMNS.name).ok();
        let columns = columns.and_then(|columns| columns.trim().parse().ok());
        let (out, error) = (Term::stdout(), Term::stderr());
        // What goes through `less` is read on the terminal that the rest goes to.
        let beside = columns.or_else(|| width_of(&error)).or_else(|| width_of(&out));
        Self {
            input: io::stdin().is_terminal(),
            out: Sink::of(&out, AutoStream::choice(&io::stdout()), beside),
            error: Sink::of(&error, AutoStream::choice(&io::stderr()), beside),
            moves,
            unicode: unicode(["LC_ALL", "LC_CTYPE", "LANG"].map(|name| env::var(name).ok())),
        }
    }
}

impl Sink {
    /// A stream, as wide as its terminal; one that goes elsewhere is as wide as is said.
    fn of(term: &Term, colour: ColorChoice, beside: Option<usize>) -> Self {
        let width = width_of(term).or(beside).filter(|columns| *columns > 0);
        Self { terminal: term.is_term(), width, colour }
    }
}

/// The columns of a terminal, where it is one and tells.
fn width_of(term: &Term) -> Option<usize> {
    let size = term.size_checked().filter(|_| term.is_term());
    size.map(|(_, columns)| usize::from(columns)).filter(|columns| *columns > 0)
}

/// Whether the locale can show more than ASCII: the first of the variables that says something
/// decides; where none does (containers), terminals of our days can.
fn unicode(variables: [Option<String>; 3]) -> bool {
    if cfg!(not(unix)) {
        return true;
    }
    variables.into_iter().flatten().find(|value| !value.is_empty()).is_none_or(|value| {
        let value = value.to_ascii_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    })
}

/// The first name that one of the variables has. Services often have none.
fn user(variables: [Option<String>; 3]) -> String {
    let names = variables.into_iter().flatten().map(|name| name.trim().to_owned());
    let mut names = names.filter(|name| !name.is_empty());
    names
        .next()
        .or_else(|| whoami::username().ok())
        .unwrap_or_else(|| "a user without a name".to_owned())
}

/// A secret; an empty one is none.
fn secret(name: &str) -> Option<SecretString> {
    let value = env::var(name).ok()?;
    let value = value.trim();
    (!value.is_empty()).then(|| SecretString::from(value))
}

/// A passphrase as it would be typed: with its spaces, but without the line's end that a file or a
/// store of secrets may have put behind it. An empty one is none.
fn passphrase(value: Option<String>) -> Option<SecretString> {
    let value = value?;
    let typed = value.trim_end_matches(['\r', '\n']);
    (!typed.is_empty()).then(|| SecretString::from(typed))
}

fn platform_state_dir() -> Option<PathBuf> {
    let strategy = etcetera::base_strategy::choose_native_strategy().ok()?;
    let base = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    // An empty HOME would put the state wherever the program happens to be started.
    base.is_absolute().then(|| base.join("provision"))
}

#[cfg(test)]
impl Surroundings {
    /// Surroundings without anything: pipes, no variables, no home.
    pub(super) fn bare() -> Self {
        Self {
            org: None,
            access_token: None,
            refresh_token: None,
            client_secret: None,
            webex_access_token: None,
            webex_client_secret: None,
            webex_url: None,
            installation_key: None,
            vault_passphrase: None,
            user: "ada".to_owned(),
            state_dir: None,
            platform_state_dir: None,
            terminal: TerminalState {
                input: false,
                out: Sink::PIPE,
                error: Sink::PIPE,
                moves: false,
                unicode: true,
            },
            network: NetworkVariables::default,
            browser: BrowserVariables::default,
        }
    }
}

#[cfg(test)]
impl Sink {
    /// A pipe.
    pub(super) const PIPE: Self = Self { terminal: false, width: None, colour: ColorChoice::Never };
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn the_locale_decides_about_signs() {
        let locale =
            |all: &str, lang: &str| unicode([Some(all.to_owned()), None, Some(lang.to_owned())]);
        assert!(locale("", "en_US.UTF-8"));
        assert!(locale("C.utf8", "POSIX"));
        assert!(!locale("", "C"));
        assert!(!locale("de_DE.ISO-8859-1", "en_US.UTF-8"));
        assert!(unicode([None, None, None]));
    }

    #[test]
    fn a_passphrase_is_what_would_be_typed() {
        let read = |value: &str| {
            passphrase(Some(value.to_owned())).map(|words| words.expose_secret().to_owned())
        };
        assert_eq!(read(" open sesame \r\n").as_deref(), Some(" open sesame "));
        assert_eq!(read("\n"), None);
        assert!(passphrase(None).is_none());
    }

    #[test]
    fn secrets_are_not_printed() {
        let mut surroundings = Surroundings::bare();
        surroundings.access_token = Some(SecretString::from("canary"));
        surroundings.vault_passphrase = Some(SecretString::from("canary"));
        assert!(!format!("{surroundings:?}").contains("canary"));
    }
}
