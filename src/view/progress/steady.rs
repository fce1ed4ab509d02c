//! One line an event, for pipes, files and CI logs.

use std::collections::BTreeMap;
use std::time::Instant;

use super::board::{Board, label};
use crate::engine::{Event, ItemOutcome, SEE_BELOW};
use crate::model::Wave;
use crate::view::ending::{WORTH_TELLING_MS, duration, whole_seconds};
use crate::view::text::{clean, counted};

/// Writes the same waiting again only when that much time has passed.
const AGAIN_MS: u64 = 10_000;

/// What was said last, so that a log does not say everything twice.
#[derive(Debug, Default)]
pub(in crate::view) struct Steady {
    board: Board,
    /// What was said of each row's waiting, and when.
    waiting: BTreeMap<usize, (String, u64)>,
}

impl Steady {
    /// The line of an event, where it has one.
    pub(in crate::view) fn line(&mut self, event: &Event) -> Option<String> {
        self.board.take(event, Instant::now());
        let line = match event {
            Event::Observing => "Looking at the org".to_owned(),
            Event::Connected { org } => {
                format!("Connected to {} ({}, {})", clean(&org.name), org.kind.name(), org.id)
            }
            Event::TenantConnected { tenant } => {
                format!("Connected to Webex: {} ({})", clean(&tenant.name), tenant.id)
            }
            Event::WaveStarted { wave, items, changes, usual_ms } => {
                let changes = counted(*changes, "change", "changes");
                let usual = usual_ms.filter(|ms| *ms >= 1_000).map(whole_seconds);
                let usual = usual.map(|usual| format!(", usually {usual}")).unwrap_or_default();
                format!("{}: {changes}{usual}", label(Some(*wave), items))
            }
            Event::WaveEnded { wave, items, made, duration_ms, failed } => {
                let made = counted(*made, "change made", "changes made");
                let word = if *failed { "failed" } else { "done" };
                let took = match *duration_ms {
                    ms if ms >= WORTH_TELLING_MS => format!(" in {}", duration(ms)),
                    _ => String::new(),
                };
                format!("{}: {word}, {made}{took}", label(Some(*wave), items))
            }
            Event::Step { item, what } => format!("{}: {}", item.title(), clean(what)),
            Event::Doing { item, what } => {
                let row = self.board.get(self.board.at(*item)?)?;
                if row.wave == Some(Wave::Deploy) {
                    return None;
                }
                format!("{}: {}", item.title(), clean(what))
            }
            Event::Waiting { item, what, elapsed_ms } => {
                let at = self.board.at(*item)?;
                let known = self.waiting.get(&at);
                if known.is_some_and(|(known, at)| {
                    known == what && elapsed_ms.saturating_sub(*at) < AGAIN_MS
                }) {
                    return None;
                }
                self.waiting.insert(at, (what.clone(), *elapsed_ms));
                let row = self.board.get(at)?;
                let count = row.counted().map(|count| format!("{count}, ")).unwrap_or_default();
                let (label, for_long) = (row.label(), duration(*elapsed_ms));
                format!("{label}: waiting for {}, {count}{for_long}", clean(what))
            }
            Event::Progress { item, .. } => {
                let row = self.board.get(self.board.at(*item)?)?;
                // A deploy's is told with the waiting, and each change in Webex by its name.
                if matches!(row.wave, Some(Wave::Deploy | Wave::Webex)) {
                    return None;
                }
                format!("{}: {}", item.title(), row.counted()?)
            }
            // What became of the whole wave follows.
            Event::Planned { .. }
            | Event::ItemDone { outcome: ItemOutcome::Changed, message: None, .. } => return None,
            Event::ItemDone { outcome: ItemOutcome::Failed, message: Some(message), .. }
                if message == SEE_BELOW =>
            {
                return None;
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
                    // Each one is in the error at the end.
                    Some(message) if message.contains('\n') => {
                        let first = message.lines().next().unwrap_or_default();
                        format!("{}: {}", item.title(), clean(first.trim_end_matches(':')))
                    }
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
    use insta::assert_snapshot;

    use super::*;
    use crate::checklist::ItemId;

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

    #[test]
    fn a_log_tells_a_deploy_once_whatever_it_carries() {
        let items = vec![ItemId::CALL_CENTER, ItemId::CTI_SETTINGS];
        let wave = Wave::Deploy;
        let mut events = vec![Event::WaveStarted {
            wave,
            items: items.clone(),
            changes: 7,
            usual_ms: Some(61_000),
        }];
        for (elapsed_ms, done) in [(0, 0), (4_000, 4), (12_000, 12)] {
            for item in items.clone() {
                let (total, unit) = (25, "components");
                events.push(Event::Doing { item, what: "deploying".to_owned() });
                events.push(Event::Progress { item, done, total, unit });
                let what = "deploy 0Af000000000001AAA".to_owned();
                events.push(Event::Waiting { item, what, elapsed_ms });
            }
        }
        for item in items.clone() {
            let outcome = ItemOutcome::Changed;
            events.push(Event::ItemDone { item, outcome, message: None });
        }
        events.push(Event::WaveEnded { wave, items, made: 7, duration_ms: 12_400, failed: false });
        let mut steady = Steady::default();
        let log: String = events.iter().filter_map(|event| steady.line(event)).collect();
        assert_snapshot!(log, @"
        Deploy (Call center, CTI settings): 7 changes, usually 1 min 1 s
        Deploy (Call center, CTI settings): waiting for deploy 0Af000000000001AAA, 0 of 25 components, 0 ms
        Deploy (Call center, CTI settings): waiting for deploy 0Af000000000001AAA, 12 of 25 components, 12.0 s
        Deploy (Call center, CTI settings): done, 7 changes made in 12.4 s
        ");
    }
}
