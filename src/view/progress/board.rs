//! What is waited for, as a value: one row a job, with the items that it carries.

use std::time::{Duration, Instant};

use anstyle::Style;

use crate::checklist::ItemId;
use crate::engine::{Event, ItemOutcome};
use crate::model::Wave;
use crate::view::Screen;
use crate::view::ending::{WORTH_TELLING_MS, duration, whole_seconds};
use crate::view::paint::{CYAN, FAINT, GREEN, RED, YELLOW, paint};
use crate::view::screen::Sign;
use crate::view::text::{clean, wrapped};

/// A spinner's picture stays that long.
pub(super) const TICK: Duration = Duration::from_millis(100);
/// Columns of a bar.
const BAR: usize = 12;

/// Every job's row.
#[derive(Debug, Default)]
pub(super) struct Board {
    rows: Vec<Row>,
    /// Items whose changes are planned, in order.
    planned: Vec<ItemId>,
}

/// Something that is waited for.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) items: Vec<ItemId>,
    /// The wave that it is, or that it is a part of; an item that is waited for by itself has none.
    pub(super) wave: Option<Wave>,
    state: State,
    /// What is being done, or waited for.
    what: String,
    /// Whether somebody else is waited for.
    waits: bool,
    count: Option<(usize, usize, &'static str)>,
    since: Instant,
    usual_ms: Option<u64>,
    took_ms: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ahead,
    Working,
    Over(ItemOutcome),
}

impl Board {
    /// Takes an event in.
    pub(super) fn take(&mut self, event: &Event, now: Instant) {
        match event {
            Event::Planned { items } => {
                let planned = items.iter().filter(|it| it.outcome == ItemOutcome::Planned);
                self.planned = planned.map(|item| item.id).collect();
            }
            Event::WaveStarted { wave, items, usual_ms, .. } => {
                self.begin(*wave, items, *usual_ms, now);
            }
            Event::Doing { item, what } | Event::Step { item, what } => {
                let row = self.row(*item, now);
                row.work(now);
                // A deploy's row says so already.
                if row.wave != Some(Wave::Deploy) {
                    row.what = clean(what);
                }
            }
            Event::Waiting { item, what, elapsed_ms } => {
                let row = self.row(*item, now);
                row.work(now);
                row.what = format!("waiting for {}", clean(what));
                row.waits = true;
                let since = now.checked_sub(Duration::from_millis(*elapsed_ms)).unwrap_or(now);
                row.since = row.since.min(since);
            }
            Event::Progress { item, done, total, unit } => {
                let row = self.row(*item, now);
                row.work(now);
                row.count = Some((*done, *total, unit));
            }
            Event::ItemDone { item, outcome, .. } => {
                // Other waves end as a whole.
                let of_item = |row: &&mut Row| {
                    row.items == [*item]
                        && matches!(row.wave, None | Some(Wave::Records))
                        && row.is_open()
                };
                if let Some(row) = self.rows.iter_mut().rev().find(of_item) {
                    row.end(*outcome, row.passed_ms(now));
                }
            }
            Event::WaveEnded { wave, items, duration_ms, failed, .. } => {
                let outcome = if *failed { ItemOutcome::Failed } else { ItemOutcome::Changed };
                let is_part = |row: &&mut Row| row.wave == Some(*wave) && row.is_open();
                for row in self.rows.iter_mut().filter(is_part) {
                    let took = if row.items == *items { *duration_ms } else { row.passed_ms(now) };
                    row.end(outcome, took);
                }
            }
            Event::Observing
            | Event::Connected { .. }
            | Event::TenantConnected { .. }
            | Event::Note { .. } => {}
        }
    }

