//! How a failure reads: what happened, why, and what to do next.

use std::error::Error as _;

use super::Screen;
use super::paint::{BOLD, CYAN, ERROR, paint};
use super::text::wrapped;
use crate::failure::Failure;

/// A failure, and a picture of the place where the mistake is, where there is one.
#[derive(Debug)]
pub struct Trouble {
    /// The failure.
    pub failure: Failure,
    /// The mistakes with their lines, carets and remedies, coloured; shown instead of the failure.
    pub picture: Option<String>,
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self { failure, picture: None }
    }
}

/// The failure in full.
pub(super) fn failure(failure: &Failure, picture: Option<&str>, screen: Screen) -> String {
    if let Some(picture) = picture {
        return picture.trim_end().to_owned() + "\n";
    }
    let lead = format!("{} ", paint(ERROR, "error:"));
    let mut out = wrapped(&lead, &failure.message(), 7, screen.width);
    out.push_str(&causes(failure, screen));
    for hint in &failure.advice() {
        let lead = format!("  {} ", paint(CYAN, "hint:"));
        out.push_str(&wrapped(&lead, hint, 8, screen.width));
    }
    out
}

/// Why it happened, from the outside in.
fn causes(failure: &Failure, screen: Screen) -> String {
    let mut out = String::new();
    let mut said = failure.message();
    let mut cause = failure.source();
    while let Some(error) = cause {
        let text = error.to_string();
        // Errors often repeat their cause; once is enough.
        if !said.contains(&text) {
            let lead = format!("  {} ", paint(BOLD, "caused by:"));
            out.push_str(&wrapped(&lead, &text, 13, screen.width));
            said = text;
        }
        cause = error.source();
    }
    out
}

#[cfg(test)]
mod tests {
    use std::io;

    use insta::assert_snapshot;

    use super::*;
    use crate::view::samples::plain;

    fn sample() -> Failure {
        Failure::usage("`task_layout.profiles` names the profile \"営業マネージャー\", which this org does not have.")
            .hint("Did you mean \"営業マネージャ\"?")
            .hint("Profiles may be named by label or by API name, as in Setup > Profiles.")
            .because(io::Error::other("the org said: no such profile"))
    }

    #[test]
    fn every_part_is_wrapped_below_itself() {
        assert_snapshot!(plain(&failure(&sample(), None, Screen::new(40, true))), @r#"
        error: `task_layout.profiles` names the
               profile "営業マネージャー", which
               this org does not have.
          caused by: the org said: no such
                     profile
          hint: Did you mean "営業マネージャ"?
          hint: Profiles may be named by label
                or by API name, as in Setup >
                Profiles.
        "#);
        assert_snapshot!(plain(&failure(&sample(), None, Screen::new(200, true))), @r#"
        error: `task_layout.profiles` names the profile "営業マネージャー", which this org does not have.
          caused by: the org said: no such profile
          hint: Did you mean "営業マネージャ"?
          hint: Profiles may be named by label or by API name, as in Setup > Profiles.
        "#);
    }

    #[test]
    fn the_word_error_is_coloured() {
        let text = failure(&Failure::refused("No."), None, Screen::new(80, true));
        assert_eq!(text, "\u{1b}[1m\u{1b}[31merror:\u{1b}[0m No.\n");
    }
}
