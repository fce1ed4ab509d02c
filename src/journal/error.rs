//! What can go wrong with the state directory.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::model::{Command, Hint};

/// A trouble with the state directory.
#[derive(Debug, Error)]
pub enum Error {
    /// A file cannot be read or written.
    #[error("cannot {verb} {}: {source}", path.display())]
    Io {
        /// What was attempted.
        verb: &'static str,
        /// Which file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A file does not hold what it should.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
        /// What it held before it was last written, where that is known and whole.
        copy: Option<PathBuf>,
    },
    /// A file was written by a newer version of this program.
    #[error("{} has format {found}, and this version of provision knows formats up to {known}", path.display())]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its format.
        found: u64,
        /// The newest known format.
        known: u64,
    },
    /// Another run is at work on the same org.
    #[error("another run is at work on this org{}", who.as_deref().map(|who| format!(" ({who})")).unwrap_or_default())]
    Locked {
        /// What the lock says of it.
        who: Option<String>,
    },
}

impl Error {
    /// An input or output error at a path.
    pub(super) fn io(verb: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Self {
        Self::Io { verb, path: path.into(), source }
    }

    /// What to do next, one step each.
    pub fn hints(&self) -> Vec<Hint> {
        match self {
            Self::Io { .. } => vec![Hint::text(
                "provision keeps baselines and journals there: make sure that it is writable and has room, or name \
                 another folder with --state-dir or PROVISION_STATE_DIR.",
            )],
            Self::Damaged { path, copy, .. } => after_damage(path, copy.as_deref()),
            Self::Newer { .. } => vec![Hint::text("Update provision on this machine.")],
            Self::Locked { .. } => {
                vec![Hint::text("Wait until it has ended, then run this again.")]
            }
        }
    }

    /// The same as one text, for clients, which know no commands of this program.
    pub fn hint(&self) -> String {
        self.hints().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
}

/// What to do about a file that is damaged; each says what is lost without it.
fn after_damage(path: &Path, copy: Option<&Path>) -> Vec<Hint> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let restore = match copy {
        Some(copy) => format!(
            "A copy from before the last write is intact: put {} in its place, or restore a newer backup. \
             The copy does not have what was written last.",
            copy.display()
        ),
        None => "Restore the file from a backup.".to_owned(),
    };
    let without = match &*name {
        "logins.json" | "webex-logins.json" => Hint::text(
            "Without a backup, move it away and log in again; baselines and secrets are elsewhere.",
        ),
        "default-org.json" => Hint::command(
            "Without a backup, move it away and choose the default again with",
            Command::of_machine("orgs default"),
            ".",
        ),
        "confirmations.json" => Hint::command(
            "Without a backup, move it away and confirm again what",
            Command::of_org("todo"),
            " names.",
        ),
        "unfinished.json" => return after_damaged_goal(copy),
        "journal.jsonl" => {
            Hint::text("Without a backup, move its folder away; no other run needs it.")
        }
        _ => Hint::text(
            "Without a backup, move it away; what was in the org before is then no longer known.",
        ),
    };
    vec![Hint::text(restore), without]
}

/// What to do about the record of an unfinished uninstall, undo or upgrade. Nobody has a
/// backup of what is there for a few minutes.
fn after_damaged_goal(copy: Option<&Path>) -> Vec<Hint> {
    let restore = copy.map(|copy| {
        Hint::text(format!("Its copy is intact: put {} in its place.", copy.display()))
    });
    let give_up = Hint::command(
        "The file says which run is unfinished. If it cannot be restored, delete it with",
        Command::of_org("uninstall --abandon"),
        ", then uninstall or install again.",
    );
    let carried = Hint::command(
        "If that run was an upgrade, the page layouts and permission sets that it had still to give back are \
         in its journal:",
        Command::of_org("runs"),
        " lists the runs.",
    );
    restore.into_iter().chain([give_up, carried]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Invocation;

    /// What a person reads of a damaged file.
    fn read(name: &str, copy: Option<&str>) -> String {
        let invocation = Invocation {
            org: Some("uat".to_owned()),
            state_dir: Some("/tmp/s".to_owned()),
            ..Invocation::default()
        };
        let error = Error::Damaged {
            path: PathBuf::from(name),
            reason: "no JSON".to_owned(),
            copy: copy.map(PathBuf::from),
        };
        let hints = error.hints().into_iter().map(|hint| hint.within(&invocation).to_string());
        hints.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_helps_without_a_backup_is_a_command_with_the_options_at_hand() {
        for (name, command) in [
            ("default-org.json", "`provision --state-dir /tmp/s orgs default`"),
            ("confirmations.json", "`provision --org uat --state-dir /tmp/s todo`"),
            ("unfinished.json", "`provision --org uat --state-dir /tmp/s runs`"),
            ("unfinished.json", "`provision --org uat --state-dir /tmp/s uninstall --abandon`"),
            ("logins.json", "log in again"),
            ("journal.jsonl", "move its folder away"),
            ("baseline.json", "no longer known"),
        ] {
            let text = read(name, None);
            assert!(text.contains(command), "{name}: {text}");
            assert_eq!(text.contains("Restore the file"), name != "unfinished.json", "{text}");
        }
    }

    #[test]
    fn a_copy_that_is_whole_comes_first() {
        for (name, begins) in
            [("baseline.json", "A copy from before"), ("unfinished.json", "Its copy is intact")]
        {
            let text = read(name, Some("there.copy"));
            assert!(text.starts_with(begins), "{text}");
            assert!(text.contains("put there.copy in its place"), "{text}");
        }
    }
}