    /// A wave is one job; records of each kind are sent by themselves, one after another.
    fn begin(&mut self, wave: Wave, items: &[ItemId], usual_ms: Option<u64>, now: Instant) {
        let jobs: Vec<&[ItemId]> =
            if wave == Wave::Records { items.chunks(1).collect() } else { vec![items] };
        let alone = jobs.len() == 1;
        if wave != Wave::Webex {
            // What was waited for until this could begin has ended.
            self.rows.retain(|row| row.wave.is_some() || !row.is_open());
        }
        for job in jobs {
            let mut row = Row::new(job.to_vec(), Some(wave), now);
            if alone {
                row.state = State::Working;
                row.usual_ms = usual_ms;
            }
            self.rows.push(row);
        }
    }

    /// The row of a job that carries the item, and has not ended; a new one where there is none.
    fn row(&mut self, item: ItemId, now: Instant) -> &mut Row {
        let at = self.at(item).unwrap_or_else(|| {
            self.rows.push(Row::new(vec![item], None, now));
            self.rows.len() - 1
        });
        &mut self.rows[at]
    }

    /// Where the job's row is that carries an item.
    pub(super) fn at(&self, item: ItemId) -> Option<usize> {
        let carries = |row: &Row| row.items.contains(&item) && row.is_open();
        self.rows.iter().rposition(carries)
    }

    /// A row by its place.
    pub(super) fn get(&self, at: usize) -> Option<&Row> {
        self.rows.get(at)
    }

    /// Whether there is something to show.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// All rows at a moment, and what comes after them.
    pub(super) fn render(&self, now: Instant, tick: usize, screen: Screen) -> String {
        let mut out: String = self.rows.iter().map(|row| row.render(now, tick, screen)).collect();
        let begun = |item: &&ItemId| self.rows.iter().any(|row| row.items.contains(item));
        let later: Vec<&str> =
            self.planned.iter().filter(|item| !begun(item)).map(|item| item.title()).collect();
        // A person is waited for after everything else.
        let started = self.rows.iter().any(|row| row.wave.is_some());
        let is_last = started && self.rows.iter().any(|row| row.wave.is_none() && row.waits);
        if !later.is_empty() && !is_last {
            let text = paint(FAINT, &format!("Then: {}", later.join(", ")));
            let lead = lead(screen.sign(Sign::Ahead), FAINT);
            out.push_str(&wrapped(&lead, &text, screen.sign_width() + 1, screen));
        }
        out.trim_end().to_owned()
    }
}

impl Row {
    fn new(items: Vec<ItemId>, wave: Option<Wave>, now: Instant) -> Self {
        Self {
            items,
            wave,
            state: State::Ahead,
            what: String::new(),
            waits: false,
            count: None,
            since: now,
            usual_ms: None,
            took_ms: 0,
        }
    }

    fn is_open(&self) -> bool {
        !matches!(self.state, State::Over(_))
    }

    /// It is being worked on.
    fn work(&mut self, now: Instant) {
        if self.state == State::Ahead {
            self.state = State::Working;
            self.since = now;
        }
    }

    fn end(&mut self, outcome: ItemOutcome, took_ms: u64) {
        self.state = State::Over(outcome);
        self.took_ms = took_ms;
    }

    fn passed_ms(&self, now: Instant) -> u64 {
        let passed = now.saturating_duration_since(self.since).as_millis();
        passed.try_into().unwrap_or(u64::MAX)
    }

    /// What the job is called, with the items that it carries.
    pub(super) fn label(&self) -> String {
        label(self.wave, &self.items)
    }

    /// `12 of 25 components`
    pub(super) fn counted(&self) -> Option<String> {
        self.count.map(|(done, total, unit)| format!("{done} of {total} {unit}"))
    }

    fn sign(&self, tick: usize, screen: Screen) -> (&'static str, Style) {
        match self.state {
            State::Ahead => (screen.sign(Sign::Ahead), FAINT),
            State::Working => (screen.spinner(tick), CYAN),
            State::Over(ItemOutcome::Failed | ItemOutcome::Differs) => {
                (screen.sign(Sign::Failed), RED)
            }
            State::Over(ItemOutcome::NeedsHuman) => (screen.sign(Sign::Human), YELLOW),
            State::Over(ItemOutcome::Planned | ItemOutcome::Skipped) => {
                (screen.sign(Sign::Skipped), FAINT)
            }
            State::Over(_) => (screen.sign(Sign::Done), GREEN),
        }
    }

