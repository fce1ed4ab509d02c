//! How long a page is waited for, and a person at a page that needs one.

use std::time::Duration;

use tokio::time::Instant;

use super::quiet::Quiet;
use crate::page::View;
use crate::page::kind::{Gate, Page};

/// Waits for a page, and for a person where one comes first.
pub(super) struct Waiting {
    page: Duration,
    person: Duration,
    quiet: Quiet,
    /// What a person is waited for at, and since when.
    told: Option<Gate>,
    since: Instant,
}

/// What follows from a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Another look.
    Look,
    /// The person hears that a page waits for them.
    Tell(Gate),
    /// Nobody came.
    Unattended(Gate),
    /// The page stays as it is, and no person is needed.
    Stuck,
}

impl Waiting {
    /// Both may take so long.
    pub(super) fn new(page: Duration, person: Duration) -> Self {
        Self { page, person, quiet: Quiet::new(page), told: None, since: Instant::now() }
    }

    /// Judges a look. Where `outside` says that the page is none of Setup's, and it stays, it is another
    /// company's login.
    pub(super) fn at(&mut self, view: &View, outside: bool) -> Next {
        let stuck = self.quiet.is_over(view);
        let gate = match view.page() {
            Page::Gate(gate) => Some(gate),
            _ if outside => self.told.or(stuck.then_some(Gate::Login)),
            _ => None,
        };
        if gate != self.told {
            (self.told, self.since) = (gate, Instant::now());
            // The time that a person takes is none that the next page has taken.
            self.quiet = Quiet::new(self.page);
            return gate.map_or(Next::Look, Next::Tell);
        }
        match self.told {
            Some(gate) if self.since.elapsed() > self.person => Next::Unattended(gate),
            None if stuck => Next::Stuck,
            _ => Next::Look,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Frame;

    const PAGE: Duration = Duration::from_millis(20);

    fn page(path: &str) -> View {
        let frame = Frame {
            host: "acme.my.salesforce.com".to_owned(),
            path: path.to_owned(),
            ready: true,
            ..Frame::default()
        };
        View { frames: vec![frame] }
    }

    #[test]
    fn however_long_a_person_takes_the_page_that_follows_has_its_time() {
        let mut waiting = Waiting::new(PAGE, Duration::from_secs(60));
        assert_eq!(waiting.at(&page("/login"), true), Next::Tell(Gate::Login));
        // Longer than any page may take, restless ones included.
        std::thread::sleep(PAGE * 8);
        assert_eq!(waiting.at(&page("/login"), true), Next::Look);
        let setup = page("/lightning/setup/SoftphoneLayouts/home");
        assert_eq!(waiting.at(&setup, false), Next::Look);
        assert_eq!(waiting.at(&setup, false), Next::Look);
        std::thread::sleep(PAGE * 2);
        assert_eq!(waiting.at(&setup, false), Next::Stuck);
    }

    #[test]
    fn a_page_that_is_not_setups_and_stays_is_a_login() {
        let mut waiting = Waiting::new(PAGE, PAGE * 2);
        let other = page("/sso");
        assert_eq!(waiting.at(&other, true), Next::Look);
        std::thread::sleep(PAGE * 2);
        assert_eq!(waiting.at(&other, true), Next::Tell(Gate::Login));
        std::thread::sleep(PAGE * 3);
        assert_eq!(waiting.at(&other, true), Next::Unattended(Gate::Login));
    }
}
