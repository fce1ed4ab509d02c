//! How a failure reads: what happened, why, and what to do next.

use std::error::Error as _;

use super::Screen;
use super::paint::{BOLD, CYAN, ERROR, paint};
use super::picture::{Style, draw};
use super::text::wrapped;
use crate::failure::Failure;
use crate::model::{Hint, clean_lines};

/// The failure in full: with the lines that it is about, where all of it is about lines of files.
pub(super) fn failure(failure: &Failure, screen: Screen, colour: bool) -> String {
    let located = failure.diagnostics();
    if located.iter().all(|it| it.excerpt().is_some()) {
        let style = Style::of(screen, colour);
        let drawn = draw(located, style) + "\n";
        let of_all = if failure.parts.is_empty() { &[] } else { &*failure.diagnostic.hints };
        return drawn + &hints(of_all, screen);
    }
    let lead = format!("{} ", paint(ERROR, "error:"));
    let mut out = wrapped(&lead, &failure.message(), 7, screen);
    out.push_str(&causes(failure, screen));
    out.push_str(&hints(failure.steps(), screen));
    out
}

fn hints<'a>(hints: impl IntoIterator<Item = &'a Hint>, screen: Screen) -> String {
    let lead = format!("  {} ", paint(CYAN, "hint:"));
    let one = |hint: &Hint| wrapped(&lead, &hint.to_string(), 8, screen);
    hints.into_iter().map(one).collect()
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
            out.push_str(&wrapped(&lead, &clean_lines(&text), 13, screen));
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
            .hint("Give profiles by label or API name, as in Setup > Profiles.")
            .because(io::Error::other("the org said: no such profile"))
    }

    #[test]
    fn every_part_is_wrapped_below_itself() {
        assert_snapshot!(plain(&failure(&sample(), Screen::new(40, true), false)), @r#"
        error: `task_layout.profiles` names the
               profile "営業マネージャー", which
               this org does not have.
          caused by: the org said: no such
                     profile
          hint: Did you mean "営業マネージャ"?
          hint: Give profiles by label or API
                name, as in Setup > Profiles.
        "#);
        assert_snapshot!(plain(&failure(&sample(), Screen::new(200, true), false)), @r#"
        error: `task_layout.profiles` names the profile "営業マネージャー", which this org does not have.
          caused by: the org said: no such profile
          hint: Did you mean "営業マネージャ"?
          hint: Give profiles by label or API name, as in Setup > Profiles.
        "#);
    }

    #[test]
    fn the_word_error_is_coloured() {
        let text = failure(&Failure::refused("No."), Screen::new(80, true), false);
        assert_eq!(text, "\u{1b}[1m\u{1b}[31merror:\u{1b}[0m No.\n");
    }
}
