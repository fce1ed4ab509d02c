//! What becomes of one run: which requests and disk operations it comes to, what goes wrong at them, and
//! whether it still lives.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::random::Random;
use crate::trouble::{Break, Done, End, Fails, Half, STORM, Trouble};

/// The fate of one run.
#[derive(Debug)]
pub(crate) struct Fate {
    state: Mutex<State>,
    ended: Notify,
}

#[derive(Debug)]
struct State {
    troubles: Vec<Trouble>,
    /// How late requests and answers are.
    random: Random,
    requests: [usize; 2],
    operations: usize,
    end: Option<End>,
    log: Vec<String>,
}

/// What happens to a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    pub(crate) number: usize,
    /// How long it is on its way, and its answer on the way back.
    pub(crate) there: Duration,
    pub(crate) back: Duration,
    /// How the line breaks at it.
    pub(crate) breaks: Option<Break>,
    /// Whether the program ends at it, and whether it was carried out by then.
    pub(crate) ends: Option<(End, bool)>,
}

/// What happens to an operation of the disk.
#[derive(Debug)]
pub(crate) enum Act {
    Does,
    /// It does so much of it, and fails.
    Fails(Done, io::Error),
}

impl Fate {
    /// A run that meets these troubles, over lines that are as slow as that seed says.
    pub(crate) fn new(troubles: &[Trouble], seed: u64) -> Self {
        let state = State {
            troubles: troubles.to_vec(),
            random: Random(seed),
            requests: [0; 2],
            operations: 0,
            end: None,
            log: Vec::new(),
        };
        Self { state: Mutex::new(state), ended: Notify::new() }
    }

    /// Comes to a request to that half.
    pub(crate) fn request(&self, half: Half) -> Way {
        let mut state = self.state();
        let number = state.requests[half as usize];
        state.requests[half as usize] += 1;
        let mut way = Way {
            number,
            there: state.on_the_way(),
            back: state.on_the_way(),
            breaks: None,
            ends: None,
        };
        for trouble in &state.troubles {
            match *trouble {
                Trouble::Line { half: its, number: at, how } if its == half => {
                    let lasts = match how {
                        Break::Storm => STORM,
                        Break::EndSession => usize::MAX - at,
                        _ => 1,
                    };
                    if (at..at + lasts).contains(&number) {
                        way.breaks = Some(how);
                    }
                }
                Trouble::EndAtRequest { half: its, number: at, carried_out, how }
                    if its == half && at == number =>
                {
                    way.ends = Some((how, carried_out));
                }
                _ => {}
            }
        }
        way
    }

    /// Comes to an operation of the disk that writes, or only reads.
    pub(crate) fn operation(&self, writes: bool) -> Act {
        let mut state = self.state();
        if state.end.is_some() {
            return Act::Fails(Done::Nothing, gone());
        }
        let number = state.operations;
        state.operations += 1;
        for trouble in state.troubles.clone() {
            match trouble {
                Trouble::EndAtOperation { number: at, done, how } if at == number => {
                    state.end = Some(how);
                    self.ended.notify_one();
                    return Act::Fails(done, gone());
                }
                Trouble::Disk { number: at, how } => {
                    let (is_now, is_since) = (number == at, number >= at && writes);
                    match how {
                        Fails::Once if is_now => {
                            return Act::Fails(Done::Half, io::Error::other("Input/output error"));
                        }
                        Fails::Full if is_since => {
                            return Act::Fails(Done::Half, io::ErrorKind::StorageFull.into());
                        }
                        Fails::ReadOnly if is_since => {
                            return Act::Fails(
                                Done::Nothing,
                                io::ErrorKind::ReadOnlyFilesystem.into(),
                            );
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        Act::Does
    }

    /// Ends the program. Nothing that it does from now on has any effect.
    pub(crate) fn end(&self, how: End) {
        self.state().end = Some(how);
        self.ended.notify_one();
    }

    /// How it ended, where it did.
    pub(crate) fn ended(&self) -> Option<End> {
        self.state().end
    }

    /// Waits until the program ends, which it may never do.
    pub(crate) async fn until_ended(&self) {
        while self.ended().is_none() {
            self.ended.notified().await;
        }
    }

    /// How many requests there were to each half, and how many operations of the disk.
    pub(crate) fn counts(&self) -> ([usize; 2], usize) {
        let state = self.state();
        (state.requests, state.operations)
    }

    /// Writes down what went over a line.
    pub(crate) fn log(&self, line: String) {
        self.state().log.push(line);
    }

    /// What went over the lines.
    pub(crate) fn take_log(&self) -> Vec<String> {
        std::mem::take(&mut self.state().log)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Mostly some milliseconds, at times none, at times seconds: answers come in any order.
    fn on_the_way(&mut self) -> Duration {
        let millis = match self.random.below(20) {
            0..3 => 0,
            3..19 => 1 + self.random.below(90),
            _ => self.random.below(9_000),
        };
        Duration::from_millis(millis as u64)
    }
}

fn gone() -> io::Error {
    io::Error::other("the program has ended")
}

/// Bytes in short, the same for the same ones.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}
