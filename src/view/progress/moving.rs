//! Lines that move, on a terminal.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::view::harmless::harmless;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::Board;
use super::board::TICK;
use crate::checklist::ItemId;
use crate::engine::Event;
use crate::view::Terminal;
use crate::view::paint::{CYAN, FAINT, paint};
use crate::view::plan::noted;
use crate::view::text::clean;

/// One line an item, and one for looking at the org.
#[derive(Debug)]
pub(in crate::view) struct Moving {
    board: Arc<Mutex<Board>>,
    bars: Vec<(ItemId, ProgressBar)>,
    looking: Option<ProgressBar>,
}

impl Moving {
    /// Nothing yet.
    pub(in crate::view) fn new() -> Self {
        Self { board: Arc::default(), bars: Vec::new(), looking: None }
    }

    /// Shows what an event changes.
    pub(in crate::view) fn take(&mut self, event: &Event, terminal: &Terminal) {
        locked(&self.board).take(event, Instant::now());
        self.show(event, terminal);
        terminal.set_moving(self.looking.is_some() || !self.bars.is_empty());
    }

    fn show(&mut self, event: &Event, terminal: &Terminal) {
        match event {
            Event::Observing if self.bars.is_empty() => self.look_at("the org", terminal),
            Event::Connected { org } if self.bars.is_empty() => {
                self.look_at(&format!("{} ({})", clean(&org.name), org.kind.name()), terminal);
            }
            Event::Observing | Event::Connected { .. } | Event::TenantConnected { .. } => {}
            Event::Planned { .. } => self.looked(),
            Event::WaveStarted { .. } => self.begin(terminal),
            Event::Note { warning, text } => {
                terminal.err(&noted(*warning, text, terminal.settings().err));
            }
            // A run that only waits for a person has had no wave.
            Event::Waiting { .. } if self.bars.is_empty() => self.begin(terminal),
            Event::Waiting { item, .. } => self.stir(*item),
            Event::Doing { .. } | Event::Progress { .. } | Event::ItemDone { .. } => self.refresh(),
        }
    }

    /// Takes every line away; what is to stay is printed afterwards.
    pub(in crate::view) fn end(&mut self, terminal: &Terminal) {
        terminal.set_moving(false);
        self.looked();
        for (_, bar) in self.bars.drain(..) {
            bar.finish_and_clear();
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

    /// Gives every item its line, when the first wave begins.
    fn begin(&mut self, terminal: &Terminal) {
        self.looked();
        if !self.bars.is_empty() {
            return;
        }
        let items: Vec<ItemId> = locked(&self.board).items().collect();
        let begun = Instant::now();
        for item in items {
            let board = Arc::clone(&self.board);
            let screen = terminal.settings().err;
            let bar = terminal.bars().add(ProgressBar::new_spinner());
            // All spinners turn as one.
            bar.set_style(styled(terminal, move |_| {
                locked(&board).render(item, Instant::now(), tick(begun.elapsed()), screen)
            }));
            bar.enable_steady_tick(TICK);
            self.bars.push((item, bar));
        }
    }

    /// Moves the line of an item that is worked on, or is so again.
    fn stir(&self, item: ItemId) {
        for (_, bar) in self.bars.iter().filter(|(known, _)| *known == item) {
            bar.enable_steady_tick(TICK);
        }
    }

    /// Stills the lines of items that are through.
    fn refresh(&self) {
        for (item, bar) in &self.bars {
            let over = locked(&self.board).is_over(*item);
            if over {
                bar.disable_steady_tick();
            }
            bar.tick();
        }
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
