//! Where in a command line the cursor is.

use clap::builder::ValueHint;
use clap::{Arg, ArgAction, Command};

use super::Candidate;
use super::known::Values;

/// What may stand at the cursor.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// Words of the command line itself that fit.
    pub(super) candidates: Vec<Candidate>,
    /// Values that are to be found, where an argument takes some.
    pub(super) values: Option<Values>,
    /// What stands before each value in its own word: `--org=`.
    pub(super) lead: String,
    /// What of a value has been typed.
    pub(super) begun: String,
}

/// Reads the words up to the cursor; the last one is being typed.
pub(super) fn read(words: &[String], mut tree: Command) -> Asked {
    // Global options become every command's own.
    tree.build();
    let words = joined(words);
    let Some((begun, before)) = words.split_last() else { return Asked::default() };
    let mut place = Place { path: Vec::new(), command: &tree, positionals: 0, pending: None };
    let mut only_values = false;
    for word in before {
        if place.pending.take().is_some_and(|it| takes_value(it) && !word.starts_with('-')) {
            continue;
        }
        match word.as_str() {
            "--" => only_values = true,
            option if !only_values && option.starts_with('-') && option.len() > 1 => {
                place.pending = place.option(option).filter(|it| takes_value(it));
            }
            word => place.word(word, only_values),
        }
    }
    place.at_cursor(begun, only_values)
}

/// Bash takes `--org=demo` apart: `--org`, `=`, `demo`.
fn joined(words: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut glue = false;
    for word in words {
        if word == "=" && out.last().is_some_and(|it| it.starts_with("--")) {
            glue = true;
            continue;
        }
        // The shell completes the part behind `=` by itself.
        out.push(word.clone());
        glue = false;
    }
    if glue {
        out.push(String::new());
    }
    out
}

fn takes_value(argument: &Arg) -> bool {
    matches!(argument.get_action(), ArgAction::Set | ArgAction::Append)
}

/// Where the words before the cursor lead.
struct Place<'a> {
    path: Vec<&'a str>,
    command: &'a Command,
    positionals: usize,
    pending: Option<&'a Arg>,
}

impl<'a> Place<'a> {
    /// The option of a word; one that carries its value already waits for none.
    fn option(&self, word: &str) -> Option<&'a Arg> {
        if word.contains('=') {
            return None;
        }
        let long = word.strip_prefix("--");
        let short = word.chars().last();
        self.command.get_arguments().find(|it| match long {
            Some(long) => it.get_long() == Some(long),
            None => it.get_short().is_some() && it.get_short() == short,
        })
    }

    /// A word that is no option: a command's name, or a value.
    fn word(&mut self, word: &str, only_values: bool) {
        match self.command.find_subcommand(word) {
            Some(inner) if !only_values => {
                self.path.push(inner.get_name());
                self.command = inner;
                self.positionals = 0;
            }
            _ => self.positionals += 1,
        }
    }

    fn at_cursor(&self, begun: &str, only_values: bool) -> Asked {
        if let Some(option) = self.pending {
            return self.value(option, begun, "");
        }
        if !only_values && begun.starts_with('-') {
            let Some((name, value)) = begun.split_once('=') else {
                return Asked { candidates: self.options(begun), ..Asked::default() };
            };
            return self.option(name).map_or_else(Asked::default, |option| {
                self.value(option, value, &format!("{name}="))
            });
        }
        let mut asked = match self.positional() {
            Some(argument) => self.value(argument, begun, ""),
            None => Asked::default(),
        };
        if !only_values && self.positionals == 0 {
            let commands = self.command.get_subcommands().filter(|it| !it.is_hide_set());
            let commands =
                commands.map(|it| Candidate::new(it.get_name(), first_line(it.get_about())));
            asked.candidates.extend(commands.filter(|it| it.word.starts_with(begun)));
        }
        asked
    }

    /// The argument without a name that comes next; the last one may take several words.
    fn positional(&self) -> Option<&'a Arg> {
        let all: Vec<&Arg> = self.command.get_positionals().collect();
        let several = |it: &&&Arg| matches!(it.get_action(), ArgAction::Append);
        all.get(self.positionals).or_else(|| all.last().filter(several)).copied()
    }

    fn options(&self, begun: &str) -> Vec<Candidate> {
        let shown = self.command.get_arguments().filter(|it| !it.is_hide_set());
        let named = shown.filter_map(|it| {
            let word = format!("--{}", it.get_long()?);
            Some(Candidate::new(word, first_line(it.get_help())))
        });
        named.filter(|it| it.word.starts_with(begun)).collect()
    }

    fn value(&self, argument: &Arg, begun: &str, lead: &str) -> Asked {
        let listed = argument.get_possible_values();
        let values = if listed.is_empty() || self.of(argument).is_some() {
            self.of(argument)
        } else {
            let listed = listed.iter().filter(|it| !it.is_hide_set());
            Some(Values::Listed {
                words: listed
                    .map(|it| Candidate::new(it.get_name(), first_line(it.get_help())))
                    .collect(),
                several: argument.get_value_delimiter() == Some(','),
            })
        };
        Asked { candidates: Vec::new(), values, lead: lead.to_owned(), begun: begun.to_owned() }
    }

    /// What of this machine an argument takes, by what its help calls it and where it stands.
    fn of(&self, argument: &Arg) -> Option<Values> {
        let name =
            argument.get_value_names().and_then(<[_]>::first).map(clap::builder::Str::as_str);
        match (name, self.path.as_slice()) {
            (Some("ALIAS"), ["login", "webex"]) => Some(Values::WebexLogins),
            (Some("ALIAS"), ["logout"]) => Some(Values::Logins),
            (Some("ALIAS"), _) => Some(Values::Orgs),
            (Some("ITEM"), ["confirm"]) => Some(Values::Confirmable),
            (Some("ID"), ["undo"] | ["runs", ..]) => Some(Values::Runs),
            (Some("ID"), ["baseline", ..]) => Some(Values::Baselines),
            (Some("PROFILE"), _) => Some(Values::Profiles),
            (Some("RECIPE"), _) => Some(Values::Recipes),
            _ => match argument.get_value_hint() {
                ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath => {
                    Some(Values::Files)
                }
                _ => None,
            },
        }
    }
}

fn first_line(text: Option<&clap::builder::StyledStr>) -> String {
    let text = text.map(ToString::to_string).unwrap_or_default();
    text.lines().next().unwrap_or_default().to_owned()
}
