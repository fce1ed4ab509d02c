//! What is going on, while it goes on.
//!
//! [`Board`] folds the events into one line an item. [`Moving`] keeps those lines on a terminal;
//! [`Steady`] writes one line an event where nothing can move: pipes, files, CI logs.

mod board;
mod moving;
mod steady;

use board::Board;
pub(super) use moving::Moving;
pub(super) use steady::Steady;
