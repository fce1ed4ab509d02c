//! What every item is doing, as a value.

use std::time::{Duration, Instant};

use anstyle::Style;

use crate::checklist::ItemId;
use crate::engine::{Event, ItemOutcome, ItemReport};
use crate::view::Screen;
use crate::view::ending::duration;
use crate::view::paint::{CYAN, FAINT, GREEN, RED, YELLOW, paint};
use crate::view::screen::Sign;
use crate::view::text::{clean, columns, cut, padded};

/// A spinner's picture stays that long.
pub(super) const TICK: Duration = Duration::from_millis(100);

/// What an item says that waits for the same as one above it.
const TOGETHER: &str = "together with the above";

/// Every item's line.
#[derive(Debug, Default)]
pub(super) struct Board {
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    item: ItemId,
    state: State,
    text: String,
    count: Option<(usize, usize)>,
    since: Option<Instant>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ahead,
    Working,
    Over(ItemOutcome),
}

impl Board {
    /// The items that have a line, in order.
    pub(super) fn items(&self) -> impl Iterator<Item = ItemId> + '_ {
        self.lines.iter().map(|line| line.item)
    }

    /// Whether an item has come to its end.
    pub(super) fn is_over(&self, item: ItemId) -> bool {
        self.lines.iter().any(|line| line.item == item && matches!(line.state, State::Over(_)))
    }

    /// Takes an event in.
    pub(super) fn take(&mut self, event: &Event, now: Instant) {
        match event {
            Event::Planned { items } => {
                for report in items {
                    let line = self.line(report.id);
                    let through = line.state != State::Ahead;
                    if !through && report.outcome != ItemOutcome::Planned {
                        line.state = State::Over(report.outcome);
                        line.text = said(report);
                    }
                }
            }
            Event::Doing { item, what } => {
                let line = self.line(*item);
                *line = Line::working(*item, clean(what), now);
            }
            Event::Waiting { item, what, elapsed_ms } => {
                let text = format!("waiting for {}", clean(what));
                let shared = self.lines.iter().any(|line| {
                    line.item < *item && line.state == State::Working && line.text == text
                });
                let line = self.line(*item);
                line.state = State::Working;
                if shared {
                    // One thing that is waited for is told, and timed, once.
                    TOGETHER.clone_into(&mut line.text);
                    line.since = None;
                } else {
                    line.text = text;
                    line.since = now.checked_sub(Duration::from_millis(*elapsed_ms));
                }
            }
            Event::Progress { item, done, total } => {
                let line = self.line(*item);
                line.state = State::Working;
                line.count = Some((*done, *total));
            }
            Event::ItemDone { item, outcome, message } => {
                let line = self.line(*item);
                line.state = State::Over(*outcome);
                line.text = message.clone().unwrap_or_default();
            }
            Event::WaveStarted { items, .. } => {
                for item in items {
                    let line = self.line(*item);
                    if line.state == State::Ahead {
                        *line = Line::working(*item, String::new(), now);
                    }
                }
            }
            Event::Observing
            | Event::Connected { .. }
            | Event::TenantConnected { .. }
            | Event::Note { .. } => {}
        }
    }

    fn line(&mut self, item: ItemId) -> &mut Line {
        let known = self.lines.iter().position(|line| line.item == item);
        let at = known.unwrap_or_else(|| {
            let at = self.lines.partition_point(|line| line.item < item);
            self.lines.insert(at, Line::ahead(item));
            at
        });
        &mut self.lines[at]
    }

    /// An item's line at a moment, in at most the look's width.
    pub(super) fn render(&self, item: ItemId, now: Instant, tick: usize, screen: Screen) -> String {
        let Some(line) = self.lines.iter().find(|line| line.item == item) else {
            return String::new();
        };
        let titles = self.lines.iter().map(|line| columns(line.item.title()));
        let title = padded(item.title(), titles.max().unwrap_or(0));
        let (sign, style) = line.sign(tick, screen);
        let sign = paint(style, &padded(sign, screen.sign_width()));
        let room = screen.width.saturating_sub(columns(&sign) + columns(&title) + 4);
        let text = line.tail(now, room, screen);
        format!("{sign} {title}  {text}").trim_end().to_owned()
    }
}

/// What stands behind the title of an item that is over; why it is left to a person is too long.
fn said(report: &ItemReport) -> String {
    match &report.message {
        Some(message) if report.outcome != ItemOutcome::NeedsHuman => message.clone(),
        _ => String::new(),
    }
}

impl Line {
    fn ahead(item: ItemId) -> Self {
        Self { item, state: State::Ahead, text: String::new(), count: None, since: None }
    }

