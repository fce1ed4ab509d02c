//! The WebRTC domain of a data centre, asked of whoever is at the terminal.
//!
//! Cisco has published that of one data centre, and they follow no pattern: it is known or asked, never
//! computed.

use super::context::Context;
use crate::model::is_host;
use crate::view::Terminal;

/// Where questions and answers go.
pub(super) trait Asked {
    /// Says something by the way.
    fn note(&self, text: &str);
    /// Asks for a line; `None` where nobody answers.
    fn line(&self, question: &str) -> Option<String>;
}

impl Asked for Terminal {
    fn note(&self, text: &str) {
        Terminal::note(self, text);
    }

    fn line(&self, question: &str) -> Option<String> {
        Terminal::line(self, question)
    }
}

/// Whether somebody is there to be asked what a command could do without.
pub(super) fn may_ask(context: &Context<'_>) -> bool {
    context.terminal.settings().asks && !context.for_script() && !context.globals.yes
}

/// Asks for the domain of a data centre; `None` where it is left open.
pub(super) fn ask(asked: &impl Asked, data_center: &str) -> Option<String> {
    asked.note(&format!(
        "Agents who choose Desktop as their station need the WebRTC domain of {data_center}. It is not \
         published; Cisco support can tell it."
    ));
    loop {
        let answer = asked.line("WebRTC domain, or Enter to leave it open:")?;
        let answer = answer.trim();
        if answer.is_empty() {
            return None;
        }
        if is_host(answer) {
            return Some(answer.to_owned());
        }
        asked.note("Enter the host name alone, without https:// and without a path.");
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::cell::RefCell;

    use super::*;

    /// Somebody with prepared answers.
    pub(in crate::cli) struct Person {
        answers: RefCell<Vec<&'static str>>,
        pub(in crate::cli) heard: RefCell<Vec<String>>,
    }

    impl Person {
        pub(in crate::cli) fn saying(answers: &[&'static str]) -> Self {
            let answers = answers.iter().rev().copied().collect();
            Self { answers: RefCell::new(answers), heard: RefCell::default() }
        }
    }

    impl Asked for Person {
        fn note(&self, text: &str) {
            self.heard.borrow_mut().push(text.to_owned());
        }

        fn line(&self, question: &str) -> Option<String> {
            self.heard.borrow_mut().push(question.to_owned());
            self.answers.borrow_mut().pop().map(str::to_owned)
        }
    }

    #[test]
    fn a_host_is_taken_and_anything_else_asked_for_again() {
        let person = Person::saying(&["https://a.example.com", "localhost", " rtw.example.com "]);
        assert_eq!(ask(&person, "eu2").as_deref(), Some("rtw.example.com"));
        let heard = person.heard.borrow();
        assert!(heard[0].contains("eu2"), "{heard:?}");
        assert_eq!(heard.iter().filter(|it| it.contains("without https://")).count(), 2);
    }

    #[test]
    fn it_may_be_left_open() {
        assert_eq!(ask(&Person::saying(&[""]), "eu2"), None);
        assert_eq!(ask(&Person::saying(&[]), "eu2"), None);
    }
}
