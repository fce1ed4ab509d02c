//! Lines that move, on a terminal.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::view::harmless::harmless;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::Board;
use super::board::TICK;
use crate::engine::Event;
use crate::view::Terminal;
use crate::view::paint::{CYAN, FAINT, GREEN, paint};
use crate::view::plan::noted;
use crate::view::screen::Sign;
use crate::view::text::{clean, wrapped};

/// The rows of all jobs, and before them a line for looking at the org.
#[derive(Debug)]
pub(in crate::view) struct Moving {
    board: Arc<Mutex<Board>>,
    /// One for all rows, so that their spinners turn as one.
    rows: Option<ProgressBar>,
    looking: Option<ProgressBar>,
}

impl Moving {
    /// Nothing yet.
    pub(in crate::view) fn new() -> Self {
        Self { board: Arc::default(), rows: None, looking: None }
    }

    /// Shows what an event changes.
    pub(in crate::view) fn take(&mut self, event: &Event, terminal: &Terminal) {
        locked(&self.board).take(event, Instant::now());
        self.show(event, terminal);
        terminal.set_moving(self.looking.is_some() || self.rows.is_some());
    }

    fn show(&mut self, event: &Event, terminal: &Terminal) {
        match event {
            Event::Observing if self.rows.is_none() => self.look_at("the org", terminal),
            Event::Connected { org } if self.rows.is_none() => {
                self.look_at(&format!("{} ({})", clean(&org.name), org.kind.name()), terminal);
            }
            Event::Observing | Event::Connected { .. } | Event::TenantConnected { .. } => {}
            Event::Planned { .. } => self.looked(),
            Event::Note { warning, text } => {
                terminal.err(&noted(*warning, text, terminal.settings().err));
            }
            Event::Step { what, .. } => {
                let screen = terminal.settings().err;
                let sign = screen.sign(Sign::Done);
                terminal.err(&wrapped(
                    &format!("{} ", paint(GREEN, sign)),
                    &clean(what),
                    screen.sign_width() + 1,
                    screen,
                ));
                self.refresh(terminal);
            }
            Event::WaveStarted { .. }
            | Event::WaveEnded { .. }
            | Event::Waiting { .. }
            | Event::Doing { .. }
            | Event::Progress { .. }
            | Event::ItemDone { .. } => self.refresh(terminal),
        }
    }

    /// Takes every line away; what is to stay is printed afterwards.
    pub(in crate::view) fn end(&mut self, terminal: &Terminal) {
        terminal.set_moving(false);
        self.looked();
        if let Some(rows) = self.rows.take() {
            rows.finish_and_clear();
        }
    }

    fn look_at(&mut self, what: &str, terminal: &Terminal) {
        self.looked();
        let screen = terminal.settings().err;
        let text = format!("Looking at {what}");
        let bar = terminal.bars().add(ProgressBar::new_spinner());
        bar.set_style(styled(terminal, move |elapsed| {
            let spinner = paint(CYAN, screen.spinner(tick(elapsed)));
            format!("{spinner} {}", paint(FAINT, &text))
        }));
        bar.enable_steady_tick(TICK);
        self.looking = Some(bar);
    }

    fn looked(&mut self) {
        if let Some(bar) = self.looking.take() {
            bar.finish_and_clear();
        }
    }

    /// Shows the rows as they are now.
    fn refresh(&mut self, terminal: &Terminal) {
        if let Some(rows) = &self.rows {
            rows.tick();
            return;
        }
        if locked(&self.board).is_empty() {
            return;
        }
        self.looked();
        let board = Arc::clone(&self.board);
        let screen = terminal.settings().err;
        let bar = terminal.bars().add(ProgressBar::new_spinner());
        bar.set_style(styled(terminal, move |elapsed| {
            locked(&board).render(Instant::now(), tick(elapsed), screen)
        }));
        bar.enable_steady_tick(TICK);
        self.rows = Some(bar);
    }
}

/// A style that is one text, made anew for every picture.
fn styled<F>(terminal: &Terminal, text: F) -> ProgressStyle
where
    F: Fn(std::time::Duration) -> String + Clone + Send + Sync + 'static,
{
    let plain = terminal.settings().err_colour == anstream::ColorChoice::Never;
    let line = move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let text = text(state.elapsed());
        let text = harmless(&text);
        let written = if plain {
            write!(out, "{}", anstream::adapter::strip_str(&text))
        } else {
            out.write_str(&text)
        };
        // A line that cannot be written now is written with the next picture.
        written.ok();
    };
    ProgressStyle::with_template("{line}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner())
        .with_key("line", line)
}

fn tick(elapsed: std::time::Duration) -> usize {
    usize::try_from(elapsed.as_millis() / TICK.as_millis()).unwrap_or(0)
}

fn locked(board: &Mutex<Board>) -> MutexGuard<'_, Board> {
    board.lock().unwrap_or_else(PoisonError::into_inner)
}
