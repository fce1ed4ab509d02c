//! What `export` has written.

use super::Screen;
use super::paint::{BOLD, GREEN, paint};
use super::screen::Sign;
use super::text::{clean, counted, wrapped};
use crate::model::quoted;

/// A source folder that was written, or was not because there is nothing for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The folder, as it was named.
    pub folder: String,
    /// Paths of the files in it.
    pub files: Vec<String>,
    /// Whether only what the org does not have was asked for.
    pub changes: bool,
}

/// What a person reads of it: the files, where they are, and how they are deployed.
pub(super) fn source(source: &Source, screen: Screen) -> String {
    let sign = paint(GREEN, screen.sign(Sign::Done));
    let indent = screen.sign_width() + 1;
    let Source { folder, files, changes } = source;
    if files.is_empty() {
        let (sentence, rest) = if *changes {
            (
                "Nothing to write: the org already has everything that can be deployed.",
                " Leave out --changes to write it anyway.",
            )
        } else {
            ("Nothing to write: nothing in the configuration can be deployed.", "")
        };
        return wrapped("", &format!("{sign} {}{rest}", paint(BOLD, sentence)), indent, screen);
    }
    let written =
        format!("Written: {} in {}", counted(files.len(), "file", "files"), clean(folder));
    let mut out = wrapped("", &format!("{sign} {}", paint(BOLD, &written)), indent, screen);
    for file in files {
        // One line whatever the width: they are there to be copied.
        out.extend(["  ", &clean(file), "\n"]);
    }
    out.push_str("To deploy them with the Salesforce CLI:\n");
    let deploy = "sf project deploy start --source-dir force-app";
    out.extend(["  cd ", &quoted(folder), " && ", deploy, "\n"]);
    out
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::view::samples::plain;

    #[test]
    fn files_are_told_with_their_place_and_their_way_into_the_org() {
        let some = Source {
            folder: "my folder".to_owned(),
            files: vec!["sfdx-project.json".to_owned(), "manifest/package.xml".to_owned()],
            changes: false,
        };
        assert_snapshot!(plain(&source(&some, Screen::new(80, true))), @"
        ✓ Written: 2 files in my folder
          sfdx-project.json
          manifest/package.xml
        To deploy them with the Salesforce CLI:
          cd 'my folder' && sf project deploy start --source-dir force-app
        ");
        let none = Source { files: Vec::new(), ..some };
        assert_snapshot!(plain(&source(&none, Screen::new(80, true))), @"✓ Nothing to write: nothing in the configuration can be deployed.");
        let unchanged = Source { changes: true, ..none };
        assert_snapshot!(plain(&source(&unchanged, Screen::new(80, true))), @"
        ✓ Nothing to write: the org already has everything that can be deployed. Leave
          out --changes to write it anyway.
        ");
    }
}
