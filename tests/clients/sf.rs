//! The Salesforce CLI, logged in.

use serde_json::Value;

use crate::emulator::Emulator;
use crate::installed::{Clients, say};

/// The Salesforce CLI.
pub(crate) struct Sf<'a> {
    clients: &'a Clients,
}

impl<'a> Sf<'a> {
    /// One that knows no org yet.
    pub(crate) fn new(clients: &'a Clients) -> Self {
        Self { clients }
    }

    /// One that is logged in to the first org as its administrator, by access token.
    pub(crate) fn logged_in(clients: &'a Clients, emulator: &Emulator) -> Self {
        let sf = Self::new(clients);
        sf.log_in(emulator).expect("logged in");
        sf
    }

    /// Logs in by access token.
    pub(crate) fn log_in(&self, emulator: &Emulator) -> Result<Value, String> {
        let token = emulator.administrator()["access_token"].as_str().expect("a token");
        let arguments = format!(
            "org login access-token --instance-url {} --alias org --set-default --no-prompt",
            emulator.url()
        );
        self.run(&arguments, &[("SF_ACCESS_TOKEN", token)])
    }

    /// Runs a command; arguments are separated by blanks, but not by those within quotes.
    pub(crate) fn json(&self, arguments: &str) -> Result<Value, String> {
        self.run(arguments, &[])
    }

    /// Runs a command that has no JSON of its own.
    pub(crate) fn text(&self, arguments: &str) -> Result<String, String> {
        let output = self.clients.sf().args(words(arguments)).output().expect("sf starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        if output.status.success() { Ok(out) } else { Err(err) }
    }

    /// The same with settings of the environment.
    pub(crate) fn run(&self, arguments: &str, settings: &[(&str, &str)]) -> Result<Value, String> {
        let mut command = self.clients.sf();
        command.args(words(arguments)).arg("--json").envs(settings.iter().copied());
        let output = command.output().expect("sf starts");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let Ok(answer) = serde_json::from_str::<Value>(&text) else {
            return Err(format!("{text}{}", String::from_utf8_lossy(&output.stderr)));
        };
        if output.status.success() && answer["status"] == 0 {
            return Ok(answer["result"].clone());
        }
        say(&format!("sf {arguments}\n{answer:#}"));
        let told = answer["message"].as_str().map_or_else(|| answer.to_string(), str::to_owned);
        Err(told)
    }
}

/// The words of a command line; quotes of either kind keep blanks together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for letter in line.chars() {
        match letter {
            '\'' | '"' if quote.is_none() => quote = Some(letter),
            _ if quote == Some(letter) => quote = None,
            ' ' if quote.is_none() => words.push(String::new()),
            _ => words.last_mut().expect("a word has begun").push(letter),
        }
    }
    words
}

/// Fails, saying what was found, where it is not what a command should bring.
pub(crate) fn expect(found: &Value, wanted: impl Into<Value>) -> Result<(), String> {
    let wanted = wanted.into();
    if *found == wanted { Ok(()) } else { Err(format!("{found} instead of {wanted}")) }
}
