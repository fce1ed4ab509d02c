//! What is going on, while it goes on.
//!
//! [`Board`] folds the events into one row a job that is waited for. [`Moving`] keeps those rows on a
//! terminal; [`Steady`] writes one line an event where nothing can move: pipes, files, CI logs.

mod board;
mod moving;
mod steady;

use board::Board;
pub(super) use moving::Moving;
pub(super) use steady::Steady;
