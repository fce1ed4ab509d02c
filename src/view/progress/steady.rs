//! One line an event, for pipes, files and CI logs.

use std::collections::BTreeMap;

use crate::checklist::ItemId;
use crate::engine::{Event, ItemOutcome};
use crate::model::Wave;
use crate::view::ending::duration;
use crate::view::text::{clean, counted};

/// Writes the same waiting again only when that much time has passed.
const AGAIN_MS: u64 = 10_000;

/// What was said last, so that a log does not say everything twice.
#[derive(Debug, Default)]
pub(in crate::view) struct Steady {
    waiting: BTreeMap<ItemId, (String, u64)>,
}

impl Steady {
    /// The line of an event, where it has one.
    pub(in crate::view) fn line(&mut self, event: &Event) -> Option<String> {
        let line = match event {
            Event::Observing => "Looking at the org".to_owned(),
            Event::Connected { org } => {
                format!("Connected to {} ({}, {})", clean(&org.name), org.kind.name(), org.id)
            }
            Event::TenantConnected { tenant } => {
                format!("Connected to Webex: {} ({})", clean(&tenant.name), tenant.id)
            }
            Event::Planned { .. } => return None,
            Event::WaveStarted { wave, changes, .. } => format!(
                "{}: {}",
                match wave {
                    Wave::Package => "Working on the package",
                    Wave::Deploy => "Deploying",
                    Wave::Records => "Updating records",
                    Wave::Webex => "Updating the Webex organization",
                },
                counted(*changes, "change", "changes")
            ),
            Event::Doing { item, what } => format!("{}: {}", item.title(), clean(what)),
            Event::Waiting { item, what, elapsed_ms } => {
                let told_by_another =
                    self.waiting.iter().any(|(other, (known, _))| other < item && known == what);
                if told_by_another {
                    return None;
                }
                let known = self.waiting.get(item);
                if known.is_some_and(|(known, at)| {
                    known == what && elapsed_ms.saturating_sub(*at) < AGAIN_MS
                }) {
                    return None;
                }
                self.waiting.insert(*item, (what.clone(), *elapsed_ms));
                let for_long = duration(*elapsed_ms);
                format!("{}: waiting for {}, {for_long}", item.title(), clean(what))
            }
            Event::Progress { item, done, total } => {
                format!("{}: {done} of {total}", item.title())
            }
            Event::ItemDone { item, outcome, message } => {
                let word = match outcome {
                    ItemOutcome::Already => "already as configured",
                    ItemOutcome::Changed => "done",
                    ItemOutcome::Confirmed => "confirmed by a person",
                    ItemOutcome::Planned => "to be changed",
                    ItemOutcome::Differs => "not as configured",
                    ItemOutcome::NeedsHuman => "to be done by hand",
                    ItemOutcome::Failed => "failed",
                    ItemOutcome::Skipped => "not reached",
                };
                match message {
                    Some(message) => format!("{}: {word}: {}", item.title(), clean(message)),
                    None => format!("{}: {word}", item.title()),
                }
            }
            Event::Note { warning, text } => {
                let word = if *warning { "warning" } else { "note" };
                format!("{word}: {}", clean(text))
            }
        };
        Some(line + "\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_does_not_repeat_the_same_waiting() {
        let mut steady = Steady::default();
        let wait = |elapsed_ms| Event::Waiting {
            item: ItemId::PACKAGE,
            what: "PackageInstallRequest 0Hf000000000001AAA (IN_PROGRESS)".to_owned(),
            elapsed_ms,
        };
        assert_eq!(
            steady.line(&wait(500)).as_deref(),
            Some(
                "Managed package: waiting for PackageInstallRequest 0Hf000000000001AAA (IN_PROGRESS), 500 ms\n"
            )
        );
        assert_eq!(steady.line(&wait(5_000)), None);
        assert!(steady.line(&wait(12_000)).is_some());
    }
}
