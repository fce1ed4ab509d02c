//! What came of each command, compared with what `docs/emulator.md` says.

use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;

/// What a command has to answer for: nothing, or a sentence.
pub(crate) type Verdict = Result<(), String>;

/// The table of one client.
pub(crate) struct Table {
    /// The heading in `docs/emulator.md`.
    title: &'static str,
    rows: Vec<(String, Verdict)>,
}

impl Table {
    /// A table without rows.
    pub(crate) fn new(title: &'static str) -> Self {
        Self { title, rows: Vec::new() }
    }

    /// Adds what came of a command.
    pub(crate) fn row(&mut self, command: &str, verdict: Verdict) {
        self.rows.push((command.to_owned(), verdict));
    }

    /// Compares the table with the one in the documentation.
    ///
    /// # Panics
    /// Where they differ.
    pub(crate) fn check(self) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/emulator.md");
        // Tests of several clients may write side by side.
        let lock = File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join("tables.lock"));
        let lock = lock.expect("a lock file");
        lock.lock().expect("the lock");
        let text = std::fs::read_to_string(&path).expect("docs/emulator.md");
        let title = self.title;
        let heading = format!("\n### {title}\n");
        let from = text.find(&heading).expect("a heading for every table");
        let from = from + heading.len();
        let length = text[from..].find("\n#").map_or(text.len() - from, |end| end + 1);
        let section = &text[from..from + length];
        let start = section.find("\n|").map_or(section.len(), |start| start + 1);
        let (known, found) = (section[start..].trim_end(), self.rendered());
        if std::env::var_os("PROVISION_UPDATE_TABLES").is_some() {
            let (before, after) = (&text[..from + start], &text[from + length..]);
            std::fs::write(&path, format!("{before}{found}\n\n{after}")).expect("docs/emulator.md");
            return;
        }
        assert!(
            known == found,
            "docs/emulator.md says of {title}:\n\n{known}\nand it is:\n\n{found}"
        );
    }

    fn rendered(&self) -> String {
        let mut text = "| command | result |\n|---|---|\n".to_owned();
        for (command, verdict) in &self.rows {
            let result = match verdict {
                Ok(()) => "works".to_owned(),
                Err(message) => {
                    let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
                    format!("answers “{}”", message.replace('|', "\\|"))
                }
            };
            writeln!(text, "| `{command}` | {result} |").expect("writing to a string cannot fail");
        }
        text.trim_end().to_owned()
    }
}