    fn working(item: ItemId, text: String, now: Instant) -> Self {
        Self { item, state: State::Working, text, count: None, since: Some(now) }
    }

    fn sign(&self, tick: usize, screen: Screen) -> (&'static str, Style) {
        match self.state {
            State::Ahead => (screen.sign(Sign::Ahead), FAINT),
            State::Working => (screen.spinner(tick), CYAN),
            State::Over(outcome) => match outcome {
                ItemOutcome::Changed | ItemOutcome::Confirmed => (screen.sign(Sign::Done), GREEN),
                ItemOutcome::Already => (screen.sign(Sign::Already), FAINT),
                ItemOutcome::NeedsHuman => (screen.sign(Sign::Human), YELLOW),
                ItemOutcome::Failed | ItemOutcome::Differs => (screen.sign(Sign::Failed), RED),
                ItemOutcome::Planned | ItemOutcome::Skipped => (screen.sign(Sign::Skipped), FAINT),
            },
        }
    }

    /// What stands behind the title.
    fn tail(&self, now: Instant, room: usize, screen: Screen) -> String {
        if self.state != State::Working {
            let first = self.text.lines().next().unwrap_or_default();
            return cut(&clean(first), room, screen);
        }
        // Times below a second would only flicker.
        let elapsed = self
            .since
            .map(|since| now.saturating_duration_since(since).as_secs())
            .filter(|seconds| *seconds > 0)
            .map(|seconds| format!("  {}", seconds_passed(seconds)))
            .unwrap_or_default();
        let count = match self.count {
            Some((done, total)) if room >= 40 => {
                format!("{}  {done}/{total}  ", screen.bar(done, total, 20))
            }
            Some((done, total)) => format!("{done}/{total}  "),
            None => String::new(),
        };
        let left = room.saturating_sub(columns(&count) + columns(&elapsed));
        let text = cut(&self.text, left, screen);
        format!("{count}{text}{}", paint(FAINT, &elapsed))
    }
}

/// Whole seconds: a tenth that ticks is no news.
fn seconds_passed(seconds: u64) -> String {
    if seconds < 60 { format!("{seconds} s") } else { duration(seconds * 1_000) }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::model::Wave;
    use crate::view::samples::{already, plain, planned};

    fn board(start: Instant) -> Board {
        let mut board = Board::default();
        let events = [
            Event::Planned {
                items: vec![
                    already(ItemId::PACKAGE),
                    planned(ItemId::CALL_CENTER),
                    planned(ItemId::CTI_SETTINGS),
                    planned(ItemId::TASK_LAYOUT),
                    planned(ItemId::USERS),
                ],
            },
            Event::WaveStarted {
                wave: Wave::Deploy,
                items: vec![ItemId::CALL_CENTER, ItemId::TASK_LAYOUT],
                changes: 7,
            },
            Event::Doing { item: ItemId::TASK_LAYOUT, what: "deploying 3 profiles".to_owned() },
            Event::Waiting {
                item: ItemId::TASK_LAYOUT,
                what: "deploy 0Af000000000001AAA (InProgress)".to_owned(),
                elapsed_ms: 70_000,
            },
            Event::ItemDone {
                item: ItemId::CALL_CENTER,
                outcome: ItemOutcome::Changed,
                message: Some("created".to_owned()),
            },
            Event::ItemDone {
                item: ItemId::CTI_SETTINGS,
                outcome: ItemOutcome::Failed,
                message: Some("the org did not keep `softphone/height`".to_owned()),
            },
            Event::Progress { item: ItemId::USERS, done: 120, total: 400 },
        ];
        for event in &events {
            board.take(event, start);
        }
        board
    }

    fn rendered(width: usize, unicode: bool) -> String {
        let start = Instant::now();
        let board = board(start);
        let screen = Screen::new(width, unicode);
        let lines: Vec<String> = board
            .items()
            .map(|item| plain(&board.render(item, start + Duration::from_secs(5), 3, screen)))
            .collect();
        assert!(lines.iter().all(|line| columns(line) <= width), "{lines:?}");
        lines.join("\n")
    }

    #[test]
    fn every_item_has_a_line_that_fits() {
        assert_snapshot!(rendered(80, true), @"
        – Managed package
        ✓ Call center        created
        ✗ CTI settings       the org did not keep `softphone/height`
        ⠸ Call center users  ━━━━━━──────────────  120/400  
        ⠸ Task page layout   waiting for deploy 0Af000000000001AAA (InProg…  1 min 15 s
        ");
        assert_snapshot!(rendered(40, false), @r"
        -- Managed package
        ok Call center        created
        !! CTI settings       the org did no...
        \  Call center users  120/400  
        \  Task page layout   wa...  1 min 15 s
        ");
    }
}
