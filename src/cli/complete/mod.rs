//! What may stand where a person has begun to type: the answer to a shell that completes.
//!
//! The shell's script hands over the words up to the cursor (`provision __complete WORD…`) and gets one
//! candidate a line, with what it means behind a tab. Nothing is sent and nothing is written: the
//! command line, the configuration and the state directory of this machine are all that is looked at.

mod known;
mod line;
mod script;

use std::ffi::OsString;

use clap::Command;

use self::known::Machine;
use self::line::{Asked, read};
use super::exit;
use super::surroundings::Surroundings;
use crate::view::Terminal;

pub(super) use self::script::Shell;

/// The word that asks for candidates; no command of the help.
const WORD: &str = "__complete";

/// What a shell reads where its own files are to be completed.
const FILES: &str = ":files";

/// The words of a command line that a shell asks about.
pub(super) fn asked(arguments: &[OsString]) -> Option<Vec<String>> {
    let (first, words) = arguments.get(1..)?.split_first()?;
    let words = words.strip_prefix(&[OsString::from("--")]).unwrap_or(words);
    (first == WORD).then(|| words.iter().map(|it| unquoted(&it.to_string_lossy())).collect())
}

/// A word as the shell will hand it over: what is being typed still has its quotation mark, which may
/// be the only one, and its backslashes.
fn unquoted(word: &str) -> String {
    let quote = word.chars().next().filter(|it| matches!(it, '"' | '\''));
    if let Some(quote) = quote {
        return word.trim_matches(quote).to_owned();
    }
    let mut out = String::new();
    let mut letters = word.chars();
    while let Some(letter) = letters.next() {
        out.push(if letter == '\\' { letters.next().unwrap_or(letter) } else { letter });
    }
    out
}

/// Answers with the candidates; what cannot be read has none, for nobody reads errors here.
pub(super) fn run(
    words: &[String],
    tree: Command,
    surroundings: &Surroundings,
    terminal: &Terminal,
) -> u8 {
    let asked = read(words, tree);
    let machine = Machine::of(words, surroundings);
    terminal.out(&answer(asked, &machine));
    exit::DONE
}

/// A word that may stand there, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Candidate {
    word: String,
    about: String,
}

impl Candidate {
    fn new(word: impl Into<String>, about: impl Into<String>) -> Self {
        Self { word: word.into(), about: about.into() }
    }
}

fn answer(asked: Asked, known: &Machine) -> String {
    let mut candidates = asked.candidates;
    if let Some(values) = asked.values {
        if values == known::Values::Files {
            return format!("{FILES}\n");
        }
        let list = values.is_list();
        // Of a list with commas, the last part is what is being typed.
        let (before, begun) = match asked.begun.rsplit_once(',') {
            Some((before, begun)) if list => (format!("{before},"), begun),
            _ => (String::new(), asked.begun.as_str()),
        };
        let said: Vec<&str> = before.split(',').collect();
        let found = known
            .find(values)
            .into_iter()
            .filter(|it| it.word.starts_with(begun) && !said.contains(&it.word.as_str()));
        candidates.extend(
            found.map(|it| Candidate { word: format!("{}{before}{}", asked.lead, it.word), ..it }),
        );
    }
    let lines = candidates.into_iter().map(|it| match it.about.as_str() {
        "" => format!("{}\n", it.word),
        about => format!("{}\t{about}\n", it.word),
    });
    lines.collect()
}

#[cfg(test)]
mod tests;