    /// The row at a moment, each line ended.
    fn render(&self, now: Instant, tick: usize, screen: Screen) -> String {
        let mut text = self.label();
        match self.state {
            State::Working => {
                let said = self.standing(now, screen);
                if !said.is_empty() {
                    text = format!("{text}: {}", said.join(", "));
                }
            }
            State::Over(_) if self.took_ms >= WORTH_TELLING_MS => {
                text = format!("{text}: {}", paint(FAINT, &duration(self.took_ms)));
            }
            State::Ahead | State::Over(_) => {}
        }
        let (sign, style) = self.sign(tick, screen);
        let indent = screen.sign_width() + 1;
        wrapped(&lead(sign, style), &text, indent, screen)
    }

    /// How far it has come, what it waits for, and for how long.
    fn standing(&self, now: Instant, screen: Screen) -> Vec<String> {
        let mut said = Vec::new();
        if let (Some((done, total, _)), Some(counted)) = (self.count, self.counted()) {
            said.push(format!("{} {counted}", screen.bar(done, total, BAR)));
        }
        if !self.what.is_empty() {
            said.push(self.what.clone());
        }
        let passed = self.passed_ms(now) / 1_000;
        let usual = self.usual_ms.filter(|ms| *ms >= 1_000).map(whole_seconds);
        // Times below a second would only flicker.
        match (passed, usual) {
            (0, None) => {}
            (0, Some(usual)) => said.push(paint(FAINT, &format!("usually {usual}"))),
            (passed, usual) => {
                let usual = usual.map(|usual| format!(" (usually {usual})")).unwrap_or_default();
                said.push(paint(FAINT, &format!("{}{usual}", whole_seconds(passed * 1_000))));
            }
        }
        said
    }
}

fn lead(sign: &str, style: Style) -> String {
    format!("{} ", paint(style, sign))
}

