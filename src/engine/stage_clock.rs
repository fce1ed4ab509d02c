//! How long waves take, told while they go on and at the end.

use tokio::time::Instant;

use super::Context;
use super::event::Event;
use super::execute::word;
use super::report::StageReport;
use crate::checklist::ItemId;
use crate::journal::OrgStore;
use crate::model::{Wave, Way};

/// A wave that goes on.
#[derive(Debug)]
pub(super) struct StageClock {
    wave: Wave,
    items: Vec<ItemId>,
    begun: Instant,
}

impl StageClock {
    /// A wave that begins with that many changes, and what there is to tell of it.
    pub(super) fn begin(
        context: &Context<'_>,
        store: Option<&OrgStore>,
        (wave, way): (Wave, Way),
        items: Vec<ItemId>,
        changes: usize,
    ) -> (Self, Event) {
        let store = store.filter(|_| context.host.tells_usual_times());
        let usual_ms =
            store.and_then(|store| context.store.usual_ms(store, &word(wave), way == Way::Build));
        let event = Event::WaveStarted { wave, items: items.clone(), changes, usual_ms };
        (Self { wave, items, begun: Instant::now() }, event)
    }

    /// Its end, with that many changes made, and what there is to tell of it.
    pub(super) fn end(self, made: usize, failed: bool) -> (StageReport, Event) {
        let Self { wave, items, begun } = self;
        let duration_ms = begun.elapsed().as_millis().try_into().unwrap_or(u64::MAX);
        let event = Event::WaveEnded { wave, items: items.clone(), made, duration_ms, failed };
        (StageReport { wave, items, made, duration_ms }, event)
    }
}