/// What a job is called, with the items that it carries.
pub(super) fn label(wave: Option<Wave>, items: &[ItemId]) -> String {
    let titles: Vec<&str> = items.iter().map(|item| item.title()).collect();
    let titles = titles.join(", ");
    match wave {
        Some(Wave::Deploy) => format!("Deploy ({titles})"),
        Some(Wave::Webex) => format!("Webex ({titles})"),
        Some(Wave::Package | Wave::Records) | None => titles,
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::view::samples::{already, plain, planned};
    use crate::view::text::columns;

    const DEPLOYED: [ItemId; 3] = [ItemId::CALL_CENTER, ItemId::CTI_SETTINGS, ItemId::TASK_LAYOUT];

    fn started(wave: Wave, items: &[ItemId], usual_ms: Option<u64>) -> Event {
        Event::WaveStarted { wave, items: items.to_vec(), changes: 7, usual_ms }
    }

    fn ended(wave: Wave, items: &[ItemId], duration_ms: u64, failed: bool) -> Event {
        Event::WaveEnded { wave, items: items.to_vec(), made: 7, duration_ms, failed }
    }

    /// A board while the deploy is waited for, with Webex changed beside it.
    fn events() -> Vec<Event> {
        let waiting = |item| Event::Waiting {
            item,
            what: "deploy 0Af000000000001AAA".to_owned(),
            elapsed_ms: 70_000,
        };
        let progress = |item, done, total, unit| Event::Progress { item, done, total, unit };
        let mut events = vec![
            Event::Planned {
                items: vec![
                    planned(ItemId::PACKAGE),
                    planned(ItemId::CALL_CENTER),
                    planned(ItemId::CTI_SETTINGS),
                    planned(ItemId::USERS),
                    planned(ItemId::TASK_LAYOUT),
                    already(ItemId::AGENT_ACCESS),
                    planned(ItemId::PERMISSION_SET),
                    planned(ItemId::TEAMS),
                ],
            },
            started(Wave::Package, &[ItemId::PACKAGE], None),
            started(Wave::Webex, &[ItemId::TEAMS], None),
            Event::Doing { item: ItemId::TEAMS, what: "changing \"Support\"".to_owned() },
            progress(ItemId::TEAMS, 1, 4, "changes"),
            Event::ItemDone { item: ItemId::PACKAGE, outcome: ItemOutcome::Changed, message: None },
            ended(Wave::Package, &[ItemId::PACKAGE], 65_000, false),
            started(Wave::Deploy, &DEPLOYED, Some(100_400)),
        ];
        for item in DEPLOYED {
            events.push(Event::Doing { item, what: "deploying".to_owned() });
            events.push(progress(item, 12, 25, "components"));
            events.push(waiting(item));
        }
        events
    }

    fn rendered(events: &[Event], width: usize, unicode: bool) -> String {
        let start = Instant::now();
        let mut board = Board::default();
        for event in events {
            board.take(event, start);
        }
        let screen = Screen::new(width, unicode);
        let text = plain(&board.render(start + Duration::from_secs(5), 3, screen));
        assert!(text.lines().all(|line| columns(line) <= width), "{text}");
        text
    }

    #[test]
    fn what_is_waited_for_has_one_row_and_nothing_is_cut() {
        assert_snapshot!(rendered(&events(), 100, true), @r#"
        ✓ Managed package: 1 min 5 s
        ⠸ Webex (Teams): ━━━───────── 1 of 4 changes, changing "Support", 5 s
        ⠸ Deploy (Call center, CTI settings, Task page layout): ━━━━━─────── 12 of 25 components, waiting
          for deploy 0Af000000000001AAA, 1 min 15 s (usually 1 min 40 s)
        · Then: Call center users, Permission sets
        "#);
        assert_snapshot!(rendered(&events(), 40, false), @r#"
        ok Managed package: 1 min 5 s
        \  Webex (Teams): ###--------- 1 of 4
           changes, changing "Support", 5 s
        \  Deploy (Call center, CTI settings,
           Task page layout): #####------- 12 of
           25 components, waiting for deploy
           0Af000000000001AAA, 1 min 15 s
           (usually 1 min 40 s)
        .  Then: Call center users, Permission
           sets
        "#);
    }

    #[test]
    fn records_of_each_kind_are_sent_by_themselves() {
        let both = [ItemId::USERS, ItemId::PERMISSION_SET];
        let mut events = vec![
            started(Wave::Records, &both, Some(9_000)),
            Event::Doing { item: ItemId::USERS, what: "assigning 800 users".to_owned() },
            Event::Progress { item: ItemId::USERS, done: 800, total: 3_000, unit: "users" },
        ];
        assert_snapshot!(rendered(&events, 80, true), @"
        ⠸ Call center users: ━━━───────── 800 of 3000 users, assigning 800 users, 5 s
        · Permission sets
        ");
        let outcome = ItemOutcome::Failed;
        events.push(Event::ItemDone { item: ItemId::USERS, outcome, message: None });
        events.push(ended(Wave::Records, &both, 7_000, false));
        assert_snapshot!(rendered(&events, 80, true), @"
        ✗ Call center users
        ✓ Permission sets
        ");
    }

    #[test]
    fn a_person_and_work_of_others_are_waited_for_in_rows_of_their_own() {
        let waiting = |item, what: &str, elapsed_ms| Event::Waiting {
            item,
            what: what.to_owned(),
            elapsed_ms,
        };
        let events = [
            waiting(ItemId::CALL_CENTER, "deploy 0Af000000000009AAA", 2_000),
            started(Wave::Deploy, &DEPLOYED, None),
            ended(Wave::Deploy, &DEPLOYED, 1_200, true),
            waiting(ItemId::SOFTPHONE_LAYOUT, "you; Ctrl-C stops waiting", 0),
        ];
        assert_snapshot!(rendered(&events, 80, true), @"
        ✗ Deploy (Call center, CTI settings, Task page layout): 1.2 s
        ⠸ Softphone layout: waiting for you; Ctrl-C stops waiting, 5 s
        ");
    }
}
